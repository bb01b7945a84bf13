"""What stands in a case's brief: facts, history, promises, what to propose and what to ask."""

import datetime as dt

import pytest

from analysis.cases import Promise, Trigger
from analysis.notebook import Notebook, Outcome, RedFlag
from analysis.portfolio import Portfolio, analyse
from analysis.practices.offers.ladder import LADDER, ladder
from analysis.practices.offers.why_leaving import Why
from analysis.practices.red_line.brief import MOST_PROPOSALS, MOST_QUESTIONS, brief, first_proposal
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


def test_an_open_problem_of_which_nothing_was_promised_is_no_promise() -> None:
    problems = [{"client_id": "ana", "opened": "2026-10-16"}]
    problems.append({"client_id": "ana", "opened": "2026-10-17", "promised": "2026-10-30", "kind": "Cobro"})
    shop = analyse(book_of(every("ana", 30, 12, last="2026-10-31"), problems=problems))
    assert brief(shop, "ana", ()).promises == (Promise("", dt.date(2026, 10, 30), "Cobro"),)


def trigger(code: str, **values: object) -> Trigger:
    return Trigger(code, DAY, 0.5, values)  # type: ignore[arg-type]


def test_the_offers_fit_the_reason(ana: Portfolio) -> None:
    owed = brief(ana, "ana", (trigger("payment", amount=25.0, first_late=False),))
    # After the bill's own steps come those of the best known reason: her problem is still open.
    assert owed.proposals == ("keep_promise", "other_terms", "card_or_credit", "solve")
    assert owed.questions == ("slip_or_cannot", "when_next")


def test_who_always_paid_and_is_late_for_once_is_reminded_of_the_bill(ana: Portfolio) -> None:
    late = brief(ana, "ana", (trigger("payment", amount=25.0, first_late=True),))
    assert late.proposals[1:3] == ("remind_bill", "card_or_credit")


#: A trigger of each kind that is a reason to leave, and the reason of the ladder it stands for.
REASONS: tuple[tuple[Trigger, Why], ...] = (
    (Trigger("goodbye", DAY, 0.9), "left"),
    (Trigger("problem", DAY, 0.5, {"staff": "Rosa"}), "problem"),
    (Trigger("payment", DAY, 0.5, {"first_late": False}), "owes"),
    (Trigger("payment", DAY, 0.5, {"first_late": True}), "first_late"),
)


@pytest.mark.parametrize(("reason", "why"), REASONS)
def test_a_reason_has_the_same_steps_in_the_brief_as_on_the_ladder(reason: Trigger, why: Why) -> None:
    calm = analyse(book_of(every("ana", 30, 12, last="2026-10-31", amount=40.0)))
    first, following, _ = LADDER[why]
    assert brief(calm, "ana", (reason,)).proposals == (first, following)
    assert first_proposal((reason,)) == first


@pytest.mark.parametrize("sample", ["salon_sample", "workshop_sample"])
def test_what_a_client_at_risk_said_has_the_same_steps_on_both_pages(
    sample: str, request: pytest.FixtureRequest
) -> None:
    results: Portfolio = request.getfixturevalue(sample)
    table = ladder(results)
    said = table[table["source"] == "said"]
    assert len(said)
    for client_id, first, following in said[["client_id", "first", "next"]].itertuples(index=False):
        proposals = [code for code in brief(results, client_id, ()).proposals if code != "keep_promise"]
        assert proposals == [first, following]


def test_what_they_said_themselves_comes_before_what_the_trigger_asks(ana: Portfolio) -> None:
    said = with_notebook(ana, Notebook(outcomes=(Outcome("ana", dt.date(2026, 10, 31), "price"),)))
    found = brief(said, "ana", (trigger("cancelled", service=""),))
    # Nobody asks again whether it was a slip or a problem.
    assert found.proposals == ("keep_promise", "smaller_amount", "other_terms", "remind")


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
