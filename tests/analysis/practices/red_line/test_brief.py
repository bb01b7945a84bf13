"""What stands in a case's brief: facts, history, promises, what to propose and what to ask."""

import datetime as dt

import pytest

from analysis.cases import Promise, Trigger
from analysis.notebook import Notebook, Outcome, RedFlag
from analysis.portfolio import Portfolio, analyse
from analysis.practices.red_line.brief import MOST_PROPOSALS, MOST_QUESTIONS, brief
from analysis.practices.red_line.brief_history import MOST_HAPPENINGS
from analysis.practices.red_line.cases import red_line
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every, line

DAY = dt.date(2026, 10, 20)


@pytest.fixture(scope="module")
def ana() -> Portfolio:
    """Ana came every 30 days from December 2025, twelve times at 40; she cancelled, complained, and paid late once."""
    return analyse(
        book_of(
            every("ana", 30, 12, last="2026-10-31", amount=40.0, service="Corte"),
            lines=[
                line("ana", "2026-06-20", "cancelled", service="Color", amount=70.0),
                line("ana", "2026-06-20", "cancelled", service="Corte", amount=30.0),
            ],
            problems=[
                {
                    "client_id": "ana",
                    "opened": "2026-10-16",
                    "kind": "Espera larga",
                    "staff": "Rosa",
                    "detail": "le debemos un lavado",
                    "promised": "2026-10-25",
                },
                {
                    "client_id": "ana",
                    "opened": "2026-03-01",
                    "closed": "2026-03-04",
                    "solved": True,
                    "kind": "Cobro",
                },
            ],
            payments=[
                {"client_id": "ana", "due": "2026-05-01", "paid": "2026-05-11", "amount": 40.0},
                {"client_id": "ana", "due": "2026-10-01", "amount": 25.0},
            ],
            contacts=[
                {"client_id": "ana", "date": "2026-09-05", "channel": "Llamada", "outcome": "Confirma"}
            ],
            clients=[{"client_id": "ana", "phone": "+34 600 000 001"}],
        )
    )


def test_the_facts_are_the_client_s_own(ana: Portfolio) -> None:
    found = brief(ana, "ana", ())
    assert (found.first_visit, found.last_visit) == (dt.date(2025, 12, 5), dt.date(2026, 10, 31))
    assert (found.visits, found.service, found.spent_12m, found.unpaid) == (12, "Corte", 480.0, 25.0)
    assert (found.phone, found.email, found.refused) == ("+34 600 000 001", "", False)


def test_the_history_is_the_latest_of_each_kind_the_first_visit_last(ana: Portfolio) -> None:
    told = [(one.on.isoformat(), one.code) for one in brief(ana, "ana", ()).history]
    # Three visits, three lines of problems, one cancelled appointment, two bills, one contact: the eight latest of
    # them and the first visit.
    assert told == [
        ("2026-10-31", "visit"),
        ("2026-10-16", "problem"),
        ("2026-10-01", "visit"),
        ("2026-10-01", "unpaid"),
        ("2026-09-05", "contact"),
        ("2026-09-01", "visit"),
        ("2026-06-20", "cancelled"),
        ("2026-05-11", "paid_late"),
        ("2025-12-05", "first_visit"),
    ]


def test_an_appointment_of_two_services_was_cancelled_once(ana: Portfolio) -> None:
    cancelled = next(one for one in brief(ana, "ana", ()).history if one.code == "cancelled")
    assert cancelled.values == {"service": "Color, Corte", "amount": 100.0}


def test_a_bill_paid_ten_days_after_its_day_says_so(ana: Portfolio) -> None:
    late = next(one for one in brief(ana, "ana", ()).history if one.code == "paid_late")
    assert late.values == {"amount": 40.0, "days": 10}


def test_what_was_promised_is_the_owner_s_note_and_the_open_problem_s(ana: Portfolio) -> None:
    flagged = with_notebook(ana, Notebook(red_flags={"ana": RedFlag(DAY, "boda", "peinado a domicilio")}))
    assert brief(flagged, "ana", ()).promises == (
        Promise("peinado a domicilio"),
        Promise("le debemos un lavado", dt.date(2026, 10, 25), "Espera larga"),
    )


def trigger(code: str, **values: object) -> Trigger:
    return Trigger(code, DAY, 0.5, values)  # type: ignore[arg-type]


def test_the_offers_fit_the_reason(ana: Portfolio) -> None:
    owed = brief(ana, "ana", (trigger("payment", amount=25.0),))
    assert owed.proposals == ("keep_promise", "other_terms", "smaller_amount", "card_or_credit")
    assert owed.questions == ("slip_or_cannot", "when_next")


def test_what_they_said_themselves_comes_before_what_the_trigger_asks(ana: Portfolio) -> None:
    said = with_notebook(ana, Notebook(outcomes=(Outcome("ana", dt.date(2026, 10, 31), "price"),)))
    found = brief(said, "ana", (trigger("cancelled", service=""),))
    assert found.proposals == ("keep_promise", "smaller_amount", "other_terms", "ask_slip_or_problem")


def test_a_problem_nobody_owns_is_asked_about_first(ana: Portfolio) -> None:
    found = brief(ana, "ana", (trigger("problem", staff="", kind="x"),))
    assert found.questions[0] == "who_owns_it"


def test_a_flag_without_a_promise_asks_for_a_word_and_keeps_no_promise() -> None:
    calm = analyse(book_of(every("ana", 30, 12, last="2026-10-31", amount=40.0)))
    assert brief(calm, "ana", (trigger("flag", why="", promised=""),)).proposals == ("ask_how_they_are",)


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_every_case_of_the_samples_fits_a_page(sample: str, request: pytest.FixtureRequest) -> None:
    results: Portfolio = request.getfixturevalue(sample)
    cases = red_line(results, results.as_of).cases
    for client_id, triggers in zip(cases["client_id"], cases["triggers"], strict=True):
        found = brief(results, client_id, triggers)
        assert 1 <= len(found.history) <= MOST_HAPPENINGS
        assert 1 <= len(found.proposals) <= MOST_PROPOSALS
        assert 1 <= len(found.questions) <= MOST_QUESTIONS
        assert all(one.on <= results.as_of for one in found.history)


def test_the_sample_s_promises_stand_in_their_briefs(salon_sample: Portfolio) -> None:
    problems = salon_sample.records.problems
    promised = problems.loc[(problems["state"] == "open") & problems["promised"].notna()]
    row = promised.iloc[0]
    found = brief(salon_sample, row["client_id"], ())
    assert row["promised"].date() in {promise.by for promise in found.promises}
