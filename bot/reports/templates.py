"""Where the templates of the documents lie: an authority's own, then the table's, then the general ones."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from bot.data_files.strict_yaml import read
from bot.reports.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

_GENERAL: Final = "general"


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates for the stations of one authority: `folders` of its own, nearest first, then what comes with us."""

    rubric_id: str
    folders: tuple[Path, ...] = ()

    def sentences(self) -> Sentences:
        """Every sentence; one that a nearer file has takes the place of those behind it."""
        texts: dict[str, str] = {}
        for source in reversed(tuple(self._sources("sentences.yaml"))):
            texts |= _texts(source)
        return Sentences(texts)

    def data(self, name: str) -> object:
        """The data of the nearest file of that name, such as "letter.yaml"; FileNotFoundError where there is none."""
        return read(self.find(name).read_text(encoding="utf-8")).data

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


def _texts(source: Traversable | Path) -> dict[str, str]:
    data = read(source.read_text(encoding="utf-8")).data
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise ValueError(f"{source}: keys with texts are expected")
    return data
