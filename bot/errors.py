"""The exceptions of zicha: every one is ours, says where, what, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.problems import Problem


class ZichaError(Exception):
    """The root of everything zicha raises on purpose."""


class InvalidInputError(ZichaError):
    """Data from outside was refused; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {problem.place}" for problem in self.problems))


class UnreadableButtonError(ZichaError):
    """A button's data is not one of ours: another version's, cut, or made up."""


class StorageUnavailableError(ZichaError):
    """The database could not take the change just now (locked, full, read-only); nothing of it was kept."""


class ClaimLostError(ZichaError):
    """The update is not this process's any more: another one took it over or is done with it; nothing was kept."""


class StartupRefusedError(ZichaError):
    """The process must not start; `problem` says what is wrong and how to mend it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code} {problem.place}")
