"""The lost-revenue page: what was lost, in which lens, by whom, and what a slipping rhythm costs."""

import pytest

from tests.pages.small_shops import analysed, open_page, texts
from words import LANGUAGES, Language, speak


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", ["salon", "no amounts", "bare", "one client", "one visit each"])
def test_it_opens_with_any_shop_in_both_languages(shop: str, language: Language) -> None:
    page = open_page("late_revenue", shop, language).run()
    assert not page.exception
    assert page.title[0].value == speak(language)("late_revenue.question")


def test_without_a_file_it_says_how_to_go_on() -> None:
    assert speak("es")("empty.no_file.title") in texts(open_page("late_revenue", None).run())


def lost(shop: str, lens: str) -> float:
    losses = analysed(shop).losses
    return float(losses.loc[losses["lens"] == lens, "lost_revenue"].sum())


def test_the_answer_is_the_loss_in_the_clients_own_rhythm() -> None:
    assert (
        speak("es").money(lost("salon", "own")) in open_page("late_revenue", "salon").run().markdown[0].value
    )


def test_the_other_lens_is_one_click_away_and_never_added() -> None:
    page = open_page("late_revenue", "salon").run()
    page.segmented_control(key="lens").set_value("service").run()
    answer = page.markdown[0].value
    assert speak("es").money(lost("salon", "service")) in answer
    assert speak("es").money(lost("salon", "service") + lost("salon", "own")) not in answer


def test_a_service_chosen_narrows_the_loss() -> None:
    page = open_page("late_revenue", "salon").run()
    page.selectbox(key="service").set_value("Color").run()
    losses = analysed("salon").losses
    color = losses[(losses["lens"] == "own") & (losses["service"] == "Color")]["lost_revenue"].sum()
    assert speak("es").money(float(color)) in page.markdown[0].value


def test_the_months_in_the_table_add_up_to_the_answer() -> None:
    page = open_page("late_revenue", "salon", "en").run()
    months = next(frame.value for frame in page.dataframe if frame.value.columns[0] == "Month")
    assert months["Total"].sum() == pytest.approx(lost("salon", "own"), abs=len(months))


def test_without_amounts_visits_are_counted_and_a_ticket_can_be_typed() -> None:
    page = open_page("late_revenue", "no amounts").run()
    w = speak("es")
    assert w("late_revenue.no_amounts.title") in texts(page)
    assert "visitas** en doce meses" in page.markdown[0].value
    page.number_input(key="late_revenue_ticket").set_value(20.0).run()
    assert not page.exception
    visits = analysed("no amounts").losses.query("lens == 'own'")["lost_visits"].sum()
    assert w.money(float(visits) * 20) in page.markdown[0].value


def test_a_rhythm_too_short_to_know_is_named_and_measured_otherwise() -> None:
    page = open_page("late_revenue", "one visit each").run()
    why = analysed("one visit each").totals.own_lens_why
    assert speak("es")(f"late_revenue.unpublished.{why}") in texts(page)


def test_without_sellers_it_says_what_to_add() -> None:
    assert speak("es")("late_revenue.no_staff.title") in texts(open_page("late_revenue", "bare").run())


@pytest.mark.parametrize(("days", "visits", "lost_visits"), [(30, "12", "0"), (45, "8", "4"), (60, "6", "6")])
def test_the_simulator_says_12_8_and_6(days: int, visits: str, lost_visits: str) -> None:
    page = open_page("late_revenue", "salon").run()
    page.slider(key="slip_days_30").set_value(days).run()
    assert [metric.value for metric in page.metric[:2]] == [visits, lost_visits]


def test_the_simulator_takes_a_service_at_its_standard() -> None:
    page = open_page("late_revenue", "salon", "en").run()
    page.selectbox(key="slip_service").set_value("Corte").run()
    assert page.slider(key="slip_days_28").value == 42
    assert page.metric[2].value == speak("en").money(-(360 / 28 - 360 / 42) * 25)
