"""The real bot is sent what nobody should send: each is refused with a sentence, and nothing of it is left anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from bot.evidence.limits import MOST_BYTES
from tests.evidence import samples
from tests.handlers.harness import LOCALIZERS
from tests.http.bots import Bot
from tests.http.test_files_and_kills import ONE, at_an_item, sets, texts, until

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.server import Running

pytestmark = pytest.mark.slow

REFUSED: Final = {
    "exe.pdf": (samples.EXE, "foreign"),
    "21 MB.pdf": (samples.PDF + bytes(21 * 2**20), "too_large"),
    "bomb.xlsx": (samples.bomb(), "bomb"),
    "50000x50000.png": (samples.huge_png(), "pixels"),
    "locked.xlsx": (samples.ENCRYPTED_OFFICE, "encrypted"),
    "lock bits.xlsx": (samples.with_lock_bit(), "encrypted"),
    "entities.xlsx": (samples.with_entities(), "entities"),
    "macros.xlsx": (samples.packed({"xl/vbaProject.bin": b"x"}), "active"),
}


def refusal(name: str, reason: str) -> str:
    """The sentence that the sender reads."""
    return LOCALIZERS.of("zh_CN").say(f"evidence.refused.{reason}", name=name, item="", megabytes=MOST_BYTES // 2**20)


async def told(running: Running, name: str, reason: str) -> None:
    """Wait for the sentence."""
    await until(lambda: any(refusal(name, reason) in text for text in texts(running)))


def left(data: Path, temp: Path) -> list[str]:
    """Every file in the store, whole or arriving, and in the folder for passing things."""
    return [path.name for folder in (data / "files", temp) for path in folder.rglob("*") if path.is_file()]


def everything(folder: Path) -> list[Path]:
    """Every file and folder in it."""
    return sorted(folder.rglob("*"))


@pytest.fixture
async def data(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the bot is given; its temporary files go beside it."""
    running.controls.person(ONE)
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    return tmp_path / "data"


async def test_each_is_refused_with_a_sentence_and_leaves_nothing(running: Running, data: Path, tmp_path: Path) -> None:
    async with Bot(running, data, tmp_path / "zicha.log"):
        await at_an_item(running)
        for name, (content, reason) in REFUSED.items():
            running.controls.attach(ONE, [{"name": name, "content": content}])
            await told(running, name, reason)
            assert left(data, tmp_path / "temp") == [], name
    assert sets(data) == []


async def test_nothing_at_all_is_refused_with_a_sentence(
    running: Running, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.sandbox.world.files, "content", lambda _: b"")
    async with Bot(running, data, tmp_path / "zicha.log"):
        await at_an_item(running)
        running.controls.attach(ONE, [{"name": "0.pdf", "content": samples.PDF}])
        await told(running, "0.pdf", "empty")
    assert left(data, tmp_path / "temp") == []
    assert sets(data) == []


async def test_a_name_that_climbs_out_of_the_folder_goes_nowhere(running: Running, data: Path, tmp_path: Path) -> None:
    async with Bot(running, data, tmp_path / "zicha.log"):
        await at_an_item(running)
        sent = running.controls.attach(ONE, [{"name": "x", "content": samples.EXE}])["message"]
        await told(running, "x", "foreign")
        before = everything(tmp_path)
        document = {**sent["document"], "file_name": "../../x"}
        running.controls.update({"message": {**sent, "message_id": 9_000, "document": document}})
        await told(running, "../../x", "foreign")
        assert everything(tmp_path) == before
    assert left(data, tmp_path / "temp") == []
    assert sets(data) == []
