"""A column that is the owner's to change: what was typed is kept, what was emptied is learned again."""

from types import SimpleNamespace

import pytest

from ui import own_values
from ui.own_values import editor_key, with_edits

ROWS = ["Corte", "Color", "Uñas"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, {"Corte": 30.0}),
        ({1: {"days": 49}}, {"Corte": 30.0, "Color": 49.0}),
        ({"2": {"days": 21.5}}, {"Corte": 30.0, "Uñas": 21.5}),
        ({0: {"days": 28}}, {"Corte": 28.0}),
        ({0: {"days": None}}, {}),
        ({1: {"days": None}}, {"Corte": 30.0}),
        ({0: {"another": 1}}, {"Corte": 30.0}),
    ],
)
def test_edits_become_the_owner_s_values(
    monkeypatch: pytest.MonkeyPatch, typed: dict[object, dict[str, object]], kept: dict[str, float]
) -> None:
    state = {"editor": {"edited_rows": typed}}
    monkeypatch.setattr(own_values, "st", SimpleNamespace(session_state=state))
    own = {"Corte": 30.0}
    assert with_edits(own, "editor", "days", ROWS) == kept
    assert own == {"Corte": 30.0}


def test_an_editor_starts_afresh_once_its_values_have_changed() -> None:
    key = editor_key("days", {"Corte": 30.0, "Color": 49.0})
    assert key == editor_key("days", {"Color": 49.0, "Corte": 30.0})
    assert key != editor_key("days", {"Corte": 30.0})
    assert key.startswith("days_")
