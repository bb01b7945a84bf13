"""Who cannot wait: what sets a case off, in which order, and how the owner's word takes it off the board."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cases import Trigger
from analysis.notebook import Notebook, Outcome, RedFlag
from analysis.portfolio import Portfolio, analyse
from analysis.practices.offers.payments import overdue_bills
from analysis.practices.red_line.cases import HANDLED_DAYS, red_line
from analysis.with_notebook import with_notebook
from tests.analysis.books import Row, book_of, every, line

TODAY = dt.date(2026, 10, 31)


def shop(*lines: Row, notebook: Notebook | None = None, **tables: Sequence[Row]) -> Portfolio:
    """Five clients who came every 30 days until the last days of October, at 10, 20, 30, 40 and 50 a visit."""
    visits = [
        visit
        for number, client in enumerate("abcde", start=1)
        for visit in every(client, 30, 12, last=f"2026-10-{26 + number}", amount=10.0 * number)
    ]
    results = analyse(book_of(visits, lines=lines, **tables))
    return results if notebook is None else with_notebook(results, notebook)


def codes(portfolio: Portfolio, today: dt.date = TODAY) -> dict[str, list[str]]:
    cases = red_line(portfolio, today).cases
    rows = zip(cases["client_id"], cases["triggers"], strict=True)
    return {client: [trigger.code for trigger in triggers] for client, triggers in rows}


def trigger(portfolio: Portfolio, client: str) -> Trigger:
    cases = red_line(portfolio, TODAY).cases.set_index("client_id")
    return cases.loc[client, "triggers"][0]  # type: ignore[no-any-return]


def test_a_calm_shop_has_no_cases() -> None:
    found = red_line(shop(), TODAY)
    assert found.cases.empty
    assert found.set_aside.empty


def test_a_problem_weighs_more_the_older_it_is_and_when_nobody_owns_it() -> None:
    # Opened 15 days ago: half way from 0.4 to 0.8. Without an owner another tenth. Three months old: 0.8.
    found = shop(
        problems=[
            {"client_id": "a", "opened": "2026-10-16", "kind": "espera", "staff": "Rosa"},
            {"client_id": "b", "opened": "2026-10-16", "kind": "espera"},
            {"client_id": "c", "opened": "2026-08-01", "kind": "espera", "staff": "Rosa"},
            {"client_id": "d", "opened": "2026-10-01", "closed": "2026-10-04", "staff": "Rosa"},
        ]
    )
    assert {client: trigger(found, client).weight for client in "abc"} == pytest.approx(
        {"a": 0.6, "b": 0.7, "c": 0.8}
    )
    assert trigger(found, "a").values == {
        "days": 15,
        "count": 1,
        "kind": "espera",
        "staff": "Rosa",
        "broken": False,
    }
    assert "d" not in codes(found)


def test_an_answer_promised_for_a_day_that_has_passed_weighs_a_tenth_more() -> None:
    rows = [
        {"client_id": "a", "opened": "2026-10-16", "staff": "Rosa", "promised": "2026-10-20"},
        {"client_id": "b", "opened": "2026-10-16", "staff": "Rosa", "promised": "2026-11-20"},
    ]
    found = shop(problems=rows)
    assert (trigger(found, "a").weight, trigger(found, "b").weight) == (
        pytest.approx(0.7),
        pytest.approx(0.6),
    )
    assert trigger(found, "a").values["broken"]


def test_a_bill_is_a_case_once_it_is_overdue_on_the_page_of_offers_too() -> None:
    # 30 of 60 days overdue: half way from 0.3 to 0.6; two bills are one trigger with the oldest's days. Three days are
    # forgiven, for a transfer takes them: the bill of the 28th is none yet, that of the 27th is.
    found = shop(
        payments=[
            {"client_id": "a", "due": "2026-10-01", "amount": 60.0},
            {"client_id": "a", "due": "2026-10-11", "amount": 40.0},
            {"client_id": "b", "due": "2026-10-28", "amount": 60.0},
            {"client_id": "d", "due": "2026-10-27", "amount": 60.0},
            {"client_id": "c", "due": "2026-10-01", "paid": "2026-10-20", "amount": 60.0},
        ]
    )
    assert codes(found) == {"a": ["payment"], "d": ["payment"]}
    assert set(overdue_bills(found)["client_id"]) == {"a", "d"}
    assert trigger(found, "a").weight == pytest.approx(0.45)
    assert trigger(found, "a").values == {"days": 30, "count": 2, "amount": 100.0, "first_late": False}


def test_bills_of_which_nobody_knows_whether_they_were_paid_are_no_case() -> None:
    found = shop(payments=[{"client_id": "a", "due": "2026-10-01", "amount": 60.0}])
    assert codes(found) == {}
    assert overdue_bills(found).empty


def test_a_cancellation_counts_until_the_client_comes_or_books() -> None:
    # a cancelled after the last visit; b came after cancelling; c cancelled and is booked again.
    found = shop(
        line("a", "2026-10-30", "cancelled", service="Corte"),
        line("b", "2026-10-10", "cancelled"),
        line("c", "2026-10-31", "cancelled"),
        line("c", "2026-11-20", "booked"),
        line("d", "2026-10-31", "no_show"),
    )
    assert codes(found) == {"a": ["cancelled"], "d": ["no_show"]}
    assert trigger(found, "a").values == {"days": 1, "service": "Corte"}


def test_who_said_goodbye_lately_is_a_case_and_who_did_long_ago_is_not() -> None:
    found = shop(
        clients=[
            {"client_id": "a", "left": "2026-10-29"},
            {"client_id": "b", "left": "2026-06-01"},
        ]
    )
    assert codes(found) == {"a": ["goodbye"]}


def test_a_low_rating_just_given_is_a_case() -> None:
    # Three of ten: half way from 0.7 (nothing) to 0.3 (six).
    visits = line("a", "2026-10-31", amount=10.0, rating=3.0)
    found = shop(visits, line("b", "2026-10-31", amount=10.0, rating=9.0))
    assert codes(found) == {"a": ["low_rating"]}
    assert trigger(found, "a").weight == pytest.approx(0.5)


def test_who_brings_most_is_a_case_when_late_and_others_are_not() -> None:
    visits = [
        *every("rich", 30, 12, last="2026-09-15", amount=200.0),
        *every("poor", 30, 12, last="2026-09-15", amount=5.0),
        *(visit for name in "abcdefgh" for visit in every(name, 30, 12, last="2026-10-31", amount=20.0)),
    ]
    found = analyse(book_of(visits))
    late = found.clients.loc[found.clients["state"] == "late", "client_id"]
    assert set(late) == {"rich", "poor"}
    assert codes(found) == {"rich": ["top_late"]}


def test_severity_is_urgency_halved_for_who_brings_least() -> None:
    # Urgency 0.6 each; of five clients `e` brings most (whole: 60), `a` least (a fifth: 0.5 + 0.5/5 = 0.6: 36).
    rows = [{"client_id": client, "opened": "2026-10-16", "staff": "Rosa"} for client in "ae"]
    cases = red_line(shop(problems=rows), TODAY).cases
    assert dict(zip(cases["client_id"], cases["severity"], strict=True)) == pytest.approx(
        {"e": 60.0, "a": 36.0}
    )
    assert cases["client_id"].tolist() == ["e", "a"]


def test_a_second_trigger_adds_to_the_first() -> None:
    # 1 - (1 - 0.6)(1 - 0.45) = 0.78
    found = shop(
        problems=[{"client_id": "e", "opened": "2026-10-16", "staff": "Rosa"}],
        payments=[
            {"client_id": "e", "due": "2026-10-01", "amount": 60.0},
            {"client_id": "e", "due": "2026-08-01", "paid": "2026-08-01", "amount": 60.0},
        ],
    )
    case = red_line(found, TODAY).cases.iloc[0]
    assert case["urgency"] == pytest.approx(0.78)
    assert [one.code for one in case["triggers"]] == ["problem", "payment"]
    assert case["days"] == 30


def test_the_owner_s_flag_comes_before_everything() -> None:
    flagged = Notebook(red_flags={"a": RedFlag(TODAY, "su boda es el sábado", "peinado a domicilio")})
    found = shop(notebook=flagged, problems=[{"client_id": "e", "opened": "2026-01-01"}])
    cases = red_line(found, TODAY).cases
    assert cases["client_id"].tolist() == ["a", "e"]
    assert cases["severity"].iloc[0] == 100
    assert cases["triggers"].iloc[0][0].values == {
        "why": "su boda es el sábado",
        "promised": "peinado a domicilio",
    }


def test_a_problem_of_somebody_silent_for_a_year_is_an_old_debt() -> None:
    visits = [*every("gone", 30, 12, last="2025-01-15"), *every("here", 30, 12, last="2026-10-31")]
    old = [{"client_id": "gone", "opened": "2025-02-01"}]
    assert codes(analyse(book_of(visits, problems=old))) == {}
    answered = [{"client_id": "gone", "date": "2026-05-01", "outcome": "contesta"}]
    assert codes(analyse(book_of(visits, problems=old, contacts=answered))) == {"gone": ["problem"]}


PROBLEM = [{"client_id": "e", "opened": "2026-10-16", "staff": "Rosa"}]


@cache
def with_problem() -> Portfolio:
    return shop(problems=PROBLEM)


def noted(outcome: Outcome) -> Portfolio:
    return with_notebook(with_problem(), Notebook(outcomes=(outcome,)))


def test_what_was_put_off_comes_back_on_its_day() -> None:
    found = noted(Outcome("e", TODAY, "snoozed", until=dt.date(2026, 11, 7)))
    assert codes(found, dt.date(2026, 11, 6)) == {}
    assert red_line(found, dt.date(2026, 11, 6)).set_aside["client_id"].tolist() == ["e"]
    assert codes(found, dt.date(2026, 11, 7)) == {"e": ["problem"]}


def test_a_problem_still_open_comes_back_two_weeks_after_the_call() -> None:
    found = noted(Outcome("e", TODAY, "answered"))
    back = TODAY + dt.timedelta(HANDLED_DAYS)
    assert codes(found, back - dt.timedelta(1)) == {}
    assert codes(found, back) == {"e": ["problem"]}


def test_a_cancellation_talked_over_is_done_until_the_next_one() -> None:
    notebook = Notebook(outcomes=(Outcome("a", TODAY, "slip"),))
    done = shop(line("a", "2026-10-30", "cancelled"), notebook=notebook)
    assert codes(done, dt.date(2027, 6, 1)) == {}
    earlier = Notebook(outcomes=(Outcome("a", dt.date(2026, 10, 29), "slip"),))
    again = shop(line("a", "2026-10-30", "cancelled"), notebook=earlier)
    assert codes(again) == {"a": ["cancelled"]}


def test_a_call_that_reached_nobody_leaves_the_case_and_is_told() -> None:
    found = noted(Outcome("e", TODAY, "no_answer"))
    case = red_line(found, TODAY).cases.iloc[0]
    assert case["client_id"] == "e"
    assert case["tried"] == pd.Timestamp(TODAY)


def test_a_flag_stays_until_the_owner_takes_it_down() -> None:
    flags = {"a": RedFlag(dt.date(2026, 10, 1))}
    found = shop(notebook=Notebook(red_flags=flags, outcomes=(Outcome("a", TODAY, "answered"),)))
    assert codes(found) == {"a": ["flag"]}


def test_who_refused_contact_is_on_the_board_and_marked() -> None:
    found = shop(problems=PROBLEM, clients=[{"client_id": "e", "consent": False}])
    assert red_line(found, TODAY).cases["refused"].tolist() == [True]


def test_without_amounts_visits_a_year_stand_for_money() -> None:
    visits = [
        *every("a", 30, 12, last="2026-10-31", amount=None),
        *every("b", 15, 12, last="2026-10-31", amount=None),
    ]
    rows = [{"client_id": client, "opened": "2026-10-16", "staff": "Rosa"} for client in "ab"]
    cases = red_line(analyse(book_of(visits, problems=rows)), TODAY).cases
    assert cases["client_id"].tolist() == ["b", "a"]
    assert cases["worth"].is_monotonic_decreasing


def test_the_sample_s_goodbyes_and_open_problems_are_on_the_line(salon_sample: Portfolio) -> None:
    cases = red_line(salon_sample, salon_sample.as_of).cases
    by_client = dict(zip(cases["client_id"], cases["triggers"], strict=True))
    left = salon_sample.records.left
    fresh = left.loc[left >= pd.Timestamp(salon_sample.as_of) - pd.Timedelta(days=60)]
    assert len(fresh)
    assert all("goodbye" in {one.code for one in by_client[client]} for client in fresh.index)
    problems = salon_sample.records.problems
    recent = problems.loc[(problems["state"] == "open") & (problems["opened"] >= "2026-08-01"), "client_id"]
    assert len(recent)
    assert all("problem" in {one.code for one in by_client[client]} for client in recent)


def test_the_sample_s_bill_still_unpaid_is_on_the_line(
    workshop_sample: Portfolio, workshop_facts: pd.DataFrame
) -> None:
    unpaid = workshop_facts.loc[
        (workshop_facts["fact"] == "first_late_bill") & (workshop_facts["value"] == "")
    ]
    cases = red_line(workshop_sample, workshop_sample.as_of).cases
    owing = {
        client
        for client, triggers in zip(cases["client_id"], cases["triggers"], strict=True)
        if any(one.code == "payment" for one in triggers)
    }
    assert len(unpaid)
    assert set(unpaid["client_id"]) <= owing


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_severity_lies_between_0_and_100_and_falls_down_the_list(
    sample: str, request: pytest.FixtureRequest
) -> None:
    results: Portfolio = request.getfixturevalue(sample)
    cases = red_line(results, results.as_of).cases
    assert cases["severity"].between(0, 100).all()
    assert cases["severity"].is_monotonic_decreasing
    assert cases["client_id"].is_unique
    assert (cases["days"] >= 0).all()


@given(
    st.lists(
        st.builds(
            Outcome,
            st.sampled_from("de"),
            st.dates(dt.date(2026, 9, 1), dt.date(2026, 12, 1)),
            st.sampled_from(["answered", "no_answer", "snoozed", "slip", "left", "message_sent"]),
            until=st.none() | st.dates(dt.date(2026, 9, 1), dt.date(2027, 3, 1)),
        ),
        max_size=6,
    )
)
@settings(max_examples=30, deadline=None)
def test_every_case_is_either_on_the_board_or_set_aside(outcomes: list[Outcome]) -> None:
    found = red_line(dataclasses.replace(with_problem(), notebook=Notebook(outcomes=tuple(outcomes))), TODAY)
    shown, aside = set(found.cases["client_id"]), set(found.set_aside["client_id"])
    assert not shown & aside
    assert shown | aside == {"e"}
