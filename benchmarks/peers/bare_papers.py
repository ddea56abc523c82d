"""The same pages by the shortest way: python-docx and typst, nothing computed, checked, archived or made steady.

`python -m benchmarks.peers.bare_papers BLOCKS.json FOLDER` places the blocks that it is given, as zicha's papers have
them, in one DOCX and one PDF a document.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import docx
import orjson
import typst
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

_ESCAPED: Final = str.maketrans({each: f"\\{each}" for each in "\\#[]*_$<>@~`/\"'="})
_HEAD: Final = """
#set page(paper: "a4", margin: 16mm)
#set text(font: ("Noto Serif CJK SC", "AR PL UMing"), size: 10.5pt, lang: "zh")
"""


def main(blocks: Path, folder: Path) -> None:
    """Make both files of every document."""
    for document in orjson.loads(blocks.read_bytes()):
        _word(document).save(str(folder / f"{document['kind']}.docx"))
        source = _HEAD + "\n#pagebreak()\n".join(map(_typeset, document["parts"]))
        (folder / f"{document['kind']}.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))


def _word(document: dict[str, Any]) -> Any:  # noqa: ANN401 - a document of python-docx
    made = docx.Document()
    for place, part in enumerate(document["parts"]):
        section = made.add_section(WD_SECTION.NEW_PAGE) if place else made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(16)
        for block in part["blocks"]:
            if "rows" in block:
                _table(made, block)
            elif "text" in block:
                made.add_paragraph(block["text"]).paragraph_format.space_after = Pt(2)
    return made


def _table(made: Any, grid: dict[str, Any]) -> None:  # noqa: ANN401 - a document of python-docx
    table = made.add_table(len(grid["rows"]), len(grid["widths"]), style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(grid["rows"]):
        column = 0
        for cell in line["cells"]:
            while (row, column) in taken:
                column += 1
            across, down = cell["across"], cell["down"]
            taken |= {(row + below, column + right) for below in range(down) for right in range(across)}
            first = table.cell(row, column)
            if across * down > 1:
                first = first.merge(table.cell(row + down - 1, column + across - 1))
            first.text = cell["text"]


def _typeset(part: dict[str, Any]) -> str:
    return "\n\n".join(map(_block, part["blocks"]))


def _block(block: dict[str, Any]) -> str:
    if "rows" in block:
        cells = (_cell(cell) for line in block["rows"] for cell in line["cells"])
        widths = ", ".join(f"{width}mm" for width in block["widths"])
        return f"#table(columns: ({widths}), {', '.join(cells)})"
    return block["text"].translate(_ESCAPED) if "text" in block else "#v(8mm)"


def _cell(cell: dict[str, Any]) -> str:
    words = cell["text"].translate(_ESCAPED)
    return f"table.cell(colspan: {cell['across']}, rowspan: {cell['down']})[{words}]"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
