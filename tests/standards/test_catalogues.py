"""Every sentence for people stands in the catalogues: complete in every language, used, and nowhere else."""

from __future__ import annotations

import ast
import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.cli.doctor import State
from bot.dialogue.given import Command, Oddity
from bot.evidence.refusals import Reason
from bot.evidence.rules import Method
from bot.localization import LOCALES
from bot.rubric.model import NotApplicableReport
from bot.watch.rules import rules_of
from tests.standards.tree import ROOT, literals, modules, name_of, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

_CODE = re.compile(r"[A-Z][0-9]{3}")
_HAN = re.compile("[\u3400-\u9fff]")
_KEY = re.compile(r"[a-z]+(\.[A-Za-z_0-9]+)+")
_SAYING = {"say", "stay", "warn", "_fill", "ngettext", "gettext"}

CODES = {literal.value for path in modules() for literal in literals(parsed(path)) if _CODE.fullmatch(literal.value)}

BUILT = {
    "problem.": CODES,
    "notice.": {oddity.value for oddity in Oddity},
    "write.excuse_": {report.value for report in NotApplicableReport},
    "command.": {command.value for command in Command},
    "handler.command.": {command.value for command in Command},
    "language.": set(LOCALES),
    "evidence.refused.": {reason.value for reason in Reason},
    "evidence.method.": {method.value for method in Method},
    "watch.rule.": {rule.id for rule in rules_of("sichuan-2017")},
    "cli.doctor.": {state.value for state in State} | {"durable", "not_durable", "space", "no_space"},
}
"""The keys that the code puts together, by how they begin."""

ALLOWED_HAN = {
    ("bot/forms/notations.py", "年"): "how dates are written",
    ("bot/forms/notations.py", "月"): "how dates are written",
    ("bot/forms/notations.py", "日号"): "how dates are written",
    ("bot/forms/notations.py", "至到"): "how periods are written",
    ("bot/forms/notations.py", "自从起止"): "how periods are written",
    ("bot/forms/notations.py", "度"): "how years are written",
    ("bot/forms/notations.py", "人名个台套件间张把次"): "what stands behind a number",
    ("bot/forms/notations.py", "平方米|平方|平米"): "how areas are written",
    ("bot/forms/notations.py", "传真|联系电话|电话|座机|手机|办公室"): "what stands beside a telephone",
    ("bot/forms/notations.py", "转|分机"): "what stands before an extension",
    ("bot/forms/notations.py", "和及与"): "what stands between levels",
    ("bot/forms/notations.py", "第"): "how document numbers are written",
    ("bot/forms/notations.py", "号"): "how document numbers are written",
    ("bot/forms/notations.py", "工"): "what may stand behind a level",
    ("bot/forms/notations.py", "员工师"): "what most occupations end in",
    ("bot/dialogue/flows/words.py", " 　.。、，,;；:：第项号"): "what may stand around a typed number",
    ("bot/services/inline.py", "评分"): "what people type behind the bot's name, in whatever language it speaks",
    ("sandbox/world.py", "自查"): "the bot's name in the pretended Telegram",
    ("sandbox/people.py", "吉站长"): "a pretended person",
    ("sandbox/people.py", "陈老师"): "a pretended person",
    ("sandbox/people.py", "李审查员"): "a pretended person",
    ("sandbox/controls.py", "用户"): "a pretended person who has no name",
}
"""Literals with Chinese characters that are no sentences for people, each with its reason."""


@cache
def catalogues(locale: str) -> dict[Path, dict[str, Message]]:
    """The messages of every file of a language."""
    found = {}
    for path in sorted((ROOT / "locales" / locale).glob("*.po")):
        with path.open("rb") as source:
            found[path] = {_key(message): message for message in read_po(source, locale=locale) if message.id}
    return found


def merged(locale: str) -> dict[str, Message]:
    """All messages of a language."""
    return {key: message for messages in catalogues(locale).values() for key, message in messages.items()}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The texts of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(message: Message) -> set[str]:
    """The names that the message's texts ask for."""
    return {name for text in forms(message) for _, name, _, _ in Formatter().parse(text) if name is not None}


def said() -> Iterator[tuple[str, str]]:
    """Every literal that is handed over as a key, with its module."""
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and _name(node.func) in _SAYING:
                for argument in node.args[:2]:
                    yield from ((name_of(path), each) for each in _literal_keys(argument))


def _literal_keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (key for branch in (node.body, node.orelse) for key in _literal_keys(branch))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


ZH = merged("zh_CN")
LITERALS = {literal.value for path in modules() for literal in literals(parsed(path))}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_text(locale: str) -> None:
    own = merged(locale)
    assert own.keys() ^ ZH.keys() == set()
    for key, message in own.items():
        assert all(text.strip() for text in forms(message)), f"{key} is empty"
        assert not message.fuzzy, f"{key} is unfinished"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_text_asks_for_the_same_figures_in_every_language(locale: str) -> None:
    for key, message in merged(locale).items():
        assert placeholders(message) - {"count"} == placeholders(ZH[key]) - {"count"}, key
        assert isinstance(message.id, str) is isinstance(ZH[key].id, str), f"{key}: plural in one language only"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_text_that_counts_has_a_plural(locale: str) -> None:
    for key, message in merged(locale).items():
        assert "count" not in placeholders(message) or not isinstance(message.id, str), f"{key} would show its key"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_key_stands_in_one_file_once(locale: str) -> None:
    for path in catalogues(locale):
        keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(keys) == len(set(keys)), path
    every = [key for messages in catalogues(locale).values() for key in messages]
    assert sorted(every) == sorted(set(every))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_keeps_a_text_in_the_same_file(locale: str) -> None:
    places = {key: path.name for path, messages in catalogues(locale).items() for key in messages}
    assert places == {key: path.name for path, messages in catalogues("zh_CN").items() for key in messages}


def test_every_text_is_used() -> None:
    built = {start + end for start, ends in BUILT.items() for end in ends}
    unused = sorted(key for key in ZH if key not in LITERALS and key not in built)
    assert unused == []


def test_every_key_that_the_code_puts_together_has_a_text() -> None:
    assert sorted(start + end for start, ends in BUILT.items() for end in ends if start + end not in ZH) == []


def test_every_key_that_the_code_says_has_a_text() -> None:
    missing = {(module, key) for module, key in said() if _KEY.fullmatch(key) and key not in ZH}
    assert missing == set()


def test_no_key_is_put_together_but_in_the_known_ways() -> None:
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if len(node.values) > 1 and re.fullmatch(r"[a-z]+(\.[a-z_]+)*\.?[a-z_]*", start) and "." in start:
                    assert start in BUILT or start.startswith("bot."), f"{name_of(path)}: {start}"


def test_no_sentence_for_people_stands_in_python() -> None:
    strange = {
        (name_of(path), literal.value)
        for path in modules()
        for literal in literals(parsed(path))
        if _HAN.search(literal.value)
    }
    assert strange - set(ALLOWED_HAN) == set()
    assert set(ALLOWED_HAN) - strange == set(), "an exception that nobody needs any more"


def test_no_command_speaks_in_literals() -> None:
    for path in modules():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or name_of(path).startswith("sandbox/"):
                continue
            spoken = node.args[:1] if _name(node.func) in {"echo", "secho", "prompt", "confirm", "print"} else []
            spoken += [keyword.value for keyword in node.keywords if keyword.arg in {"help", "short_help", "epilog"}]
            for words in spoken:
                literal = words.value if isinstance(words, ast.Constant) and isinstance(words.value, str) else ""
                assert not re.search(r"[A-Za-z]{2}", literal), f"{name_of(path)}: {literal}"
