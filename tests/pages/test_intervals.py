"""The rhythms page: how often clients come, standards to change, who is out of rhythm, the coming weeks."""

from types import SimpleNamespace

import pytest

from analysis import tallies
from analysis.portfolio import Portfolio
from analysis.settings import Settings
from tests.pages.conftest import Open, results, session_of, texts
from ui import own_values, session
from ui.rhythms import standards_editor
from words import speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def test_every_repeating_service_shows_its_rhythm_beside_its_standard(open_page: Open) -> None:
    said = texts(open_page("intervals", shop="till", language="es"))
    w = speak("es")
    salon = portfolio_of("till")
    for row in tallies.service_rhythms(salon.services, salon.gap_fits).to_dict("records"):
        every = w("intervals.gaps.every", days=row["usual_days"], standard=row["standard_days"])
        assert f"**{row['service']}**  \n{every}" in said


def test_without_services_there_is_one_histogram_and_what_to_add(open_page: Open) -> None:
    said = texts(open_page("intervals", shop="no_services", language="es"))
    w = speak("es")
    assert w("intervals.gaps.none") in said
    assert w("intervals.no_services.title") in said


def test_nobody_having_returned_is_the_answer(open_page: Open) -> None:
    assert speak("es")("intervals.answer.nobody") in texts(
        open_page("intervals", shop="one_visit_each", language="es")
    )


def test_the_visits_expected_are_those_of_eight_weeks(open_page: Open) -> None:
    weeks = portfolio_of("till").expected.head(8)
    said = texts(open_page("intervals", shop="till", language="en"))
    assert f"About {round(weeks['visits'].sum())} visits worth" in said
    assert f"About {round(weeks['visits'].sum())} visits are" in texts(
        open_page("intervals", shop="no_amounts", language="en")
    )


def test_a_standard_of_the_owner_is_worked_out_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page("intervals", shop="till", language="en")
    session_of(page).files.settings = Settings(standards={"Corte": 14.0})
    page.run()
    assert not page.exception
    assert "standard 14" in texts(page)
    assert "One standard is yours" in texts(page)
    next(button for button in page.button if button.label == "Back to the learned ones").click().run()
    corte = portfolio_of("till").services.set_index("service").loc["Corte", "standard_days"]
    assert f"standard {corte:.0f}" in texts(page)
    assert "standard 14" not in texts(page)


def edit(
    monkeypatch: pytest.MonkeyPatch, rows: dict[int, dict[str, object]], before: dict[str, float]
) -> dict[str, float]:
    """The owner's standards after those edits of a table of two services."""
    kept: dict[str, float] = {}
    state = {"editor": {"edited_rows": rows}}
    monkeypatch.setattr(own_values, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(session, "settings", lambda: Settings(standards=before))
    monkeypatch.setattr(session, "set_standards", kept.update)
    standards_editor._standard_edited("editor", ["Corte", "Color"])
    return kept


def test_what_is_typed_becomes_the_owner_s_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit(monkeypatch, {1: {"standard": 49}}, {"Corte": 30.0}) == {"Corte": 30.0, "Color": 49.0}


def test_an_emptied_cell_goes_back_to_the_learned_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit(monkeypatch, {0: {"standard": None}}, {"Corte": 30.0, "Color": 49.0}) == {"Color": 49.0}
