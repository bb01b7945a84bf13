import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.book import Book
from analysis.errors import NoVisitsError
from analysis.visits import MIN_SERVICE_VISITS, Visits, visits
from tests.analysis.books import book_of, every, line


def by_client(seen: Visits) -> dict[str, list[tuple[str, float]]]:
    """Dates and amounts of each client's visits."""
    out: dict[str, list[tuple[str, float]]] = {client: [] for client in seen.client_id}
    for row in seen.table.itertuples():
        out[seen.client_id[row.client]].append((row.date.date().isoformat(), row.amount))
    return out


def test_lines_of_a_client_on_one_day_are_one_visit_and_its_main_line_is_the_dearest():
    seen = visits(
        book_of(
            [
                ("Ana", "2026-01-03", 30.0, "Corte", "Rosa"),
                ("Ana", "2026-01-03", 50.0, "Color", "Inés"),
                ("Ana", "2026-01-03", 5.0, "Champú", "Rosa"),
                ("Bea", "2026-01-03", 30.0, "Corte", "Rosa"),
                ("Ana", "2026-02-03", 30.0, "Corte", "Rosa"),
            ]
        )
    )
    assert by_client(seen) == {
        "Ana": [("2026-01-03", 85.0), ("2026-02-03", 30.0)],
        "Bea": [("2026-01-03", 30.0)],
    }
    assert seen.table.loc[0, ["service", "staff"]].tolist() == ["Color", "Inés"]


def test_equally_dear_lines_go_by_name_whatever_their_order():
    lines = [("Ana", "2026-01-03", 30.0, name) for name in ("Color", "Barba", "Corte")]
    for order in (lines, lines[::-1]):
        assert visits(book_of(order)).table.loc[0, "service"] == "Barba"


def test_cancelled_and_no_show_lines_are_no_visits_but_are_remembered():
    seen = visits(
        book_of(
            [("Ana", "2026-01-03", 30.0), ("Ana", "2026-03-03", 30.0)],
            lines=[
                line("Ana", "2026-02-03", "no_show", amount=30.0),
                line("Ana", "2026-02-10", "cancelled", amount=30.0),
            ],
        )
    )
    assert by_client(seen) == {"Ana": [("2026-01-03", 30.0), ("2026-03-03", 30.0)]}
    assert seen.events["status"].tolist() == ["no_show", "cancelled"]


def test_a_refund_lowers_the_visit_it_follows_and_makes_none_of_its_own():
    seen = visits(
        book_of(
            [("Ana", "2026-01-03", 30.0), ("Ana", "2026-02-03", 40.0), ("Bea", "2026-01-20", 25.0)],
            lines=[
                line("Ana", "2026-01-05", "refund", amount=-10.0),
                line("Ana", "2026-02-03", "refund", amount=-5.0),
                line("Bea", "2026-01-10", "refund", amount=-25.0),  # of a visit before the file begins
            ],
        )
    )
    assert by_client(seen) == {
        "Ana": [("2026-01-03", 20.0), ("2026-02-03", 35.0)],
        "Bea": [("2026-01-20", 25.0)],
    }


def test_walk_ins_are_counted_apart_and_keep_the_shop_open():
    seen = visits(
        book_of([("Ana", "2026-01-03", 30.0), (None, "2026-01-04", 12.0), (None, "2026-01-05", 12.0)])
    )
    assert (seen.clients, len(seen.table), seen.walk_in_lines) == (1, 1, 2)
    assert seen.as_of == dt.date(2026, 1, 5)


def test_as_of_is_the_last_completed_day_not_a_booking_to_come():
    book = book_of(
        [("Ana", "2026-01-03", 30.0), ("Bea", "2026-01-09", 30.0)],
        lines=[line("Ana", "2026-03-01", "booked"), line("Ana", "2026-02-01", "booked")],
    )
    seen = visits(book)
    assert seen.as_of == dt.date(2026, 1, 9)
    assert seen.booked_for[0] == pd.Timestamp("2026-02-01")
    assert pd.isna(seen.booked_for[1])


def test_visits_after_as_of_are_not_seen():
    book = book_of([("Ana", "2026-01-03", 30.0), ("Ana", "2026-02-03", 30.0), ("Bea", "2026-02-04", 30.0)])
    seen = visits(book, dt.date(2026, 1, 31))
    assert by_client(seen) == {"Ana": [("2026-01-03", 30.0)]}


def test_who_only_booked_or_never_came_is_no_client():
    book = book_of(
        [("Ana", "2026-01-03")],
        lines=[line("Bea", "2026-01-02", "no_show"), line("Eva", "2026-05-01", "booked")],
    )
    assert visits(book).client_id.tolist() == ["Ana"]


def test_amounts_nobody_wrote_stay_unknown_and_a_partly_known_ticket_adds_what_is_known():
    seen = visits(
        book_of([("Ana", "2026-01-03", None), ("Ana", "2026-02-03", 30.0), ("Ana", "2026-02-03", None)])
    )
    assert pd.isna(seen.table.loc[0, "amount"])
    assert seen.table.loc[1, "amount"] == 30.0


def test_services_done_too_seldom_have_no_stream():
    often = every("Ana", 30, MIN_SERVICE_VISITS, last="2026-01-01", service="Corte")
    seldom = every("Ana", 30, MIN_SERVICE_VISITS - 1, last="2026-01-01", service="Color")
    seen = visits(book_of([*often, *seldom]))
    assert seen.streams["service"].unique().tolist() == ["Corte"]
    assert len(seen.table) == MIN_SERVICE_VISITS


def test_rows_until_a_day_are_the_visits_each_client_had_made_by_then():
    seen = visits(book_of([*every("Ana", 30, 4, last="2026-04-01"), *every("Bea", 10, 3, last="2026-04-01")]))
    day = seen.today - 15
    made = seen.rows_until(day) - seen.first_row
    assert made.tolist() == [3, 1]


@pytest.mark.parametrize(
    "book",
    [
        book_of(),
        book_of([(None, "2026-01-03", 30.0)]),
        book_of(lines=[line("Ana", "2026-01-03", "no_show"), line("Ana", "2026-02-01", "booked")]),
    ],
    ids=["empty", "walk-ins only", "nobody came"],
)
def test_without_a_visit_of_a_named_client_there_is_nothing_to_analyse(book: Book):
    with pytest.raises(NoVisitsError):
        visits(book)


def test_an_as_of_before_the_first_visit_leaves_nothing():
    with pytest.raises(NoVisitsError):
        visits(book_of([("Ana", "2026-01-03", 30.0)]), dt.date(2025, 12, 31))


def test_each_subject_of_a_client_is_a_stream_of_its_own():
    rows = [
        line("Ana", f"2026-{month:02}-{day:02}", service="Vacuna", subject=pet)
        for pet, day in (("Luna", 1), ("Toby", 15))
        for month in range(1, 8)
    ]
    seen = visits(book_of(lines=[*rows, line("Eva", "2026-07-20", service="Vacuna")]))
    streams = seen.streams
    assert list(streams["subject"].unique()) == ["Luna", "Toby", ""]
    assert len(seen.table) == 15  # a day is one visit, whoever was brought
    assert seen.stream_subjects.tolist() == ["Luna", "Toby", ""]
    assert np.bincount(seen.stream_of).tolist() == [7, 7, 1]
    assert seen.brought is not None
    assert seen.brought.groupby("subject").size().to_dict() == {"": 1, "Luna": 7, "Toby": 7}


def test_a_line_that_names_no_subject_is_of_the_only_one_its_client_brings():
    rows = [line("Ana", f"2026-01-{day:02}", service="Corte", subject="Luna") for day in range(1, 13)]
    seen = visits(book_of(lines=[*rows, line("Ana", "2026-01-20", service="Corte")]))
    assert seen.streams["subject"].unique().tolist() == ["Luna"]


def test_without_subjects_nothing_is_brought():
    seen = visits(book_of([("Ana", f"2026-01-{day:02}", 10.0, "Corte") for day in range(1, 13)]))
    assert seen.brought is None
    assert seen.streams["subject"].unique().tolist() == [""]
