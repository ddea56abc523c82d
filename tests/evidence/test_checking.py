"""Which files are taken, what is kept of them, and that every other one is refused for what it is."""

from __future__ import annotations

import io
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.evidence.checking import examined
from bot.evidence.kinds import Kind
from bot.evidence.limits import MOST_BYTES
from bot.evidence.refusals import FileRefusedError, Reason
from tests.evidence import samples

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(content: bytes, name: str) -> Reason:
    with pytest.raises(FileRefusedError) as error:
        examined(content, name)
    return error.value.reason


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.PDF, "制度.pdf", Kind.PDF),
        (samples.PDF, "../../制度.PDF", Kind.PDF),
        (samples.PDF, "no ending", Kind.PDF),
        (samples.workbook(), "台账.xlsx", Kind.XLSX),
        (samples.packed({"word/document.xml": b"<x/>"}, samples.TEXT), "a.docx", Kind.DOCX),
        (samples.nested(1), "with a table inside.xlsx", Kind.XLSX),
        (samples.photo(), "", Kind.JPEG),
        (samples.photo(progressive=True), "a.jpeg", Kind.JPEG),
        (samples.png(), "a.png", Kind.PNG),
    ],
)
def test_what_a_station_shows_is_taken(content: bytes, name: str, kind: Kind) -> None:
    sound = examined(content, name)
    assert sound.kind is kind
    assert kind.is_picture or sound.content == content


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (samples.EXE, "制度.pdf", Reason.FOREIGN),
        (b"", "a.pdf", Reason.EMPTY),
        (samples.PDF, "a.exe", Reason.MISNAMED),
        (samples.PDF, "\u202efdp.exe", Reason.MISNAMED),
        (samples.PDF + bytes(MOST_BYTES), "a.pdf", Reason.TOO_LARGE),
        (samples.PDF[:-8], "a.pdf", Reason.DAMAGED),
        (samples.LOCKED_PDF, "a.pdf", Reason.ENCRYPTED),
        (samples.SCRIPTED_PDF, "a.pdf", Reason.ACTIVE),
        (b"<svg/>", "a.png", Reason.FOREIGN),
        (samples.HEIC, "IMG_1.heic", Reason.HEIC),
        (samples.ENCRYPTED_OFFICE, "a.xlsx", Reason.ENCRYPTED),
        (samples.OLD_WORD, "a.doc", Reason.OLD_OFFICE),
        (samples.with_lock_bit(), "a.xlsx", Reason.ENCRYPTED),
        (samples.bomb(), "a.xlsx", Reason.BOMB),
        (samples.nested(2), "a.xlsx", Reason.BOMB),
        (samples.packed({f"p{number}": b"" for number in range(5001)}), "a.xlsx", Reason.BOMB),
        (samples.with_entities(), "a.xlsx", Reason.ENTITIES),
        (samples.with_entities(encoding="utf-16"), "a.xlsx", Reason.ENTITIES),
        (samples.with_entities("<!DOCTYPE x><x/>"), "a.xlsx", Reason.ENTITIES),
        (samples.with_entities("<x>"), "a.xlsx", Reason.DAMAGED),
        (samples.packed({"xl/vbaProject.bin": b"x"}), "a.xlsx", Reason.ACTIVE),
        (samples.packed({"main.xml": b"<x/>"}, samples.MACRO_SHEET), "a.xlsm", Reason.ACTIVE),
        (samples.packed({"../../x": b"x"}), "a.xlsx", Reason.DAMAGED),
        (samples.packed({"main.xml": b"<x/>"}, "presentationml.presentation.main+xml"), "a.pptx", Reason.FOREIGN),
        (samples.workbook()[:-40], "a.xlsx", Reason.DAMAGED),
        (samples.huge_png(), "a.png", Reason.PIXELS),
        (samples.png()[:-20], "a.png", Reason.DAMAGED),
        (samples.photo()[:400], "a.jpg", Reason.DAMAGED),
    ],
)
def test_what_may_do_harm_or_cannot_be_read_is_refused_for_what_it_is(
    content: bytes, name: str, reason: Reason
) -> None:
    assert refused(content, name) is reason


@pytest.mark.parametrize("make", [samples.bomb, samples.huge_png])
def test_a_bomb_is_refused_without_going_off(make: Callable[[], bytes]) -> None:
    content = make()
    tracemalloc.start()
    try:
        assert refused(content, "") in {Reason.BOMB, Reason.PIXELS}
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_loses_its_place_and_keeps_every_pixel_and_how_it_is_turned(
    orientation: int, *, progressive: bool
) -> None:
    taken = samples.photo(orientation, progressive=progressive)
    kept = examined(taken, "").content
    assert samples.PLACE_OF_PHOTO in taken
    for told in (samples.PLACE_OF_PHOTO, b"Camera", b"2017:03:01", b"MOTION"):
        assert told not in kept
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(kept))
    assert ImageChops.difference(before, after).getbbox() is None
    assert after.getexif().get(0x0112, 1) == orientation
    assert dict(after.getexif()).keys() <= {0x0112}


def test_a_png_loses_its_texts_and_keeps_every_pixel() -> None:
    taken = samples.png()
    kept = examined(taken, "").content
    assert samples.PLACE_OF_PHOTO in taken
    assert samples.PLACE_OF_PHOTO not in kept
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(kept))
    assert ImageChops.difference(before, after).getbbox() is None


def test_what_was_cleaned_once_is_clean() -> None:
    for content in (samples.photo(), samples.png()):
        once = examined(content, "").content
        assert examined(once, "").content == once


BEGINNINGS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b""]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300), st.text(max_size=20))
def test_nothing_but_a_refusal_is_ever_raised(beginning: bytes, rest: bytes, name: str) -> None:
    with suppress(FileRefusedError):
        assert examined(beginning + rest, name).content


@given(st.sampled_from([samples.photo(), samples.png(), samples.workbook()]), st.data())
def test_a_file_with_one_wrong_byte_is_taken_or_refused(content: bytes, data: st.DataObject) -> None:
    broken = bytearray(content)
    broken[data.draw(st.integers(0, len(broken) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(FileRefusedError):
        assert examined(bytes(broken), "").content
