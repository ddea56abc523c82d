"""The HTML parse mode: tags become entities, with Telegram's own complaints about what it cannot read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.wire import ApiError, refused

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
HIGHEST_CODE_POINT = 0x10FFFF
LONGEST_REFERENCE = 10
END = b"\0"

PLAIN = re.compile(rb"[^&<]+")
SPACES = re.compile(rb"[ \t\r\n\v]*")
TAG_NAME = re.compile(rb"[^ \t\r\n\v\0>]*")
ATTRIBUTE_NAME = re.compile(rb"[^ \t\r\n\v\0=>/\"']*")
NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")
NUMERIC = re.compile(rb"&#(?:x([0-9A-Fa-f]*)|(\d*))")
WORD = re.compile(rb"&([A-Za-z]*)")
USER_LINK = re.compile(r"tg://user/?\?id=(\d+)", re.IGNORECASE)
LINK = re.compile(r"(?:(?P<scheme>https?|tg|ton|tonsite)://)?(?P<rest>[^\s/?#]+\.?[^\s]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Entity:
    """A styled stretch of a text; offset and length count UTF-16 units."""

    type: str
    offset: int
    length: int
    argument: str = ""

    @property
    def end(self) -> int:
        """The offset of the first unit after the entity."""
        return self.offset + self.length


@dataclass(frozen=True)
class OpenTag:
    """A start tag that waits for its end tag."""

    name: str
    argument: str
    offset: int
    piece: int


def utf16_length(text: str) -> int:
    """Count UTF-16 units, as Telegram's entity offsets do."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Split marked-up text into plain text and entities.

    Raises:
        ApiError: 400 "can't parse entities: …", as Telegram words it.
    """
    return _Parser(text.encode()).parse()


def decode_reference(raw: bytes, position: int) -> tuple[str, int]:
    """Read the character reference at `position`; return it with the position behind it, or "" and `position`."""
    if numeric := NUMERIC.match(raw, position):
        hexadecimal, decimal = numeric.groups()
        code = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
        if code == 0 or code >= HIGHEST_CODE_POINT or numeric.end() - position >= LONGEST_REFERENCE:
            return "", position
        letter, end = chr(code), numeric.end()
    else:
        word = WORD.match(raw, position)
        name = word.group(1) if word else b""
        if name not in NAMED:
            return "", position
        letter, end = NAMED[name], position + 1 + len(name)
    return letter, end + 1 if raw[end : end + 1] == b";" else end


class _Parser:
    """One pass over the bytes of a text, since complaints count bytes."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw + END
        self.position = 0
        self.offset = 0
        self.pieces: list[str] = []
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        size = len(self.raw) - 1
        while self.position < size:
            if plain := PLAIN.match(self.raw, self.position, size):
                self._emit(plain.group().decode())
                self.position = plain.end()
            elif self.raw[self.position : self.position + 1] == b"&":
                self._reference()
            elif self.raw[self.position + 1 : self.position + 2] == b"/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.pieces)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise _cannot(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [
            Entity(entity.type, entity.offset, entity.length) if entity.type == "code" else entity
            for entity in self.entities
        ]

    def _emit(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)

    def _reference(self) -> None:
        letter, self.position = decode_reference(self.raw, self.position)
        if not letter:
            letter, self.position = "&", self.position + 1
        self._emit(letter)

    def _at(self) -> bytes:
        return self.raw[self.position : self.position + 1]

    def _take(self, pattern: re.Pattern[bytes]) -> bytes:
        match = pattern.match(self.raw, self.position)
        taken = match.group() if match else b""
        self.position += len(taken)
        return taken

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        name = self._take(TAG_NAME).decode().lower()
        if self._at() == END:
            raise _cannot(f"Unclosed start tag at byte offset {begin}")
        if name not in ENTITY_OF_TAG:
            raise _cannot(f'Unsupported start tag "{name}" at byte offset {begin}')
        argument = ""
        self._take(SPACES)
        while self._at() != b">":
            attribute, value = self._attribute(name, begin)
            argument = _argument(name, attribute, value) or argument
            self._take(SPACES)
        if name == "span" and argument != "spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.position += 1
        self.open.append(OpenTag(name, argument, self.offset, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        attribute = self._take(ATTRIBUTE_NAME).decode()
        if not attribute:
            raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._take(SPACES)
        if self._at() != b"=":
            if self._at() == END:
                raise _cannot(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if (tag, attribute.lower()) == ("blockquote", "expandable"):
                return attribute, ""
            raise _cannot(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.position += 1
        self._take(SPACES)
        value = self._quoted() if self._at() in {b'"', b"'"} else self._token()
        if self._at() == END:
            raise _cannot(f"Unclosed start tag at byte offset {begin}")
        return attribute, value

    def _token(self) -> str:
        begin = self.position
        token = self._take(NAME_TOKEN)
        if self._at() not in {b" ", b"\t", b"\r", b"\n", b"\v", b">", END}:
            raise _cannot(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _quoted(self) -> str:
        quote = self._at()
        end = self.raw.find(quote, self.position + 1)
        inner_end = end if end >= 0 else len(self.raw) - 1
        inner, cursor, letters = self.raw[:inner_end], self.position + 1, bytearray()
        while cursor < inner_end:
            letter, after = decode_reference(inner, cursor) if inner[cursor] == ord("&") else ("", cursor)
            letters += letter.encode(errors="replace") if letter else inner[cursor : cursor + 1]
            cursor = after if letter else cursor + 1
        self.position = inner_end + 1 if end >= 0 else inner_end
        return letters.decode(errors="replace")

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {begin}")
        self.position += 2
        name = self._take(TAG_NAME).decode().lower()
        self._take(SPACES)
        if self._at() != b">":
            raise _cannot(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise _cannot(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        length = self.offset - tag.offset
        last = self.entities[-1] if self.entities else None
        wraps_last = last is not None and (last.offset, last.length) == (tag.offset, length)
        if tag.name == "a":
            self.entities.extend(_link(tag, "".join(self.pieces[tag.piece :]), length))
        elif tag.name == "pre" and wraps_last and last and last.type == "code" and last.argument:
            self.entities[-1] = Entity("pre", tag.offset, length, last.argument)
        elif tag.name == "code" and wraps_last and last and last.type == "pre" and tag.argument:
            self.entities[-1] = Entity("pre", tag.offset, length, tag.argument)
        elif tag.name == "blockquote" and tag.argument:
            self.entities.append(Entity("expandable_blockquote", tag.offset, length))
        elif tag.name == "tg-emoji" and not tag.argument.isdigit():
            raise _cannot("Invalid custom emoji identifier specified")
        else:
            argument = "" if tag.name == "span" else tag.argument
            self.entities.append(Entity(ENTITY_OF_TAG[tag.name], tag.offset, length, argument))


def _cannot(message: str) -> ApiError:
    return refused(f"Can't parse entities: {message}")


def _argument(tag: str, attribute: str, value: str) -> str:
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, attribute) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, attribute.lower()) == ("blockquote", "expandable"):
        return "1"
    return ""


def _link(tag: OpenTag, shown: str, length: int) -> list[Entity]:
    target = tag.argument or shown
    if user := USER_LINK.match(target):
        return [Entity("text_mention", tag.offset, length, user.group(1))]
    link = checked_link(target)
    return [Entity("text_link", tag.offset, length, link)] if link else []


def checked_link(target: str) -> str:
    """Complete a link as Telegram does, or return "" for what it does not take as one."""
    match = LINK.fullmatch(target.strip())
    if not match:
        return ""
    scheme, rest = (match["scheme"] or "http").lower(), match["rest"]
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0]
    if scheme in {"http", "https"} and "." not in host:
        return ""
    tail = rest if scheme == "tg" or re.search(r"[/?#]", rest) else rest + "/"
    return f"{scheme}://{tail}"
