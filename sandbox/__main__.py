"""`python -m sandbox`: serve until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import uvloop

from sandbox.sandbox import DEFAULT_TOKEN, Options
from sandbox.server import start
from sandbox.world import ANSWER_WITHIN

DEFAULT_PORT = 8081


def main() -> int:
    """Read the command line, serve, and return the exit code."""
    arguments = _parser().parse_args()
    options = Options(arguments.token, arguments.any_token, arguments.answer_within, arguments.paced, arguments.local)
    try:
        uvloop.run(_serve(arguments.port, options, arguments.state))
    except (OSError, ValueError) as error:
        print(f"sandbox: {error}", file=sys.stderr)  # noqa: T201 - a command speaks on the terminal
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot token to accept (default: %(default)s)")
    parser.add_argument("--any-token", action="store_true", help="accept every well-formed token")
    parser.add_argument("--paced", action="store_true", help="answer 429 to a bot that sends too fast")
    parser.add_argument("--local", action="store_true", help="take webhooks on this machine, over plain HTTP too")
    parser.add_argument("--state", type=Path, help="keep the chats in this file over a restart")
    parser.add_argument(
        "--answer-within",
        type=float,
        default=ANSWER_WITHIN,
        help="seconds a tap waits for its answer before it is too old (default: %(default)s)",
    )
    return parser


async def _serve(port: int, options: Options, state: Path | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with await start(port, options, state) as running:
        print(f"chat page: {running.url}/", flush=True)  # noqa: T201 - a command speaks on the terminal
        print(f"Bot API:   {running.url}/bot{running.token}/getMe", flush=True)  # noqa: T201
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
