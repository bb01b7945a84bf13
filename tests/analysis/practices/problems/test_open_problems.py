"""What is open, whose it is, since when, and whether it piles up."""

import datetime as dt

import pandas as pd
import pytest

from analysis.notebook import Notebook, ProblemNote
from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing, would_add
from analysis.practices.problems.open_problems import backlog, open_problems, owners, standing
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every

NAMES = ("Ana", "Eva", "Luz", "Pía")


def problem(who: str, opened: str, **values: object) -> dict[str, object]:
    return {"client_id": who, "opened": opened, **values}


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """As of 2026-09-20. Ana's answer is overdue, Eva's problem nobody's, Luz's is promised; Pía's is solved."""
    problems = [
        problem("Ana", "2026-09-10", staff="Rosa", promised="2026-09-15", kind="Espera"),
        problem("Eva", "2026-08-01", kind="Color"),
        problem("Luz", "2026-09-01", staff="Rosa", promised="2026-09-25"),
        problem("Pía", "2026-07-10", closed="2026-08-02", solved=True, staff="Inés"),
    ]
    visits = [
        visit
        for who, amount in zip(NAMES, (20.0, 40.0, 60.0, 80.0), strict=True)
        for visit in every(who, 30, 12, last="2026-09-20", amount=amount)
    ]
    return analyse(book_of(visits, problems=problems))


def test_a_broken_promise_comes_first_then_what_nobody_owns(shop: Portfolio) -> None:
    found = open_problems(shop)
    assert found["client_id"].tolist() == ["Ana", "Eva", "Luz"]
    assert found["days_open"].tolist() == [10, 50, 19]
    assert found["overdue_days"].tolist() == [5, 0, 0]
    assert found["staff"].tolist() == ["Rosa", "", "Rosa"]
    values = shop.clients.set_index("client_id")["annual_value"]
    assert found["worth"].tolist() == values[["Ana", "Eva", "Luz"]].tolist()


def test_among_the_same_the_client_worth_most_who_is_still_there(shop: Portfolio) -> None:
    notes = tuple(ProblemNote(who, dt.date(2026, 9, 20), staff="Rosa") for who in ("Ana", "Pía"))
    found = open_problems(with_notebook(shop, Notebook(problems=notes)))
    assert found["client_id"].tolist() == ["Ana", "Eva", "Pía", "Luz", "Ana"]


def test_the_figures(shop: Portfolio) -> None:
    now = standing(shop)
    assert (now.open, now.clients, now.unowned, now.overdue, now.oldest_days, now.gone) == (3, 3, 1, 1, 50, 0)
    # In the 30 days up to 20 September: Ana's and Luz's began; Pía's was closed before.
    assert (now.opened_lately, now.closed_lately) == (2, 0)
    assert now.worth == pytest.approx(open_problems(shop)["worth"].sum())


def test_by_owner_nobody_comes_first(shop: Portfolio) -> None:
    table = owners(shop)
    assert table["staff"].tolist() == ["", "Rosa"]
    assert table["open"].tolist() == [1, 2]
    assert table["oldest_days"].tolist() == [50, 19]
    assert table["overdue"].tolist() == [0, 1]


def test_the_backlog_by_month(shop: Portfolio) -> None:
    # July: Pía's begins. August: Eva's begins, Pía's is closed. September: Ana's and Luz's begin.
    table = backlog(shop)
    assert table["month"].dt.month.tolist() == [7, 8, 9]
    assert table["opened"].tolist() == [1, 1, 2]
    assert table["closed"].tolist() == [0, 1, 0]
    assert table["open_at_end"].tolist() == [1, 1, 3]


def test_what_was_open_before_the_months_shown_is_counted() -> None:
    problems = [problem("Ana", "2024-01-10"), problem("Ana", "2024-02-10", closed="2026-09-01", solved=True)]
    table = backlog(analyse(book_of(every("Ana", 30, 40, last="2026-09-20"), problems=problems)))
    assert len(table) == 13
    assert table["open_at_end"].tolist() == [2] * 12 + [1]


def test_without_a_table_of_problems_the_owner_s_notes_are_enough() -> None:
    till = analyse(book_of(every("Ana", 30, 12, last="2026-09-20")))
    assert open_problems(till).empty
    assert standing(till).open == 0
    assert missing(till, 20) == ()
    assert "problems.opened" in would_add(till, 20)
    noted = with_notebook(till, Notebook(problems=(ProblemNote("Ana", dt.date(2026, 9, 1), staff="Rosa"),)))
    assert open_problems(noted)["days_open"].tolist() == [19]
    assert backlog(noted)["open_at_end"].tolist() == [1]


def test_what_is_written_after_the_export_s_last_day_is_open_for_no_day_yet() -> None:
    till = analyse(book_of(every("Ana", 30, 12, last="2026-09-20")))
    later = with_notebook(till, Notebook(problems=(ProblemNote("Ana", dt.date(2026, 10, 5)),)))
    assert open_problems(later)["days_open"].tolist() == [0]
    assert backlog(later)["opened"].tolist() == [1]


@pytest.mark.parametrize("shop_name", ["salon", "workshop"])
def test_the_sample_s_open_problems_are_the_planted_ones(
    shop_name: str, request: pytest.FixtureRequest
) -> None:
    sample: Portfolio = request.getfixturevalue(f"{shop_name}_sample")
    truth: pd.DataFrame = request.getfixturevalue(f"{shop_name}_truth")
    planted = truth.loc[truth["trouble"] == "open", "client_id"]
    found = open_problems(sample)
    assert sorted(found["client_id"]) == sorted(planted)
    assert owners(sample)["open"].sum() == standing(sample).open == len(planted)
    assert backlog(sample)["open_at_end"].iloc[-1] == len(planted)
