"""A thousand repeated, re-sent and stale taps among the walks of twenty people, against the same walks without them."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.dialogue import intents
from bot.rubric.loader import library
from bot.rubric.scoring import summarize
from sandbox.server import start
from storage.codec import answer_from_text
from storage.inspection import inspect
from tests.databases import address, rows
from tests.http.bots import Bot
from tests.http.players import Player
from tests.http.scripts import NOISES, Act, Say, Tap, perform, rehearsal, strewn, walk

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.server import Running

pytestmark = pytest.mark.slow

SEED, PEOPLE, STEPS, TAPS = 7, 20, 45, 1000
FIRST = 6_100_001


@pytest.fixture(scope="module")
def walks() -> list[list[Act]]:
    """One for each person."""
    return [walk(random.Random(f"{SEED}/{number}"), STEPS) for number in range(PEOPLE)]  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def strewn_walks(walks: list[list[Act]]) -> list[list[Act]]:
    """The same with repeated and stale taps among them."""
    return [
        strewn(acts, random.Random(f"{SEED}/noise/{number}"), TAPS // PEOPLE)  # noqa: S311 - no secret
        for number, acts in enumerate(walks)
    ]


def test_none_of_them_changes_anything_in_a_rehearsal(walks: list[list[Act]], strewn_walks: list[list[Act]]) -> None:
    for clean, noisy in zip(walks, strewn_walks, strict=True):
        one, other = rehearsal(), rehearsal()
        expected = [perform(one, act).events for act in clean]
        found = []
        for act in noisy:
            if isinstance(act, Tap) and act.noise == "same update id":
                continue
            events = perform(other, act).events
            if isinstance(act, Tap) and act.noise:
                assert not events, act
            else:
                found.append(events)
        assert [len(events) for events in found] == [len(events) for events in expected]


async def test_they_leave_the_same_state_and_each_is_answered(
    walks: list[list[Act]], strewn_walks: list[list[Act]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = Counter(act.noise for acts in strewn_walks for act in acts if isinstance(act, Tap) and act.noise)
    assert sent.total() == TAPS
    assert set(sent) == set(NOISES)
    began = time.monotonic()
    clean = await _walked(walks, _fresh(tmp_path / "clean"))
    noisy = await _walked(strewn_walks, _fresh(tmp_path / "noisy"))
    for person in clean:
        assert noisy[person] == clean[person], person
    assert noisy == clean
    with capsys.disabled():
        changes = sum(len(state["history"]) for state in noisy.values())
        answers = sum(len(state["answers"]) for state in noisy.values())
        sys.stdout.write(
            f"\n{TAPS} taps more ({', '.join(f'{count} {kind}' for kind, count in sorted(sent.items()))}) "
            f"among {PEOPLE} people: the same {answers} answers and {changes} changes, every tap answered, "
            f"{time.monotonic() - began:.0f} s\n"
        )


def _fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _walked(walks: list[list[Act]], folder: Path) -> dict[int, dict[str, Any]]:
    """The state of everybody after all walks, side by side through one bot."""
    async with await start() as running, Bot(running, folder / "data", folder / "zicha.log") as bot:
        players = [Player(running, FIRST + number) for number in range(len(walks))]
        for player in players:
            running.controls.person(player.id)
        await asyncio.gather(*(_go(player, acts) for player, acts in zip(players, walks, strict=True)))
        unanswered = [query.id for query in running.sandbox.world.queries.values() if query.answer is None]
        assert not unanswered
        await _quiet(running, folder / "data")
        assert await bot.stop() == 0
    return _states(folder / "data")


async def _quiet(running: Running, data: Path) -> None:
    """Wait until nothing is on its way: a tap that was re-sent has been answered before it is handled again."""
    query = "select (select count(*) from inbox where state = 'waiting') + (select count(*) from outbox)"
    async with asyncio.timeout(30):
        while running.controls.stats()["pending"] or rows(data, query) != [(0,)]:  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.05)


async def _go(player: Player, acts: list[Act]) -> None:
    own, last, update, seen = None, "", 0, []
    for act in acts:
        if isinstance(act, Say):
            await _all_answered(player)
            await player.say(act.text)
            continue
        data = last if act.noise == "repeated" else intents.encode(act.intent, own)
        if act.noise:
            _disturb(player, act.noise, data, update, seen)
            continue
        last = data
        await player.tap(data)
        update = player.updates[-1]
        own = player.assessment
        seen.append(player.card)
    await _all_answered(player)


def _disturb(player: Player, noise: str, data: str, update: int, seen: list[int]) -> None:
    running: Running = player.running
    if noise in {"repeated", "stale"}:
        player.press(data, seen[len(seen) // 2] if noise == "stale" else None)
        return
    again = running.controls.resend(update, new_id=noise != NOISES[1], new_query=noise == NOISES[3])
    if noise == NOISES[3]:
        body = running.sandbox.world.queue.find(again["update_id"])
        assert body is not None
        player.queries.append(body["callback_query"]["id"])


async def _all_answered(player: Player) -> None:
    for query in player.queries:
        await player.answered(query)


def _states(data: Path) -> dict[int, dict[str, Any]]:
    """Answers, conditions, totals and the changes that took effect, of each person; without numbers and times."""
    rubric = library().latest("sichuan-2017")
    states: dict[int, dict[str, Any]] = {}
    found = inspect(address(data), datetime.now(UTC))
    assert found.soundness.is_sound
    assert rows(data, "select count(*) from inbox where state <> 'done'") == [(0,)]
    assert rows(data, "select count(*) from outbox") == [(0,)]
    owners = rows(data, "select assessment.id, telegram_id from assessment join person on person.id = owner")
    assert len(owners) == PEOPLE
    for assessment, person in owners:
        answers = _of(data, "select item, value, revision, grouped, note, remedy from answer", assessment)
        vetoes = _of(data, "select veto, choice, declared, note, revision from veto", assessment)
        given = {item: answer_from_text(value) for item, value, *_ in answers}
        declared = {veto: bool(stands) for veto, _, stands, *_ in vetoes if stands is not None}
        kept = {item: answer for item, answer in given.items() if answer is not None}
        history = "select kind, subject, before, after, grouped, reason, revision from history"
        states[person] = {
            "answers": answers,
            "vetoes": vetoes,
            "total": summarize(rubric, kept, declared).total,
            "history": _of(data, history, assessment, "id"),
        }
    return states


def _of(data: Path, query: str, assessment: int, order: str = "1") -> list[Any]:
    return rows(data, f"{query} where assessment = {assessment} order by {order}")
