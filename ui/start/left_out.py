"""The rows of a file that no table uses: where they stand, why, and all of them as a file."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from analysis.book import Book
from analysis.export import CsvStyle, csv_bytes
from ui.markdown import muted
from words import Words

_MOST_LEFT_OUT = 200


def left_out_rows(w: Words, book: Book) -> None:
    """The rows no table uses, with where they stand and why; the whole list as a file."""
    rows = book.left_out
    if rows.empty:
        return
    counts = Counter(rows["reason"])
    reasons = w.listing([w(f"left_out.{code}", n=count) for code, count in counts.most_common()])
    shown = rows.assign(why=rows["reason"].map(lambda code: w(f"left_out_why.{code}")))
    headers = {
        "file": w("start.left_out.file"),
        "sheet": w("start.left_out.sheet"),
        "row": w("start.left_out.row"),
        "why": w("start.left_out.reason"),
        "text": w("start.left_out.text"),
    }
    label = w("start.left_out", n=len(rows), reasons=reasons)
    with st.expander(label):
        if len(rows) > _MOST_LEFT_OUT:
            st.markdown(muted(w("start.left_out.first", shown=_MOST_LEFT_OUT, n=len(rows))))
        st.dataframe(
            shown.head(_MOST_LEFT_OUT)[list(headers)].rename(columns=headers),
            hide_index=True,
            column_config={headers["row"]: st.column_config.NumberColumn(format="plain", width=70)},
            placeholder="–",
            lazy=False,
            key="left_out",
            alt=label,
        )
        st.download_button(
            w("start.left_out.download"),
            lambda: csv_bytes(shown, headers, CsvStyle.of(w.formats.decimal_mark)),
            file_name=f"{w('start.left_out.file_name')}_{book.digest[:8]}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key="left_out_download",
        )
