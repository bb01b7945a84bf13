"""A row click opens the client in that row, whatever is shown by then, and only once."""

from typing import Any

import pytest
import streamlit as st

from ui.client import asked as client_asked
from ui.client.table import _row_chosen


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def click(state: dict[str, Any], key: str, row: int | None) -> None:
    state[key] = {"selection": {"rows": [] if row is None else [row]}}


def test_a_click_means_the_row_of_the_table_that_was_clicked(state: dict[str, Any]) -> None:
    click(state, "t", 1)
    _row_chosen("t", ["ann", "bea", "cid"], "t_opened")
    assert state[client_asked._ASKED] == "bea"


def test_after_a_click_the_table_has_another_key_so_nothing_stays_selected(state: dict[str, Any]) -> None:
    click(state, "t", 0)
    _row_chosen("t", ["ann"], "t_opened")
    click(state, "t", 0)
    _row_chosen("t", ["ann"], "t_opened")
    assert state["t_opened"] == 2


def test_taking_a_selection_back_opens_nobody(state: dict[str, Any]) -> None:
    click(state, "t", None)
    _row_chosen("t", ["ann"], "t_opened")
    assert client_asked._ASKED not in state
