"""The owner's own problems stand among the export's, and their word on the export's is heard."""

import datetime as dt

import pandas as pd

from analysis.notebook import Notebook, ProblemNote
from analysis.notebook.notebook_file import notebook_bytes, read_notebook
from analysis.portfolio import Portfolio, analyse
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every

DAY = dt.date(2026, 9, 1)


def shop() -> Portfolio:
    problems = [
        {"client_id": "Ana", "opened": "2026-09-01", "kind": "Espera larga"},
        {"client_id": "Eva", "opened": "2026-09-05", "kind": "Color", "staff": "Rosa"},
    ]
    visits = [visit for who in ("Ana", "Eva", "Luz") for visit in every(who, 30, 12, last="2026-09-20")]
    return analyse(book_of(visits, problems=problems))


def problems(*notes: ProblemNote) -> pd.DataFrame:
    return with_notebook(shop(), Notebook(problems=notes)).records.problems


def codes(portfolio: Portfolio, client_id: str) -> list[str]:
    clients = portfolio.clients.set_index("client_id")
    return [reason.code for reason in clients.loc[client_id, "reasons"]]


def test_a_problem_of_the_owner_s_is_one_more() -> None:
    found = problems(ProblemNote("Luz", dt.date(2026, 9, 3), kind="Picor", staff="Inés"))
    assert found["client_id"].tolist() == ["Ana", "Luz", "Eva"]
    assert found["note"].tolist() == [False, True, False]
    assert found["state"].tolist() == ["open"] * 3


def test_what_is_said_of_the_export_s_problem_is_filled_in_and_the_rest_stays() -> None:
    note = ProblemNote(
        "Eva", dt.date(2026, 9, 5), kind="color", promised=dt.date(2026, 9, 30), about_export=True
    )
    eva = problems(note).set_index("client_id").loc["Eva"]
    assert len(problems(note)) == 2
    assert (eva["staff"], eva["promised"].date(), eva["state"]) == ("Rosa", dt.date(2026, 9, 30), "open")


def test_a_problem_of_the_export_is_closed_by_the_owner_well_or_badly() -> None:
    closed = dt.date(2026, 9, 9)
    well = ProblemNote("Ana", DAY, kind="Espera larga", closed=closed, solved=True, about_export=True)
    badly = ProblemNote("Ana", DAY, kind="Espera larga", closed=closed, solved=False, about_export=True)
    assert problems(well)["state"].tolist() == ["solved", "open"]
    assert problems(badly)["state"].tolist() == ["badly_solved", "open"]
    assert problems(badly)["closed"].iloc[0].date() == closed


def test_the_kind_may_be_written_otherwise_since_where_there_is_no_other_problem_of_that_day() -> None:
    found = problems(ProblemNote("Ana", DAY, kind="Larga espera, otra vez", staff="Luz", about_export=True))
    assert found["staff"].tolist() == ["Luz", "Rosa"]
    assert found["kind"].tolist() == ["Espera larga", "Color"]


def test_a_note_about_a_problem_that_the_export_no_longer_holds_stands_for_it() -> None:
    gone = ProblemNote(
        "Ana", dt.date(2025, 1, 1), kind="Corte", closed=dt.date(2025, 1, 4), about_export=True
    )
    found = problems(gone)
    assert found["kind"].tolist() == ["Corte", "Espera larga", "Color"]
    assert found["state"].tolist() == ["solved", "open", "open"]


def test_reasons_and_what_to_do_follow_the_owner_s_word() -> None:
    before = shop()
    assert "problem_open" in codes(before, "Ana")
    settled = ProblemNote(
        "Ana", DAY, kind="Espera larga", closed=dt.date(2026, 9, 9), solved=True, about_export=True
    )
    new = ProblemNote("Luz", dt.date(2026, 9, 3))
    after = with_notebook(before, Notebook(problems=(settled, new)))
    assert "problem_open" not in codes(after, "Ana")
    assert codes(after, "Luz")[1] == "problem_open"
    assert after.clients.set_index("client_id").loc["Luz", "reasons"][1].values == {"count": 1, "days": 17}
    assert codes(after, "Eva") == codes(before, "Eva")


def test_a_badly_solved_problem_is_told_for_a_year() -> None:
    badly = ProblemNote("Luz", DAY, closed=dt.date(2026, 9, 9), solved=False)
    assert "problem_badly_solved" in codes(with_notebook(shop(), Notebook(problems=(badly,))), "Luz")
    old = ProblemNote("Luz", dt.date(2025, 1, 1), closed=dt.date(2025, 9, 9), solved=False)
    assert "problem_badly_solved" not in codes(with_notebook(shop(), Notebook(problems=(old,))), "Luz")


def test_a_note_comes_back_from_the_file_as_it_was() -> None:
    note = ProblemNote("Ana", DAY, kind="Espera larga", staff="Rosa", about_export=True)
    notebook = Notebook(problems=(note,))
    assert read_notebook(notebook_bytes(notebook)) == notebook
