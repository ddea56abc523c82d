"""The codes of every problem that only a form file can have; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum


class FormCode(StrEnum):
    """What can be wrong with a form file, beside what can be with any file."""

    UNKNOWN_FORM = "F001"
    BAD_ID = "F002"
    DUPLICATE_ID = "F003"
    LOCALE_MISSING = "F004"
    CHOICES = "F005"
    CONDITION = "F006"
    EXAMPLE = "F007"
    TOO_LONG_FOR_A_BUTTON = "F008"
