"""The rules of a form file: ids, languages, choices, conditions, and buttons that hold every subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.data_files.findings import Finding, Path
from bot.forms.codes import FormCode
from bot.forms.subjects import ID, MOST_ROWS_EVER, cell_subject, field_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.forms.source import FieldSource, FormSource, SectionSource

LOCALES: Final = ("zh_CN", "en")
LONGEST_SUBJECT: Final = 44
"""A subject stands in a button beside an assessment and a revision, in 64 bytes."""
LONGEST_OFFERED: Final = 40
"""With a choice beside it, it must be shorter."""
_WITH_CHOICES: Final = frozenset({"choice", "levels"})


def check(source: FormSource) -> Iterator[Finding]:
    """Everything that is wrong with a form of the right shape."""
    yield from _ids(source.sections, ("sections",))
    for name, offered in source.choices.items():
        yield from _ids(offered, ("choices", name))
        for place, choice in enumerate(offered):
            yield from _wording(choice.meaning, ("choices", name, place, "meaning"))
    for place, section in enumerate(source.sections):
        yield from _section(source, section, ("sections", place))


def _section(source: FormSource, section: SectionSource, path: Path) -> Iterator[Finding]:
    yield from _wording(section.why, (*path, "why"))
    yield from _ids([*section.fields, *section.tables], path)
    yield from _fields(source, section.fields, (*path, "fields"))
    for field in section.fields:
        yield from _length(field, field_subject(section.id, field.id), path)
    for place, table in enumerate(section.tables):
        own = (*path, "tables", place)
        yield from _wording(table.why, (*own, "why"))
        yield from _ids(table.columns, (*own, "columns"))
        yield from _fields(source, table.columns, (*own, "columns"))
        for column in table.columns:
            yield from _length(column, cell_subject(section.id, table.id, MOST_ROWS_EVER, column.id), own)


def _fields(source: FormSource, fields: Sequence[FieldSource], path: Path) -> Iterator[Finding]:
    for place, field in enumerate(fields):
        own = (*path, place)
        yield from _wording(field.why, (*own, "why"))
        if (field.kind in _WITH_CHOICES) != (field.choices in source.choices):
            yield Finding(FormCode.CHOICES, own, {"known": ", ".join(source.choices)})
        if not field.example and field.choices is None:
            yield Finding(FormCode.EXAMPLE, own)
        if field.when is not None:
            yield from _condition(source, field, fields[:place], own)


def _condition(source: FormSource, field: FieldSource, before: Sequence[FieldSource], path: Path) -> Iterator[Finding]:
    """A condition looks back at a choice that is asked before it, so that the asking never runs in a ring."""
    if field.when is None:
        return
    asked = next((each for each in before if each.id == field.when.field), None)
    offered = source.choices.get(asked.choices or "", []) if asked is not None else []
    if not set(field.when.values) <= {choice.id for choice in offered}:
        yield Finding(FormCode.CONDITION, (*path, "when"), {"field": field.when.field})


def _ids(things: Sequence[object], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for thing in things:
        own = str(getattr(thing, "id", ""))
        if not re.fullmatch(ID, own, re.ASCII):
            yield Finding(FormCode.BAD_ID, path, {"id": own})
        if own in seen:
            yield Finding(FormCode.DUPLICATE_ID, path, {"id": own})
        seen.add(own)


def _wording(words: dict[str, str], path: Path) -> Iterator[Finding]:
    missing = [locale for locale in LOCALES if locale not in words]
    if missing:
        yield Finding(FormCode.LOCALE_MISSING, path, {"locales": ", ".join(missing)})


def _length(field: FieldSource, subject: str, path: Path) -> Iterator[Finding]:
    most = LONGEST_SUBJECT if field.choices is None else LONGEST_OFFERED
    if len(subject) > most:
        yield Finding(FormCode.TOO_LONG_FOR_A_BUTTON, path, {"subject": subject, "most": most})
