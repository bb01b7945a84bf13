"""Weeks in which more clients went than chance explains: the chart, and for each such week who and what they share."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.red_line.loss_clusters import Cluster, LossClusters, Shared
from analysis.practices.red_line.weekly_limit import FALSE_ALARMS_A_YEAR, LEAST_WEEKS
from ui.charts.loss_weeks import loss_weeks
from ui.client.name_button import name_button
from ui.keys import key_of
from ui.markdown import escape, muted
from ui.missing_columns import hint
from ui.page import TEXT_WIDTH, notice, panel
from ui.palette import Palette
from words import Words

#: The latest; those before stand in the chart.
_CLUSTERS_SHOWN = 3


def clusters_panel(w: Words, portfolio: Portfolio, found: LossClusters, palette: Palette) -> None:
    if not found.judged:
        notice(w("red_line.weeks.short"), w("red_line.weeks.short_body", n=LEAST_WEEKS), "hourglass_empty")
        return
    finding = weeks_finding(w, found)
    note = w(f"red_line.weeks.note.{found.basis}", share=FALSE_ALARMS_A_YEAR)
    panel(
        w,
        finding,
        note,
        loss_weeks(found.weeks, w, palette),
        key="loss_weeks",
        alt=w("red_line.weeks.alt", finding=finding, n=int(found.weeks["losses"].sum())),
        numbers=_numbers(w, found.weeks),
    )
    hint(w, portfolio, 15)
    for cluster in found.clusters[:_CLUSTERS_SHOWN]:
        _cluster(w, portfolio, cluster)


def quiet_words(w: Words, found: LossClusters) -> str:
    """How long it has been quiet, beside the longest quiet there was."""
    if found.days_since_last is None or found.longest_quiet is None:
        return ""
    return w("red_line.quiet", n=found.longest_quiet)


def weeks_finding(w: Words, found: LossClusters) -> str:
    """The latest week out of line, or that there was none."""
    if not found.clusters:
        return w("red_line.weeks.none")
    latest = found.clusters[0]
    return w("red_line.weeks.found", n=len(latest.losses), week=latest.week)


def _cluster(w: Words, portfolio: Portfolio, cluster: Cluster) -> None:
    clients = portfolio.clients.set_index("client_id")
    with st.container(border=True, gap="xsmall"):
        end = cluster.week + pd.Timedelta(days=6)
        title = w("red_line.cluster", n=len(cluster.losses), week=cluster.week, end=end)
        st.markdown(f":material/groups: **{title}**")
        usual = w("red_line.cluster.usual", usual=cluster.usual, chance=_one_in(cluster.chance))
        leads = lead_words(w, cluster)
        st.markdown(
            " ".join([usual, *leads] if leads else [usual, w("red_line.cluster.nothing")]), width=TEXT_WIDTH
        )
        with st.container(horizontal=True, gap="small"):
            for client_id in cluster.losses["client_id"]:
                client = {"client_id": client_id, "client_name": clients["client_name"].get(client_id)}
                name_button(w, client, f"cluster_{key_of(cluster.week, client_id)}", bold=False)
        kinds = cluster.losses["kind"].value_counts()
        told = [w(f"red_line.kind.{kind}", n=int(count)) for kind, count in kinds.items()]
        st.markdown(muted(w("red_line.cluster.kinds", kinds=told)))


def lead_words(w: Words, cluster: Cluster) -> list[str]:
    """A sentence for each thing that those lost in a week share; markdown."""
    return [_lead(w, shared, len(cluster.losses)) for shared in cluster.shared]


def _lead(w: Words, shared: Shared, clients: int) -> str:
    return w(
        f"red_line.shared.{shared.field}",
        n=shared.clients,
        of=clients,
        value=escape(shared.value),
        usual=shared.usual,
    )


def _one_in(chance: float) -> int:
    """A chance as one in so many, in round numbers."""
    times = 1 / max(chance, 1e-6)
    power = 10 ** max(len(str(int(times))) - 1, 0)
    return int(times // power * power)


def _numbers(w: Words, weeks: pd.DataFrame) -> pd.DataFrame:
    late = weeks.iloc[::-1]
    return pd.DataFrame(
        {
            w("red_line.weeks.week"): [w.date(week) for week in late["week"]],
            w("red_line.weeks.losses"): late["losses"].tolist(),
            w("red_line.weeks.usual"): [w.number(usual, 1) for usual in late["usual"]],
            w("red_line.weeks.limit"): [w.number(limit) for limit in late["limit"]],
        }
    )
