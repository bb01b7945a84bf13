"""What a seller's going cost: a difference in differences worked by hand, and the planted sellers."""

from dataclasses import dataclass
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.team.before_and_after import BeforeAfter, before_and_after
from analysis.settings import Settings

LEFT = pd.Timestamp("2026-06-30")
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Shop:
    """As much of a Portfolio as the comparison looks at."""

    visits: pd.DataFrame
    records: SimpleNamespace
    services: pd.DataFrame
    as_of: pd.Timestamp
    settings: Settings


def shop(returned: dict[str, int], clients: int = 12, days_since: int = 100) -> Shop:
    """Ana's and Bea's clients: all come until 50 days before Ana left, of each so many come 20 days after."""
    rows = []
    for staff, back in returned.items():
        for number in range(clients):
            days = [-200, -180, -160, -140, -120, -100, -50, *([20] if number < back else [])]
            rows += [(f"{staff}{number:02}", LEFT + day * DAY, staff if day < 0 else "Bea") for day in days]
    visits = pd.DataFrame(rows, columns=["client_id", "date", "staff"]).assign(service="", amount=10.0)
    as_of = LEFT + days_since * DAY
    worked = [("Ana", date) for date in pd.date_range(LEFT - 250 * DAY, LEFT)]
    worked += [("Bea", date) for date in pd.date_range(LEFT - 250 * DAY, as_of)]
    return Shop(
        visits=visits,
        records=SimpleNamespace(
            staff_days=pd.DataFrame(worked, columns=["staff", "date"]),
            services=pd.DataFrame(columns=["client_id", "service", "date", "staff"]),
        ),
        services=pd.DataFrame({"service": [], "repeats": []}),
        as_of=as_of,
        settings=Settings(),
    )


def compared(returned: dict[str, int], clients: int = 12, days_since: int = 100) -> BeforeAfter:
    return before_and_after(shop(returned, clients, days_since), "Ana")  # type: ignore[arg-type]


def test_the_difference_is_theirs_less_that_of_the_others() -> None:
    # Ana's: 12 of 12 before, 3 of 12 after: -0.75. Bea's: 12 of 12, then 9 of 12: -0.25. Difference -0.50.
    # With one more who came and one who did not, the shares are 4/14, 13/14, 10/14 and 13/14; their variances
    # p(1-p)/14 are .014577, .004738, .014577, .004738: together .038629, whose root is .19654. Times 1.2816: .2519.
    found = compared({"Ana": 3, "Bea": 9})
    assert (found.theirs_before.clients, found.theirs_before.returned) == (12, 12)
    assert (found.theirs_after.clients, found.theirs_after.returned) == (12, 3)
    assert (found.others_before.clients, found.others_before.returned) == (12, 12)
    assert (found.others_after.clients, found.others_after.returned) == (12, 9)
    assert found.difference == pytest.approx(-0.5)
    assert (found.low, found.high) == (pytest.approx(-0.7519, abs=1e-4), pytest.approx(-0.2481, abs=1e-4))
    assert found.verdict == "fewer"


def test_a_fall_that_all_share_is_nobody_s_going() -> None:
    found = compared({"Ana": 6, "Bea": 6})
    assert found.difference == pytest.approx(0.0)
    assert found.verdict == "no_difference"


def test_where_all_came_the_difference_is_not_certain() -> None:
    found = compared({"Ana": 12, "Bea": 12})
    assert found.low < 0 < found.high


def test_the_curves_end_at_the_shares() -> None:
    found = compared({"Ana": 3, "Bea": 9})
    end = found.curves.iloc[-1]
    assert (end["theirs_after"], end["theirs_before"], end["others_after"]) == (0.25, 1.0, 0.75)
    assert found.curves["day"].tolist() == list(range(92))
    assert found.curves.loc[found.curves["day"] == 19, "theirs_after"].item() == 0
    assert (found.curves.drop(columns="day").diff().iloc[1:] >= 0).all(axis=None)


def test_the_first_month_is_too_early_to_tell() -> None:
    # Gone for more than 45 days is the least that counts as gone, so a short horizon makes it too early.
    short = shop({"Ana": 3, "Bea": 9})
    found = before_and_after(
        Shop(**{**vars(short), "settings": Settings(horizon_days=28)}),  # type: ignore[arg-type]
        "Ana",
    )
    assert found.verdict == "too_early"


def test_of_a_handful_of_clients_nothing_is_said() -> None:
    assert compared({"Ana": 1, "Bea": 4}, clients=5).verdict == "too_few"


@pytest.mark.parametrize(("shop_name", "seller"), [("salon", "Noelia Bravo"), ("workshop", "Gareth Lloyd")])
def test_the_planted_seller_took_clients_with_them(
    shop_name: str, seller: str, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(f"{shop_name}_sample")
    truth = request.getfixturevalue(f"{shop_name}_truth")
    found = before_and_after(portfolio, seller)
    assert found.verdict == "fewer"
    # Four in ten were planted to follow: the truth's share of the active ones lies within the interval.
    planted = (truth["why"] == "seller_left").sum() / found.theirs_after.clients
    assert found.low - 0.15 <= -planted <= found.high + 0.15
    assert found.others_after.share == pytest.approx(found.others_before.share, abs=0.06)
