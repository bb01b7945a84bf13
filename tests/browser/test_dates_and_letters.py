"""Dates and year-end letters in a browser: the files they give, and a letter from its blank to the mail program."""

import io
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from docx import Document
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.journeys import drawer, go
from tests.browser.steps import arrive, close_drawer, download, overflow, settle
from tests.browser.visits import Visits
from words import speak


@pytest.fixture
def owner(stay: Visits) -> Page:
    """The owner of the sample salon, on a wide screen."""

    def welcome() -> Page:
        page = stay("dates")
        page.locator(".st-key-empty_sample button").click()
        expect(page.locator(".st-key-dates_download")).to_be_visible()
        return page

    page = stay.regular("owner", welcome)
    settle(page)
    return page


def test_the_calendar_file_holds_the_dates_that_are_shown(owner: Page) -> None:
    go(owner, "dates")
    shown = [int(metric.inner_text()) for metric in owner.get_by_test_id("stMetricValue").all()]
    calendar = Calendar.from_ical(download(owner, "dates_download"))
    events = calendar.walk("VEVENT")
    assert len(events) == sum(shown)
    assert sum("RRULE" in event for event in events) == shown[0]


def test_a_date_s_draft_opens_beside_the_agenda_and_goes_to_one_person(owner: Page) -> None:
    go(owner, "dates")
    owner.locator("[class*='st-key-dates_write_'] button").first.click()
    panel = drawer(owner)
    expect(panel.get_by_role("textbox")).to_be_visible()
    settle(owner)
    assert "¡Feliz cumpleaños!" in panel.get_by_role("textbox").input_value()
    link = panel.locator(".st-key-date_message_mail a").get_attribute("href") or ""
    assert parse_qs(urlsplit(link).query)["subject"] == ["¡Feliz cumpleaños!"]
    close_drawer(owner)


def test_a_fold_opens_to_the_clients_in_it(owner: Page) -> None:
    go(owner, "dates")
    fold = owner.locator("[class*='st-key-dates_fold_due']").first
    names = fold.locator("[class*='st-key-dates_open_']")
    expect(names).to_have_count(0)
    fold.locator("summary").click()
    said = re.search(r"\d+", fold.locator("summary").inner_text())
    assert said is not None
    expect(names).to_have_count(int(said.group()))


def test_a_letter_is_filled_made_ready_mailed_to_one_and_sent(owner: Page) -> None:
    go(owner, "letters")
    box = owner.locator("[class*='st-key-letters_words_'] textarea")
    text = owner.locator("[class*='st-key-letters_text_'] textarea")
    mail = owner.locator(".st-key-letters_mail a")
    expect(mail).to_have_attribute("disabled", "")
    # From the keyboard straight to the button, as one writes: what was typed is kept by the click itself.
    box.fill("¿Qué tal la mudanza a Gijón?")
    owner.locator(".st-key-letters_ready button").click()
    expect(owner.locator(".st-key-letters_sent")).to_be_visible()
    settle(owner)
    expect(text).to_have_value(re.compile(re.escape("¿Qué tal la mudanza a Gijón?")))
    link = urlsplit(mail.get_attribute("href") or "")
    fields = parse_qs(link.query)
    assert link.scheme == "mailto"
    assert unquote(link.path).count("@") == 1
    assert set(fields) == {"subject", "body"}  # nobody in copy, open or blind
    assert "¿Qué tal la mudanza a Gijón?" in fields["body"][0]
    assert speak("es")("letters.blank") not in fields["body"][0]
    first = owner.locator(".st-key-letters_client").inner_text()
    owner.locator(".st-key-letters_sent button").click()
    expect(owner.locator(".st-key-letters_client")).not_to_have_text(first)
    settle(owner)
    expect(box.first).to_have_value("")  # the one before goes a moment after the next has come


def test_the_document_has_a_page_for_what_is_ready_and_one_for_everyone_when_asked(owner: Page) -> None:
    go(owner, "letters")
    assert headings(download(owner, "letters_download")) == 1
    owner.locator(".st-key-letters_which label").last.click()
    pages = owner.locator(".st-key-letters_document").get_by_text(re.compile(r"^\d+ páginas$"))
    expect(pages).to_be_visible()
    settle(owner)
    assert headings(download(owner, "letters_download")) == int(pages.inner_text().split()[0])


def headings(data: bytes) -> int:
    return sum(
        part.style is not None and part.style.name == "Heading 1"
        for part in Document(io.BytesIO(data)).paragraphs
    )


@pytest.mark.parametrize("name", ["dates", "letters"])
def test_on_a_telephone_nothing_sticks_out(stay: Visits, name: str) -> None:
    def welcome() -> Page:
        page = stay("dates", phone=True, language="en-GB")
        page.locator(".st-key-empty_sample button").click()
        expect(page.locator(".st-key-dates_download")).to_be_visible()
        return page

    page = stay.regular("on the way", welcome)
    settle(page)
    if name == "letters":
        page.get_by_test_id("stExpandSidebarButton").click()
        page.locator("[data-testid='stSidebarNavLink'][href$='/letters']").click()
        arrive(page, "letters")
        expect(page.locator("[class*='st-key-letters_words_'] textarea")).to_be_visible()
    assert overflow(page) <= 0
