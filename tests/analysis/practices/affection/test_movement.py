"""Who moved between two dates: the flow, the names and the signs, by hand, in the samples, and by the owner's word."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.notebook import Notebook, OwnScore
from analysis.portfolio import Portfolio, analyse
from analysis.practices.affection.movement import (
    NAMED_FROM,
    _effect_names,
    _effects,
    by_month,
    dates,
    felt,
    movement,
)
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every, line

SEPTEMBER, OCTOBER = dt.date(2026, 9, 30), dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """Ana and Eva come every 30 days; in October Ana rates 0 and complains, and Leo comes for the first time."""
    return analyse(
        book_of(
            [*every("ana", 30, 12, last="2026-10-29"), *every("eva", 30, 12, last="2026-10-31")],
            lines=[line("ana", "2026-10-29", rating=0.0), line("leo", "2026-10-20", amount=30.0)],
            problems=[{"client_id": "ana", "opened": "2026-10-29", "kind": "espera"}],
        )
    )


def test_the_dates_are_the_month_ends_since_somebody_came(shop: Portfolio) -> None:
    found = dates(shop)
    assert found[:2] == (OCTOBER, SEPTEMBER)
    # Ana's first visit is 330 days before 29 October: 3 December 2025.
    assert found[-1] == dt.date(2025, 12, 31)
    assert len(found) == 11


def test_a_complaint_and_a_bad_rating_name_whom_they_brought_down(shop: Portfolio) -> None:
    found = movement(shop, SEPTEMBER, OCTOBER)
    moved = found.moved.set_index("client_id")
    assert list(moved.index) == ["ana"]
    assert (moved.loc["ana", "before"], moved.loc["ana", "after"]) == ("ignored", "hated")
    # The table of points: a rating of 0 takes all 4 of its points, one open complaint 3 / 2.4 = 1.25; "their word" and
    # "trouble" take at most 4 each, so nothing is capped.
    causes = {cause.sign: cause.points for cause in moved.loc["ana", "causes"]}
    assert causes["rating"] == -4.0
    assert causes["problems"] == -1.25
    assert [cause.sign for cause in moved.loc["ana", "causes"]][:2] == ["rating", "problems"]
    assert (found.up, found.down) == (0, 1)


def test_who_came_in_between_is_new_and_moved_nowhere(shop: Portfolio) -> None:
    found = movement(shop, SEPTEMBER, OCTOBER)
    assert found.new["client_id"].tolist() == ["leo"]
    assert "leo" not in set(found.both["client_id"])
    assert found.flow["clients"].sum() == 2


def test_who_moves_up_without_a_visit_was_only_lifted_by_time() -> None:
    """Two complaints badly solved on 20 August 2025 count for a year, and Ana has not come since June 2025.

    They take 2.5 points; with silence and what goes with it she stands at 1.5, hated, until 20 August 2026, and at 4.0
    afterwards.
    """
    bad = {"client_id": "ana", "opened": "2025-06-05", "closed": "2025-08-20", "solved": False}
    visits = [*every("ana", 30, 12, last="2025-06-04"), *every("eva", 30, 24, last="2026-10-31")]
    portfolio = analyse(book_of(visits, problems=[bad, bad | {"opened": "2025-06-06"}]))
    found = movement(portfolio, dt.date(2026, 7, 31), OCTOBER)
    ana = found.moved.set_index("client_id").loc["ana"]
    assert (ana["before"], ana["after"], ana["change"]) == ("hated", "ignored", 2.5)
    assert [(cause.sign, cause.points) for cause in ana["causes"]] == [("problems", 2.5)]
    assert (found.up, found.forgotten) == (1, 1)
    given = Notebook(own_scores={"ana": OwnScore(8.0, "", OCTOBER)})
    assert movement(with_notebook(portfolio, given), dt.date(2026, 7, 31), OCTOBER).forgotten == 0


def test_narrowed_to_some_clients_only_they_count(shop: Portfolio) -> None:
    found = movement(shop, SEPTEMBER, OCTOBER).only(pd.Series(["eva"]))
    assert found.flow["clients"].sum() == 1
    assert (found.up, found.down, len(found.moved), len(found.new)) == (0, 0, 0, 0)


@pytest.fixture
def said(shop: Portfolio) -> Portfolio:
    word = OwnScore(9.0, "nos trae a su familia", dt.date(2026, 10, 10))
    return with_notebook(shop, Notebook(own_scores={"eva": word}))


def test_the_owner_s_word_moves_from_the_day_it_was_given_and_is_named(said: Portfolio) -> None:
    found = movement(said, SEPTEMBER, OCTOBER)
    eva = found.moved.set_index("client_id").loc["eva"]
    assert (eva["after"], eva["score_after"]) == ("loved", 9.0)
    assert eva["causes"][0].sign == "own_word"
    # What the word adds is all that stands between the signs of October and the score.
    signs = felt(said, OCTOBER).set_index("client_id").loc["eva", "computed"]
    assert eva["causes"][0].points == pytest.approx(9.0 - signs)
    # Before it was given it counts nothing.
    assert felt(said, SEPTEMBER).set_index("client_id").loc["eva", "affection"] != 9.0


def test_a_word_given_after_the_data_ends_is_about_its_last_day(shop: Portfolio) -> None:
    late = with_notebook(shop, Notebook(own_scores={"eva": OwnScore(1.0, "", dt.date(2026, 11, 20))}))
    assert felt(late, OCTOBER).set_index("client_id").loc["eva", "band"] == "hated"


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_today_and_every_month_are_what_the_portfolio_says(
    sample: str, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(sample)
    today = felt(portfolio, portfolio.as_of).set_index("client_id")
    clients = portfolio.clients.set_index("client_id")
    assert today["there"].all()
    pd.testing.assert_series_equal(today["affection"].reindex(clients.index), clients["affection"])
    assert today["band"].reindex(clients.index).tolist() == clients["band"].tolist()
    for end in portfolio.movement["month_end"].unique()[::3]:
        month = portfolio.movement[portfolio.movement["month_end"] == end].set_index("client_id")
        then = felt(portfolio, pd.Timestamp(end).date()).set_index("client_id")
        assert set(then.index[then["there"]]) == set(month.index)
        assert then["band"].reindex(month.index).tolist() == month["band"].tolist()


def test_the_sample_s_clients_who_left_over_a_problem_went_down_and_it_is_said(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    """Planted: those who left within the year with the reason `bad_problem`. None of them moved up."""
    ends = dates(salon_sample)
    found = movement(salon_sample, ends[12], ends[0])
    over_it = salon_truth[
        (salon_truth["why"] == "bad_problem") & (salon_truth["left_on"] > ends[12].isoformat())
    ]
    planted = set(over_it["client_id"])
    theirs = found.moved[found.moved["client_id"].isin(planted)]
    assert len(theirs) >= 5
    assert (theirs["change"] < 0).all()
    blamed = theirs["causes"].map(lambda causes: {cause.sign for cause in causes})
    assert blamed.map(lambda signs: bool(signs & {"rating", "problems", "silence", "frequency"})).all()


def test_what_the_signs_moved_adds_up_to_the_score(salon_sample: Portfolio) -> None:
    then = salon_sample.affection_then.on(salon_sample.as_of)
    told = felt(salon_sample, salon_sample.as_of)
    points = _effects(then, told)
    assert len(set(_effect_names(then))) == points.shape[1]
    np.testing.assert_allclose(5 + points.sum(axis=1), told["affection"], atol=1e-9)


def test_the_named_are_those_who_changed_band_or_moved_a_point(workshop_sample: Portfolio) -> None:
    ends = dates(workshop_sample)
    found = movement(workshop_sample, ends[6], ends[0])
    both = found.both
    named = (both["before"] != both["after"]) | (both["change"].abs() >= NAMED_FROM)
    assert set(found.moved["client_id"]) == set(both.loc[named, "client_id"])
    assert found.moved["change"].abs().is_monotonic_decreasing
    assert found.up - found.down == np.sign(both["step"]).sum()
    assert len(both) + len(found.new) == len(workshop_sample.clients)


def test_month_by_month_everyone_stands_in_one_band(salon_sample: Portfolio) -> None:
    months = by_month(salon_sample)
    assert len(months) == 13
    assert (months[["loved", "ignored", "hated"]].sum(axis=1) == months["clients"]).all()
    assert months["mean"].iloc[-1] == pytest.approx(salon_sample.clients["affection"].mean())


def test_a_shop_of_one_day_has_one_date() -> None:
    portfolio = analyse(book_of([("ana", "2026-10-31", 30.0)]))
    assert dates(portfolio) == (OCTOBER,)
    assert len(by_month(portfolio)) == 1
