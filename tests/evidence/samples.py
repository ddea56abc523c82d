"""Files as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
)
SHEET, TEXT = "spreadsheetml.sheet.main+xml", "wordprocessingml.document.main+xml"
MACRO_SHEET = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"<</Root 1 0 R>>", b"<</Root 1 0 R/Encrypt 5 0 R>>")
SCRIPTED_PDF = PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
EXE = b"MZ\x90\x00" + bytes(400)
ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(200)
PLACE_OF_PHOTO = b"31.2304N"
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def packed(parts: dict[str, bytes], kind: str = SHEET) -> bytes:
    """An office file with those parts beside its list of contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(kind=kind))
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook() -> bytes:
    """A table as Excel writes it."""
    made, book = io.BytesIO(), Workbook()
    book.active["A1"] = "考评员"
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    """A small file that unpacks to 100 MB."""
    return packed({"xl/worksheets/sheet1.xml": bytes(100 * 2**20)})


def nested(depth: int) -> bytes:
    """A document in a document in a document."""
    inner = packed({"main.xml": b"<x/>"})
    for _ in range(depth):
        inner = packed({"main.xml": b"<x/>", "xl/embeddings/Book.xlsx": inner})
    return inner


def with_entities(words: str = DOCTYPE, encoding: str = "utf-8") -> bytes:
    """A table that asks its reader to open another file."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return packed({"xl/sharedStrings.xml": (head + words).encode(encoding)})


def with_lock_bit() -> bytes:
    """An archive whose parts say that they are encrypted."""
    content = bytearray(packed({"main.xml": b"<x/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def png(width: int = 40, height: int = 30) -> bytes:
    """A picture with a text beside it that says where it was taken."""
    rows = zlib.compress(b"".join(b"\0" + bytes((row * 7 + x) % 256 for x in range(width)) for row in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return png_of((b"IHDR", head), (b"tEXt", b"Place\0" + PLACE_OF_PHOTO), (b"IDAT", rows), (b"IEND", b""))


def huge_png() -> bytes:
    """A few bytes that say they are 50,000 by 50,000 pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return png_of((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG file of those chunks."""
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def photo(orientation: int = 6, *, progressive: bool = False, size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo with the place where it was taken, its time, a comment, and something behind its end."""
    picture = Image.effect_noise(size, 60).convert("RGB")
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Camera"
    data[0x9003] = "2017:03:01 08:00:00"
    data.get_ifd(0x8825)[1] = PLACE_OF_PHOTO.decode()
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=90, exif=data, comment=PLACE_OF_PHOTO, progressive=progressive)
    return made.getvalue() + b"MOTION" + PLACE_OF_PHOTO
