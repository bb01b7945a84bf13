"""After a call: a problem told is to be written down, a price too high to be answered with an offer, once."""

import datetime as dt

import pytest

from analysis.notebook import OUTCOMES, Notebook, Outcome, OutcomeCode, ProblemNote
from analysis.practices.calling.what_follows import problem_told, what_follows

DAY = dt.date(2026, 10, 30)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


def said(code: OutcomeCode, client_id: str = "A", on: dt.date = DAY, note: str = "") -> Outcome:
    return Outcome(client_id, on, code, note)


def offered(client_id: str, on: dt.date) -> Outcome:
    return Outcome(client_id, on, "answered", offer="other_terms")


@pytest.mark.parametrize("code", OUTCOMES)
def test_only_a_problem_and_a_price_lead_on(code: OutcomeCode) -> None:
    led = {"problem": "problem", "price": "offer"}
    assert what_follows(said(code), Notebook(outcomes=(said(code),))) == led.get(code)


@pytest.mark.parametrize(
    ("client_id", "opened", "still"),
    [("A", DAY, False), ("A", AFTER, False), ("A", BEFORE, True), ("B", DAY, True)],
)
def test_a_problem_written_down_since_is_done(client_id: str, opened: dt.date, still: bool) -> None:  # noqa: FBT001
    notebook = Notebook(outcomes=(said("problem"),), problems=(ProblemNote(client_id, opened),))
    assert (what_follows(said("problem"), notebook) == "problem") is still
    assert (problem_told("A", notebook) is not None) is still


@pytest.mark.parametrize(
    ("client_id", "on", "still"),
    [("A", DAY, False), ("A", AFTER, False), ("A", BEFORE, True), ("B", DAY, True)],
)
def test_an_offer_made_since_answers_the_price(client_id: str, on: dt.date, still: bool) -> None:  # noqa: FBT001
    notebook = Notebook(outcomes=(offered(client_id, on), said("price")))
    assert (what_follows(said("price"), notebook) == "offer") is still


def test_an_offer_does_not_write_a_problem_down_nor_a_problem_answer_a_price() -> None:
    notebook = Notebook(outcomes=(offered("A", DAY),), problems=(ProblemNote("A", DAY),))
    assert what_follows(said("problem"), Notebook(outcomes=notebook.outcomes)) == "problem"
    assert what_follows(said("price"), Notebook(problems=notebook.problems)) == "offer"


def test_the_last_problem_told_is_the_one_begun() -> None:
    first, last = said("problem", on=BEFORE, note="cold water"), said("problem", note="waited an hour")
    notebook = Notebook(outcomes=(first, last, said("problem", "B"), said("answered")))
    assert problem_told("A", notebook) == last
    assert problem_told("C", notebook) is None
