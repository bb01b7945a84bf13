"""The call list as a file: a csv that the reader's spreadsheet opens rightly, and an xlsx."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from analysis.export import CsvStyle, csv_bytes, xlsx_bytes
from analysis.portfolio import Portfolio
from ui.buttons import XLSX, main_button
from words import Words
from words.files.call_list import call_list_file, words_to_choose


def download_buttons(
    w: Words, portfolio: Portfolio, calls: pd.DataFrame, page: Literal["at_risk", "today"] = "at_risk"
) -> None:
    """Both downloads of exactly the rows shown; made only when asked for.

    On the page of today's calls the main button is the call itself.
    """
    stem = w("today.file_name" if page == "today" else "at_risk.file_name")
    title = w("today.question" if page == "today" else "at_risk.question")
    how = w("today.download.help", words=words_to_choose(w)["outcome"])
    st.download_button(
        w("at_risk.download"),
        partial(_csv, w, calls),
        file_name=file_name(stem, portfolio, "csv"),
        mime="text/csv",
        type=main_button() if page == "at_risk" else "secondary",
        icon=":material/download:",
        help=how,
        on_click="ignore",
        disabled=calls.empty,
        key="download_csv",
    )
    st.download_button(
        w("at_risk.download_xlsx"),
        partial(_xlsx, w, calls, title),
        file_name=file_name(stem, portfolio, "xlsx"),
        mime=XLSX,
        type="tertiary",
        icon=":material/table:",
        help=how,
        on_click="ignore",
        disabled=calls.empty,
        key="download_xlsx",
    )


def file_name(stem: str, portfolio: Portfolio, ending: str) -> str:
    """With the date the data reaches, and a token: Streamlit tells large downloads apart by name and samples alone."""
    return f"{stem}_{portfolio.as_of:%Y-%m-%d}_{secrets.token_hex(3)}.{ending}"


def _csv(w: Words, calls: pd.DataFrame) -> bytes:
    return csv_bytes(*call_list_file(w, calls), CsvStyle.of(w.formats.decimal_mark))


def _xlsx(w: Words, calls: pd.DataFrame, title: str) -> bytes:
    return xlsx_bytes(*call_list_file(w, calls), title=title, choices=words_to_choose(w))
