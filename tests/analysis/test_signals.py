import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.book import Book
from analysis.events import events
from analysis.signals import signals
from analysis.visits import days_since_epoch, visits
from tests.analysis.books import Visit, book_of, every, line


def signs(
    *lines: Visit, on: str | None = None, late_after: float = 40, early_before: float = 20
) -> pd.DataFrame:
    """Signs by client name at the end of the day `on` (or of the last visit)."""
    book = book_of(lines)
    seen = visits(book)
    day = days_since_epoch(dt.date.fromisoformat(on)) if on else seen.today
    limits = (np.full(seen.clients, limit) for limit in (late_after, early_before))
    return signals(seen, events(book, seen), day, *limits).set_index(pd.Index(seen.client_id))


def dated(
    client: str, gaps: list[int], *, first: str = "2025-01-01", amounts: list[float] | None = None
) -> list[Visit]:
    """Visits at the given gaps after the first."""
    days = np.concatenate([[0], np.cumsum(gaps)])
    start = dt.date.fromisoformat(first)
    money = amounts or [30.0] * len(days)
    return [
        (client, (start + dt.timedelta(days=int(day))).isoformat(), amount)
        for day, amount in zip(days, money, strict=True)
    ]


def test_visits_silence_and_the_year_are_counted_on_the_day_asked_for():
    lines = every("Ana", 30, 20, last="2026-01-01")
    now, then = signs(*lines, on="2026-01-11").loc["Ana"], signs(*lines, on="2025-07-15").loc["Ana"]
    assert (now["visits"], now["silence"], now["visits_12m"]) == (20, 10, 12)
    assert (then["visits"], then["silence"]) == (14, 10)
    assert now["revenue_12m"] == 12 * 30.0


def test_who_had_not_come_by_then_has_no_signs():
    ana = signs(
        *every("Ana", 30, 3, last="2026-01-01"), *every("Bea", 30, 3, last="2025-01-01"), on="2025-03-01"
    ).loc["Ana"]
    assert ana["visits"] == 0
    assert np.isnan(ana["silence"])
    assert np.isnan(ana["punctual_share"])


def test_the_trend_compares_the_last_three_gaps_with_up_to_eight_before():
    ana = signs(*dated("Ana", [90, 20, 20, 20, 20, 20, 20, 20, 20, 30, 36, 42])).loc["Ana"]
    assert (ana["gap_now"], ana["gap_before"]) == (36.0, 20.0)


def test_without_three_gaps_before_the_last_three_there_is_no_trend():
    assert np.isnan(signs(*dated("Ana", [20, 20, 30, 36, 42])).loc["Ana", "gap_now"])
    assert signs(*dated("Ana", [20, 20, 20, 30, 36, 42])).loc["Ana", "gap_before"] == 20.0


def test_tickets_are_means_of_the_visits_that_close_those_gaps():
    amounts = [99.0, 40.0, 40.0, 40.0, 10.0, 20.0, 30.0]
    ana = signs(*dated("Ana", [30] * 6, amounts=amounts)).loc["Ana"]
    assert (ana["ticket_now"], ana["ticket_before"]) == (20.0, 40.0)
    assert ana["ticket_6"] == pytest.approx(np.mean(amounts[-6:]))


def test_punctual_gaps_end_before_they_are_late_and_extra_visits_come_early():
    ana = signs(*dated("Ana", [30, 40, 41, 19, 20])).loc["Ana"]
    assert ana["gaps_12"] == 5
    assert ana["punctual_share"] == pytest.approx(4 / 5)
    assert ana["extra_share"] == pytest.approx(1 / 5)


def staffed(client: str, *by: tuple[str, str]) -> list[Visit]:
    return [(client, date, 30.0, "Corte", staff) for date, staff in by]


def test_the_usual_seller_is_that_of_most_of_the_last_six_visits_ties_to_the_latest():
    months = [("Rosa", range(1, 5)), ("Inés", range(5, 8))]
    by = [(f"2025-0{month}-01", seller) for seller, of_seller in months for month in of_seller]
    assert signs(*staffed("Ana", *by)).loc["Ana", "staff"] == "Inés"
    assert pd.isna(signs(*every("Bea", 30, 3, last="2025-01-01")).loc["Bea", "staff"])


def test_a_seller_without_a_line_for_45_days_has_left():
    ana = staffed("Ana", ("2025-04-01", "Rosa"), ("2025-05-01", "Rosa"), ("2025-06-01", "Rosa"))
    bea = staffed("Bea", ("2025-05-01", "Inés"), ("2025-07-17", "Inés"))
    assert signs(*ana, *bea, on="2025-07-17").loc["Ana", "staff_left_day"] == days_since_epoch(
        dt.date(2025, 6, 1)
    )
    assert np.isnan(signs(*ana, *bea, on="2025-07-16").loc["Ana", "staff_left_day"])
    assert np.isnan(signs(*ana, *bea, on="2026-06-02").loc["Ana", "staff_left_day"])  # no news after a year


def test_a_seller_who_works_on_other_lines_or_for_walk_ins_has_not_left():
    """Rosa cut Ana's hair until June; since then she adds the cheaper line to Inés's visits, or serves walk-ins."""
    ana = staffed("Ana", ("2025-04-01", "Rosa"), ("2025-05-01", "Rosa"), ("2025-06-01", "Rosa"))
    bea = staffed("Bea", ("2025-05-01", "Inés"), ("2025-09-01", "Inés"))
    helped = [("Bea", "2025-09-01", 5.0, "Peinado", "Rosa")]
    walk_in = [(None, "2025-09-01", 15.0, "Corte", "Rosa")]
    assert signs(*ana, *bea).loc["Ana", "staff_left_day"] == days_since_epoch(dt.date(2025, 6, 1))
    assert np.isnan(signs(*ana, *bea, *helped).loc["Ana", "staff_left_day"])
    assert np.isnan(signs(*ana, *bea, *walk_in).loc["Ana", "staff_left_day"])


def test_some_clients_alone_have_the_signs_they_have_among_all(salon_book: Book):
    seen = visits(salon_book)
    happened = events(salon_book, seen)
    some = np.flatnonzero(np.arange(seen.clients) % 3 == 1)
    day = seen.today - 60
    all_of_them = signals(seen, happened, day).iloc[some].reset_index(drop=True)
    part = signals(seen.only(some), happened.only(seen.renumbered(some)), day)
    for name in part.columns:
        texts = part[name].dtype == "category"
        one, other = (frame[name].astype(str) if texts else frame[name] for frame in (part, all_of_them))
        pd.testing.assert_series_equal(one, other)


def test_contacts_are_every_word_that_was_no_visit():
    book = book_of(
        [*every("Ana", 30, 6, last="2025-06-01"), ("Bea", "2025-08-01", 30.0)],
        lines=[line("Ana", "2025-06-20", "no_show")],
        contacts=[
            {"client_id": "Ana", "date": "2025-06-10", "outcome": "sí"},
            {"client_id": "Ana", "date": "2025-07-30", "outcome": "sí"},
        ],
    )
    seen = visits(book)
    found = signals(seen, events(book, seen), days_since_epoch(dt.date(2025, 7, 1))).iloc[0]
    assert found["contacts"] == 2
    assert found["contact_last_day"] == days_since_epoch(dt.date(2025, 6, 20))


def test_a_service_is_dropped_by_those_who_come_on_without_it_for_twice_its_gap():
    colour = every("Ana", 60, 6, last="2025-06-01", service="Color")
    cuts = every("Ana", 30, 20, last="2025-11-01", service="Corte")
    others = [
        visit
        for service in ("Color", "Corte")
        for visit in every("Bea", 30, 12, last="2025-11-01", service=service)
    ]
    dropped = signs(*colour, *cuts, *others)
    assert dropped.loc["Ana", "dropped_service"] == "Color"
    assert dropped.loc["Ana", "dropped_last_day"] == days_since_epoch(dt.date(2025, 6, 1))
    assert pd.isna(dropped.loc["Bea", "dropped_service"])
    # 120 days after the last colour they have not come without it for longer than twice 60 days.
    assert np.isnan(signs(*colour, *cuts, *others, on="2025-09-29").loc["Ana", "dropped_last_day"])


def test_who_stopped_coming_at_all_dropped_no_service():
    gone = every("Ana", 60, 12, last="2025-01-01", service="Color")
    others = every("Bea", 30, 12, last="2025-11-01", service="Color")
    assert np.isnan(signs(*gone, *others).loc["Ana", "dropped_last_day"])


def test_past_signs_do_not_change_with_what_comes_later():
    before = every("Ana", 30, 12, last="2025-06-01", service="Corte") + every(
        "Bea", 20, 15, last="2025-06-01", service="Corte"
    )
    after = every("Ana", 5, 20, last="2025-12-01", service="Corte")
    book = book_of([*before, *after], lines=[line("Ana", "2025-08-01", "no_show")])
    seen = visits(book)
    limits = np.full(2, 40.0), np.full(2, 20.0)
    past = signals(seen, events(book, seen), days_since_epoch(dt.date(2025, 6, 1)), *limits)
    alone = signs(*before)
    assert past["no_shows"].tolist() == [0, 0]
    numbers = [
        "visits",
        "silence",
        "visits_12m",
        "gap_now",
        "revenue_12m",
        "ticket_6",
        "punctual_share",
        "extra_share",
    ]
    pd.testing.assert_frame_equal(past[numbers], alone[numbers].reset_index(drop=True))
