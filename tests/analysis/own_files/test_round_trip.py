"""Lists go out, are filled in by any program, come back with the next export, and are noted once."""

import datetime as dt

import pytest

from analysis.files.opening import open_here
from analysis.files.upload import Upload
from analysis.notebook import Notebook, Outcome
from analysis.notebook.notebook_file import notebook_bytes
from analysis.own_files.sort_out import SortedOut, sort_out
from analysis.own_files.take_in import FaultyRow, People, TakenIn, take_in
from sample_data import SAMPLES
from tests.analysis.own_files.lists import CALLS, csv_list, rewritten, xlsx_list
from tests.shops import till
from words import Language

TODAY = dt.date(2026, 11, 22)
PEOPLE = People(dict(zip(CALLS["client_id"], CALLS["client_name"], strict=True)))
ES = {
    0: {"outcome": "Cita dada", "outcome_date": "2026-11-03", "note": "viernes, por la tarde"},
    1: {"outcome": "Aplazar 14 días", "outcome_date": "2026-11-13"},
    2: {"outcome": "Es el precio", "outcome_date": "2026-11-13", "offer": "Tarjeta o crédito"},
}
EN = {
    0: {"outcome": "Appointment made", "outcome_date": "2026-11-03", "note": "viernes, por la tarde"},
    1: {"outcome": "Put off 14 days", "outcome_date": "2026-11-13"},
    2: {"outcome": "It is the price", "outcome_date": "2026-11-13", "offer": "Card or credit"},
}
NOTED = (
    Outcome("007", dt.date(2026, 11, 3), "appointment", "viernes, por la tarde"),
    Outcome("C2", dt.date(2026, 11, 13), "snoozed", until=dt.date(2026, 11, 27)),
    Outcome("C3", dt.date(2026, 11, 13), "price", offer="card_or_credit"),
)


def sorted_out(*uploads: Upload) -> SortedOut:
    return sort_out(uploads, lambda upload, _progress: open_here(upload), TODAY)


def noted(data: bytes, name: str = "lista.csv", notebook: Notebook | None = None) -> TakenIn:
    found = sorted_out(Upload(name, data))
    assert found.exports == ()
    return take_in(notebook or Notebook(), found.lists, PEOPLE, TODAY)


def slashed(filled: dict[int, dict[str, str]], pattern: str) -> dict[int, dict[str, str]]:
    """The dates as a spreadsheet of some place writes them."""
    return {
        row: {
            name: f"{dt.date.fromisoformat(value):{pattern}}" if name == "outcome_date" else value
            for name, value in cells.items()
        }
        for row, cells in filled.items()
    }


@pytest.mark.parametrize(("language", "locale", "filled"), [("es", "es-ES", ES), ("en", "en-GB", EN)])
def test_a_csv_comes_back_as_it_went(language: Language, locale: str, filled: dict[int, dict[str, str]]):
    assert noted(csv_list(language, locale, filled)).notebook.outcomes == NOTED


@pytest.mark.parametrize(("language", "filled"), [("es", ES), ("en", EN)])
def test_a_workbook_comes_back_as_it_went(language: Language, filled: dict[int, dict[str, str]]):
    assert noted(xlsx_list(language, filled), "lista.xlsx").notebook.outcomes == NOTED


def test_dates_typed_into_a_workbook_are_dates():
    with_dates = {row: dict(cells) for row, cells in ES.items()}
    for cells in with_dates.values():
        cells["outcome_date"] = dt.datetime.fromisoformat(cells["outcome_date"])  # type: ignore[assignment]
    assert noted(xlsx_list("es", with_dates), "lista.xlsx").notebook.outcomes == NOTED


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_whatever_program_saved_it(separator: str, encoding: str):
    data = csv_list("es", "es-ES", slashed(ES, "%d/%m/%Y"))
    saved = rewritten(data, separator=separator, encoding=encoding, order=(1, 9, 0), **{"Mi columna": "x"})
    assert noted(saved).notebook.outcomes == NOTED


def test_american_dates_are_told_by_the_others_of_the_list():
    # 11/3 could be March; 11/13 and the last visits (10/15) cannot be anything but month first.
    saved = csv_list("en", "en-US", slashed(EN, "%m/%d/%Y"))
    assert noted(saved).notebook.outcomes == NOTED


def test_a_day_without_its_year_is_of_this_year():
    taken = noted(csv_list("es", "es-ES", {0: {"outcome": "Contestó", "outcome_date": "3/11"}}))
    assert taken.notebook.outcomes == (Outcome("007", dt.date(2026, 11, 3), "answered"),)


def test_given_twice_it_is_noted_once():
    data = csv_list("es", "es-ES", ES | {2: {"outcome": "No contestó"}})
    first = noted(data)
    again = noted(data, notebook=first.notebook)
    assert (first.added, first.known) == (3, 0)
    assert (again.added, again.known) == (0, 3)
    assert again.notebook == first.notebook
    later = take_in(first.notebook, sorted_out(Upload("l.csv", data)).lists, PEOPLE, dt.date(2026, 12, 5))
    assert later.added == 0  # the row without a date is the same call a fortnight later


def test_a_row_nobody_filled_in_says_nothing():
    taken = noted(csv_list("es", "es-ES", {}))
    assert (taken.added, taken.known, taken.faults) == (0, 0, ())


def test_what_is_not_understood_is_listed_with_its_row_and_the_rest_is_noted():
    taken = noted(
        csv_list(
            "es",
            "es-ES",
            {
                0: {"outcome": "azul", "outcome_date": "2026-11-03"},
                1: {"outcome": "Contestó", "outcome_date": "anteayer", "offer": "un globo"},
                2: {"note": "llamar otra vez"},
            },
        )
    )
    assert taken.notebook.outcomes == (Outcome("C2", TODAY, "answered"),)
    assert taken.faults == (
        FaultyRow("lista.csv", 2, "unknown_word", "Ana Ruiz", "azul"),
        FaultyRow("lista.csv", 3, "bad_date", "Luis Gil", "anteayer"),
        FaultyRow("lista.csv", 3, "unknown_offer", "Luis Gil", "un globo"),
        FaultyRow("lista.csv", 4, "no_outcome", "Eva Sanz", "llamar otra vez"),
    )


def test_a_client_of_another_file_is_listed_and_nobody_else_is_taken_for_them():
    found = sorted_out(Upload("lista.csv", csv_list("es", "es-ES", ES)))
    taken = take_in(Notebook(), found.lists, People({"C2": "Luis Gil"}), TODAY)
    assert [one.client_id for one in taken.notebook.outcomes] == ["C2"]
    assert [(one.row, one.fault, one.text) for one in taken.faults] == [
        (2, "unknown_client", "Ana Ruiz"),
        (4, "unknown_client", "Eva Sanz"),
    ]


def test_a_client_is_found_though_a_spreadsheet_ate_the_zeros_of_their_code():
    assert PEOPLE.find("7", "") == "007"
    assert PEOPLE.find("7.0", "") == "007"
    assert PEOPLE.find("", "ruiz, ana") == "007"
    assert PEOPLE.find("8", "") is None
    assert People({"007": "Ana", "07": "Eva"}).find("7", "") is None  # could be either


def test_notebooks_lists_and_exports_are_told_apart_in_any_order():
    export, sample = till(), Upload("es.xlsx", SAMPLES["es"].read_bytes())
    filled = Upload("lista.csv", csv_list("es", "es-ES", ES))
    book = Upload("c.json", notebook_bytes(Notebook(outcomes=NOTED)))
    for given in ((export, filled, book, sample), (book, sample, filled, export)):
        found = sorted_out(*given)
        assert set(found.exports) == {export, sample}
        assert [one.file for one in found.lists] == ["lista.csv"]
        assert [one.notebook.outcomes for one in found.notebooks] == [NOTED]
        assert found.problems == ()


def test_an_export_of_contacts_with_outcomes_is_no_call_list_of_ours():
    contacts = b"Client;Date;Outcome;Note\nAna;2026-10-01;answered;fine\n"
    found = sorted_out(Upload("contacts.csv", contacts))
    assert [upload.name for upload in found.exports] == ["contacts.csv"]


def test_a_spoilt_notebook_is_a_problem_of_its_own_and_no_export():
    whole = notebook_bytes(Notebook(outcomes=NOTED))
    wrong_day = whole.replace(b"2026-11-03", b"2026-13-03")
    later = whole.replace(b'"version": 1', b'"version": 99')
    found = sorted_out(*(Upload("c.json", data) for data in (whole[:-40], wrong_day, later)))
    assert found.exports == ()
    assert [one.code for one in found.problems] == ["notebook_spoilt", "notebook_spoilt_at", "notebook_newer"]
    assert found.problems[1].values["place"] == "notebook.outcomes[0].on"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no workbook", b"call outcome"]
)
def test_bytes_that_are_nothing_are_left_to_the_reading(data: bytes):
    upload = Upload("x.xlsx", data)
    assert sorted_out(upload).exports == (upload,)
