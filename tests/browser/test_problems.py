"""The page of problems in a real browser: its files, a problem taken on by somebody new, and a client of its lists."""

import pytest
from playwright.sync_api import Page, expect

from analysis.practices.problems.open_problems import open_problems
from analysis.practices.problems.repeated_reasons import exposed
from tests.browser.journeys import drawer, go
from tests.browser.steps import close_drawer, download, rows_of, settle, unfold
from tests.pages.conftest import results
from words import speak

#: They share the visitor `salon`.
pytestmark = pytest.mark.xdist_group("salon")


@pytest.fixture
def page(salon: Page) -> Page:
    """The owner of the salon, on the page."""
    go(salon, "problems")
    return salon


def test_the_lists_are_downloaded_as_they_stand(page: Page) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    w = speak("es")
    rows = rows_of(download(page, "problems_download"), ";")
    found = open_problems(portfolio)
    assert [row[w("problems.file.client_id")] for row in rows] == found["client_id"].tolist()
    assert rows[0][w("problems.file.promised")] == f"{found['promised'].iloc[0]:%Y-%m-%d}"
    told = rows_of(download(page, "exposed_download"), ";")
    by = w("call_list.no_contact")
    refused = [row for row in told if row[w("problems.file.contact")] == by]
    assert refused
    assert all(not row[w("problems.file.phone")] and not row[w("problems.file.email")] for row in refused)
    chosen = page.locator("[class*='st-key-exposed_place_'] input").input_value().removeprefix("Servicio: ")
    reason = page.locator(".st-key-exposed_reason input").input_value()
    assert len(told) == len(exposed(portfolio, reason, "service", chosen))


def test_somebody_new_takes_on_a_problem(page: Page) -> None:
    unfold(page, "problem_update_fold")
    owner = page.locator("[class*='st-key-problem_update_fold'] [class*='_owner'] input").first
    owner.fill("Marta la nueva")
    owner.press("Enter")
    page.locator(".st-key-problem_save").get_by_role("button").click()
    expect(page.locator(".st-key-problems_written")).to_be_visible()
    settle(page)
    rows = rows_of(download(page, "problems_download"), ";")
    assert [row["Responsable"] for row in rows].count("Marta la nueva") == 1
    unfold(page, "problems_written")
    page.locator("[class*='st-key-problem_back_']").get_by_role("button").click()
    expect(page.locator(".st-key-problems_written")).to_have_count(0)
    settle(page)


def test_a_row_of_the_clients_exposed_opens_the_client(page: Page) -> None:
    unfold(page, "exposed_fold")
    grid = page.locator("[class*='st-key-exposed_fold'] [data-testid='stDataFrame']")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 20, "y": 55})
    expect(drawer(page)).to_have_count(1)
    close_drawer(page)
