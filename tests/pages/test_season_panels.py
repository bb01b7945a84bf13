"""What the rhythms page says of the shop's year."""

import dataclasses
import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from tests.pages.conftest import Open, hold, results, texts
from words import Language, speak


def opened_with(open_page: Open, portfolio: Portfolio, language: Language = "es") -> AppTest:
    """The rhythms page with other results than the till's in the session."""
    page = open_page("intervals", shop="till", language=language)
    upload, book, _ = results("till")
    hold(page, upload, book, portfolio)
    return page.run()


def of_the_till(**year: object) -> Portfolio:
    portfolio = results("till")[2]
    assert portfolio is not None
    return dataclasses.replace(portfolio, year=dataclasses.replace(portfolio.year, **year))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_sample_salon_shows_its_season_and_what_it_closes(open_page: Open, language: Language) -> None:
    page = open_page("intervals", shop="sample", language=language)
    w = speak(language, currency="EUR")
    said = texts(page)
    assert w("season.closed.weekdays", days=[w("weekday.0"), w("weekday.6")]) in said
    assert w("season.expected.known") in said
    august = {"es": "agosto", "en": "August"}[language]
    title = next(header.value for header in page.header if august in header.value)
    assert {"es": "Diciembre", "en": "December"}[language] in title
    months = next(table.value for table in page.dataframe if w("season.column.change") in table.value.columns)
    assert months[w("season.column.month")].tolist()[7] == august
    assert months[w("season.column.change")].tolist()[7] in title


@pytest.mark.parametrize("code", ["flat", "too_short", "too_few"])
def test_where_no_season_is_known_the_page_says_why(open_page: Open, code: str) -> None:
    said = texts(opened_with(open_page, of_the_till(season=code, years=2)))
    w = speak("es")
    assert w(f"season.title.{code}") in said
    assert w(f"season.note.{code}", n=2) in said
    assert w(f"season.expected.{code}") in said


def test_dates_and_weeks_that_close_every_year_are_named(open_page: Open) -> None:
    run = (dt.date(2027, 8, 2), dt.date(2027, 8, 22))
    shut = of_the_till(closed_weekdays=(), holidays=((1, 6), (12, 25)), closed_runs=(run,))
    said = texts(opened_with(open_page, shut))
    assert speak("es")("season.closed.some_days") in said
    assert "Cada año cierras el 6 de enero y el 25 de diciembre." in said
    assert "cierres del 2 de agosto al 22 de agosto de 2027." in said


def test_a_shop_that_never_closes_is_told_nothing_of_it(open_page: Open) -> None:
    always_open = of_the_till(closed_weekdays=(), holidays=(), closed_runs=())
    assert speak("en")("season.closed.learned") not in texts(opened_with(open_page, always_open, "en"))
