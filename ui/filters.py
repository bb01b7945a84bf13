"""Narrowing a list to a service, a seller, states or bands; kept in the URL and across pages.

A service and a seller are bound to the URL by Streamlit, with the file's own names (`?service=Color`). States and
bands stand there as codes (`?band=hated`), which a binding cannot do (it writes the label): a link then says the
same in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.schema import BANDS, STATES
from ui.palette import BANDS as BAND_LOOKS
from words import Words

#: A code as it stands in the URL.
Code = TypeVar("Code", bound=str)

Filter = Literal["service", "seller", "state", "band"]

_SELECT_WIDTH = 160


@dataclass(frozen=True)
class Filters:
    """What the reader chose; None or empty = everything."""

    service: str | None = None
    seller: str | None = None
    states: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def clients(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The clients (schema.CLIENTS + extras) that meet every choice: by usual service, usual seller, state, band."""
        chosen = pd.Series(data=True, index=frame.index)
        if self.service is not None:
            chosen &= frame["service"] == self.service
        if self.seller is not None:
            chosen &= frame["staff"] == self.seller
        if self.states:
            chosen &= frame["state"].isin(self.states)
        if self.bands:
            chosen &= frame["band"].isin(self.bands)
        return frame.loc[chosen]


def choose(w: Words, portfolio: Portfolio, *shown: Filter) -> Filters:
    """Draws the filters named in `shown` in the current (horizontal) container and gives what is chosen.

    Filters the file has nothing for (no services, no sellers) are not drawn.
    """
    clients = portfolio.clients
    service = seller = None
    states: Sequence[str] = ()
    bands: Sequence[str] = ()
    for name in shown:
        if name == "service" and portfolio.has_services:
            service = _one_of(w, "service", w("common.service"), _values(clients["service"]))
        elif name == "seller" and portfolio.has_staff:
            seller = _one_of(w, "seller", w("common.seller"), _values(clients["staff"]))
        elif name == "state":
            present = [code for code in STATES if (clients["state"] == code).any()]
            states = _any_of("state", w("common.state"), present, w.state)
        elif name == "band":
            labels = {code: f"{look.material} {w.band(code)}" for code, look in BAND_LOOKS.items()}
            bands = _any_of("band", w("common.band"), BANDS, labels.__getitem__)
    return Filters(service, seller, tuple(states), tuple(bands))


def one_code(
    label: str, codes: Sequence[Code], say: Callable[[Code], str], *, name: str, usual: Code
) -> Code:
    """One of a few codes, side by side. `name` is its key and its parameter in the URL, absent for the usual one."""
    if st.session_state.get(name) not in codes:
        asked = st.query_params.get(name)
        st.session_state[name] = asked if asked in codes else usual
    chosen = st.segmented_control(
        label, codes, required=True, format_func=say, key=name, persist_state="session"
    )
    code = usual if chosen is None else chosen
    if code == usual:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != code:
        st.query_params[name] = code
    return code


def some_codes(label: str, codes: Sequence[Code], say: Callable[[Code], str], *, name: str) -> list[Code]:
    """Any of a few codes, side by side; none chosen means all. `name` is their key and parameter in the URL."""
    chosen = _any_of(name, label, codes, say)
    return [code for code in codes if code in chosen] or list(codes)


def _one_of(w: Words, name: str, label: str, values: list[str]) -> str | None:
    return st.selectbox(
        label,
        values,
        index=None,
        placeholder=w("common.all"),
        key=name,
        bind="query-params",
        persist_state="session",
        width=_SELECT_WIDTH,
    )


def _any_of(name: str, label: str, codes: Sequence[Code], say: Callable[[Code], str]) -> list[Code]:
    if name not in st.session_state:
        st.session_state[name] = [code for code in st.query_params.get_all(name) if code in codes]
    chosen = st.pills(
        label, codes, selection_mode="multi", format_func=say, key=name, persist_state="session"
    )
    if chosen != st.query_params.get_all(name):
        if chosen:
            st.query_params[name] = chosen
        else:
            st.query_params.pop(name, None)
    return chosen


def _values(column: pd.Series) -> list[str]:
    """The distinct names, most frequent first; the empty one stands for unknown and is no choice."""
    names = column[column != ""].value_counts().index
    return [str(name) for name in names]
