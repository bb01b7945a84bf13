import csv
import dataclasses
import datetime as dt
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.book import Book
from analysis.portfolio import Portfolio, analyse
from analysis.report import LATE_REVENUE, late_revenue, summary, write_report
from tests.analysis.books import book_of, every, line, salon, salon_lines
from words import Language, speak

FILES = ["clients.csv", "at_risk.csv", "late_revenue.csv", "report.json"]


@pytest.fixture(scope="module")
def written(portfolio: Portfolio, salon_book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("report") / "made" / "when missing"
    paths = write_report(salon_book, portfolio, speak("en", currency="EUR"), directory)
    assert [path.name for path in paths] == FILES
    return directory


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def test_four_files_are_written(written: Path):
    assert sorted(path.name for path in written.iterdir()) == sorted(FILES)


def test_the_clients_file_has_the_columns_of_the_contract_and_a_row_a_client(
    written: Path, portfolio: Portfolio
):
    rows = rows_of(written / "clients.csv")
    assert tuple(rows[0]) == schema.CLIENTS
    assert [row["client_id"] for row in rows] == portfolio.clients["client_id"].tolist()


def test_dates_are_iso_numbers_plain_and_booleans_words(written: Path, portfolio: Portfolio):
    for row, client in zip(rows_of(written / "clients.csv"), portfolio.clients.itertuples(), strict=True):
        assert row["last_visit"] == client.last_visit.date().isoformat()
        assert row["next_visit"] == client.next_visit.date().isoformat()
        assert float(row["interval_days"]) == client.interval_days
        assert float(row["p_no_visit"]) == client.p_no_visit
        assert row["visits"] == str(client.visits)
        assert row["flagged"] == str(client.flagged).lower()


@pytest.mark.parametrize(
    ("language", "late", "write"), [("en", "days", "reminder"), ("es", "días", "recordatorio")]
)
def test_reasons_and_actions_are_sentences_in_the_readers_language(
    portfolio: Portfolio, salon_book: Book, tmp_path: Path, language: Language, late: str, write: str
):
    write_report(salon_book, portfolio, speak(language, currency="EUR"), tmp_path)
    rows = rows_of(tmp_path / "clients.csv")
    assert all(row["reasons"] and row["suggested_action"] for row in rows)
    assert any(late in row["reasons"] for row in rows)
    assert any(write in row["suggested_action"] for row in rows)
    assert not any("Reason(" in row["reasons"] for row in rows)


def test_the_call_list_holds_the_flagged_and_says_who_asked_not_to_be_called(
    written: Path, portfolio: Portfolio
):
    flagged = portfolio.clients[portfolio.clients["flagged"]].set_index("client_id")
    rows = {row["client_id"]: row for row in rows_of(written / "at_risk.csv")}
    assert len(flagged) >= 5
    assert set(rows) == set(flagged.index)
    refused = flagged.index[flagged["consent"].eq(False).fillna(False)]
    not_to_be_called = speak("en")("call_list.no_contact")
    assert len(refused) > 0
    assert {client for client, row in rows.items() if row["suggested_action"] == not_to_be_called} == set(
        refused
    )


def test_late_revenue_by_month_is_the_sum_of_the_losses(written: Path, portfolio: Portfolio):
    table = pd.read_csv(written / "late_revenue.csv")
    assert tuple(table.columns) == LATE_REVENUE
    assert table["month"].nunique() == 12
    assert len(table) == 24
    for lens, rows in table.groupby("lens"):
        losses = portfolio.losses[portfolio.losses["lens"] == lens]
        for measure in LATE_REVENUE[2:]:
            assert rows[measure].sum() == pytest.approx(losses[measure].sum()), (lens, measure)


def test_a_month_without_loss_is_a_zero_and_unknown_money_is_empty():
    on_time = analyse(book_of(every("Ana", 30, 30, last="2026-01-31")))
    assert late_revenue(on_time)[["lost_visits", "lost_revenue"]].to_numpy().sum() == 0.0
    assert len(late_revenue(on_time)) == 24
    no_amounts = analyse(salon(amount=False))
    table = late_revenue(no_amounts)
    assert table["lost_visits"].sum() > 0
    assert table["lost_revenue"].isna().all()


def test_the_json_says_what_was_read_what_was_found_and_how_well(written: Path, portfolio: Portfolio):
    report = json.loads((written / "report.json").read_text("utf-8"))
    assert set(report) >= {"as_of", "read", "totals", "states", "bands", "back_test", "settings", "versions"}
    assert report["as_of"] == "2026-10-31"
    assert report["currency"] == "EUR"
    assert report["totals"]["clients"] == len(portfolio.clients) == sum(report["states"].values())
    assert report["totals"]["late_clients"] == portfolio.totals.late_clients
    assert sum(report["bands"].values()) == len(portfolio.clients)
    assert report["settings"]["horizon_days"] == 91
    assert len(report["back_test"]["warning"]) == len(portfolio.back_test.warning)
    assert report["back_test"]["method"] == portfolio.back_test.method
    assert [method["method"] for method in report["back_test"]["methods"]] == list(
        portfolio.back_test.methods["method"]
    )
    assert report["versions"]["pandas"] == pd.__version__


def test_the_json_tells_the_shops_year(portfolio: Portfolio, salon_book: Book):
    run = (dt.date(2027, 8, 2), dt.date(2027, 8, 22))
    year = dataclasses.replace(
        portfolio.year, closed_weekdays=(6,), holidays=((1, 6), (12, 25)), closed_runs=(run,)
    )
    told = summary(salon_book, dataclasses.replace(portfolio, year=year))["year"]
    assert json.loads(json.dumps(told, allow_nan=False)) == {
        "season": year.season,
        "years": 2,
        "months": year.months.to_dict("records"),
        "closed_weekdays": [6],
        "holidays": ["01-06", "12-25"],
        "closed_runs": [["2027-08-02", "2027-08-22"]],
    }


def test_the_json_is_strict_whatever_is_unknown(salon_book: Book):
    """A book of one visit: nothing can be judged and hardly anything is known."""
    found = analyse(book_of([("Ana", "2026-01-01")]))
    report = summary(salon_book, found)
    text = json.dumps(report, allow_nan=False)
    assert json.loads(text)["totals"]["on_time_share"] is None
    assert json.loads(text)["back_test"]["why"] == "too_short"


def test_no_cell_is_a_formula(tmp_path: Path):
    """An owner's client may be called anything; a spreadsheet must not compute it."""
    evil = "=HYPERLINK(A1)"
    lines = [{**row, "client_name": evil} if row["client_id"] == "c000" else row for row in salon_lines(12)]
    book = dataclasses.replace(
        book_of(lines=[*lines, line("c000", "2026-10-30", service="@SUM(A1)", client_name=evil)])
    )
    write_report(book, analyse(book), speak("en"), tmp_path)
    for name in ("clients.csv", "at_risk.csv"):
        for row in rows_of(tmp_path / name):
            assert not any(value.startswith(("=", "@")) for value in row.values())
    names = [row["client_name"] for row in rows_of(tmp_path / "clients.csv")]
    assert f"'{evil}" in names


def test_numbers_are_told_to_six_digits_and_never_as_numpy(portfolio: Portfolio, salon_book: Book):
    totals = summary(salon_book, portfolio)["totals"]
    assert isinstance(totals, dict)
    assert all(not isinstance(value, np.generic) for value in totals.values())
