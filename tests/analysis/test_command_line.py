"""`python -m analysis report` and `read`: what a monthly job sees of them."""

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.files.opening import open_uploads
from analysis.notebook import Notebook, Outcome, OwnScore
from analysis.notebook.notebook_file import notebook_bytes
from analysis.reading import ColumnKey, Corrections, Upload
from analysis.reading.memory.mappings import Mappings, written
from analysis.reading.memory.remember import remember
from analysis.reading.reader import bodies_of
from analysis.schema import CLIENTS
from tests.analysis.reading.exports import xlsx
from tests.shops import till

ROOT = Path(__file__).parents[2]
FILES = {"clients.csv", "at_risk.csv", "late_revenue.csv", "report.json"}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "ventas.csv"
    path.write_bytes(till(clients=8).data)
    return path


def report_of(directory: Path) -> dict[str, object]:
    return json.loads((directory / "report.json").read_text("utf-8"))


def clients_of(directory: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((directory / "clients.csv").read_text("utf-8"))))


def sentences(error: str) -> list[str]:
    """What is said of bad input after the steps that went well: a line for each problem, no traceback."""
    said = [text for text in error.splitlines() if not re.match(r"\s*\d+%  ", text)]
    assert said
    assert all(re.fullmatch(r"[A-ZÁÉÍÓÚ¿«“].*[.?]", text) for text in said), error
    return said


def test_as_a_program_it_writes_four_files_and_says_what_it_did(export: Path, tmp_path: Path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "analysis", "report", str(export), "--out", str(out)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert {path.name for path in out.iterdir()} == FILES
    assert "8 clients analysed" in done.stdout
    assert all(str(out / name) in done.stdout for name in FILES)
    shares = [int(share) for share in re.findall(r"(\d+)%", done.stderr)]
    assert len(shares) >= 8  # a line a step
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_the_steps_and_the_summary_are_in_the_readers_language(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", str(export), "--out", str(tmp_path / "out"), "--language", "es"]) == 0
    said = capsys.readouterr()
    assert "clientes" in said.out
    rows = clients_of(tmp_path / "out")
    assert tuple(rows[0]) == CLIENTS  # the columns are a contract, in English
    assert any("días" in row["reasons"] for row in rows)


def test_the_day_and_the_horizon_can_be_set(export: Path, tmp_path: Path):
    out = tmp_path / "out"
    assert main(["report", str(export), "--out", str(out), "--as-of", "2026-06-30", "--horizon", "30"]) == 0
    report = report_of(out)
    assert report["as_of"] == "2026-06-30"
    assert report["settings"] == {
        "as_of": "2026-06-30",
        "horizon_days": 30,
        "standards": {},
        "unit_intervals": {},
        "affection_weights": {},
        "average_ticket": None,
    }
    assert max(row["last_visit"] for row in clients_of(out)) <= "2026-06-30"


def test_several_files_are_one_shop(export: Path, tmp_path: Path):
    whole = export.read_text("utf-8").splitlines()
    halves = tmp_path / "enero.csv", tmp_path / "febrero.csv"
    for path, lines in zip(halves, (whole[1::2], whole[2::2]), strict=True):
        path.write_text("\n".join([whole[0], *lines]) + "\n", encoding="utf-8")
    assert main(["report", str(export), "--out", str(tmp_path / "one")]) == 0
    assert main(["report", *map(str, halves), "--out", str(tmp_path / "two")]) == 0
    one, two = (report_of(tmp_path / name) for name in ("one", "two"))
    assert one["totals"] == two["totals"]


def test_every_row_read_is_used_or_left_out_with_a_reason(export: Path, tmp_path: Path):
    export.write_bytes(export.read_bytes() + b"Cliente 01;99/99/2026;Corte;Rosa;20,00\n")
    assert main(["report", str(export), "--out", str(tmp_path / "out")]) == 0
    read = report_of(tmp_path / "out")["read"]
    assert read["rows_read"] == read["rows_used"] + read["rows_left_out"]
    assert read["left_out_by_reason"] == {"bad_date": 1}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"Cliente;Fecha;Importe\n"),
        ("noise.xlsx", bytes(range(256)) * 20),
        ("other.csv", b"animal;colour\ncat;black\ndog;brown\n"),
    ],
    ids=["an empty file", "a header alone", "no spreadsheet at all", "a table of something else"],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, language: str
):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["report", str(path), "--out", str(tmp_path / "out"), "--language", language]) == 2
    said = sentences(capsys.readouterr().err)
    assert len(said) <= 2  # other.csv lacks both a client and a date
    assert not (tmp_path / "out").exists()


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A title of a column may hold the codes that clear a terminal, name its window or colour its text."""
    path = tmp_path / "stock.csv"
    rows = "".join(f"Champú {number};{number}\n" for number in range(300))
    path.write_text(f"\x1b]0;x\x07Artículo\x1b[2J;Exis\x9btencias\n{rows}", encoding="utf-8")
    assert main(["report", str(path), "--out", str(tmp_path / "out"), "--language", "es"]) == 2
    said = capsys.readouterr().err
    assert "Artículo" in said
    assert not set(said) & {"\x1b", "\x07", "\x9b"}


def test_a_folder_is_not_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["report", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert tmp_path.name in sentences(capsys.readouterr().err)[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    missing = tmp_path / "nowhere.csv"
    assert main(["report", str(missing), "--out", str(tmp_path / "out")]) == 2
    assert str(missing) in sentences(capsys.readouterr().err)[0]


def test_an_out_that_is_a_file_is_named(export: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["report", str(export), "--out", str(export)]) == 2
    assert str(export) in sentences(capsys.readouterr().err)[0]


def test_a_day_before_the_first_visit_leaves_nothing_to_say(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", str(export), "--out", str(tmp_path / "out"), "--as-of", "1999-01-01"]) == 2
    assert sentences(capsys.readouterr().err)[0]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["report"],
        ["report", "x.csv"],
        ["report", "x.csv", "--out", "o", "--as-of", "31/12/2026"],
        ["report", "x.csv", "--out", "o", "--as-of", "2026-02-30"],
        ["report", "x.csv", "--out", "o", "--horizon", "0"],
        ["report", "x.csv", "--out", "o", "--horizon", "soon"],
        ["report", "x.csv", "--out", "o", "--horizon", "9999"],
        ["report", "x.csv", "--out", "o", "--language", "fr"],
        ["mystery"],
        ["read", "x.csv"],
        ["read", "--out", "o"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_told_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_ambiguous_dates_are_assumed_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "dates.csv"
    path.write_text("Client,Date\nAna,05/05/2024\nLuz,03/04/2024\nEva,01/02/2024\n", encoding="utf-8")
    assert main(["report", str(path), "--out", str(tmp_path / "out")]) == 0
    assert "03/04/2024) can be read two ways" in capsys.readouterr().err
    assert report_of(tmp_path / "out")["read"]["questions"][0]["code"] == "date_order"


def test_samples_and_templates_are_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["sample", str(tmp_path / "samples")]) == 0
    written = {path.suffix for path in (tmp_path / "samples").rglob("*") if path.is_file()}
    assert ".xlsx" in written
    assert str(tmp_path / "samples") in capsys.readouterr().out


# --- read -------------------------------------------------------------------------------------------------


def read_into(directory: Path, *arguments: str | Path) -> dict[str, object]:
    assert main(["read", *map(str, arguments), "--out", str(directory)]) == 0
    return json.loads((directory / "book.json").read_text("utf-8"))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


MESSY = (
    "Listado de ventas;;;\r\n"
    "\r\n"
    "Cliente;Fecha;Importe;Notas\r\n"
    "Íñigo Peña;01/03/2026;1.012,50;=HIPERVINCULO(1)\r\n"
    'Ana "La Rubia" Luz;14/03/2026;-3,00;"dice ""sí""; y vuelve"\r\n'
    "Ana Luz;99/99/2026;4,00;\r\n"
)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "ventas.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return path


def test_a_book_tells_how_a_text_file_was_read(messy: Path, tmp_path: Path):
    book = read_into(tmp_path / "book", messy)
    (file,) = book["files"]
    assert (file["encoding"], file["delimiter"], file["quote"]) == ("cp1252", ";", '"')
    (sheet,) = book["sheets"]
    assert (sheet["header_row"], sheet["rows_read"], sheet["rows_used"]) == (3, 3, 2)
    assert book["rows"] == {"read": 3, "used": 2, "left_out": 1, "left_out_by_reason": {"bad_date": 1}}
    assert book["left_out"] == [{"file": "ventas.csv", "sheet": "", "row": 6, "reason": "bad_date"}]
    columns = {column["header"]: column for column in book["columns"]}
    assert columns["Fecha"]["field"] == "date"
    assert columns["Fecha"]["date_order"] == "dmy"
    assert columns["Importe"]["decimal_mark"] == ","
    assert "Peña" not in json.dumps(book, ensure_ascii=False)  # it can be passed around


def test_the_tables_of_a_book_are_plain_csv(messy: Path, tmp_path: Path):
    book = read_into(tmp_path / "book", messy)
    table = book["tables"]["sales"]
    assert (table["file"], table["rows"]) == ("sales.csv", 2)
    header, *rows = rows_of(tmp_path / "book" / "sales.csv")
    named = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["client_name"], row["date"], row["amount"]) for row in named] == [
        ("Íñigo Peña", "2026-03-01", "1012.5"),
        ('Ana "La Rubia" Luz', "2026-03-14", "-3"),
    ]
    assert (tmp_path / "book" / "sales.csv").read_bytes().count(b"\r\n") == 3


def test_a_raw_table_is_exactly_what_is_written(messy: Path, tmp_path: Path):
    raw = tmp_path / "raw.csv"
    assert main(["read", str(messy), "--raw", str(raw)]) == 0
    assert rows_of(raw) == [
        ["Cliente", "Fecha", "Importe", "Notas"],
        ["Íñigo Peña", "01/03/2026", "1.012,50", "=HIPERVINCULO(1)"],
        ['Ana "La Rubia" Luz', "14/03/2026", "-3,00", 'dice "sí"; y vuelve'],
        ["Ana Luz", "99/99/2026", "4,00", ""],
    ]


def test_a_table_without_clients_can_be_had_raw_and_not_as_a_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "stock.csv"
    path.write_text("Producto;Precio\nChampú;5\nTinte;6\n", encoding="utf-8")
    assert main(["read", str(path), "--raw", str(tmp_path / "raw.csv")]) == 0
    assert rows_of(tmp_path / "raw.csv") == [["Producto", "Precio"], ["Champú", "5"], ["Tinte", "6"]]
    capsys.readouterr()
    assert main(["read", str(path), "--out", str(tmp_path / "book")]) == 2
    assert len(sentences(capsys.readouterr().err)) == 2
    assert not (tmp_path / "book").exists()


def test_a_workbook_can_be_had_raw(tmp_path: Path):
    path = tmp_path / "ventas.xlsx"
    sheet = {"Portada": [["Mi salón"]], "Ventas": [["Cliente", "Importe"], ["Ana", 12.5], ["00123", "-3"]]}
    path.write_bytes(xlsx(sheet).data)
    assert main(["read", str(path), "--raw", str(tmp_path / "raw.csv")]) == 0
    assert rows_of(tmp_path / "raw.csv") == [["Cliente", "Importe"], ["Ana", "12.5"], ["00123", "-3"]]


def test_an_empty_file_is_refused_and_leaves_no_raw_table_of_another_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path, raw = tmp_path / "empty.csv", tmp_path / "raw.csv"
    path.write_bytes(b"")
    raw.write_text("yesterday's", encoding="utf-8")
    assert main(["read", str(path), "--raw", str(raw)]) == 2
    assert raw.read_bytes() == b""
    assert len(sentences(capsys.readouterr().err)) == 1


def test_a_mapping_that_is_none_is_refused(messy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    mapping = tmp_path / "mapping.json"
    mapping.write_text("{}", encoding="utf-8")
    for command in ("read", "report"):
        assert main([command, str(messy), "--out", str(tmp_path / "out"), "--mapping", str(mapping)]) == 2
        assert "mapping.json" in sentences(capsys.readouterr().err)[-1]


@pytest.mark.parametrize("command", ["read", "report"])
def test_a_mapping_brings_back_what_was_confirmed(command: str, tmp_path: Path):
    lines = "\n".join(f"Cliente {n % 5};{n % 28 + 1:02}/0{n % 6 + 1}/2026;{n}" for n in range(60))
    path = tmp_path / "ventas.csv"
    path.write_text(f"Quien;Cuando;Cuanto\n{lines}\n", encoding="utf-8")
    upload = Upload(path.name, path.read_bytes())
    said = Corrections(
        fields={
            ColumnKey(path.name, "", "Quien", 0): "client_name",
            ColumnKey(path.name, "", "Cuando", 1): "date",
            ColumnKey(path.name, "", "Cuanto", 2): "amount",
        }
    )
    bodies = bodies_of(open_uploads([upload]))
    mapping = tmp_path / "mapping.json"
    mapping.write_bytes(written(remember(Mappings(), bodies, said, dt.date(2026, 6, 1))))
    out = tmp_path / "out"
    assert main([command, str(path), "--out", str(out)]) == 2
    assert main([command, str(path), "--out", str(out), "--mapping", str(mapping)]) == 0
    told = json.loads((out / ("book.json" if command == "read" else "report.json")).read_text("utf-8"))
    columns = told["columns"] if command == "read" else told["read"]["columns"]
    assert {column["confidence"] for column in columns} == {"corrected"}


def test_a_notebook_and_a_filled_list_among_the_files_are_applied_and_not_read_as_sales(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    noted = Notebook(
        own_scores={"Cliente 01": OwnScore(1.5, "discutimos", dt.date(2026, 10, 1))},
        outcomes=(Outcome("Cliente 02", dt.date(2026, 10, 29), "do_not_contact"),),
    )
    notebook, filled = tmp_path / "cuaderno.json", tmp_path / "lista.csv"
    notebook.write_bytes(notebook_bytes(noted))
    filled.write_text(
        "client_id,client_name,suggested_action,outcome,outcome_date,note,offer\n"
        "Cliente 03,,,no_answer,2026-10-30,,\nCliente 04,,,purple,,,\n"
    )
    before, after = tmp_path / "before", tmp_path / "after"
    assert main(["report", str(export), "--out", str(before)]) == 0
    command = ["report", str(filled), str(export), "--out", str(after), "--notebook", str(notebook)]
    assert main(command) == 0
    assert "lista.csv, row 3: “purple” does not say what happened" in capsys.readouterr().err
    plain, told = ({row["client_id"]: row for row in clients_of(out)} for out in (before, after))
    assert tuple(next(iter(told.values()))) == CLIENTS
    assert plain.keys() == told.keys()
    changed = {who for who in told if told[who] != plain[who]}
    assert changed == {"Cliente 01"}
    assert (told["Cliente 01"]["affection"], told["Cliente 01"]["band"]) == ("1.5", "hated")
    assert [sheet["file"] for sheet in report_of(after)["read"]["sheets"]] == ["ventas.csv"]  # type: ignore[index]


def test_what_is_given_as_a_notebook_and_is_none_is_said(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "out"
    assert main(["report", str(export), "--out", str(out), "--notebook", str(export)]) == 2
    assert sentences(capsys.readouterr().err) == ["“ventas.csv” is no notebook of Puntual."]
    assert not out.exists()
