"""`zicha` and `python -m bot`: the command line, in the language that is set."""

from __future__ import annotations

from bot.cli import commands
from bot.localization import Localizers
from bot.settings import speech


def main() -> None:
    """Run the command that was asked for."""
    locale, timezone = speech()
    commands(Localizers.load(timezone, locale).of(locale))()


if __name__ == "__main__":
    main()
