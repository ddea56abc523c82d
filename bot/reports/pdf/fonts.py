"""Which Chinese fonts there are on this machine, for each role that a font has in an official paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from bot.data_files.strict_yaml import read
from bot.errors import ZichaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from typst import Fonts


class FontsMissingError(ZichaError):
    """No Chinese font is to be found; `packages` names what brings some, one set is enough."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        super().__init__("no Chinese font is installed")
        self.packages = packages


@dataclass(frozen=True, slots=True)
class FontChoice:
    """What an operator set: `first` families before all others, whatever the role; folders with fonts of their own."""

    first: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()


class _Wanted(BaseModel):
    """The families of fonts.yaml, by role, and the packages that bring some of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    families: dict[str, tuple[str, ...]]
    packages: tuple[str, ...]


@cache
def wanted() -> _Wanted:
    """What we look for."""
    source = files("bot.reports.pdf") / "fonts.yaml"
    return _Wanted.model_validate(read(source.read_text(encoding="utf-8")).data)


@cache
def families(choice: FontChoice) -> Mapping[str, tuple[str, ...]]:
    """For each role the families that there are, the wanted first, then those of the other roles for what it lacks.

    Raises:
        FontsMissingError: when none of them is there.
    """
    there = _names(choice.folders)
    found = {role: _among((*choice.first, *names), there) for role, names in wanted().families.items()}
    every = tuple(dict.fromkeys(name for names in found.values() for name in names))
    if not every:
        raise FontsMissingError(wanted().packages)
    return {role: tuple(dict.fromkeys((*names, *every))) for role, names in found.items()}


def lacking(choice: FontChoice) -> tuple[str, ...]:
    """The roles for which none of the wanted families is there, so that another's stands in, or boxes would."""
    there = _names(choice.folders)
    return tuple(role for role, names in wanted().families.items() if not _among((*choice.first, *names), there))


def _among(wanted: Iterable[str], there: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(there[name.casefold()] for name in wanted if name.casefold() in there)


def _names(folders: tuple[Path, ...]) -> dict[str, str]:
    """Every family, by its name in small letters."""
    return {name.casefold(): name for name in installed(folders).families()}


@cache
def installed(folders: tuple[Path, ...]) -> Fonts:
    """The fonts of this machine and of those folders: looking for them takes longer than setting a page."""
    import typst  # noqa: PLC0415 - loaded with the first document

    return typst.Fonts(include_embedded_fonts=False, font_paths=list(folders))
