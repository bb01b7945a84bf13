"""Services that repeat, and clients who had no other."""

import dataclasses
import datetime as dt

import pytest

from analysis.notebook import Notebook
from analysis.portfolio import Portfolio, analyse
from analysis.practices.calling.necessary import CHOICE, out_of_service, repeating
from analysis.practices.needs import would_add
from tests.analysis.books import book_of, every


@pytest.fixture(scope="module")
def clinic() -> Portfolio:
    """Cleaning is repeated by all twenty who had it; an implant by none of 14, of whom i0 also has cleanings."""
    visits = [
        visit for n in range(20) for visit in every(f"c{n}", 60, 8, last="2026-09-01", service="Limpieza")
    ]
    visits += [(f"i{n}", f"2025-01-{n + 2:02}", 900.0, "Implante") for n in range(14)]
    visits += every("i0", 60, 5, last="2026-08-20", service="Limpieza")
    visits += [("last", "2026-10-31", 40.0, "Limpieza")]
    return analyse(book_of(visits))


def saying(portfolio: Portfolio, **said: float) -> Portfolio:
    choices = {CHOICE + name: value for name, value in said.items()}
    return dataclasses.replace(portfolio, notebook=Notebook(choices=choices))


def out(portfolio: Portfolio) -> set[str]:
    return set(portfolio.clients.loc[out_of_service(portfolio), "client_id"])


def test_a_service_that_nobody_has_twice_is_told_from_one_that_all_do(clinic: Portfolio):
    table = repeating(clinic).set_index("service")
    assert table["repeats"].to_dict() == {"Limpieza": True, "Implante": False}
    assert table.loc["Limpieza", "return_share"] > 0.9
    assert table.loc["Implante", "return_share"] == 0


def test_who_had_nothing_else_is_not_called_back(clinic: Portfolio):
    assert out(clinic) == {f"i{n}" for n in range(1, 14)}


def test_the_owner_s_word_on_a_service_counts(clinic: Portfolio):
    assert out(saying(clinic, Implante=1.0)) == set()
    assert out(saying(clinic, Limpieza=0.0)) == set(clinic.clients["client_id"])


def test_whose_due_service_was_taken_off_waits_until_another_is_due():
    visits = [
        *every("a", 30, 20, last="2026-09-01", service="Corte"),
        *every("a", 90, 8, last="2026-10-20", service="Color"),
        *every("b", 30, 20, last="2026-09-01", service="Corte"),
        *every("b", 90, 8, last="2026-07-01", service="Color"),
        *(visit for n in range(6) for visit in every(f"c{n}", 90, 8, last="2026-10-31", service="Color")),
    ]
    portfolio = analyse(book_of(visits))
    calm = portfolio.clients.assign(flagged=False, due_service="Corte")
    without = saying(dataclasses.replace(portfolio, clients=calm), Corte=0.0)
    waiting = out(without)  # b's colour was due in September, everybody else's is in January
    assert "b" not in waiting
    assert "a" in waiting


def test_a_service_too_new_to_tell_counts_as_one_that_repeats(clinic: Portfolio):
    young = clinic.services.assign(return_share=float("nan"), repeats=False)
    assert repeating(dataclasses.replace(clinic, services=young))["repeats"].all()


def test_where_no_service_is_named_the_owner_may_say_that_visits_need_not_repeat():
    portfolio = analyse(
        book_of([*every("own", 30, 20, last="2026-09-01"), ("once", dt.date(2026, 8, 1).isoformat(), 30.0)])
    )
    assert repeating(portfolio)["service"].tolist() == [""]
    assert out(portfolio) == set()
    assert out(saying(portfolio, **{"": 0.0})) == {"once"}
    assert would_add(portfolio, 6) == ("sales.service",)
