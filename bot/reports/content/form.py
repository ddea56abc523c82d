"""附件3 filled: the official grid as form.yaml lays it out, what has no box there in a note below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.forms.model import FieldKind
from bot.reports.content.brief import printable
from bot.reports.content.form_grid import form_grid
from bot.reports.content.form_layout import LAYOUT, checker
from bot.reports.content.letter_facts import tools
from bot.reports.content.plain_form import plain_blocks, printed_sections
from bot.reports.content.said import one_line, said
from bot.reports.content.sums import printed_rows
from bot.reports.model import Document, Kind, Layout, Paragraph, Part, Style
from bot.reports.shapes import load
from bot.reports.templating import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.model import Form
    from bot.reports.content.brief import Brief
    from bot.reports.content.form_layout import LayoutShape, TableShape
    from bot.reports.model import Block

FILE: Final = "form.yaml"


def compiled(brief: Brief) -> Document | None:
    """The form; None where nothing of it stands on paper.

    Raises:
        InvalidInputError: where the layout is wrong.
    """
    form = brief.case.form
    if form is None or not printed_sections(form):
        return None
    name = brief.words("form.name", title=form.title)
    return Document(Kind.FORM, name, Layout.FORM, (Part(form.title, tuple(_blocks(brief, form))),))


def _blocks(brief: Brief, form: Form) -> Iterator[Block]:
    try:
        layout = load(brief.templates, FILE, LAYOUT, checker(form))
    except FileNotFoundError:
        yield Paragraph(Style.TITLE, form.title)
        yield Paragraph(Style.LINE, brief.words("form.station", station=one_line(brief.case.name)))
        yield from plain_blocks(brief, form)
        return
    yield from _laid_out(brief, form, layout)


def _laid_out(brief: Brief, form: Form, layout: LayoutShape) -> Iterator[Block]:
    values = {"station": one_line(brief.case.name), **tools(brief)}
    if layout.attachment:
        yield Paragraph(Style.ATTACHMENT, layout.attachment)
    yield Paragraph(Style.TITLE, form.title)
    yield from (Paragraph(Style.LINE, printable(text_of(each, values))) for each in layout.above)
    yield form_grid(brief, layout)
    yield from (Paragraph(Style.LINE, printable(text_of(each, values))) for each in layout.below)
    yield from (Paragraph(Style.NOTE, printable(text_of(each, values))) for each in layout.notes)
    yield from (Paragraph(Style.NOTE, each) for each in _boxless(brief, form, layout))


def _boxless(brief: Brief, form: Form, layout: LayoutShape) -> Iterator[str]:
    """What was written and has no box: fields that are not printed, numbers of columns that are not."""
    for section in printed_sections(form):
        for field in section.fields:
            value = said(brief, f"{section.id}.{field.id}")
            if value and not field.printed:
                yield brief.words("form.note_field", label=field.label, text=value.text)
    for row in (row for group in layout.groups for row in group.rows):
        if row.table is not None and row.table.sum_by:
            yield from _boxless_numbers(brief, form, row.table)


def _boxless_numbers(brief: Brief, form: Form, shape: TableShape) -> Iterator[str]:
    table = form.table(shape.path)
    columns = [] if table is None else [each for each in table.columns if each.kind is FieldKind.NUMBER]
    beside = [each for each in columns if not each.printed]
    rows = []
    for row in printed_rows(brief, shape.path, shape.sum_by):
        counted = [(each.label, row[each.id]) for each in beside if row[each.id].strip("0")]
        if counted:
            rows.append((row[shape.sum_by], counted))
    if rows and table is not None:
        yield brief.words("form.note_numbers", table=table.label, rows=rows)
