"""Which cells of an export are readings, and in which unit."""

import datetime as dt

import pytest

from analysis.book import Book, ColumnReading
from analysis.usage.readings import MOST_READINGS, Readings, meter_unit, readings
from analysis.visits import visits
from tests.analysis.books import Row, book_of, line


def found(*lines: Row) -> Readings:
    book = book_of(lines=lines)
    return readings(book, visits(book))


def test_the_lines_of_one_visit_are_one_reading():
    read = found(
        line("ana", "2026-01-05", service="Oil", meter=50_000.0),
        line("ana", "2026-01-05", service="Tyres", meter=50_000.0),
        line("ana", "2026-03-05", service="Oil", meter=53_000.0),
    )
    assert read.value.tolist() == [50_000.0, 53_000.0]


def test_two_readings_of_one_day_are_both_kept_the_lower_one_first():
    read = found(
        line("ana", "2026-01-05", meter=90_000.0),
        line("ana", "2026-01-05", meter=50_000.0),
        line("ana", "2026-01-05", meter=90_000.0),
    )
    assert read.value.tolist() == [50_000.0, 90_000.0]


def test_nought_nothing_and_what_did_not_take_place_are_no_readings():
    read = found(
        line("ana", "2026-01-05", meter=0.0),
        line("ana", "2026-02-05"),
        line("ana", "2026-03-05", "no_show", meter=52_000.0),
        line("ana", "2026-04-05", meter=53_000.0),
        line(None, "2026-04-05", meter=54_000.0),
    )
    assert read.value.tolist() == [53_000.0]


def test_nothing_is_read_ahead_of_as_of():
    lines = [line("ana", "2026-01-05", meter=50_000.0), line("ana", "2026-03-05", meter=53_000.0)]
    book = book_of(lines=lines)
    early = readings(book, visits(book, dt.date(2026, 2, 1)))
    assert early.value.tolist() == [50_000.0]


def test_the_latest_readings_are_kept():
    many = [
        line("ana", f"20{20 + day // 12:02}-{day % 12 + 1:02}-01", meter=1_000.0 * (day + 1))
        for day in range(72)
    ]
    read = found(*many)
    assert len(read) == MOST_READINGS
    assert read.value[-1] == 72_000.0


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Km", "km"),
        ("Kilometraje", "km"),
        ("KMS ACTUALES", "km"),
        ("Mileage (km)", "km"),
        ("Odometer", "km"),
        ("Mileage", "miles"),
        ("Millas", "miles"),
        ("Horas motor", "hours"),
        ("Hour meter", "hours"),
        ("Horómetro", "hours"),
    ],
)
def test_the_unit_is_the_header_s(header: str, unit: str):
    column = ColumnReading("a.csv", "", header, 0, (), "sales", "meter", "sure")
    assert meter_unit(Book(tables={}, known={}, columns=(column,))) == unit
