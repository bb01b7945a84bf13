"""The growth page: the change and who is behind it, the owner's target, second visits, cohorts and sources."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from analysis.practices.growth.growth_split import growth_split
from analysis.practices.growth.new_and_existing import TARGET, new_and_existing
from tests.pages.conftest import Open, notebook_of, results, texts
from words import speak

W = speak("es", "es", "EUR")
EN = speak("en", "en", "GBP")


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def table(app: AppTest, column: str) -> list[object]:
    """The first table of the page that has a column of that name: its values."""
    return list(next(frame.value[column] for frame in app.dataframe if column in frame.value.columns))


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def test_the_answer_says_how_sales_changed_and_what_new_clients_bring(open_page: Open) -> None:
    split = growth_split(portfolio_of("sample"), "half_year")
    fresh = new_and_existing(portfolio_of("sample"))
    answer = open_page("growth", shop="sample", language="es").markdown[0].value
    assert f"bajan un **{W.percent(-split.growth)}** frente a los mismos meses del año pasado" in answer
    assert W.money(round(split.of("new", "change"))) in answer
    assert f"**{W.percent(fresh.share.share)}** de las ventas de seis meses" in answer


def test_it_says_the_same_in_english(open_page: Open) -> None:
    split = growth_split(portfolio_of("workshop"), "half_year")
    page = open_page("growth", shop="workshop", language="en")
    assert (
        f"Sales are down **{EN.percent(-split.growth)}** on the same months last year"
        in page.markdown[0].value
    )
    assert page.metric[0].label == "Growth"
    assert page.metric[0].value == EN.percent(split.growth, 1)


def test_other_periods_are_one_click_away_and_stand_in_the_address(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    page.segmented_control(key="basis").set_value("year").run()
    split = growth_split(portfolio_of("sample"), "year")
    assert W("growth.against.year") in page.markdown[0].value
    assert page.metric[0].value.replace("+", "") == W.percent(split.growth, 1)
    assert "year" in page.query_params["basis"]


def test_the_parts_in_the_table_add_up_to_the_change(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    split = growth_split(portfolio_of("sample"), "half_year")
    assert sum(table(page, W("growth.column.change"))) == pytest.approx(split.change, abs=4)
    assert table(page, W("growth.column.part"))[0] == "Nuevos"


def test_the_names_behind_a_bar_follow_the_choice(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    for part in ("new", "lost"):
        page.segmented_control(key="part").set_value(part).run()
        split = growth_split(portfolio_of("sample"), "half_year")
        ids = split.clients.loc[split.clients["part"] == part, "client_id"]
        names = portfolio_of("sample").clients.set_index("client_id").loc[ids, "client_name"].tolist()
        assert table(page, "client") == names
        assert W(f"growth.means.{part}") in texts(page)


def test_a_name_chosen_opens_the_client_s_drawer(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    split = growth_split(portfolio_of("sample"), "half_year")
    who = str(split.clients.loc[split.clients["part"] == "shrunk", "client_id"].iloc[0])
    shown = len(page.metric)
    page.selectbox(key="growth_name_shrunk").set_value(who).run()
    page.button(key="growth_open").click().run()
    assert not page.exception
    assert len(page.metric) > shown  # the drawer brings its own


def test_the_owner_s_target_is_kept_and_changes_the_verdict(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    assert any("por debajo de la meta del 50" in heading for heading in headings(page))
    page.number_input(key="growth_target_50").set_value(8).run()
    assert notebook_of(page).choices[TARGET] == 0.08
    assert not any("por debajo de la meta" in heading for heading in headings(page))
    assert any("la meta del 8" in heading for heading in headings(page))


def test_the_shop_s_own_level_can_be_the_target(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    usual = new_and_existing(portfolio_of("sample")).usual
    page.button(key="growth_target_own").click().run()
    assert notebook_of(page).choices[TARGET] == round(usual, 2)
    assert "growth_target_own" not in [button.key for button in page.button]


def test_a_service_chosen_narrows_every_figure(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    page.selectbox(key="service").set_value("Uñas").run()
    split = growth_split(portfolio_of("sample"), "half_year", service="Uñas")
    fresh = new_and_existing(portfolio_of("sample"), service="Uñas")
    assert page.metric[0].value.replace("+", "") == W.percent(split.growth, 1)
    assert page.metric[1].value == W.percent(fresh.share.share)
    assert not page.exception


def test_cohorts_follow_the_unit(open_page: Open) -> None:
    page = open_page("growth", shop="sample", language="es")
    assert "T2 2025" in texts(page)
    page.segmented_control(key="cohort").set_value("year").run()
    assert "**2025**" in texts(page)
    assert "T2 2025" not in texts(page)


def test_who_stays_is_told_by_first_ticket_and_not_by_source(open_page: Open) -> None:
    """Planted in the sample: the way a client came tells nothing, what they first bought does."""
    page = open_page("growth", shop="sample", language="es")
    assert W("growth.origins.alike.source") in headings(page)
    page.segmented_control(key="origin").set_value("ticket").run()
    title = headings(page)[-1].lower()
    assert "dejan más: alta" in title
    assert "dejan menos: baja" in title
    assert W("growth.origins.caution") in texts(page)


def test_without_amounts_visits_are_compared_and_it_says_what_to_add(open_page: Open) -> None:
    page = open_page("growth", shop="no_amounts", language="es")
    assert "isitas" in page.markdown[0].value
    assert "€" not in texts(page)
    assert W("missing.adds.19") in texts(page)


def test_without_sources_it_says_what_they_would_add(open_page: Open) -> None:
    assert W("missing.adds.27") in texts(open_page("growth", shop="till", language="es"))


def test_a_file_too_short_to_compare_says_so(open_page: Open) -> None:
    page = open_page("growth", shop="one_client", language="es")
    assert not page.exception
    assert "Solo vino 1 cliente" in " ".join(headings(page))
