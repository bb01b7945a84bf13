"""How tidy a client book is, on small files worked by hand: what is found, on which rows, and what it costs."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.book import Book
from analysis.quality import CHECKS, CheckCode, Finding, Quality, quality_of, section
from analysis.reading import Corrections
from tests.analysis.reading.exports import TODAY, book_of, csv, xlsx


def quality(*uploads: object, corrections: Corrections | None = None) -> Quality:
    return quality_of(book_of(*uploads, corrections=corrections), TODAY)  # type: ignore[arg-type]


def found(result: Quality, code: CheckCode) -> Finding | None:
    return next((one for one in result.findings if one.code == code), None)


def rows(result: Quality, code: CheckCode) -> list[tuple[int | None, str]]:
    finding = found(result, code)
    assert finding is not None, (code, [one.code for one in result.findings])
    numbers = [None if pd.isna(row) else int(row) for row in finding.rows["row"]]
    return list(zip(numbers, finding.rows["text"], strict=True))


def monthly(year: int, months: range, *, lines: int = 30, name: str = "Ana Pérez") -> list[str]:
    """Lines on the first days of each month, a client apart each."""
    return [
        f"Clienta {chr(65 + line % 26)}{'ab'[line // 26]} {name};{1 + line % 28}/{month:02}/{year};{20 + line % 3},50"
        for month in months
        for line in range(lines)
    ]


def test_the_weights_sum_to_a_hundred():
    assert sum(check.weight for check in CHECKS.values()) == 100


def test_a_tidy_file_has_a_hundred():
    result = quality(csv("Cliente;Fecha;Importe", "Ana Pérez;02/03/2026;20,50", "Luz Gil;13/04/2026;21,50"))
    assert (result.score, result.findings, result.band) == (100, (), "tidy")
    assert {"no_phone", "no_email", "bad_phone", "birthdays"} <= set(result.unknown)


def test_clients_without_a_phone_are_counted_where_there_is_a_column_for_it():
    result = quality(
        csv(
            "Cliente;Fecha;Importe;Teléfono",
            "Ana Pérez;02/03/2026;20,50;600112233",
            "Luz Gil;13/04/2026;21,50;",
            "Eva Sanz;13/04/2026;21,50;-",
            "Eva Sanz;14/04/2026;22,50;",
        )
    )
    finding = found(result, "no_phone")
    assert finding is not None
    assert (finding.n, finding.of) == (2, 3)
    assert finding.points == 7.0  # two thirds is more than a half, which takes all
    assert rows(result, "no_phone") == [(3, "Luz Gil"), (4, "Eva Sanz")]
    assert "no_email" in result.unknown


def test_phones_and_mails_that_cannot_be():
    phones = [f"6001122{n:02}" for n in range(10)]
    good = [
        f"Clienta {chr(65 + n)};02/03/2026;20,50;{phone};c{n}@example.com" for n, phone in enumerate(phones)
    ]
    result = quality(
        csv(
            "Cliente;Fecha;Importe;Teléfono;Correo",
            *good,
            "Ana Ruiz;03/03/2026;20,50;preguntar;ana@",
            "Luz Gil;03/03/2026;20,50;60011223;luz@example.com",
            "Noé Vega;03/03/2026;20,50;999999999;no@tiene.com",
            "Leo Paz;03/03/2026;20,50;+51 999 888 77;leo@example.com",
        )
    )
    assert rows(result, "bad_phone") == [(12, "preguntar"), (13, "60011223"), (14, "999999999")]
    assert rows(result, "bad_email") == [(12, "ana@"), (14, "no@tiene.com")]


def test_duplicates_count_until_the_owner_has_said():
    sales = csv(
        "Cliente;Fecha;Importe",
        "Lucía Fernández;02/03/2026;20,50",
        "Lucía Fernándes;13/04/2026;21,50",
        "Eva Sanz;14/04/2026;22,50",
    )
    result = quality(sales)
    assert rows(result, "duplicates") == [(2, "Lucía Fernández"), (3, "Lucía Fernándes")] or rows(
        result, "duplicates"
    ) == [(3, "Lucía Fernándes"), (2, "Lucía Fernández")]
    (pair,) = (one.pair for one in book_of(sales).suggestions)
    for said in (Corrections(same=frozenset({pair})), Corrections(apart=frozenset({pair}))):
        assert found(quality(sales, corrections=said), "duplicates") is None


def test_walk_ins_by_lines_or_by_money_whichever_is_more():
    result = quality(
        csv(
            "Cliente;Fecha;Importe",
            "Consumidor final;02/03/2026;60,00",
            *(f"Ana Pérez;{day:02}/03/2026;10,00" for day in range(3, 7)),
        )
    )
    finding = found(result, "walk_ins")
    assert finding is not None
    assert (finding.n, finding.of, finding.values["money_share"]) == (1, 5, 0.6)
    assert finding.points == 9.0
    assert rows(result, "walk_ins") == [(2, "60")]


def test_dates_that_cannot_be_and_sales_still_to_come():
    result = quality(
        csv(
            "Cliente;Fecha;Importe",
            "Ana Pérez;31/02/2026;20,50",
            "Ana Pérez;15/09/2027;20,50",
            *(f"Ana Pérez;{day:02}/03/2026;10,00" for day in range(13, 27)),
        )
    )
    assert rows(result, "bad_dates") == [(2, "Ana Pérez · 31/02/2026 · 20,50")]
    assert rows(result, "future_dates") == [(3, "2027-09-15")]


def test_impossible_birthdays_are_named_as_written():
    result = quality(
        csv(
            "Cliente;Fecha de nacimiento;Teléfono",
            "Ana Pérez;15/03/1990;600112233",
            "Luz Gil;15/03/2090;600112234",
            "Eva Sanz;31/02/1985;600112235",
            "Noé Vega;13/01/1870;600112236",
            "Leo Paz;;600112237",
            name="clientes.csv",
        ),
        csv("Cliente;Fecha;Importe", "Ana Pérez;02/03/2026;20,50"),
    )
    assert sorted(rows(result, "birthdays")) == [(3, "15/03/2090"), (4, "31/02/1985"), (5, "13/01/1870")]
    finding = found(result, "birthdays")
    assert finding is not None
    assert (finding.n, finding.of) == (3, 4)
    assert set(finding.rows["file"]) == {"clientes.csv"}


def test_an_amount_ten_times_its_services_is_out_of_proportion():
    usual = [f"Clienta {chr(65 + n)};{1 + n:02}/03/2026;Corte;{34 + n % 3},00" for n in range(20)]
    dear = [f"Clienta {chr(65 + n)};{1 + n:02}/04/2026;Mechas;{110 + 10 * (n % 6)},00" for n in range(20)]
    result = quality(
        csv(
            "Cliente;Fecha;Servicio;Importe",
            *usual,
            *dear,
            "Ana Ruiz;25/03/2026;Corte;3500,00",
            "Ana Ruiz;26/04/2026;Mechas;350,00",
        )
    )
    assert rows(result, "outliers") == [(42, "3500 (35) Corte")]


def test_amounts_of_nought():
    result = quality(
        csv(
            "Cliente;Fecha;Importe",
            "Ana Pérez;02/03/2026;0,00",
            "Luz Gil;13/03/2026;20,00",
            "Luz Gil;14/03/2026;0",
        )
    )
    assert [row for row, _ in rows(result, "zero_amounts")] == [2, 4]


def test_the_same_line_twice():
    lines = [
        "Ana Pérez;02/03/2026;Corte;20,50;T1",
        "Ana Pérez;02/03/2026;Corte;20,50;T1",
        "Ana Pérez;02/03/2026;Corte;20,50;T2",
        "Consumidor final;02/03/2026;Corte;20,50;T3",
        "Consumidor final;02/03/2026;Corte;20,50;T4",
    ]
    assert rows(quality(csv("Cliente;Fecha;Servicio;Importe;Ticket nro", *lines)), "repeated_lines") == [
        (3, "Ana Pérez · Corte")
    ]


# --- Gaps -------------------------------------------------------------------------------------------------


def test_a_missing_month_is_named():
    lines = [*monthly(2025, range(1, 5)), *monthly(2025, range(6, 10))]
    result = quality(csv("Cliente;Fecha;Importe", *lines))
    finding = found(result, "missing_months")
    assert finding is not None
    assert finding.values["months"] == ("2025-05",)
    assert rows(result, "missing_months") == [(None, "2025-05")]
    told = {one["code"]: one for one in section(result)["findings"]}  # type: ignore[attr-defined]
    assert told["missing_months"]["rows"] == []  # it stands on no row
    assert finding.points == 8.0
    assert found(result, "missing_weeks") is None  # a month is told once


def test_a_month_that_is_closed_every_year_is_no_gap():
    lines = [
        line for year in (2023, 2024) for line in [*monthly(year, range(1, 8)), *monthly(year, range(9, 13))]
    ]
    assert found(quality(csv("Cliente;Fecha;Importe", *lines)), "missing_months") is None


def test_a_thin_month_is_named_and_the_last_one_is_just_not_over():
    lines = [
        *monthly(2025, range(1, 5)),
        *monthly(2025, range(5, 6), lines=4),
        *monthly(2025, range(6, 10)),
        *monthly(2025, range(10, 11), lines=3),
    ]
    assert rows(quality(csv("Cliente;Fecha;Importe", *lines)), "thin_months") == [(None, "2025-05")]


def daily(skip: tuple[dt.date, dt.date]) -> list[str]:
    days = [dt.date(2025, 1, 7) + dt.timedelta(days=n) for n in range(220)]
    return [
        f"Clienta {chr(65 + n)} Ruiz;{day:%d/%m/%Y};20,50"
        for day in days
        if not skip[0] <= day <= skip[1]
        for n in range(4)
    ]


def test_a_missing_week_is_named_and_easter_is_no_gap():
    week = quality(csv("Cliente;Fecha;Importe", *daily((dt.date(2025, 6, 9), dt.date(2025, 6, 15)))))
    assert rows(week, "missing_weeks") == [(None, "2025-06-09 – 2025-06-15")]
    easter = quality(csv("Cliente;Fecha;Importe", *daily((dt.date(2025, 4, 14), dt.date(2025, 4, 20)))))
    assert found(easter, "missing_weeks") is None


def test_a_seller_who_is_missing_for_a_month_is_named():
    lines = [
        f"Clienta {chr(65 + n)} Ruiz;{1 + n:02}/{month:02}/2025;20,50;{seller}"
        for month in range(1, 9)
        for seller in ("Marta", "Sara")
        for n in range(12)
        if not (seller == "Sara" and month == 4)
    ]
    result = quality(csv("Cliente;Fecha;Importe;Vendedor", *lines))
    assert rows(result, "part_gaps") == [(None, "Sara · 2025-04")]


def test_a_place_whose_file_lacks_a_month_is_named():
    centre = monthly(2025, range(1, 9), name="Gil")
    north = [
        line
        for month in (1, 2, 3, 5, 6, 7, 8)
        for line in monthly(2025, range(month, month + 1), name="Sanz")
    ]
    header = "Cliente;Fecha;Importe"
    result = quality(csv(header, *centre, name="centro.csv"), csv(header, *north, name="norte.csv"))
    assert rows(result, "part_gaps") == [(None, "norte.csv · 2025-04")]


# --- Where it stands, and what it is worth ------------------------------------------------------------------


def test_rows_are_those_the_owner_sees_in_excel_on_their_sheet():
    titles = [["Informe de ventas"], [None], ["Cliente", "Fecha", "Importe"]]
    sheet = [*titles, ["Ana Pérez", "2026-03-02", 20.5], ["Consumidor final", "2026-03-03", 10]]
    result = quality(xlsx({"Portada": [["Hola"]], "Marzo": sheet}))
    finding = found(result, "walk_ins")
    assert finding is not None
    assert finding.rows[["file", "sheet", "row"]].values.tolist() == [["ventas.xlsx", "Marzo", 5]]


def test_the_section_for_files_names_rows_and_no_cell():
    book = book_of(
        csv("Cliente;Fecha;Importe", "Consumidor final;02/03/2026;60,00", "Ana Pérez;03/03/2026;6,00")
    )
    told = section(quality_of(book, TODAY))
    assert told["score"] == quality_of(book, TODAY).score
    (walk_in,) = told["findings"]  # type: ignore[misc]
    assert walk_in == {
        "code": "walk_ins",
        "n": 1,
        "of": 2,
        "points": 9.0,
        "rows": [{"file": "ventas.csv", "sheet": "", "row": 2}],
    }


def test_the_score_is_a_hundred_less_the_points():
    result = quality(
        csv("Cliente;Fecha;Importe;Teléfono", "Ana Pérez;02/03/2026;20,50;600112233", "Luz Gil;13/04/2026;0;")
    )
    assert {one.code: one.points for one in result.findings} == {"no_phone": 7.0, "zero_amounts": 4.0}
    assert (result.score, result.band) == (89, "fair")


def test_a_book_without_lines_has_nothing_to_find():
    assert quality_of(Book(tables={}, known={}), TODAY).score == 100


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_no_check_takes_more_than_its_weight(code: CheckCode):
    whole = Finding(code, 10, 10, pd.DataFrame())
    assert whole.points == CHECKS[code].weight
