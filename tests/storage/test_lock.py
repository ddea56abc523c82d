"""One process at a time for a data folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupRefusedError
from storage.codes import StorageCode
from storage.lock import hold

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = """
import sys, time
from pathlib import Path
from storage.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_that_is_held_is_refused_and_says_by_whom(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(StartupRefusedError) as refused, hold(tmp_path):
        pass
    problem = refused.value.problem
    assert (problem.code, problem.details["pid"]) == (StorageCode.IN_USE, str(os.getpid()))


def test_a_folder_can_be_held_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with hold(tmp_path / "new"):
            assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - our own code
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StartupRefusedError) as refused, hold(tmp_path):
            pass
        assert refused.value.problem.details["pid"] == str(other.pid)
        other.send_signal(signal.SIGKILL)
        other.wait(10)
        with hold(tmp_path):
            pass
