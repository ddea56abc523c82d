"""Reads compiled documents back, as their reader would: the paragraphs of a style, all the words, the grids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.reports.model import Grid, Kind, Paragraph, Style
from tests.reports.samples import sample_assessment, sample_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reports.case import Case
    from bot.reports.model import Block, Document, Package
    from bot.rubric.answers import Answer


def document(package: Package, kind: Kind) -> Document:
    """The document of that kind, which has to be there."""
    found = package.document(kind)
    assert found is not None
    return found


def written(kind: Kind, **entries: str) -> Document:
    """The document of the sample with other entries, `__` standing for a point."""
    changed = {subject.replace("__", "."): value for subject, value in entries.items()}
    return document(sample_package(assessment=sample_assessment(entries=changed)), kind)


def answered(
    kind: Kind,
    items: Mapping[str, Answer | None] | None = None,
    vetoes: Mapping[str, bool | None] | None = None,
    entries: Mapping[str, str] | None = None,
) -> Document:
    """The document of the sample with other answers."""
    return document(sample_package(assessment=sample_assessment(items, vetoes, entries)), kind)


def without_entries(case: Case, *prefixes: str) -> Case:
    """The case without what stands under these prefixes."""
    kept = {key: each for key, each in case.assessment.entries.items() if not key.startswith(prefixes)}
    return replace(case, assessment=replace(case.assessment, entries=kept))


def blocks(read: Document) -> Iterator[Block]:
    """Every block, part by part."""
    for part in read.parts:
        yield from part.blocks


def grids(read: Document) -> list[Grid]:
    """Every grid."""
    return [each for each in blocks(read) if isinstance(each, Grid)]


def paragraphs(read: Document, *styles: Style) -> list[str]:
    """The texts of the paragraphs of these styles, of all where none is named."""
    found = (each for each in blocks(read) if isinstance(each, Paragraph))
    return [each.text for each in found if not styles or each.style in styles]


def words(read: Document) -> Iterator[str]:
    """Every text, in the order in which it is read."""
    for block in blocks(read):
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            yield from (cell.text for row in block.rows for cell in row.cells)


def body(read: Document) -> str:
    """All the words, one paragraph or cell a line."""
    return "\n".join(words(read))
