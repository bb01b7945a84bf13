"""The points that moved a score, with what a family's cap took spread over its signs."""

import pandas as pd
import pytest

from analysis.practices.affection.evidence import evidence


def points(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["family", "sign", "points"])


def test_a_cap_is_taken_from_its_family_s_signs_in_proportion() -> None:
    found = evidence(
        points(("booking", "no_shows", -1.5), ("booking", "cancellations", -0.5), ("booking", "cap", 1.0))
    )
    assert dict(zip(found["sign"], found["points"], strict=True)) == pytest.approx(
        {"no_shows": -0.75, "cancellations": -0.25}
    )


def test_other_families_keep_their_points() -> None:
    found = evidence(
        points(("visits", "tenure", 0.6), ("booking", "no_shows", -1.5), ("booking", "cap", 0.25))
    )
    assert found.set_index("sign")["points"].to_dict() == pytest.approx({"tenure": 0.6, "no_shows": -1.25})


def test_the_bars_add_up_to_the_score_s_distance_from_the_start() -> None:
    given = points(
        ("word", "rating", 1.75),
        ("word", "referrals", 2.0),
        ("word", "cap", -0.75),
        ("scale", "floor", -0.3),
        ("money", "ticket", 0.0),
    )
    assert evidence(given)["points"].sum() == pytest.approx(given["points"].sum())


def test_signs_that_moved_nothing_are_no_evidence() -> None:
    assert evidence(points(("money", "ticket", 0.0))).empty
