"""Who is new: the first row of a file is not the first visit."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.growth.beginnings import beginnings
from tests.analysis.practices.drawn_shops import AS_OF, drawn_shop, joined, shop_of, with_records


def test_of_those_called_new_nearly_all_are_and_of_the_new_nearly_all_are_called_so() -> None:
    """Five shops with 500 old clients and 300 new ones over three years, and no word of when anyone joined."""
    right, called, began = 0, 0, 0
    for seed in range(5):
        shop, truth = drawn_shop(old=500, newcomers=300, seed=seed)
        found = beginnings(shop)
        new = pd.Series(truth.new, index=[f"c{n:04}" for n in range(800)]).reindex(found.client_id).to_numpy()
        first = found.of("first")
        after = found.began >= np.datetime64(found.tells_from)
        right, called = right + int(new[first].sum()), called + int(first.sum())
        began += int((new & after).sum())
    assert right / called > 0.97
    assert right == began


def test_old_clients_who_come_once_a_year_are_not_taken_for_new_in_a_file_of_eighteen_months() -> None:
    # Forty clients come every 360 days, on days of their own: in the first year each of them is "first seen". The gaps
    # that do show within the file are long, so that new cannot be told until all but one of them have been seen.
    rows = [
        (f"c{n:02}", 9 * n + 360 * k, 20.0) for n in range(40) for k in range(2) if 9 * n + 360 * k <= 540
    ]
    found = beginnings(shop_of(rows, 540, {}))
    assert found.of("first").sum() <= 1
    assert found.tells_from > dt.date(2026, 4, 1)


def test_a_date_of_joining_settles_it() -> None:
    rows = [("old", 5, 9.0), ("old", 500, 9.0), ("late", 400, 9.0), ("new", 30, 9.0)]
    shop = shop_of(rows, 600, {})
    start = pd.Timestamp(AS_OF) - pd.Timedelta(days=600)
    days = pd.Series(
        {
            "old": start - pd.Timedelta(days=900),
            "late": start - pd.Timedelta(days=3),
            "new": start + pd.Timedelta(days=30),
        }
    )
    found = beginnings(joined(shop, days))
    known = dict(zip(found.client_id, found.known, strict=True))
    # The file begins with the first row, five days after `start`: who joined before it was a client before.
    assert known == {"old": "before", "late": "before", "new": "first"}


def test_a_list_typed_in_on_one_day_says_nothing_of_when_anyone_joined() -> None:
    rows = [(f"c{n:02}", 10 + n, 9.0) for n in range(30)]
    shop = shop_of(rows, 600, {})
    first_day = shop.clients["first_visit"].min()
    days = pd.Series({f"c{n:02}": first_day for n in range(30)})
    assert not beginnings(joined(shop, days)).by_joining.any()


def test_a_date_of_joining_after_the_first_visit_says_nothing() -> None:
    shop = shop_of([("a", 10, 9.0), ("b", 12, 9.0)], 600, {})
    days = shop.clients.set_index("client_id")["first_visit"] + pd.Timedelta(days=100)
    assert not beginnings(joined(shop, days)).by_joining.any()


def test_the_file_begins_with_a_line_of_nobody_s_too() -> None:
    shop = shop_of([("a", 300, 9.0)], 600, {})
    nobody = pd.DataFrame({"date": [pd.Timestamp("2025-06-01")], "service": "", "staff": "", "amount": 5.0})
    assert beginnings(with_records(shop, walk_ins=nobody)).since == dt.date(2025, 6, 1)


def test_nothing_is_new_in_a_file_of_three_months() -> None:
    shop, _ = drawn_shop(newcomers=60, old=60, days=90)
    found = beginnings(shop)
    assert found.tells_from is None
    assert set(found.known) == {"unclear"}


@pytest.mark.parametrize("shop", ["salon_sample", "workshop_sample"])
def test_without_the_column_the_samples_new_clients_are_still_told(
    shop: str, request: pytest.FixtureRequest
) -> None:
    """The dates of joining say the truth; from the visits alone nearly the same comes out."""
    sample: Portfolio = request.getfixturevalue(shop)
    nothing_said = dataclasses.replace(sample.records, joined=sample.records.joined.head(0))
    truth, told = beginnings(sample), beginnings(dataclasses.replace(sample, records=nothing_said))
    first = told.of("first")
    assert first.sum() > 100
    assert truth.of("first")[first].mean() > 0.97
    assert told.since == truth.since
