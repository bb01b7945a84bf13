"""Dates from texts: shapes, orders, and what is no date."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.values.dates import are_dates, read_dates, swapped
from tests.analysis.reading.exports import TODAY

ENERO = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"]


def days(texts: list[str], order: str = "dmy") -> list[dt.date | None]:
    read = read_dates(pa.array(texts, pa.string()), TODAY).days("mdy" if order == "mdy" else "dmy")
    return [None if np.isnat(day) else day.astype("datetime64[D]").item() for day in read]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-01", dt.date(2024, 2, 1)),
        ("2024-02-01 10:30:00", dt.date(2024, 2, 1)),
        ("2024-02-01T23:59:59Z", dt.date(2024, 2, 1)),
        ("2024/2/1", dt.date(2024, 2, 1)),
        ("20240201", dt.date(2024, 2, 1)),
        ("01/02/2024", dt.date(2024, 2, 1)),
        ("1.2.24", dt.date(2024, 2, 1)),
        ("01-02-2024 10:30 a. m.", dt.date(2024, 2, 1)),
        ("45323", dt.date(2024, 2, 1)),
        ("45323.75", dt.date(2024, 2, 1)),
        ("1-feb-2024", dt.date(2024, 2, 1)),
        ("3-set-2024", dt.date(2024, 9, 3)),
        ("10 de marzo de 2020 12:28 hs.", dt.date(2020, 3, 10)),
        ("lunes, 3 de junio del 2024", dt.date(2024, 6, 3)),
        ("Julio 24 de 2015", dt.date(2015, 7, 24)),
        ("January 5, 2024 10:00 am", dt.date(2024, 1, 5)),
        ("Mon, 5 Jan 2024", dt.date(2024, 1, 5)),
        ("7 Jan 85", dt.date(1985, 1, 7)),
        ("31/12/26", dt.date(2026, 12, 31)),
        ("31/12/29", dt.date(2029, 12, 31)),
        ("31/12/70", dt.date(1970, 12, 31)),
        ("2024-02-01T23:59:59.123-05:00", dt.date(2024, 2, 1)),
        ("2024-02-01 10:00:00 +0000 UTC", dt.date(2024, 2, 1)),
        ("20240201103000", dt.date(2024, 2, 1)),
        ("20240201T1030Z", dt.date(2024, 2, 1)),
        ("01022024", dt.date(2024, 2, 1)),
        ("15ENE2024", dt.date(2024, 1, 15)),
        ("15-ene.-24", dt.date(2024, 1, 15)),
        ("lun. 3 mar 2025", dt.date(2025, 3, 3)),
        ("mar. 4 mar. 2025", dt.date(2025, 3, 4)),
        ("sáb 03/02/2024", dt.date(2024, 2, 3)),
        ("03/02/2024 (sábado)", dt.date(2024, 2, 3)),
        ("1º de enero de 2024", dt.date(2024, 1, 1)),
        ("15 març 2024", dt.date(2024, 3, 15)),
        ("01/02/2024\u00a010:30\u202fa.\u00a0m.", dt.date(2024, 2, 1)),
        ("\u200e01/02/2024", dt.date(2024, 2, 1)),
        ("01/02/2024 10:00 - 11:30", dt.date(2024, 2, 1)),
        ("lunes 15 de enero de 2024 a las 10:30", dt.date(2024, 1, 15)),
        ("Mon Jan 15 2024 10:00:00 GMT+0100 (Central European Standard Time)", dt.date(2024, 1, 15)),
        ("45323,75", dt.date(2024, 2, 1)),
        ("60000", dt.date(2064, 4, 8)),
    ],
)
def test_a_shape_is_read(text: str, day: dt.date):
    assert days([text]) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "00/00/0000",
        "32/01/2024",
        "13/13/2024",
        "12:30",
        "1234",
        "Ana",
        "1899-12-31",
        "3 de foo de 2024",
        "29/02/2023",
        "61000",
        "03/2024",
        "mar-24",
        "2024-03",
        "2024-W05",
        "01/02/2024 - 03/02/2024",
        "01/02/2024 pendiente",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str):
    assert days([text]) == [None]


def test_a_birthdays_year_of_two_figures_is_never_after_today():
    read = read_dates(pa.array(["31/12/29", "31/12/25"]), TODAY, may_be_old=True)
    assert read.days("dmy").astype("datetime64[D]").tolist() == [dt.date(1929, 12, 31), dt.date(2025, 12, 31)]


def test_day_and_month_change_places_where_the_calendar_has_the_day():
    days = np.array(["2024-03-04", "2024-03-25", "NaT"], dtype="datetime64[s]")
    assert swapped(days).astype("datetime64[D]").tolist() == [dt.date(2024, 4, 3), None, None]


def test_iso_dates_are_never_flipped_by_an_order():
    assert days(["2024-02-01"], "dmy") == days(["2024-02-01"], "mdy") == [dt.date(2024, 2, 1)]


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["01/02/2024", "25/02/2024"], "dmy"),
        (["01/02/2024", "02/25/2024"], "mdy"),
        (["25/02/2024", "02/26/2024"], "mixed"),
        (["01/02/2024", "03/04/2024"], "unsure"),
        (["05/05/2024", "06/06/2024"], "none"),
        (["2024-01-02"], "none"),
    ],
)
def test_a_slot_above_twelve_decides_the_column(texts: list[str], verdict: str):
    assert read_dates(pa.array(texts), TODAY).slots.verdict == verdict


def test_in_a_mixed_column_each_impossible_text_is_read_in_the_other_order():
    texts = ["25/02/2024", "26/02/2024", "02/27/2024"]
    read = read_dates(pa.array(texts), TODAY)
    assert read.slots.majority == "dmy"
    assert days(texts) == [dt.date(2024, 2, 25), dt.date(2024, 2, 26), dt.date(2024, 2, 27)]


def test_a_date_in_either_order_is_a_date():
    assert are_dates(pa.array(["2024-01-01", "x", "03/25/2024", "y"]), TODAY).tolist() == [
        True,
        False,
        True,
        False,
    ]


@given(
    st.lists(st.dates(dt.date(1980, 1, 1), dt.date(2026, 6, 1)), min_size=1, max_size=40),
    st.sampled_from(
        [
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%Y-%m-%d",
            "%d.%m.%Y",
            "%d-%m-%Y 10:15",
            "%Y%m%d",
            "%d {es} %Y",
            "%d de {es} de %Y",
            "serial",
        ]
    ),
)
def test_a_written_date_is_read_back(dates: list[dt.date], pattern: str):
    if pattern == "serial":
        texts = [str((day - dt.date(1899, 12, 30)).days) for day in dates]
    else:
        texts = [day.strftime(pattern.replace("{es}", ENERO[day.month - 1])) for day in dates]
    assert days(texts, "mdy" if pattern.startswith("%m") else "dmy") == dates
