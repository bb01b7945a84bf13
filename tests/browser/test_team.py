"""The team's pages in a real browser: the list to hand over as a file, a record behind a row, a word that is noted."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from analysis.portfolio import Portfolio
from analysis.practices.team.follow_up import silent
from analysis.practices.team.hand_over import NOT_BACK, hand_over
from tests.browser.journeys import click_row, drawer, go
from tests.browser.steps import download, rows_of, settle
from tests.pages.conftest import results

#: They share the visitor `salon`.
pytestmark = pytest.mark.xdist_group("salon")


def portfolio() -> Portfolio:
    found = results("sample")[2]
    assert found is not None
    return found


def test_the_list_to_hand_over_is_a_file_with_who_should_take_whom(salon: Page) -> None:
    go(salon, "hand_over")
    lines = rows_of(download(salon, "hand_over_download"), ";")
    people = hand_over(portfolio())
    pending = people[people["standing"].isin(NOT_BACK)]
    assert [line["Código"] for line in lines] == pending["client_id"].tolist()
    assert [line["Debería atenderle"] for line in lines] == pending["take"].tolist()
    refused = pending.loc[pending["consent"].eq(other=False).fillna(value=False), "client_id"]
    assert all(not line.get("Teléfono") for line in lines if line["Código"] in set(refused))


def test_a_row_of_the_list_opens_the_client_s_panel(salon: Page) -> None:
    go(salon, "hand_over")
    click_row(salon, "hand_over", 1)
    expect(drawer(salon)).to_be_visible()
    expect(drawer(salon)).to_contain_text(str(hand_over(portfolio())["client_name"].iloc[1]))


def test_a_message_is_carried_to_whatsapp_and_noted(salon: Page) -> None:
    go(salon, "follow_up")
    quiet = len(silent(portfolio(), 90))
    box = salon.locator(".st-key-check_in")
    text = box.locator("textarea").input_value()
    chat = box.locator("a[href*='wa.me']").first.get_attribute("href")
    assert parse_qs(urlsplit(str(chat)).query)["text"] == [text]
    settle(salon)
    salon.locator(".st-key-check_in_message_sent").get_by_role("button").click()
    expect(salon.get_by_role("heading", name=f"{quiet - 1} clientes sin noticias")).to_be_visible()
    settle(salon)
    expect(box.locator("textarea")).to_have_count(1)
    expect(box.locator("textarea")).not_to_have_value(text)
