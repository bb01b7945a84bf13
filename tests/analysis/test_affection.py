"""Every sign worked by hand: one client among 39 peers who are all alike."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import alarm
from analysis.affection import Affection, affection
from analysis.book import Book
from analysis.client_rhythm import client_rhythms, main_services
from analysis.events import events
from analysis.portfolio import Portfolio
from analysis.schema import AFFECTION_POINTS, BANDS
from analysis.settings import Settings
from analysis.signals import signals
from analysis.visits import visits
from benchmarks.shops import shop
from benchmarks.ticking import Plan

PEERS = 39
#: A client of twelve visits like all the others; nothing explicit is known of anybody.
USUAL = {
    "visits": 12.0,
    "visits_12m": 8.0,
    "first_day": 0.0,
    "last_day": 730.5,
    "silence": 10.0,
    "gaps_12": 12.0,
    "punctual_share": 0.75,
    "extra_share": 0.1,
    "ticket_6": 30.0,
    "payments": 0.0,
    "paid_on_time_share": np.nan,
    "unpaid": np.nan,
    "referrals": np.nan,
    "rating": np.nan,
    "problems_open": np.nan,
    "problems_bad": np.nan,
    "refunds": np.nan,
    "no_shows": np.nan,
    "cancellations": np.nan,
    "contacts_answered": np.nan,
}
#: With nothing explicit known all that is not neutral is the tenure: two years of two.
NEUTRAL = 5.75
LATE_AFTER, GONE_AFTER = 40.0, 100.0


def felt(peers: int = PEERS, *, scale: float = 1.0, **changes: float) -> Affection:
    """Affection of the first client, who differs from the peers by `changes`; money is multiplied by `scale`."""
    signals = pd.DataFrame([{**USUAL, **changes}, *[USUAL] * peers])
    signals["ticket_6"] *= scale
    clients = len(signals)
    return affection(signals, np.full(clients, LATE_AFTER), np.full(clients, GONE_AFTER))


def points(family: str, sign: str, **changes: float) -> float:
    table = felt(**changes).points()
    mine = table[(table["client"] == 0) & (table["family"] == family) & (table["sign"] == sign)]
    return float(mine["points"].sum())


def score(**changes: float) -> float:
    return float(felt(**changes).scores["affection"].iloc[0])


def band(**changes: float) -> str:
    return str(felt(**changes).scores["band"].iloc[0])


#: Above all peers: rank (39 + 1/2) / 40, twice that less 1 = .975, times 40 / (40 + 20) peers and 12 / (12 + 4) visits.
TOP = 0.975 * 40 / 60 * 12 / 16
GAPS = 12 / 16  # shrinkage of what is read off twelve gaps


@pytest.mark.parametrize(
    ("family", "sign", "changes", "expected"),
    [
        ("visits", "frequency", {"visits_12m": 20}, 1.75 * TOP),
        ("visits", "frequency", {"visits_12m": 1}, -0.5 * TOP),
        ("visits", "frequency", {"visits_12m": 8}, 0.0),
        ("visits", "punctual", {"punctual_share": 1.0}, 0.6 * GAPS),
        ("visits", "punctual", {"punctual_share": 0.5}, -0.6 * GAPS),
        ("visits", "punctual", {"punctual_share": 0.0}, -0.6 * GAPS),
        ("visits", "tenure", {"first_day": 365.25}, 0.375),
        ("visits", "silence", {"silence": LATE_AFTER}, 0.0),
        ("visits", "silence", {"silence": 70}, -0.5),
        ("visits", "silence", {"silence": 500}, -1.0),
        ("visits", "extra_visits", {"extra_share": 0.4}, 0.4 * GAPS),
        ("visits", "extra_visits", {"extra_share": 0.25}, 0.2 * GAPS),
        ("visits", "extra_visits", {"extra_share": 0.0}, 0.0),
        ("money", "ticket", {"ticket_6": 90}, 0.9 * TOP),
        ("money", "ticket", {"ticket_6": 5}, -0.9 * TOP),
        ("money", "pays_on_time", {"paid_on_time_share": 1.0, "payments": 2}, 0.25),
        ("money", "pays_on_time", {"paid_on_time_share": 0.45, "payments": 2}, -0.25),
        ("pay", "unpaid", {"unpaid": 1}, -0.75),
        ("word", "referrals", {"referrals": 1}, 1.0),
        ("word", "referrals", {"referrals": 5}, 2.0),
        ("word", "rating", {"rating": 10}, 1.75),
        ("word", "rating", {"rating": 9}, 1.5),
        ("word", "rating", {"rating": 7}, 0.25),
        ("word", "rating", {"rating": 6}, -0.5),
        ("word", "rating", {"rating": 5}, -1.0),
        ("word", "rating", {"rating": 4}, -1.5),
        ("word", "rating", {"rating": 2}, -3.0),
        ("word", "rating", {"rating": 0}, -4.0),
        ("trouble", "problems", {"problems_open": 1, "problems_bad": 0}, -1.25),
        ("trouble", "problems", {"problems_open": 1, "problems_bad": 1}, -2.5),
        ("trouble", "problems", {"problems_open": 3, "problems_bad": 1}, -3.0),
        ("trouble", "refunds", {"refunds": 1}, -0.5),
        ("trouble", "refunds", {"refunds": 5}, -1.0),
        ("booking", "no_shows", {"no_shows": 2}, -1.0),
        ("booking", "cancellations", {"cancellations": 1}, 0.0),
        ("booking", "cancellations", {"cancellations": 3}, -0.3),
        ("booking", "cancellations", {"cancellations": 30}, -0.5),
        ("contact", "answers", {"contacts_answered": 2}, 0.3),
        ("contact", "answers", {"contacts_answered": 0}, 0.0),
    ],
)
def test_a_sign_is_worth(family: str, sign: str, changes: dict[str, float], expected: float):
    assert points(family, sign, **changes) == pytest.approx(expected, abs=1e-9)


def test_signs_nobody_recorded_are_no_points_and_widen_the_doubt():
    nothing, all_known = (
        felt(),
        felt(
            unpaid=0,
            referrals=0,
            rating=8,
            problems_open=0,
            problems_bad=0,
            refunds=0,
            no_shows=0,
            cancellations=0,
            contacts_answered=0,
            payments=4,
            paid_on_time_share=1.0,
        ),
    )
    table = nothing.points()
    assert (table.loc[~table["known"], "points"] == 0).all()
    assert (
        nothing.scores["affection_halfwidth"].iloc[0] == 0.5 + 2.5 * 9 / 15
    )  # six signs of fifteen are known
    assert all_known.scores["affection_halfwidth"].iloc[0] == 0.5
    assert nothing.scores["behaviour_only"].iloc[0]
    assert not all_known.scores["behaviour_only"].iloc[0]


def test_who_is_like_all_the_others_stands_in_the_middle_but_for_years_together():
    assert score() == pytest.approx(NEUTRAL, abs=0.05)
    assert band() == "ignored"


def test_families_are_capped():
    assert score(unpaid=10) == pytest.approx(NEUTRAL - 1.5, abs=0.051)
    assert score(no_shows=10, cancellations=30) == pytest.approx(NEUTRAL - 1.25, abs=0.051)
    assert score(referrals=9, rating=10) == pytest.approx(NEUTRAL + 3.0, abs=0.051)
    assert points("word", "cap", referrals=9, rating=10) == pytest.approx(-0.75)


def test_warm_points_fade_with_silence_and_cold_ones_do_not():
    often = {"visits_12m": 20.0}
    assert points("visits", "frequency", silence=70, **often) == pytest.approx(1.75 * TOP / 2)
    assert points("visits", "frequency", silence=100, **often) == 0.0
    seldom = points("visits", "frequency", visits_12m=1, silence=GONE_AFTER)
    assert seldom == pytest.approx(-0.5 * TOP)


def test_in_a_small_shop_and_on_a_short_history_ranks_say_little():
    large = points("visits", "frequency", visits_12m=20)
    assert 0 < points("visits", "frequency", peers=4, visits_12m=20) < 0.4 * large
    assert points("visits", "frequency", visits=1, visits_12m=20) < 0.4 * large
    assert points("visits", "frequency", peers=0, visits_12m=20) == 0.0


def test_long_is_long_within_what_the_file_can_show():
    """In a file of half a year, half a year is all the tenure there is."""
    signals = pd.DataFrame([{**USUAL, "first_day": 548.0}, *[{**USUAL, "first_day": 548.0}] * PEERS])
    table = affection(signals, np.full(40, LATE_AFTER), np.full(40, GONE_AFTER)).points()
    assert table.loc[table["sign"] == "tenure", "points"].tolist() == pytest.approx([0.75] * 40)


def test_loved_needs_two_good_signs():
    """Referrals alone bring a new client to 7.0; with praise, or with years together, it is love."""
    assert score(referrals=5, first_day=730.5) == 7.0
    assert band(referrals=5, first_day=730.5) == "ignored"
    assert band(referrals=5, first_day=730.5, rating=8) == "loved"
    assert band(referrals=5) == "loved"


def test_behaviour_alone_can_be_love():
    assert band(visits_12m=30, punctual_share=1.0, ticket_6=90, extra_share=0.4) == "loved"
    assert felt(visits_12m=30, punctual_share=1.0, ticket_6=90).scores["behaviour_only"].iloc[0]


def test_hated_needs_an_explicit_sign():
    assert band(rating=0) == "hated"
    assert band(problems_open=3, problems_bad=0) == "hated"
    assert score(problems_open=3, problems_bad=0, silence=200) <= 3.0


BEHAVIOUR = st.fixed_dictionaries(
    {
        "visits": st.integers(1, 200).map(float),
        "visits_12m": st.integers(0, 60).map(float),
        "silence": st.integers(0, 2000).map(float),
        "gaps_12": st.integers(0, 12).map(float),
        "punctual_share": st.floats(0, 1),
        "extra_share": st.floats(0, 1),
        "ticket_6": st.floats(0.01, 1e6),
        "no_shows": st.integers(0, 5).map(float),
        "cancellations": st.integers(0, 9).map(float),
    }
)


@given(BEHAVIOUR)
def test_hated_never_comes_from_silence_nor_from_any_other_behaviour(client: dict[str, float]):
    scores = felt(peers=12, **client).scores
    assert scores["band"].iloc[0] != "hated"
    assert scores["affection"].iloc[0] >= 3.1


#: Sign -> values it can take, and whether more of it is better.
SIGNS = {
    "visits_12m": (st.integers(0, 60), True),
    "punctual_share": (st.floats(0, 1), True),
    "extra_share": (st.floats(0, 1), True),
    "ticket_6": (st.floats(0.01, 1e6), True),
    "paid_on_time_share": (st.floats(0, 1), True),
    "referrals": (st.integers(0, 5), True),
    "rating": (st.floats(0, 10), True),
    "contacts_answered": (st.integers(0, 5), True),
    "silence": (st.integers(0, 2000), False),
    "first_day": (st.integers(0, 730), False),
    "unpaid": (st.integers(0, 5), False),
    "problems_open": (st.integers(0, 5), False),
    "problems_bad": (st.integers(0, 5), False),
    "refunds": (st.integers(0, 5), False),
    "no_shows": (st.integers(0, 5), False),
    "cancellations": (st.integers(0, 9), False),
}
EXPLICIT = {
    "paid_on_time_share": 0.9,
    "payments": 3.0,
    "unpaid": 0.0,
    "referrals": 0.0,
    "rating": 7.0,
    "problems_open": 0.0,
    "problems_bad": 0.0,
    "refunds": 0.0,
    "no_shows": 0.0,
    "cancellations": 0.0,
    "contacts_answered": 0.0,
}


@given(BEHAVIOUR, st.sampled_from(sorted(SIGNS)), st.data())
def test_the_score_is_monotone_in_every_sign(client: dict[str, float], sign: str, data: st.DataObject):
    values, more_is_better = SIGNS[sign]
    low, high = sorted((float(data.draw(values)), float(data.draw(values))))
    at_low, at_high = (score(peers=12, **{**EXPLICIT, **client, sign: value}) for value in (low, high))
    assert (at_low <= at_high) if more_is_better else (at_low >= at_high)


@given(BEHAVIOUR, st.floats(0, 10), st.integers(0, 4))
def test_points_add_up_to_the_score_and_scores_stay_on_the_scale(
    client: dict[str, float], rating: float, problems: int
):
    found = felt(peers=6, **client, rating=rating, problems_open=problems, problems_bad=0)
    table, scores = found.points(), found.scores["affection"]
    sums = table.groupby("client")["points"].sum()
    assert sums.to_numpy() == pytest.approx(scores.to_numpy() - 5, abs=0.006)
    assert scores.between(0, 10).all()
    assert set(found.scores["band"]) <= set(BANDS)


@given(BEHAVIOUR, st.floats(0.001, 1000))
def test_money_counts_by_rank_not_by_size(client: dict[str, float], scale: float):
    """Unless two tickets are all but the same."""
    rounded = {**client, "ticket_6": round(client["ticket_6"], 1)}
    assert score(peers=6, **rounded) == score(peers=6, scale=scale, **rounded)


def test_the_salons_evidence_has_the_columns_of_the_schema_and_adds_up(portfolio: Portfolio):
    evidence = portfolio.affection_points
    assert tuple(evidence.columns) == AFFECTION_POINTS
    sums = evidence.groupby("client_id")["points"].sum()
    scores = portfolio.clients.set_index("client_id")["affection"]
    assert (sums[scores.index] - (scores - 5)).abs().max() <= 0.006


def of_shop(book: Book) -> pd.DataFrame:
    """The clients of a Book by id: their scores, and whether they are active."""
    seen = visits(book)
    happened = events(book, seen)
    r = client_rhythms(seen, main_services(seen), Settings()).rhythms
    signs = signals(seen, happened, seen.today, r.interval_high, r.interval_low)
    active = alarm.active(signs["visits"].to_numpy(), signs["silence"].to_numpy(), 91)
    scores = affection(signs, r.interval_high, r.gone_after_days).scores
    return scores.set_index(seen.client_id).assign(active=active)


def with_sales(sales: pd.DataFrame) -> Book:
    return replace(generated_shop(), tables={"sales": sales.reset_index(drop=True)})


@lru_cache
def generated_shop() -> Book:
    return shop(Plan(clients=400, days=2 * 365, dropout=0.05, k_spread=0.4, disrupted=0.1, drift=0.1)).book


def test_on_dates_and_amounts_alone_about_a_fifth_of_the_active_are_loved_and_nobody_hated():
    clients = of_shop(generated_shop())
    assert 0.12 <= clients.loc[clients["active"], "band"].eq("loved").mean() <= 0.28
    assert not clients["band"].eq("hated").any()
    assert clients["behaviour_only"].all()


def test_in_a_shop_of_forty_bands_stay_when_the_other_half_are_others():
    sales = generated_shop().sales
    ids = np.sort(sales["client_id"].unique().astype(str))
    kept = []
    for seed in range(8):
        half, some, others = np.split(np.random.default_rng(seed).permutation(ids)[:60], 3)
        shops = (sales[sales["client_id"].isin([*half, *rest])] for rest in (some, others))
        one, other = (of_shop(with_sales(each))["band"][half] for each in shops)
        kept.append((one == other).mean())
    assert np.mean(kept) >= 0.97


@pytest.mark.parametrize("change", ["cents", "another year"])
def test_affection_does_not_know_the_currency_nor_the_year(change: str):
    usual, sales = of_shop(generated_shop()), generated_shop().sales
    if change == "cents":
        sales = sales.assign(amount=sales["amount"] * 100)
    else:
        sales = sales.assign(date=(sales["date"] + pd.Timedelta(days=500)).astype(sales["date"].dtype))
    pd.testing.assert_frame_equal(of_shop(with_sales(sales)), usual)
