"""The coming dates: birthdays without ages, anniversaries that are known, who is due, what is booked."""

import datetime as dt
import math
from functools import cache

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.consent import refused
from analysis.portfolio import Portfolio, analyse
from analysis.practices.dates.agenda import AGENDA, Agenda, agenda, birthdays_of_the_year
from analysis.practices.dates.birthdays import _too_many, birthdays
from analysis.practices.dates.day_of_year import next_time
from analysis.practices.dates.together import together
from analysis.practices.needs import missing, would_add
from tests.analysis.books import book_of, every, line

#: The last visit of the tiny shop: its today.
TODAY = dt.date(2026, 10, 31)

#: Birthdays by client, and what is wrong with each; all of them joined on 15 January 2023 and first came in 2025.
BORN = {
    "plain": ("1980-11-05", None),
    "today": ("1979-10-31", None),
    "leap": ("1988-02-29", None),
    "excel": ("1900-01-01", "default"),
    "access": ("1899-12-30", "default"),
    "entered": ("2023-01-15", "registered"),
    "ancient": ("1905-06-01", "year"),
    "yearless": ("2026-11-12", "year"),
    **{f"crowd{number}": ("1970-01-01", "shared") for number in range(6)},
}


@cache
def shop() -> Portfolio:
    """A shop since 16 December 2023 (35 gaps of 30 days before its last day), kept open by "old".

    "ana" came first on 13 November 2025; "ten" joined ten years ago; "moved" is on file since after their first visit;
    the "import" are all on file since the same day; "gone" said goodbye; "kept" has a booking of two services; the
    others have the birthdays of BORN.
    """
    imported = [f"import{number:02}" for number in range(20)]
    monthly = ["old", "ten", "kept"]
    visits = [visit for who in monthly for visit in every(who, 30, 36, last="2026-10-31", service="Corte")]
    visits += every("ana", 30, 12, last="2026-10-09")
    visits += [(who, day) for who in BORN for day in ("2025-08-01", "2026-09-01")]
    visits += [(who, day) for who in [*imported, "moved", "gone"] for day in ("2023-12-20", "2026-10-01")]
    booked = [
        line("kept", "2026-11-20", "booked", service=service) for service in ("Corte", "Color", "Corte")
    ]
    clients: list[dict[str, object]] = [
        {"client_id": who, "birthday": born, "joined": "2023-01-15", "consent": who != "plain"}
        for who, (born, _) in BORN.items()
    ]
    clients += [{"client_id": who, "joined": "2020-01-01"} for who in imported]
    clients += [
        {"client_id": "ten", "joined": "2016-11-20"},
        {"client_id": "moved", "joined": "2024-06-01"},
        {"client_id": "gone", "birthday": "1980-11-07", "joined": "2015-11-20", "left": "2026-10-30"},
    ]
    return analyse(book_of(visits, lines=booked, clients=clients))


def on(found: Agenda, client: str, kind: str) -> pd.Series:
    rows = found.dates[(found.dates["client_id"] == client) & (found.dates["kind"] == kind)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_birthday_is_the_next_one_and_nothing_tells_the_year_of_birth() -> None:
    found = agenda(shop(), 30)
    row = on(found, "plain", "birthday")
    assert row["date"] == pd.Timestamp("2026-11-05")
    assert 1980 not in [getattr(value, "year", None) for value in row]
    assert tuple(found.dates.columns) == AGENDA


def test_today_and_the_last_of_the_days_asked_for_count() -> None:
    born = {
        days: agenda(shop(), days).dates.query("kind == 'birthday'")["client_id"].tolist()
        for days in (4, 5, 7)
    }
    assert born == {4: ["today"], 5: ["today", "plain"], 7: ["today", "plain", "gone"]}


def test_a_birthday_on_29_february_is_kept_on_the_28th_of_a_year_without_one() -> None:
    days = pd.Series(pd.to_datetime(["1988-02-29"]).astype("datetime64[s]"))
    assert next_time(days, TODAY).iloc[0] == pd.Timestamp("2027-02-28")
    assert next_time(days, dt.date(2027, 2, 28)).iloc[0] == pd.Timestamp("2027-02-28")
    assert next_time(days, dt.date(2027, 3, 1)).iloc[0] == pd.Timestamp("2028-02-29")
    year = birthdays_of_the_year(shop())
    assert year.loc[year["leap_day"], "client_id"].tolist() == ["leap"]


@given(
    born=st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31)),
    today=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)
def test_every_day_comes_round_within_a_year_on_its_own_day(born: dt.date, today: dt.date) -> None:
    found = next_time(pd.Series(pd.to_datetime([born]).astype("datetime64[s]")), today).iloc[0].date()
    assert 0 <= (found - today).days <= 366
    assert (found.month, found.day) in {(born.month, born.day), (2, 28)}


def test_birthdays_that_cannot_be_are_told_and_why() -> None:
    found = birthdays(shop()).wrong.set_index("client_id")["doubt"].to_dict()
    assert found == {who: doubt for who, (_, doubt) in BORN.items() if doubt}


def test_a_wrong_year_leaves_the_day_and_what_a_program_filled_in_leaves_nothing() -> None:
    days = birthdays(shop()).days.set_index("client_id")["doubtful"].to_dict()
    kept = {who: doubt == "year" for who, (_, doubt) in BORN.items() if doubt in {None, "year"}}
    assert days == {**kept, "gone": False}
    assert on(agenda(shop(), 30), "yearless", "birthday")["date"] == pd.Timestamp("2026-11-12")


@pytest.mark.parametrize("known", [2, 60, 110, 600, 1500, 5000, 40_000])
def test_a_day_is_no_one_s_birthday_when_more_share_it_than_chance_brings_together_in_a_hundred_shops(
    known: int,
) -> None:
    """Birthdays scattered over 60 years: of all those days one so full is found in one shop of a hundred at most."""
    days = 60 * 365
    rate, many = known / days, _too_many(known)
    fewer = [math.exp(-rate) * rate**count / math.factorial(count) for count in range(many)]
    assert days * (1 - math.fsum(fewer)) <= 0.01
    assert days * (1 - math.fsum(fewer[:-1])) > 0.01


def test_an_anniversary_counts_from_the_first_visit_where_the_file_reaches_further_back() -> None:
    row = on(agenda(shop(), 30), "ana", "anniversary")
    assert (row["date"], row["years"], row["round"]) == (pd.Timestamp("2026-11-13"), 1, True)


def test_the_day_they_joined_makes_it_known() -> None:
    row = on(agenda(shop(), 30), "ten", "anniversary")
    assert (row["date"], row["years"], row["round"]) == (pd.Timestamp("2026-11-20"), 10, True)


def test_who_was_there_when_the_file_begins_is_a_client_at_least_since() -> None:
    # Also where they were put on file later, or all on the same day, which is a program's.
    known = together(shop()).set_index("client_id")
    unknown = {"old", "kept", "moved", *(f"import{number:02}" for number in range(20))}
    assert set(known.index[~known["known"]]) == unknown
    assert known.loc["old", "since"] == pd.Timestamp("2023-12-16")
    assert known.loc["import00", "since"] == known.loc["moved", "since"] == pd.Timestamp("2023-12-20")
    found = agenda(shop(), 365)
    celebrated = set(found.dates.loc[found.dates["kind"] == "anniversary", "client_id"])
    assert not celebrated & unknown
    assert found.at_least == len(unknown)


def test_ten_who_joined_on_one_day_were_typed_in_on_it_and_nine_were_not() -> None:
    """All came first on the file's first day, six times; ten are on file since 2020, nine since 2021."""
    joined = {f"a{number}": "2020-01-01" for number in range(10)}
    joined |= {f"b{number}": "2021-01-01" for number in range(9)}
    visits = [visit for who in joined for visit in every(who, 30, 6, last="2026-10-31")]
    found = together(
        analyse(book_of(visits, clients=[{"client_id": who, "joined": day} for who, day in joined.items()]))
    ).set_index("client_id")
    assert set(found.index[found["known"]]) == {f"b{number}" for number in range(9)}
    assert found.loc["a0", "since"] == pd.Timestamp("2026-06-03")
    assert found.loc["b0", "since"] == pd.Timestamp("2021-01-01")


def test_who_said_goodbye_is_congratulated_but_neither_due_nor_celebrated() -> None:
    found = agenda(shop(), 365).dates
    assert found.loc[found["client_id"] == "gone", "kind"].tolist() == ["birthday"]


def test_who_comes_every_month_is_due_within_the_next_with_a_window() -> None:
    row = on(agenda(shop(), 60), "old", "due")
    assert dt.date(2026, 11, 20) <= row["date"].date() <= dt.date(2026, 12, 10)
    assert row["low"] <= row["date"] <= row["high"]


def test_a_booking_stands_on_its_day_with_its_services_once_and_takes_the_place_of_being_due() -> None:
    found = agenda(shop(), 90)
    assert on(found, "kept", "booked")[["date", "service"]].tolist() == [
        pd.Timestamp("2026-11-20"),
        "Color, Corte",
    ]
    assert "kept" not in found.dates.loc[found.dates["kind"] == "due", "client_id"].tolist()


def test_those_who_refused_stay_in_the_agenda_with_their_word() -> None:
    dates = agenda(shop(), 30).dates
    assert refused(dates.loc[dates["client_id"] == "plain"]).all()


def test_without_birthdays_the_anniversaries_are_there_and_what_to_add_is_said() -> None:
    portfolio = analyse(
        book_of(
            every("old", 30, 36, last="2026-10-31"), clients=[{"client_id": "old", "joined": "2016-11-20"}]
        )
    )
    found = agenda(portfolio, 30)
    assert found.known_birthdays == 0
    assert on(found, "old", "anniversary")["years"] == 10
    assert missing(portfolio, 25) == ()
    assert would_add(portfolio, 25) == ("clients.birthday",)


@pytest.mark.parametrize("days", [7, 30, 90])
def test_the_sample_s_dates_are_those_of_its_clients(salon_sample: Portfolio, days: int) -> None:
    found = agenda(salon_sample, days)
    born = salon_sample.clients["birthday"].dropna()
    end = salon_sample.as_of + dt.timedelta(days=days)
    # By hand, a day at a time: on how many of the next days somebody was born.
    ahead = [
        salon_sample.as_of + dt.timedelta(days=one) for one in range((end - salon_sample.as_of).days + 1)
    ]
    expected = sum(int(((born.dt.month == day.month) & (born.dt.day == day.day)).sum()) for day in ahead)
    assert (found.dates["kind"] == "birthday").sum() == expected
    assert found.wrong_birthdays.empty
    booked = found.dates.loc[found.dates["kind"] == "booked"]
    assert set(booked["client_id"]) <= set(
        salon_sample.clients.loc[salon_sample.clients["booked_for"].notna(), "client_id"]
    )
    assert found.dates["date"].is_monotonic_increasing


def test_the_sample_s_clients_joined_when_it_was_planted(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    planted = pd.to_datetime(salon_truth.set_index("client_id")["first_visit"])
    found = together(salon_sample).set_index("client_id")["since"]
    # The truth's first visit is the file's first; since when they are a client is that day or earlier.
    assert (found <= planted.reindex(found.index)).all()


def test_the_workshop_s_cars_fall_due_by_what_they_are_driven(workshop_sample: Portfolio) -> None:
    found = agenda(workshop_sample, 90).dates
    by_use = found.loc[found["by_use"]]
    assert len(by_use) > 20
    used = workshop_sample.usage.clients
    due = used.loc[used["decided_by"] == "meter"].groupby("client_id")["due"].agg(set)
    assert all(row["date"] in due[row["client_id"]] for row in by_use.to_dict("records"))
    assert by_use["client_id"].is_unique
    assert (by_use["low"] >= pd.Timestamp(workshop_sample.as_of)).all()
