"""Whether some bytes are a file that is taken, and what of them is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.evidence import jpeg, office, pdf, png
from bot.evidence.kinds import Kind, agrees, kind_of
from bot.evidence.limits import LONGEST_SIDE, MOST_BYTES, MOST_PIXELS
from bot.evidence.refusals import FileRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that is taken, as it is kept: a picture without what it tells of place, time and camera."""

    kind: Kind
    content: bytes


_PICTURES: Final[Mapping[Kind, tuple[Callable[[bytes], tuple[int, int]], Callable[[bytes], bytes]]]] = {
    Kind.JPEG: (jpeg.size_of, jpeg.cleaned),
    Kind.PNG: (png.size_of, png.cleaned),
}


def examined(content: bytes, name: str) -> Sound:
    """The file that the bytes are, `name` being what its sender called it ("" for a photo).

    Nothing is decoded, unpacked to the disk or run; what it costs is bounded by `limits`. Raises FileRefusedError.
    """
    if len(content) > MOST_BYTES:
        raise FileRefusedError(Reason.TOO_LARGE)
    kind = kind_of(content) or office.checked(content)
    if not agrees(kind, name):
        raise FileRefusedError(Reason.MISNAMED)
    if kind is Kind.PDF:
        pdf.check(content)
    return Sound(kind, _cleaned(kind, content) if kind.is_picture else content)


def _cleaned(kind: Kind, content: bytes) -> bytes:
    size_of, cleaned = _PICTURES[kind]
    width, height = size_of(content)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        raise FileRefusedError(Reason.PIXELS)
    return cleaned(content)
