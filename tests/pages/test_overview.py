"""The overview answers with the shop's own figures and names the calls of today."""

import pytest

from tests.pages.conftest import Open, results, texts
from words import LANGUAGES, Language, speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_five_figures_each_with_its_trend(open_page: Open, language: Language) -> None:
    app = open_page("overview", shop="sample", language=language)
    assert len(app.metric) == 5
    w = speak(language)
    assert [metric.label for metric in app.metric][:2] == [w("overview.active"), w("overview.on_time")]


def test_the_answer_has_the_share_the_loss_and_the_stake_of_the_portfolio(open_page: Open) -> None:
    app = open_page("overview", shop="till", language="es")
    _, _, portfolio = results("till")
    assert portfolio is not None
    w = speak("es", "es", "EUR")
    said = texts(app)
    assert f"**{w.percent(portfolio.totals.on_time_share)}**" in said
    assert w.money(portfolio.totals.lost_revenue_12m) in said


def test_the_calls_of_today_are_those_with_most_at_stake(open_page: Open) -> None:
    app = open_page("overview", shop="till", language="en")
    _, _, portfolio = results("till")
    assert portfolio is not None
    flagged = portfolio.clients.loc[portfolio.clients["flagged"]].nlargest(5, "value_at_stake")
    assert [button.label for button in app.button if button.key.startswith("call_")] == [
        f"**{name}**" for name in flagged["client_name"]
    ]


def test_without_amounts_visits_are_counted_and_no_money_is_named(open_page: Open) -> None:
    app = open_page("overview", shop="no_amounts", language="es")
    w = speak("es")
    assert w("overview.lost_visits") in [metric.label for metric in app.metric]
    assert "€" not in texts(app)


def test_a_name_opens_the_drawer_and_the_next_run_closes_it(open_page: Open) -> None:
    app = open_page("overview", shop="till", language="en")
    first = next(button for button in app.button if button.key.startswith("call_"))
    first.click().run()
    assert not app.exception
    assert [area.label for area in app.text_area] == [speak("en")("client.draft")]
    app.run()
    assert not app.text_area
