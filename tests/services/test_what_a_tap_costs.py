"""The statements of a tap, one by one: pinned, so that a tap does not come to need more unnoticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.given import Tapped
from bot.dialogue.intents import Choose, Open
from bot.dialogue.position import Place, PlaceKind
from storage.connection import hop

if TYPE_CHECKING:
    from bot.dialogue.intents import Intent
    from tests.services.conftest import Desk

pytestmark = pytest.mark.sqlite  # it listens to the connection of the file

BEGIN = ["begin immediate", "select person", "select assessment", "select answer", "select veto"]
RECORD = ["insert answer", "select assessment", "insert history", "update assessment"]
END = ["insert position", "insert outbox", "update inbox", "commit"]
COMPARE = ["select entry"]
"""What is written beside the answers, which only an answer that a rule compares with it needs."""


def about(statement: str) -> str:
    """What a statement does, and to which table; those that have none as they stand."""
    for pattern in (r"\s*(insert) into (\w+)", r"\s*(update) (\w+)", r"\s*(select)\b.*?\bfrom (\w+)"):
        if found := re.match(pattern, statement, re.DOTALL):
            return f"{found[1]} {found[2]}"
    return statement


@pytest.mark.parametrize(
    ("intent", "statements"),
    [
        (Choose("5.3.1", "met", 0), BEGIN + RECORD + END),
        (Choose("4.1.1", "met", 0), BEGIN + COMPARE + RECORD + END),
        (Open(Place(PlaceKind.ITEM, "5.3.1")), BEGIN + END),
    ],
    ids=["an answer", "an answer that a rule compares", "a look at another card"],
)
async def test_a_tap_runs_these_statements_and_no_more(desk: Desk, intent: Intent, statements: list[str]) -> None:
    number = await desk.begin()
    request = desk.request(await desk.accept(), Tapped(intent, number))
    said: list[str] = []
    await hop(desk.storage._connection, lambda connection: connection.set_trace_callback(said.append))
    await desk.storage.run(lambda tx: desk.conversation.handle(tx, request, desk.now))
    await hop(desk.storage._connection, lambda connection: connection.set_trace_callback(None))
    assert [about(each) for each in said] == statements
