"""The chain that holds an assessment's history together: whoever changes an entry breaks it there.

An entry's digest is the SHA-256 of the digest before it and of the entry as canonical JSON; the assessment keeps the
last one, so that a shortened history is known too.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.statements import Value

START: Final = b""
"""What stands before the first entry."""

FIELDS: Final = (
    "assessment",
    "action",
    "kind",
    "subject",
    "before",
    "after",
    "grouped",
    "reason",
    "revision",
    "by_person",
    "at",
)
"""What an entry consists of, in the order in which it is digested; a released order never changes."""


def digest(previous: bytes, entry: Mapping[str, Value]) -> bytes:
    """The digest of an entry that follows the one with that digest."""
    fields = [bool(entry[name]) if name == "grouped" else entry[name] for name in FIELDS]
    return sha256(previous + orjson.dumps(fields)).digest()
