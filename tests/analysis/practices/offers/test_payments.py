"""Who owes, who is late for the first time, and instalments: by hand, in the samples, and without the columns."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing
from analysis.practices.offers.payments import GRACE_DAYS, RECORD_DAYS, SIGNAL_DAYS, owed, payers, plans
from tests.analysis.books import book_of, every

AS_OF = "2026-06-30"


def shop(*bills: tuple[str, str, str | None, float | None]) -> Portfolio:
    """A shop whose clients come every month up to the end of June 2026; bills are client, due, paid, amount."""
    clients = sorted({bill[0] for bill in bills} | {"Ana"})
    visits = [visit for client in clients for visit in every(client, 30, 12, last=AS_OF)]
    rows = [
        {
            "client_id": client,
            "due": due,
            **({"paid": paid} if paid else {}),
            **({} if amount is None else {"amount": amount}),
        }
        for client, due, paid, amount in bills
    ]
    return analyse(book_of(visits, payments=rows))


def row(portfolio: Portfolio, client: str) -> pd.Series:
    return payers(portfolio).set_index("client_id").loc[client]


def test_a_bill_unpaid_after_its_days_of_grace_is_overdue_and_one_within_them_is_coming():
    # On 30 June: due on the 26th is 4 days ago (overdue), due on the 27th is 3 (still within its grace).
    found = shop(
        ("Ana", "2026-06-26", None, 50.0),
        ("Ana", "2026-06-27", None, 30.0),
        ("Eva", "2026-01-01", "2026-01-01", 9.0),
    )
    ana = row(found, "Ana")
    assert (ana["overdue_bills"], ana["overdue_money"], ana["days_overdue"]) == (1, 50.0, 4)
    assert (ana["coming_bills"], ana["coming_money"]) == (1, 30.0)
    assert ana["record"] == "owes"


def test_who_pays_late_with_a_third_of_the_bills_pays_slowly():
    # One of three late by 10 days: slow. One of four: good.
    def bills(client: str, n: int) -> list[tuple[str, str, str | None, float | None]]:
        late = (client, "2025-09-01", "2025-09-11", 10.0)
        return [late, *((client, f"2026-0{month}-01", f"2026-0{month}-02", 10.0) for month in range(1, n))]

    found = shop(*bills("Ana", 3), *bills("Eva", 4))
    assert row(found, "Ana")["record"] == "slow"
    assert row(found, "Eva")["record"] == "good"
    # Delays of Ana: 10, 1, 1 days.
    assert row(found, "Ana")["usual_delay"] == 1.0


def on_time(client: str, *due: str) -> list[tuple[str, str, str | None, float | None]]:
    return [(client, day, day, 20.0) for day in due]


def test_late_for_the_first_time_after_two_bills_on_time_is_news():
    found = shop(*on_time("Ana", "2026-03-01", "2026-04-01"), ("Ana", "2026-06-01", None, 20.0))
    ana = row(found, "Ana")
    assert ana["first_late"]
    assert ana["first_late_due"] == pd.Timestamp("2026-06-01")


def test_paid_by_now_it_is_news_still():
    found = shop(*on_time("Ana", "2026-03-01", "2026-04-01"), ("Ana", "2026-06-01", "2026-06-15", 20.0))
    assert row(found, "Ana")["record"] == "first_late"
    assert row(found, "Ana")["overdue_bills"] == 0


@pytest.mark.parametrize(
    "bills",
    [
        [*on_time("Ana", "2026-04-01"), ("Ana", "2026-06-01", None, 20.0)],  # one bill before is no habit
        [
            *on_time("Ana", "2026-03-01", "2026-04-01"),
            ("Ana", "2026-06-01", "2026-06-04", 20.0),
        ],  # within grace
        [
            ("Ana", "2025-01-01", "2025-02-01", 20.0),
            *on_time("Ana", "2026-03-01", "2026-04-01"),
            ("Ana", "2026-06-01", None, 20.0),
        ],
        [
            *on_time("Ana", "2025-01-01", "2025-02-01"),
            ("Ana", "2026-03-01", None, 20.0),
        ],  # 121 days ago: no news
    ],
)
def test_what_is_no_first_late_bill(bills: list[tuple[str, str, str | None, float | None]]):
    assert not row(shop(*bills, *on_time("Eva", "2026-01-01")), "Ana")["first_late"]


def test_who_owes_most_stands_first():
    found = shop(
        ("Ana", "2026-05-01", None, 20.0),
        ("Eva", "2026-01-01", None, 90.0),
        *on_time("Leo", "2026-03-01", "2026-04-01"),
        ("Leo", "2026-06-01", "2026-06-20", 20.0),
        *on_time("Mar", "2026-03-01"),
    )
    assert payers(found)["client_id"].tolist()[:3] == ["Eva", "Ana", "Leo"]


def test_the_shops_figures_are_the_sums_of_its_clients():
    found = shop(
        ("Ana", "2026-05-01", None, 20.0),
        ("Eva", "2026-01-01", None, 90.0),
        ("Eva", "2026-07-15", None, 40.0),
        ("Eva", "2026-09-15", None, 40.0),  # beyond the next thirty days
        *on_time("Leo", "2026-03-01", "2026-04-01"),
    )
    now = owed(found)
    assert (now.bills, now.on_time, now.overdue_bills, now.overdue_money) == (4, 2, 2, 110.0)
    assert (now.overdue_clients, now.coming_bills, now.coming_money) == (2, 1, 40.0)
    assert now.on_time_share == 0.5


def test_equal_bills_a_month_apart_are_a_plan():
    found = shop(
        ("Ana", "2026-04-10", "2026-04-10", 60.0),
        ("Ana", "2026-05-10", None, 60.0),
        ("Ana", "2026-06-10", None, 60.0),
        ("Ana", "2026-07-10", None, 60.0),
        ("Eva", "2026-04-10", None, 60.0),  # two are no plan
        ("Eva", "2026-05-10", None, 60.0),
        ("Leo", "2026-04-10", None, 60.0),  # of different amounts
        ("Leo", "2026-05-10", None, 61.0),
        ("Leo", "2026-06-10", None, 62.0),
        ("Mar", "2026-02-10", "2026-02-10", 60.0),  # paid in full
        ("Mar", "2026-03-10", "2026-03-10", 60.0),
        ("Mar", "2026-04-10", "2026-04-10", 60.0),
    )
    (plan,) = plans(found).to_dict("records")
    assert (plan["client_id"], plan["instalments"], plan["paid"], plan["overdue"]) == ("Ana", 4, 1, 2)
    assert (plan["paid_money"], plan["left_money"]) == (60.0, 180.0)
    assert plan["next_due"] == pd.Timestamp("2026-05-10")
    assert plan["last_due"] == pd.Timestamp("2026-07-10")


def test_the_plan_with_most_overdue_stands_first_then_the_one_due_next():
    """On 30 June Leo and Eva have one instalment overdue, Leo's the older; Ana two; Mar none, with one to come."""
    overdue_since = {"Ana": 5, "Eva": 6, "Leo": 6, "Mar": 7}
    days = {"Ana": 10, "Eva": 12, "Leo": 8, "Mar": 1}
    found = shop(
        *(
            (who, due, due if month < first else None, 60.0)
            for who, first in overdue_since.items()
            for month in range(3, 8)
            for due in [f"2026-0{month}-{days[who]:02}"]
        )
    )
    table = plans(found)
    assert table["client_id"].tolist() == ["Ana", "Leo", "Eva", "Mar"]
    assert table["overdue"].tolist() == [2, 1, 1, 0]


def test_a_bill_of_two_years_ago_to_the_day_is_still_on_record():
    day = dt.date.fromisoformat(AS_OF) - dt.timedelta(days=RECORD_DAYS)
    for on, settled in ((day, 3), (day - dt.timedelta(days=1), 2)):
        found = shop(*on_time("Ana", on.isoformat(), "2026-03-01", "2026-04-01"))
        assert row(found, "Ana")["settled"] == settled


def test_bills_without_amounts_count_and_add_no_money():
    found = shop(("Ana", "2026-05-01", None, None), *on_time("Eva", "2026-01-01"))
    assert (row(found, "Ana")["overdue_bills"], row(found, "Ana")["overdue_money"]) == (1, 0.0)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(-60, 400),
            st.one_of(st.none(), st.integers(-20, 60)),
            st.floats(1, 500).map(lambda amount: round(amount, 2)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_overdue_money_is_never_more_than_what_is_unpaid(rows: list[tuple[int, int | None, float]]):
    portfolio = _BASE
    today = dt.date.fromisoformat(AS_OF)
    frame = pd.DataFrame(
        [
            (
                "Ana",
                pd.Timestamp(due := today - dt.timedelta(days=age)),
                pd.NaT if delay is None else pd.Timestamp(min(due + dt.timedelta(days=delay), today)),
                amount,
            )
            for age, delay, amount in rows
        ],
        columns=["client_id", "due", "paid", "amount"],
    )
    records = portfolio.records.__class__(**{**vars(portfolio.records), "payments": frame})
    given_bills = portfolio.__class__(**{**vars(portfolio), "records": records})
    (ana,) = payers(given_bills).to_dict("records")
    unpaid = frame.loc[frame["paid"].isna(), "amount"].sum()
    assert 0 <= ana["overdue_money"] <= unpaid + 1e-6
    assert ana["late"] <= ana["settled"]
    assert owed(given_bills).on_time + ana["overdue_bills"] <= owed(given_bills).bills


_BASE = shop(*on_time("Ana", "2026-01-01"))


def test_the_planted_first_late_payers_are_found(
    workshop_sample: Portfolio, workshop_facts: pd.DataFrame, workshop_truth: pd.DataFrame
):
    planted = workshop_facts[workshop_facts["fact"] == "first_late_bill"].set_index("client_id")["on"]
    found = payers(workshop_sample).set_index("client_id")
    news = found[found["first_late"]]
    assert set(planted.index) <= set(news.index)
    assert news.loc[planted.index, "first_late_due"].eq(planted).all()
    # The others of whom it is news left their last bills unpaid, and had paid all before on time.
    pays = workshop_truth.set_index("client_id")["pays"]
    assert set(pays[news.index.difference(planted.index)]) == {"unpaid"}


@pytest.mark.parametrize("name", ["salon", "workshop"])
def test_those_who_owe_are_those_who_were_planted(name: str, request: pytest.FixtureRequest):
    portfolio: Portfolio = request.getfixturevalue(f"{name}_sample")
    truth: pd.DataFrame = request.getfixturevalue(f"{name}_truth").set_index("client_id")
    found = payers(portfolio).set_index("client_id")
    pays = truth["pays"].reindex(found.index)
    assert not found.loc[pays == "on_time", "record"].isin(["owes", "slow", "first_late"]).any()
    unpaid = found[pays == "unpaid"]
    assert unpaid["record"].eq("owes").all()
    assert unpaid["overdue_bills"].le(2).all()
    late = found[(pays == "late") & (found["settled"] > 0)]
    assert late["record"].isin(["slow", "owes"]).all()


def test_the_salons_vouchers_are_paid_in_three(salon_sample: Portfolio):
    found = plans(salon_sample)
    assert len(found) > 0
    assert found["instalments"].eq(3).all()
    assert found["amount"].eq(60.0).all()
    assert (found["paid_money"] + found["left_money"]).eq(180.0).all()


def test_without_the_days_of_bills_it_says_what_to_add():
    portfolio = analyse(book_of(every("Ana", 30, 12, last=AS_OF)))
    assert missing(portfolio, 31) == ("payments.due", "payments.paid")
    assert payers(portfolio).empty
    assert plans(portfolio).empty
    assert owed(portfolio).bills == 0


def test_the_thresholds_are_those_the_words_name():
    assert (GRACE_DAYS, SIGNAL_DAYS) == (3, 90)
