"""A notice comes back from the outbox as it went in, whatever its arguments are."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from bot.dialogue.screen import Notice, say
from bot.rubric.model import Wording
from bot.services.notices import keep, restore

WORDING = Wording({"zh_CN": "未发现问题", "en": "No problem found"})
ARGUMENTS = {
    "words": "见2号柜，<b>&{}",
    "nothing": "",
    "number": 61,
    "points": Decimal("2.50"),
    "moment": datetime(2017, 4, 21, 2, 42, 7, 123456, tzinfo=UTC),
    "wording": WORDING,
    "text": say("points.sure", count=Decimal(2)),
    "nested": say("option", when=WORDING, yields=say("points.open", low=Decimal(0), high=Decimal(1))),
    "list": ("⑴", "⑵"),
    "texts": (say("option", when=WORDING, yields="x"), WORDING, "plain"),
    "empty": (),
}


@pytest.mark.parametrize("argument", ARGUMENTS.values(), ids=ARGUMENTS)
def test_every_kind_of_argument_round_trips(argument: object) -> None:
    notice = Notice(say("notice.recorded", item=argument))
    assert restore(keep(notice)) == notice


@pytest.mark.parametrize("is_alert", [True, False])
def test_an_alert_stays_an_alert(*, is_alert: bool) -> None:
    notice = Notice(say("notice.cancelled"), is_alert=is_alert)
    assert restore(keep(notice)) == notice


@for_all(st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))))
def test_any_words_round_trip(args: dict[str, str]) -> None:
    notice = Notice(say("notice.cleaned", **args))
    assert restore(keep(notice)) == notice


def test_an_argument_of_another_kind_is_refused_when_it_is_kept_not_when_it_is_read() -> None:
    with pytest.raises(TypeError):
        keep(Notice(say("notice.recorded", item=object())))
