"""By how many means clients are kept in touch with, what they answer to, and each seller's follow-up."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.team.follow_up import last_words
from analysis.practices.team.sellers import sellers
from analysis.practices.team.touches import ANSWERS_DAYS, Touches, by_seller, touches
from ui import session
from ui.charts.answers_by_weekday import answers_by_weekday
from ui.charts.house import CONFIG, set_axis
from ui.charts.ranked_bars import ranked_bars
from ui.markdown import muted
from ui.missing_columns import hint, lacks
from ui.page import TEXT_WIDTH, chart_numbers, finding_line
from ui.palette import Palette
from words import Words

_A_MONDAY = dt.date(2024, 1, 1)
_TOUCHES = 28


def touches_panel(w: Words, portfolio: Portfolio, clients: pd.DataFrame, palette: Palette) -> None:
    """Half a year of contacts by channel, and how often they are answered; the missing columns' box without any."""
    if not len(portfolio.records.contacts) and lacks(w, portfolio, _TOUCHES):
        return
    everyone = len(clients) == len(portfolio.clients)
    found = session.worked_out(touches, portfolio, None if everyone else tuple(clients["client_id"]))
    hint(w, portfolio, _TOUCHES)
    left, right = st.columns(2, gap="large")
    with left:
        _channels(w, found, palette)
    with right:
        _weekdays(w, found, palette)


def _channels(w: Words, found: Touches, palette: Palette) -> None:
    table = found.by_channel
    with st.container(gap="xsmall"):
        total = len(found.clients)
        finding_line(
            w("follow_up.touches", n=found.touched, share=found.touched / total if total else 0.0),
            w("follow_up.touches.note", n=found.several),
        )
        shown = table[table["contacts"] > 0]
        if shown.empty:
            return
        names = [w(f"channel.{code}") if code else w("follow_up.touches.unsaid") for code in shown["channel"]]
        labels = [
            w.number(count)
            if pd.isna(share)
            else w("follow_up.touches.label", contacts=int(count), share=share)
            for count, share in zip(shown["contacts"], shown["share"], strict=True)
        ]
        parts = "; ".join(f"{name}: {label}" for name, label in zip(names, labels, strict=True))
        figure = ranked_bars(names, shown["contacts"].tolist(), labels, [False] * len(names), w, palette)
        # The label says more than a figure: it wants more room beside the longest bar.
        set_axis(figure.layout.xaxis, range=[0, float(shown["contacts"].max()) * 2.1])
        alt = w("follow_up.touches.alt", parts=parts)
        st.plotly_chart(figure, theme=None, config=CONFIG, key="follow_up_channels", alt=alt)
        chart_numbers(w, _channel_numbers(w, table, found), key="follow_up_channels", alt=alt)


def _channel_numbers(w: Words, table: pd.DataFrame, found: Touches) -> pd.DataFrame:
    numbers = pd.DataFrame(
        {
            w("follow_up.column.channel"): [
                w(f"channel.{code}") if code else w("follow_up.touches.unsaid") for code in table["channel"]
            ],
            w("follow_up.column.contacts"): table["contacts"].astype("int64"),
            w("follow_up.column.clients"): table["clients"].astype("int64"),
        }
    )
    return numbers.join(_answers(w, table)) if found.says_answers else numbers


def _answers(w: Words, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("follow_up.column.told"): table["told"].astype("int64"),
            w("follow_up.column.answered"): table["answered"].astype("int64"),
            w("follow_up.column.share"): [
                "" if pd.isna(share) else w("follow_up.answers.range", share=share, low=low, high=high)
                for share, low, high in zip(table["share"], table["low"], table["high"], strict=True)
            ],
        }
    )


def _weekdays(w: Words, found: Touches, palette: Palette) -> None:
    """Whether they answer more on some days of the week, where enough is known to say."""
    table = found.by_weekday
    shown = table[table["share"].notna()].reset_index(drop=True)
    if len(shown) < 2:  # noqa: PLR2004 - one day is beside none
        return
    with st.container(gap="xsmall"):
        finding = _weekday_finding(w, shown)
        finding_line(finding, w("follow_up.weekday.note", years=round(ANSWERS_DAYS / 365)))
        days = [_day(w, day) for day in shown["weekday"]]
        hovers = [
            w("follow_up.weekday.hover", day=day, share=share, n=int(told))
            for day, share, told in zip(days, shown["share"], shown["told"], strict=True)
        ]
        figure = answers_by_weekday(shown, days, hovers, w, palette)
        said = "; ".join(f"{day} {w.percent(share)}" for day, share in zip(days, shown["share"], strict=True))
        st.plotly_chart(figure, theme=None, config=CONFIG, key="follow_up_weekdays", alt=f"{finding}. {said}")
        numbers = pd.DataFrame({w("follow_up.column.weekday"): [_day(w, day) for day in table["weekday"]]})
        chart_numbers(w, numbers.join(_answers(w, table)), key="follow_up_weekdays", alt=f"{finding}. {said}")


def _weekday_finding(w: Words, shown: pd.DataFrame) -> str:
    """A day stands out only where its interval lies under or over everybody else's."""
    for code, low, high in (("least", "high", "low"), ("most", "low", "high")):
        row = shown.sort_values(low, ascending=code == "least", kind="stable").iloc[0]
        others = shown[shown["weekday"] != row["weekday"]]
        apart = row[low] < others[high].min() if code == "least" else row[low] > others[high].max()
        if apart:
            return w(f"follow_up.weekday.{code}", day=_day(w, row["weekday"]), share=float(row["share"]))
    return w("follow_up.weekday.alike")


def _day(w: Words, weekday: float) -> str:
    return w.weekday(_A_MONDAY + dt.timedelta(days=int(weekday))).split(",")[0].split(" ")[0]


def sellers_panel(w: Words, portfolio: Portfolio, days: int) -> None:
    """How each seller's clients are followed up; by name, for it is no ranking."""
    if not portfolio.has_staff:
        return
    words = session.worked_out(last_words, portfolio)
    table = by_seller(portfolio, words, days)
    contacts = bool(len(portfolio.records.contacts))
    team = session.worked_out(sellers, portfolio)
    gone = set(team.loc[team["gone"], "staff"])
    names = [w("follow_up.sellers.gone", name=name) if name in gone else name for name in table["staff"]]
    columns: dict[str, object] = {
        w("common.seller"): names,
        w("follow_up.column.clients"): table["clients"],
        w("follow_up.column.silent_clients"): table["silent"],
        w("follow_up.column.silent_share"): [
            w.percent(share) for share in table["silent"] / table["clients"]
        ],
    }
    each = w("follow_up.column.touches_each")
    if contacts:
        columns |= {
            w("follow_up.column.touched_half"): table["touched"],
            each: table["touches_each"].round(1),
        }
        if table["made"].notna().any():
            columns[w("follow_up.column.made")] = table["made"].astype("Int64")
    with st.container(gap="xsmall"):
        finding_line(w("follow_up.sellers"), w("follow_up.sellers.note", days=days))
        st.dataframe(
            pd.DataFrame(columns),
            hide_index=True,
            placeholder="–",
            key="follow_up_sellers",
            column_config={each: st.column_config.NumberColumn(format="localized")},
            alt=w("follow_up.sellers"),
        )
        if not contacts:
            st.markdown(muted(w("follow_up.sellers.visits")), width=TEXT_WIDTH)
