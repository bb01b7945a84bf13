"""Every page in both languages with every shop: it opens, asks its question, and never shows a fault."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SHOPS, Open, texts
from ui.language import LANGUAGE_KEY
from words import LANGUAGES, Language, speak

PAGES = (
    "overview",
    "segments",
    "movement",
    "intervals",
    "late_revenue",
    "growth",
    "today",
    "red_line",
    "at_risk",
    "dates",
    "offers",
    "letters",
    "problems",
    "hand_over",
    "follow_up",
    "client",
)


def assert_healthy(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    said = texts(app)
    assert "{" not in said
    for odd in ("nan", "NaT", "None", "<NA>"):
        assert odd not in said.split(), odd


@pytest.mark.parametrize("shop", SHOPS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_every_shop_and_goes_on_in_the_other_language(
    open_page: Open, page: str, shop: str
) -> None:
    app = open_page(page, shop=shop, language="es")
    assert_healthy(app)
    in_spanish = texts(app)
    app.session_state[LANGUAGE_KEY] = "en"
    app.run()
    assert_healthy(app)
    assert texts(app) != in_spanish


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_without_a_file_a_page_asks_its_question_and_offers_a_way_on(
    open_page: Open, page: str, language: Language
) -> None:
    app = open_page(page, language=language)
    w = speak(language)
    assert_healthy(app)
    assert app.title[0].value == w(f"{page}.question")
    assert {w("empty.upload"), w("empty.sample")} <= {button.label for button in app.button}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", SHOPS)
def test_the_start_page_opens_with_every_shop(open_page: Open, shop: str, language: Language) -> None:
    app = open_page("start", shop=shop, language=language)
    assert_healthy(app)
    assert app.title[0].value == speak(language)("start.question")
