"""A released form never changes: assessments keep its id and version, so a correction is a new version."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from bot.forms.loader import forms

DATA = files("bot.forms") / "data"
FORMS = forms()
RELEASED = {
    name: digest
    for digest, name in (
        line.split() for line in (Path(__file__).parent / "released_forms.sha256").read_text("utf-8").splitlines()
    )
}
NAMES = [f"{form_id}/{version}.yaml" for form_id in FORMS.ids for version in FORMS.versions(form_id)]


def test_every_form_is_listed_and_every_listed_one_is_there() -> None:
    assert sorted(RELEASED) == sorted(NAMES)


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_form_is_unchanged(name: str) -> None:
    digest = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
    assert digest == RELEASED[name], f"{name} is released: put the change into a new version"


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_named_after_its_file(name: str) -> None:
    form_id, _, file = name.partition("/")
    form = FORMS.get(form_id, int(file.removesuffix(".yaml")))
    assert (form.id, f"{form.version}.yaml") == (form_id, file)
