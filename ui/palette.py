"""One palette with one meaning: what each colour, icon and mark stands for, on a light and on a dark page.

The same values stand in `.streamlit/config.toml` (Streamlit cannot import); a test holds the two together.
Chrome has no hue, so every hue means something: green is loved, blue is on time, red is late or lost money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

NamedColour = Literal["green", "gray", "violet", "blue", "yellow", "red", "orange"]
MarkSymbol = Literal["circle", "square", "diamond"]


@dataclass(frozen=True)
class Palette:
    """Every colour a page draws with, as `#RRGGBB`. Marks reach 3:1 against `page`, texts 4.5:1."""

    page: str
    panel: str  # inputs, table headers
    text: str
    muted: str  # ticks and the line under a title
    ink: str  # the client's own lens, totals, fitted curves, dots
    grid: str
    axis: str
    quiet: str  # bars that are there for comparison; always with their value written
    other_lens: str  # the service's lens when the client's own one is drawn in `ink`
    expected: str  # the window in which a visit was due: a surface behind marks, never alone
    stay: str  # ribbon of those who did not move
    green: str
    gray: str
    violet: str
    blue: str
    yellow: str
    red: str
    orange: str
    sky: str  # new clients: a second blue, for it is one family with "on time"

    def colour(self, name: str) -> str:
        """The fill of a named colour (`green`, `sky`...), as `Meaning.colour` names it."""
        return str(getattr(self, name))


LIGHT = Palette(
    page="#FFFFFF",
    panel="#F5F3EE",
    text="#22252B",
    muted="#615C54",
    ink="#22303F",
    grid="#EAE6DF",
    axis="#CFC9BE",
    quiet="#958F86",
    other_lens="#7C8894",
    expected="#D5E4F4",
    stay="#E9E6E0",
    green="#116149",
    gray="#918B81",
    violet="#7B3AA0",
    blue="#2768AE",
    yellow="#B98000",
    red="#AE2A12",
    orange="#4A3F3A",
    sky="#5E97C6",
)

DARK = Palette(
    page="#17181B",
    panel="#222428",
    text="#ECEAE6",
    muted="#B5B0A7",
    ink="#E9E4DA",
    grid="#2B2D32",
    axis="#4A4C53",
    quiet="#77736B",
    other_lens="#8D97A3",
    expected="#1E3A5A",
    stay="#303237",
    green="#5BD69A",
    gray="#7D7970",
    violet="#D0A2F7",
    blue="#5FA3E8",
    yellow="#F2CC5C",
    red="#D9502F",
    orange="#A8988C",
    sky="#BBDBF7",
)


def palette_for(theme: str | None) -> Palette:
    """The palette of `st.context.theme.type`: `"dark"`, or light for everything else."""
    return DARK if theme == "dark" else LIGHT


@dataclass(frozen=True)
class Meaning:
    """How a code looks where a word alone is not enough: always an icon or a mark besides the colour."""

    icon: str  # Material symbol, bundled with Streamlit
    badge: NamedColour  # Streamlit's named colour for badges and markdown
    colour: str  # field of `Palette` for marks
    mark: MarkSymbol = "circle"
    hatch: str = ""  # plotly pattern shape over the fill

    @property
    def material(self) -> str:
        return f":material/{self.icon}:"


BANDS: Mapping[str, Meaning] = MappingProxyType(
    {
        "loved": Meaning("favorite", "green", "green", "circle"),
        "ignored": Meaning("do_not_disturb_on", "gray", "gray", "square"),
        "hated": Meaning("heart_broken", "violet", "violet", "diamond"),
    }
)

STATES: Mapping[str, Meaning] = MappingProxyType(
    {
        "on_time": Meaning("check_circle", "blue", "blue"),
        "new": Meaning("fiber_new", "blue", "sky"),
        "booked": Meaning("event_available", "blue", "blue", hatch="."),
        "seasonal": Meaning("event_repeat", "blue", "blue", hatch="/"),
        "paused": Meaning("pause_circle", "gray", "gray"),
        "due": Meaning("schedule", "yellow", "yellow"),
        "late": Meaning("running_with_errors", "red", "red"),
        "lapsed": Meaning("door_open", "orange", "orange", hatch="/"),
    }
)

#: The two kinds of a loss: late (likely back) and gone, as `schema.LOSSES.kind` names them.
LOSS_KINDS: Mapping[str, Meaning] = MappingProxyType({"late": STATES["late"], "gone": STATES["lapsed"]})
