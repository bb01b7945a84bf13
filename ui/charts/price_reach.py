"""For how many clients a price is comfortable, and for how many a stretch, as the price rises."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, round_ticks, rows, set_axis
from ui.palette import Palette
from words import Words

_HEIGHT = 280
_HEADROOM = 1.05


def price_reach(reach: pd.DataFrame, price: float, w: Words, palette: Palette) -> go.Figure:
    """`reach` as `capacity.reach`: price, comfortable, possible (clients); a line marks the proposed `price`."""
    figure = house_figure(w, palette, height=_HEIGHT, legend=True)
    hovers = [
        w("offers.reach.hover", price=at, n=comfortable, possible=possible)
        for at, comfortable, possible in rows(reach, "price", "comfortable", "possible")
    ]
    lines = (
        ("comfortable", {"color": palette.ink, "width": 3, "shape": "hv"}, w("offers.reach.comfortable")),
        (
            "possible",
            {"color": palette.other_lens, "width": 2, "dash": "dot", "shape": "hv"},
            w("offers.reach.possible"),
        ),
    )
    for column, line, name in lines:
        figure.add_scatter(
            x=reach["price"].tolist(),
            y=reach[column].tolist(),
            mode="lines",
            line=line,
            name=name,
            hovertext=hovers,
            hoverinfo="text",
        )
    top = max(int(reach["possible"].max()), 1) * _HEADROOM
    figure.add_scatter(
        x=[price, price],
        y=[0, top],
        mode="lines",
        line={"color": palette.muted, "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
    )
    figure.add_annotation(
        x=price, y=top, text=w.money(price), showarrow=False, xanchor="left", yanchor="top", xshift=6
    )
    prices = round_ticks(float(reach["price"].max()))
    set_axis(
        figure.layout.xaxis,
        tickmode="array",
        tickvals=prices,
        ticktext=[w.number(tick) for tick in prices],
        range=[0, float(reach["price"].max())],
        title_text=w.in_money(w("offers.reach.axis")),
    )
    counts = round_ticks(top)
    set_axis(
        figure.layout.yaxis,
        tickmode="array",
        tickvals=counts,
        ticktext=[w.number(tick) for tick in counts],
        range=[0, top],
    )
    return figure
