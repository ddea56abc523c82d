"""Everything that hangs in the gallery."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.dialogue.screen import Screen, line
from bot.rubric.loader import library, load
from gallery.evidence_shots import evidence_shots
from gallery.form_shots import form_shots
from gallery.keys import keys_of
from gallery.report_shots import report_shots
from gallery.samples import NOTICES, TEXTS
from gallery.shots import Shot, Studio
from gallery.specimens import specimens
from gallery.stations import scenes
from gallery.stroll import Stroll
from gallery.watch_shots import watch_shots
from gallery.workbook_shots import workbook_shots

if TYPE_CHECKING:
    from bot.rubric.model import Rubric

RUBRIC: Final = "sichuan-2017"
EXAMPLES: Final = Path(__file__).resolve().parents[1] / "docs" / "examples"
_STEPS: Final = 1500
_SEEDS: Final = (1, 2, 3, 4)


def collect() -> list[Shot]:
    """The fixed scenes of the official rubric, the notices, and what only walks and other rubrics show."""
    official = library().latest(RUBRIC)
    shots = [
        *Studio(official).everything(),
        *form_shots(official),
        *evidence_shots(official),
        *scenes(official),
        *workbook_shots(official),
        *watch_shots(official),
        *report_shots(official),
    ]
    seen = {key for shot in shots for key in keys_of(shot.screen)}
    for rubric in (official, *examples()):
        for seed in _SEEDS:
            shots += Stroll(rubric, seed).unseen(seen, _STEPS)
    shots += [Shot("Notices", notice.text.key, None, notice) for notice in NOTICES if notice.text.key not in seen]
    shots += [Shot("Texts by themselves", text.key, Screen((line(text),))) for text in TEXTS if text.key not in seen]
    shots += specimens({*seen, *(key for shot in shots for key in keys_of(shot.notice))})
    sections = list(dict.fromkeys(shot.section for shot in shots))
    return sorted(shots, key=lambda shot: sections.index(shot.section))


def examples() -> list[Rubric]:
    """The invented rubrics of the documentation, which have what the official one has not."""
    return [load(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
