"""How the one SQL text of this package reads for PostgreSQL; SQLite takes it as it stands.

Parameters are `:named`. What stands in a comment `/*+ … */` is for PostgreSQL alone: row locks, and little else, since
SQLite has one writer at a time anyway.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z_]+)")
_OURS_ALONE: Final = re.compile(r"/\*\+(.*?)\*/", re.DOTALL)


@lru_cache(maxsize=512)
def for_postgresql(sql: str) -> bytes:
    """The statement as psycopg takes it."""
    revealed = _OURS_ALONE.sub(r"\1", sql)
    return _PARAMETER.sub(r"%(\1)s", revealed.replace("%", "%%")).encode()
