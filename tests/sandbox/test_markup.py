"""The HTML parser by itself."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import Entity, parse_html, utf16_length
from sandbox.wire import ApiError
from sandbox.wording import settle

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a<b>b<i>c</i></b>", "abc", [Entity("italic", 2, 1), Entity("bold", 1, 2)]),
        ("<B>x</b>", "x", [Entity("bold", 0, 1)]),
        ("<b>x</>", "x", [Entity("bold", 0, 1)]),
        ("<b></b>", "", []),
        ("𠀀<u>y</u>", "𠀀y", [Entity("underline", 2, 1)]),
        ("<ins>a</ins><del>b</del>", "ab", [Entity("underline", 0, 1), Entity("strikethrough", 1, 1)]),
        ("<blockquote>x</blockquote>", "x", [Entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [Entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [Entity("pre", 0, 1, "py")]),
        ("<code>x</code>", "x", [Entity("code", 0, 1)]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [Entity("text_link", 0, 1, "https://example.org/?a=1&b=2")],
        ),
        ("<a href='example.org'>x</a>", "x", [Entity("text_link", 0, 1, "http://example.org/")]),
        ("<a>example.org</a>", "example.org", [Entity("text_link", 0, 11, "http://example.org/")]),
        ('<a href="no link">x</a>', "x", []),
        ('<a href="tg://user?id=7">x</a>', "x", [Entity("text_mention", 0, 1, "7")]),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&nbsp; & &#20013;&#x56fd;&#0;", "&nbsp; & 中国&#0;", []),
        ("a > b", "a > b", []),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(source) == (text, entities)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ApiError, match="unmatched surrogate"):
        parse_html("&#xd800;")


@given(texts)
def test_an_escaped_text_comes_back_literally(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(texts.filter(bool))
def test_an_entity_covers_exactly_its_text_in_utf16(text: str) -> None:
    parsed, entities = parse_html(f"前<b>{html.escape(text)}</b>后".replace("&#x27;", "'"))
    assert parsed == f"前{text}后"
    assert entities == [Entity("bold", 1, utf16_length(text))]


@given(st.text())
def test_any_text_is_either_parsed_or_refused(text: str) -> None:
    refusal = "Bad Request: can't parse entities: …"
    try:
        parse_html(text.encode(errors="ignore").decode())
    except ApiError as error:
        refusal = error.description
    assert refusal.startswith("Bad Request: can't parse entities: ")


@given(st.text(alphabet=" \n\r\t<b>/i&;字x𠀀\u200b\u202e", max_size=30))
def test_settled_entities_stay_inside_the_text(source: str) -> None:
    try:
        text, entities = settle(*parse_html(source))
    except ApiError:
        return
    assert text == text.strip(" \n") or entities
    for entity in entities:
        assert entity["offset"] >= 0
        assert 0 < entity["length"] <= utf16_length(text) - entity["offset"]
