"""The affection page: what it answers, what it lets one narrow, and what it says where something is missing."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from tests.pages.conftest import Open, results, texts
from words import Language, speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def answer(app: AppTest) -> str:
    return str(app.markdown[0].value)


def test_the_answer_counts_every_client_once(open_page: Open) -> None:
    counts = portfolio_of("sample").clients["band"].value_counts()
    said = answer(open_page("segments", shop="sample", language="es"))
    assert f"**{counts['loved']}** clientes nos quieren" in said
    assert f"**{counts['ignored']}** están ignorados" in said
    assert f"con **{counts['hated']}** hay conflicto" in said


def test_each_band_has_a_card_with_its_worth(open_page: Open) -> None:
    clients = portfolio_of("sample").clients
    said = texts(open_page("segments", shop="sample", language="en"))
    for band in ("loved", "ignored", "hated"):
        of_band = clients[clients["band"] == band]
        worth = speak("en", "en", "EUR").money(float(of_band["annual_value"].sum()))
        assert f"**{len(of_band)}** clients · **{worth}** a year" in said


def test_a_band_chosen_narrows_cards_and_table(open_page: Open) -> None:
    app = open_page("segments", shop="sample", language="en", band="hated")
    hated = int((portfolio_of("sample").clients["band"] == "hated").sum())
    assert len(app.dataframe[0].value) == hated
    assert texts(app).count("**0** clients") == 2


def test_filters_that_nobody_meets_say_so(open_page: Open) -> None:
    app = open_page("segments", shop="till", language="en", band="hated")
    assert portfolio_of("till").clients["band"].ne("hated").all()
    assert speak("en")("common.nobody_matches") in texts(app)


def test_without_amounts_the_map_counts_visits_and_no_money_is_named(open_page: Open) -> None:
    said = texts(open_page("segments", shop="no_amounts", language="es"))
    assert "que más vienen" in said
    assert "€" not in said


def test_from_behaviour_alone_it_says_why_nobody_is_hated(open_page: Open) -> None:
    why = speak("es")("segments.behaviour.title")
    assert why in texts(open_page("segments", shop="till", language="es"))
    assert why not in texts(open_page("segments", shop="sample", language="es"))


@pytest.mark.parametrize(
    ("months", "language", "said"), [(1, "es", "un mes"), (3, "en", "three months"), (6, "es", "seis meses")]
)
def test_movement_is_compared_over_the_months_chosen(
    open_page: Open, months: int, language: Language, said: str
) -> None:
    app = open_page("segments", shop="sample", language=language)
    app.segmented_control(key="months").set_value(str(months)).run()
    assert not app.exception
    assert any(heading.value.endswith(said) for heading in app.header)


def test_the_matrix_counts_the_clients_known_at_both_dates(open_page: Open) -> None:
    app = open_page("segments", shop="sample", language="en")
    matrix = next(frame.value for frame in app.dataframe if frame.value.columns[0].startswith("Group on"))
    movement = portfolio_of("sample").movement
    ends = sorted(movement["month_end"].unique())
    before, after = (
        set(movement.loc[movement["month_end"] == end, "client_id"]) for end in (ends[-4], ends[-1])
    )
    assert matrix.iloc[:, 1:].to_numpy().sum() == len(before & after)


def test_the_months_compared_stand_in_the_url(open_page: Open) -> None:
    app = open_page("segments", shop="sample", language="en", months="6")
    assert any(heading.value.endswith("six months") for heading in app.header)
    app.segmented_control(key="months").set_value("1").run()
    assert app.query_params["months"] == "1"
