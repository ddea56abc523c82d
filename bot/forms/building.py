"""Makes a form of a source that passed every check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.data_files.wording import Wording
from bot.forms import model

if TYPE_CHECKING:
    from bot.forms import source as shapes


def build(source: shapes.FormSource) -> model.Form:
    """The form of a sound source."""
    sections = tuple(_section(source, section) for section in source.sections)
    return model.Form(source.id, source.version, source.title, sections)


def _section(source: shapes.FormSource, section: shapes.SectionSource) -> model.Section:
    return model.Section(
        id=section.id,
        label=section.label,
        why=Wording(section.why),
        fields=tuple(_field(source, field) for field in section.fields),
        tables=tuple(_table(source, table) for table in section.tables),
        printed=section.printed,
    )


def _table(source: shapes.FormSource, table: shapes.TableSource) -> model.Table:
    columns = tuple(_field(source, column) for column in table.columns)
    return model.Table(table.id, table.label, columns, Wording(table.why), table.most, _need(required=table.required))


def _field(source: shapes.FormSource, field: shapes.FieldSource) -> model.Field:
    offered = () if field.choices is None else source.choices[field.choices]
    when = field.when
    return model.Field(
        id=field.id,
        label=field.label,
        kind=model.FieldKind(field.kind),
        need=_need(required=field.required),
        why=Wording(field.why),
        example=field.example,
        choices=tuple(model.Choice(each.id, each.label, Wording(each.meaning)) for each in offered),
        when=None if when is None else model.Condition(when.field, tuple(when.values)),
        personal=field.personal,
        printed=field.printed,
    )


def _need(*, required: bool) -> model.Need:
    return model.Need.REQUIRED if required else model.Need.OPTIONAL
