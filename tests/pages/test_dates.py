"""The page of coming dates, run as the app runs it."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.practices.dates.agenda import KINDS, agenda
from tests.pages.conftest import Open, results, texts
from ui.dates import message as date_message
from words import Language, speak


def named(app: AppTest, key: str) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith(key)]


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_says_how_many_dates_of_each_kind_are_coming(open_page: Open, language: Language) -> None:
    portfolio = results("sample")[2]
    assert portfolio is not None
    counts = agenda(portfolio, 30).dates["kind"].value_counts()
    app = open_page("dates", shop="sample", language=language)
    w = speak(language)
    assert all(f"**{counts[kind]}**" in app.markdown[0].value for kind in KINDS)
    assert [card.label for card in app.metric] == [w(f"dates.kind.{kind}") for kind in KINDS]
    assert [card.value for card in app.metric] == [w.number(counts[kind]) for kind in KINDS]


def test_the_agenda_goes_day_by_day_and_shows_more_when_asked(open_page: Open) -> None:
    app = open_page("dates", shop="sample", language="es")
    first = [day.value for day in app.subheader]
    assert first[0] == "Sábado, 31 de octubre"
    app.button(key="dates_more").click().run()
    assert [day.value for day in app.subheader][: len(first)] == first
    assert len(app.subheader) == 2 * len(first)


def test_the_days_and_kinds_asked_for_stand_in_the_url(open_page: Open) -> None:
    app = open_page("dates", shop="sample", language="en", dates_within="7", dates_kind="birthday")
    assert "In the next 7 days" in app.markdown[0].value
    lines = [text.value for text in app.markdown if ":material/" in text.value]
    assert lines
    assert not [line for line in lines if "Appointment" in line or "as a client, since" in line]


def test_nobody_s_age_stands_on_the_page(open_page: Open) -> None:
    portfolio = results("sample")[2]
    assert portfolio is not None
    born = {str(year) for year in portfolio.clients["birthday"].dropna().dt.year if year < 2017}
    said = texts(open_page("dates", shop="sample", language="es", dates_kind="birthday"))
    assert not [year for year in born if year in said]


def test_a_draft_opens_for_a_date_and_changes_its_tone(open_page: Open) -> None:
    portfolio = results("sample")[2]
    assert portfolio is not None
    dates = agenda(portfolio, 30).dates
    row = dates[(dates["kind"] == "birthday") & (dates["consent"] != False)].iloc[0]  # noqa: E712
    app = open_page("dates", shop="sample", language="es")
    app.session_state[date_message._ASKED] = row["client_id"], row["kind"], row["date"].date()
    app.run()
    assert not app.exception
    assert "¡Feliz cumpleaños! Le deseo" in app.text_area[0].value


def test_who_refused_is_listed_without_a_draft(open_page: Open) -> None:
    portfolio = results("workshop")[2]
    assert portfolio is not None
    app = open_page("dates", shop="workshop", language="en", dates_kind="birthday")
    refused = [text for text in app.markdown if speak("en")("client.no_consent") in text.value]
    assert refused
    assert len(named(app, "dates_open_")) == len(named(app, "dates_write_")) + len(refused)


def test_without_birthdays_it_says_what_is_there_and_what_to_add(open_page: Open) -> None:
    said = texts(open_page("dates", shop="till", language="es"))
    w = speak("es")
    assert w("dates.no_birthdays") in said
    assert w("missing.adds.25") in said
    assert "al menos desde entonces" in said


def test_the_calendar_is_downloaded_with_what_is_shown(open_page: Open) -> None:
    app = open_page("dates", shop="sample", language="es")
    assert app.toggle(key="dates_names").value is True
    app.toggle(key="dates_year").set_value(True).run()
    assert not app.exception
    nothing = open_page("dates", shop="one_client", language="es", dates_kind="booked")
    assert speak("es")("dates.nothing", days=30) in texts(nothing)
