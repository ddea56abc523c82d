"""Log lines: one line each, never the token, never people's words."""

from __future__ import annotations

import logging

import pytest

from bot.handlers.logs import OneLine, configure

TOKEN = "123456789:AAcanaryCanaryCanaryCanaryCanary_-x"  # noqa: S105 - a canary


def formatted(message: str, *args: object, error: BaseException | None = None, secrets: tuple[str, ...] = ()) -> str:
    exc_info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot", logging.ERROR, "f.py", 1, message, args, exc_info)
    return OneLine(secrets).format(record)


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"bot%s {TOKEN}",
        TOKEN.replace(":", "%3A"),
    ],
)
def test_a_token_never_stands_in_a_line_even_one_that_is_not_ours(text: str) -> None:
    assert "canary" not in formatted("%s", text)


def test_our_own_token_is_masked_whatever_its_shape() -> None:
    assert "1:bench" not in formatted("url=%s", "http://x/bot1:bench/getMe", secrets=("1:bench",))


def test_an_error_is_named_with_its_place_but_not_with_its_words() -> None:
    with pytest.raises(KeyError) as caught:
        {}["吉站长 13800000000"]
    line = formatted("stray", error=caught.value)
    assert "KeyError at test_logs.py:" in line
    assert "138" not in line
    assert "吉" not in line


def test_a_line_is_one_line_and_moves_no_cursor() -> None:
    line = formatted("a\nb\x1b[2Jc\u2028d")
    assert line.endswith("a b [2Jc d")


def test_libraries_keep_their_debug_lines_to_themselves(caplog: pytest.LogCaptureFixture) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        configure("DEBUG", (TOKEN,))
        assert logging.getLogger("bot.handlers.intake").isEnabledFor(logging.DEBUG)
        for library in ("telegram.Bot", "aiosqlite", "aiohttp.client", "asyncio", "alembic"):
            assert not logging.getLogger(library).isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name in ("bot", "storage"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert not caplog.records
