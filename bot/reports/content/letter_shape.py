"""The shape of letter.yaml: paragraphs in their styles, each with when it stands there and for what it is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from bot.data_files.findings import Finding
from bot.data_files.values import StrictShape, Text
from bot.reports.codes import TemplateCode
from bot.reports.templating import fault_in, fault_in_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path


class BlockShape(StrictShape):
    """A paragraph of a `style`, or other `blocks`, with `before` millimetres of room above.

    `when` is an expression that must hold; `each` is one that is gone through, every value under the name of `as`, its
    place from 1 under `number`.
    """

    style: Literal["title", "addressee", "heading", "subheading", "body", "line", "note", "signature"] | None = None
    text: Text | None = None
    blocks: Annotated[list[BlockShape], Field(min_length=1)] | None = None
    when: Text | None = None
    each: Text | None = None
    name: Text = Field(default="each", alias="as")
    before: Annotated[int, Field(ge=0, le=200)] = 0


LETTER: Final = TypeAdapter(list[BlockShape])


def check(blocks: list[BlockShape], path: Path = ()) -> Iterator[Finding]:
    """What the shape alone does not tell: a block is one of the two kinds, every template can be read."""
    for place, block in enumerate(blocks):
        here = (*path, place)
        if (block.text is None) is (block.blocks is None) or (block.text is None) is not (block.style is None):
            yield Finding(TemplateCode.ONE_OF_TWO, here, {"one": "style + text", "other": "blocks"})
        yield from _unreadable(block, here)
        yield from check(block.blocks or [], (*here, "blocks"))


def _unreadable(block: BlockShape, path: Path) -> Iterator[Finding]:
    faults = {
        "text": None if block.text is None else fault_in(block.text),
        "when": None if block.when is None else fault_in_expression(block.when),
        "each": None if block.each is None else fault_in_expression(block.each),
    }
    for key, fault in faults.items():
        if fault is not None:
            yield Finding(TemplateCode.UNREADABLE_TEMPLATE, (*path, key), {"reason": fault})
