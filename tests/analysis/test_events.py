import numpy as np
import pytest

from analysis.event_signs import event_signs
from analysis.events import Events, events
from analysis.visits import Visits, days_since_epoch, visits
from tests.analysis.books import book_of, line

VISITS = [("Ana", "2025-01-10", 30.0), ("Ana", "2026-01-10", 30.0), ("Bea", "2025-06-01", 30.0)]
TODAY = "2026-01-31"


def seen(*lines: dict, **tables: list) -> tuple[Visits, Events]:
    book = book_of(VISITS, lines=[*lines, line(None, TODAY)], **tables)
    found = visits(book)
    return found, events(book, found)


def day(date: str) -> int:
    return days_since_epoch(np.datetime64(date).item())


def signs_of_ana(*lines: dict, on: str = TODAY, **tables: list) -> dict[str, float]:
    found, happened = seen(*lines, **tables)
    return {name: float(column[0]) for name, column in event_signs(happened, day(on), found.clients).items()}


def test_what_the_export_cannot_tell_is_unknown_not_zero():
    signs = signs_of_ana()
    unknown = (
        "no_shows",
        "cancellations",
        "refunds",
        "problems_open",
        "unpaid",
        "referrals",
        "rating",
        "contacts_answered",
    )
    assert all(np.isnan(signs[name]) for name in unknown)


def test_no_shows_of_the_last_half_year_count():
    signs = signs_of_ana(line("Ana", "2025-10-01", "no_show"), line("Ana", "2025-06-01", "no_show"))
    assert signs["no_shows"] == 1
    assert signs["no_shows_last_day"] == day("2025-10-01")
    assert signs["cancellations"] == 0  # a file with statuses can tell that there were none


def test_refunds_of_the_last_year_count():
    signs = signs_of_ana(
        line("Ana", "2025-03-01", "refund", amount=-5.0), line("Ana", "2024-12-01", "refund", amount=-5.0)
    )
    assert signs["refunds"] == 1


def test_only_what_had_happened_by_then_is_known():
    lines = [line("Ana", "2025-10-01", "no_show")]
    assert signs_of_ana(*lines, on="2025-09-30")["no_shows"] == 0
    assert signs_of_ana(*lines, on="2025-10-01")["no_shows"] == 1


PROBLEMS = [
    {"client_id": "Ana", "opened": "2025-11-02", "closed": "2025-12-01", "solved": False},
    {"client_id": "Ana", "opened": "2026-01-01"},
    {"client_id": "Ana", "opened": "2025-02-01", "closed": "2025-02-03", "solved": True},
]


@pytest.mark.parametrize(
    ("on", "is_open", "oldest", "badly"),
    [("2025-11-12", 1, 10, 0), ("2025-12-15", 0, None, 1), ("2026-01-31", 1, 30, 1)],
    ids=["while the first one lasts", "once it was closed badly", "and with a second one open"],
)
def test_a_problem_is_open_until_closed_and_remembered_if_closed_badly(
    on: str, is_open: int, oldest: int | None, badly: int
):
    signs = signs_of_ana(on=on, problems=PROBLEMS)
    assert (signs["problems_open"], signs["problems_bad"]) == (is_open, badly)
    assert signs["problem_open_days"] == oldest if oldest else np.isnan(signs["problem_open_days"])


def test_a_bill_is_late_after_thirty_days():
    payments = [
        {"client_id": "Ana", "due": "2025-12-31"},
        {"client_id": "Ana", "due": "2025-12-01"},
        {"client_id": "Ana", "due": "2025-06-01", "paid": "2025-06-01"},
    ]
    signs = signs_of_ana(payments=payments)
    assert (signs["unpaid"], signs["unpaid_days"]) == (2, 61)
    signs = signs_of_ana(on="2026-01-30", payments=payments)
    assert (signs["unpaid"], signs["unpaid_days"]) == (1, 60)


def test_bills_without_a_word_of_whether_they_were_paid_tell_nothing_of_who_pays():
    signs = signs_of_ana(payments=[{"client_id": "Ana", "due": "2025-12-01"}])
    assert np.isnan(signs["unpaid"])


def test_a_bill_paid_within_thirty_days_was_paid_on_time():
    payments = [
        {"client_id": "Ana", "due": "2025-10-01", "paid": "2025-10-31"},
        {"client_id": "Ana", "due": "2025-10-01", "paid": "2025-11-01"},
    ]
    signs = signs_of_ana(payments=payments)
    assert (signs["payments"], signs["paid_on_time_share"], signs["unpaid"]) == (2, 0.5, 0)


def test_the_latest_rating_is_the_one_that_counts():
    signs = signs_of_ana(line("Ana", "2026-01-12", rating=4.0), line("Ana", "2025-01-12", rating=9.0))
    assert (signs["rating"], signs["rating_day"]) == (4.0, day("2026-01-12"))


def test_who_brought_a_client_is_known_by_id_or_by_name_from_that_clients_first_visit_on():
    clients = [
        {"client_id": "Ana", "client_name": "Ana Peña"},
        {"client_id": "Bea", "client_name": "Bea Gil", "referred_by": "PEÑA, ana"},
    ]
    assert signs_of_ana(clients=clients)["referrals"] == 1
    assert signs_of_ana(clients=clients, on="2025-05-31")["referrals"] == 0
    by_id = [{"client_id": "Bea", "client_name": "Bea Gil", "referred_by": "Ana"}, {"client_id": "Ana"}]
    assert signs_of_ana(clients=by_id)["referrals"] == 1
    only_on_sales = [{"client_id": "Bea", "referred_by": "ana"}]  # the clients' sheet leaves Ana out
    assert signs_of_ana(clients=only_on_sales)["referrals"] == 1
    a_source = [{"client_id": "Bea", "referred_by": "Instagram"}]
    assert signs_of_ana(clients=a_source)["referrals"] == 0


@pytest.mark.parametrize(
    ("outcome", "answered"),
    [
        ("Confirmada", 1),
        ("No contesta", 0),
        ("no answer", 0),
        ("Buzón de voz", 0),
        ("VOICEMAIL", 0),
        (None, 0),
    ],
)
def test_a_contact_is_answered_unless_its_outcome_says_otherwise(outcome: str | None, answered: int):
    contacts = [{"client_id": "Ana", "date": "2025-12-01", "outcome": outcome}]
    assert signs_of_ana(contacts=contacts)["contacts_answered"] == answered


def test_rows_of_people_who_never_came_are_left_out():
    found, happened = seen(problems=[{"client_id": "Nobody", "opened": "2026-01-01"}])
    assert len(happened.problems.client) == 0
    assert event_signs(happened, found.today, found.clients)["problems_open"].tolist() == [0, 0]
