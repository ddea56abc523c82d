"""The codes of what can be wrong with any data file; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum


class FileCode(StrEnum):
    """What can be wrong with a file, whatever it is about."""

    UNREADABLE = "R001"
    DUPLICATE_KEY = "R002"
    UNQUOTED_ID = "R003"
    UNKNOWN_KEY = "R004"
    MISSING_KEY = "R005"
    NOT_TEXT = "R006"
    NOT_A_LIST = "R008"
    NOT_A_MAPPING = "R009"
    NOT_TRUE_OR_FALSE = "R010"
    NOT_A_CHOICE = "R011"
    EMPTY = "R012"
    REPEATED_NODE = "R013"
    NOT_WHOLE = "R014"
    CUT_BY_COMMA = "R016"
    MISSPELT_KEY = "R017"
