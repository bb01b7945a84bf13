"""`python -m analysis report`: what a monthly job sees of it."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.schema import CLIENTS
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
