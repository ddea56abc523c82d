"""The process that renders documents: jobs come in pickled on its standard input, files go out the same way."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from bot.errors import InvalidInputError
from bot.handlers.failures import describe
from bot.reports.rendering import render

if TYPE_CHECKING:
    from bot.problems import Problem
    from bot.reports.model import Document, Stamp
    from bot.reports.rendering import Format, Means

LENGTH: Final = 8
"""Bytes before each message that say how long it is."""

_NICENESS: Final = 10


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be rendered in one format."""

    form: Format
    document: Document
    stamp: Stamp
    means: Means


@dataclass(frozen=True, slots=True)
class Rendered:
    """The file."""

    content: bytes


@dataclass(frozen=True, slots=True)
class NoFonts:
    """A PDF cannot be set; one of these packages would bring what is missing."""

    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """It cannot be rendered; kind and place of the error, without its words."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An authority's template of the letter is wrong."""

    problems: tuple[Problem, ...]


Outcome = Rendered | NoFonts | Failed | Refused


def packed(message: Job | Outcome) -> bytes:
    """A message as it travels between the bot and its printer."""
    body = pickle.dumps(message)
    return len(body).to_bytes(LENGTH) + body


def main() -> None:
    """Render until nothing more comes, which is when the bot has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        while (job := _next(sys.stdin.buffer)) is not None:
            out.write(packed(_done(job)))
            out.flush()
    except BrokenPipeError:  # the bot ended while this was rendered: nobody waits for it, or for what is buffered
        os._exit(0)


def _next(source: BinaryIO) -> Job | None:
    length = source.read(LENGTH)
    body = source.read(int.from_bytes(length)) if len(length) == LENGTH else b""
    job: Job | None = pickle.loads(body) if body else None  # noqa: S301 - from the bot itself, over its own pipe
    return job


def _done(job: Job) -> Outcome:
    from bot.reports.pdf.fonts import FontsMissingError  # noqa: PLC0415 - loaded with the first document

    try:
        return Rendered(render(job.form, job.document, job.stamp, job.means))
    except FontsMissingError as error:
        return NoFonts(error.packages)
    except InvalidInputError as error:
        return Refused(error.problems)
    except Exception as error:  # noqa: BLE001 - the bot is told; one document that fails must not stop the others
        return Failed(describe(error))
