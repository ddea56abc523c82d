"""A draft as JSON text, kept until somebody takes it over, and back."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from bot.workbooks.draft import Added, Decision, Draft, Entered, Rejected, Side, Spot
from bot.workbooks.targets import Target

_Data: TypeAlias = list[Any]


def to_text(draft: Draft) -> str:
    """The draft as JSON."""
    data = {
        "assessment": draft.assessment,
        "entered": [[each.target.code, each.base, each.value, _spot(each.spot)] for each in draft.entered],
        "added": [[each.table, dict(each.cells), _spot(each.spot)] for each in draft.added],
        "rejected": [[_spot(each.spot), each.text, each.why, dict(each.args)] for each in draft.rejected],
        "absent": list(draft.absent),
        "same": draft.same,
        "decisions": {target.code: [each.side.value, each.here] for target, each in draft.decisions.items()},
    }
    return json.dumps(data, ensure_ascii=False)


def from_text(text: str) -> Draft:
    """The draft of such a text."""
    data = json.loads(text)
    return Draft(
        data["assessment"],
        tuple(Entered(Target.of(code), base, value, Spot(*spot)) for code, base, value, spot in data["entered"]),
        tuple(Added(table, cells, Spot(*spot)) for table, cells, spot in data["added"]),
        tuple(Rejected(Spot(*spot), text, why, args) for spot, text, why, args in data["rejected"]),
        tuple(data["absent"]),
        data["same"],
        {Target.of(code): Decision(Side(side), here) for code, (side, here) in data["decisions"].items()},
    )


def _spot(spot: Spot) -> _Data:
    return [spot.sheet, spot.row, spot.column]
