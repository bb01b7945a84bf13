"""Whom one person calls today: worked by hand, in the sample's planted shop, and without the columns."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.notebook import OUTCOMES, Notebook, Outcome
from analysis.portfolio import Portfolio, analyse
from analysis.practices.calling.today import (
    CALLS,
    MINUTES,
    PER_CALL,
    REST_DAYS,
    UNREACHABLE,
    budget,
    day,
    due_list,
    made_on,
)
from analysis.practices.needs import would_add
from analysis.with_notebook import with_notebook
from tests.analysis.books import Row, book_of, every, line, salon

TODAY = dt.date(2026, 10, 31)


def person(client: str, **values: object) -> Row:
    return {"client_id": client, "phone": "+34 600 111 222", **values}


@pytest.fixture(scope="module")
def hand() -> Portfolio:
    """Ten clients who come every 30 days, of whom four should be called today.

    late1 and late2 are 40 days away at 60 and 20 euros a visit: late1 has three times as much at stake. The others are
    due after 37 days: mail has a mail alone, none no way at all, no refused. ana is on time, bea is booked, gone stayed
    away for 500 days. once came for a first time 70 days ago.
    """
    visits = [
        *every("late1", 30, 20, last="2026-09-21", amount=60.0),
        *every("late2", 30, 20, last="2026-09-21", amount=20.0),
        *every("mail", 30, 20, last="2026-09-24", amount=10.0),
        *every("none", 30, 20, last="2026-09-24", amount=10.0),
        *every("no", 30, 20, last="2026-09-24", amount=10.0),
        *every("ana", 30, 20, last="2026-10-25"),
        *every("bea", 30, 20, last="2026-09-10"),
        *every("gone", 30, 12, last="2025-06-01"),
        *every("once", 30, 1, last="2026-08-22"),
        *every("today", 30, 20, last="2026-10-31"),
    ]
    people = [
        *(person(name) for name in ("late1", "late2", "ana", "bea", "gone", "once", "today")),
        {"client_id": "mail", "email": "mail@example.com"},
        {"client_id": "none"},
        person("no", consent=False),
    ]
    return analyse(book_of(visits, lines=[line("bea", "2026-11-05", "booked")], clients=people))


def noted(portfolio: Portfolio, *outcomes: Outcome, **choices: float) -> Portfolio:
    return with_notebook(portfolio, Notebook(outcomes=outcomes, choices=choices))


def place(portfolio: Portfolio, client: str, today: dt.date = TODAY) -> str:
    return str(due_list(portfolio, today).places[client])


def test_everybody_stands_in_one_place_with_a_reason(hand: Portfolio):
    due = due_list(hand, TODAY)
    assert due.places.to_dict() == {
        "late1": "call",
        "late2": "call",
        "mail": "call",
        "once": "call",
        "none": "unreachable",
        "no": "refused",
        "ana": "not_due",
        "today": "not_due",
        "bea": "booked",
        "gone": "gone",
    }
    assert due.calls.set_index("client_id").loc[["late1", "once"], "why"].tolist() == ["late", "second_visit"]
    assert due.unreachable["client_id"].tolist() == ["none"]


def test_money_comes_first_and_the_totals_are_those_of_the_calls_that_fit(hand: Portfolio):
    due = due_list(hand, TODAY)
    stakes = due.calls.set_index("client_id")["value_at_stake"]
    assert stakes.index[:2].tolist() == ["late1", "late2"]
    assert stakes["late1"] == pytest.approx(3 * stakes["late2"], rel=0.2)  # tickets lean to the shop's
    plan = day(noted(hand, **{CALLS: 2, PER_CALL: 7}), due, TODAY)
    assert plan.calls["client_id"].tolist() == ["late1", "late2"]
    assert (plan.minutes, plan.waiting, plan.made) == (14, 4, 0)
    assert plan.at_stake == pytest.approx(stakes["late1"] + stakes["late2"])


def test_a_day_may_be_counted_in_minutes():
    assert budget(Notebook()).minutes == 50  # ten calls of five
    chosen = budget(Notebook(choices={MINUTES: 33, PER_CALL: 8}))
    assert (chosen.calls, chosen.minutes, chosen.by_minutes) == (4, 32, True)  # a fifth call would end at 40


def test_who_came_once_is_asked_back_from_the_day_they_are_due(hand: Portfolio):
    once = hand.clients["client_id"] == "once"
    waited = int(hand.clients.loc[once, "recency_days"].iloc[0])
    for due_after, stands in ((waited, "call"), (waited + 1, "not_due")):
        days = hand.clients["due_after_days"].mask(once, due_after)
        calm = hand.clients.assign(due_after_days=days, flagged=hand.clients["flagged"] & ~once)
        assert place(dataclasses.replace(hand, clients=calm), "once") == stands


def test_each_client_has_the_ways_that_are_known_and_allowed(hand: Portfolio):
    due = due_list(hand, TODAY)
    ways = pd.concat([due.calls, due.unreachable]).set_index("client_id")["way"]
    assert ways[["late1", "mail", "none"]].tolist()[1:] == ["email", "none"]
    assert ways["late1"] in {"call", "whatsapp"}


@pytest.mark.parametrize("code", [*REST_DAYS])
def test_after_an_outcome_a_client_is_left_in_peace_for_its_days(hand: Portfolio, code: str):
    told = noted(hand, Outcome("late1", TODAY, code))  # type: ignore[arg-type]
    rest = REST_DAYS[code]  # type: ignore[index]
    assert place(told, "late1", TODAY + dt.timedelta(days=rest - 1)) == "done"
    assert place(told, "late1", TODAY + dt.timedelta(days=rest)) == "call"


def test_who_is_put_off_comes_back_on_the_day(hand: Portfolio):
    told = noted(hand, Outcome("late1", TODAY, "snoozed", until=dt.date(2026, 11, 7)))
    assert place(told, "late1", dt.date(2026, 11, 6)) == "snoozed"
    assert place(told, "late1", dt.date(2026, 11, 7)) == "call"
    assert day(told, due_list(told, TODAY), TODAY).made == 0


def test_who_moved_or_asked_for_peace_is_not_called_again(hand: Portfolio):
    told = noted(hand, Outcome("late1", TODAY, "moved"), Outcome("late2", TODAY, "do_not_contact"))
    assert place(told, "late1", dt.date(2027, 10, 31)) == "farewell"
    assert place(told, "late2") == "refused"


def test_a_visit_after_the_call_makes_it_a_thing_of_the_past(hand: Portfolio):
    # They came on 21 September: of a word of that very day or before nobody knows whether it still holds.
    for on in (dt.date(2026, 9, 20), dt.date(2026, 9, 21)):
        assert place(noted(hand, Outcome("late1", on, "moved")), "late1") == "call"
    assert place(noted(hand, Outcome("late1", dt.date(2026, 9, 22), "moved")), "late1") == "farewell"


def test_calls_made_today_take_their_room_in_the_day(hand: Portfolio):
    told = noted(hand, Outcome("late1", TODAY, "answered"), **{CALLS: 3})
    plan = day(told, due_list(told, TODAY), TODAY)
    assert (plan.made, len(plan.calls)) == (1, 2)
    assert [one.client_id for one in made_on(told.notebook, TODAY)] == ["late1"]


def test_without_phones_and_mails_the_list_still_stands_and_says_what_they_would_add():
    portfolio = analyse(book_of([*every("a", 30, 20, last="2026-09-21"), ("b", "2026-10-31", 30.0)]))
    due = due_list(portfolio, TODAY)
    assert due.calls["client_id"].tolist() == ["a"]
    assert due.calls["way"].tolist() == ["none"]
    assert due.count("unreachable") == 0
    assert would_add(portfolio, 4) == ("clients.phone", "clients.email", "clients.consent")


def test_the_owner_may_keep_those_without_a_phone_on_the_list(hand: Portfolio):
    assert place(noted(hand, **{UNREACHABLE: 1.0}), "none") == "call"


def test_without_amounts_the_list_stands_and_promises_no_money():
    portfolio = analyse(salon(amount=False))
    plan = day(portfolio, due_list(portfolio, TODAY), TODAY)
    assert plan.at_stake is None
    assert len(plan.calls)


def test_a_due_client_without_signs_is_sent_a_message_not_made_to_wait(hand: Portfolio):
    assert "wait" not in set(due_list(hand, TODAY).calls["suggested_action"])


def test_nobody_planted_as_booked_or_refusing_is_on_the_sample_s_list(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
):
    due = due_list(salon_sample, salon_sample.as_of)
    listed = due.calls.set_index("client_id")
    assert len(listed) > 50
    assert listed["booked_for"].isna().all()
    assert not listed["consent"].eq(other=False).any()
    assert not listed["state"].isin(["seasonal", "lapsed", "booked"]).any()
    assert set(listed.index) <= set(salon_truth["client_id"])


def test_the_sample_s_voucher_that_nobody_buys_twice_calls_nobody(salon_sample: Portfolio):
    services = salon_sample.services.set_index("service")
    assert not services.loc["Bono tratamientos", "repeats"]
    due = due_list(salon_sample, salon_sample.as_of)
    had = salon_sample.records.services.groupby("client_id")["service"].agg(set)
    only_voucher = had[had.map(lambda names: names == {"Bono tratamientos"})].index
    assert not set(only_voucher) & set(due.calls["client_id"])


OUTCOME = some.builds(
    Outcome,
    some.sampled_from(["late1", "late2", "mail", "none", "no", "ana", "bea", "gone", "once", "stranger"]),
    some.dates(dt.date(2026, 8, 1), dt.date(2026, 12, 31)),
    some.sampled_from(OUTCOMES),
    until=some.none() | some.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 31)),
)


@given(some.lists(OUTCOME, max_size=8), some.integers(0, 12), some.dates(TODAY, dt.date(2026, 12, 31)))
def test_whatever_is_noted_everybody_stands_in_one_place_and_no_more_calls_than_fit(
    hand: Portfolio, outcomes: list[Outcome], calls: int, today: dt.date
):
    told = dataclasses.replace(hand, notebook=Notebook(outcomes=tuple(outcomes), choices={CALLS: calls}))
    due = due_list(told, today)
    assert due.places.index.tolist() == told.clients["client_id"].tolist()
    assert len(due.calls) == due.count("call")
    assert len(due.unreachable) == due.count("unreachable")
    plan = day(told, due, today)
    assert len(plan.calls) + min(plan.made, calls) <= calls
    assert plan.at_stake == pytest.approx(plan.calls["value_at_stake"].sum())
    assert due.calls["value_at_stake"].is_monotonic_decreasing


@pytest.mark.parametrize("minutes", [0.0, -5.0])
def test_a_call_takes_a_minute_at_least_whatever_a_changed_file_says(minutes: float) -> None:
    assert budget(Notebook(choices={MINUTES: 30.0, PER_CALL: minutes})).calls == 30
