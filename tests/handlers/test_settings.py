"""The settings: what is taken, what is refused, and that the manual names every one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.errors import StartupRefusedError
from bot.reports.pdf.fonts import FontChoice
from bot.settings import PREFIX, Settings, speech
from tests.handlers.harness import LOCALIZERS

SECRET = "canary-proxy-password"  # noqa: S105 - a canary


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


@pytest.mark.sqlite
def test_everything_but_the_token_has_a_default() -> None:
    settings = Settings()
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.database == "sqlite:///data/zicha.db"
    assert (settings.locale, settings.timezone, settings.log_level) == ("zh_CN", "Asia/Shanghai", "INFO")
    with pytest.raises(StartupRefusedError) as refused:
        _ = settings.token
    assert refused.value.problem.code == "H001"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("TELEGRAM_TOKEN", f"no {SECRET}", "H002"),
        ("TELEGRAM_API", f"ftp://{SECRET}", "H003"),
        ("TELEGRAM_PROXY", f"socks5://u:{SECRET}@h:1", "H004"),
        ("LOCALE", SECRET, "H005"),
        ("TIMEZONE", SECRET, "H006"),
        ("TIMEZONE", "../etc/passwd", "H006"),
        ("LOG_LEVEL", SECRET, "H007"),
        ("WEBHOOK_URL", f"http://example.org/{SECRET}", "H011"),
        ("WEBHOOK_URL", f"https://example.org:8080/{SECRET}", "H011"),
        ("WEBHOOK_URL", f"https://u:{SECRET}@example.org/", "H011"),
        ("WEBHOOK_URL", f"https://example.org/?{SECRET}", "H011"),
        ("WEBHOOK_URL", "https://example.org/healthz", "H011"),
        ("WEBHOOK_SECRET", f"{SECRET}!", "H012"),
        ("WEBHOOK_SECRET", "tooshort", "H012"),
        ("WEBHOOK_LISTEN", f"{SECRET}", "H013"),
        ("WEBHOOK_LISTEN", f"{SECRET}:99999", "H013"),
    ],
)
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_a_wrong_setting_is_named_but_its_value_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str, locale: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    ran = CliRunner().invoke(commands(LOCALIZERS.of(locale)), ["run"])
    assert ran.exit_code == 1
    assert ran.stderr.startswith(f"{code} ")
    assert f"{PREFIX}{name}" in ran.stderr
    assert SECRET not in ran.output + ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_an_empty_token_or_proxy_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "")
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_PROXY", "")
    assert Settings().telegram_token is None
    assert Settings().proxy is None


def test_secrets_do_not_stand_in_the_settings_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "123456:AAcanary")
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_PROXY", f"http://u:{SECRET}@h:1")
    settings = Settings()
    assert "canary" not in repr(settings) + str(settings)
    assert settings.token == "123456:AAcanary"  # noqa: S105 - a canary
    assert settings.proxy == f"http://u:{SECRET}@h:1"


def test_with_a_webhook_but_no_secret_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "123456:AAcanary")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_URL", "https://example.org/zicha")
    for secret in (None, ""):
        if secret is not None:
            monkeypatch.setenv(f"{PREFIX}WEBHOOK_SECRET", secret)
        ran = CliRunner().invoke(commands(LOCALIZERS.of("en")), ["run"])
        assert ran.exit_code == 1
        assert ran.stderr.startswith("H010 ")


def test_a_webhook_is_where_telegram_posts_and_where_we_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().webhook is None
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_SECRET", SECRET)
    assert Settings().webhook is None
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_URL", "https://example.org:8443/zicha/updates")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK_LISTEN", "[::1]:9000")
    webhook = Settings().webhook
    assert webhook is not None
    assert (webhook.path, webhook.host, webhook.port) == ("/zicha/updates", "::1", 9000)
    assert SECRET not in repr(webhook) + repr(Settings())


def test_the_language_to_complain_in_is_known_even_when_settings_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}LOCALE", "en")
    monkeypatch.setenv(f"{PREFIX}TIMEZONE", "nowhere")
    assert speech() == ("en", "Asia/Shanghai")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_manual_documents_every_setting(name: str) -> None:
    manual = Path(__file__).parents[2] / "docs" / "operating.md"
    assert f"`{PREFIX}{name.upper()}`" in manual.read_text(encoding="utf-8")


def test_fonts_are_families_and_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().fonts == FontChoice()
    monkeypatch.setenv("ZICHA_FONT_FAMILIES", "仿宋_GB2312, FangSong,")
    monkeypatch.setenv("ZICHA_FONT_FOLDERS", "/srv/fonts:/opt/fonts")
    assert Settings().fonts == FontChoice(("仿宋_GB2312", "FangSong"), (Path("/srv/fonts"), Path("/opt/fonts")))
