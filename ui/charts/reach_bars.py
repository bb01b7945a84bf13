"""How far each band is reached: the share with a word within a month, three and six."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import HALVES, house_figure, set_axis, show_shares
from ui.palette import BANDS, Palette
from words import Words

_HEIGHT = 270
_GAP = 1  # places left empty between two bands
_HEADROOM = 1.12


def reach_bars(table: pd.DataFrame, w: Words, palette: Palette) -> go.Figure:
    """`table`: rows of `follow_up.reach_by_band`, those of bands with clients."""
    figure = house_figure(w, palette, height=_HEIGHT)
    bands = list(dict.fromkeys(table["band"]))
    reaches = list(dict.fromkeys(table["days"]))
    places: list[int] = []
    labels: list[str] = []
    for number, band in enumerate(bands):
        first = number * (len(reaches) + _GAP)
        rows = table[table["band"] == band]
        here = list(range(first, first + len(rows)))
        figure.add_bar(
            x=here,
            y=rows["share"].round(4).tolist(),
            marker={"color": palette.colour(BANDS[band].colour), "line": {"width": 0}},
            text=[w.percent(share) for share in rows["share"]],
            textposition="outside",
            textfont={"color": palette.text, "size": 13},
            cliponaxis=False,
            hovertext=[
                w(
                    "follow_up.reach.hover",
                    band=w.band(band),
                    days=days,
                    n=clients,
                    heard=heard,
                    touched=touched,
                )
                for days, clients, heard, touched in zip(
                    *(rows[name].tolist() for name in ("days", "clients", "heard", "touched")), strict=True
                )
            ],
            hoverinfo="text",
        )
        middle = len(rows) // 2
        for place, days in zip(here, rows["days"].tolist(), strict=True):
            places.append(place)
            name = f"<br>{w.band(band)}" if place - first == middle else ""
            labels.append(f"{w.number(days)}{name}")
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=places,
        ticktext=labels,
        tickfont={"size": 14, "color": palette.text},
        range=[-0.6, (places[-1] if places else 0) + 0.6],
        tickangle=0,
    )
    show_shares(figure, w, HALVES, _HEADROOM)
    figure.layout.bargap = 0.28
    return figure
