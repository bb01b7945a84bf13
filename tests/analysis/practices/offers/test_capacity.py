"""Whether a price is comfortable: by hand, in the samples, and without amounts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing, would_add
from analysis.practices.offers.capacity import VERDICTS, answer, capacities, limits, reach, verdicts, who_for
from tests.analysis.books import Visit, book_of, every

LAST = "2026-06-28"
#: Eleven visits: ten of 10, 20, ... 100 and the last of 30.
TICKETS = (10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 30.0)


def visits_of(client: str, *amounts: float, service: str = "Corte") -> list[Visit]:
    """A visit every four weeks, the last one on `LAST`."""
    days = every(client, 28, len(amounts), last=LAST, service=service)
    return [(who, day, amount, what) for (who, day, _, what), amount in zip(days, amounts, strict=True)]


def shop(*extra: Visit, **tables: list[dict[str, object]]) -> Portfolio:
    """Ana with `TICKETS`, Eva with two visits, and a dozen others who pay 20 each time for the same service."""
    others = [visit for n in range(12) for visit in visits_of(f"c{n:02}", *[20.0] * 6)]
    visits = [*visits_of("Ana", *TICKETS), *visits_of("Eva", 25.0, 25.0), *others, *extra]
    return analyse(book_of(visits, **tables))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plain() -> Portfolio:
    return shop()


def ana(portfolio: Portfolio, price: float) -> tuple[str, str]:
    told = answer(capacities(portfolio), "Ana", price)
    assert told is not None
    return told.verdict, told.because


def test_up_to_four_in_five_of_their_tickets_it_is_comfortable(plain: Portfolio):
    # Sorted: 10 20 30 30 40 50 60 70 80 90 100. The 80% quantile of 11 is the ninth: 80. Median: the sixth, 50.
    row = capacities(plain).set_index("client_id").loc["Ana"]
    assert (row["usual"], row["comfortable"], row["top"], row["tickets"]) == (50.0, 80.0, 100.0, 11)
    assert ana(plain, 80.0) == ("comfortable", "within_usual")


def test_up_to_their_top_ticket_it_is_a_stretch(plain: Portfolio):
    assert ana(plain, 81.0) == ("stretch", "within_top")
    assert ana(plain, 100.0) == ("stretch", "within_top")


def test_or_up_to_two_months_of_their_year(plain: Portfolio):
    # All eleven visits lie within a year: 580 in all, a sixth of which is 96.67, less than the top ticket.
    assert ana(plain, 100.01) == ("too_much", "beyond")
    # With a twelfth visit of 100 more each month the year is worth more: 12 x 100 = 1,200, a sixth is 200.
    rich = shop(*visits_of("Leo", *[100.0] * 12))
    told = answer(capacities(rich), "Leo", 200.0)
    assert told is not None
    assert (told.verdict, told.because) == ("stretch", "within_year")
    beyond = answer(capacities(rich), "Leo", 201.0)
    assert beyond is not None
    assert beyond.verdict == "too_much"


def test_who_has_not_come_for_long_has_no_ticket_of_their_own():
    row = capacities(shop(("Leo", "2022-01-10", 500.0, "Corte"))).set_index("client_id").loc["Leo"]
    assert (row["tickets"], row["basis"]) == (0, "service")
    assert np.isnan(row["top"])


def test_with_few_visits_it_is_what_others_pay_and_says_so(plain: Portfolio):
    row = capacities(plain).set_index("client_id").loc["Eva"]
    assert (row["basis"], row["tickets"], row["top"]) == ("service", 2, 25.0)
    # 72 tickets of 20 by the others, Ana's 11 and Eva's two of 25: four in five are 20 or less.
    assert row["comfortable"] == 20.0
    told = answer(capacities(plain), "Eva", 24.0)
    assert told is not None
    assert (told.verdict, told.because) == ("stretch", "within_top")  # they have paid 25 themselves


def test_without_services_the_whole_business_lends():
    without = analyse(book_of([(who, day, amount) for who, day, amount, _ in visits_of("Eva", 25.0, 25.0)]))
    assert capacities(without)["basis"].tolist() == ["business"]


BILLS = [
    {"client_id": "Ana", "due": "2026-04-01", "amount": 30.0},
    {"client_id": "c00", "due": "2026-01-01", "paid": "2026-01-01", "amount": 5.0},
]


def test_who_owes_is_told_one_step_less():
    owing = shop(payments=BILLS)
    assert ana(owing, 80.0) == ("stretch", "within_usual")
    assert ana(owing, 81.0) == ("too_much", "within_top")
    table = capacities(owing)
    assert table.set_index("client_id").loc["Ana", ["record", "lowered"]].tolist() == ["owes", True]
    assert table.set_index("client_id").loc["c00", ["record", "lowered"]].tolist() == ["good", False]


def test_the_list_has_everyone_who_still_comes_the_comfortable_first(plain: Portfolio):
    found = who_for(plain, capacities(plain), 60.0)
    assert set(found["client_id"]) == set(plain.clients.loc[plain.clients["state"] != "lapsed", "client_id"])
    assert found["client_id"].iloc[0] == "Ana"
    places = found["verdict"].map(VERDICTS.index)
    assert places.is_monotonic_increasing


def test_how_many_a_price_reaches_is_how_many_the_list_names(plain: Portfolio):
    table = capacities(plain)
    prices = np.array([0.0, 20.0, 20.01, 25.0, 80.0, 100.0, 5000.0])
    for row in reach(table, prices).itertuples():
        told = pd.Series(verdicts(table, float(row.price)))
        assert row.comfortable == (told == "comfortable").sum()
        assert row.possible == told.isin(["comfortable", "stretch"]).sum()


@given(st.floats(0, 2000), st.floats(0, 2000))
def test_a_higher_price_is_never_easier(one: float, other: float):
    low, high = sorted((one, other))
    table = _TABLE
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}
    easier = [order[verdict] for verdict in verdicts(table, low)]
    harder = [order[verdict] for verdict in verdicts(table, high)]
    assert all(a <= b for a, b in zip(easier, harder, strict=True))


_TABLE = capacities(shop(payments=BILLS))


@pytest.mark.parametrize("name", ["salon", "workshop"])
def test_in_the_samples_what_a_client_paid_is_never_too_much_unless_they_owe(
    name: str, request: pytest.FixtureRequest
):
    portfolio: Portfolio = request.getfixturevalue(f"{name}_sample")
    table = capacities(portfolio)
    comfortable, stretch = limits(table)
    assert (comfortable <= stretch).all()
    paid = table["top"].notna() & ~table["lowered"]
    assert (table.loc[paid, "top"] <= stretch[paid]).all()
    own = table["basis"] == "own"
    assert table.loc[own, "tickets"].ge(5).all()
    assert table.loc[~own, "tickets"].lt(5).all()


def test_the_planted_bad_payers_are_told_a_step_less(
    workshop_sample: Portfolio, workshop_truth: pd.DataFrame
):
    table = capacities(workshop_sample).set_index("client_id")
    pays = workshop_truth.set_index("client_id")["pays"].reindex(table.index)
    assert table.loc[pays == "unpaid", "lowered"].all()
    assert not table.loc[pays.isin(["on_time", ""]), "lowered"].any()


def test_without_amounts_it_says_what_to_add():
    portfolio = analyse(book_of(every("Ana", 30, 12, last=LAST, amount=None)))
    assert missing(portfolio, 26) == ("sales.amount",)
    assert answer(capacities(portfolio), "Ana", 30.0) is None
    assert who_for(portfolio, capacities(portfolio), 30.0).empty


def test_without_bills_it_answers_and_says_what_they_would_add(plain: Portfolio):
    assert missing(plain, 26) == ()
    assert would_add(plain, 26) == ("payments.due", "payments.paid")
    assert capacities(plain)["record"].eq("unknown").all()
