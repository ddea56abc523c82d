"""`zicha demo`: a pretended Telegram with a chat page, the bot and a database, in one command."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
from pydantic import SecretStr

from bot.cli.run import fail
from bot.errors import StartupRefusedError
from bot.problems import Problem
from bot.settings import Settings
from storage.folders import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer

PORT: Final = 8081
TOKEN: Final = "1000001:demo-on-this-machine-only"  # noqa: S105 - it opens nothing but the sandbox started here
_STOPS_WITHIN: Final = 5.0


def command(localizer: Localizer) -> click.Command:
    """The command, with its help in the person's language."""

    @click.command("demo", help=localizer.say("cli.demo.help"))
    @click.option(
        "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help=localizer.say("cli.demo.port")
    )
    @click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("demo-data"),
        show_default=True,
        help=localizer.say("cli.demo.data"),
    )
    def demo(port: int, data: Path) -> None:
        try:
            _demo(localizer, port, data)
        except StartupRefusedError as error:
            fail(localizer, error.problem)
        click.echo(localizer.say("cli.demo.stopped", data=str(data)))

    return demo


def _demo(localizer: Localizer, port: int, data: Path) -> None:
    from bot.app import serve  # noqa: PLC0415 - help and a taken port are told before all this loads
    from bot.cli.demo_station import prepare  # noqa: PLC0415 - the same

    make_folder(data)
    with _sandbox(port, data / "sandbox.json") as address:
        settings = Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_api=address,
            telegram_proxy=None,
            webhook_url=None,
            data_dir=data,
            database_url="",
            log_level="WARNING",
        )
        invitations = prepare(localizer, settings)
        click.echo(localizer.say("cli.demo.ready", address=f"{address}/", data=str(data)))
        for line in invitations:
            click.echo(line)
        serve(settings)


@contextmanager
def _sandbox(port: int, state: Path) -> Iterator[str]:
    """A sandbox in a process of its own, deaf to the terminal's Ctrl-C so that the bot stops first; its address."""
    arguments = [sys.executable, "-m", "sandbox", "--port", str(port), "--token", TOKEN, "--state", str(state)]
    with subprocess.Popen(  # noqa: S603 - our own module, with arguments of ours
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield _address(process, port)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def _address(process: subprocess.Popen[str], port: int) -> str:
    """The address that the sandbox prints first; StartupRefusedError H009 when it ends instead."""
    line = _opened(process.stdout).readline()
    parts = urlsplit(line.strip().rpartition(" ")[2])
    if parts.scheme != "http":
        reason = _opened(process.stderr).read().strip().splitlines()
        raise StartupRefusedError(Problem("H009", str(port), {"reason": reason[-1] if reason else line.strip()}))
    return f"http://{parts.netloc}"


def _opened(stream: IO[str] | None) -> IO[str]:
    if stream is None:  # cannot be: both were asked for as pipes
        raise TypeError
    return stream
