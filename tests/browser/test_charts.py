"""Charts in a real browser: dragging over the map filters the table; a standard typed into its table is worked out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.journeys import at_home, drawer, go, open_shop, table
from tests.browser.steps import overflow, settle
from tests.browser.visits import Visits
from tests.pages.conftest import results
from tests.shops import till

#: Left edge, and width of the plotted area, of the map's whole scale (-0.15 to 10.15) as shares of the chart.
_AFFECTION_LOW, _AFFECTION_SPAN = -0.15, 10.3


def the_map(page: Page) -> Locator:
    return page.locator("[class*='st-key-segments_map_'] .js-plotly-plot")


def drag(page: Page, path: list[tuple[float, float]]) -> None:
    """Over the map's plot, in shares of its width and height from the top left."""
    plot = the_map(page).locator(".nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in path]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def test_a_box_on_the_map_filters_the_table_and_can_be_cleared(stay: Visits, tmp_path: Path) -> None:
    """A box over the loved half of the scale holds exactly those whose score lies in it."""
    portfolio = results("till")[2]
    assert portfolio is not None
    page = at_home(stay, tmp_path, till())
    go(page, "segments")
    inside = int((portfolio.clients["affection"] > 6.05).sum())
    left = (6.05 - _AFFECTION_LOW) / _AFFECTION_SPAN
    drag(page, [(left, 0.01), (0.8, 0.5), (0.999, 0.99)])
    expect(page.get_by_text(f"{inside} clientes en la selección")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Quitar selección").click()
    expect(page.get_by_text("clientes en la selección")).to_have_count(0)
    settle(page)


def test_the_lasso_is_named_in_the_reader_s_language(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, till())
    go(page, "segments")
    the_map(page).hover()
    lasso = the_map(page).locator(".modebar-btn[data-title='Lazo']")
    lasso.click()
    drag(page, [(0.3, 0.05), (0.95, 0.05), (0.95, 0.95), (0.3, 0.95), (0.3, 0.05)])
    expect(page.get_by_text(re.compile(r"\d+ clientes en la selección"))).to_be_visible()


def test_a_selected_client_opens_from_the_filtered_table(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, till(), language="en-GB")
    go(page, "segments")
    drag(page, [(0.5, 0.01), (0.8, 0.5), (0.999, 0.99)])
    expect(page.get_by_text(re.compile(r"clients in the selection"))).to_be_visible()
    settle(page)
    table(page, "segments").click(position={"x": 20, "y": 38 + 17})
    expect(drawer(page)).to_be_visible()


def test_a_standard_typed_into_the_table_is_worked_out(stay: Visits, tmp_path: Path) -> None:
    page = at_home(stay, tmp_path, till(), language="en-GB")
    go(page, "intervals")
    expect(page.get_by_role("heading", name="The standards come from your data")).to_be_visible()
    grid = page.locator("[class*='st-key-intervals_standards_'] [data-testid='stDataFrame']")
    settle(page)
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 240, "y": 38 + 17})
    page.keyboard.press("Enter")
    page.locator("input.gdg-input").fill("14")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", name="One standard is yours; the others come from your data")
    ).to_be_visible()
    expect(page.get_by_text("standard 14")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Back to the learned ones").click()
    expect(page.get_by_role("heading", name="The standards come from your data")).to_be_visible()
    settle(page)


@pytest.mark.parametrize("name", ["segments", "intervals", "late_revenue"])
def test_every_chart_fits_a_phone_and_says_itself_to_a_screen_reader(
    stay: Visits, tmp_path: Path, name: str
) -> None:
    page = stay.regular("on the way", lambda: open_shop(stay, tmp_path, till(), scheme="dark", phone=True))
    page.get_by_test_id("stExpandSidebarButton").click()
    go(page, name)
    assert overflow(page) <= 0
    charts = page.locator("[data-testid='stPlotlyChart']")
    expect(charts.first).to_be_visible()
    assert page.get_by_role("figure").count() == charts.count()
    for figure in page.get_by_role("figure").all():
        assert len(figure.get_attribute("aria-label") or "") > len("Corte: 1")
