"""The settings of a process, from variables that begin with ZICHA_: the only reader of the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.assessments.days import TIMEZONE
from bot.errors import StartupRefusedError
from bot.localization import LOCALES
from bot.problems import Problem
from bot.reports.pdf.fonts import FontChoice

PREFIX: Final = "ZICHA_"
_HTTPS: Final = 443
_WEBHOOK_PORTS: Final = (443, 80, 88, 8443)
_WEBHOOK_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]*)*")
_HEALTH: Final = "/healthz"
_THIS_MACHINE: Final = ("127.0.0.1", "::1", "localhost")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LAST_PORT: Final = 65535
_TOKEN: Final = re.compile(r"[1-9][0-9]{0,19}:[A-Za-z0-9_-]{1,60}")


def _known_locale(value: str) -> str:
    if value not in LOCALES:
        raise ValueError(value)
    return value


def _known_timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, KeyError) as error:
        raise ValueError(value) from error
    return value


def _token_shaped(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    return value.rstrip("/")


def _webhook_address(value: str | None) -> str | None:
    """Telegram posts to https on four ports; a Bot API server on this machine may do without."""
    if value is None:
        return None
    parts = urlsplit(value)
    port = parts.port or _HTTPS
    is_public = parts.scheme == "https" and port in _WEBHOOK_PORTS
    is_local = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    if not parts.hostname or not (is_public or is_local) or parts.query or parts.fragment or parts.username:
        raise ValueError
    if not _WEBHOOK_PATH.fullmatch(parts.path) or parts.path == _HEALTH:
        raise ValueError
    return value


def _secret_shaped(value: SecretStr | None) -> SecretStr | None:
    if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


def _listening(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > _LAST_PORT:
        raise ValueError
    return value


def _proxy_address(value: SecretStr | None) -> SecretStr | None:
    if value is not None:
        _web_address(value.get_secret_value())
    return value


def _none_when_empty(value: object) -> object:
    return None if value == "" else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Webhook:
    """The public address that Telegram posts to, the secret it shows, and where we listen behind that address."""

    url: str
    path: str
    secret: str = field(repr=False)
    host: str
    port: int


class Settings(BaseSettings):
    """What an operator may set; StartupRefusedError, in the person's words and without the value, when one is wrong."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    telegram_token: Annotated[SecretStr | None, BeforeValidator(_none_when_empty), AfterValidator(_token_shaped)] = None
    telegram_api: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    telegram_proxy: Annotated[SecretStr | None, BeforeValidator(_none_when_empty), AfterValidator(_proxy_address)] = (
        None
    )
    webhook_url: Annotated[str | None, BeforeValidator(_none_when_empty), AfterValidator(_webhook_address)] = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_none_when_empty), AfterValidator(_secret_shaped)] = (
        None
    )
    webhook_listen: Annotated[str, AfterValidator(_listening)] = "127.0.0.1:8080"
    data_dir: Path = Path("data")
    files_per_station_mb: Annotated[int, Field(ge=0, le=10**6)] = 300
    templates: Annotated[Path | None, BeforeValidator(_none_when_empty)] = None
    font_families: str = ""
    font_folders: str = ""
    database_url: str = ""
    locale: Annotated[str, AfterValidator(_known_locale)] = LOCALES[0]
    timezone: Annotated[str, AfterValidator(_known_timezone)] = TIMEZONE
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"

    def __init__(self, **given: object) -> None:
        try:
            super().__init__(**given)  # type: ignore[arg-type]  # pydantic checks each
        except ValidationError as error:
            raise StartupRefusedError(_problem(error)) from None

    @property
    def database(self) -> str:
        """The URL of the database: the one that is set, or a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'zicha.db'}"

    @property
    def token(self) -> str:
        """The bot's token; StartupRefusedError H001 when none is set."""
        if self.telegram_token is None:
            raise StartupRefusedError(Problem("H001", f"{PREFIX}TELEGRAM_TOKEN"))
        return self.telegram_token.get_secret_value()

    @property
    def webhook(self) -> Webhook | None:
        """Where updates are posted to; None: they are polled. StartupRefusedError H010 when the secret is missing."""
        if self.webhook_url is None:
            return None
        if self.webhook_secret is None:
            raise StartupRefusedError(Problem("H010", f"{PREFIX}WEBHOOK_SECRET"))
        host, _, port = self.webhook_listen.rpartition(":")
        return Webhook(
            url=self.webhook_url,
            path=urlsplit(self.webhook_url).path or "/",
            secret=self.webhook_secret.get_secret_value(),
            host=host.strip("[]"),
            port=int(port),
        )

    @property
    def fonts(self) -> FontChoice:
        """The fonts for PDF: families with commas between, folders as in PATH; both may be empty."""
        families = (each.strip() for each in self.font_families.split(","))
        folders = (Path(each) for each in self.font_folders.split(os.pathsep) if each)
        return FontChoice(tuple(each for each in families if each), tuple(folders))

    @property
    def proxy(self) -> str | None:
        """The address of the proxy to Telegram, if there is one."""
        return None if self.telegram_proxy is None else self.telegram_proxy.get_secret_value()


_CODES: Final = {
    "telegram_token": "H002",
    "telegram_api": "H003",
    "telegram_proxy": "H004",
    "locale": "H005",
    "timezone": "H006",
    "log_level": "H007",
    "webhook_url": "H011",
    "webhook_secret": "H012",
    "webhook_listen": "H013",
}


class _Speech(BaseSettings):
    """Only what it takes to say what is wrong with the rest."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    locale: str = LOCALES[0]
    timezone: str = TIMEZONE


def speech() -> tuple[str, str]:
    """The locale and the time zone to speak in before the settings are checked: the ones set, where they are known."""
    wanted = _Speech()
    return wanted.locale if wanted.locale in LOCALES else LOCALES[0], _zone_or_default(wanted.timezone)


def _zone_or_default(name: str) -> str:
    try:
        return _known_timezone(name)
    except ValueError:
        return TIMEZONE


def _problem(error: ValidationError) -> Problem:
    """The first thing that is wrong, without its value, which may be a secret."""
    name = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
    return Problem(_CODES.get(name, "H008"), f"{PREFIX}{name.upper()}", {"known": ", ".join(LOCALES)})
