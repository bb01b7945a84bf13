"""What a client of each band brings and costs: by hand, in the sample, and without the columns."""

import math

import pandas as pd
import pytest
from scipy.stats import t as student

from analysis.portfolio import Portfolio, analyse
from analysis.practices.affection.band_worth import FEWEST, band_worth, worth
from analysis.practices.needs import would_add
from tests.analysis.books import book_of, every, line, simulated


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """Until 31 October 2026. Ana comes every 30 days at 30 and at 50; Eva gave a 0, complains and owes 40."""
    return analyse(
        book_of(
            [
                *every("ana", 30, 12, last="2026-10-31"),
                *every("bea", 30, 12, last="2026-10-20", amount=50.0),
                *every("eva", 30, 12, last="2026-10-21", amount=10.0),
            ],
            lines=[
                line("eva", "2026-10-21", rating=0.0),
                line("eva", "2026-10-22", "refund", amount=-10.0),
                line("ana", "2026-09-01", "no_show"),
                line("ana", "2025-01-01", "no_show"),  # over a year ago
            ],
            problems=[
                {"client_id": "eva", "opened": "2026-10-11"},
                {"client_id": "eva", "opened": "2026-09-01", "closed": "2026-09-06", "solved": True},
                {"client_id": "eva", "opened": "2025-10-01", "closed": "2025-11-10", "solved": True},
            ],
            payments=[
                {"client_id": "eva", "due": "2026-10-01", "amount": 40.0},
                {"client_id": "ana", "due": "2026-11-30", "amount": 60.0},  # not due yet
            ],
            contacts=[{"client_id": "ana", "date": "2026-06-01", "outcome": "contesta"}],
        )
    )


def of(portfolio: Portfolio, measure: str, band: str) -> pd.Series:
    table = band_worth(portfolio)
    return table[(table["measure"] == measure) & (table["band"] == band)].iloc[0]


def test_trouble_and_money_are_per_client_and_year(shop: Portfolio) -> None:
    assert shop.clients.set_index("client_id")["band"].to_dict() == {
        "ana": "ignored",
        "bea": "ignored",
        "eva": "hated",
    }
    assert of(shop, "refunds", "hated")["each"] == 10.0
    assert of(shop, "unpaid", "hated")["each"] == 40.0
    assert of(shop, "unpaid", "ignored")["each"] == 0.0
    assert of(shop, "problems", "hated")["each"] == 2.0  # the one of October 2025 began over a year ago
    # Open for 20 days up to 31 October, 5 days in September; of the old one the days since 31 October 2025: 10.
    assert of(shop, "problem_days", "hated")["each"] == 20 + 5 + 10
    assert of(shop, "no_shows", "ignored")["each"] == 0.5
    assert of(shop, "contacts", "ignored")["total"] == 1


@pytest.mark.parametrize(
    ("clients", "code", "revenue", "other"),
    [
        ({"loved": 5, "ignored": 5, "hated": 5}, "costs", 100.0, 300.0),
        ({"loved": 5, "ignored": 5, "hated": 4}, "worth", 300.0, 200.0),
        ({"loved": 5, "ignored": 4, "hated": 4}, "few", math.nan, math.nan),
        ({"loved": 4, "ignored": 9, "hated": 9}, "few", math.nan, math.nan),
    ],
)
def test_two_groups_of_five_are_told_beside_each_other(
    clients: dict[str, int], code: str, revenue: float, other: float
) -> None:
    """A loved client brings 300 a year, an ignored one 200, one in conflict 100; nothing else is known."""
    money = {"loved": 300.0, "ignored": 200.0, "hated": 100.0}
    rows = [("revenue", band, clients[band], each) for band, each in money.items()]
    rows += [("visits", band, clients[band], each / 10) for band, each in money.items()]
    told = worth(pd.DataFrame(rows, columns=["measure", "band", "clients", "each"]))
    assert told.code == code
    assert (told.revenue, told.other_revenue) == pytest.approx((revenue, other), nan_ok=True)
    assert (told.visits, told.other_visits) == pytest.approx((revenue / 10, other / 10), nan_ok=True)
    assert math.isnan(told.problem_days)


def test_the_interval_is_student_s(shop: Portfolio) -> None:
    """Of two clients with revenues of a year a and b the mean is (a+b)/2, its standard error |a-b|/2."""
    a, b = shop.clients.loc[shop.clients["band"] == "ignored", "revenue_12m"]
    row = of(shop, "revenue", "ignored")
    half = student.ppf(0.9, 1) * abs(a - b) / 2
    assert row["each"] == pytest.approx((a + b) / 2)
    assert row["high"] == pytest.approx((a + b) / 2 + half)
    assert row["low"] == pytest.approx(max(0.0, (a + b) / 2 - half))
    assert math.isnan(of(shop, "revenue", "hated")["low"])  # one client tells no spread


@pytest.fixture(scope="module")
def generous() -> Portfolio:
    """The same three at 30, of whom Ana had 10 off twice this year; what Eva had off was years ago, or booked."""
    given = [
        line("ana", "2026-10-31", amount=20.0, discount=10.0),
        line("ana", "2026-10-01", amount=20.0, discount=10.0),
        line("bea", "2026-10-20", amount=30.0, discount=0.0),
        line("eva", "2023-06-01", amount=5.0, discount=25.0),
        line("eva", "2026-10-25", "cancelled", amount=5.0, discount=25.0),
    ]
    steady = [visit for who in ("ana", "bea", "eva") for visit in every(who, 30, 12, last="2026-10-21")]
    return analyse(book_of(steady, lines=given))


def test_discounts_of_a_year_are_told_by_who_had_one_their_money_and_their_part(generous: Portfolio) -> None:
    assert set(generous.clients["band"]) == {"ignored"}
    who, money, part = (
        of(generous, name, "ignored") for name in ("discounted", "discounts", "discount_share")
    )
    assert (who["unit"], money["unit"], part["unit"]) == ("share", "money", "share")
    assert (who["clients"], who["total"], who["each"]) == (3, 1, pytest.approx(1 / 3))
    # Wilson by hand, of one in three with z² = 1.6424: (1/3 + .2737 ± 1.2816 · sqrt(.0741 + .0456)) / 1.5475
    assert (who["low"], who["high"]) == (pytest.approx(0.1058, abs=2e-4), pytest.approx(0.6788, abs=2e-4))
    assert (money["total"], money["each"]) == (20.0, pytest.approx(20 / 3))
    revenue = float(generous.clients["revenue_12m"].sum())
    assert part["each"] == pytest.approx(20 / (revenue + 20))
    assert math.isnan(part["low"])
    nobody = of(generous, "discounted", "loved")
    assert nobody["clients"] == 0
    assert math.isnan(nobody["each"])
    assert math.isnan(of(generous, "discount_share", "loved")["each"])


def test_without_a_column_of_discounts_none_are_told(shop: Portfolio) -> None:
    assert not {"discounted", "discounts", "discount_share"} & set(band_worth(shop)["measure"])
    assert "sales.discount" in would_add(shop, 11)


def test_discounts_without_amounts_have_no_part_of_a_price() -> None:
    lines = [line("ana", f"2026-0{month}-01", discount=2.0) for month in range(1, 8)]
    told = set(band_worth(analyse(book_of(lines=lines)))["measure"])
    assert {"discounted", "discounts"} <= told
    assert "discount_share" not in told


def test_of_fewer_than_five_nothing_is_said(shop: Portfolio) -> None:
    assert worth(band_worth(shop)).code == "few"


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_in_the_samples_a_conflict_costs_days_of_problems(
    sample: str, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(sample)
    table = band_worth(portfolio)
    found = worth(table)
    assert (portfolio.clients["band"] == "hated").sum() >= FEWEST
    assert found.code == "costs"
    assert found.revenue < found.other_revenue
    assert found.problem_days > 10 * found.other_problem_days
    # Nobody is lost between the bands.
    revenue = table[table["measure"] == "revenue"]
    assert revenue["total"].sum() == pytest.approx(portfolio.clients["revenue_12m"].sum())
    assert revenue["clients"].sum() == portfolio.clients["revenue_12m"].notna().sum()
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["each"]).all()
    assert (known["each"] <= known["high"]).all()


def test_without_amounts_or_anything_beside_visits_it_says_what_there_is() -> None:
    visits = [visit[:2] for visit in simulated(50)]
    portfolio = analyse(book_of(visits))
    table = band_worth(portfolio)
    assert set(table["measure"]) == {"visits", "returns"}
    found = worth(table)
    assert found.code == "worth"
    assert math.isnan(found.revenue)
    assert found.visits > found.other_visits
