"""What comes from the owner's file is shown, never acted upon."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.markdown import escape


def shown(escaped: str) -> str:
    """What markdown shows of escaped text: the backslashes go, and the invisible joiners are not seen."""
    return re.sub(r"\\(.)", r"\1", escaped).replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize(
    "text",
    [
        "![](https://evil.example/x.png)",
        "[Ana](javascript:alert(1))",
        ":red[Ana]",
        ":material/home:",
        "$x^2$",
        "**Ana**",
        "# Ana",
        "<img src=x onerror=alert(1)>",
        "`code`",
        "- Ana",
        "1. Ana",
        "a | b",
        "~~x~~",
        "&amp; &#33;",
    ],
)
def test_every_kind_of_markup_shows_as_written(text: str) -> None:
    escaped = escape(text)
    assert shown(escaped) == text
    assert not re.search(r"(?<!\\)[!\[\](){}<>*_`#$:~|&]", escaped)


@pytest.mark.parametrize(
    "text", ["www.evil.example", "WWW.evil.example", "https://evil.example/a", "ana@evil.example"]
)
def test_addresses_are_broken_so_that_they_do_not_become_links(text: str) -> None:
    escaped = escape(text)
    assert shown(escaped) == text
    assert "\N{WORD JOINER}" in escaped


def test_a_value_stays_on_one_line() -> None:
    assert escape(" Ana\n\n# Ruiz\t\t") == "Ana \\# Ruiz"


@given(st.text())
def test_nothing_is_lost_but_spaces(text: str) -> None:
    assert shown(escape(text)) == " ".join(text.split()).replace("\N{WORD JOINER}", "")


def test_numbers_and_missing_values_are_text_too() -> None:
    assert escape(12) == "12"
