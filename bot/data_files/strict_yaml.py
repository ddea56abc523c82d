"""Reads YAML without its traps: nothing is guessed, nothing repeated, and every value knows its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import yaml

from bot.data_files.codes import FileCode
from bot.data_files.findings import Finding, Path

if TYPE_CHECKING:
    from collections.abc import Callable

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID_KEYS: Final = frozenset({"id", "chapter", "guidance_of", "first", "last"})
_LOOKS_LIKE_A_NUMBER: Final = re.compile(r"[\d.\-]+")
_INTEGER: Final = re.compile(r"-?(0|[1-9]\d{0,17})")
_DECIMAL: Final = re.compile(r"-?\d{1,18}\.\d{1,18}")


@dataclass(slots=True)
class Document:
    """Plain data read from a text: dict, list, str, int, Decimal, bool, None.

    `lines` gives the line (from 1) of each value; `findings` lists what the reading itself refuses.
    """

    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(text: str) -> Document:
    """The document of one YAML text; a text that is no YAML at all gives the finding R001 and no data."""
    document = Document()
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        document.lines[()] = line
        document.findings.append(Finding(FileCode.UNREADABLE, (), {"line": line}))
        return document
    if root is None:
        document.findings.append(Finding(FileCode.UNREADABLE, (), {"line": 1}))
        return document
    document.data = _Builder(document).value(root, ())
    return document


class _Builder:
    """Turns a tree of YAML nodes into plain data, noting lines and findings in the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> object:
        """The plain value of one node."""
        self._document.lines[path] = node.start_mark.line + 1
        if id(node) in self._seen:
            self._refuse(FileCode.REPEATED_NODE, path)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, place)) for place, child in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        return None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in data:
                self._document.lines[(*path, key)] = key_node.start_mark.line + 1
                self._refuse(FileCode.DUPLICATE_KEY, (*path, key), key=key)
                continue
            if node.flow_style and _is_nothing(value_node):
                self._document.lines[(*path, key)] = key_node.start_mark.line + 1
                self._refuse(FileCode.CUT_BY_COMMA, (*path, key), words=key)
                continue
            data[key] = self.value(value_node, (*path, key))
        return data

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        text = str(node.value)
        if node.style in ("'", '"', "|", ">"):
            return text
        if _holds_an_id(path):
            if _LOOKS_LIKE_A_NUMBER.fullmatch(text):
                self._refuse(FileCode.UNQUOTED_ID, path, id=text)
            return text
        kind = node.tag.rpartition(":")[2]
        return _READERS.get(kind, str)(text)

    def _refuse(self, code: FileCode, path: Path, **details: str | int) -> None:
        self._document.findings.append(Finding(code, path, details))


def _is_nothing(node: yaml.Node) -> bool:
    """Whether nothing at all is written for the value, as after a comma that cuts a sentence in braces."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _holds_an_id(path: Path) -> bool:
    if not path:
        return False
    return path[-1] in _ID_KEYS or (isinstance(path[-1], int) and len(path) > 1 and path[-2] == "items")


def _integer(text: str) -> object:
    return int(text) if _INTEGER.fullmatch(text) else text


def _decimal(text: str) -> object:
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _true_or_false(text: str) -> object:
    return {"true": True, "false": False}.get(text, text)


def _nothing(_text: str) -> object:
    return None


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "int": _integer,
    "float": _decimal,
    "bool": _true_or_false,
    "null": _nothing,
}
