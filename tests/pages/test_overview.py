"""The overview answers with the shop's own figures and names the calls of today."""

import pytest

from analysis.practices.calling.today import due_list
from analysis.practices.headlines import headlines
from tests.pages.conftest import Open, results, texts
from ui import session
from ui.home import day_lines
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


def test_the_calls_of_today_are_the_first_of_the_day_s_list_money_first(open_page: Open) -> None:
    app = open_page("overview", shop="till", language="en")
    _, _, portfolio = results("till")
    assert portfolio is not None
    planned = due_list(portfolio, session.today(portfolio)).calls.head(5)
    assert planned["value_at_stake"].is_monotonic_decreasing
    assert [button.label for button in app.button if button.key.startswith("call_")] == [
        f"**{name}**" for name in planned["client_name"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_stands_in_five_lines_each_with_the_way_to_its_page(
    open_page: Open, language: Language
) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    lines = headlines(portfolio, session.today(portfolio))
    app = open_page("overview", shop="sample", language=language)
    links = [link.proto.page for link in app.get("page_link")][: len(lines)]
    assert links == [line.page for line in lines]
    w = speak(language, language, "EUR")
    said = texts(app)
    for line in lines:
        assert day_lines.said(w, line)[1] in said


@pytest.mark.parametrize("shop", ["till", "no_amounts", "one_client", "one_visit_each"])
def test_lines_without_money_names_or_tables_are_whole_sentences(shop: str) -> None:
    _, _, portfolio = results(shop)
    assert portfolio is not None
    w = speak("es", "es", "EUR")
    for line in headlines(portfolio, session.today(portfolio)):
        link, more = day_lines.said(w, line)
        assert link
        assert "{" not in link + more


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
