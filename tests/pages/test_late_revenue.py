"""The lost-revenue page: what was lost, in which lens, by whom, and what a slipping rhythm costs."""

import pytest

from analysis.portfolio import Portfolio
from analysis.tallies import month_corrections, reachable_loss
from tests.pages.conftest import Open, results, session_of, texts
from words import speak

W = speak("es", "es", "EUR")


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def lost(shop: str, lens: str) -> float:
    losses = portfolio_of(shop).losses
    return float(losses.loc[losses["lens"] == lens, "lost_revenue"].sum())


def test_the_answer_is_the_loss_in_the_clients_own_rhythm(open_page: Open) -> None:
    assert (
        W.money(lost("till", "own"))
        in open_page("late_revenue", shop="till", language="es").markdown[0].value
    )


def test_the_other_lens_is_one_click_away_and_never_added(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    page.segmented_control(key="lens").set_value("service").run()
    answer = page.markdown[0].value
    assert W.money(lost("till", "service")) in answer
    assert W.money(lost("till", "service") + lost("till", "own")) not in answer


def test_a_service_chosen_narrows_the_loss(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    page.selectbox(key="service").set_value("Color").run()
    losses = portfolio_of("till").losses
    color = losses[(losses["lens"] == "own") & (losses["service"] == "Color")]["lost_revenue"].sum()
    assert W.money(float(color)) in page.markdown[0].value


def test_the_months_in_the_table_add_up_to_the_answer(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="en")
    months = next(frame.value for frame in page.dataframe if frame.value.columns[0] == "Month")
    assert months["Total"].sum() == pytest.approx(lost("till", "own"), abs=len(months))


def test_without_amounts_visits_are_counted_and_a_ticket_can_be_typed(open_page: Open) -> None:
    page = open_page("late_revenue", shop="no_amounts", language="es")
    assert W("late_revenue.no_amounts.title") in texts(page)
    assert "visitas** en doce meses" in page.markdown[0].value
    page.number_input(key="late_revenue_ticket_None").set_value(20.0).run()
    assert not page.exception
    visits = portfolio_of("no_amounts").losses.query("lens == 'own'")["lost_visits"].sum()
    assert speak("es", "es").money(float(visits) * 20) in page.markdown[0].value


def test_a_ticket_holds_though_its_owner_goes_on_before_the_page_is_drawn(open_page: Open) -> None:
    page = open_page("late_revenue", shop="no_amounts", language="es")
    page.number_input(key="late_revenue_ticket_None").set_value(20.0)
    page.switch_page("pages/start.py").run()
    assert not page.exception
    assert session_of(page).files.settings.average_ticket == 20.0
    page.switch_page("pages/late_revenue.py").run()
    page.number_input(key="late_revenue_ticket_20.0").set_value(0.0).run()
    assert session_of(page).files.settings.average_ticket is None


def test_a_rhythm_too_short_to_know_is_named_and_measured_otherwise(open_page: Open) -> None:
    page = open_page("late_revenue", shop="one_visit_each", language="es")
    why = portfolio_of("one_visit_each").totals.own_lens_why
    assert speak("es")(f"late_revenue.unpublished.{why}") in texts(page)


def test_without_sellers_it_says_what_to_add(open_page: Open) -> None:
    assert speak("es")("late_revenue.no_staff.title") in texts(
        open_page("late_revenue", shop="no_services", language="es")
    )


@pytest.mark.parametrize(("days", "visits", "lost_visits"), [(30, "12", "0"), (45, "8", "4"), (60, "6", "6")])
def test_the_simulator_says_12_8_and_6(open_page: Open, days: int, visits: str, lost_visits: str) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    page.slider(key="slip_days_30").set_value(days).run()
    assert [metric.value for metric in page.metric[:2]] == [visits, lost_visits]


def test_the_simulator_takes_a_service_at_its_standard_and_ticket(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="en")
    page.selectbox(key="slip_service").set_value("Corte").run()
    corte = portfolio_of("till").services.set_index("service").loc["Corte"]
    usual = round(corte["standard_days"])
    actual = round(1.5 * usual)
    assert page.slider(key=f"slip_days_{usual}").value == actual
    cost = (360 / usual - 360 / actual) * corte["revenue"] / corte["visits"]
    assert page.metric[2].value == speak("en", "en", "EUR").money(-float(cost))


def test_the_lens_stands_in_the_url_but_the_usual_one_needs_no_name(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es", lens="service")
    assert W.money(lost("till", "service")) in page.markdown[0].value
    page.segmented_control(key="lens").set_value("own").run()
    assert "lens" not in page.query_params


def test_a_lens_that_does_not_exist_is_the_usual_one(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es", lens="mine")
    assert not page.exception
    assert W.money(lost("till", "own")) in page.markdown[0].value


def test_the_answer_says_between_what_and_what_and_that_it_is_a_floor(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    totals = portfolio_of("till").totals
    low, high = W.money(totals.lost_revenue_12m_low), W.money(totals.lost_revenue_12m_high)
    assert f"entre **{low}** y **{high}**" in page.markdown[0].value
    assert "lo que no se puede demostrar no se cuenta" in page.markdown[0].value


def test_each_months_range_holds_its_loss(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="en")
    months = next(frame.value for frame in page.dataframe if frame.value.columns[0] == "Month")
    assert (months["At least"] <= months["Total"]).all()
    assert (months["Total"] <= months["At most"]).all()


def test_a_month_that_closed_shows_its_correction(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    portfolio = portfolio_of("till")
    row = month_corrections(portfolio.published_losses, portfolio.losses, "lost_revenue").iloc[-1]
    told = W("late_revenue.corrected.then"), W("late_revenue.corrected.now")
    assert f"eran {W.money(row['then'])}; hoy, {W.money(row['now'])}" in texts(page)
    assert set(told) <= set(page.table[0].value.columns)


def test_corrections_are_of_the_whole_business_by_their_own_rhythm(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es", lens="service")
    assert "de corrección" not in texts(page)
    page = open_page("late_revenue", shop="till", language="es", service="Color")
    assert "de corrección" not in texts(page)


def test_what_could_be_won_back_is_loss_times_alive_times_the_owners_response(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es")
    portfolio = portfolio_of("till")
    reach = reachable_loss(portfolio.losses.query("lens == 'own'"), portfolio.clients, "lost_revenue")
    labels = [W("late_revenue.win_back.late"), W("late_revenue.win_back.gone")]

    def shown() -> list[str]:
        return [metric.value for metric in page.metric if metric.label in labels]

    assert shown() == [W.money(0.3 * reach[kind]) for kind in ("late", "gone")]
    page.slider(key="response").set_value(50).run()
    assert shown() == [W.money(0.5 * reach[kind]) for kind in ("late", "gone")]
    assert "no un hallazgo" in texts(page)


def test_the_response_can_stand_in_the_url(open_page: Open) -> None:
    page = open_page("late_revenue", shop="till", language="es", response="60")
    assert page.slider(key="response").value == 60
