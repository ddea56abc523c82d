"""Screens as Telegram takes them."""

from __future__ import annotations

import html
import re

import orjson
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.intents import Choose, decode
from bot.dialogue.screen import BLANK, Button, Emphasis, Passage, Quote, Screen, bold, code, line, say
from bot.handlers.rendering import MOST_UNITS, TOAST_LENGTH, read_lines, render, render_notices, toast, units
from tests.handlers.harness import LOCALIZERS

ZH = LOCALIZERS.of("zh_CN")
EVIL = '<a href="tg://user?id=1">x</a></b>&amp;&lt;'


def read(text: str) -> str:
    """What a person reads: without the tags, entities resolved."""
    return html.unescape(re.sub(r"</?(?:b|code|blockquote)>", "", text))


def test_every_word_is_shown_literally() -> None:
    screen = Screen((line(EVIL, bold(EVIL), code(EVIL)), Quote(EVIL)))
    card = render(screen, ZH, (EVIL,))
    assert read(card.html) == f"{EVIL}\n\n{EVIL * 3}\n{EVIL}"
    assert set(re.findall(r"<[^>]*>", card.html)) == {
        "<b>",
        "</b>",
        "<code>",
        "</code>",
        "<blockquote>",
        "</blockquote>",
    }


def test_catalogue_texts_with_somebodys_words_in_them_are_escaped_too() -> None:
    card = render(Screen((line(say("handler.set_aside", reference="<b>")),)), ZH)
    assert "&lt;b&gt;" in card.html


def test_official_words_stand_in_a_quote_verbatim() -> None:
    words = "查阅文件或任命书(或聘书)，现场提问其岗位工作职责。"
    assert render(Screen((Quote(words),)), ZH).html == f"<blockquote>{words}</blockquote>"


def test_a_passage_reads_in_every_language_like_the_lines_that_it_is_made_of() -> None:
    lines = (line(bold("2.1.10"), say("item.number", number=1, total=61)), BLANK, Quote("职责 & 分工"))
    passage = Passage(lines)
    for locale in ("zh_CN", "en", "zh_CN"):
        localizer = LOCALIZERS.of(locale)
        plain = Screen((*lines, line("尾")))
        assert render(Screen((passage, line("尾"))), localizer) == render(plain, localizer)
        assert read_lines(Screen((passage, line("尾"))), localizer) == read_lines(plain, localizer)


def test_blank_lines_and_empty_spans_leave_no_tags() -> None:
    assert render(Screen((line("a"), BLANK, line(bold("")))), ZH).html == "a\n\n"


def test_buttons_carry_their_intent_and_weight() -> None:
    intent = Choose("1.1.1", "met", 3)
    screen = Screen((line("a"),), ((Button("得满分", intent, Emphasis.SUCCESS), Button("跳过", intent)),), assessment=7)
    card = render(screen, ZH)
    assert card.keyboard is not None
    first, second = card.keyboard["inline_keyboard"][0]
    assert decode(first["callback_data"]) == (intent, 7)
    assert first["style"] == "success"
    assert "style" not in second
    assert render(Screen((line("a"),)), ZH).keyboard is None


@given(st.lists(st.text(alphabet=st.sampled_from("评<&𠀀a👩"), max_size=3000), min_size=1, max_size=6))
def test_a_message_never_exceeds_its_limit_and_says_when_it_was_cut(texts: list[str]) -> None:
    blocks = tuple(Quote(text) if index % 2 else line(bold(text)) for index, text in enumerate(texts))
    written = read(render(Screen(blocks), ZH).html)
    assert units(written) <= MOST_UNITS
    whole = "\n".join(texts)
    assert written == whole or written.endswith(ZH.say("handler.cut"))


def test_a_message_that_just_fits_is_not_cut() -> None:
    words = "评" * (MOST_UNITS - 2)
    assert read(render(Screen((line(words), line("a"))), ZH).html) == f"{words}\na"


def test_one_line_that_is_too_long_keeps_its_beginning_whole() -> None:
    written = read(render_notices(("𠀀" * 4096,), ZH).html)
    assert written.startswith("𠀀" * 2000)
    assert units(written) <= MOST_UNITS


def test_a_toast_is_cut_to_what_telegram_shows() -> None:
    assert toast("评" * 200) == "评" * 200
    assert len(toast("评" * 201)) == TOAST_LENGTH
    assert toast("评" * 201).endswith("…")


def item_card() -> Screen:
    rows = tuple((Button(f"未发现问题{n}（2分）", Choose("2.1.10", f"level{n}", 3)),) for n in range(6))
    blocks = (
        line(bold("2.1.10"), "　", "第17项，共61项"),
        line("规章制度情况 › 2.1工作场所相关制度办法情况"),
        BLANK,
        line(bold("职业技能鉴定工作场所重大问题或突发严重事件的应急处理预案")),
        BLANK,
        line("评估分值：1分"),
        Quote("查阅相关材料，询问负责人员。没有预案或发现问题不得分。"),
        line("白话：预案要拿得出来，负责的同志问得清楚。"),
        BLANK,
        line("已填16项　自评19分　▓▓▓░░░░░░░"),
    )
    return Screen(blocks, rows, assessment=2**52)


def test_the_keyboard_of_a_card_is_far_from_its_limits() -> None:
    card = render(item_card(), ZH)
    assert card.keyboard is not None
    assert len(orjson.dumps(card.keyboard)) <= 8192
    assert sum(len(row) for row in card.keyboard["inline_keyboard"]) <= 100
