"""The benchmark of polluted files on a checkout made here: three files, and a metric of one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.pollock import Scores, kind_of, main, puntual
from benchmarks.pollock_peers import FAILED, csv_sniffer, pandas, pandas_lenient

CLEAN = "name,price\nAna,1\nLuz,2\n"
POLLUTED = {
    "source.csv": CLEAN,
    "file_field_delimiter_0x3B.csv": CLEAN.replace(",", ";"),
    "file_no_payload.csv": "",
}
#: Stands for the benchmark's own: nine ones where the cells are equal, nine zeros where not.
METRIC = """
import csv


def normalize_cell(cell):
    return cell


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def header_record_cell_measures_csv(clean, loaded):
    return [float(rows_of(clean) == rows_of(loaded))] * 9
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("csv", "clean"):
        (tmp_path / "polluted_files" / folder).mkdir(parents=True)
    for name, text in POLLUTED.items():
        (tmp_path / "polluted_files" / "csv" / name).write_text(text, encoding="utf-8")
        clean = CLEAN if text else ""
        (tmp_path / "polluted_files" / "clean" / name).write_text(clean, encoding="utf-8")
    (tmp_path / "pollock").mkdir()
    (tmp_path / "pollock" / "__init__.py").touch()
    (tmp_path / "pollock" / "metrics.py").write_text(METRIC, encoding="utf-8")
    (tmp_path / "pollock_weights.json").write_text(json.dumps(dict.fromkeys(POLLUTED, 1)), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_files_read_right_have_full_marks(checkout: Path, capsys: pytest.CaptureFixture[str]):
    main([str(checkout), "--no-peers"])
    ranked = capsys.readouterr().out.splitlines()
    assert [cell.strip() for cell in ranked[2].split("|")[1:4]] == ["Puntual", "10.000", "10.000"]


def test_a_peer_that_cuts_wrongly_or_fails_is_told_so(checkout: Path):
    semicolons = checkout / "polluted_files" / "csv" / "file_field_delimiter_0x3B.csv"
    plain, sniffing, standard = pandas(), pandas_lenient(), csv_sniffer()
    assert plain is not None
    assert sniffing is not None
    assert standard is not None
    assert plain(semicolons).decode().splitlines()[0] == "name;price"
    assert sniffing(semicolons).decode().splitlines() == CLEAN.splitlines()
    assert standard(semicolons).decode().splitlines() == CLEAN.splitlines()


def test_what_is_no_table_is_a_failure_and_an_empty_file_is_empty(tmp_path: Path):
    picture, nothing = tmp_path / "a.csv", tmp_path / "b.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    nothing.touch()
    assert puntual(picture) == FAILED
    assert puntual(nothing) == b""


def test_weights_count_and_kinds_are_named():
    scores = Scores({"row_less_sep_row1_col2.csv": 10.0, "row_less_sep_row2_col2.csv": 4.0}, 0.0)
    assert scores.simple == 7.0
    assert scores.weighted({"row_less_sep_row1_col2.csv": 3.0, "row_less_sep_row2_col2.csv": 1.0}) == 8.5
    assert scores.by_kind() == {"row_less_sep": 7.0}
    names = ("row_extra_quote0_col0.csv", "row_field_delimiter_12_0x20.csv", "file_header_multirow_2.csv")
    assert [kind_of(name) for name in names] == [
        "row_extra_quote",
        "row_field_delimiter",
        "file_header_multirow_2",
    ]
