"""A few thousand random updates in the everyday suite, and proof that the audit of them can fail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Typed
from bot.dialogue.position import PlaceKind
from bot.services import conversation
from bot.services.conversation import Conversation
from tests.handlers.any_update import Outcome, Plan, summary, tried
from tests.handlers.due import Answer
from tests.handlers.pretended import PretendedTelegram

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bot.services.ports import Transaction
    from bot.services.requests import Reply, Request

pytestmark = pytest.mark.slow


def outcome_of(plan: Plan, folder: Path) -> Outcome:
    return asyncio.run(tried(plan, folder, lambda _: None))


def test_whatever_comes_is_answered_or_set_aside_and_nobody_is_shown_what_is_anothers(tmp_path: Path) -> None:
    outcome = outcome_of(Plan(3000, seed=3, people=12), tmp_path)
    assert not outcome.violations, summary(outcome)
    assert outcome.updates == 3000
    assert outcome.set_aside > 10, "of those that Telegram would never send, some cannot be read"
    assert set(outcome.dues) == {*Answer, None}
    assert outcome.members > 2, "besides the two heads somebody is to join by a link"
    assert len(set(PlaceKind) - outcome.places) <= len(PlaceKind) // 4, "the walks are to reach most kinds of screens"
    early, late = outcome.objects
    assert late - early < 10_000, "2,000 updates later, hardly anything more is kept in memory"


def forget_taps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taps are handled, but no toast is ever sent."""
    monkeypatch.setattr(PretendedTelegram, "_answer_tap", lambda *_: True)


def let_anybody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A button of somebody else's does what it says."""
    monkeypatch.setattr(conversation, "may_fill", lambda *_: True)


def choke_on_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types words is told a number instead of an answer."""
    handle = Conversation.handle

    def fail(self: Conversation, tx: Transaction, request: Request, now: datetime) -> Reply:
        if isinstance(request.given, Typed):
            raise KeyError
        return handle(self, tx, request, now)

    monkeypatch.setattr(Conversation, "handle", fail)


@pytest.mark.parametrize(
    ("spoil", "sign"),
    [
        (forget_taps, "not answered"),
        (let_anybody_in, "a button of assessment"),
        (choke_on_words, "set aside after 5"),
    ],
)
def test_the_audit_can_fail(
    spoil: Callable[[pytest.MonkeyPatch], None], sign: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spoil(monkeypatch)
    outcome = outcome_of(Plan(600, seed=1, people=4), tmp_path)
    assert any(each.startswith(sign) for each in outcome.violations), summary(outcome)
