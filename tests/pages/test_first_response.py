"""On the page of calls: who gave a first sign of leaving and has not been called, and what the others said."""

import pytest

from analysis.portfolio import Portfolio
from analysis.practices.calling.first_response import first_response
from tests.pages.conftest import Open, results, texts
from ui.calling.first_response_panel import CALLS_SHOWN
from ui.keys import key_of
from words import LANGUAGES, Language, speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_waits_is_counted_and_the_first_stand_in_the_box(open_page: Open, language: Language) -> None:
    found = first_response(portfolio_of("sample"))
    app = open_page("at_risk", shop="sample", language=language)
    w = speak(language)
    assert w("response.waiting", n=found.waiting) in texts(app)
    shown = [button.key for button in app.button if str(button.key).startswith("response_")]
    first = found.act_now["client_id"].head(CALLS_SHOWN)
    assert shown == [f"response_{key_of(client_id)}" for client_id in first]


def test_without_contacts_it_says_that_the_file_does_not_tell(open_page: Open) -> None:
    portfolio = portfolio_of("till")
    flagged = int(portfolio.clients["flagged"].sum())
    assert flagged
    said = texts(open_page("at_risk", shop="till", language="es"))
    assert speak("es")("response.unknown", n=flagged) in said
    assert speak("es")("missing.adds.29") in said
