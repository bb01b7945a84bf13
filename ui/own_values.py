"""A column of a table that is the owner's to change: what was learned stands there until they type something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui.keys import key_of


def editor_key(name: str, own: Mapping[str, float]) -> str:
    """The key follows what is shown: once a change has been worked out, the editor starts afresh from it."""
    return f"{name}_{key_of(sorted(own.items()))}"


def with_edits(own: Mapping[str, float], key: str, column: str, rows: Sequence[str]) -> dict[str, float]:
    """The owner's values with what was typed in `column` of the editor `key`, whose rows have those names.

    An emptied cell goes back to what was learned.
    """
    values = dict(own)
    for row, change in st.session_state[key]["edited_rows"].items():
        if column not in change:
            continue
        if change[column] is None:
            values.pop(rows[int(row)], None)
        else:
            values[rows[int(row)]] = float(change[column])
    return values
