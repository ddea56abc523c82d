"""What a link may carry behind /start."""

from __future__ import annotations

import pytest

from bot.dialogue import deeplinks
from bot.dialogue.deeplinks import Link

INVITATION = "j_0123456789abcdefghij-_"


@pytest.mark.parametrize("payload", [INVITATION, f"{INVITATION}x", "j_" + "a" * 62])
def test_an_invitation_is_j_and_at_least_128_bits(payload: str) -> None:
    assert deeplinks.read(payload) is Link.INVITATION


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "j",
        "j_",
        INVITATION[:-1],
        f"{INVITATION} ",
        f"{INVITATION}\n",
        f"J{INVITATION[1:]}",
        f"{INVITATION}=",
        "j_" + "a" * 63,
        "S",
        "ss",
        "评",
    ],
)
def test_anything_else_is_unknown(payload: str) -> None:
    assert deeplinks.read(payload) is Link.UNKNOWN


def test_the_score_has_a_link() -> None:
    assert deeplinks.read(deeplinks.SCORE) is Link.SCORE
