"""The released data files of a folder `<id>/<version>.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from bot.errors import InvalidInputError
from bot.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable

T = TypeVar("T")


class Shelf(Generic[T]):
    """What `load(text, name)` makes of each file, read once, when it is first asked for.

    `unknown` is the code of the problem that there is no file of that id or version.
    """

    def __init__(self, root: Traversable, load: Callable[[str, str], T], unknown: str) -> None:
        self._root = root
        self._load = load
        self._unknown = unknown
        self._loaded: dict[tuple[str, int], T] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, sorted."""
        return tuple(sorted(entry.name for entry in self._root.iterdir() if entry.is_dir() and self._versions(entry)))

    def versions(self, file_id: str) -> tuple[int, ...]:
        """The released versions of one id, rising.

        Raises:
            InvalidInputError: where there is none of that id.
        """
        if file_id not in self.ids:
            raise self._refusal(file_id)
        return self._versions(self._root / file_id)

    def get(self, file_id: str, version: int) -> T:
        """One version of one id.

        Raises:
            InvalidInputError: where there is no such id or version, or its file is not sound.
        """
        key = (file_id, version)
        if key not in self._loaded:
            if version not in self.versions(file_id):
                raise self._refusal(f"{file_id} {version}")
            name = f"{version}.yaml"
            text = (self._root / file_id / name).read_text(encoding="utf-8")
            self._loaded[key] = self._load(text, f"{file_id}/{name}")
        return self._loaded[key]

    def latest(self, file_id: str) -> T:
        """The newest version of one id.

        Raises:
            InvalidInputError: where there is none of that id.
        """
        return self.get(file_id, self.versions(file_id)[-1])

    def _versions(self, folder: Traversable) -> tuple[int, ...]:
        stems = (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
        return tuple(sorted(int(stem) for stem in stems if stem.isdigit()))

    def _refusal(self, asked: str) -> InvalidInputError:
        return InvalidInputError([Problem(self._unknown, asked, {"known": ", ".join(self.ids)})])
