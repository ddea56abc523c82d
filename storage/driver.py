"""The parts of this package that speak to PostgreSQL, which not everybody has installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bot.errors import StartupRefusedError
from bot.problems import Problem
from storage.codes import StorageCode

if TYPE_CHECKING:
    from types import ModuleType


def postgresql(name: str) -> ModuleType:
    """The module of that name; StartupRefusedError D009 where the driver is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise StartupRefusedError(Problem(StorageCode.NO_DRIVER, "ZICHA_DATABASE_URL")) from error
