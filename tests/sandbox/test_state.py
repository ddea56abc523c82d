"""What survives a restart of the sandbox, and the command that runs it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox.client import Client
from sandbox.server import start

if TYPE_CHECKING:
    from pathlib import Path

PERSON = 5_000_101


async def test_chats_taps_and_updates_survive_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    async with await start(state=kept) as server:
        server.controls.say(PERSON, "/start")
        await server.controls.tap(PERSON, 1, data="x")
        before = await server.controls.chat(PERSON)
        next_id = server.controls.stats()["next_update_id"]
    assert kept.stat().st_mode & 0o777 == 0o600
    async with await start(state=kept) as server, aiohttp.ClientSession(server.url) as session:
        assert (await server.controls.chat(PERSON))["messages"] == before["messages"]
        assert server.controls.stats()["next_update_id"] == next_id
        updates = (await Client(session, server.token).call("getUpdates")).result
        assert [one["update_id"] for one in updates] == [next_id - 2, next_id - 1]
        query = updates[1]["callback_query"]["id"]
        assert (await Client(session, server.token).call("answerCallbackQuery", callback_query_id=query)).status == 200


async def test_a_state_file_that_is_none_is_refused_and_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    kept.write_text('{"people": 1}')
    with pytest.raises(ValueError, match="not a state file of the sandbox"):
        await start(state=kept)
    assert kept.read_text() == '{"people": 1}'


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_command_prints_its_addresses_and_ends_cleanly(how: signal.Signals) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline().startswith("chat page: http://127.0.0.1:")
        assert "/bot1000001:" in process.stdout.readline()
        process.send_signal(how)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.slow
def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sandbox", "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    assert ended.returncode == 1
    assert ended.stderr.startswith("sandbox: ")
    assert ended.stderr.count("\n") == 1
