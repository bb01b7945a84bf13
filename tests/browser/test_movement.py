"""The owner's word and goals in a real browser: given in the drawer, seen on every page, and taken along as a file."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import click_row, drawer, go, table
from tests.browser.steps import cell, close_drawer, settle
from words import speak

_AFFECTION, _BAND = 2, 3  # columns of the affection page's table, after the boxes and the name


#: They share the visitor `salon`.
pytestmark = pytest.mark.xdist_group("salon")


def test_a_word_given_in_the_drawer_holds_at_once_and_can_be_taken_back(salon: Page) -> None:
    w = speak("es")
    go(salon, "segments")
    before = cell(table(salon, "segments"), 0, _BAND).text_content()
    click_row(salon, "segments", 0)
    drawer(salon).get_by_text(w("own_word.title")).click()
    slider = drawer(salon).get_by_role("slider")
    slider.focus()
    slider.press("End")
    settle(salon)
    drawer(salon).get_by_role("button", name=w("own_word.keep")).click()
    expect(drawer(salon).get_by_text(w("own_word.heading", score=10))).to_be_visible()
    settle(salon)
    close_drawer(salon)
    assert cell(table(salon, "segments"), 0, _AFFECTION).text_content() == "10"
    marked = w("own_word.band", band=w.band("loved"))
    assert cell(table(salon, "segments"), 0, _BAND).text_content() == marked
    click_row(salon, "segments", 0)
    drawer(salon).get_by_role("button", name=w("own_word.take_back")).click()
    expect(drawer(salon).get_by_text(w("own_word.badge"), exact=True)).to_have_count(0)
    settle(salon)
    close_drawer(salon)
    assert cell(table(salon, "segments"), 0, _BAND).text_content() == before


def test_goals_typed_on_the_page_are_in_the_notebook(salon: Page) -> None:
    w = speak("es")
    go(salon, "movement")
    salon.get_by_role("spinbutton", name=w("goals.name.loved_clients")).fill("250")
    salon.get_by_role("spinbutton", name=w("goals.name.loved_clients")).press("Tab")
    salon.locator(".st-key-goals_keep").get_by_role("button").click()
    expect(salon.locator(".st-key-movement_goals")).to_be_visible()
    settle(salon)
    with salon.expect_download() as given:
        salon.locator("[data-testid='stSidebar']").get_by_test_id("stDownloadButton").get_by_role(
            "button"
        ).click()
    kept = json.loads(Path(given.value.path()).read_text(encoding="utf-8"))["notebook"]["goals"]
    assert kept["loved_clients"]["target"] == 250
    assert kept["loved_clients"]["on"] == "2026-10-31"
