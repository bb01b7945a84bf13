"""New against existing clients: a shop worked by hand, the samples, files that cannot tell."""

import dataclasses

import numpy as np
import pytest

from analysis.book import Book
from analysis.notebook import Notebook
from analysis.portfolio import Portfolio, analyse
from analysis.practices.growth.new_and_existing import TARGET, new_and_existing, target_of
from analysis.practices.needs import missing, would_add
from tests.analysis.books import book_of, every, line
from tests.analysis.practices.drawn_shops import drawn_shop


def shop() -> Book:
    """Ten clients of two years, every 30 days for 30; two since August, every 30 days for 50; two lines of nobody's.

    From May to October 2026 each of the ten comes seven times (4 May to 31 October), each of the two three times; one
    who came until 30 April not once.
    """
    visits = [visit for n in range(10) for visit in every(f"e{n}", 30, 25, last="2026-10-31")]
    visits += [visit for n in range(2) for visit in every(f"n{n}", 30, 3, last="2026-10-30", amount=50.0)]
    visits += every("gone", 30, 20, last="2026-04-30")
    nobody = [
        line(None, "2026-06-10", amount=40.0),
        line(None, "2026-09-10", amount=40.0),
        line(None, "2026-03-10", amount=40.0),
    ]
    return book_of(visits, lines=nobody)


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return analyse(shop())


def aiming_at(portfolio: Portfolio, share: float) -> Portfolio:
    return dataclasses.replace(portfolio, notebook=Notebook(choices={TARGET: share}))


def test_six_months_by_hand(portfolio: Portfolio) -> None:
    found = new_and_existing(portfolio)
    # Existing: 10 clients, 70 visits, 2,100. New: 2, 6 and 300, which is an eighth of 2,400.
    assert (found.existing.clients, found.existing.visits, found.existing.value) == (10, 70, 2100.0)
    assert (found.new.clients, found.new.visits, found.new.value) == (2, 6, 300.0)
    assert found.share.share == pytest.approx(0.125)
    assert found.of_clients.share == pytest.approx(2 / 12)
    # As sure as 2,400^2 / (10 x 210^2 + 2 x 150^2) = 11.85 clients of equal weight.
    assert found.share.trials == pytest.approx(2400**2 / (10 * 210**2 + 2 * 150**2))
    assert found.first_seen == 2


def test_lines_of_nobody_s_stand_apart(portfolio: Portfolio) -> None:
    found = new_and_existing(portfolio)
    assert (found.walk_ins.visits, found.walk_ins.value) == (2, 80.0)


@pytest.mark.parametrize(
    ("target", "code"), [(0.5, "prospecting"), (0.12, "balanced"), (0.01, "care"), (0.2, "unsure")]
)
def test_the_verdict_goes_by_the_owner_s_target(portfolio: Portfolio, target: float, code: str) -> None:
    found = new_and_existing(aiming_at(portfolio, target))
    assert (found.target, found.code) == (target, code)


def test_half_and_half_is_where_it_begins(portfolio: Portfolio) -> None:
    assert new_and_existing(portfolio).target == 0.5


def test_the_trend_ends_with_the_period_s_share_and_begins_without_new_clients(portfolio: Portfolio) -> None:
    found = new_and_existing(portfolio)
    assert found.trend["share"].iloc[-1] == pytest.approx(found.share.share)
    assert found.trend["new_clients"].tolist()[:-3] == [0] * (len(found.trend) - 3)
    assert found.trend["end"].is_monotonic_increasing
    assert found.usual == 0.0
    assert found.standing == "above"


def test_a_shop_of_nine_clients_is_not_judged() -> None:
    visits = [visit for n in range(8) for visit in every(f"e{n}", 30, 25, last="2026-10-31")]
    visits += every("n", 30, 3, last="2026-10-30")
    assert new_and_existing(analyse(book_of(visits))).code == "too_few"


def test_a_file_of_seven_months_cannot_tell_new_from_first_seen() -> None:
    shop_now, _ = drawn_shop(newcomers=50, old=80, days=215)
    found = new_and_existing(shop_now)
    assert found.code == "cannot_tell"
    assert not found.share.known
    assert found.first_seen >= found.unclear > 0
    assert found.tells_from is not None


def test_a_file_shorter_than_the_period_cannot_tell_either() -> None:
    found = new_and_existing(drawn_shop(newcomers=20, old=40, days=100)[0])
    assert found.code == "cannot_tell"
    assert found.trend.empty


def test_without_amounts_visits_are_shared() -> None:
    named = shop().sales.dropna(subset="client_id")
    visits = [
        (who, day.date().isoformat()) for who, day in zip(named["client_id"], named["date"], strict=True)
    ]
    found = new_and_existing(analyse(book_of(visits)))
    assert not found.money
    assert found.share.share == pytest.approx(6 / 76)


def test_a_filter_that_nobody_meets_gives_no_verdict(portfolio: Portfolio) -> None:
    found = new_and_existing(portfolio, service="Nadie")
    assert found.code == "cannot_tell"
    assert found.new.clients + found.existing.clients == 0


def test_the_sample_s_new_clients_are_those_who_joined_in_the_six_months(salon_sample: Portfolio) -> None:
    found = new_and_existing(salon_sample)
    joined = salon_sample.records.joined
    since = np.datetime64(found.period.first)
    assert found.new.clients == int((joined >= since).sum())
    assert found.walk_ins.visits > 100
    assert found.code == "prospecting"
    # Planted: a shop of regular clients, year after year.
    assert found.trend["share"].between(0.03, 0.15).all()


def test_services_and_sellers_add_up_to_the_shop(salon_sample: Portfolio) -> None:
    whole = new_and_existing(salon_sample)
    parts = [
        new_and_existing(salon_sample, service=name) for name in salon_sample.clients["service"].unique()
    ]
    assert sum(part.new.clients for part in parts) == whole.new.clients
    assert sum(part.existing.value for part in parts) == pytest.approx(whole.existing.value)


def test_nothing_is_needed_and_the_date_of_joining_would_add(portfolio: Portfolio) -> None:
    assert missing(portfolio, 24) == ()
    assert would_add(portfolio, 24) == ("clients.joined",)


@pytest.mark.parametrize(("noted", "used"), [(0.4, 0.4), (40.0, 0.99), (-1.0, 0.01)])
def test_a_target_in_a_changed_file_stays_a_share(noted: float, used: float) -> None:
    portfolio = analyse(book_of(every("ana", 30, 12, last="2026-10-31")))
    noting = Notebook(choices={TARGET: noted})
    assert target_of(dataclasses.replace(portfolio, notebook=noting)) == used
