"""What the follow-up page says: how many are without a word, how far each band is reached, the list of the silent."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.calling.reach import reach
from analysis.practices.needs import has
from analysis.practices.team.follow_up import last_words, reach_by_band
from ui import session
from ui.calling.people_download import Sheet, people_download
from ui.charts.reach_bars import reach_bars
from ui.client.table import MOST_ROWS, people_table
from ui.filters import one_code
from ui.page import Card, finding_line, panel
from ui.palette import Palette
from words import Words
from words.files.follow_up import follow_up_file, last_word, way_to

#: Without a word for more than so many days.
_DAYS = ("30", "90", "180", "365")
_USUAL_DAYS = "90"
#: A band of fewer clients is no finding.
_FEWEST = 5


def choose_days(w: Words) -> int:
    chosen = one_code(
        w("follow_up.days"), _DAYS, lambda days: w.number(int(days)), name="silent", usual=_USUAL_DAYS
    )
    return int(chosen)


def answer(w: Words, portfolio: Portfolio, quiet: pd.DataFrame, days: int) -> str:
    """How many have had no word for longer than `days`, and what they are worth."""
    total = len(portfolio.clients)
    if quiet.empty:
        return w("follow_up.answer.nobody", days=days)
    said = w("follow_up.answer", n=len(quiet), total=total, days=days)
    worth = float(quiet["annual_value"].sum())
    return f"{said} {w('follow_up.answer.worth', worth=worth)}" if portfolio.has_amounts and worth else said


def figures(
    w: Words, portfolio: Portfolio, clients: pd.DataFrame, quiet: pd.DataFrame, days: int
) -> list[Card]:
    words = session.worked_out(last_words, portfolio)
    words = words[words["client_id"].isin(clients["client_id"])]
    heard = float((words["days_silent"] <= days).mean()) if len(words) else float("nan")
    row = [
        Card(w("follow_up.card.heard"), w.percent(heard), help=w("follow_up.card.heard.help", days=days)),
        Card(w("follow_up.card.silent"), w.number(len(quiet)), help=w("follow_up.card.silent.help")),
    ]
    if portfolio.has_amounts:
        worth = w.money(float(quiet["annual_value"].sum()))
        row.append(Card(w("follow_up.card.worth"), worth, help=w("follow_up.card.worth.help")))
    middle = words["days_silent"].median()
    said = "–" if pd.isna(middle) else w("follow_up.card.middle.days", n=round(middle))
    row.append(Card(w("follow_up.card.middle"), said, help=w("follow_up.card.middle.help")))
    return row


def basis_note(w: Words, portfolio: Portfolio) -> str:
    """From what a word is known: visits alone, or contacts and problems too."""
    contacts = has(portfolio, "contacts.date") or len(portfolio.records.contacts) > 0
    return w("follow_up.basis.all") if contacts else w("follow_up.basis.visits")


def reach_panel(w: Words, portfolio: Portfolio, clients: pd.DataFrame, palette: Palette) -> None:
    """The share of each band with a word within a month, three and six."""
    table = reach_by_band(clients, session.worked_out(last_words, portfolio))
    table = table[table["clients"] > 0]
    if table.empty:
        return
    finding = _reach_finding(w, table)
    alt = "; ".join(
        w("follow_up.reach.hover", band=w.band(band), days=days, n=count, heard=heard, touched=touched)
        for band, days, count, heard, touched in zip(
            *(table[name].tolist() for name in ("band", "days", "clients", "heard", "touched")), strict=True
        )
    )
    panel(
        w,
        finding,
        f"{w('follow_up.reach.note')} {basis_note(w, portfolio)}",
        reach_bars(table, w, palette),
        key="follow_up_reach",
        alt=f"{finding}. {alt}",
        numbers=pd.DataFrame(
            {
                w("common.band"): [w.band(band) for band in table["band"]],
                w("follow_up.column.within"): table["days"],
                w("follow_up.column.clients"): table["clients"],
                w("follow_up.column.heard"): table["heard"],
                w("follow_up.column.touched"): table["touched"],
                w("follow_up.column.share"): [w.percent(share) for share in table["share"]],
            }
        ),
    )


def _reach_finding(w: Words, table: pd.DataFrame) -> str:
    """The band heard of least within three months, where bands differ."""
    rows = table[(table["days"] == int(_USUAL_DAYS)) & (table["clients"] >= _FEWEST)]
    if rows["share"].max() == rows["share"].min() or rows.empty:
        of_all = table[table["days"] == int(_USUAL_DAYS)]
        share = float(of_all["heard"].sum() / of_all["clients"].sum())
        return w("follow_up.reach.all", share=share, days=int(_USUAL_DAYS))
    least = rows.sort_values("share", kind="stable").iloc[0]
    return w(
        "follow_up.reach.least",
        band=w.band(least["band"]),
        share=float(least["share"]),
        days=int(_USUAL_DAYS),
    )


def list_panel(w: Words, portfolio: Portfolio, quiet: pd.DataFrame, days: int) -> None:
    """Those without a word, the most valuable first; nobody is left out."""
    with st.container(gap="small"):
        finding_line(w("follow_up.list", n=len(quiet), days=days), w("follow_up.list.note"))
        shown = quiet.head(MOST_ROWS)
        texts: dict[str, object] = {}
        config: dict[str, object] = {}
        if portfolio.has_amounts:
            label = w.in_money(w("follow_up.column.worth"))
            texts["worth"] = shown["annual_value"].round().astype("Int64").to_numpy()
            config["worth"] = st.column_config.NumberColumn(label, format="localized", width=90)
        ways = zip(reach(shown)["way"], refused(shown), strict=True)
        texts |= {
            "silent": shown["days_silent"].to_numpy(),
            "last": shown["last_word"].dt.date.to_numpy(),
            "kind": [
                last_word(w, *row)
                for row in zip(shown["kind"], shown["channel"], shown["unanswered"], strict=True)
            ],
            "way": [way_to(w, way, refused=bool(no)) for way, no in ways],
            "band": shown["band"].map(w.band).to_numpy(),
            "state": shown["state"].map(w.state).to_numpy(),
        }
        config |= {
            "silent": st.column_config.NumberColumn(
                w("follow_up.column.silent"), format="localized", width=115
            ),
            "last": st.column_config.DateColumn(w("follow_up.column.last"), format="localized", width=105),
            "kind": st.column_config.TextColumn(w("follow_up.column.kind"), width=165),
            "way": st.column_config.TextColumn(w("follow_up.column.way"), width=150),
            "band": st.column_config.TextColumn(w("common.band"), width=85),
            "state": st.column_config.TextColumn(w("common.state"), width=85),
        }
        people_table(
            w, quiet, texts, config, key="follow_up", alt=w("follow_up.list", n=len(quiet), days=days)
        )


def list_download(w: Words, portfolio: Portfolio, quiet: pd.DataFrame) -> None:
    people_download(
        w,
        portfolio,
        w("follow_up.download"),
        w("follow_up.file_name"),
        partial(_file, w, quiet),
        key="follow_up_download",
        empty=quiet.empty,
        main=False,
    )


def _file(w: Words, quiet: pd.DataFrame) -> Sheet:
    return follow_up_file(w, quiet.assign(way=reach(quiet)["way"]))
