"""Movement between bands: two dates, a ribbon per pair of bands, green up and violet down."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui.charts.house import house_figure, rows
from ui.palette import BANDS, Palette
from words import Words

#: Best on top, on both sides.
_ORDER = ("loved", "ignored", "hated")
_HEIGHT = 290
_PAD = 26  # pixels between nodes
#: Below so many pixels a name does not fit in its band: it stands outside of the drawing, where no ribbon passes.
_THIN = 24
#: Room for such a name, and the edge where there is none.
_NAME, _EDGE = 26, 8


def band_flow(flow: pd.DataFrame, earlier: str, later: str, w: Words, palette: Palette) -> go.Figure:
    """Ribbons of `flow` (before, after: bands; clients: count) between the dates named `earlier` and `later`.

    The signs ▲ and ▼ in the hover say up and down where colour does not.
    """
    figure = house_figure(w, palette, height=_HEIGHT)
    room = {"t": _EDGE, "b": _EDGE}
    # Those who stayed are drawn first, so that the thin ribbons of those who moved lie over them.
    stayed = flow["before"] == flow["after"]
    flow = flow[flow["clients"] > 0].assign(moved=~stayed).sort_values("moved", kind="stable")
    sides = [(0, "before", earlier), (1, "after", later)]
    nodes: dict[tuple[int, str], int] = {}
    labels: list[str] = []
    colours: list[str] = []
    hovers: list[str] = []
    xs: list[float] = []
    ys: list[float] = []
    for side, column, date in sides:
        totals = flow.groupby(column)["clients"].sum()
        present = [band for band in _ORDER if band in totals.index]
        centres = _centres([int(totals[band]) for band in present])
        heights = _heights([int(totals[band]) for band in present])
        for band, centre, height in zip(present, centres, heights, strict=True):
            nodes[side, band] = len(labels)
            name = f"{w.band(band)}  {w.number(int(totals[band]))}"
            above, below = band == present[0] and height < _THIN, band == present[-1] and height < _THIN
            labels.append("" if above or below else name)
            if above or below:
                room["t" if above else "b"] = _NAME
                _outside(figure, name, side=side, above=above, palette=palette)
            colours.append(palette.colour(BANDS[band].colour))
            hovers.append(f"{date} · {w.band(band)}: {w('common.clients', n=int(totals[band]))}")
            xs.append(0.001 if side == 0 else 0.999)
            ys.append(centre)
    links = [
        _link(before, after, count, w, palette)
        for before, after, count in rows(flow, "before", "after", "clients")
    ]
    figure.add_sankey(
        arrangement="fixed",
        textfont={"size": 14, "color": palette.text, "shadow": "none"},
        node={
            "label": labels,
            "color": colours,
            "x": xs,
            "y": ys,
            "pad": _PAD,
            "thickness": 14,
            "line": {"width": 0},
            "customdata": hovers,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [nodes[0, str(before)] for before in flow["before"]],
            "target": [nodes[1, str(after)] for after in flow["after"]],
            "value": flow["clients"].astype(int).tolist(),
            "color": [colour for colour, _ in links],
            "customdata": [hover for _, hover in links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )
    figure.layout.margin = {"l": 0, "r": 0, **room}
    figure.layout.height = _HEIGHT - 2 * _EDGE + sum(room.values())
    return figure


def _link(before: str, after: str, clients: int, w: Words, palette: Palette) -> tuple[str, str]:
    count = w("common.clients", n=clients)
    if before == after:
        return palette.stay, f"{count}: {w.band(before)}"
    up = _ORDER.index(after) < _ORDER.index(before)
    text = f"{'▲' if up else '▼'} {count}: {w.band(before)} → {w.band(after)}"
    return _translucent(palette.green if up else palette.violet, 0.75), text


def _centres(totals: list[int]) -> list[float]:
    """Centres of stacked nodes as shares of the drawing's height, `_PAD` pixels apart."""
    inner = _HEIGHT - 2 * _EDGE
    centres, edge = [], 0.0
    for height in _heights(totals):
        centres.append(min(max((edge + height / 2) / inner, 0.001), 0.999))
        edge += height + _PAD
    return centres


def _heights(totals: list[int]) -> list[float]:
    """Pixels of stacked nodes, `_PAD` apart."""
    room = _HEIGHT - 2 * _EDGE - _PAD * (len(totals) - 1)
    return [room * total / sum(totals) for total in totals]


def _outside(figure: go.Figure, name: str, *, side: int, above: bool, palette: Palette) -> None:
    """Writes a thin band's name over the topmost or under the lowest node of a side."""
    figure.add_annotation(
        text=name,
        x=side,
        y=int(above),
        xref="paper",
        yref="paper",
        xanchor="right" if side else "left",
        yanchor="bottom" if above else "top",
        showarrow=False,
        font={"size": 14, "color": palette.text},
    )


def _translucent(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
