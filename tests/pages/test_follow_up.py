"""The follow-up page: the answer, its list by days of silence, the draft and what is noted of it, means of contact."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from analysis.practices.team.follow_up import silent
from tests.pages.conftest import Open, notebook_of, results, texts
from words import Language, speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def answer(app: AppTest) -> str:
    return str(app.markdown[0].value)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_answer_counts_the_silent_and_what_they_are_worth(open_page: Open, language: Language) -> None:
    portfolio = portfolio_of("sample")
    quiet = silent(portfolio, 90)
    w = speak(language, language, portfolio.currency)
    said = answer(open_page("follow_up", shop="sample", language=language))
    assert f"**{len(quiet)}** " in said
    assert f"{len(portfolio.clients)} client" in said
    assert w.money(float(quiet["annual_value"].sum())) in said


@pytest.mark.parametrize("days", [30, 180, 365])
def test_the_days_of_silence_are_chosen_and_stand_in_the_url(open_page: Open, days: int) -> None:
    quiet = silent(portfolio_of("sample"), days)
    app = open_page("follow_up", shop="sample", language="en", silent=str(days))
    assert f"{len(quiet)} clients without a word for more than {days} days" in texts(app)
    assert app.query_params["silent"] == str(days)


def test_a_seller_chosen_narrows_the_list(open_page: Open) -> None:
    quiet = silent(portfolio_of("sample"), 90)
    theirs = quiet[quiet["staff"] == "Irene Lara"]
    app = open_page("follow_up", shop="sample", language="en", seller="Irene Lara")
    assert app.metric[1].value == str(len(theirs))


def test_the_draft_is_of_the_most_valuable_who_may_be_written_to(open_page: Open) -> None:
    quiet = silent(portfolio_of("sample"), 90)
    allowed = quiet[~quiet["consent"].astype("boolean").fillna(value=True).eq(other=False)]
    reachable = allowed[allowed["phone"].notna() | allowed["email"].notna()]
    app = open_page("follow_up", shop="sample", language="es")
    draft = app.text_area[0].value
    assert str(reachable["client_name"].iloc[0]).split()[0] in draft
    assert "Solo quería saber cómo está" in draft
    box = next(box for box in app.selectbox if str(box.key).startswith("check_in_who"))
    assert len(box.options) == min(len(reachable), 300)


def test_what_is_noted_is_a_word_and_the_client_leaves_the_list(open_page: Open) -> None:
    quiet = silent(portfolio_of("sample"), 90)
    app = open_page("follow_up", shop="sample", language="en")
    first = app.text_area[0].value
    app.button(key="check_in_message_sent").click().run()
    assert not app.exception
    assert f"{len(quiet) - 1} clients without a word" in texts(app)
    assert app.text_area[0].value != first
    noted = notebook_of(app).outcomes
    assert [outcome.code for outcome in noted] == ["message_sent"]


@pytest.mark.parametrize(
    ("language", "said"), [("es", "la última visita cuenta"), ("en", "the last visit counts")]
)
def test_without_contacts_the_last_visit_counts_and_the_means_say_what_to_add(
    open_page: Open, language: Language, said: str
) -> None:
    app = open_page("follow_up", shop="till", language=language)
    assert said in texts(app)
    assert speak(language)("missing.adds.28") in texts(app)


def test_each_seller_s_follow_up_says_who_is_gone(open_page: Open) -> None:
    app = open_page("follow_up", shop="sample", language="en")
    table = next(frame.value for frame in app.dataframe if "Contacts each" in frame.value.columns)
    assert "Noelia Bravo (gone)" in table["Seller"].tolist()


def test_without_amounts_no_money_is_named(open_page: Open) -> None:
    assert "€" not in texts(open_page("follow_up", shop="no_amounts", language="es"))
