"""The hand-over page: the answer, the list and its views, the team side by side, what it says without sellers."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from analysis.practices.team.hand_over import NOT_BACK, hand_over
from tests.pages.conftest import Open, results, texts
from words import Language, speak


@pytest.fixture(scope="module")
def salon() -> Portfolio:
    portfolio = results("sample")[2]
    assert portfolio is not None
    return portfolio


def answer(app: AppTest) -> str:
    return str(app.markdown[0].value)


def listed(app: AppTest) -> int:
    """How many rows the list has."""
    return next(len(frame.value) for frame in app.dataframe if frame.value.shape[1] >= 5)


@pytest.mark.parametrize(("language", "said"), [("es", "aún no han vuelto"), ("en", "have not come back")])
def test_the_answer_names_who_left_and_counts_their_clients(
    open_page: Open, salon: Portfolio, language: Language, said: str
) -> None:
    people = hand_over(salon)
    pending = people[people["standing"].isin(NOT_BACK)]
    w = speak(language, language, salon.currency)
    app = open_page("hand_over", shop="sample", language=language)
    assert "**Noelia Bravo**" in answer(app)
    assert f"**{len(people)}**" in answer(app)
    assert f"**{len(pending)}** {said}" in answer(app)
    assert w.money(float(pending["annual_value"].sum())) in answer(app)


def test_the_list_shows_those_to_win_over_those_back_or_everyone(open_page: Open, salon: Portfolio) -> None:
    people = hand_over(salon)
    pending = int(people["standing"].isin(NOT_BACK).sum())
    app = open_page("hand_over", shop="sample", language="en")
    assert f"{pending} clients to win over" in texts(app)
    app.segmented_control(key="view").set_value("back").run()
    assert f"{len(people) - pending} clients have come to somebody else" in texts(app)
    app.segmented_control(key="view").set_value("everyone").run()
    assert not app.exception
    assert f"{len(people)} clients who were theirs" in texts(app)


def test_a_band_chosen_narrows_figures_and_list(open_page: Open, salon: Portfolio) -> None:
    loved = hand_over(salon).query("band == 'loved'")
    app = open_page("hand_over", shop="sample", language="en", band="loved", view="everyone")
    assert app.metric[0].value == str(len(loved))
    assert f"{len(loved)} clients who were theirs" in texts(app)


def test_the_effect_is_told_with_its_interval_and_as_an_observation(open_page: Open) -> None:
    said = texts(open_page("hand_over", shop="sample", language="es"))
    assert "Noelia Bravo se fue: vuelven" in said
    assert "80 %" in said
    assert "no una prueba" in said


def test_the_team_is_no_ranking_and_says_of_whom_it_cannot_tell(open_page: Open) -> None:
    app = open_page("hand_over", shop="sample", language="en")
    assert "Clients return in time alike with the whole team" in texts(app)
    assert "Paula Vives" in texts(app)
    table = next(frame.value for frame in app.dataframe if "What can be said" in frame.value.columns)
    names = table["Seller"].tolist()
    assert names == sorted(names)
    assert "Noelia Bravo" not in names


def test_where_nobody_left_it_says_how_that_is_known(open_page: Open) -> None:
    app = open_page("hand_over", shop="till", language="es")
    assert answer(app).startswith("Nadie")
    assert "45 días" in texts(app)
    assert not app.metric


def test_without_sellers_it_says_what_to_add(open_page: Open) -> None:
    app = open_page("hand_over", shop="no_services", language="en")
    w = speak("en")
    assert w("missing.adds.16") in texts(app)
    assert not app.dataframe


def test_without_amounts_no_money_is_named(open_page: Open) -> None:
    app = open_page("hand_over", shop="no_amounts", language="es")
    assert "€" not in texts(app)
