"""A disk that is really full: what was acknowledged stands, what did not fit was refused, and room lets all go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.errors import StorageUnavailableError
from storage.inspection import inspect
from storage.opening import open_storage
from tests.storage.builders import NOW, answer, begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.assessments.model import Assessment
    from bot.services.ports import Storage
    from tests.storage.server import Server

pytestmark = [pytest.mark.mounts, pytest.mark.slow]

ITEM: Final = "1.1.1"
LEFT: Final = 500_000
"""Bytes that are free at the beginning."""
MOST: Final = 20_000
TRIES: Final = 20


@pytest.fixture
def disk() -> Iterator[Path]:
    """A file system of 32 megabytes that everybody may write to; skipped where nobody may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="zicha-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m,mode=777", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - the same
        folder.rmdir()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, disk: Path) -> Iterator[str]:
    """A database whose tables are on that disk; the server's log is elsewhere."""
    if request.param == "sqlite":
        yield f"sqlite:///{disk / 'zicha.db'}"
        return
    server: Server = request.getfixturevalue("server")
    space = disk / "tables"
    space.mkdir()
    os.chown(space, server.owner, -1)
    server.administer(f"create tablespace small location '{space}'")
    try:
        with server.database("template tablespace small") as address:
            yield address
    finally:
        server.administer("drop tablespace small")


async def acknowledges(storage: Storage, assessment: Assessment, revision: int) -> bool:
    """Whether an answer is kept, as far as its sender is told."""
    try:
        await storage.run(lambda tx: answer(tx, assessment, ITEM, revision))
    except StorageUnavailableError:
        return False
    return True


async def test_an_answer_is_acknowledged_only_when_it_stands_and_room_lets_all_go_on(disk: Path, url: str) -> None:
    storage = await open_storage(url, disk)
    assessment = await storage.run(begin)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - LEFT))
    told = {n: await acknowledges(storage, assessment, n) for n in range(1, 11)}
    while all(told.values()):
        assert len(told) < MOST, "the disk is never full"
        told[len(told) + 1] = await acknowledges(storage, assessment, len(told) + 1)
    assert all(list(told.values())[:10])
    told |= {n: await acknowledges(storage, assessment, n) for n in range(len(told) + 1, len(told) + 1 + TRIES)}
    ballast.unlink()
    after = {n: await acknowledges(storage, assessment, n) for n in range(len(told) + 1, len(told) + 1 + TRIES)}
    assert all(after.values())
    stands = await storage.run(lambda tx: tx.history(assessment.id, ITEM, MOST * 2))
    await storage.close()
    assert sorted(entry.revision for entry in stands) == [n for n, kept in (told | after).items() if kept]
    assert inspect(url, NOW).soundness.is_sound
    kept, refused = (sum(each is outcome for each in told.values()) for outcome in (True, False))
    sys.stdout.write(f"{kept} answers kept, {refused} refused on the full disk, {len(after)} kept with room again\n")
