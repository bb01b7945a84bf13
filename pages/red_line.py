"""Who cannot wait? The delicate cases of today with a page for each, and weeks in which too many clients went."""

from __future__ import annotations

import streamlit as st

from analysis.practices.red_line.cases import AT_ONCE, red_line
from analysis.practices.red_line.loss_clusters import loss_clusters
from ui import session
from ui.filters import choose
from ui.missing_columns import hint
from ui.page import cards, finding_line, frame, header, notice, opened, results
from ui.red_line import brief_dialog, panels
from ui.red_line.board import board, rest_table
from ui.red_line.flag import flag_panel
from ui.red_line.loss_clusters_panel import clusters_panel

w = opened()
portfolio, palette = results(w, w("red_line.question"))
line = session.worked_out(red_line, portfolio, session.today(portfolio))
losses = session.worked_out(loss_clusters, portfolio)

with frame():
    header(w("red_line.question"), panels.answer(w, portfolio, line.cases))
    cases = line.cases
    if len(cases):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = choose(w, portfolio, "service", "seller").clients(portfolio.clients)
            cases = cases.loc[cases["client_id"].isin(chosen["client_id"])]
            download = st.container()
        cases = panels.with_kinds(cases, panels.trigger_filter(w, cases))
        with download:
            brief_dialog.download_all(w, portfolio, cases)
    cards(panels.figures(w, portfolio, cases, losses))
    panels.cluster_notice(w, portfolio, losses)
    if cases.empty:
        empty = "filtered" if len(line.cases) else "nobody"
        notice(w(f"red_line.empty.{empty}"), w(f"red_line.empty.{empty}_body"), "check_circle")
    else:
        with st.container(gap="small"):
            finding_line(w("red_line.board", n=min(len(cases), AT_ONCE)), w("red_line.board.note"))
            board(w, portfolio, cases.head(AT_ONCE))
            panels.set_aside_line(w, line)
        if len(cases) > AT_ONCE:
            with st.container(gap="small"):
                rest = cases.iloc[AT_ONCE:]
                finding_line(w("red_line.rest", n=len(rest)), w("red_line.rest.note"))
                rest_table(w, portfolio, rest)
    panels.how(w)
    flag_panel(w, portfolio)
    hint(w, portfolio, 14)
    clusters_panel(w, portfolio, losses, palette)
brief_dialog.show_if_asked(w, portfolio, line.cases)
