"""The whole way: every kind of file, corrections, questions, and the account of every row."""

from __future__ import annotations

import cProfile
import datetime as dt
import doctest
import pstats
import random
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.book import LEFT_OUT, TABLES, Book
from analysis.errors import ProblemsError
from analysis.reading import ColumnKey, Corrections, Upload, read
from tests.analysis.reading.exports import TODAY, XLS, book_of, csv, fates, fields, ods, xlsx

ROWS = [
    ["Cliente", "Fecha", "Servicio", "Importe"],
    ["Ana Pérez", dt.date(2024, 1, 31), "Corte", 25.5],
    ["Luz Gómez", dt.date(2024, 2, 1), "Color", 60],
    ["Ana Pérez", dt.date(2024, 3, 2), "Corte", -25.5],
]
AS_CSV = csv(
    "Cliente;Fecha;Servicio;Importe",
    "Ana Pérez;31/01/2024;Corte;25,50",
    "Luz Gómez;01/02/2024;Color;60,00",
    "Ana Pérez;02/03/2024;Corte;-25,50",
)


@pytest.mark.parametrize(
    "upload", [AS_CSV, xlsx({"Ventas": ROWS}), XLS, ods({"Ventas": ROWS})], ids=["csv", "xlsx", "xls", "ods"]
)
def test_one_table_is_one_book_in_every_kind_of_file(upload: Upload):
    sales = book_of(upload).sales
    assert sales["client_name"].tolist() == ["Ana Pérez", "Luz Gómez", "Ana Pérez"]
    assert sales["date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-31", "2024-02-01", "2024-03-02"]
    assert sales["amount"].tolist() == [25.5, 60.0, -25.5]
    assert sales["status"].tolist() == ["completed", "completed", "refund"]


def test_the_kind_of_file_is_its_content_and_not_its_name():
    assert len(book_of(Upload("ventas.csv", XLS.data)).sales) == 3


def test_sheets_and_files_are_joined():
    january = [ROWS[0], ROWS[1]]
    february = [ROWS[0], *ROWS[2:]]
    assert len(book_of(xlsx({"Enero": january, "Febrero": february}), AS_CSV).sales) == 6


def test_two_files_of_one_name_are_told_apart():
    other = csv("Cliente,Fecha", "Eva Ruiz,2024-05-01", name=AS_CSV.name)
    assert [sheet.file for sheet in book_of(AS_CSV, other).sheets] == ["ventas.csv", "ventas.csv (2)"]


def test_a_file_uploaded_twice_counts_once():
    book = book_of(AS_CSV, Upload("copia.csv", AS_CSV.data))
    assert len(book.sales) == 3
    assert book.left_out["reason"].tolist() == ["same_file"] * 3


def test_the_digest_names_bytes_and_corrections():
    plain, corrected = book_of(AS_CSV), book_of(AS_CSV, corrections=Corrections(currency="EUR"))
    assert plain.digest == book_of(AS_CSV).digest != corrected.digest
    assert corrected.currency == "EUR"


def test_progress_goes_from_nothing_to_all():
    steps: list[tuple[str, float]] = []
    read([AS_CSV], progress=lambda code, share: steps.append((code, share)), today=TODAY)
    assert [code for code, _ in steps] == [
        "open_files",
        "understand_columns",
        "read_rows",
        "join_clients",
        "join_clients",
    ]
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert steps[-1][1] == 1.0


def test_headers_without_rows_are_an_empty_table():
    book = book_of(xlsx({"Ventas": [ROWS[0]]}))
    assert book.sales.empty
    assert list(book.sales.columns) == list(TABLES["sales"])


# --- Corrections ------------------------------------------------------------------------------------------


def key(header: str, position: int) -> ColumnKey:
    return ColumnKey("ventas.csv", "", header, position)


def test_the_owner_says_what_a_column_is_and_what_is_not_used():
    upload = csv("Cliente,Fecha,Neto,Total", "Ana,2024-01-01,10,12")
    book = book_of(upload, corrections=Corrections(fields={key("Neto", 2): "amount", key("Total", 3): None}))
    assert book.sales["amount"].tolist() == [10.0]
    assert {column.header: column.confidence for column in book.columns} == {
        "Cliente": "sure",
        "Fecha": "sure",
        "Neto": "corrected",
        "Total": "corrected",
    }


def test_the_owners_word_makes_a_table_of_a_sheet_that_was_none():
    upload = csv("Quién,Cuándo,Cuánto", "Ana,2024-01-01,10", "Luz,2024-01-02,20")
    with pytest.raises(ProblemsError):
        book_of(upload)
    said = {key("Quién", 0): "client_name", key("Cuándo", 1): "date", key("Cuánto", 2): "amount"}
    assert book_of(upload, corrections=Corrections(fields=said)).sales["amount"].tolist() == [10.0, 20.0]


def test_the_owner_says_the_decimal_mark_of_a_column_or_a_file():
    upload = csv("Cliente;Fecha;Importe", "Ana;2024-01-01;1.234")
    assert book_of(upload).sales["amount"].tolist() == [1234.0]
    for named in (key("Importe", 2), "ventas.csv"):
        assert book_of(upload, corrections=Corrections(decimals={named: "."})).sales["amount"].tolist() == [
            1.234
        ]


# --- Dates and questions ----------------------------------------------------------------------------------

DOUBTFUL = ("Cliente,Fecha", "Ana,05/05/2024", "Luz,03/04/2024", "Eva,01/02/2024")


def months(book: Book) -> list[int]:
    return book.sales["date"].dt.month.tolist()


def test_an_order_that_nothing_tells_is_asked_with_an_example():
    book = book_of(csv(*DOUBTFUL))
    (question,) = book.questions
    assert (question.file, question.row, question.header, question.example) == (
        "ventas.csv",
        3,
        "Fecha",
        "03/04/2024",
    )
    assert (question.choices, question.assumed) == (("dmy", "mdy"), "dmy")
    assert months(book) == [5, 4, 2]


@pytest.mark.parametrize("named", [key("Fecha", 1), "ventas.csv"])
def test_the_answer_is_taken_and_not_asked_again(named: ColumnKey | str):
    book = book_of(csv(*DOUBTFUL), corrections=Corrections(date_orders={named: "mdy"}))
    assert book.questions == ()
    assert months(book) == [5, 3, 1]


def test_a_sibling_column_tells_the_order():
    book = book_of(
        csv("Cliente,Fecha,Fecha de pago", "Ana,03/04/2024,03/25/2024", "Luz,01/02/2024,01/02/2024")
    )
    assert book.questions == ()
    assert months(book) == [3, 1]


def test_another_file_of_the_upload_tells_the_order():
    book = book_of(csv(*DOUBTFUL), csv("Cliente,Fecha", "Eva,12/25/2023", name="otro.csv"))
    assert book.questions == ()
    assert months(book) == [5, 3, 1, 12]


def test_the_order_of_rows_tells_the_order_of_day_and_month():
    days = pd.date_range("2024-01-01", "2024-12-12", freq="D")
    early = [day for day in days if day.day <= 12]
    book = book_of(csv("Cliente,Fecha", *(f"Ana,{day:%m/%d/%Y}" for day in early)))
    assert book.questions == ()
    assert book.sales["date"].tolist() == early


def test_no_sale_is_dated_after_today():
    book = book_of(
        csv("Cliente,Fecha,Importe", "Ana,05/08/2026,3", "Luz,02/03/2026,3")
    )  # 5 August is yet to come
    assert book.questions == ()
    assert months(book) == [5, 2]


def test_impossible_dates_leave_their_row_out():
    book = book_of(
        csv("Cliente,Fecha", "Ana,31/01/2024", "Luz,31/02/2024", "Eva,", "Sol,15/01/2062", "Mar,ayer")
    )
    assert fates(book) == [
        (3, "bad_date"),
        (4, "no_date"),
        (5, "bad_date"),
        (6, "bad_date"),
    ]


# --- What always holds ------------------------------------------------------------------------------------

CELLS = st.sampled_from
LINE = st.tuples(
    CELLS(["Ana Pérez", "ana perez", "Luz", "", "Consumidor final", "TOTAL", "Cliente", "NA", "00123"]),
    CELLS(["01/02/2024", "25/12/2023", "", "31/02/2024", "nunca", "Fecha", "2024-03-01", "45292"]),
    CELLS(["Corte", "Color", "", "Servicio"]),
    CELLS(["10,50", "-3", "(4)", "", "ver caja", "1.234,00", "Importe", "S/ 5"]),
    CELLS(["Realizada", "Anulada", "No vino", "Devolución", "", "Estado"]),
)
_GOOD = 16
HEADERS = ("Cliente", "Fecha", "Servicio", "Importe", "Estado")


def table(lines: list[tuple[str, ...]], order: list[int] | None = None) -> Upload:
    places = order or list(range(len(HEADERS)))
    # Enough good rows for the columns to be what they are, whatever the others hold.
    good = [("Eva", f"{day}/01/2024", "Corte", f"{day},50", "Realizada") for day in range(13, 13 + _GOOD)]
    rows = [HEADERS, *good, *lines]
    return csv(*(";".join(row[place] for place in places) for row in rows))


@settings(max_examples=25)
@given(st.lists(LINE, max_size=15))
def test_every_row_is_used_or_left_out_with_a_reason(lines: list[tuple[str, ...]]):
    book = book_of(table(lines))
    (sheet,) = book.sheets
    assert sheet.rows_read == sheet.rows_used + sheet.rows_left_out
    assert len(book.sales) == sheet.rows_used
    assert len(book.left_out) == sheet.rows_left_out
    assert list(book.left_out.columns) == list(LEFT_OUT)
    assert book.left_out["reason"].ne("").all()
    assert book.left_out["row"].is_unique
    trailing_blank = len(lines) - max((n for n, line in enumerate(lines, 1) if any(line)), default=0)
    assert sheet.rows_read == _GOOD + len(lines) - trailing_blank


@settings(max_examples=12)
@given(st.lists(LINE, max_size=15), st.permutations(range(5)))
def test_the_order_of_columns_changes_nothing(lines: list[tuple[str, ...]], order: list[int]):
    straight, shuffled = book_of(table(lines)), book_of(table(lines, order))
    pd.testing.assert_frame_equal(straight.sales, shuffled.sales)
    assert fields(straight) == fields(shuffled)
    assert straight.left_out[["row", "reason"]].equals(shuffled.left_out[["row", "reason"]])


@settings(max_examples=12)
@given(st.lists(LINE, max_size=15), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_client_and_no_total(lines: list[tuple[str, ...]], dice: random.Random):
    mixed = list(lines)
    dice.shuffle(mixed)
    straight, shuffled = book_of(table(lines)).sales, book_of(table(mixed)).sales
    by_client = [sales.groupby("client_id")["amount"].sum() for sales in (straight, shuffled)]
    pd.testing.assert_series_equal(*by_client)


def test_a_hundred_thousand_lines_are_read_on_distinct_texts_and_not_row_by_row():
    """Counts, not seconds: a machine may be busy. Twice the rows must not be twice the Python."""
    rng = np.random.default_rng(5)
    calls = []
    for count in (20_000, 40_000):
        people, days = rng.integers(0, 500, count), rng.integers(1, 29, count)
        lines = [
            f"Cliente {person};{day:02}/01/2024;{person % 50},50"
            for person, day in zip(people, days, strict=True)
        ]
        calls.append(_python_calls(csv("Cliente;Fecha;Importe", *lines)))
    assert calls[1] < 1.2 * calls[0]


def _python_calls(upload: Upload) -> int:
    profile = cProfile.Profile()
    profile.runcall(read, [upload], today=TODAY)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize(
    "module",
    [
        "values.texts",
        "values.vocabulary",
        "values.statuses",
        "values.currencies",
        "values.contacts",
        "canonical.people.walk_ins",
        "canonical.people.names",
    ],
)
def test_examples_in_docstrings_hold(module: str):
    failed, tried = doctest.testmod(import_module(f"analysis.reading.{module}"))
    assert tried > 0
    assert failed == 0
