"""How tidy the file is: a score with what costs most, all that was found with what to do, and the rows as a file."""

from __future__ import annotations

import secrets
from functools import partial

import pandas as pd
import streamlit as st

from analysis.book import Book
from analysis.export import CsvStyle, csv_bytes, xlsx_bytes
from analysis.quality import Finding, Quality, subject_of
from ui import session
from ui.buttons import XLSX
from ui.markdown import escape, muted, muted_body
from ui.page import TEXT_WIDTH
from words import Words

_WORST = 3
#: Row numbers written out per finding; the file has them all.
_ROWS_NAMED = 8


def tidiness(w: Words, book: Book) -> None:
    """The score in one line with the three things that cost most; the rest folded away."""
    quality = session.quality(book)
    with st.container(border=True, gap="xsmall", key="quality"):
        st.markdown(f":material/checklist: **{w('quality.title', score=quality.score, band=quality.band)}**")
        if not quality.findings:
            st.markdown(muted_body(w("quality.clean")))
        else:
            lines = [f"- {escape(_sentence(w, found))}" for found in quality.findings[:_WORST]]
            st.markdown("\n".join(lines), width=TEXT_WIDTH)
        with st.expander(w("quality.all")):
            _everything(w, quality)
            if quality.findings:
                _downloads(w, quality)


def report_table(w: Words, quality: Quality) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every row found, a line each: where it stands, what is wrong, what the cell says and what to do; its headers."""
    parts = [
        found.rows.assign(what=w(f"quality_what.{found.code}"), todo=w(f"quality_todo.{found.code}"))
        for found in quality.findings
    ]
    headers = {
        "file": w("start.left_out.file"),
        "sheet": w("start.left_out.sheet"),
        "row": w("start.left_out.row"),
        "what": w("quality.col.what"),
        "text": w("start.left_out.text"),
        "todo": w("quality.col.todo"),
    }
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(headers))
    return whole[list(headers)], headers


def _sentence(w: Words, found: Finding) -> str:
    months = [w.month(pd.Timestamp(f"{month}-01")) for month in _texts(found.values.get("months"))]
    return w(
        f"quality_found.{found.code}",
        n=found.n,
        of=found.of,
        share=found.values.get("money_share"),
        months=w.listing(months),
    )


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _everything(w: Words, quality: Quality) -> None:
    for found in quality.findings:
        points = muted(escape(w("quality.points", points=found.points)))
        advice = escape(f"{w(f'quality_todo.{found.code}')} {_where(w, found)}".strip())
        st.markdown(f"**{escape(_sentence(w, found))}** {points}  \n{muted(advice)}", width=TEXT_WIDTH)
    if quality.unknown:
        subjects = [
            w(f"quality_unknown.{subject}") for subject in dict.fromkeys(map(subject_of, quality.unknown))
        ]
        st.markdown(muted(escape(w("quality.unknown", subjects=subjects))), width=TEXT_WIDTH)
    st.markdown(muted(escape(w("quality.how"))), width=TEXT_WIDTH)


def _where(w: Words, found: Finding) -> str:
    """The first rows by their numbers in Excel, those of the first sheet that has any."""
    rows = found.rows[found.rows["row"].notna()]
    if rows.empty:
        return ""
    file, sheet = rows.iloc[0]["file"], rows.iloc[0]["sheet"]
    here = rows[(rows["file"] == file) & (rows["sheet"] == sheet)]
    numbers = sorted(here["row"].unique())
    named = ", ".join(str(row) for row in numbers[:_ROWS_NAMED])
    place = " · ".join(part for part in (file, sheet) if part)
    rest = found.n - len(numbers[:_ROWS_NAMED]) if len(rows) > len(here) or len(numbers) > _ROWS_NAMED else 0
    if rest > 0:
        return w("quality.where.more", rows=named, place=place, more=rest)
    return w("quality.where", rows=named, place=place, n=len(numbers))


def _downloads(w: Words, quality: Quality) -> None:
    with st.container(horizontal=True):
        for ending, label, make, mime, icon in (
            ("csv", w("quality.download"), _csv, "text/csv", ":material/download:"),
            ("xlsx", w("quality.download_xlsx"), _xlsx, XLSX, ":material/table:"),
        ):
            st.download_button(
                label,
                partial(make, w, quality),
                file_name=f"{w('quality.file_name')}_{secrets.token_hex(3)}.{ending}",
                mime=mime,
                icon=icon,
                type="tertiary",
                on_click="ignore",
                key=f"quality_{ending}",
            )


def _csv(w: Words, quality: Quality) -> bytes:
    return csv_bytes(*report_table(w, quality), CsvStyle.of(w.formats.decimal_mark))


def _xlsx(w: Words, quality: Quality) -> bytes:
    return xlsx_bytes(*report_table(w, quality), title=w("quality.file_name"))
