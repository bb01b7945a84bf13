"""The points table: documented as it is, and the owner's within limits."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.affection import affection
from analysis.affection_weights import FAMILIES, SIDES, SIGNS, Weights, changes, default, rows
from analysis.errors import AffectionWeightError
from analysis.portfolio import analyse
from analysis.report import summary
from analysis.settings import Settings
from dev import ROOT
from tests.analysis.books import salon
from words import speak

DOCUMENTS = {"en": ROOT / "docs" / "affection.md", "es": ROOT / "docs" / "affection.es.md"}


def documented(path: Path) -> list[tuple[str, str, float, float]]:
    """The rows of the document's table: family, sign, adds, takes; a dash is 0."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 5 and re.fullmatch(r"[–+−\d.,]+", cells[2]):
            adds, takes = (
                0.0 if cell == "–" else float(cell.replace("−", "-").replace(",", ".")) for cell in cells[2:4]
            )
            found.append((cells[0], cells[1], adds, takes))
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_document_says_the_points_of_the_code(language: str):
    w = speak("es" if language == "es" else "en")
    expected = [
        (
            w(f"family.{family}"),
            w(f"sign.{sign}") if sign else w("segments.weights.family_row", family=family),
            default(sign or family, "adds"),
            default(sign or family, "takes"),
        )
        for family, sign in rows()
    ]
    assert documented(DOCUMENTS[language]) == expected


def test_every_sign_stands_once_under_its_family():
    listed = list(rows())
    assert len(listed) == len(FAMILIES) + len(SIGNS) == len(set(listed))
    assert all(sign == "" or SIGNS[sign][0] == family for family, sign in listed)


def test_a_change_moves_one_number_alone():
    weights = Weights.of({"frequency.adds": 2.5, "visits.takes": -1.0})
    assert weights.signs["frequency"].adds == 2.5
    assert weights.signs["frequency"].takes == SIGNS["frequency"][1].takes
    assert weights.families["visits"].takes == -1.0
    assert {name: points for name, points in weights.signs.items() if name != "frequency"} == {
        name: points for name, (_, points) in SIGNS.items() if name != "frequency"
    }


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("problems.adds", 1.0, "weight_sign_never_adds"),
        ("trouble.adds", 1.0, "weight_family_never_adds"),
        ("referrals.takes", -1.0, "weight_sign_never_takes"),
        ("contact.takes", -1.0, "weight_family_never_takes"),
        ("problems.takes", 1.0, "weight_sign_range"),
        ("frequency.adds", 5.5, "weight_sign_range"),
        ("frequency.adds", float("nan"), "weight_sign_range"),
        ("visits.adds", -0.1, "weight_family_range"),
        ("beauty.adds", 1.0, "weight_unknown"),
        ("frequency", 1.0, "weight_unknown"),
    ],
)
def test_a_sign_cannot_be_turned_around_nor_leave_the_scale(key: str, value: float, code: str):
    with pytest.raises(AffectionWeightError) as refused:
        Weights.of({key: value})
    assert refused.value.code == code
    for language in ("es", "en"):
        said = speak(language).error(refused.value)
        assert "{" not in said
        assert len(said) > 20


def test_what_is_as_by_default_is_no_change():
    assert changes({"frequency.adds": 1.75, "tenure.adds": 0.5}) == {"tenure.adds": 0.5}


def test_changed_points_are_other_results():
    book = salon()
    usual = analyse(book)
    mine = Settings(affection_weights={"no_shows.takes": 0.0})
    assert mine.key != Settings().key
    found = analyse(book, mine)
    table = usual.affection_points
    absent = set(table.loc[(table["sign"] == "no_shows") & (table["points"] < 0), "client_id"])
    before, after = (result.clients.set_index("client_id")["affection"] for result in (usual, found))
    changed = set(before.index[after[before.index] != before])
    assert changed == absent != set()
    assert found.movement["affection"].sum() > usual.movement["affection"].sum()
    said = summary(book, found)
    assert said["settings"]["affection_weights"] == {"no_shows.takes": 0.0}  # type: ignore[index]
    assert json.dumps(said["affection_past"], allow_nan=False)


TABLE = st.fixed_dictionaries(
    {},
    optional={
        f"{name}.{side}": st.floats(0, 5) if side == "adds" else st.floats(-5, 0)
        for name in (*FAMILIES, *SIGNS)
        for side in SIDES
        if default(name, side)
    },
)
NOTHING_EXPLICIT = dict.fromkeys(
    ("unpaid", "referrals", "rating", "problems_open", "problems_bad", "refunds", "contacts_answered"), np.nan
)


@given(TABLE, st.integers(0, 3))
def test_whatever_the_points_nobody_is_hated_for_behaviour_and_scores_add_up(
    changed: dict[str, float], seed: int
):
    random = np.random.default_rng(seed)
    n = 30
    signals = pd.DataFrame(
        {
            "visits": random.integers(1, 40, n),
            "visits_12m": random.integers(0, 20, n),
            "first_day": 0.0,
            "last_day": random.integers(0, 900, n),
            "silence": random.integers(0, 400, n),
            "gaps_12": random.integers(0, 12, n),
            "punctual_share": random.random(n),
            "extra_share": random.random(n),
            "ticket_6": random.random(n) * 100,
            "payments": 0.0,
            "paid_on_time_share": np.nan,
            "no_shows": random.integers(0, 6, n),
            "cancellations": random.integers(0, 6, n),
            **NOTHING_EXPLICIT,
        }
    )
    found = affection(signals, np.full(n, 40.0), np.full(n, 120.0), Weights.of(changed))
    assert not found.scores["band"].eq("hated").any()
    assert found.scores["affection"].between(3.1, 10).all()
    sums = found.points().groupby("client")["points"].sum()
    assert sums.to_numpy() == pytest.approx(found.scores["affection"].to_numpy() - 5, abs=0.006)
