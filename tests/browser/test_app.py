"""The app opens, in each reader's language, and the watch kept over every browser test notices what it should."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import overflow
from tests.browser.visits import Scheme, Visits
from words import speak


@pytest.mark.parametrize(
    ("language", "question", "scheme", "phone"),
    [
        ("es-ES", "¿A quién llamar hoy?", "light", False),
        ("es-MX", "¿A quién llamar hoy?", "dark", True),
        ("en-GB", "Who should you call today?", "dark", False),
        ("de-DE", "Who should you call today?", "light", True),
    ],
)
def test_the_app_opens_with_its_question_in_the_browsers_language_on_any_screen(
    visit: Visits,
    language: str,
    question: str,
    scheme: Scheme,
    phone: bool,  # noqa: FBT001
) -> None:
    page = visit(language=language, scheme=scheme, phone=phone)
    expect(page.get_by_role("heading", level=1)).to_have_text(question)
    assert overflow(page) <= 0


def test_the_first_visitor_after_a_start_may_come_by_a_link(visit_first: Visits) -> None:
    page = visit_first("overview")
    expect(page.get_by_role("heading", level=1)).to_have_text(speak("es")("overview.question"))
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text(speak("es")("nav.at_risk"))


def test_a_request_to_another_machine_is_noticed_and_goes_nowhere(visit: Visits) -> None:
    page = visit()
    answer = page.evaluate("fetch('https://example.com/').then(() => 'arrived').catch(() => 'blocked')")
    assert answer == "blocked"
    assert any("request to another machine: https://example.com/" in fault for fault in visit.faults)
    visit.allow("example.com|ERR_NAME_NOT_RESOLVED")


def test_an_error_on_the_page_is_noticed(visit: Visits) -> None:
    page = visit()
    page.evaluate("console.error('something broke')")
    page.evaluate("setTimeout(() => { throw new Error('a script broke') })")
    page.wait_for_timeout(100)
    assert [fault for fault in visit.faults if "something broke" in fault]
    assert [fault for fault in visit.faults if "a script broke" in fault]
    visit.allow("something broke|a script broke")
