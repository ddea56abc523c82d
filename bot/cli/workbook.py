"""`zicha workbook`: a station's offline twin, written to a file, or taken over from one."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.plain import screen_text
from bot.cli.play import RUBRIC
from bot.cli.stored import in_database, refusing
from bot.data_files.lists import ListCode
from bot.dialogue.position import Position
from bot.dialogue.screen import Screen
from bot.dialogue.screens.imports import listed
from bot.dialogue.screens.view import View
from bot.errors import InvalidInputError
from bot.evidence.checking import examined
from bot.evidence.refusals import FileRefusedError
from bot.localization import LOCALES, Localizers
from bot.problems import Problem
from bot.rubric.loader import library
from bot.services.conversation import Conversation
from bot.services.offline import Submission, proposed, take_over, twin
from bot.services.workbooks import ReadsWorkbooks
from bot.workbooks.codes import WorkbookCode, refusal

if TYPE_CHECKING:
    from bot.localization import Localizer
    from bot.services.ports import Transaction
    from bot.workbooks.draft import Draft

_LARGEST: Final = 2**53 - 1


def command(localizer: Localizer) -> click.Command:
    """The command, speaking one language."""

    @click.command("workbook", help=localizer.say("cli.workbook.help"))
    @click.argument("station")
    @click.option("--out", type=click.Path(path_type=Path), help=localizer.say("cli.workbook.out"))
    @click.option("--import", "came", type=click.Path(path_type=Path), help=localizer.say("cli.workbook.import"))
    @click.option("--by", default="", help=localizer.say("cli.workbook.by"))
    @click.option("--apply", "takes", is_flag=True, help=localizer.say("cli.workbook.apply"))
    def work(*, station: str, out: Path | None, came: Path | None, by: str, takes: bool) -> None:
        with refusing(localizer):
            if came is None:
                file = _written(localizer, station, out or Path(f"{localizer.say('workbook.file.whole')}.xlsx"))
                click.echo(localizer.say("cli.workbook.written", file=str(file)))
                return
            submission = Submission(station, by, _draft(localizer, came))
            for line in in_database(partial(_handed_in, submission=submission, takes=takes, localizer=localizer)):
                click.echo(line)

    return work


def _written(localizer: Localizer, station: str, file: Path) -> Path:
    from bot.workbooks.writing import write  # noqa: PLC0415 - a refusal does without

    book = in_database(partial(twin, code=station, library=library(), speaker=localizer))
    content = write(book)
    try:
        with file.open("xb") as made:
            made.write(content)
    except OSError as error:
        raise refusal(WorkbookCode.UNWRITABLE, str(file), reason=error.strerror or type(error).__name__) from error
    return file


def _draft(localizer: Localizer, file: Path) -> Draft:
    """What the file proposes; InvalidInputError when it is no workbook of ours, or cannot be read."""
    try:
        content = examined(file.read_bytes(), "").content
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInputError([Problem(ListCode.UNREADABLE, str(file), {"reason": reason})]) from error
    except FileRefusedError as error:
        raise refusal(WorkbookCode.DAMAGED, str(file)) from error
    localizers = Localizers.load(str(localizer.timezone), localizer.locale)
    returned = ReadsWorkbooks(library(), localizers.of)(content)
    if returned is None:
        raise refusal(WorkbookCode.FOREIGN, str(file))
    if isinstance(returned.draft, Problem):
        raise InvalidInputError([returned.draft])
    return returned.draft


def _handed_in(tx: Transaction, *, submission: Submission, takes: bool, localizer: Localizer) -> list[str]:
    """Everything that the workbook would change, and, if it is taken over, how much that was."""
    rubrics = library()
    conversation = Conversation(rubrics, rubrics.latest(RUBRIC), LOCALES, localizer.locale, _number)
    world, diff = proposed(tx, conversation, submission, action=_number(), now=datetime.now(UTC))
    blocks = listed(View(Position(), world), submission.draft, diff)
    said = screen_text(Screen(tuple(blocks), ()), localizer).splitlines()
    if not takes:
        return [*said, localizer.say("cli.workbook.dry_run")]
    return [*said, localizer.say("cli.workbook.taken", count=take_over(tx, world, diff))]


def _number() -> int:
    return secrets.randbelow(_LARGEST) + 1
