"""What the owner writes down of problems changes the notebook, and can be taken back."""

import datetime as dt

from analysis.notebook import Notebook, ProblemNote
from analysis.practices.problems.notes import ProblemKey, brought_up_to_date, taken_back, written_down

DAY = dt.date(2026, 9, 1)
KEY = ProblemKey("Ana", DAY, "Espera")


def test_a_problem_is_written_down_once() -> None:
    note = ProblemNote("Ana", DAY, "Espera")
    twice = written_down(written_down(Notebook(), note), ProblemNote("Ana", DAY, "Espera", detail="más"))
    assert [one.detail for one in twice.problems] == ["más"]


def test_of_a_problem_of_the_export_a_note_is_kept() -> None:
    notebook = brought_up_to_date(Notebook(), KEY, staff="Rosa", promised=dt.date(2026, 9, 9))
    assert notebook.problems == (
        ProblemNote("Ana", DAY, "Espera", "Rosa", promised=dt.date(2026, 9, 9), about_export=True),
    )


def test_the_owner_s_own_problem_is_changed_where_it_stands() -> None:
    before = Notebook(problems=(ProblemNote("Ana", DAY, "Espera", detail="lloró"),))
    closed = brought_up_to_date(
        before, KEY, staff="Luz", promised=None, closed=dt.date(2026, 9, 4), solved=True
    )
    (note,) = closed.problems
    assert (note.detail, note.staff, note.closed, note.solved) == ("lloró", "Luz", dt.date(2026, 9, 4), True)
    assert not note.about_export


def test_what_was_written_is_taken_back() -> None:
    notes = (ProblemNote("Ana", DAY, "Espera"), ProblemNote("Eva", DAY, "Espera"))
    assert taken_back(Notebook(problems=notes), KEY).problems == notes[1:]
