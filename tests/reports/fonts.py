"""Whether this machine can set Chinese: without a font there is no PDF, and `make setup` says so."""

from __future__ import annotations

import os
from typing import Final

import pytest

from bot.reports.pdf.fonts import FontChoice, FontsMissingError, families


def _are_there() -> bool:
    try:
        families(FontChoice())
    except FontsMissingError:
        return False
    return True


needs_fonts: Final = pytest.mark.skipif(
    "CI" not in os.environ and not _are_there(), reason="no Chinese font is installed: sh requirements/fonts.sh"
)
