"""Figures that people and files give: exact decimals within what can be meant, and back as they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

MOST: Final = 999_999_999
"""The largest count or measured number that is taken for one."""

_WRITTEN: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?")


def as_figure(given: object, most: Decimal | None = None) -> Decimal | None:
    """The exact number of a text, whole number or decimal, from 0 to `most`, with at most four decimal places.

    None for anything else, a float above all: what it stands for cannot be known.
    """
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        return None
    written = figure_text(given) if isinstance(given, Decimal) and given.is_finite() else str(given)
    if not written.isascii() or not _WRITTEN.fullmatch(written):
        return None
    figure = Decimal(written)
    return figure if figure <= (MOST if most is None else most) else None


def figure_text(figure: Decimal) -> str:
    """A number as it is written, without exponent and idle zeros."""
    return f"{figure.normalize():f}"
