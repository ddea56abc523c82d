"""附件2 filled: the sheets with their official words and the reported scores, and below them what is to be said.

No column is added. What a figure cannot say (待审定, 不涉及) stands in numbered remarks below the last sheet.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.reports.content.remarks import remarks
from bot.reports.content.totals import totals
from bot.reports.model import Cell, CellKind, Document, Grid, Kind, Layout, Paragraph, Part, Row, Style
from bot.rubric.figures import figure_text
from bot.rubric.printing import Sheet, SheetChapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reports.content.brief import Brief
    from bot.reports.content.remarks import Remark
    from bot.reports.model import Block
    from bot.rubric.model import Item, Rubric

WIDTHS: Final = (20, 26, 51, 12, 49, 20)
"""Of 大项, 中项, 小项, 评估分值, 评估方法和标准 and 评估结果, in millimetres."""


def compiled(brief: Brief) -> Document:
    """The document: a part for each sheet."""
    rubric = brief.case.rubric
    noted = {each.item: each for each in remarks(brief)}
    sheets = rubric.sheets or (_one_sheet(brief, rubric),)
    parts = [Part(sheet.caption, tuple(_sheet(brief, sheet, noted))) for sheet in sheets]
    parts[0] = Part(parts[0].name, (Paragraph(Style.ATTACHMENT, brief.words("table.attachment")), *parts[0].blocks))
    parts[-1] = Part(parts[-1].name, (*parts[-1].blocks, *totals(brief, tuple(noted.values()))))
    return Document(Kind.TABLE, brief.words("table.name"), Layout.FORM, tuple(parts))


def _sheet(brief: Brief, sheet: Sheet, noted: Mapping[str, Remark]) -> Iterator[Block]:
    rubric = brief.case.rubric
    yield Paragraph(Style.TITLE, rubric.title)
    if sheet.caption:
        yield Paragraph(Style.LINE, sheet.caption)
    rows = [row for run in sheet.chapters for row in _rows(brief, run, noted)]
    yield Grid(WIDTHS, (*_head(sheet), *rows), heading=2)


def _head(sheet: Sheet) -> tuple[Row, Row]:
    chapter, section, item, points, guidance, result = (Cell(each, CellKind.HEADING) for each in sheet.columns)
    upper = (Cell(sheet.head, CellKind.HEADING, across=3), *(_tall(each) for each in (points, guidance, result)))
    return Row(upper), Row((chapter, section, item))


def _tall(cell: Cell) -> Cell:
    return Cell(cell.text, cell.kind, down=2)


def _rows(brief: Brief, run: SheetChapter, noted: Mapping[str, Remark]) -> Iterator[Row]:
    rubric = brief.case.rubric
    items = [rubric.items[item_id] for item_id in run.items]
    first = True
    for section, members in groupby(items, key=lambda item: rubric.section_of[item.id].id):
        group = list(members)
        for place, item in enumerate(group):
            cells = [Cell(run.label, CellKind.LABEL, down=len(items))] if first else []
            if not place:
                cells.append(Cell(rubric.section_labels.get(section, section), CellKind.LABEL, down=len(group)))
            yield Row((*cells, *_item(brief, item, noted.get(item.id))))
            first = False


def _item(brief: Brief, item: Item, remark: Remark | None) -> Iterator[Cell]:
    yield Cell(item.text)
    points = item.points if item.has_points else None
    yield Cell("" if points is None else figure_text(points), CellKind.NUMBER, number=points)
    if item.guidance_rows:
        yield Cell(item.guidance, down=item.guidance_rows)
    yield _result(brief, item, remark)


def _result(brief: Brief, item: Item, remark: Remark | None) -> Cell:
    """评估结果: the reported score, with the number of its remark; blank while there is no answer."""
    score = brief.summary.items.get(item.id)
    if score is None:
        return Cell("", CellKind.NUMBER)
    if not item.has_points:
        return Cell(brief.words("table.met" if score.reported else "table.not_met"), CellKind.SHORT)
    text = figure_text(score.reported)
    if remark is not None:
        text = brief.words("table.mark", reported=score.reported, number=remark.number)
    return Cell(text, CellKind.NUMBER, number=score.reported)


def _one_sheet(brief: Brief, rubric: Rubric) -> Sheet:
    """For a table whose data says nothing of a printed form: everything on one sheet."""
    runs = tuple(
        SheetChapter(each.id, brief.words("table.chapter", chapter=each), each.item_ids) for each in rubric.chapters
    )
    columns = tuple(brief.words("table.columns").split("\n"))
    return Sheet("", "", brief.words("table.head"), columns, runs)
