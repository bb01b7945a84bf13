"""The button that takes back something the owner said, the same on every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

import streamlit as st

from words import Words

_Args = ParamSpec("_Args")


def undo_button(
    w: Words, of: str, key: str, undo: Callable[_Args, None], *args: _Args.args, **options: _Args.kwargs
) -> None:
    """A click runs `undo`; `of`, markdown, tells a screen reader and who hovers what it takes back."""
    st.button(
        w("common.undo"),
        icon=":material/undo:",
        type="tertiary",
        help=w("common.undo.of", what=of),
        key=key,
        on_click=undo,
        args=args,
        kwargs=options,
    )


def noted_line(
    w: Words,
    said: str,
    of: str,
    key: str,
    undo: Callable[_Args, None],
    *args: _Args.args,
    **options: _Args.kwargs,
) -> None:
    """What was noted, markdown, with its way back at the end of the line."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said, width="stretch")
        undo_button(w, of, key, undo, *args, **options)
