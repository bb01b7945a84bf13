"""A table written in any layout, dialect and encoding is read back as the same rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.files.opening import open_here
from analysis.reading import Upload
from analysis.reading.raw import csv_of, raw_table
from tests.analysis.reading.exports import book_of, ods, xlsx

#: Clients by their codes: leading zeros, delimiters, quotes, apostrophes, accents.
CLIENTS: Mapping[str, str] = {
    "00123": 'Peña "Chema" Íñigo',
    "0045": "O'Neill Zoë",
    "000007": "Núñez | Begoña",
    "10": "D'Angelo; Ada",
    "00900": "Garçon ^ Àlex",
    "0031": "Ruiz ~ Eva & <Hijas>",
}
SERVICES = ("Corte, lavado", "Tinte; mechas", 'Pelo 12"', "Uñas\ny pies", "'Extra'", "A | B", "Manicura")
WITH_EMOJI = (*SERVICES, "Spa 💅🏽", "Masaje – 1 h")
FIRST_DAY = dt.date(2025, 1, 13)


@dataclass(frozen=True)
class Sale:
    """A line of the till, as it is meant."""

    client_id: str
    day: dt.date
    cents: int
    service: str


def _sales(services: Sequence[str]) -> st.SearchStrategy[list[Sale]]:
    sale = st.builds(
        Sale,
        st.sampled_from(sorted(CLIENTS)),
        st.dates(dt.date(2025, 1, 1), dt.date(2026, 6, 1)),
        st.integers(1, 999_999_99),
        st.sampled_from(services),
    )
    # A few that are always there tell what the columns are, whatever the others hold.
    known = [
        Sale(code, FIRST_DAY + dt.timedelta(days=place), 1_250 + place, SERVICES[place % len(SERVICES)])
        for place, code in enumerate([*CLIENTS, *CLIENTS])
    ]
    return st.lists(sale, max_size=12).map(lambda sales: [*known, *sales])


@dataclass(frozen=True)
class Style:
    """How dates and numbers are written."""

    date: str = "%d/%m/%Y"
    decimal: str = ","
    grouping: str = ""
    money: str = "{}"

    def amount(self, cents: int) -> str:
        figure = f"{cents / 100:,.2f}".replace(",", "\0").replace(".", self.decimal)
        return self.money.format(figure.replace("\0", self.grouping))


HEADERS = ("Código cliente", "Cliente", "Fecha", "Servicio", "Importe")
Rows = list[list[str]]


def _texts(sales: Sequence[Sale], style: Style) -> Rows:
    return [
        [
            sale.client_id,
            CLIENTS[sale.client_id],
            sale.day.strftime(style.date),
            sale.service,
            style.amount(sale.cents),
        ]
        for sale in sales
    ]


@dataclass(frozen=True)
class Text:
    """A dialect of text files. `above` and `below` are written as they are; `dress` changes the finished text."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    style: Style = field(default_factory=Style)
    quoting: int = csv.QUOTE_MINIMAL
    quote: str = '"'
    end: str = "\r\n"
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    dress: Callable[[str], str] = str

    def __call__(self, sales: Sequence[Sale]) -> Upload:
        out = io.StringIO(newline="")
        one_mark = self.delimiter if len(self.delimiter) == 1 else "\x1f"
        writer = csv.writer(
            out, delimiter=one_mark, quotechar=self.quote, quoting=self.quoting, lineterminator=self.end
        )
        writer.writerows([HEADERS, *_texts(sales, self.style)])
        text = self.dress(out.getvalue().replace(one_mark, self.delimiter))
        above, below = ("".join(line + self.end for line in lines) for lines in (self.above, self.below))
        return Upload("ventas.csv", (above + text + below).encode(self.encoding))


def _typed(sales: Sequence[Sale]) -> list[list[object]]:
    rows = [
        [sale.client_id, CLIENTS[sale.client_id], sale.day, sale.service, sale.cents / 100] for sale in sales
    ]
    return [list(HEADERS), *rows]


def _html(sales: Sequence[Sale]) -> Upload:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in [list(HEADERS), *_texts(sales, Style())]
    )
    page = f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>"
    return Upload("ventas.xls", page.encode())


def _xlsx(
    *above: Sequence[object], below: Sequence[Sequence[object]] = (), margin: int = 0
) -> Callable[[Sequence[Sale]], Upload]:
    def write(sales: Sequence[Sale]) -> Upload:
        rows = [*above, *_typed(sales), *below]
        return xlsx({"Ventas": [[None] * margin + list(row) for row in rows]})

    return write


POINT = Style("%Y-%m-%d", ".")
LATIN = Style("%m/%d/%Y", ".", ",", "${}")
SPANISH = Style("%d-%m-%Y", ",", ".", "{} €")
PERU = Style("%d/%m/%Y", ".", ",", "S/ {}")
DOTTED = Style("%d.%m.%Y", ",", ".")
STAMPED = Style("%d/%m/%Y 10:30", ",")
SHORT = Style("%d/%m/%y", ",")

#: Every layout with the services it can write.
TEXTS: Mapping[str, Text] = {
    "semicolons": Text(),
    "commas": Text(","),
    "commas, decimal points": Text(",", style=POINT),
    "commas, month first": Text(",", style=LATIN),
    "tabs": Text("\t"),
    "bars": Text("|"),
    "carets": Text("^"),
    "tildes": Text("~"),
    "unit separators": Text("\x1f"),
    "two bars": Text("||", quoting=csv.QUOTE_ALL),
    "two colons": Text("::"),
    "all quoted": Text(quoting=csv.QUOTE_ALL),
    "all quoted, commas": Text(",", quoting=csv.QUOTE_ALL, style=SPANISH),
    "texts quoted": Text(quoting=csv.QUOTE_NONNUMERIC),
    "line feeds": Text(end="\n"),
    "carriage returns": Text(end="\r", quoting=csv.QUOTE_ALL),
    "utf-8 with its mark": Text(encoding="utf-8-sig"),
    "utf-16": Text(encoding="utf-16"),
    "utf-16 without its mark": Text(encoding="utf-16-le"),
    "utf-16, the other way round": Text(encoding="utf-16-be"),
    "utf-16, tabs": Text("\t", encoding="utf-16", style=SPANISH),
    "utf-32": Text(encoding="utf-32"),
    "money in euros": Text(style=SPANISH),
    "money in soles": Text(style=PERU),
    "dots in dates": Text(style=DOTTED),
    "times behind dates": Text(style=STAMPED),
    "years of two figures": Text(style=SHORT),
    "a title": Text(above=("Listado de ventas", "")),
    "a title, commas": Text(",", style=POINT, above=("Sales report", "Downloaded on 2026-06-01", "")),
    "a title with all its delimiters": Text(above=("Listado de ventas;;;;", ";;;;")),
    "a total": Text(below=("TOTAL;;;;9.999.999,00",)),
    "a note below": Text(below=("", "Fin del listado")),
    "a hint": Text(above=("sep=;",)),
    "many empty lines": Text(dress=lambda text: text + "\r\n" * 20),
    "ending in delimiters": Text(
        quoting=csv.QUOTE_ALL, dress=lambda text: text.replace('"\r\n', '";\r\n').replace("\n;", "\n")
    ),
    "the end mark of DOS": Text(dress=lambda text: text + "\x1a"),
    "spaces behind delimiters": Text(
        ",", quoting=csv.QUOTE_ALL, dress=lambda text: text.replace('","', '", "'), style=POINT
    ),
}
OLD: Mapping[str, Text] = {
    "cp1252": Text(encoding="cp1252"),
    "cp1252, commas": Text(",", encoding="cp1252", style=SPANISH),
    "cp1252, tabs": Text("\t", encoding="cp1252", above=("Relación de ventas", "")),
    "cp850": Text(encoding="cp850"),
    "cp850, commas": Text(",", encoding="cp850", style=POINT),
    "mac_roman": Text(encoding="mac_roman"),
    "latin-1": Text(encoding="latin-1", quoting=csv.QUOTE_ALL),
}
WORKBOOKS: Mapping[str, Callable[[Sequence[Sale]], Upload]] = {
    "xlsx": _xlsx(),
    "xlsx, a title": _xlsx(["Listado de ventas"], []),
    "xlsx, a total": _xlsx(below=[["TOTAL", None, None, None, 9_999_999.0]]),
    "xlsx, empty first columns": _xlsx(margin=2),
    "xlsx, all texts": lambda sales: xlsx({"Ventas": [list(HEADERS), *_texts(sales, SPANISH)]}),
    "xlsx named csv": lambda sales: Upload("ventas.csv", _xlsx()(sales).data),
    "a web page named xls": _html,
    "ods": lambda sales: ods({"Ventas": _typed(sales)}),
}
LAYOUTS = {**TEXTS, **OLD, **WORKBOOKS}


def test_there_are_forty_layouts_and_more():
    assert len(LAYOUTS) >= 40


def _read_back(upload: Upload) -> list[tuple[object, ...]]:
    sales = book_of(upload).sales
    days = sales["date"].dt.date
    cents = (sales["amount"] * 100).round(6)
    return list(zip(sales["client_id"], sales["client_name"], days, sales["service"], cents, strict=True))


def _meant(sales: Sequence[Sale]) -> list[tuple[object, ...]]:
    return [
        (sale.client_id, CLIENTS[sale.client_id], sale.day, sale.service, float(sale.cents)) for sale in sales
    ]


@pytest.mark.parametrize("name", list(LAYOUTS))
def test_what_is_written_is_read_back(name: str):
    services = SERVICES if name in OLD else WITH_EMOJI
    known = [
        Sale(sorted(CLIENTS)[place % 6], FIRST_DAY + dt.timedelta(days=place), 95 * 7**place, service)
        for place, service in enumerate([*services, *SERVICES][:10])
    ]
    assert _read_back(LAYOUTS[name](known)) == _meant(known)


@settings(max_examples=20)
@given(st.sampled_from(sorted({**TEXTS, **WORKBOOKS})), _sales(WITH_EMOJI))
def test_any_sales_are_read_back_from_any_layout(name: str, sales: list[Sale]):
    assert _read_back(LAYOUTS[name](sales)) == _meant(sales)


#: Cells of all sorts; what is blank at an edge is nobody's text.
CELL = st.text(st.sampled_from("aeñÁ0123 .,;|\t\"'/-€😀\n^~:=@"), max_size=12).map(str.strip)
#: A first column of codes and a last one of dates: a table that nothing but its cells could spoil.
TABLE = st.lists(st.tuples(CELL, CELL), min_size=4, max_size=12).map(
    lambda cells: [
        ["Código", "Nota", "Otra nota", "Fecha"],
        *([f"C-{place:04}", *pair, f"2026-03-{place + 1:02}"] for place, pair in enumerate(cells)),
    ]
)


QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])


@settings(max_examples=100)
@given(TABLE, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16"]), QUOTING)
def test_cells_of_any_text_are_had_as_they_are_written(
    table: Rows, delimiter: str, encoding: str, quoting: int
):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(table)
    grids = open_here(Upload("tabla.csv", out.getvalue().encode(encoding)))
    again = csv.reader(io.StringIO(csv_of(raw_table(grids)).decode(), newline=""), strict=True)
    assert list(again) == table
