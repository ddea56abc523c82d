"""The codes of every reason for which a file with an assessment is refused; the catalogues hold their sentences."""

from __future__ import annotations

from enum import StrEnum


class TransferCode(StrEnum):
    """What can be wrong with such a file, beside what can be with answers."""

    UNREADABLE = "J001"
    NOT_JSON = "J002"
    TOO_LARGE = "J003"
    DUPLICATE_KEY = "J004"
    UNKNOWN_KEY = "J005"
    MISSING_KEY = "J006"
    NOT_AS_EXPECTED = "J007"
    NOT_NUMBERED = "J008"
    UNKNOWN_PERSON = "J009"
    UNKNOWN_SUBJECT = "J010"
    UNREADABLE_ENTRY = "J011"
    OTHER_SEAL = "J012"
    BROKEN_CHAIN = "J013"
    UNKNOWN_CHOICE = "J014"
    ALREADY_BEGUN = "J015"
