"""Reasons that repeat: by hand, as chance would have them, and in the samples."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing
from analysis.practices.problems.repeated_reasons import exposed, laid, places, repeated_reasons
from tests.analysis.books import Visit, book_of, every

#: Twenty clients, each every 20 days up to 2026-09-20; "n.." always take nails with Luz, "c.." a cut with Rosa.
NAILS, CUTS = (tuple(f"{kind}{number:02}" for number in range(10)) for kind in "nc")


def visits() -> list[Visit]:
    found: list[Visit] = []
    for who in (*NAILS, *CUTS):
        taken = ("Nails", "Luz") if who in NAILS else ("Cut", "Rosa")
        found += [(*visit[:3], *taken) for visit in every(who, 20, 18, last="2026-09-20")]
    return found


def complaint(who: str, opened: str, kind: str, **values: object) -> dict[str, object]:
    return {"client_id": who, "opened": opened, "kind": kind, **values}


#: The first day of the year's problems; from it on each client came thirteen times.
FIRST = "2026-01-13"


@pytest.fixture(scope="module")
def salon() -> Portfolio:
    """Six of nails that lift, all with Luz, written in two ways; one wait with either seller and one of no kind."""
    problems = [
        complaint(who, FIRST, kind)
        for who, kind in zip(NAILS[:6], ["Lifted nails"] * 4 + ["Nails lifted"] * 2, strict=True)
    ]
    problems += [complaint("c00", "2026-09-10", "Wait"), complaint("n07", "2026-09-10", "wait")]
    problems += [complaint("c01", "2026-05-01", "")]
    return analyse(book_of(visits(), problems=problems))


def test_a_problem_is_laid_to_the_last_visit_before_it(salon: Portfolio) -> None:
    found = laid(salon)
    assert found["reason"].value_counts().to_dict() == {"Lifted nails": 6, "Wait": 2, "": 1}
    lifted = found[found["reason"] == "Lifted nails"]
    assert set(lifted["service"]) == {"Nails"}
    assert set(lifted["staff"]) == {"Luz"}


def test_a_problem_long_after_the_last_visit_is_laid_to_none() -> None:
    shop = analyse(
        book_of(
            [*visits(), ("gone", "2026-01-01", 9.0, "Cut", "Rosa")],
            problems=[complaint("gone", "2026-06-01", "Wait")],
        )
    )
    assert laid(shop)[["service", "staff"]].iloc[0].tolist() == ["", ""]


def test_what_appears_three_times_repeats(salon: Portfolio) -> None:
    found = repeated_reasons(salon)
    assert found["reason"].tolist() == ["Lifted nails"]
    row = found.iloc[0]
    assert (row["problems"], row["clients"], row["open"], row["lately"]) == (6, 6, 6, 0)
    counted = salon.visits[salon.visits["date"] >= FIRST]
    assert row["per_1000"] == pytest.approx(1000 * 6 / len(counted))
    # None of six in a half year that had most of the visits since.
    lately = (counted["date"] > pd.Timestamp("2026-09-20") - pd.Timedelta(days=182)).sum()
    assert binomtest(0, 6, lately / len(counted), "less").pvalue < 0.05
    assert row["trend"] == "falling"


def test_where_it_comes_from_by_the_exact_test(salon: Portfolio) -> None:
    found = places(salon)
    assert (found["reason"] != "Wait").all()  # twice is no repetition
    row = found[(found["name"] == "Nails") & (found["reason"] == "Lifted nails")].iloc[0]
    counted = salon.visits[salon.visits["date"] >= FIRST]
    nails = int((counted["service"] == "Nails").sum())
    assert (row["problems"], row["visits"]) == (6, nails)
    assert row["p"] == pytest.approx(binomtest(6, 6, nails / len(counted), "greater").pvalue)
    assert row["others_per_1000"] == 0
    # Half of the visits are nails: 6 + 1.5 against 0 + 1.5, as if three more had come, spread like the visits.
    assert row["times"] == pytest.approx(7.5 / 1.5, rel=0.02)
    assert row["stands_out"]


def test_who_else_may_meet_it(salon: Portfolio) -> None:
    found = exposed(salon, "Lifted nails", "service", "Nails")
    assert sorted(found["client_id"]) == sorted(NAILS[6:])
    assert found["worth"].is_monotonic_decreasing
    anyone = exposed(salon, "", "staff", "Rosa")
    assert sorted(anyone["client_id"]) == sorted(CUTS[2:])


def test_a_kind_or_place_with_all_the_visits_is_compared_with_nothing() -> None:
    one = [(*visit[:3], "Cut", "Rosa") for visit in every("Ana", 20, 18, last="2026-09-20")]
    shop = analyse(book_of(one, problems=[complaint("Ana", "2026-05-01", "Wait")] * 3))
    assert places(shop).empty


def test_chance_alone_rarely_stands_out() -> None:
    """Problems that fall on any visit: of a hundred shops at most about ten have a place that stands out."""
    random = np.random.default_rng(3)
    rows = visits()
    shops = 0
    base = analyse(book_of(rows, problems=[complaint("n00", FIRST, "x")]))
    for _ in range(20):
        drawn = base.visits.sample(25, random_state=int(random.integers(1_000_000)))
        problems = base.records.problems.iloc[[0] * 25].assign(
            client_id=drawn["client_id"].to_numpy(),
            opened=drawn["date"].to_numpy(),
            kind=random.choice(["wait", "price", "colour"], 25),
        )
        shops += bool(places(_with(base, problems))["stands_out"].any())
    assert shops <= 5


def _with(portfolio: Portfolio, problems: pd.DataFrame) -> Portfolio:
    return replace(portfolio, records=replace(portfolio.records, problems=problems.reset_index(drop=True)))


@pytest.mark.parametrize("name", ["salon", "workshop"])
def test_the_sample_s_reasons_are_all_counted(name: str, request: pytest.FixtureRequest) -> None:
    sample: Portfolio = request.getfixturevalue(f"{name}_sample")
    problems = sample.records.problems
    found = repeated_reasons(sample)
    kinds = problems.loc[problems["kind"] != "", "kind"].value_counts()
    assert dict(zip(found["reason"], found["problems"], strict=True)) == kinds[kinds >= 3].to_dict()
    at = laid(sample)
    assert len(at) == len(problems)
    assert (at["service"] != "").mean() > 0.95
    exposed_to = exposed(sample, found["reason"].iloc[0], "service", at["service"].iloc[0])
    had = at.loc[at["reason"] == found["reason"].iloc[0], "client_id"]
    assert not set(exposed_to["client_id"]) & set(had)


def test_without_its_columns_it_says_what_is_missing() -> None:
    plain = [visit[:3] for visit in visits()]
    lacking = ("problems.opened", "problems.kind", "sales.service", "sales.staff")
    assert missing(analyse(book_of(plain)), 23) == lacking
    told = analyse(book_of(plain, problems=[complaint("n00", FIRST, "Wait")] * 3))
    assert missing(told, 23) == ("sales.service", "sales.staff")
    assert repeated_reasons(told)["problems"].tolist() == [3]
    assert places(told).empty
    nothing = analyse(book_of(visits()))
    assert repeated_reasons(nothing).empty
    assert places(nothing).empty
