"""Whatever stands around a table, its lines are read the same, and every row of it is accounted for."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.book import Book
from analysis.files.opening import open_here, open_uploads
from analysis.files.upload import Upload
from analysis.reading.layout.body import Body
from analysis.reading.layout.tables import tables_in
from tests.analysis.reading.exports import book_of, csv, xlsx

HEADER = "Fecha;Cliente;Servicio;Importe"
LINES = tuple(
    f"{day}/0{1 + day % 5}/2026;{who};{what};{day},50"
    for day, who, what in [
        (13, "Ana Pérez", "Corte"), (14, "Luz Gómez", "Color"), (17, "Ana Pérez", "Peinado"), (19, "Eva Sanz", "Corte"),
        (21, "Total Fitness SL", "Corte"), (23, "Luz Gómez", "Corte"), (28, "Ana Pérez", "Color"),
    ]
)  # fmt: skip
SUM = f"{sum(day + 0.5 for day in (13, 14, 17, 19, 21, 23, 28)):.2f}".replace(".", ",")

ABOVE = st.lists(
    st.sampled_from(
        [
            "Peluquería Sol SL",
            "",
            "Reporte descargado el 03/04/2026",
            "Periodo: marzo 2026",
            "Vendedor:;Todos",
        ]
    ),
    max_size=5,
)
BETWEEN = st.sampled_from(["", HEADER, "Página 1 de 2", ";;;", "Impreso el 03/04/2026 10:15"])
BELOW = st.lists(
    st.sampled_from(["", f";;;{SUM}", f"TOTAL;;;{SUM}", f";Total general;;{SUM}", "Nota: importes con IVA"]),
    max_size=3,
)


def bodies(*uploads: Upload) -> list[Body]:
    opened = open_uploads(uploads, open_here)
    return [body for grid in opened.grids for body in tables_in(grid)]


def told(book: Book) -> list[tuple[object, ...]]:
    sales = book.sales
    return list(zip(sales["client_name"], sales["date"], sales["service"], sales["amount"], strict=True))


PLAIN = told(book_of(csv(HEADER, *LINES)))


@settings(max_examples=40)
@given(
    ABOVE, st.lists(st.tuples(st.integers(1, len(LINES) - 1), BETWEEN), max_size=3), BELOW, st.integers(0, 2)
)
def test_what_stands_around_the_lines_changes_nothing(
    above: list[str], between: list[tuple[int, str]], below: list[str], margin: int
):
    lines = list(LINES)
    for place, line in sorted(between, reverse=True):
        lines.insert(place, line)
    rows = [*above, HEADER, *lines, *below]
    book = book_of(csv(*(";" * margin + row for row in rows)))
    assert told(book) == PLAIN
    (sheet,) = book.sheets
    assert sheet.header_row == len(above) + 1
    assert sheet.rows_read == sheet.rows_used + sheet.rows_left_out
    last = max(number for number, row in enumerate(rows, 1) if row.strip(";"))
    assert sheet.rows_read == last - sheet.header_row
    assert len(book.left_out) == sheet.rows_left_out


@settings(max_examples=25)
@given(st.permutations(range(4)), st.integers(1, 3), st.integers(0, 3), st.integers(0, 3))
def test_lines_split_over_sheets_are_read_as_from_one(
    order: list[int], cut: int, first_lines: int, second_lines: int
):
    rows = [row.split(";") for row in (HEADER, *LINES)]
    moved = [[row[place] for place in order] for row in (rows[0], *rows[1 + cut :])]
    book = book_of(
        xlsx(
            {
                "Enero": [["Título"]] * first_lines + rows[: 1 + cut],
                "Febrero": [["Ventas de enero"]] * second_lines + moved,
            }
        )
    )
    assert told(book) == PLAIN
    assert [sheet.header_row for sheet in book.sheets] == [first_lines + 1, second_lines + 1]
    assert sum(sheet.rows_used for sheet in book.sheets) == len(LINES)


def test_a_row_left_out_of_joined_sheets_names_its_own_sheet():
    names = HEADER.split(";")
    january = [names, ["13/01/2026", "Ana", "Corte", 5], ["", "Luz", "Corte", 7]]
    february = [["Título"], names, ["14/02/2026", "Ana", "Corte", 5], ["nunca", "Eva", "Corte", 7]]
    book = book_of(xlsx({"Enero": january, "Febrero": february}))
    assert book.left_out[["sheet", "row", "reason"]].to_numpy().tolist() == [
        ["Enero", 3, "no_date"],
        ["Febrero", 4, "bad_date"],
    ]
    (notice,) = [notice for notice in book.notices if notice.code == "sheets_joined"]
    assert dict(notice.values) == {"n": 2, "first": "Enero", "last": "Febrero"}


def test_the_labels_of_two_lines_are_joined():
    (body,) = bodies(
        csv(
            "Cliente;;Venta;",
            "Código;Nombre;Fecha;Importe",
            "A1;Ana;13/03/2026;5,00",
            "A2;Luz;14/03/2026;6,00",
        )
    )
    assert [column.header for column in body.columns] == [
        "Cliente Código",
        "Cliente Nombre",
        "Venta Fecha",
        "Venta Importe",
    ]
    assert [column.last_line for column in body.columns] == ["Código", "Nombre", "Fecha", "Importe"]
    assert body.header_row == 2


@pytest.mark.parametrize(
    "title", ["Cliente", "Cliente:", "CLIENTE Nº", "Código cliente", "Paciente", "Customer"]
)
def test_a_heading_says_whose_its_lines_are_in_many_words(title: str):
    colon = "" if title.endswith(":") else ":"
    book = book_of(
        csv(
            "Fecha;Servicio;Importe",
            f"{title}{colon} 0045 - Ana Pérez;;",
            "13/03/2026;Corte;5,00",
            f"{title}{colon} 0046 - Luz Gómez;;",
            "14/03/2026;Corte;6,00",
        )
    )
    assert book.sales["client_id"].tolist() == ["0045", "0046"]
    assert book.sales["client_name"].tolist() == ["Ana Pérez", "Luz Gómez"]


def test_a_wide_sheet_is_looked_at_no_further():
    (body,) = bodies(csv(";".join(f"c{at}" for at in range(3000)), ";".join("1" for _ in range(3000))))
    assert (body.summary, len(body.columns), len(body)) == ("too_wide", 400, 2)


@pytest.mark.parametrize("module", ["cells", "months"])
def test_examples_in_docstrings_hold(module: str):
    failed, tried = doctest.testmod(import_module(f"analysis.reading.layout.{module}"))
    assert tried > 0
    assert failed == 0
