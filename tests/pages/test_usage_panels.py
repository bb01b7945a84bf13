"""Services by use on the rhythms page, and what a client's meter tells in their panel."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.settings import Settings
from analysis.usage import DAYS_A_MONTH, about, next_by_use
from tests.pages.conftest import Open, results, session_of, texts
from ui import own_values, session
from ui.rhythms import usage_panels
from words import LANGUAGES, Language, speak


def workshop() -> Portfolio:
    portfolio = results("workshop")[2]
    assert portfolio is not None
    return portfolio


def with_fault(code: str) -> str:
    faults = workshop().usage.faults
    return str(faults.loc[faults["fault"] == code, "client_id"].iloc[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_services_by_use_are_named_and_told_in_the_file_s_unit(
    open_page: Open, language: Language
) -> None:
    page = open_page("intervals", shop="workshop", language=language)
    w = speak(language)
    said = texts(page)
    by_use = workshop().usage.services.query("unit_interval.notna()")["service"].tolist()
    assert len(by_use) > 1
    assert w("intervals.use.title", n=len(by_use), service=w.listing(by_use)) in said
    assert w("intervals.use.note", unit="miles") in said


def test_the_table_has_a_row_for_each_service_and_the_faults_one_for_each_reading(open_page: Open) -> None:
    page = open_page("intervals", shop="workshop", language="en")
    faults = workshop().usage.faults
    assert f"{len(faults)} readings that do not fit" in {part.label for part in page.expander}
    table = next(each.value for each in page.dataframe if "What it is" in each.value)
    assert len(table) == len(faults)
    assert set(table["What it is"]) == {"A digit is missing", "A new meter", "Looks like two vehicles"}


def test_without_a_meter_the_page_says_what_to_add_and_no_more(open_page: Open) -> None:
    w = speak("es")
    said = texts(open_page("intervals", shop="till", language="es"))
    assert w("intervals.use.no_meter") in said
    assert w("intervals.use.none") not in said


def test_an_interval_of_the_owner_is_worked_out_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page("intervals", shop="workshop", language="en")
    learned = page.header.values
    session_of(page).files.settings = Settings(unit_intervals={"MOT test": 10_000.0})
    page.run()
    assert not page.exception
    assert page.header.values != learned
    assert any("MOT test" in header for header in page.header.values)
    page.button(key="intervals_use_reset").click().run()
    assert page.header.values == learned


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ({1: {"interval": 7_500}}, {"Oil": 5_000.0, "Tyres": 7_500.0}),
        ({0: {"interval": None}}, {}),
        ({0: {"service": "x"}}, {"Oil": 5_000.0}),
    ],
)
def test_what_is_typed_is_kept_and_what_is_emptied_forgotten(
    monkeypatch: pytest.MonkeyPatch, rows: dict[int, dict[str, object]], kept: dict[str, float]
) -> None:
    found: list[dict[str, float]] = []
    state = {"editor": {"edited_rows": rows}}
    monkeypatch.setattr(own_values, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(session, "settings", lambda: Settings(unit_intervals={"Oil": 5_000.0}))
    monkeypatch.setattr(session, "set_unit_intervals", found.append)
    usage_panels._interval_edited("editor", ["Oil", "Tyres"])
    assert found == [kept]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_s_panel_says_how_much_they_drive_and_what_is_due_first(
    open_page: Open, language: Language
) -> None:
    portfolio, w = workshop(), speak(language)
    coming = next_by_use(portfolio.usage.clients, portfolio.as_of)
    own = (coming["source"] == "own") & (coming["decided_by"] == "meter")
    first = coming[
        ~coming["client_id"].duplicated() & own & (coming["due"] > pd.Timestamp(portfolio.as_of))
    ].iloc[0]
    said = texts(open_page("client", shop="workshop", language=language, id=first["client_id"]))
    per_month = w.number(about(first["units_per_day"] * DAYS_A_MONTH))
    assert w("unit.miles") in said
    assert f"**{per_month} {w('unit.miles')}" in said
    assert f"**{w.date(first['due'])}**" in said
    assert w.date(first["due_low"]) in said


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("digit_missing", "One reading cannot be right and is not used"),
        ("reset", "A new meter since"),
        ("two_meters", "two vehicles"),
    ],
)
def test_what_is_wrong_with_a_client_s_readings_stands_in_their_panel(
    open_page: Open, fault: str, said: str
) -> None:
    assert said in texts(open_page("client", shop="workshop", language="en", id=with_fault(fault)))


def test_a_salon_s_client_hears_nothing_of_meters(open_page: Open) -> None:
    portfolio = results("sample")[2]
    assert portfolio is not None
    page = open_page("client", shop="sample", language="en", id=str(portfolio.clients["client_id"].iloc[0]))
    assert not {"km", "miles", "hours"} & set(texts(page).split())
