"""A small torture in the everyday suite, and proof that its audit can fail."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.torture.audit import audit
from tests.torture.sabotage import DAMAGES, damage
from tests.torture.siege import Outcome, Plan, Siege, summary

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.record import Record

pytestmark = pytest.mark.slow


def besieged(folder: Path, *, kills: int, people: int) -> Outcome:
    """A short siege, always with the same dice."""
    return asyncio.run(Siege(Plan(kills, 1, people, cold_every=6), folder, sys.stdout.write).run())


def test_kills_lose_double_and_invent_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = besieged(tmp_path, kills=12, people=20)
    with capsys.disabled():
        sys.stdout.write(f"{summary(outcome)}\n")
    assert outcome.strikes.kills == 12
    assert outcome.strikes.in_flight > 6, "most kills are to strike with something in flight"
    assert outcome.finding.acknowledgements > 0
    assert not outcome.violations, summary(outcome)


def test_the_audit_can_fail(tmp_path: Path) -> None:
    """All in one test, since a siege for each would take long."""
    outcome = besieged(tmp_path, kills=8, people=12)
    assert not outcome.violations, summary(outcome)
    for name in DAMAGES:
        damaged = shutil.copyfile(outcome.database, tmp_path / f"{name}.db")
        damage(name)(damaged)
        assert audit(damaged, outcome.record).violations, name
    for sign, record in (
        ("was never answered", unanswered(outcome.record)),
        ("acknowledged and lost", promising(outcome.record)),
        ("was last shown", showing_something_else(outcome.record)),
        ("were thrown away unread", replace(outcome.record, expired=1)),
    ):
        found = audit(outcome.database, record).violations
        assert any(sign.partition(" ")[2] in sentence for sentence in found), sign


def unanswered(record: Record) -> Record:
    """One tap less was answered."""
    tapped = next(tapped for tapped in record.taps.values() if tapped.toast is not None)
    return replace(record, taps=record.taps | {tapped.query: replace(tapped, toast=None, came_too_late=False)})


def promising(record: Record) -> Record:
    """One tap was answered by a promise that the history does not keep."""
    tapped = next(tapped for tapped in record.taps.values() if tapped.toast is not None)
    words = "6.6.1 低于3%（1分），已记 · 已填61/61"
    return replace(record, taps=record.taps | {tapped.query: replace(tapped, query="0", toast=words)})


def showing_something_else(record: Record) -> Record:
    """One person was last shown what does not stand."""
    person, screens = next(iter(record.drawn.items()))
    return replace(record, drawn=record.drawn | {person: [*screens[:-1], replace(screens[-1], html="旧的一页")]})
