"""`zicha report`: what a station hands in, or every station, as files; a running bot is not disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.producing import productions
from bot.cli.refusal import one_line
from bot.cli.stored import reading, refusing
from bot.data_files.lists import ListCode
from bot.dialogue.screen import say
from bot.errors import InvalidInputError
from bot.forms.loader import form_at
from bot.localization import Localizers
from bot.problems import Problem
from bot.reports.bundle import file_name
from bot.reports.model import Kind
from bot.reports.production import Order, Output, Production
from bot.reports.transfer.writing import transfer_to_json
from bot.rubric.contracts import OFFICIAL_LOCALE
from bot.rubric.loader import library
from bot.services.reports import Compiler, case_of, missing
from bot.services.transfers import transfer_of
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.dialogue.screen import Say
    from bot.localization import Localizer
    from bot.reports.bundle import File
    from bot.services.ports import Transaction
    from bot.stations.model import Station


_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for of each station."""

    output: Output
    kinds: tuple[Kind, ...]
    compiler: Compiler


def command(localizer: Localizer) -> click.Command:
    """The command, speaking one language."""

    @click.command("report", help=localizer.say("cli.report.help"))
    @click.argument("station", default="")
    @click.option("--all", "every", is_flag=True, help=localizer.say("cli.report.all"))
    @click.option(
        "--format", "output", type=_choice(Output), default=Output.ZIP.value, help=localizer.say("cli.report.format")
    )
    @click.option("--document", "kinds", type=_choice(Kind), multiple=True, help=localizer.say("cli.report.document"))
    @click.option("--out", type=click.Path(path_type=Path), default=Path(), help=localizer.say("cli.report.out"))
    @click.option("--templates", type=_FOLDER, help=localizer.say("cli.report.templates"))
    def report(
        *, station: str, every: bool, output: str, kinds: tuple[str, ...], out: Path, templates: Path | None
    ) -> None:
        if bool(station) is every:
            raise click.UsageError(localizer.say("cli.report.one_of_two"))
        with refusing(localizer):
            compiler = _compiler(templates)
            wanted = _Wanted(Output(output), tuple(map(Kind, kinds)), compiler)
            found = reading(partial(_stations, code=station), partial(_order, wanted=wanted))
        _write(localizer, found, out)

    return report


def _choice(values: type[Output | Kind]) -> click.Choice[str]:
    return click.Choice([each.value for each in values])


def _compiler(templates: Path | None) -> Compiler:
    settings = Settings()
    chinese = Localizers.load(settings.timezone).of(OFFICIAL_LOCALE)
    return Compiler(library(), chinese.text, templates or settings.templates, chinese.timezone)


def _stations(tx: Transaction, *, code: str) -> list[Station]:
    """The station of that code, or all of them."""
    named = tx.station_by_code(code) if code else None
    if code and named is None:
        raise InvalidInputError([Problem(ListCode.STATION, code)])
    return [named] if named else tx.stations()


def _order(tx: Transaction, station: Station, *, wanted: _Wanted) -> tuple[Station, Order | None]:
    """The order of a station; None where nobody has begun there."""
    number = tx.begun(station.id)
    assessment = None if number is None else tx.assessment(number)
    if assessment is None:
        return station, None
    compiler = wanted.compiler
    rubric = compiler.library.get(assessment.rubric_id, assessment.rubric_version)
    case = case_of(tx, assessment, rubric, form_at(assessment.form), compiler.chinese, compiler.zone)
    transfer = transfer_to_json(transfer_of(tx, assessment)) if wanted.output is Output.JSON else b""
    return station, Order(case, compiler.templates(tx, case), wanted.output, wanted.kinds, transfer, Settings().fonts)


def _write(localizer: Localizer, found: Sequence[tuple[Station, Order | None]], out: Path) -> None:
    """Write the files, several stations' in a folder for each, and say how far it is and what is missing."""
    orders = [order for _, order in found if order is not None]
    made, number, lacking = productions(orders), 0, []
    for done, (station, order) in enumerate(found, start=1):
        folder = out if len(found) == 1 else out / file_name(station.code, station.name)
        production = None if order is None else next(made)
        files = production.files if isinstance(production, Production) else ()
        _keep(localizer, folder, files)
        number += len(files)
        progress = {"done": done, "total": len(found), "files": len(files)}
        click.echo(localizer.say("cli.report.progress", code=station.code, name=_name(station), **progress))
        lacking += [(station, words) for words in _lacking(localizer, order, production)]
    for station, words in lacking:
        click.echo(localizer.say("cli.report.lacking", code=station.code, name=_name(station), words=words))
    click.echo(localizer.say("cli.report.made", files=number, stations=len(found), folder=str(out)))
    if not number:
        raise click.exceptions.Exit(2)


def _keep(localizer: Localizer, folder: Path, files: Sequence[File]) -> None:
    try:
        for file in files:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(file.content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(localizer.say("cli.report.not_written", reason=reason)) from error


def _lacking(
    localizer: Localizer, order: Order | None, production: Production | tuple[Problem, ...] | None
) -> Iterator[str]:
    """Every word on what was not made, or is not answered."""
    if order is None:
        yield localizer.say("cli.report.not_begun")
    elif isinstance(production, Production):
        yield from (localizer.text(each) for each in _not_made(order, production))
    else:
        yield from (f"{each.code} {one_line(localizer.problem(each))}" for each in production or ())


def _not_made(order: Order, production: Production) -> Iterator[Say]:
    stamp = production.package.stamp
    yield from missing(order.case, production.package)
    if production.is_outdated:
        yield say("report.other_code", code=order.case.assessment.seal, now=stamp.code)
    elif production.fonts:
        yield say("cli.report.fonts", packages=production.fonts)
    elif not production.files:
        yield say("report.not_due")


def _name(station: Station) -> str:
    return one_line(station.name)
