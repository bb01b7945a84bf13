"""The box in which a client is found by name; those who share a name are told apart by their id."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from words import Words


def client_labels(w: Words, clients: pd.DataFrame) -> dict[str, str]:
    """From id to label, in the order of `clients`; no two labels are the same."""
    ids = clients["client_id"].astype(str)
    names = [w.client(name, client_id) for name, client_id in zip(clients["client_name"], ids, strict=True)]
    shared = {name for name, count in Counter(names).items() if count > 1}
    return {
        client_id: f"{name} · {client_id}" if name in shared else name
        for client_id, name in zip(ids, names, strict=True)
    }


def name_box(
    w: Words, clients: pd.DataFrame, label: str, key: str, *, first: str | None = None
) -> str | None:
    """Draws the box; the id of whom was chosen in it. It begins with `first`, one of `clients`, or with nobody."""
    labels = client_labels(w, clients)
    return st.selectbox(
        label,
        list(labels),
        index=place_of(first, labels),
        placeholder=w("common.type_a_name"),
        format_func=labels.__getitem__,
        key=key,
        width=300,
    )


def place_of(client_id: str | None, labels: dict[str, str]) -> int | None:
    """Where a box with these labels is to begin; None for nobody."""
    return list(labels).index(client_id) if client_id in labels else None
