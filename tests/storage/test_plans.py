"""No statement on a tap's way may read a whole table."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage import archive, assessments, cancelled, dossier, evidence, inbox, invitations, outbox, people, stations

if TYPE_CHECKING:
    from pathlib import Path

NOT_ON_A_TAPS_WAY = {
    "WAITING",
    "OWED",
    "BACKLOG",
    "CLAIM_OWED",
    "HELD_UNTIL",
    "CALL_OTHERS",
    "CALL_SENDERS",
    "AUTHORITIES",
    "STATIONS",
    "CANCELLED",
}
PARTS_OF_THE_INBOX = ("USING INDEX inbox_waiting", "USING INDEX inbox_quarantined")
"""What waits, or was set aside, is little, however much was done."""

STATEMENTS = {
    f"{module.__name__}.{name}": sql
    for module in (archive, assessments, cancelled, dossier, evidence, inbox, invitations, outbox, people, stations)
    for name, sql in vars(module).items()
    if name.isupper() and not name.startswith("_") and isinstance(sql, str)
}


def _plan(database: Path, sql: str) -> list[str]:
    parameters = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
    with closing(sqlite3.connect(database)) as connection:
        return [row[3] for row in connection.execute(f"explain query plan {sql}", parameters)]


@pytest.mark.parametrize("name", [name for name in STATEMENTS if name.split(".")[-1] not in NOT_ON_A_TAPS_WAY])
def test_a_statement_of_a_tap_scans_no_table(database: Path, name: str) -> None:
    steps = [step for step in _plan(database, STATEMENTS[name]) if step.startswith("SCAN")]
    assert [step for step in steps if not step.endswith(PARTS_OF_THE_INBOX)] == []


def test_what_waits_is_found_without_reading_what_is_done(database: Path) -> None:
    assert _plan(database, inbox.WAITING) == ["SCAN inbox USING INDEX inbox_waiting"]


def test_every_statement_is_looked_at() -> None:
    assert len(STATEMENTS) == 90
