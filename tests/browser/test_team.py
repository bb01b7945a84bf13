"""The team's pages in a real browser: the list to hand over as a file, a record behind a row, a word that is noted."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from analysis.portfolio import Portfolio
from analysis.practices.team.follow_up import silent
from analysis.practices.team.hand_over import NOT_BACK, hand_over
from tests.browser.journeys import click_row, drawer, go
from tests.browser.steps import arrive, close_drawer, download, rows_of, settle
from tests.browser.visits import Visits
from tests.pages.conftest import results


def portfolio() -> Portfolio:
    found = results("sample")[2]
    assert found is not None
    return found


def standing_at(stay: Visits, name: str) -> Page:
    """The owner of the salon, on a page, with no panel open."""

    def welcome() -> Page:
        found = stay(language="es-ES")
        found.locator(".st-key-sample_es").get_by_role("button").click()
        arrive(found, "overview")
        return found

    page = stay.regular("salon", welcome)
    if drawer(page).count():
        close_drawer(page)
    go(page, name)
    return page


def test_the_list_to_hand_over_is_a_file_with_who_should_take_whom(stay: Visits) -> None:
    page = standing_at(stay, "hand_over")
    lines = rows_of(download(page, "hand_over_download"), ";")
    people = hand_over(portfolio())
    pending = people[people["standing"].isin(NOT_BACK)]
    assert [line["Código"] for line in lines] == pending["client_id"].tolist()
    assert [line["Debería atenderle"] for line in lines] == pending["take"].tolist()
    refused = pending.loc[pending["consent"].eq(other=False).fillna(value=False), "client_id"]
    assert all(not line.get("Teléfono") for line in lines if line["Código"] in set(refused))


def test_a_row_of_the_list_opens_the_client_s_panel(stay: Visits) -> None:
    page = standing_at(stay, "hand_over")
    click_row(page, "hand_over", 1)
    expect(drawer(page)).to_be_visible()
    expect(drawer(page)).to_contain_text(str(hand_over(portfolio())["client_name"].iloc[1]))


def test_a_message_is_carried_to_whatsapp_and_noted(stay: Visits) -> None:
    page = standing_at(stay, "follow_up")
    quiet = len(silent(portfolio(), 90))
    box = page.locator(".st-key-check_in")
    text = box.locator("textarea").input_value()
    chat = box.locator("a[href*='wa.me']").first.get_attribute("href")
    assert parse_qs(urlsplit(str(chat)).query)["text"] == [text]
    settle(page)
    page.locator(".st-key-check_in_message_sent").get_by_role("button").click()
    expect(page.get_by_role("heading", name=f"{quiet - 1} clientes sin noticias")).to_be_visible()
    settle(page)
    expect(box.locator("textarea")).to_have_count(1)
    expect(box.locator("textarea")).not_to_have_value(text)
