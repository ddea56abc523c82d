"""`zicha import`: read a file with an assessment into the database, dry unless told to apply it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.stored import in_database, refusing
from bot.errors import InvalidInputError
from bot.problems import Problem
from bot.reports.transfer.codes import TransferCode
from bot.reports.transfer.reading import MOST_BYTES, read_transfer
from bot.rubric.loader import library
from bot.services.transfers import known_of, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.localization import Localizer
    from bot.reports.transfer.model import Transfer
    from bot.services.ports import Transaction
    from bot.services.transfers import Known

_LARGEST_ID: Final = 2**53 - 1


def command(localizer: Localizer) -> click.Command:
    """The command, speaking one language."""

    @click.command("import", help=localizer.say("cli.import.help"))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--apply", "takes", is_flag=True, help=localizer.say("cli.import.apply"))
    def take(*, file: Path, takes: bool) -> None:
        with refusing(localizer):
            transfer = read_transfer(_content(file), library())
            known = in_database(partial(_take if takes else _look, transfer=transfer))
        for line in _told(localizer, transfer, known):
            click.echo(line)
        click.echo(localizer.say("cli.import.taken" if takes else "cli.import.dry_run"))

    return take


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInputError([Problem(TransferCode.UNREADABLE, str(file), {"reason": reason})]) from error


def _look(tx: Transaction, *, transfer: Transfer) -> Known:
    return known_of(tx, transfer)


def _take(tx: Transaction, *, transfer: Transfer) -> Known:
    return take_in(tx, transfer, secrets.randbelow(_LARGEST_ID) + 1, datetime.now(UTC))


def _told(localizer: Localizer, transfer: Transfer, known: Known) -> Iterator[str]:
    """What is new, what stays as it is known here, and how much the assessment holds."""
    stands = {each.code for each in known.authorities}
    for authority in reversed(transfer.authorities):
        key = "cli.import.known" if authority.code in stands else "cli.import.new"
        yield localizer.say(key, code=authority.code, name=authority.name)
    key = "cli.import.new" if known.station is None else "cli.import.known"
    yield localizer.say(key, code=transfer.station.code, name=transfer.station.name)
    assessment = transfer.assessment
    yield localizer.say(
        "cli.import.holds",
        items=len(assessment.answers),
        conditions=len(assessment.declarations),
        entries=sum(bool(each.value) for each in assessment.entries.values()),
        people=len(transfer.people),
    )
    if assessment.seal:
        yield localizer.say("cli.import.sealed", code=assessment.seal)
    if transfer.files:
        yield localizer.say("cli.import.files", number=len(transfer.files))
