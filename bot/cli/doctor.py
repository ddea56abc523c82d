"""`zicha doctor`: looks at everything, changes nothing, and says what to do."""

from __future__ import annotations

import asyncio
import fcntl
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import click

from bot.cli.play import RUBRIC
from bot.cli.refusal import one_line
from bot.dialogue.screen import say
from bot.errors import StartupRefusedError
from bot.forms.loader import form_at, form_beside
from bot.reports.pdf.fonts import lacking, wanted
from bot.reports.trial import faults
from bot.rubric.loader import library
from bot.settings import Settings
from storage.codes import StorageCode
from storage.file_inspection import inspect_files
from storage.inspection import Inspection, inspect
from storage.lock import NAME
from storage.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.dialogue.screen import Say
    from bot.handlers.greeting import Greeting
    from bot.localization import Localizer
    from bot.reports.pdf.fonts import FontChoice
    from bot.settings import Webhook
    from storage.file_inspection import FilesFound

RELEASED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time."""

LEAST_SPACE: Final = 200 * 2**20
LONGEST_WAIT: Final = timedelta(minutes=5)
_MEGABYTE: Final = 2**20
_NAMED: Final = 3
"""So many files are named in a sentence; --json names all."""


class State(Enum):
    """What a check found."""

    OK = "ok"
    HINT = "hint"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `problem` is already in words."""

    state: State
    check: str
    text: Say | str
    figures: dict[str, Any] = field(default_factory=dict)

    def words(self, localizer: Localizer) -> str:
        """The line's sentence."""
        return one_line(localizer.text(self.text))


def command(localizer: Localizer) -> click.Command:
    """The command, with its help in the person's language."""

    @click.command("doctor", help=localizer.say("cli.doctor.help"))
    @click.option("--offline", is_flag=True, help=localizer.say("cli.doctor.offline"))
    @click.option("--json", "as_json", is_flag=True, help=localizer.say("cli.doctor.json"))
    def doctor(*, offline: bool, as_json: bool) -> None:
        findings = list(_examine(localizer, calls_telegram=not offline))
        if as_json:
            click.echo(json.dumps([_record(each, localizer) for each in findings], ensure_ascii=False))
        else:
            for each in findings:
                state = localizer.say(f"cli.doctor.{each.state.value}")
                click.echo(localizer.say("cli.doctor.line", state=state, words=each.words(localizer)))
        if any(each.state is State.WRONG for each in findings):
            raise click.exceptions.Exit(1)

    return doctor


def _record(finding: Finding, localizer: Localizer) -> dict[str, Any]:
    return {"check": finding.check, "state": finding.state.value, "words": finding.words(localizer), **finding.figures}


def _examine(localizer: Localizer, *, calls_telegram: bool) -> Iterator[Finding]:
    now = datetime.now(UTC)
    yield _clock(localizer, now)
    try:
        settings = Settings()
        token = settings.token if calls_telegram else ""
        webhook = settings.webhook
    except StartupRefusedError as error:
        yield _refused("settings", error, localizer)
        return
    yield Finding(State.OK, "settings", say("cli.doctor.settings"))
    yield _process(settings.data_dir)
    yield _fonts(settings.fonts)
    yield from _templates(settings.templates, localizer)
    try:
        inspected = inspect(settings.database, now)
        yield from _database(inspected)
        if inspected.schema is Schema.CURRENT:
            yield from _files(inspect_files(settings.database, settings.data_dir))
    except StartupRefusedError as error:
        is_new = error.problem.code == StorageCode.NO_DATABASE and not settings.data_dir.exists()
        yield (
            Finding(State.HINT, "database", say("cli.doctor.no_database"))
            if is_new
            else _refused("database", error, localizer)
        )
    if calls_telegram:
        yield from _telegram(token, settings, webhook)


def _fonts(choice: FontChoice) -> Finding:
    """Without Chinese fonts there is no PDF; without those of official papers it looks otherwise."""
    roles = lacking(choice)
    if not roles:
        return Finding(State.OK, "fonts", say("cli.doctor.fonts"))
    package = wanted().packages[0]
    return Finding(State.HINT, "fonts", say("cli.doctor.fonts_lacking", packages=package), {"lacking": roles})


def _templates(folder: Path | None, localizer: Localizer) -> Iterator[Finding]:
    """Each authority's own templates, tried."""
    if folder is None:
        return
    rubric = library().latest(RUBRIC)
    own = sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    found = [each for authority in own for each in faults(authority, rubric, form_at(form_beside(rubric.id)))]
    for each in found:
        yield Finding(State.WRONG, "templates", one_line(localizer.problem(each)), {"code": str(each.code)})
    if not found:
        yield Finding(State.OK, "templates", say("cli.doctor.templates", number=len(own), folder=str(folder)))


def _refused(check: str, error: StartupRefusedError, localizer: Localizer) -> Finding:
    problem = error.problem
    return Finding(State.WRONG, check, f"{problem.code} {localizer.problem(problem)}", {"code": problem.code})


def _clock(localizer: Localizer, now: datetime) -> Finding:
    if now < RELEASED:
        return Finding(State.WRONG, "clock", say("cli.doctor.clock_wrong", moment=now))
    return Finding(State.OK, "clock", say("cli.doctor.clock", moment=now, timezone=str(localizer.timezone)))


def _process(data_dir: Path) -> Finding:
    holder = _holder(data_dir)
    if holder is None:
        return Finding(State.HINT, "process", say("cli.doctor.not_running"))
    return Finding(State.OK, "process", say("cli.doctor.running", pid=holder), {"pid": holder})


def _holder(data_dir: Path) -> str | None:
    """The process that holds the data folder, asked without taking it; None when nobody does."""
    try:
        with (data_dir / NAME).open(encoding="ascii", errors="replace") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read(32).strip()
    except OSError:
        return None
    return None


def _database(found: Inspection) -> Iterator[Finding]:
    yield _engine(found)
    version = found.schema_version
    if found.schema is not Schema.CURRENT:
        yield Finding(State.WRONG, "schema", say("cli.doctor.schema", path=str(found.path), version=version or "-"))
    else:
        size = found.database_bytes // _MEGABYTE
        text = say("cli.doctor.database", path=str(found.path), version=version, megabytes=size)
        yield Finding(State.OK, "schema", text, {"version": version, "bytes": found.database_bytes})
    yield _durability(found)
    yield _soundness(found)
    yield _space(found)
    yield from _work(found)


def _engine(found: Inspection) -> Finding:
    is_faulty, version = found.engine.has_wal_reset_fault, found.engine.version
    if isinstance(found.path, str):
        return Finding(State.OK, "server", say("cli.doctor.server", version=version), {"server": version})
    key = "cli.doctor.sqlite_fault" if is_faulty else "cli.doctor.sqlite"
    return Finding(State.HINT if is_faulty else State.OK, "sqlite", say(key, version=version), {"sqlite": version})


def _durability(found: Inspection) -> Finding:
    kept = found.durability
    key, state = ("durable", State.OK) if kept.is_full else ("not_durable", State.WRONG)
    text = say(f"cli.doctor.{key}", journal=kept.journal_mode, synchronous=kept.synchronous)
    return Finding(state, "durability", text)


def _soundness(found: Inspection) -> Finding:
    if found.soundness.is_sound:
        return Finding(State.OK, "integrity", say("cli.doctor.sound"))
    if found.soundness.chains and not found.soundness.integrity and not found.soundness.orphans:
        return Finding(State.WRONG, "history", say("cli.doctor.changed", findings="; ".join(found.soundness.chains)))
    findings = "; ".join(found.soundness.integrity) or f"{found.soundness.orphans} foreign keys"
    return Finding(State.WRONG, "integrity", say("cli.doctor.unsound", findings=findings))


def _space(found: Inspection) -> Finding:
    if found.free_bytes is None:
        return Finding(State.HINT, "space", say("cli.doctor.space_unknown"))
    key, state = ("no_space", State.WRONG) if found.free_bytes < LEAST_SPACE else ("space", State.OK)
    text = say(f"cli.doctor.{key}", megabytes=found.free_bytes // _MEGABYTE)
    return Finding(state, "space", text, {"free_bytes": found.free_bytes})


def _work(found: Inspection) -> Iterator[Finding]:
    work = found.work
    if work is None:
        return
    oldest = work.oldest_waiting
    figures = {"waiting": work.waiting, "owed": work.owed, "quarantined": work.quarantined}
    if oldest is not None and oldest > LONGEST_WAIT:
        yield Finding(State.WRONG, "work", say("cli.doctor.stuck", minutes=int(oldest.total_seconds() // 60)), figures)
    else:
        yield Finding(State.OK, "work", say("cli.doctor.work", waiting=work.waiting, owed=work.owed), figures)
    if work.quarantined:
        yield Finding(State.WRONG, "quarantine", say("cli.doctor.quarantined", count=work.quarantined))


def _files(found: FilesFound) -> Iterator[Finding]:
    """Whether what people sent, and what was made for them, is there and whole; a stray may have just come."""
    figures = {"files": found.shown, "archived": found.archived, "lost": list(found.lost), "strays": list(found.strays)}
    if found.lost:
        text = say("cli.doctor.files_lost", count=len(found.lost), names=", ".join(found.lost[:_NAMED]))
        yield Finding(State.WRONG, "files", text, figures)
    else:
        yield Finding(State.OK, "files", say("cli.doctor.files", count=found.shown, archived=found.archived), figures)
    if found.strays:
        text = say("cli.doctor.strays", count=len(found.strays), names=", ".join(found.strays[:_NAMED]))
        yield Finding(State.HINT, "strays", text)


def _telegram(token: str, settings: Settings, webhook: Webhook | None) -> Iterator[Finding]:
    from bot.handlers.greeting import (  # noqa: PLC0415 - --offline does without
        TelegramUnreachableError,
        TokenRefusedError,
        greet,
    )

    try:
        heard = asyncio.run(greet(token, settings.telegram_api, settings.proxy))
    except TokenRefusedError:
        yield Finding(State.WRONG, "telegram", say("cli.doctor.telegram_refused"))
        return
    except TelegramUnreachableError as error:
        text = say("cli.doctor.telegram_unreachable", api=settings.telegram_api, reason=str(error))
        yield Finding(State.WRONG, "telegram", text)
        return
    name = heard.username
    yield Finding(State.OK, "telegram", say("cli.doctor.telegram", username=name), {"username": name})
    if webhook is not None or heard.webhook:
        yield _webhook(heard, webhook, settings.telegram_api)


def _webhook(heard: Greeting, webhook: Webhook | None, api: str) -> Finding:
    """Whether Telegram posts updates where this installation takes them."""
    host, figures = urlsplit(heard.webhook).hostname or "", {"pending": heard.pending}
    if webhook is None:
        return Finding(State.WRONG, "webhook", say("cli.doctor.webhook_in_the_way", host=host, api=api), figures)
    if not heard.webhook:
        return Finding(State.HINT, "webhook", say("cli.doctor.webhook_not_set"), figures)
    if heard.webhook != webhook.url:
        return Finding(State.WRONG, "webhook", say("cli.doctor.webhook_elsewhere", host=host), figures)
    if heard.last_error and heard.pending:
        text = say("cli.doctor.webhook_fails", host=host, reason=heard.last_error, pending=heard.pending)
        return Finding(State.WRONG, "webhook", text, figures)
    return Finding(State.OK, "webhook", say("cli.doctor.webhook", host=host, pending=heard.pending), figures)
