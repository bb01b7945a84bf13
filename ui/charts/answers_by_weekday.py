"""How often clients answer on each day of the week, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import HALVES, house_figure, show_categories, show_shares
from ui.charts.interval_bars import add_interval_bars
from ui.palette import Palette
from words import Words

_HEIGHT = 230
#: Room over the highest interval for the share written there.
_HEADROOM = 1.18
_LETTERS = 3


def answers_by_weekday(
    shown: pd.DataFrame, days: Sequence[str], hovers: Sequence[str], w: Words, palette: Palette
) -> go.Figure:
    """A bar per row of `shown` (share, low, high), named by the first letters of its day."""
    figure = house_figure(w, palette, height=_HEIGHT)
    bars = shown.rename(columns={"share": "value"})
    labels = [w.percent(share) for share in bars["value"]]
    add_interval_bars(figure, bars, labels, hovers, palette, digits=3)
    show_categories(figure, [day[:_LETTERS] for day in days], palette, axis="xaxis")
    show_shares(figure, w, HALVES, _HEADROOM)
    return figure
