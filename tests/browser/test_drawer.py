"""Any client's name opens their drawer, the right one, once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analysis.practices.calling.calls import call_list
from analysis.practices.calling.today import due_list
from tests.browser.journeys import at_home, click_row, drawer, go, table
from tests.browser.steps import cell, settle
from tests.browser.visits import Visits
from tests.pages.conftest import results
from tests.shops import till
from ui import session
from words import speak

ES = speak("es")
NAME = 1  # the column of names in a table of clients, after the boxes that pick a row


@pytest.fixture(scope="module")
def names() -> list[str]:
    _, _, portfolio = results("till")
    assert portfolio is not None
    return [str(name) for name in call_list(portfolio)["client_name"]]


@pytest.fixture
def owner(stay: Visits, tmp_path: Path) -> Page:
    return at_home(stay, tmp_path, till())


@pytest.fixture(scope="module")
def first_call() -> str:
    """Whom Home names first among the calls of today."""
    _, _, portfolio = results("till")
    assert portfolio is not None
    return str(due_list(portfolio, session.today(portfolio)).calls["client_name"].iloc[0])


def test_a_row_opens_its_client_and_nothing_reopens_by_itself(owner: Page, names: list[str]) -> None:
    go(owner, "at_risk")
    click_row(owner, "at_risk", 2)
    expect(drawer(owner)).to_contain_text(names[2])
    settle(owner)

    owner.keyboard.press("Escape")
    expect(drawer(owner)).to_have_count(0)
    owner.get_by_role("slider").press("ArrowLeft")
    settle(owner)
    expect(drawer(owner)).to_have_count(0)

    click_row(owner, "at_risk", 2)
    expect(drawer(owner)).to_contain_text(names[2])


def test_after_a_filter_a_row_is_the_client_now_shown_there(owner: Page) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    color = call_list(portfolio, portfolio.clients.loc[portfolio.clients["service"] == "Color"])
    go(owner, "at_risk")
    owner.locator(".st-key-service input").click()
    owner.get_by_role("option", name="Color").click()
    owner.wait_for_url("**service=Color**")
    settle(owner)
    second = str(color["client_name"].iloc[1])
    expect(cell(table(owner, "at_risk"), 1, NAME)).to_have_text(second)  # the filtered table has come
    click_row(owner, "at_risk", 1)
    expect(drawer(owner)).to_contain_text(second)


def test_a_name_of_today_s_calls_opens_the_same_drawer(owner: Page, first_call: str) -> None:
    owner.get_by_role("button", name=first_call).click()
    expect(drawer(owner)).to_contain_text(first_call)
    expect(drawer(owner).get_by_role("textbox")).to_have_value(re.compile("Su última visita"))


def test_the_keyboard_finds_and_opens_a_client(owner: Page, names: list[str]) -> None:
    go(owner, "at_risk")
    box = owner.locator(".st-key-at_risk_name input")
    box.fill(names[4])
    box.press("Enter")
    settle(owner)
    button = owner.locator(".st-key-at_risk_open button")
    expect(button).to_be_enabled()
    button.press("Enter")
    expect(drawer(owner)).to_contain_text(names[4])


def test_the_drawer_leads_to_the_client_s_own_page(owner: Page, first_call: str) -> None:
    owner.get_by_role("button", name=first_call).click()
    drawer(owner).get_by_role("link", name="Abrir en página completa").click()
    owner.wait_for_url("**/client?id=*")
    expect(owner.get_by_role("heading", level=1)).to_have_text(first_call)


def test_the_tone_of_the_draft_changes_within_the_drawer(owner: Page, first_call: str) -> None:
    owner.get_by_role("button", name=first_call).click()
    drawer(owner).get_by_text("De tú").click()
    expect(drawer(owner).get_by_role("textbox")).to_have_value(re.compile("Tu última visita"))
    expect(drawer(owner)).to_contain_text(first_call)


def test_the_owner_s_word_is_kept_in_the_drawer_which_stays(owner: Page, names: list[str]) -> None:
    go(owner, "at_risk")
    click_row(owner, "at_risk", 0)
    expect(drawer(owner)).to_contain_text(names[0])
    drawer(owner).get_by_text(ES("own_word.title")).click()
    drawer(owner).get_by_role("textbox", name=ES("own_word.note")).fill("nos quiere mucho")
    drawer(owner).get_by_role("button", name=ES("own_word.keep")).click()
    badge = drawer(owner).get_by_text(ES("own_word.badge"), exact=True)
    expect(badge).to_be_visible()
    expect(drawer(owner)).to_contain_text("nos quiere mucho")
    settle(owner)
    drawer(owner).get_by_role("button", name=ES("own_word.take_back")).click()
    expect(badge).to_have_count(0)
    expect(drawer(owner)).to_contain_text(names[0])
