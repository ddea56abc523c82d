"""How a command refuses what it was given: one line per problem on stderr, exit status 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.localization import Localizer
    from bot.problems import Problem


def refuse(localizer: Localizer, problems: Iterable[Problem]) -> NoReturn:
    """Say every problem in a line of its own, with its code, and end with exit status 2."""
    for problem in problems:
        click.echo(f"{problem.code} {one_line(localizer.problem(problem))}", err=True)
    raise click.exceptions.Exit(2)


def one_line(text: str) -> str:
    """The text with everything that is not printable (line breaks, control characters) turned into spaces."""
    return "".join(character if character.isprintable() else " " for character in text)
