"""Filters narrow by what they say, together."""

import pandas as pd
import pytest

from ui.filters import Filters

CLIENTS = pd.DataFrame(
    {
        "client_id": list("abcd"),
        "service": ["Color", "Color", "Corte", ""],
        "staff": ["Rosa", "Inés", "Rosa", ""],
        "state": ["late", "on_time", "late", "new"],
        "band": ["loved", "ignored", "hated", "ignored"],
    }
)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), "abcd"),
        (Filters(service="Color"), "ab"),
        (Filters(seller="Rosa"), "ac"),
        (Filters(service="Color", seller="Rosa"), "a"),
        (Filters(states=("late", "new")), "acd"),
        (Filters(bands=("ignored",)), "bd"),
        (Filters(states=("late",), bands=("ignored",)), ""),
    ],
)
def test_every_choice_must_be_met(filters: Filters, ids: str) -> None:
    assert "".join(filters.clients(CLIENTS)["client_id"]) == ids


def test_a_filter_knows_whether_anything_is_chosen() -> None:
    assert not Filters()
    assert Filters(service="Color")
