"""Any client's name opens their drawer, the right one, once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from analysis.practices.calls import call_list
from tests.browser.journeys import click_row, drawer, go, open_shop, table
from tests.browser.steps import cell, settle
from tests.browser.visits import Visits
from tests.pages.conftest import results
from tests.shops import till

NAME = 1  # the column of names in a table of clients, after the boxes that pick a row


@pytest.fixture(scope="module")
def names() -> list[str]:
    _, _, portfolio = results("till")
    assert portfolio is not None
    return [str(name) for name in call_list(portfolio)["client_name"]]


def test_a_row_opens_its_client_and_nothing_reopens_by_itself(
    visit: Visits, tmp_path: Path, names: list[str]
) -> None:
    page = open_shop(visit, tmp_path, till())
    go(page, "at_risk")
    click_row(page, "at_risk", 2)
    expect(drawer(page)).to_contain_text(names[2])
    settle(page)

    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    page.get_by_role("slider").press("ArrowLeft")
    settle(page)
    expect(drawer(page)).to_have_count(0)

    click_row(page, "at_risk", 2)
    expect(drawer(page)).to_contain_text(names[2])


def test_after_a_filter_a_row_is_the_client_now_shown_there(visit: Visits, tmp_path: Path) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    color = call_list(portfolio, portfolio.clients.loc[portfolio.clients["service"] == "Color"])
    page = open_shop(visit, tmp_path, till())
    go(page, "at_risk")
    page.locator(".st-key-service input").click()
    page.get_by_role("option", name="Color").click()
    page.wait_for_url("**service=Color**")
    settle(page)
    second = str(color["client_name"].iloc[1])
    expect(cell(table(page, "at_risk"), 1, NAME)).to_have_text(second)  # the filtered table has come
    click_row(page, "at_risk", 1)
    expect(drawer(page)).to_contain_text(second)


def test_a_name_of_today_s_calls_opens_the_same_drawer(
    visit: Visits, tmp_path: Path, names: list[str]
) -> None:
    page = open_shop(visit, tmp_path, till())
    page.get_by_role("button", name=names[0]).click()
    expect(drawer(page)).to_contain_text(names[0])
    expect(drawer(page).get_by_role("textbox")).to_have_value(re.compile("Su última visita"))


def test_the_keyboard_finds_and_opens_a_client(visit: Visits, tmp_path: Path, names: list[str]) -> None:
    page = open_shop(visit, tmp_path, till())
    go(page, "at_risk")
    box = page.locator(".st-key-at_risk_name input")
    box.fill(names[4])
    box.press("Enter")
    settle(page)
    button = page.locator(".st-key-at_risk_open button")
    expect(button).to_be_enabled()
    button.press("Enter")
    expect(drawer(page)).to_contain_text(names[4])


def test_the_drawer_leads_to_the_client_s_own_page(visit: Visits, tmp_path: Path, names: list[str]) -> None:
    page = open_shop(visit, tmp_path, till())
    page.get_by_role("button", name=names[0]).click()
    drawer(page).get_by_role("link", name="Abrir en página completa").click()
    page.wait_for_url("**/client?id=*")
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])


def test_the_tone_of_the_draft_changes_within_the_drawer(
    visit: Visits, tmp_path: Path, names: list[str]
) -> None:
    page = open_shop(visit, tmp_path, till())
    page.get_by_role("button", name=names[0]).click()
    drawer(page).get_by_text("De tú").click()
    expect(drawer(page).get_by_role("textbox")).to_have_value(re.compile("Tu última visita"))
    expect(drawer(page)).to_contain_text(names[0])
