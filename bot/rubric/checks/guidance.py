"""Rules about 评估方法和标准: each item has its own cell or shares the one above, and the spans agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.data_files.findings import Finding
from bot.rubric.codes import RubricCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.data_files.findings import Path
    from bot.rubric.source import RubricSource, SectionSource


def check_guidance(source: RubricSource) -> Iterator[Finding]:
    """R060, R061 and R062: a merged cell belongs to the nearest item above with its own text, and spans its rows."""
    for c, chapter in enumerate(source.chapters):
        for s, section in enumerate(chapter.sections):
            yield from _section(section, ("chapters", c, "sections", s, "items"))


def _section(section: SectionSource, path: Path) -> Iterator[Finding]:
    owner = -1
    rows = [0] * len(section.items)
    for number, item in enumerate(section.items):
        here = (*path, number)
        if (item.guidance is None) == (item.guidance_of is None):
            yield Finding(RubricCode.GUIDANCE_OR_REFERENCE, here)
            return
        if item.guidance is not None:
            owner = number
        elif owner < 0 or section.items[owner].id != item.guidance_of:
            yield Finding(RubricCode.GUIDANCE_NOT_ABOVE, (*here, "guidance_of"), {"id": item.guidance_of or ""})
            return
        rows[owner] += 1
    for number, item in enumerate(section.items):
        counted = rows[number] or 1
        if item.guidance_rows != counted:
            details = {"given": item.guidance_rows, "rows": counted}
            yield Finding(RubricCode.GUIDANCE_ROWS, (*path, number, "guidance_rows"), details)
