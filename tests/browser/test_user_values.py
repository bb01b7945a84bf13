"""What stands in an owner's file is text wherever it is shown: it loads nothing, runs nothing, computes nothing.

Every page with such names is opened in `test_phone`.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.journeys import click_row, drawer, go, table
from tests.browser.steps import (
    cell,
    download,
    expect_names_to_be_text,
    plain,
    rows_of,
    see_results,
    settle,
    upload,
)
from tests.browser.visits import Visits

NAME = 1  # the column of names in a table of clients, after the boxes that pick a row


@pytest.fixture
def owner(stay: Visits, tmp_path: Path) -> Page:
    """The owner of a shop where clients, a service, a seller and the file are called by markup and a formula."""

    def welcome() -> Page:
        page = stay()
        page.on("dialog", lambda dialog: pytest.fail(f"a script of the file's ran: {dialog.message}"))
        upload(page, exports.harmful(tmp_path))
        expect(page.locator(".st-key-see_results")).to_be_visible()
        see_results(page)
        return page

    return stay.regular("owner", welcome)


def test_todays_calls_show_every_name_as_written(owner: Page) -> None:
    go(owner, "at_risk")
    go(owner, "overview")
    said = plain(owner.get_by_test_id("stMain").inner_text())
    for name in exports.HARMFUL:
        assert name in said
    assert plain(owner.get_by_test_id("stSidebar").inner_text()).count(exports.HARMFUL_FILE) == 1


@pytest.mark.parametrize("name", exports.HARMFUL)
def test_a_client_s_panel_and_page_show_the_name_as_written(owner: Page, name: str) -> None:
    go(owner, "at_risk")
    listed = [row["Cliente"].removeprefix("'") for row in rows_of(download(owner, "download_csv"), ";")]
    row = listed.index(name)
    expect(cell(table(owner, "at_risk"), row, NAME)).to_have_text(name)
    click_row(owner, "at_risk", row)
    panel = drawer(owner)
    expect(panel.get_by_role("textbox")).to_be_visible()
    settle(owner)
    assert name in plain(panel.inner_text())
    expect_names_to_be_text(owner)
    panel.get_by_test_id("stPageLink-NavLink").click()
    title = owner.get_by_role("heading", level=1)
    expect(title).not_to_have_text("")
    owner.wait_for_url("**/client?*")
    settle(owner)
    assert plain(title.inner_text()) == name
    expect_names_to_be_text(owner)


@pytest.mark.parametrize("name", exports.HARMFUL)
def test_a_mark_on_the_map_names_its_client_as_written(owner: Page, name: str) -> None:
    go(owner, "segments")
    chart = owner.locator("[class*='st-key-segments_map_'] .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y = chart.evaluate(
        """(chart, id) => {
            const {xaxis, yaxis} = chart._fullLayout, box = chart.getBoundingClientRect();
            for (const trace of chart._fullData) {
                const place = Array.from(trace.customdata || []).findIndex(known => String(known) === id);
                if (place >= 0) return [
                    box.left + xaxis._offset + xaxis.d2p(trace.x[place]),
                    box.top + yaxis._offset + yaxis.d2p(trace.y[place]),
                ];
            }
        }""",
        name,
    )
    owner.mouse.move(x - 3, y - 3)
    owner.mouse.move(x, y)
    expect(chart.locator(".hoverlayer")).to_contain_text(name)
    expect_names_to_be_text(owner)


def test_a_downloaded_formula_is_text_and_a_telephone_is_whole(owner: Page) -> None:
    go(owner, "at_risk")
    rows = {row["Cliente"]: row for row in rows_of(download(owner, "download_csv"), ";")}
    assert f"'{exports.FORMULA}" in rows
    assert exports.PICTURE in rows
    assert exports.MARKUP in rows
    assert rows[exports.PICTURE]["Teléfono"].replace(" ", "").startswith("+346001001")
