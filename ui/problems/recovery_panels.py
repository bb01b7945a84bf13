"""What solving is worth: who came back after a problem, quick or slow, well or badly solved, and whom it won back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.portfolio import Portfolio
from analysis.practices.problems.recovery import Recovery, recovered, recovery
from analysis.practices.problems.similar_clients import Compared, Share
from analysis.practices.problems.slow_answers import SlowAnswers, slow_answers
from ui import session
from ui.charts.shares_beside import Dot, shares_beside
from ui.client.table import MOST_ROWS, people_table
from ui.markdown import muted
from ui.missing_columns import lacks
from ui.page import TEXT_WIDTH, finding_line, panel
from ui.palette import Palette
from ui.problems.people_columns import worth_and_contact
from words import Words

_COLUMN = 360


def recovery_panels(w: Words, portfolio: Portfolio, palette: Palette) -> None:
    """After a problem that was solved or not; two weeks after one began, answered or still waiting."""
    after: Recovery = session.worked_out(recovery, portfolio)
    slow: SlowAnswers = session.worked_out(slow_answers, portfolio)
    if not after.cases:
        if not lacks(w, portfolio, 22):
            finding_line(w("problems.recovery.unknown"), w("problems.recovery.unknown.note"))
        return
    with st.container(gap="small"):
        with st.grid(2, min_column_width=_COLUMN, gap="large"):
            _panel(w, _recovery_finding(w, after), (after.solved, after.unsolved), "recovery", palette)
            _panel(w, _slow_finding(w, slow), (slow.quick, slow.slow), "slow", palette, days=slow.days)
        days = portfolio.settings.horizon_days
        st.markdown(muted(w("problems.recovery.method", days=days)), width=TEXT_WIDTH)


def _panel(
    w: Words, finding: str, groups: tuple[Compared, Compared], key: str, palette: Palette, *, days: int = 0
) -> None:
    names = [w(f"problems.group.{one.group}", days=days) for one in groups]
    legend = (w("problems.recovery.theirs"), w("problems.recovery.similar"))
    figure = shares_beside(
        names,
        [_dot(w, one.came_back) for one in groups],
        [_dot(w, one.similar) for one in groups],
        legend,
        w,
        palette,
    )
    panel(
        w,
        finding,
        w(f"problems.{key}.note", days=days),
        figure,
        key=f"problem_{key}",
        alt=finding,
        numbers=_numbers(w, names, groups),
    )


def _dot(w: Words, share: Share) -> Dot | None:
    if not share.cases:
        return None
    return Dot(share.share, share.low, share.high, w("problems.recovery.hover", **_told(share)))


def _told(share: Share) -> dict[str, float]:
    return {"share": share.share, "low": 100 * share.low, "high": 100 * share.high, "n": share.people}


def _share(w: Words, share: Share) -> str:
    return w("problems.recovery.share", **_told(share)) if share.cases else "–"


def _numbers(w: Words, names: list[str], groups: tuple[Compared, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("problems.recovery.group"): names,
            w("problems.recovery.cases"): [one.came_back.cases for one in groups],
            w("problems.recovery.theirs"): [_share(w, one.came_back) for one in groups],
            w("problems.recovery.similar"): [_share(w, one.similar) for one in groups],
            w("problems.recovery.too_recent"): [one.too_recent for one in groups],
            w("problems.recovery.too_new"): [one.too_new for one in groups],
        }
    )


def _recovery_finding(w: Words, after: Recovery) -> str:
    """What may be said: the paradox only where the interval allows it, else well against badly solved."""
    solved, unsolved = after.solved.came_back, after.unsolved.came_back
    if after.paradox == "more":
        return w("problems.recovery.paradox", share=solved.share, similar=after.solved.similar.share)
    if after.solving == "more":
        return w("problems.recovery.solving", share=solved.share, other=unsolved.share)
    return (
        w("problems.recovery.few")
        if "few" in {after.solving, after.paradox}
        else w("problems.recovery.alike")
    )


def _slow_finding(w: Words, slow: SlowAnswers) -> str:
    if slow.verdict == "less":
        return w(
            "problems.slow.less",
            days=slow.days,
            share=slow.slow.came_back.share,
            other=slow.quick.came_back.share,
        )
    return w("problems.slow.few") if slow.verdict == "few" else w("problems.slow.alike")


def recovered_panel(w: Words, portfolio: Portfolio) -> None:
    """Whom a solution won back: to thank, and to learn what was done."""
    found: pd.DataFrame = session.worked_out(recovered, portfolio)
    if found.empty:
        return
    more = int((found["pace"] == "more").sum())
    with st.container(gap="small"):
        title = w("problems.recovered", n=len(found))
        finding_line(
            f"{title}{w('problems.recovered.more', n=more) if more else ''}", w("problems.recovered.note")
        )
        with st.expander(w("problems.recovered.list"), icon=":material/list:", key="recovered_fold"):
            _recovered_table(w, portfolio, found)


def _recovered_table(w: Words, portfolio: Portfolio, found: pd.DataFrame) -> None:
    shown = found.head(MOST_ROWS)
    texts: dict[str, object] = {
        "kind": [kind or w("problems.unnamed") for kind in shown["kind"]],
        "days": shown["days"].astype("Int64").to_numpy(),
        "owner": [name or None for name in shown["staff"]],
        "since": shown["visits_since"].astype("Int64").to_numpy(),
        "pace": [
            w(f"problems.pace.{pace}", before=before, since=since)
            for pace, before, since in zip(
                shown["pace"], shown["gap_before"], shown["gap_since"], strict=True
            )
        ],
    }
    config: dict[str, object] = {
        "kind": st.column_config.TextColumn(w("problems.kind"), width=150),
        "days": st.column_config.NumberColumn(w("problems.recovered.days"), format="localized", width=95),
        "owner": st.column_config.TextColumn(w("problems.recovered.owner"), width=110),
        "since": st.column_config.NumberColumn(w("problems.recovered.since"), format="localized", width=100),
        "pace": st.column_config.TextColumn(w("problems.recovered.pace"), width=210),
    }
    more_texts, more_config = worth_and_contact(w, portfolio, shown)
    people_table(
        w,
        found,
        {**texts, **more_texts},
        {**config, **more_config},
        key="recovered",
        alt=w("problems.recovered.alt", n=len(found)),
    )
