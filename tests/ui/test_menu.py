"""The menu names every page once, by its file, and no page has a URL but its file's name."""

import re

import pytest
import streamlit as st

import dev
from ui import menu
from words import LANGUAGES, Language, speak


class Page:
    """What `st.Page` was asked for."""

    def __init__(self, page: object, **asked: object) -> None:
        self.page = page
        self.asked = asked


@pytest.fixture(autouse=True)
def _pages_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "Page", Page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_file_stands_in_the_menu_and_keeps_its_name_as_url(language: Language) -> None:
    pages = [page for section in menu.menu(speak(language)).values() for page in section]
    files = [page.page for page in pages if isinstance(page.page, str)]  # type: ignore[attr-defined]
    assert sorted(files) == sorted(f"pages/{path.name}" for path in (dev.ROOT / "pages").glob("*.py"))
    assert all("url_path" not in page.asked for page in pages)  # type: ignore[attr-defined]


def test_only_the_client_s_page_and_the_root_are_hidden() -> None:
    pages = [page for section in menu.menu(speak("en")).values() for page in section]
    hidden = [page.page for page in pages if page.asked["visibility"] == "hidden"]  # type: ignore[attr-defined]
    assert hidden == [menu.home, "pages/client.py"]


def test_every_page_asks_a_question_in_both_languages() -> None:
    for path in (dev.ROOT / "pages").glob("*.py"):
        for language in LANGUAGES:
            assert re.search(r"\?$", speak(language)(f"{path.stem}.question"))
