"""A list of people as a csv that the reader's spreadsheet opens rightly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from analysis.export import CsvStyle, csv_bytes
from analysis.portfolio import Portfolio
from ui.buttons import main_button
from ui.calling.list_download import file_name
from words import Words

#: The frame to write, and the headers of its columns.
Sheet = tuple[pd.DataFrame, Mapping[str, str]]


def people_download(
    w: Words,
    portfolio: Portfolio,
    label: str,
    stem: str,
    make: Callable[[], Sheet],
    *,
    key: str,
    empty: bool,
    main: bool = True,
) -> None:
    """The page's main button, where it has no other; the file is made only when asked for."""
    st.download_button(
        label,
        lambda: csv_bytes(*make(), CsvStyle.of(w.formats.decimal_mark)),
        file_name=file_name(stem, portfolio, "csv"),
        mime="text/csv",
        type=main_button() if main else "secondary",
        icon=":material/download:",
        on_click="ignore",
        disabled=empty,
        key=key,
    )
