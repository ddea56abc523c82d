"""Where the templates of the documents lie: an authority's own, then the table's, then the general ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from bot.data_files.codes import FileCode
from bot.data_files.findings import Finding
from bot.reports.codes import TemplateCode
from bot.reports.sentences import Sentences
from bot.reports.shapes import fitted
from bot.reports.templating import fault_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

_GENERAL: Final = "general"
_TEXTS: Final[TypeAdapter[dict[str, str]]] = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates for the stations of one authority: `folders` of its own, nearest first, then what comes with us."""

    rubric_id: str
    folders: tuple[Path, ...] = ()

    def sentences(self) -> Sentences:
        """Every sentence; one that a nearer file has takes the place of those behind it.

        Raises:
            InvalidInputError: with everything that is wrong with the files.
        """
        texts: dict[str, str] = {}
        for source in reversed(tuple(self._sources("sentences.yaml"))):
            own = fitted(source, _TEXTS, partial(_faults, texts.keys()))
            texts |= own
        return Sentences(texts)

    def find(self, name: str) -> Traversable | Path:
        """The nearest file of that name; FileNotFoundError where there is none."""
        found = next(self._sources(name), None)
        if found is None:
            raise FileNotFoundError(name)
        return found

    def _sources(self, name: str) -> Iterator[Traversable | Path]:
        ours = files("bot.reports") / "data"
        for folder in (*self.folders, ours / self.rubric_id, ours / _GENERAL):
            if (folder / name).is_file():
                yield folder / name


def _faults(known: Collection[str], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Templates that cannot be read, and keys that nothing asks for; the first file, ours, knows them all."""
    for key, text in texts.items():
        fault = fault_in(text)
        if fault is not None:
            yield Finding(TemplateCode.UNREADABLE_TEMPLATE, (key,), {"reason": fault})
        if known and key not in known:
            yield Finding(FileCode.UNKNOWN_KEY, (key,), {"key": key})
