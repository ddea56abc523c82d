"""An assessment as it stands: every answer with its revision, author and time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.rubric.answers import Answer
    from bot.rubric.model import ItemId, Rubric, VetoId

AssessmentId: TypeAlias = int
"""A random positive number below 2**53; it stands in buttons, never in a printed form."""

PersonId: TypeAlias = int
"""Our own number for a person; what Telegram calls them stays with the storage."""

StationId: TypeAlias = int
"""Our own number for a 鉴定站（所）."""

Subject: TypeAlias = str
"""What an entry is about, as "registration.address" or "registration.examiners/3/name": see `forms.subjects`."""


class Kind(Enum):
    """What an assessment is for."""

    PRACTICE = "practice"
    """试填: for anybody, marked everywhere, never reported."""
    SELF_ASSESSMENT = "self"
    """自查自评: a station's own, filled in by everybody who belongs to it."""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What is written about one 小项. `revision` grows by one with every change of the answer."""

    answer: Answer | None = None
    revision: int = 0
    grouped: bool = False
    note: str = ""
    remedy: str = ""
    by: PersonId = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VetoRecord:
    """What is written about one condition. `declared` None: not answered, perhaps with words on a special case."""

    choice: str = ""
    declared: bool | None = None
    note: str = ""
    revision: int = 0
    by: PersonId = 0
    at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the station has said something: yes, no, or a special case in words."""
        return self.declared is not None or bool(self.note)


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """What is written under one subject beside the answers: canonical text, "" where it was taken back."""

    value: str = ""
    revision: int = 0
    by: PersonId = 0
    at: datetime | None = None


NO_ITEM = ItemRecord()
NO_VETO = VetoRecord()
NO_ENTRY = EntryRecord()
_EMPTY: Mapping[str, ItemRecord] = MappingProxyType({})
_UNASKED: Mapping[str, VetoRecord] = MappingProxyType({})
_UNWRITTEN: Mapping[str, EntryRecord] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Assessment:
    """The filling-in of one rubric version by one `station`; for practice (no station), by its `owner` alone.

    `form` is the id and version of the form beside the table; `entries` is everything written in it. `entries` may read
    from the database when it is first looked at, so only what needs an entry pays for all of them. `seal` is the 校验码
    under which it was made final, "" while it is open (`assessments.sealing`).
    """

    id: AssessmentId
    rubric_id: str
    rubric_version: int
    kind: Kind
    owner: PersonId
    created_at: datetime
    items: Mapping[ItemId, ItemRecord] = field(default_factory=lambda: _EMPTY)
    vetoes: Mapping[VetoId, VetoRecord] = field(default_factory=lambda: _UNASKED)
    station: StationId | None = None
    form: tuple[str, int] | None = None
    entries: Mapping[Subject, EntryRecord] = field(default_factory=lambda: _UNWRITTEN, compare=False)
    seal: str = ""

    def item(self, item_id: ItemId) -> ItemRecord:
        """What is written about an item; an empty record when nothing is."""
        return self.items.get(item_id, NO_ITEM)

    def veto(self, veto_id: VetoId) -> VetoRecord:
        """What is written about a condition; an empty record when nothing is."""
        return self.vetoes.get(veto_id, NO_VETO)

    def entry(self, subject: Subject) -> EntryRecord:
        """What is written under a subject; an empty record when nothing is."""
        return self.entries.get(subject, NO_ENTRY)

    @property
    def answers(self) -> dict[ItemId, Answer]:
        """The answers given, for scoring."""
        return {item_id: record.answer for item_id, record in self.items.items() if record.answer is not None}

    @property
    def declarations(self) -> dict[VetoId, bool]:
        """The conditions answered yes or no, for scoring."""
        return {veto_id: record.declared for veto_id, record in self.vetoes.items() if record.declared is not None}

    def declared(self, rubric: Rubric) -> tuple[VetoId, ...]:
        """The conditions declared to exist, in the notice's order."""
        return tuple(veto.id for veto in rubric.vetoes if self.veto(veto.id).declared)
