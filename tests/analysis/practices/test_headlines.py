"""The day in five lines: what is told first, and that each figure is the one of its page."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from analysis.notebook import Notebook, Outcome
from analysis.portfolio import Portfolio, analyse
from analysis.practices.calling.today import due_list
from analysis.practices.dates.agenda import agenda
from analysis.practices.headlines import LINES, WEEK, Headline, _to_do, headlines
from analysis.practices.needs import PRACTICES
from analysis.practices.team.hand_over import hand_over
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every, line, salon


def by_code(portfolio: Portfolio, today: dt.date | None = None) -> dict[str, Headline]:
    return {one.code: one for one in headlines(portfolio, today or portfolio.as_of)}


def test_five_lines_each_to_a_page_of_its_own(portfolio: Portfolio) -> None:
    lines = headlines(portfolio, portfolio.as_of)
    assert len(lines) == LINES
    assert len({one.page for one in lines}) == LINES
    assert {one.page for one in lines} <= {practice.page for practice in PRACTICES.values()}


def test_what_changed_comes_before_what_there_is_to_do(portfolio: Portfolio) -> None:
    codes = [one.code for one in headlines(portfolio, portfolio.as_of)]
    assert set(codes[:2]) <= {"moved", "month", "newcomers"}
    assert not {"moved", "month", "newcomers"} & set(codes[2:])
    assert codes[2] == "red_line"


def test_a_month_s_change_is_against_the_month_end_before(portfolio: Portfolio) -> None:
    """The last two rows of the history: whatever they say, the line says their difference."""
    before, now = portfolio.history.iloc[-2], portfolio.history.iloc[-1]
    values = by_code(portfolio)["month"].values
    assert (values["active"], values["late"]) == (now["active_clients"], now["late_clients"])
    assert values["active_change"] == now["active_clients"] - before["active_clients"]
    assert values["late_change"] == now["late_clients"] - before["late_clients"]


def small(**tables: object) -> Portfolio:
    """Ana every 30 days, here today; Eva every 30 days, in time as well."""
    visits = [*every("ana", 30, 12, last="2026-10-30"), *every("eva", 30, 12, last="2026-10-28")]
    return analyse(book_of(visits, **tables))  # type: ignore[arg-type]


def test_where_nothing_is_wrong_it_says_no_more_than_there_is() -> None:
    codes = [one.code for one in headlines(small(), dt.date(2026, 10, 30))]
    assert "month" in codes
    assert not {"red_line", "problems", "payments", "hand_over", "newcomers"} & set(codes)


def test_open_problems_are_counted_with_those_of_nobody() -> None:
    """Three problems: one solved, one open with Rosa, one open with nobody."""
    problems = [
        {"client_id": "ana", "opened": "2026-10-01", "closed": "2026-10-03", "solved": True, "staff": "Rosa"},
        {"client_id": "ana", "opened": "2026-10-28", "staff": "Rosa"},
        {"client_id": "eva", "opened": "2026-10-29"},
    ]
    found = by_code(small(problems=problems))
    assert found["problems"].values == {"n": 2, "unowned": 1}
    assert found["red_line"].values["n"] == 2


def test_bills_overdue_are_told_with_their_money() -> None:
    """70 and 25 overdue since August, of two clients; 40 falls due next week."""
    payments = [
        {"client_id": "ana", "due": "2026-08-01", "amount": 70.0},
        {"client_id": "eva", "due": "2026-08-15", "amount": 25.0},
        {"client_id": "eva", "due": "2026-11-05", "amount": 40.0},
        {"client_id": "eva", "due": "2026-05-05", "paid": "2026-05-05", "amount": 40.0},
    ]
    assert by_code(small(payments=payments))["payments"].values == {"n": 2, "money": pytest.approx(95.0)}


def all_there_is_to_do(portfolio: Portfolio) -> dict[str, Headline]:
    """Every line of what there is to do: `headlines` shows the first ones."""
    return {one.code: one for one in _to_do(portfolio, portfolio.as_of)}


def test_a_seller_who_left_is_named_with_those_who_have_not_come_since(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    """Noelia Bravo's last day was 27 June 2026: those who went with her are among the ones told."""
    told = all_there_is_to_do(salon_sample)["hand_over"]
    theirs = hand_over(salon_sample).set_index("client_id")["standing"]
    assert (told.page, told.values["seller"]) == ("hand_over", "Noelia Bravo")
    assert told.values["n"] == int(theirs.isin(["missing", "without_service"]).sum())
    went_with_her = salon_truth.loc[salon_truth["why"] == "seller_left", "client_id"]
    assert theirs.reindex(went_with_her).eq("missing").mean() > 0.9


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_the_most_urgent_stands_first_and_dates_of_the_week_last(
    sample: str, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(sample)
    order = ["red_line", "calls", "problems", "payments", "hand_over", "birthdays", "due"]
    told = all_there_is_to_do(portfolio)
    assert list(told) == [code for code in order if code in told]
    coming = agenda(portfolio, WEEK).dates["kind"].value_counts()
    assert (told["birthdays"].values["n"], told["due"].values["n"]) == (coming["birthday"], coming["due"])


def test_a_first_visit_thirty_days_ago_is_no_news() -> None:
    """As of 30 October: Leo came first on 1 October, 29 days ago; Tom on 30 September."""
    visits = [
        *every("ana", 30, 12, last="2026-10-30"),
        ("leo", "2026-10-01", 30.0),
        ("tom", "2026-09-30", 30.0),
    ]
    shop = analyse(book_of(visits))
    assert by_code(shop)["newcomers"].values == {"n": 1}


def test_a_call_made_today_is_one_less_to_make() -> None:
    plain = analyse(salon())
    today = plain.as_of
    before = by_code(plain)["calls"].values
    first = str(due_list(plain, today).calls["client_id"].iloc[0])
    noted = with_notebook(plain, replace(Notebook(), outcomes=(Outcome(first, today, "appointment"),)))
    after = by_code(noted)["calls"].values
    assert after["n"] == before["n"] - 1  # type: ignore[operator]
    assert after["minutes"] == before["minutes"] - 5  # type: ignore[operator]


def test_the_file_of_a_till_alone_gets_lines_too() -> None:
    """No tables but sales: nothing is asked of columns that are not there."""
    visits = [*every("ana", 30, 12, last="2026-10-30"), *every("eva", 30, 10, last="2026-09-12")]
    found = headlines(analyse(book_of(visits)), dt.date(2026, 10, 30))
    assert {"calls"} <= {one.code for one in found}


def test_a_booked_visit_is_no_call() -> None:
    visits = [*every("ana", 30, 12, last="2026-10-30"), *every("eva", 30, 10, last="2026-09-10")]
    booked = line("eva", "2026-11-03", "booked")
    found = headlines(analyse(book_of(visits, lines=[booked])), dt.date(2026, 10, 30))
    assert "calls" not in {one.code for one in found}
