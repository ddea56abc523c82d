"""Words and values that people type at random, and values that no one should meet in an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.forms.loader import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.model import Form

SIGNS: Final = (
    range(0x20),
    range(0x7F, 0xA0),
    range(0x20, 0x7F),
    range(0x300, 0x370),
    range(0x590, 0x700),
    range(0x2000, 0x2070),
    range(0x4E00, 0x9FA6),
    range(0xD800, 0xE000),
    range(0xFE00, 0xFE10),
    range(0xFF00, 0x10000),
    range(0x1F300, 0x1FAFF),
    range(0x20000, 0x20100),
    range(0xE0020, 0xE0080),
    range(0x10FFF0, 0x110000),
)
WRITTEN: Final = (
    "3",
    "0",
    "１２",
    "-1",
    "3.5",
    "30/2",
    "30 2",
    "30，2",
    "2/30",
    "99999999999999999999",
    "2.1.10",
    "第6.6.1项",
    "9.9.9",
    "   ",
    "<b>&amp;</i>",
    "👨‍👩‍👧‍👦🇨🇳",
)
ARGUMENTS: Final = (
    "",
    "",
    " s",
    " j_AbCdEfGhIjKlMnOpQrStUv_-",
    " j_",
    " ../../x",
    " s s",
    "@zicha_bot",
    "@zicha_bot s",
    "\ns",
)
STRANGE: Final[tuple[Any, ...]] = (
    *(None, True, -1, 0, 2**31, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**30, 1e308, 0.5),
    *("", "x", "\0", "\ud800", "9" * 400, [], [[]], [None], {}, {"id": {}}, {"first_name": []}),
)


def _values(form: Form) -> Iterator[str]:
    """What the form's own examples say, and the words of its choices."""
    for section in form.sections:
        for each in (*section.fields, *(column for table in section.tables for column in table.columns)):
            yield from (each.example, *(choice.label for choice in each.choices))


def _lines(form: Form) -> Iterator[str]:
    """A pasted line of examples for each table, a pasted table with its headings, and a line that is too long."""
    for table in (table for section in form.sections for table in section.tables):
        cells = [column.example for column in table.columns]
        labels = [column.label for column in table.columns]
        yield "\t".join(cells)
        yield "\n".join(("\t".join(labels), "\t".join(cells), "", "，".join(cells)))
        yield "\t".join(cells * 3)


_FORM: Final = forms().latest("sichuan-2017")
FORM_VALUES: Final = tuple(dict.fromkeys(each for each in _values(_FORM) if each))
PASTED: Final = tuple(_lines(_FORM))
