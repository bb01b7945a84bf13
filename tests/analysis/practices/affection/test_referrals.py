"""Who brings whom: by hand, in the sample, and without the column."""

import datetime as dt
import math

import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.practices.affection.referrals import by_band, standing, to_thank, ways
from analysis.practices.needs import missing
from tests.analysis.books import book_of, every


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """From 1 January 2024 to 31 October 2026. Ana, there from the first day, brought Bea, Eva and herself (a slip).

    Bea came 10 times from January 2025 on, every 30 days (the last one in October): she stayed. Eva came twice in March
    2025: she did not. Leo came by Google in June 2025, 7 times every 30 days; Tom in September 2026: not a year yet.
    """
    return analyse(
        book_of(
            [
                *every("ana", 30, 34, last="2026-10-31"),
                ("ana", "2024-01-01", 30.0),
                *every("bea", 30, 10, last="2025-10-07", amount=20.0),
                *every("eva", 10, 2, last="2025-03-11", amount=50.0),
                *every("leo", 30, 7, last="2025-12-01", amount=10.0),
                ("tom", "2026-09-15", 10.0),
            ],
            clients=[
                {"client_id": "ana", "referred_by": "ana"},
                {"client_id": "bea", "referred_by": "ana"},
                {"client_id": "eva", "referred_by": "ana"},
                {"client_id": "leo", "referred_by": "Google"},
                {"client_id": "tom"},
            ],
        )
    )


def test_everyone_is_followed_for_the_same_year(shop: Portfolio) -> None:
    table = ways(shop).set_index("kind")
    referred = table.loc["referred"]
    # Ana was there when the export begins; of Bea and Eva one stayed. 10 x 20 and 2 x 50 in their first year.
    assert (referred["clients"], referred["followed"], referred["stayed"]) == (3, 2, 0.5)
    assert referred["value"] == (200 + 100) / 2
    # Leo alone came by Google: too few for a line of their own. Day 180 is not in the year's second half (183-365).
    assert table.loc["others", "clients"] == 1
    assert (table.loc["others", "followed"], table.loc["others", "stayed"]) == (1, 0.0)
    assert math.isnan(table.loc["others", "value_low"])
    assert (table.loc["unknown", "clients"], table.loc["unknown", "followed"]) == (1, 0)


def test_who_stands_on_no_list_of_clients_but_came_is_thanked_too() -> None:
    """The sheet of clients leaves Ana out: her name stands on sales only. Bea and Leo say her, Eva says Google."""
    visits = [
        visit for who in ("ana", "bea", "leo", "eva") for visit in every(who, 30, 10, last="2026-10-31")
    ]
    said = {"bea": "ANA", "leo": "Ana", "eva": "Google"}
    shop = analyse(
        book_of(visits, clients=[{"client_id": who, "referred_by": by} for who, by in said.items()])
    )
    thanks = to_thank(shop)
    assert thanks[["client_id", "brought"]].to_numpy().tolist() == [["ana", 2]]
    told = shop.records.referrals.set_index("client_id")
    assert told["referrer_id"].to_dict() == {"bea": "ana", "leo": "ana", "eva": ""}
    assert told["source"].to_dict() == {"bea": "", "leo": "", "eva": "Google"}


def test_whom_to_thank(shop: Portfolio) -> None:
    thanks = to_thank(shop)
    assert thanks["client_id"].tolist() == ["ana"]
    row = thanks.iloc[0]
    assert (row["brought"], set(row["names"])) == (2, {"bea", "eva"})
    bands = by_band(shop).set_index("band")
    ana = shop.clients.set_index("client_id").loc["ana", "band"]
    assert bands.loc[ana, "brought"] == 2
    assert bands["brought"].sum() == 2
    assert bands["clients"].sum() == 5


def test_of_two_nothing_is_said(shop: Portfolio) -> None:
    assert standing(shop).code == "few"
    assert standing(shop).referred == 3


#: Visits every 30 days in their first year, and what the first of ten clients leaves at each.
STAYS, STAYS_DEAR, LEAVES, LEAVES_DEAR = (12, 20.0), (12, 40.0), (3, 20.0), (3, 80.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        (STAYS, LEAVES, "both"),
        (STAYS, LEAVES_DEAR, "stay"),  # 12 x 20 and 3 x 80: as much money
        (STAYS_DEAR, STAYS, "worth"),
        (STAYS, STAYS, "same"),
        (LEAVES, STAYS, "less"),
    ],
)
def test_ten_who_were_brought_beside_ten_others(
    ours: tuple[int, float], theirs: tuple[int, float], code: str
) -> None:
    """All began in January 2025 or soon after. Amounts differ by up to a tenth from one client to the next."""
    visits = every("ana", 30, 34, last="2026-10-31")
    for group, (times, amount) in (("r", ours), ("o", theirs)):
        first = dt.date(2025, 1, 7)
        last = (first + dt.timedelta(days=30 * (times - 1))).isoformat()
        for number in range(10):
            visits += every(f"{group}{number}", 30, times, last=last, amount=amount * (1 + number / 100))
    clients = [{"client_id": f"r{number}", "referred_by": "ana"} for number in range(10)]
    found = standing(analyse(book_of(visits, clients=[{"client_id": "ana"}, *clients])))
    assert (found.code, found.referred) == (code, 10)
    assert found.stayed == float(ours[0] == 12)
    assert found.other_stayed == float(theirs[0] == 12)
    assert found.value == pytest.approx(ours[0] * ours[1] * 1.045)
    assert found.other_value == pytest.approx(theirs[0] * theirs[1] * 1.045)


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_the_samples_plant_no_difference_and_none_is_claimed(
    sample: str, request: pytest.FixtureRequest
) -> None:
    """How a client came is drawn by chance in the samples: the referred must not be said to do better."""
    portfolio: Portfolio = request.getfixturevalue(sample)
    table = ways(portfolio)
    assert table["clients"].sum() == len(portfolio.clients)
    assert table["kind"].iloc[0] == "referred"
    assert (table["followed"] <= table["clients"]).all()
    told = table.dropna(subset=["stayed"])
    assert told["stayed"].between(told["stayed_low"], told["stayed_high"]).all()
    assert standing(portfolio).code in {"same", "less"}
    assert by_band(portfolio)["brought"].sum() == to_thank(portfolio)["brought"].sum()


def test_without_its_column_it_says_what_to_add() -> None:
    portfolio = analyse(book_of(every("ana", 30, 10, last="2026-10-31")))
    assert missing(portfolio, 13) == ("clients.referred_by",)
    assert to_thank(portfolio).empty
    assert standing(portfolio).code == "few"
    assert ways(portfolio)["kind"].tolist() == ["unknown"]
