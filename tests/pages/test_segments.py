"""The affection page: what it answers, what it lets one narrow, and what it says where something is missing."""

import pytest

from tests.pages.small_shops import analysed, open_page, texts
from words import LANGUAGES, Language, speak


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", ["salon", "no amounts", "bare", "one client", "one visit each"])
def test_it_opens_with_any_shop_in_both_languages(shop: str, language: Language) -> None:
    page = open_page("segments", shop, language).run()
    assert not page.exception
    assert page.title[0].value == speak(language)("segments.question")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_file_it_asks_its_question_and_says_how_to_go_on(language: Language) -> None:
    page = open_page("segments", None, language).run()
    w = speak(language)
    assert page.title[0].value == w("segments.question")
    assert w("empty.no_file.title") in texts(page)


def test_the_answer_counts_every_client_once() -> None:
    page = open_page("segments", "salon").run()
    counts = analysed("salon").clients["band"].value_counts()
    answer = page.markdown[0].value
    assert f"**{counts['loved']}** clientes nos quieren" in answer
    assert f"**{counts['ignored']}** están ignorados" in answer
    assert f"con **{counts['hated']}** hay conflicto" in answer


def test_each_band_has_a_card_with_its_worth() -> None:
    clients = analysed("salon").clients
    said = texts(open_page("segments", "salon", "en").run())
    for band in ("loved", "ignored", "hated"):
        of_band = clients[clients["band"] == band]
        worth = speak("en").money(float(of_band["annual_value"].sum()))
        assert f"**{len(of_band)}** clients · **{worth}** a year" in said


def test_a_band_chosen_narrows_cards_and_table() -> None:
    page = open_page("segments", "salon", "en")
    page.query_params["band"] = "hated"
    page.run()
    hated = int((analysed("salon").clients["band"] == "hated").sum())
    assert len(page.dataframe[0].value) == hated
    assert "**0** clients" in texts(page)


def test_filters_that_nobody_meets_say_so() -> None:
    page = open_page("segments", "salon", "en")
    page.query_params["state"] = "on_time"
    page.query_params["service"] = "Corte"
    page.query_params["band"] = "hated"
    page.run()
    assert not page.exception
    clients = analysed("salon").clients
    nobody = clients.query("state == 'on_time' and service == 'Corte' and band == 'hated'").empty
    assert (speak("en")("common.nobody_matches") in texts(page)) is nobody


def test_without_amounts_the_map_counts_visits_and_no_money_is_named() -> None:
    said = texts(open_page("segments", "no amounts").run())
    assert "que más vienen" in said
    assert "al año**" not in said


def test_from_behaviour_alone_it_says_why_nobody_is_hated() -> None:
    w = speak("es")
    assert w("segments.behaviour.title") in texts(open_page("segments", "bare").run())
    assert w("segments.behaviour.title") not in texts(open_page("segments", "salon").run())


@pytest.mark.parametrize(("months", "said"), [(1, "un mes"), (3, "tres meses"), (6, "seis meses")])
def test_movement_is_compared_over_the_months_chosen(months: int, said: str) -> None:
    page = open_page("segments", "salon").run()
    page.segmented_control(key="segments_months").set_value(months).run()
    assert not page.exception
    assert any(heading.value.endswith(said) for heading in page.header)


def test_a_history_of_one_day_has_no_movement_yet() -> None:
    portfolio = analysed("one visit each")
    said = texts(open_page("segments", "one visit each").run())
    short = portfolio.movement["month_end"].nunique() < 2
    assert (speak("es")("segments.flow.short.title") in said) is short


def test_the_matrix_counts_the_clients_known_at_both_dates() -> None:
    page = open_page("segments", "salon", "en").run()
    matrix = next(frame.value for frame in page.dataframe if frame.value.columns[0].startswith("Group on"))
    movement = analysed("salon").movement
    ends = sorted(movement["month_end"].unique())
    before, after = (
        set(movement.loc[movement["month_end"] == end, "client_id"]) for end in (ends[-4], ends[-1])
    )
    assert matrix.iloc[:, 1:].to_numpy().sum() == len(before & after)
