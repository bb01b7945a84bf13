"""How many new clients come a second time, by quarter of the first visit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.practices.growth.second_visit import SecondVisits
from ui.charts.share_in_time import shares_by_quarter
from ui.growth.choice import cohort_name
from ui.page import notice, panel
from ui.palette import Palette
from words import Words


def second_panel(w: Words, second: SecondVisits, palette: Palette) -> None:
    """The quarters as dots with intervals, under what the last year's newcomers did."""
    quarters = second.quarters
    if not quarters["share"].notna().any():
        with st.container(gap="xsmall"):
            st.header(w("growth.second.title"), anchor=False)
            notice(
                w("growth.second.none.title"),
                w("growth.second.none.body", n=second.newcomers),
                "hourglass_empty",
            )
        return
    names = [cohort_name(w, quarter, "quarter") for quarter in quarters["quarter"]]
    shares = quarters[["share", "low", "high", "clients"]].itertuples(index=False)
    hovers = [
        w("growth.second.hover", quarter=name, share=share, low=low, high=high, n=clients)
        for name, (share, low, high, clients) in zip(names, shares, strict=True)
    ]
    last = second.last_year
    finding = w("growth.second.finding", share=last.share) if last.known else w("growth.second.title")
    told = "; ".join(
        f"{name} {w.percent(share)}"
        for name, share in zip(names, quarters["share"], strict=True)
        if not pd.isna(share)
    )
    numbers = pd.DataFrame(
        {
            w("growth.column.began"): names,
            w("growth.column.new_clients"): quarters["clients"],
            w("growth.column.in_time"): [w.percent(share) for share in quarters["share"]],
            w("growth.column.between"): [
                w("growth.between", low=low, high=high) if not pd.isna(low) else None
                for low, high in zip(quarters["low"], quarters["high"], strict=True)
            ],
            w("growth.column.by_90"): [w.percent(share) for share in quarters["by_90"]],
        }
    )
    panel(
        w,
        finding,
        w("growth.second.note", days=round(second.term_days)),
        shares_by_quarter(quarters, hovers, w, palette),
        key="growth_second",
        alt=w("growth.second.alt", finding=finding, quarters=told),
        numbers=numbers,
    )
