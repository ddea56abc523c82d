"""One ZIP with everything that is handed in, and a manifest by which each file can be checked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from bot.reports.steady import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reports.model import Stamp

MANIFEST: Final = "MANIFEST.json"
SUMS: Final = "SHA256SUMS"
"""As `sha256sum --check` reads it."""
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_LONGEST_WORD: Final = 30
"""In letters; two words and an ending stay below 255 bytes, the most that file systems take."""


@dataclass(frozen=True, slots=True)
class File:
    """A finished file under the name that people see."""

    name: str
    content: bytes


def file_name(*words: str) -> str:
    """Words as a file may be called anywhere: no path, no device, nothing unseen, not too long; ValueError for none."""
    plain = ("".join(_NOT_IN_NAMES.sub(" ", each).split())[:_LONGEST_WORD].strip(". ") for each in words)
    name = "-".join(each for each in plain if each)
    if not name:
        raise ValueError("a file needs a name")
    return name


def paper_name(stamp: Stamp, words: str, ending: str) -> str:
    """What a file of the package is called: a draft is told from the final version by its name."""
    return f"{file_name(words, stamp.draft, stamp.code)}.{ending}"


def bundle(stamp: Stamp, files: Sequence[File]) -> bytes:
    """The ZIP; the same files give the same bytes."""
    everything = (*files, _manifest(stamp, files), _sums(files))
    return zipped(((each.name, each.content) for each in everything), stamp.as_of)


def _manifest(stamp: Stamp, files: Sequence[File]) -> File:
    data = {
        "station": stamp.station,
        "rubric": stamp.rubric,
        "as_of": stamp.as_of,
        "revision": stamp.revision,
        "code": stamp.code,
        "is_draft": stamp.is_draft,
        "files": [{"name": each.name, "bytes": len(each.content), "sha256": _digest(each)} for each in files],
    }
    return File(MANIFEST, orjson.dumps(data, option=orjson.OPT_INDENT_2))


def _sums(files: Sequence[File]) -> File:
    return File(SUMS, "".join(f"{_digest(each)}  {each.name}\n" for each in files).encode())


def _digest(file: File) -> str:
    return hashlib.sha256(file.content).hexdigest()
