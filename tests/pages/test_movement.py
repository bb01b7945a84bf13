"""The movement page: two dates, who moved and why, who is new, and the goals for the year."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from analysis.notebook import Notebook, OwnScore
from analysis.portfolio import Portfolio
from analysis.practices.affection.goals import measured
from analysis.practices.affection.movement import dates, movement
from tests.pages.conftest import Open, notebook_of, results, texts, write_down
from words import Language, speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def answer(app: AppTest) -> str:
    return str(app.markdown[0].value)


def test_the_answer_is_over_the_last_three_months(open_page: Open) -> None:
    ends = dates(portfolio_of("sample"))
    found = movement(portfolio_of("sample"), ends[3], ends[0])
    said = answer(open_page("movement", shop="sample", language="es"))
    assert f"**{found.up}** clientes subieron" in said
    assert f"**{found.down}** bajaron" in said


def test_any_two_month_ends_can_be_compared_and_stand_in_the_address(open_page: Open) -> None:
    ends = dates(portfolio_of("sample"))
    app = open_page("movement", shop="sample", language="en")
    app.selectbox(key="movement_to").set_value(ends[2].isoformat()).run()
    app.selectbox(key="movement_from").set_value(ends[14].isoformat()).run()
    assert not app.exception
    assert app.query_params["from"] == ends[14].isoformat()
    assert app.query_params["to"] == ends[2].isoformat()
    found = movement(portfolio_of("sample"), ends[14], ends[2])
    assert f"**{found.up}** clients moved up" in answer(app)
    again = open_page(
        "movement", shop="sample", language="en", **{"from": ends[14].isoformat(), "to": ends[2].isoformat()}
    )
    assert answer(again) == answer(app)


def test_the_earlier_date_is_always_before_the_later_one(open_page: Open) -> None:
    ends = dates(portfolio_of("sample"))
    app = open_page("movement", shop="sample", language="en")
    app.selectbox(key="movement_to").set_value(ends[9].isoformat()).run()
    assert not app.exception
    assert app.selectbox(key="movement_from").value < ends[9].isoformat()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_matrix_counts_the_clients_known_at_both_dates(open_page: Open, language: Language) -> None:
    w = speak(language)
    ends = dates(portfolio_of("sample"))
    app = open_page("movement", shop="sample", language=language)
    title = w("movement.flow.from", date=ends[3])
    matrix = next(frame.value for frame in app.dataframe if frame.value.columns[0] == title)
    assert matrix.iloc[:, 1:].to_numpy().sum() == len(movement(portfolio_of("sample"), ends[3], ends[0]).both)


def movers(app: AppTest) -> list[str]:
    return next(frame.value for frame in app.dataframe if "why" in frame.value)["client"].tolist()


def test_names_stand_with_what_moved_them_and_can_be_narrowed_to_those_who_rose(open_page: Open) -> None:
    ends = dates(portfolio_of("sample"))
    moved = movement(portfolio_of("sample"), ends[3], ends[0]).moved
    app = open_page("movement", shop="sample", language="es")
    assert len(movers(app)) == len(moved)
    table = next(frame.value for frame in app.dataframe if "why" in frame.value)
    assert table["why"].str.len().gt(0).all()
    app.segmented_control(key="way").set_value("up").run()
    assert len(movers(app)) == (moved["change"] > 0).sum()


def test_a_seller_narrows_everything(open_page: Open) -> None:
    clients = portfolio_of("sample").clients
    seller = clients["staff"].value_counts().index[0]
    app = open_page("movement", shop="sample", language="en", seller=seller)
    ends = dates(portfolio_of("sample"))
    theirs = clients.loc[clients["staff"] == seller, "client_id"]
    found = movement(portfolio_of("sample"), ends[3], ends[0]).only(theirs)
    assert len(movers(app)) == len(found.moved)


def test_the_owner_s_word_is_marked_as_such(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    who = portfolio.clients.loc[portfolio.clients["band"] == "hated", "client_id"].iloc[0]
    app = open_page("movement", shop="sample", language="es")
    write_down(app, Notebook(own_scores={who: OwnScore(9.5, "", portfolio.as_of)}))
    app.run()
    table = next(frame.value for frame in app.dataframe if "why" in frame.value)
    marked = table[table["after"].str.contains("tu palabra")]
    assert len(marked) == 1
    assert marked["why"].iloc[0].startswith("Es tu palabra")


def test_goals_are_set_kept_with_what_they_began_with_and_taken_back(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    today = measured(portfolio)
    app = open_page("movement", shop="sample", language="en")
    app.number_input(key="goals_loved_clients").set_value(int(today["loved_clients"]) + 20)
    app.number_input(key="goals_hated_clients").set_value(int(today["hated_clients"]) + 1)
    app.button(key="goals_keep").click().run()
    assert not app.exception
    kept = notebook_of(app).goals
    assert kept["loved_clients"].start == today["loved_clients"]
    assert kept["loved_clients"].by == dt.date(portfolio.as_of.year + 1, 12, 31)
    assert set(kept) == {"loved_clients", "hated_clients"}
    w = speak("en")
    by = kept["loved_clients"].by
    assert w("goals.finding", n=2, fine=2, by=by) in [header.value for header in app.header]
    app.number_input(key="goals_loved_clients").set_value(None)
    app.number_input(key="goals_hated_clients").set_value(None)
    app.button(key="goals_keep").click().run()
    assert not notebook_of(app).goals
    assert w("goals.none.title") in [header.value for header in app.header]


def test_goals_are_kept_though_their_owner_goes_on_before_the_page_is_drawn(open_page: Open) -> None:
    app = open_page("movement", shop="sample", language="es")
    app.number_input(key="goals_moved_up").set_value(7)
    app.button(key="goals_keep").click()
    app.switch_page("pages/start.py").run()
    assert not app.exception
    assert notebook_of(app).goals["moved_up"].target == 7


@pytest.mark.parametrize("language", ["es", "en"])
def test_with_one_month_it_says_what_is_missing_and_still_takes_goals(
    open_page: Open, language: Language
) -> None:
    app = open_page("movement", shop="one_visit_each", language=language)
    said = texts(app)
    found = dates(portfolio_of("one_visit_each"))
    assert (speak(language)("movement.short.title") in said) == (len(found) <= 1)
    assert app.button(key="goals_keep") is not None
