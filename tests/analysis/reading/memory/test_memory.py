"""Next month's file of the same columns is read as the owner said this month, where its cells still agree."""

import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.files.opening import open_uploads
from analysis.files.upload import Upload
from analysis.reading import ColumnKey, Corrections, SheetKey
from analysis.reading.memory.mappings import (
    MOST_SHEETS,
    ColumnWord,
    ForeignFileError,
    Mappings,
    SheetMapping,
    fingerprint_of,
    name_of,
    parsed,
    written,
)
from analysis.reading.memory.recall import recall
from analysis.reading.memory.remember import remember, remember_decisions
from analysis.reading.reader import bodies_of, book_of
from analysis.reading.with_memory import book_with_memory

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 2)
TODAY = NOVEMBER


def export(
    name: str, header: str = "Cliente;Fecha;Importe;Obs", *, rows: int = 24, lines: str = ""
) -> Upload:
    """A till's month: days that read both ways, amounts with a comma, remarks."""
    made = [f"Ana {n % 6};0{1 + n % 9}/0{1 + n % 7}/2026;{20 + n},50;nota {n % 3}" for n in range(rows)]
    return Upload(name, ("\n".join([header, *made]) + "\n" + lines).encode())


def remembered(upload: Upload, corrections: Corrections, mappings: Mappings | None = None) -> Mappings:
    return remember(mappings or Mappings(), bodies_of(open_uploads([upload])), corrections, OCTOBER)


def key(file: str, header: str, position: int) -> ColumnKey:
    return ColumnKey(file, "", header, position)


SAID = Corrections(
    fields={key("octubre.csv", "Obs", 3): "service"},
    date_orders={key("octubre.csv", "Fecha", 1): "mdy"},
    currency="PEN",
)


def test_next_month_s_file_is_read_as_was_said_this_month() -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    opened = open_uploads([export("noviembre.csv", rows=30)])
    book, found = book_with_memory(opened, mappings, today=TODAY)
    assert (found.applied, found.since, found.known) == (3, OCTOBER, (SheetKey("noviembre.csv", ""),))
    assert found.corrections == Corrections(
        fields={key("noviembre.csv", "Obs", 3): "service"},
        date_orders={key("noviembre.csv", "Fecha", 1): "mdy"},
        currency="PEN",
    )
    assert book.currency == "PEN"
    assert book.questions == ()
    assert set(book.sales["service"]) == {"nota 0", "nota 1", "nota 2"}
    assert book.sales["date"].min() == dt.datetime(2026, 1, 1)
    assert book.notices == ()


def test_columns_are_known_again_in_another_order_and_spelling() -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    moved = Upload(
        "n.csv", b"OBS.;importe;Fecha;CLIENTE\nnota 1;20,50;01/02/2026;Ana\nnota 2;10,00;02/03/2026;Eva\n"
    )
    found = recall(bodies_of(open_uploads([moved])), mappings, TODAY)
    assert found.corrections.fields == {key("n.csv", "OBS.", 0): "service"}
    assert found.corrections.date_orders == {key("n.csv", "Fecha", 2): "mdy"}


@pytest.mark.parametrize(
    "header", ["Cliente;Fecha;Importe", "Cliente;Fecha;Importe;Obs;Obs", "Cliente;Fecha;Importe;Nota"]
)
def test_other_columns_are_another_file(header: str) -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    found = recall(bodies_of(open_uploads([export("noviembre.csv", header)])), mappings, TODAY)
    assert found.corrections == Corrections()
    assert found.since is None


def test_the_second_of_two_columns_of_one_name_is_told_from_the_first() -> None:
    header = "Cliente;Fecha;Nota;Nota"
    said = Corrections(fields={key("octubre.csv", "Nota", 3): "service"})
    found = recall(
        bodies_of(open_uploads([export("noviembre.csv", header)])),
        remembered(export("octubre.csv", header), said),
        TODAY,
    )
    assert found.corrections.fields == {key("noviembre.csv", "Nota", 3): "service"}


def test_what_no_longer_fits_the_cells_is_dropped_and_told() -> None:
    said = Corrections(
        fields={key("octubre.csv", "Fecha", 1): "date"}, date_orders={key("octubre.csv", "Fecha", 1): "mdy"}
    )
    mappings = remembered(export("octubre.csv"), said)
    words = "Cliente;Fecha;Importe;Obs\nAna;lunes;3;x\nEva;martes;4;y\n"
    found = recall(bodies_of(open_uploads([Upload("n.csv", words.encode())])), mappings, TODAY)
    assert found.corrections == Corrections()
    assert [(notice.code, notice.file, notice.values) for notice in found.notices] == [
        ("mapping_vetoed", "n.csv", {"header": "Fecha"})
    ]


def test_a_remembered_order_of_dates_yields_to_dates_that_tell_another() -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    clear = Upload("n.csv", b"Cliente;Fecha;Importe;Obs\nAna;25/02/2026;3;x\nEva;28/02/2026;4;y\n")
    found = recall(bodies_of(open_uploads([clear])), mappings, TODAY)
    assert found.corrections.date_orders == {}
    assert [notice.code for notice in found.notices] == ["mapping_vetoed"]


def test_a_remembered_decimal_mark_yields_to_figures_that_tell_another() -> None:
    mark = Corrections(decimals={key("octubre.csv", "Importe", 2): ","})
    mappings = remembered(export("octubre.csv"), mark)
    same = Upload("n.csv", b"Cliente;Fecha;Importe;Obs\nAna;25/02/2026;1.234;x\nEva;28/02/2026;4.567;y\n")
    other = Upload("n.csv", b"Cliente;Fecha;Importe;Obs\nAna;25/02/2026;1,234.50;x\nEva;28/02/2026;4.25;y\n")
    assert recall(bodies_of(open_uploads([same])), mappings, TODAY).corrections.decimals == {
        key("n.csv", "Importe", 2): ","
    }
    found = recall(bodies_of(open_uploads([other])), mappings, TODAY)
    assert (found.corrections.decimals, len(found.notices)) == ({}, 1)


def test_a_remembered_currency_yields_to_the_one_a_file_shows() -> None:
    mappings = remembered(export("octubre.csv"), Corrections(currency="PEN"))
    euros = Upload(
        "n.csv", "Cliente;Fecha;Importe;Obs\nAna;25/02/2026;3,00 €;x\nEva;28/02/2026;4,00 €;y\n".encode()
    )
    book, found = book_with_memory(open_uploads([euros]), mappings, today=TODAY)
    assert (book.currency, found.corrections.currency, found.applied) == ("EUR", None, 0)
    assert [notice.code for notice in book.notices] == ["mapping_vetoed_currency"]


def test_what_is_said_today_wins() -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    today = Corrections(date_orders={key("n.csv", "Fecha", 1): "dmy"}, currency="EUR")
    found = recall(bodies_of(open_uploads([export("n.csv")])), mappings, TODAY, today)
    assert found.corrections.date_orders == {key("n.csv", "Fecha", 1): "dmy"}
    assert found.corrections.currency == "EUR"
    assert found.corrections.fields == {key("n.csv", "Obs", 3): "service"}


def test_a_memory_that_would_keep_a_file_from_being_read_is_left_aside() -> None:
    said = Corrections(roles={SheetKey("octubre.csv", ""): None})
    book, found = book_with_memory(
        open_uploads([export("noviembre.csv")]), remembered(export("octubre.csv"), said), today=TODAY
    )
    assert book.rows_read == 24
    assert (found.applied, found.corrections) == (0, Corrections())


def test_what_a_sheet_is_holds_for_the_one_of_its_name_alone() -> None:
    files = [export("anuladas_octubre.csv"), export("ventas_octubre.csv")]
    said = Corrections(roles={SheetKey("anuladas_octubre.csv", ""): "cancellations"})
    mappings = remember(Mappings(), bodies_of(open_uploads(files)), said, OCTOBER)
    next_month = [export("ventas noviembre.csv", rows=20), export("anuladas noviembre.csv")]
    found = recall(bodies_of(open_uploads(next_month)), mappings, TODAY)
    assert found.corrections.roles == {SheetKey("anuladas noviembre.csv", ""): "cancellations"}


def test_names_of_files_are_alike_but_for_their_dates() -> None:
    (october,) = bodies_of(open_uploads([export("Ventas 2026-10 octubre (1).csv")]))
    (november,) = bodies_of(open_uploads([export("ventas_2026-11_noviembre.csv")]))
    (clients,) = bodies_of(open_uploads([export("clientes.csv")]))
    assert name_of(october) == name_of(november) != name_of(clients)


def test_a_sheet_without_headers_is_not_remembered() -> None:
    (body,) = bodies_of(open_uploads([Upload("n.csv", b"12,13\n14,15\n")]))
    assert fingerprint_of(body) == ""
    assert remember(Mappings(), [body], Corrections(currency="EUR"), OCTOBER).sheets == ()


def test_all_taken_back_is_all_forgotten() -> None:
    mappings = remembered(export("octubre.csv"), SAID)
    bodies = bodies_of(open_uploads([export("noviembre.csv")]))
    assert mappings.without(bodies).sheets == ()
    assert recall(bodies, remembered(export("octubre.csv"), Corrections(), mappings), TODAY).applied == 0


def test_a_book_under_what_is_recalled_is_the_book_under_what_was_said() -> None:
    opened = open_uploads([export("octubre.csv")])
    mappings = remember(Mappings(), bodies_of(opened), SAID, OCTOBER)
    book, _ = book_with_memory(opened, mappings, today=TODAY)
    said = book_of(opened, SAID, today=TODAY)
    assert book.digest == said.digest
    assert book.sales.equals(said.sales)


# --- The file ---------------------------------------------------------------------------------------------

hashes = st.text("0123456789abcdef", min_size=32, max_size=32)
words = st.builds(
    ColumnWord,
    st.sampled_from([None, "client_name", "date", "amount"]),
    st.just(True),
    st.sampled_from([None, "dmy", "mdy"]),
    st.sampled_from([None, ".", ","]),
)
sheets = st.builds(
    SheetMapping,
    hashes,
    hashes,
    st.dates(),
    st.dates(),
    st.dictionaries(st.tuples(st.text(max_size=20), st.integers(0, 9)), words, max_size=5),
    st.sampled_from([None, "sales", "clients"]),
    st.just(True),
    st.sampled_from([None, "EUR", "PEN"]),
)
whole = st.builds(
    Mappings,
    st.lists(sheets, max_size=4).map(tuple),
    st.dictionaries(hashes, st.sampled_from(["same", "apart"]), max_size=5),
)


@given(whole)
def test_what_is_written_is_read_back_the_same(mappings: Mappings) -> None:
    assert parsed(written(mappings)) == mappings


@given(whole, st.data())
def test_a_damaged_file_is_refused_or_read_but_never_breaks(mappings: Mappings, data: st.DataObject) -> None:
    good = written(mappings)
    place = data.draw(st.integers(0, len(good) - 1))
    spoilt = good[:place] + data.draw(st.binary(max_size=4)) + good[place + data.draw(st.integers(0, 30)) :]
    with contextlib.suppress(ForeignFileError):
        parsed(spoilt)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"puntual": "mapping", "schema": 99, "sheets": [], "decisions": {}}',
        b'{"puntual": "mapping", "schema": 1}',
        b'{"puntual": "mapping", "schema": 1, "sheets": [3], "secret": "00", "decisions": []}',
        b" " * 5_000_000,
    ],
    ids=["empty", "null", "list", "bytes", "deep", "newer", "without", "other kinds", "huge"],
)
def test_a_foreign_file_is_refused(content: bytes) -> None:
    with pytest.raises(ForeignFileError):
        parsed(content)


def test_the_file_holds_nothing_of_what_is_in_the_cells() -> None:
    text = written(remembered(export("octubre.csv"), SAID)).decode()
    assert "Ana" not in text
    assert "nota" not in text
    assert "octubre" not in text
    told = json.loads(text)["sheets"][0]
    assert [(column["header"], column.get("field")) for column in told["columns"]] == [
        ("fecha", None),
        ("obs", "service"),
    ]


def test_the_oldest_of_too_many_are_forgotten() -> None:
    many = tuple(
        SheetMapping(f"{number:032x}", f"{number:032x}", OCTOBER, OCTOBER)
        for number in range(MOST_SHEETS + 50)
    )
    kept = Mappings().with_sheets(many).sheets
    assert (len(kept), kept[0], kept[-1]) == (MOST_SHEETS, many[50], many[-1])


# --- Decisions about people -------------------------------------------------------------------------------


def people(name: str, *, rows: int) -> Upload:
    """A month of two spellings of one client, with her phone under both."""
    lines = [
        f"{('Ana Pérez Ruiz', 'Ana Perez')[n % 2]};600100100;{13 + n % 9}/0{1 + n % 7}/2026;20,50 €"
        for n in range(rows)
    ]
    return Upload(name, ("\n".join(["Cliente;Teléfono;Fecha;Importe", *lines]) + "\n").encode())


def test_who_was_said_to_be_one_person_is_one_next_month() -> None:
    opened = open_uploads([people("octubre.csv", rows=24)])
    (suggestion,) = book_of(opened, today=TODAY).suggestions
    said = Corrections(same=frozenset({suggestion.pair}))
    mappings = remember_decisions(remember(Mappings(), bodies_of(opened), said, OCTOBER), said)
    assert "Ana" not in written(mappings).decode()
    book, found = book_with_memory(open_uploads([people("noviembre.csv", rows=30)]), mappings, today=TODAY)
    assert found.corrections.same == {suggestion.pair}
    assert book.sales["client_id"].nunique() == 1
    taken_back = remember_decisions(mappings, Corrections(), said)
    again, _ = book_with_memory(open_uploads([people("noviembre.csv", rows=30)]), taken_back, today=TODAY)
    assert again.sales["client_id"].nunique() == 2
