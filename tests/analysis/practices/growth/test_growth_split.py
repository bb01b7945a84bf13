"""Where the change comes from: every part worked by hand, and the parts that always make up the change."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.growth.growth_split import BASES, PARTS, GrowthSplit, bases, growth_split
from analysis.practices.growth.periods import Period
from analysis.practices.needs import missing, would_add
from tests.analysis.books import book_of, line
from tests.analysis.practices.drawn_shops import AS_OF, shop_of

#: Two years at a glance: what each brought from May to October 2025, and from May to October 2026.
VISITS = [
    ("back", "2025-01-02", 55.0),  # a client before the earlier period, not in it, and back
    ("back", "2026-07-01", 60.0),
    ("same", "2025-05-02", 50.0),  # 100, then 105
    ("same", "2025-09-02", 50.0),
    ("same", "2026-05-02", 52.5),
    ("same", "2026-10-31", 52.5),
    ("more", "2025-06-02", 20.0),  # 2 x 20, then 3 x 30
    ("more", "2025-08-02", 20.0),
    ("more", "2026-06-02", 30.0),
    ("more", "2026-07-02", 30.0),
    ("more", "2026-08-02", 30.0),
    ("less", "2025-05-10", 25.0),  # 4 x 25, then 2 x 20
    ("less", "2025-06-10", 25.0),
    ("less", "2025-07-10", 25.0),
    ("less", "2025-10-31", 25.0),
    ("less", "2026-05-10", 20.0),
    ("less", "2026-06-10", 20.0),
    ("gone", "2025-07-20", 80.0),
    ("new", "2026-06-15", 70.0),
    ("winter", "2025-12-15", 90.0),  # came first between the periods: new since the earlier one
    ("winter", "2026-08-15", 30.0),
    ("nobody", "2025-12-20", 33.0),  # in neither period
]
NOBODY = [line(None, "2025-06-06", amount=10.0), line(None, "2026-06-06", amount=25.0)]


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return analyse(book_of(VISITS, lines=NOBODY))


@pytest.fixture(scope="module")
def split(portfolio: Portfolio) -> GrowthSplit:
    return growth_split(portfolio, "half_year")


def test_the_same_months_a_year_before(split: GrowthSplit) -> None:
    assert split.now == Period(dt.date(2026, 5, 1), dt.date(2026, 10, 31))
    assert split.before == Period(dt.date(2025, 5, 1), dt.date(2025, 10, 31))


@pytest.mark.parametrize(
    ("part", "clients", "before", "now"),
    [
        ("new", 2, 0, 100),
        ("recovered", 1, 0, 60),
        ("grown", 1, 40, 90),
        ("kept", 1, 100, 105),
        ("shrunk", 1, 100, 40),
        ("lost", 1, 80, 0),
        ("walk_ins", 0, 10, 25),
    ],
)
def test_each_part_by_hand(split: GrowthSplit, part: str, clients: int, before: float, now: float) -> None:
    row = split.parts.set_index("part").loc[part]
    assert (row["clients"], row["before"], row["now"], row["change"]) == (clients, before, now, now - before)
    assert (split.of(part, "clients"), split.of(part, "change")) == (clients, now - before)


def test_the_whole_by_hand(split: GrowthSplit) -> None:
    assert (split.total_before, split.total_now, split.change) == (330.0, 420.0, 90.0)
    assert split.growth == pytest.approx(90 / 330)


def test_more_visits_and_dearer_ones_by_hand(split: GrowthSplit) -> None:
    parts = split.parts.set_index("part")
    # more: one visit more at (20 + 30) / 2 = 25; ten dearer at (2 + 3) / 2 visits = 25.
    assert (parts.loc["grown", "by_visits"], parts.loc["grown", "by_price"]) == (25.0, 25.0)
    # less: two fewer at 22.50 = -45; five cheaper at three visits = -15.
    assert (parts.loc["shrunk", "by_visits"], parts.loc["shrunk", "by_price"]) == (-45.0, -15.0)
    assert parts.loc[["new", "lost", "walk_ins"], "by_visits"].isna().all()


def test_the_greatest_change_stands_first_and_nobody_is_left_out(split: GrowthSplit) -> None:
    changes = split.clients["change"].abs().tolist()
    assert changes == sorted(changes, reverse=True)
    assert set(split.clients["client_id"]) == {"back", "same", "more", "less", "gone", "new", "winter"}


def test_without_amounts_visits_are_split() -> None:
    found = growth_split(analyse(book_of([visit[:2] for visit in VISITS])), "half_year")
    parts = found.parts.set_index("part")
    assert not found.money
    assert (parts.loc["grown", "before"], parts.loc["grown", "now"]) == (2, 3)
    assert (parts.loc["shrunk", "before"], parts.loc["shrunk", "now"]) == (4, 2)
    assert found.change == found.clients["change"].sum()


def test_a_file_offers_the_periods_it_holds_whole() -> None:
    def offered(first: str) -> tuple[str, ...]:
        days = (AS_OF - dt.date.fromisoformat(first)).days
        return bases(shop_of([("a", 0, 9.0), ("a", days, 9.0)], days, {}))

    assert offered("2024-11-01") == BASES
    assert offered("2025-05-04") == ("half_year", "last_half")  # the shop opened on the fourth
    assert offered("2025-11-03") == ("last_half",)
    assert offered("2026-01-15") == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 800), st.integers(0, 90)), min_size=1, max_size=60),
    st.sampled_from(BASES),
)
def test_the_parts_make_up_the_change_and_every_client_is_in_one(
    rows: list[tuple[int, int, int]], basis: str
) -> None:
    visits = [(f"c{who:02}", day, float(amount)) for who, day, amount in rows]
    shop = shop_of(visits, 800, {})
    found = growth_split(shop, basis)  # type: ignore[arg-type]
    sold = {
        name: shop.visits.loc[period.holds(shop.visits["date"]), "amount"].sum()
        for name, period in (("before", found.before), ("now", found.now))
    }
    assert found.total_before == pytest.approx(sold["before"])
    assert found.total_now == pytest.approx(sold["now"])
    assert found.parts["change"].sum() == pytest.approx(sold["now"] - sold["before"])
    assert found.parts["part"].tolist() == list(PARTS)
    assert found.parts["clients"].sum() == len(found.clients) == found.clients["client_id"].nunique()
    both = found.clients[found.clients["part"].isin(["grown", "kept", "shrunk"])]
    assert (both["by_visits"] + both["by_price"]).tolist() == pytest.approx(both["change"].tolist())


def test_of_the_sample_s_lost_those_called_gone_left_and_the_others_did_not(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    found = growth_split(salon_sample, "half_year")
    lost = found.clients.loc[found.clients["part"] == "lost", "client_id"]
    state = salon_sample.clients.set_index("client_id")["state"].reindex(lost)
    left = salon_truth.set_index("client_id")["left_on"].reindex(lost).ne("")
    assert found.gone_clients == (state == "lapsed").sum() >= 40
    assert left[state == "lapsed"].mean() > 0.95
    assert left[state != "lapsed"].mean() < 0.05


def test_nothing_is_needed_and_amounts_would_add() -> None:
    bare = analyse(book_of([visit[:2] for visit in VISITS]))
    assert missing(bare, 19) == ()
    assert would_add(bare, 19) == ("sales.amount",)
