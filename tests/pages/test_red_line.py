"""The red line's page: who stands on it, what a click does, and what it says of weeks with too many losses."""

import datetime as dt
import io

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from analysis.notebook import Notebook, RedFlag
from analysis.portfolio import Portfolio
from analysis.practices.red_line.cases import AT_ONCE, red_line
from analysis.practices.red_line.loss_clusters import loss_clusters
from tests.pages.conftest import Open, notebook_of, results, texts, write_down
from ui import session
from ui.keys import key_of
from ui.red_line.brief_dialog import brief_texts
from words import LANGUAGES, Language, speak
from words.files.brief_document import brief_document


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def first_ids(shop: str) -> list[str]:
    portfolio = portfolio_of(shop)
    return red_line(portfolio, session.today(portfolio)).cases["client_id"].head(AT_ONCE).tolist()


def board(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("case_")]


def keys(ids: list[str]) -> list[str]:
    return [f"case_{key_of('red_line', client_id)}" for client_id in ids]


def click(app: AppTest, kind: str, client_id: str) -> AppTest:
    return app.button(key=f"{kind}_{key_of('red_line', client_id)}").click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gravest_cases_stand_on_the_board_in_their_order(open_page: Open, language: Language) -> None:
    app = open_page("red_line", shop="sample", language=language)
    ids = first_ids("sample")
    assert board(app) == keys(ids)
    name = portfolio_of("sample").clients.set_index("client_id").loc[ids[0], "client_name"]
    assert f"**{name}**" in str(app.markdown[0].value)


def test_the_others_stand_in_a_table_below(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    cases = red_line(portfolio, session.today(portfolio)).cases
    app = open_page("red_line", shop="sample", language="en")
    assert app.dataframe[0].value["client"].tolist() == cases["client_name"].iloc[AT_ONCE:].tolist()


def test_a_case_that_is_done_leaves_the_board_and_the_next_moves_up(open_page: Open) -> None:
    app = open_page("red_line", shop="workshop", language="en")
    portfolio = portfolio_of("workshop")
    cases = red_line(portfolio, session.today(portfolio)).cases["client_id"].tolist()
    app = click(app, "save", cases[0])
    assert not app.exception
    assert board(app) == keys(cases[1 : AT_ONCE + 1])
    notebook = notebook_of(app)
    assert [(one.client_id, one.code) for one in notebook.outcomes] == [(cases[0], "answered")]
    assert speak("en")("red_line.set_aside", n=1) in texts(app)


def test_a_case_put_off_says_until_when_in_the_notebook(open_page: Open) -> None:
    app = open_page("red_line", shop="workshop", language="es")
    who = first_ids("workshop")[0]
    app = click(app, "later_7", who)
    [outcome] = notebook_of(app).outcomes
    assert outcome.code == "snoozed"
    assert outcome.until == outcome.on + dt.timedelta(7)
    assert keys([who])[0] not in board(app)


def test_a_client_flagged_by_hand_comes_first_with_why_and_can_be_taken_down(open_page: Open) -> None:
    app = open_page("red_line", shop="till", language="es")
    who = str(portfolio_of("till").clients["client_id"].iloc[-1])
    app.selectbox(key="flag_who").set_value(who)
    app.text_input(key="flag_why").set_value("su <b>boda</b>")
    app.text_input(key="flag_promised").set_value("un peinado")
    app.run()
    app.button(key="flag_save").click().run()
    assert not app.exception
    assert board(app)[0] == keys([who])[0]
    flag = notebook_of(app).red_flags[who]
    assert (flag.why, flag.promised) == ("su <b>boda</b>", "un peinado")
    assert app.text_input(key="flag_why").value == ""
    click(app, "brief", who)
    assert "un peinado" in texts(app)
    assert "<b>" not in texts(app)
    app = click(app, "unflag", who)
    assert notebook_of(app).red_flags == {}


def test_handling_a_flagged_case_takes_the_flag_down(open_page: Open) -> None:
    app = open_page("red_line", shop="till", language="es")
    who = str(portfolio_of("till").clients["client_id"].iloc[-1])
    write_down(app, Notebook(red_flags={who: RedFlag(dt.date(2026, 10, 31))}))
    app.run()
    app = click(app, "save", who)
    assert notebook_of(app).red_flags == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_opens_with_its_parts_in_the_reader_s_language(open_page: Open, language: Language) -> None:
    app = open_page("red_line", shop="sample", language=language)
    click(app, "brief", first_ids("sample")[0])
    assert not app.exception
    w = speak(language)
    said = texts(app)
    for part in ("why", "history", "promised", "propose", "ask"):
        assert w(f"brief.{part}") in said


def test_a_kind_of_trigger_narrows_the_board(open_page: Open) -> None:
    app = open_page("red_line", shop="sample", language="en")
    portfolio = portfolio_of("sample")
    cases = red_line(portfolio, session.today(portfolio)).cases
    paying = [
        client
        for client, triggers in zip(cases["client_id"], cases["triggers"], strict=True)
        if any(one.code == "payment" for one in triggers)
    ]
    app.button_group(key="red_line_kinds").set_value(["payment"]).run()
    assert board(app) == keys(paying[:AT_ONCE])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_planted_week_is_told_on_top_with_what_its_clients_share(
    open_page: Open, language: Language
) -> None:
    app = open_page("red_line", shop="sample", language=language)
    latest = loss_clusters(portfolio_of("sample")).clusters[0]
    said = texts(app)
    finding = speak(language)("red_line.weeks.found", n=len(latest.losses), week=latest.week)
    assert said.count(finding) == 2
    assert latest.shared[0].value in said


def test_a_shop_without_statuses_is_told_what_they_would_add(open_page: Open) -> None:
    app = open_page("red_line", shop="till", language="es")
    assert speak("es")("missing.adds.14") in texts(app)


def test_without_amounts_visits_are_counted_and_no_money_is_named(open_page: Open) -> None:
    said = texts(open_page("red_line", shop="no_amounts", language="es"))
    assert "€" not in said


def test_all_briefs_are_one_document_with_a_page_each() -> None:
    portfolio = portfolio_of("workshop")
    cases = red_line(portfolio, portfolio.as_of).cases.head(4)
    w = speak("en", None, portfolio.currency)
    document = Document(io.BytesIO(brief_document(w, brief_texts(w, portfolio, cases))))
    titles = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Title"]
    assert titles == cases["client_name"].tolist()
