"""A session holds its own files and results, known by their bytes and settings, never by a name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import streamlit as st

from analysis.errors import UnreadableFileError
from analysis.notebook import Notebook, Outcome
from analysis.notebook.notebook_file import notebook_bytes, read_notebook
from analysis.reading import Corrections, Upload
from analysis.reading.memory.recall import Recalled
from analysis.settings import Settings
from tests.shops import till
from ui import session
from ui.data_line import DATA_LINE, DataLine
from ui.session.state import MOST_KEPT, of_files


@dataclass(frozen=True)
class Results:
    """As much of a Portfolio as the session looks at."""

    of: str
    as_of: dt.date


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """One visitor's state, empty."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was really computed, in order; reading and analysis themselves are counted, not run."""
    done: list[str] = []

    def opening(uploads: tuple[Upload, ...], *_: object) -> str:
        if uploads[0].data == b"%PDF":
            done.append("refuse")
            raise UnreadableFileError(file=uploads[0].name, kind="pdf")
        done.append("open")
        return f"{uploads[0].data!r}"

    def reading(opened: str, corrections: Corrections, *_: object, **__: object) -> str:
        done.append("read")
        return f"book of {opened} {corrections.currency}"

    def reading_first(
        opened: str, _mappings: object, corrections: Corrections, *_: object, **__: object
    ) -> tuple[str, Recalled]:
        return reading(opened, corrections), Recalled(corrections)

    def analysing(book: str, settings: Settings, _: object) -> Results:
        done.append("analyse")
        return Results(f"results of {book}", settings.as_of or dt.date(2026, 10, 31))

    monkeypatch.setattr("ui.session.files.open_uploads", opening)
    monkeypatch.setattr("ui.session.files.bodies_of", lambda _: ())
    monkeypatch.setattr("ui.session.books.book_of", reading)
    monkeypatch.setattr("ui.session.books.book_with_memory", reading_first)
    monkeypatch.setattr("ui.session.results.analyse", analysing)
    return done


def test_the_sidebar_is_told_which_files_and_how_far_they_reach(
    work: list[str], state: dict[str, Any]
) -> None:
    session.set_uploads((Upload("a.csv", b"1"), Upload("b.csv", b"2")))
    assert DATA_LINE not in state
    session.portfolio()
    assert state[DATA_LINE] == DataLine(("a.csv", "b.csv"), dt.date(2026, 10, 31))
    session.set_uploads(())
    assert DATA_LINE not in state
    assert work == ["open", "read", "analyse"]


def test_without_files_there_is_nothing(work: list[str]) -> None:
    assert session.book() is None
    assert session.portfolio() is None
    assert not session.is_ready()
    assert work == []


def test_the_same_files_are_read_and_analysed_once(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    first = session.portfolio()
    assert session.portfolio() is first
    assert session.is_ready()
    assert work == ["open", "read", "analyse"]


def test_the_same_name_with_other_bytes_is_another_file(work: list[str]) -> None:
    session.set_uploads((Upload("ventas.csv", b"1"),))
    before = session.portfolio()
    session.set_uploads((Upload("ventas.csv", b"2"),))
    assert session.portfolio() != before
    assert work == ["open", "read", "analyse"] * 2


def test_one_changed_cell_in_a_large_file_is_noticed(work: list[str]) -> None:
    """Streamlit's own cache samples large frames; the digest is of every byte."""
    data = bytearray(b"x" * 2_000_000)
    session.set_uploads((Upload("v.csv", bytes(data)),))
    before = session.portfolio()
    data[1_234_567] = ord("y")
    session.set_uploads((Upload("v.csv", bytes(data)),))
    assert session.portfolio() != before
    assert work == ["open", "read", "analyse"] * 2


def test_other_files_forget_corrections_and_settings(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.set_corrections(Corrections(currency="MXN"))
    session.set_standards({"Corte": 30})
    session.set_uploads((Upload("b.csv", b"2"),))
    assert session.corrections() == Corrections()
    assert session.settings().standards == {}
    assert work == []


def test_a_correction_is_read_anew_and_its_currency_is_spoken(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.set_corrections(Corrections(currency="MXN"))
    assert session.currency() == "MXN"
    session.portfolio()
    assert work == ["open", "read", "analyse"]


def test_a_correction_never_opens_the_bytes_again(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.book()
    session.set_corrections(Corrections(currency="MXN"))
    assert str(session.book()) == "book of b'1' MXN"
    assert work == ["open", "read", "read"]


def test_a_refused_file_is_refused_again_without_being_opened(work: list[str]) -> None:
    session.set_uploads((Upload("a.pdf", b"%PDF"),))
    for _ in range(3):
        with pytest.raises(UnreadableFileError):
            session.book()
    session.set_uploads((Upload("a.csv", b"1"),))
    session.book()
    assert work == ["refuse", "open", "read"]


def test_going_back_to_earlier_settings_costs_nothing(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.portfolio()
    session.set_standards({"Corte": 30})
    session.portfolio()
    session.set_standards({})
    session.portfolio()
    assert work == ["open", "read", "analyse", "analyse"]


def test_only_the_latest_results_are_kept(work: list[str]) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    for days in range(6):
        session.set_standards({"Corte": 20 + days})
        session.portfolio()
    assert len(of_files().portfolios) == MOST_KEPT
    assert work.count("analyse") == 6


def test_another_visitor_sees_nothing_of_it(work: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.portfolio()
    monkeypatch.setattr(st, "session_state", {})
    assert session.portfolio() is None
    assert session.uploads() == ()
    assert work == ["open", "read", "analyse"]


def test_the_currency_of_the_file_is_known_once_it_is_read() -> None:
    session.set_uploads((till(),))
    assert session.currency() is None
    session.book()
    assert session.currency() == "EUR"


# --- The owner's own files ----------------------------------------------------------------------------------

CALL = Outcome("Cliente 01", dt.date(2026, 10, 30), "answered")


def notebook_upload(*outcomes: Outcome, **choices: float) -> Upload:
    return Upload("cuaderno.json", notebook_bytes(Notebook(outcomes=outcomes, choices=choices)))


def test_a_notebook_beside_an_export_is_applied_and_never_read() -> None:
    for files in (
        (Upload("a.csv", b"1"), notebook_upload(CALL)),
        (notebook_upload(CALL), Upload("b.csv", b"2")),
    ):
        session.set_uploads(files)
        assert len(session.uploads()) == 1
        assert session.notebook().outcomes == (CALL,)
        assert session.unsaved() == 0  # the owner has it on their disk


def test_own_files_that_come_and_go_leave_the_results_and_the_notes_alone(work: list[str]) -> None:
    export = Upload("a.csv", b"1")
    session.set_uploads((export,), ())
    first = session.book()
    session.set_uploads((export, notebook_upload(CALL)), (export,))
    session.set_uploads((export,), (export, notebook_upload(CALL)))
    assert session.book() is first
    assert work == ["open", "read"]
    assert session.notebook().outcomes == (CALL,)


def test_an_uploader_that_forgot_the_export_on_another_page_does_not_take_it_away(work: list[str]) -> None:
    export = Upload("a.csv", b"1")
    session.set_uploads((export,), ())
    session.book()
    session.set_uploads((notebook_upload(CALL),), ())
    assert session.uploads() == (export,)
    session.set_uploads((), (notebook_upload(CALL),))
    assert session.uploads() == (export,)
    session.set_uploads((Upload("b.csv", b"2"),), ())
    assert [file.name for file in session.uploads()] == ["b.csv"]
    assert work == ["open", "read"]


def test_an_export_taken_out_of_the_uploader_is_gone() -> None:
    export = Upload("a.csv", b"1")
    session.set_uploads((export, notebook_upload(CALL)), ())
    session.set_uploads((notebook_upload(CALL),), (export, notebook_upload(CALL)))
    assert session.uploads() == ()


def test_notes_stay_when_a_file_is_added_to_the_export() -> None:
    export = Upload("a.csv", b"1")
    session.set_uploads((export,), ())
    session.set_notebook(Notebook(outcomes=(CALL,)))
    session.set_uploads((export, Upload("quejas.csv", b"2")), (export,))
    assert session.notebook().outcomes == (CALL,)
    assert session.unsaved() == 1


def test_notes_on_another_export_are_set_aside_until_the_owner_says_whose_they_are() -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    session.set_notebook(Notebook(outcomes=(CALL,)))
    session.set_uploads((Upload("b.csv", b"2"),))
    assert session.notebook().outcomes == ()
    assert session.notebook_set_aside() == Notebook(outcomes=(CALL,))
    session.use_set_aside()
    assert session.notebook().outcomes == (CALL,)
    assert session.notebook_set_aside() is None


def test_what_is_noted_is_unsaved_until_it_is_saved() -> None:
    session.set_uploads((Upload("a.csv", b"1"),))
    assert session.unsaved() == 0
    session.set_notebook(Notebook(outcomes=(CALL,)))
    session.set_standards({"Corte": 30})
    assert session.unsaved() == 2
    assert read_notebook(session.notebook_file()) == session.notebook()
    session.note_saved()
    assert session.unsaved() == 0
    session.empty_notebook()
    assert not session.notebook()


def test_a_filled_list_is_noted_once_the_export_is_read() -> None:
    rows = "Código;Cliente;Resultado de la llamada\nCliente 01;Cliente 01;Contestó\nNadie;Nadie;Contestó\n"
    session.set_uploads((Upload("lista.csv", rows.encode()), till()))
    assert session.taken_in() is None
    for _ in range(2):
        session.book()
        taken = session.taken_in()
        assert taken is not None
        assert (taken.added, [one.fault for one in taken.faults]) == (1, ["unknown_client"])
        assert [one.client_id for one in session.notebook().outcomes] == ["Cliente 01"]
