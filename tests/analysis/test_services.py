import numpy as np
import pytest

from analysis import schema
from analysis.portfolio import Portfolio, analyse
from analysis.services import regularity, whole_weeks
from analysis.settings import Settings
from tests.analysis.books import SERVICES, Visit, book_of, every


@pytest.mark.parametrize(("days", "weeks"), [(1, 7), (10, 7), (11, 14), (30, 28), (33, 35), (61, 63)])
def test_a_standard_is_told_in_whole_weeks(days: float, weeks: int):
    assert whole_weeks(days) == weeks


def test_regularity_has_three_names():
    assert regularity(np.array([12.0, 8.0, 7.9, 2.4, 2.3])).tolist() == [
        "clockwork",
        "clockwork",
        "rough",
        "rough",
        "erratic",
    ]


def test_each_services_standard_is_its_usual_gap(portfolio: Portfolio):
    standards = portfolio.services.set_index("service")
    assert tuple(portfolio.services.columns) == schema.SERVICES
    for service, usual, _ in SERVICES:
        assert standards.loc[service, "standard_days"] == pytest.approx(usual, abs=7)
        assert standards.loc[service, "standard_days"] % 7 == 0
        assert standards.loc[service, "standard_source"] == "learned"
        assert standards.loc[service, "interval_days"] == pytest.approx(usual, rel=0.15)
        assert standards.loc[service, "repeats"]


def table_of(*lines: list[Visit], settings: Settings | None = None) -> dict[str, dict[str, object]]:
    book = book_of([visit for each in lines for visit in each])
    return analyse(book, settings).services.set_index("service").to_dict("index")


CUTS = [
    visit for n in range(8) for visit in every(f"c{n}", 30, 12, last=f"2026-01-{n + 1:02}", service="Corte")
]
#: Blow-dries that eight of 52 clients came back for.
DRIES = [(f"x{n % 52}", f"2025-{1 + n // 10:02}-{1 + n % 10:02}", 15.0, "Secado") for n in range(60)]


def test_a_service_few_return_for_does_not_repeat_and_is_not_due():
    found = table_of(CUTS, DRIES)
    assert found["Corte"]["repeats"]
    assert not found["Secado"]["repeats"]
    assert found["Secado"]["return_share"] < 0.5
    due = analyse(book_of([*CUTS, *DRIES])).streams
    assert set(due["service"]) == {"Corte"}
    assert tuple(due.columns) == schema.STREAMS


def test_figures_of_a_service_are_counts_of_its_lines():
    found = table_of(CUTS)["Corte"]
    assert (found["visits"], found["clients"], found["revenue"]) == (96, 8, 96 * 30.0)
    assert found["return_share"] == 1.0


def test_a_service_without_amounts_has_an_unknown_revenue():
    free = [(client, date, None, service) for client, date, _, service in CUTS]
    assert np.isnan(table_of(free)["Corte"]["revenue"])


def test_too_few_returning_clients_borrow_the_businesss_standard():
    few = [
        visit
        for n in range(4)
        for visit in every(f"d{n}", 60, 12, last=f"2026-01-{n + 1:02}", service="Color")
    ]
    found = table_of(CUTS, few)
    assert (found["Color"]["standard_source"], found["Corte"]["standard_source"]) == ("business", "learned")
    assert found["Corte"]["standard_days"] == 28.0


def test_a_standard_the_owner_set_is_kept_as_set():
    found = table_of(CUTS, settings=Settings(standards={"Corte": 25.0}))["Corte"]
    assert (found["standard_days"], found["standard_source"]) == (25.0, "owner")


def test_a_stream_is_due_a_usual_gap_after_its_last_visit():
    streams = analyse(book_of(CUTS)).streams.set_index("client_id")
    due = (streams["due"] - streams["last_visit"]).dt.days
    assert due.tolist() == pytest.approx([30] * 8, abs=2)
    assert (streams["days_late"] == 0).all()
