"""Whether this machine can set Chinese, without which there is no PDF, and what a page of it says."""

from __future__ import annotations

import os
import re
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


def letters(text: str) -> str:
    """The words without their spaces and line ends, which a page sets as it likes."""
    return re.sub(r"\s", "", text)
