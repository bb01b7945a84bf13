"""The palette against the page and against the theme's file, which cannot import it."""

import tomllib
from dataclasses import asdict
from itertools import combinations
from pathlib import Path

import pytest

from analysis import schema
from ui.palette import BANDS, DARK, LIGHT, LOSS_KINDS, STATES, Palette, palette_for

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
    "theme"
]
BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
NAMED = ("green", "gray", "violet", "blue", "yellow", "red", "orange")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize("mark", [*NAMED, "sky", "ink", "quiet", "other_lens"])
def test_every_mark_stands_out_from_the_page(palette: Palette, mark: str) -> None:
    assert contrast(palette.colour(mark), palette.page) >= 3.0


@BOTH
@pytest.mark.parametrize("text", ["text", "muted"])
def test_every_text_is_legible_on_page_and_panel(palette: Palette, text: str) -> None:
    assert contrast(palette.colour(text), palette.page) >= 5.8
    assert contrast(palette.colour(text), palette.panel) >= 4.5


@pytest.mark.parametrize(("palette", "mode"), [(LIGHT, "light"), (DARK, "dark")])
def test_the_theme_file_holds_the_same_colours(palette: Palette, mode: str) -> None:
    theme = THEME[mode]
    assert {name: theme[f"{name}Color"].upper() for name in NAMED} == {n: palette.colour(n) for n in NAMED}
    assert theme["backgroundColor"].upper() == palette.page
    assert theme["textColor"].upper() == palette.text
    assert theme["grayTextColor"].upper() == palette.muted


@BOTH
def test_colours_are_six_digit_hex(palette: Palette) -> None:
    assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in asdict(palette).values())


def test_every_code_of_the_contract_has_a_meaning() -> None:
    assert set(BANDS) == set(schema.BANDS)
    assert set(STATES) == set(schema.STATES)
    assert set(LOSS_KINDS) == {"late", "gone"}


def test_bands_differ_by_mark_and_icon_not_by_colour_alone() -> None:
    assert len({meaning.mark for meaning in BANDS.values()}) == len(BANDS)
    assert len({meaning.icon for meaning in BANDS.values()}) == len(BANDS)


@BOTH
def test_states_differ_by_icon_and_by_fill(palette: Palette) -> None:
    assert len({meaning.icon for meaning in STATES.values()}) == len(STATES)
    for one, other in combinations(STATES.values(), 2):
        assert (palette.colour(one.colour), one.hatch) != (palette.colour(other.colour), other.hatch)


def test_an_unknown_theme_is_light() -> None:
    assert palette_for(None) is LIGHT
    assert palette_for("dark") is DARK
