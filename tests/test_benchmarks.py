"""The benchmarks run, on a small export: they measure, and no figure is asked of them here."""

import datetime as dt
import importlib
import math
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page

from analysis.book import Book
from analysis.reading import Upload, read
from benchmarks import accuracy, pages, peers
from benchmarks.cost import cost
from benchmarks.exports import export
from benchmarks.fresh import in_a_process
from benchmarks.steps import analysing, reading
from benchmarks.tables import figure, table
from benchmarks.visits import PAGES, visit
from benchmarks.window import Window

LINES = 10_000


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("exports"), LINES, "csv")


@pytest.fixture(scope="module")
def book(csv: Path) -> Book:
    return read([Upload(csv.name, csv.read_bytes())])


# --- Speed ------------------------------------------------------------------------------------------------


def test_both_kinds_of_export_have_the_lines_asked_for(csv: Path) -> None:
    xlsx = export(csv.parent, LINES, "xlsx")
    assert reading(csv)() == reading(xlsx)() == LINES


def test_a_step_is_measured_in_a_process_of_its_own(csv: Path) -> None:
    measured = cost(reading, csv, times=1)
    assert measured.said == LINES
    assert measured.cpu_seconds > 0
    assert math.isnan(measured.peak_mb) or measured.peak_mb > 0


def test_the_analysis_answers_with_its_clients(csv: Path, book: Book) -> None:
    assert analysing(csv)() == book.sales.loc[book.sales["status"] == "completed", "client_id"].nunique()


def test_a_visitor_sees_every_page(csv: Path) -> None:
    seen = visit(csv)
    assert tuple(seen) == PAGES
    assert all(opened > 0 and again > 0 for opened, again in seen.values())


def test_every_page_of_the_app_is_visited() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in Path("pages").glob("*.py"))


def test_a_table_lines_up_and_has_a_dash_where_there_is_no_figure() -> None:
    assert table(
        ["page", "s"], [["at_risk", figure(1234.5)], ["start", figure(float("nan"))]]
    ).splitlines() == [
        "| page    |        s |",
        "| ------- | -------: |",
        "| at_risk | 1,234.50 |",
        "| start   |        – |",
    ]


# --- In a browser -----------------------------------------------------------------------------------------


def test_opening_and_changing_are_measured_in_a_browser(csv: Path, tmp_path: Path) -> None:
    # In a process of its own: Playwright serves one caller a thread, and the browser tests may be that one.
    said = in_a_process(pages.pages_table, csv, tmp_path, 2, ["at_risk"])
    [row] = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines()[2:]]
    assert [row[0], row[3]] == ["at_risk", "calls a week"]
    assert all(float(row[place]) > 0 for place in (1, 2, 4, 5))


def test_an_act_that_asks_nothing_of_the_server_is_no_measurement() -> None:
    silent = MagicMock(spec=Page, url="http://localhost/at_risk")
    with pytest.raises(RuntimeError, match="nothing came of it on http://localhost/at_risk"):
        Window(silent).act(lambda: None)


# --- Accuracy ---------------------------------------------------------------------------------------------


def test_what_comes_after_a_cutoff_is_not_in_the_book(book: Book) -> None:
    cutoff = dt.date(2024, 6, 1)
    told = accuracy.before(book, cutoff).sales
    assert told["date"].max() <= pd.Timestamp(cutoff) < book.sales["date"].max()
    assert len(told) == (book.sales["date"] <= pd.Timestamp(cutoff)).sum()


def test_methods_are_compared_on_the_same_clients(book: Book) -> None:
    notes: list[str] = []
    outcomes = accuracy.judge(book, accuracy.Trial("", 91, 2), notes)
    assert all(len(said.score) == len(one.visits) for one in outcomes for said in one.said.values())
    assert all((one.stayed_away == (one.visits == 0)).all() for one in outcomes)
    lines = accuracy.accuracy_table(outcomes).splitlines()
    assert [line.split("|")[1].strip() for line in lines[4:]] == list(outcomes[0].said)
    assert "returned" in accuracy.next_visit_line(outcomes) or "180 days" in accuracy.next_visit_line(
        outcomes
    )
    assert len(notes) == 2  # of BG/NBD at each cutoff: how it was fitted, or why it was not


def test_recency_and_own_gap_on_two_clients() -> None:
    clients = pd.DataFrame(
        {"first_day": [0, 90], "last_day": [60, 90], "visits": [3, 1], "silence": [45, 15]}, index=["a", "b"]
    )
    assert peers.recency(clients).score.tolist() == [45, 15]
    assert peers.own_gap(clients).score.tolist() == [1.5, 0.5]  # every 30 days; one visit borrows that gap


def test_a_peer_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    clients = pd.DataFrame({"first_day": [0], "last_day": [60], "visits": [3], "silence": [45]})
    with pytest.raises(peers.PeerMissingError, match=r"benchmarks/requirements\.txt"):
        peers.bg_nbd(clients, 91)


def test_a_file_that_is_not_there_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accuracy, "FILES", tmp_path)
    accuracy.main()
    assert capsys.readouterr().out.count("skipped: ") == len(accuracy.TRIALS)


def test_the_window_holds_the_days_inside_it_and_the_own_gap_is_a_median(book: Book) -> None:
    [early] = accuracy.judge(book, accuracy.Trial("", 182, 1), [])
    assert len(early.covered) == len(early.days_off) == len(early.own_days_off) > 0
    assert 0 < early.covered.mean() < 1
    assert np.isfinite(early.days_off).all()
    assert np.isfinite(early.own_days_off).all()
