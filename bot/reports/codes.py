"""The codes of what can be wrong with a template of documents; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum


class TemplateCode(StrEnum):
    """What can be wrong with a template, beside what can be with any file."""

    UNREADABLE_TEMPLATE = "L001"
    ONE_OF_TWO = "L002"
    UNEQUAL_WIDTH = "L003"
    UNKNOWN_SUBJECT = "L004"
