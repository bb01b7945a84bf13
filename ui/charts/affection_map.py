"""Affection against yearly value: every client a mark, or beyond 2,000 clients a mark per cell of the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.affection import HATED_AT_MOST, LOVED_AT_LEAST
from ui.charts.house import CONFIG, house_figure, log_ticks, rows, safe, set_axis
from ui.palette import BANDS, Palette
from words import Words

#: Above this many clients marks hide one another and weigh too much to send.
MOST_POINTS = 2000
CELL_POINTS = 0.5
CELLS_PER_DECADE = 6
_BIGGEST_CELL = 24.0
#: Pixels over the zones' names for the buttons of selecting: on a phone these always show, and would cover a name.
_BUTTONS_ABOVE = 54
#: Sizes that give a square and a diamond the area of the circle.
_SAME_AREA = {"circle": 1.0, "square": 0.886, "diamond": 0.964}


def affection_map(clients: pd.DataFrame, w: Words, palette: Palette, *, money: bool) -> go.Figure:
    """The map of `clients`: client_id, client_name, affection (0-10), band, value (above 0; a year).

    `money` tells whether value is money or visits. Marks carry in `customdata` what `picked_clients` reads: the
    client's id, or the cell's name.
    """
    figure = house_figure(w, palette, height=420)
    figure.layout.margin.t = _BUTTONS_ABOVE
    figure.layout.dragmode = "select"
    figure.layout.newselection = {"line": {"color": palette.ink, "width": 1, "dash": "dot"}}
    if len(clients) > MOST_POINTS:
        _draw_cells(figure, clients, w, palette, money=money)
    else:
        _draw_points(figure, clients, w, palette, money=money)
    _draw_zones(figure, w, palette)
    low, high = float(clients["value"].min()), float(clients["value"].max())
    ticks = log_ticks(low * 0.9, high * 1.1)
    set_axis(
        figure.layout.yaxis,
        type="log",
        range=[np.log10(low) - 0.12, np.log10(high) + 0.12],
        tickmode="array",
        tickvals=ticks,
        ticktext=[
            w.money(tick) if money else w.number(tick, digits=0 if float(tick).is_integer() else 1)
            for tick in ticks
        ],
    )
    set_axis(figure.layout.xaxis, range=[-0.15, 10.15], dtick=2, title_text=w("charts.map.affection"))
    return figure


def map_config(w: Words) -> dict[str, object]:
    """Plotly's configuration of the map: a mode bar with box and lasso alone, named in the reader's language."""
    names = {"Box Select": w("segments.map.box"), "Lasso Select": w("segments.map.lasso")}
    return CONFIG | {
        "displayModeBar": "hover",
        "displaylogo": False,
        "modeBarButtons": [["select2d", "lasso2d"]],
        "doubleClick": "reset",  # deselects: the axes are fixed
        "locale": w.language,
        "locales": {w.language: {"dictionary": names, "format": {}}},
    }


def picked_clients(clients: pd.DataFrame, marks: Iterable[Mapping[str, object]]) -> list[str]:
    """Ids of the clients behind the selected marks (`event.selection.points`), on a map of points or of cells."""
    names = {str(_first(mark.get("customdata"))) for mark in marks}
    names.discard("None")
    keys = clients["client_id"] if len(clients) <= MOST_POINTS else cell_names(clients)
    return clients.loc[keys.astype(str).isin(names), "client_id"].tolist()


def cell_names(clients: pd.DataFrame) -> pd.Series:
    """The cell of every client: band, half point of affection and sixth of a decade of value, as one text.

    Cells break on the bands' edges, so that no cell mixes two zones.
    """
    # A band also asks for signs, so a client may stand beyond their band's line: the band is part of the name.
    half_point = _half_point(clients["affection"])
    row = np.floor(np.log10(clients["value"]) * CELLS_PER_DECADE).astype(int)
    names: pd.Series = clients["band"].astype(str) + "/" + half_point.astype(str) + "/" + row.astype(str)
    return names


def _draw_points(
    figure: go.Figure, clients: pd.DataFrame, w: Words, palette: Palette, *, money: bool
) -> None:
    for band, meaning in BANDS.items():
        members = clients[clients["band"] == band]
        name = w.band(band)
        figure.add_scatter(
            x=members["affection"].round(2).tolist(),
            y=_short(members["value"]),
            mode="markers",
            name=name,
            marker={
                "symbol": meaning.mark,
                "size": 8,
                "color": palette.colour(meaning.colour),
                "opacity": 0.78,
                "line": {"width": 0.6, "color": palette.page},
            },
            customdata=members["client_id"].tolist(),
            hovertext=[safe(name) for name in members["client_name"]],
            hovertemplate=f"%{{hovertext}}<br>{name} %{{x:.1f}} · {_amount_template(w, money=money)}<extra></extra>",
            **_selection_style(0.18),
        )


def _draw_cells(figure: go.Figure, clients: pd.DataFrame, w: Words, palette: Palette, *, money: bool) -> None:
    cells = (
        pd.DataFrame(
            {
                "cell": cell_names(clients),
                "band": clients["band"],
                "x": _half_point(clients["affection"]) * CELL_POINTS + CELL_POINTS / 2,
                "row": np.floor(np.log10(clients["value"]) * CELLS_PER_DECADE),
            }
        )
        .groupby("cell", sort=False)
        .agg(band=("band", "first"), x=("x", "first"), row=("row", "first"), clients=("band", "size"))
        .reset_index()
        .sort_values("clients", ascending=False)
    )
    biggest = cells["clients"].max()
    amounts = {row: _amounts_of_row(row, w, money=money) for row in cells["row"].unique()}
    for band, meaning in BANDS.items():
        members = cells[cells["band"] == band]
        sizes = (
            np.maximum(np.sqrt(members["clients"] / biggest) * _BIGGEST_CELL, 3.5) * _SAME_AREA[meaning.mark]
        )
        figure.add_scatter(
            x=members["x"].tolist(),
            y=_short(10 ** ((members["row"] + 0.5) / CELLS_PER_DECADE)),
            mode="markers",
            name=w.band(band),
            marker={
                "symbol": meaning.mark,
                "size": sizes.round(1).tolist(),
                "opacity": 0.9,
                "color": palette.colour(meaning.colour),
                "line": {"width": 0.6, "color": palette.page},
            },
            customdata=members["cell"].tolist(),
            hovertext=[
                f"{w('common.clients', n=count)} · {w.band(band)}<br>{amounts[row]}"
                for row, count in rows(members, "row", "clients")
            ],
            hoverinfo="text",
            **_selection_style(0.22),
        )


def _draw_zones(figure: go.Figure, w: Words, palette: Palette) -> None:
    """Dotted lines on the bands' edges and each band's name over its zone, in its colour and with its mark."""
    for edge in (HATED_AT_MOST, LOVED_AT_LEAST):
        figure.add_shape(
            type="line",
            xref="x",
            yref="paper",
            x0=edge,
            x1=edge,
            y0=0,
            y1=1,
            line={"color": palette.axis, "width": 1.2, "dash": "dot"},
            layer="below",
        )
    signs = {"circle": "●", "square": "■", "diamond": "◆"}
    for band, start in (("hated", 0.0), ("ignored", HATED_AT_MOST), ("loved", LOVED_AT_LEAST)):
        meaning = BANDS[band]
        figure.add_annotation(
            x=start + 0.08,
            xref="x",
            y=1,
            yref="paper",
            yshift=22,
            yanchor="top",
            xanchor="left",
            showarrow=False,
            text=f"{signs[meaning.mark]} <b>{w.band(band)}</b>",
            font={"size": 14, "color": _zone_text(band, palette)},
        )


def _zone_text(band: str, palette: Palette) -> str:
    """Grey is legible as a mark but not as text: the ignored are named in the muted text colour."""
    return palette.muted if band == "ignored" else palette.colour(BANDS[band].colour)


def _selection_style(others: float) -> dict[str, object]:
    return {"unselected": {"marker": {"opacity": others}}, "selected": {"marker": {"opacity": 1}}}


def _half_point(affection: pd.Series) -> pd.Series:
    """Index of the half point, 0-19. A score on an edge belongs to the zone it opens, 3.0 to the one it closes."""
    steps = np.ceil(affection / CELL_POINTS) - 1
    steps = np.where(affection >= LOVED_AT_LEAST, np.floor(affection / CELL_POINTS), steps)
    return pd.Series(np.clip(steps, 0, 10 / CELL_POINTS - 1).astype(int), index=affection.index)


def _amounts_of_row(row: float, w: Words, *, money: bool) -> str:
    """From which amount a year to which a row of cells reaches."""
    low, high = (10 ** (edge / CELLS_PER_DECADE) for edge in (row, row + 1))
    bottom = w.money(low) if money else w.number(low, digits=1)
    top = w("charts.map.money_a_year", value=high) if money else w("charts.map.visits_a_year", value=high)
    return f"{bottom}–{top}"


def _amount_template(w: Words, *, money: bool) -> str:
    """The yearly amount with plotly's own slot for the number: sent once, not once per client."""
    if money:
        sample = w("charts.map.money_a_year", value=1111)
        return sample.replace(w.number(1111), "%{y:,.0f}")
    return w("charts.map.visits_a_year", value=1111).replace(w.number(1111, digits=1), "%{y:,.1f}")


def _short(values: pd.Series) -> list[float]:
    """Four significant digits: the eye cannot tell more, and every digit is sent."""
    return [float(f"{value:.4g}") for value in values]


def _first(value: object) -> object:
    return value[0] if isinstance(value, Sequence) and not isinstance(value, str) and value else value
