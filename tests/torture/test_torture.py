"""A small torture in the everyday suite, and proof that its audit can fail."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.torture import herd
from tests.torture.audit import audit
from tests.torture.books import on_a_server
from tests.torture.herd import Herd
from tests.torture.sabotage import DAMAGES, damage
from tests.torture.siege import Outcome, Plan, Siege
from tests.torture.summary import summary
from tests.torture.ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.books import Books, ServerBooks
    from tests.torture.record import Record

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerBooks]:
    """An empty database on a PostgreSQL server."""
    with on_a_server(tmp_path) as books:
        yield books


def besieged(folder: Path, *, kills: int, people: int, way: Way = Way.POLLING, books: Books | None = None) -> Outcome:
    """A short siege, always with the same dice."""
    plan = Plan(kills, 1, people, cold_every=6, way=way)
    return asyncio.run(Siege(plan, folder, sys.stdout.write, books).run())


def complaints(outcome: Outcome, *, kills: int) -> list[str]:
    """What was lost, doubled or invented, and whether the kills were badly aimed."""
    sys.stdout.write(f"{summary(outcome)}\n")
    aimed = {
        f"{outcome.strikes.kills} kills": outcome.strikes.kills == kills,
        "most kills are to strike with something in flight": outcome.strikes.in_flight > kills // 2,
        "no answer was acknowledged": outcome.finding.acknowledgements > 0,
    }
    return [words for words, holds in aimed.items() if not holds] + list(outcome.violations)


@pytest.mark.parametrize(("way", "kills"), [(Way.POLLING, 12), (Way.WEBHOOK, 8)])
def test_kills_lose_double_and_invent_nothing(way: Way, kills: int, tmp_path: Path) -> None:
    assert complaints(besieged(tmp_path, kills=kills, people=20, way=way), kills=kills) == []


def test_kills_lose_double_and_invent_nothing_on_a_server(tmp_path: Path, server: ServerBooks) -> None:
    assert complaints(besieged(tmp_path, kills=6, people=20, books=server), kills=6) == []


def test_what_one_of_two_bots_was_at_when_it_was_killed_the_other_does_once(
    tmp_path: Path, server: ServerBooks
) -> None:
    outcome = asyncio.run(Herd(herd.Plan(people=12, every=1.0, kills=6), tmp_path, server).run())
    sys.stdout.write(f"{outcome.summary()}\n")
    assert outcome.kills == 6
    assert outcome.leaders > 0, "the one that polls is to be struck too"
    assert len(outcome.handled) > 1
    assert outcome.finding.acknowledgements > 0
    assert not outcome.finding.violations, outcome.summary()


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
