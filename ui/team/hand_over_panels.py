"""What the hand-over page says of the clients of a seller who is gone: answer, figures, list, who serves them now."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.team.before_and_after import BeforeAfter, before_and_after
from analysis.practices.team.hand_over import NOT_BACK
from analysis.practices.team.sellers import sellers
from analysis.signals import STAFF_GONE_DAYS
from ui import session
from ui.calling.people_download import people_download
from ui.charts.ranked_bars import ranked_bars
from ui.charts.return_curves import return_curves
from ui.client.table import MOST_ROWS, people_table
from ui.filters import one_code
from ui.markdown import escape
from ui.page import Card, finding_line, notice, panel
from ui.palette import Palette
from words import Words
from words.files.hand_over import hand_over_file, take_reason

_VIEWS = ("pending", "back", "everyone")


def answer(w: Words, portfolio: Portfolio, people: pd.DataFrame) -> str:
    """Who is gone, how many clients they left, how many have come since, what those who have not are worth."""
    if people.empty:
        team = session.worked_out(sellers, portfolio)
        return w("hand_over.answer.nobody", n=int((~team["gone"]).sum()))
    names = [f"**{escape(name)}**" for name in dict.fromkeys(people["former"])]
    pending = people[people["standing"].isin(NOT_BACK)]
    said = w("hand_over.answer.gone", names=names, n=len(names), clients=len(people))
    if pending.empty:
        return f"{said} {w('hand_over.answer.all_back')}"
    worth = float(pending["annual_value"].sum())
    more = w("hand_over.answer.pending_worth", n=len(pending), worth=worth)
    return f"{said} {more if portfolio.has_amounts else w('hand_over.answer.pending', n=len(pending))}"


def nobody_left(w: Words) -> None:
    notice(w("hand_over.nobody.title"), w("hand_over.nobody.body", days=STAFF_GONE_DAYS), "groups")


def choose_former(w: Words, people: pd.DataFrame) -> str | None:
    """The seller whose clients are looked at, where several are gone; None = all of them."""
    names = list(dict.fromkeys(people["former"]))
    if len(names) == 1:
        return str(names[0])
    chosen: str | None = st.selectbox(
        w("hand_over.former"),
        names,
        index=None,
        placeholder=w("common.all"),
        key="former",
        bind="query-params",
        persist_state="session",
        width=180,
    )
    return chosen


def choose_view(w: Words) -> str:
    return one_code(
        w("hand_over.view"), _VIEWS, lambda code: w(f"hand_over.view.{code}"), name="view", usual="pending"
    )


def viewed(people: pd.DataFrame, view: str) -> pd.DataFrame:
    pending = people["standing"].isin(NOT_BACK)
    return people[pending] if view == "pending" else people[~pending] if view == "back" else people


def figures(w: Words, portfolio: Portfolio, people: pd.DataFrame) -> list[Card]:
    pending = people[people["standing"].isin(NOT_BACK)]
    back = int((people["standing"] == "returned").sum())
    missing = int(people["standing"].isin(["missing", "without_service"]).sum())
    row = [
        Card(w("hand_over.card.theirs"), w.number(len(people)), help=w("hand_over.card.theirs.help")),
        Card(
            w("hand_over.card.back"),
            w.number(back),
            w.percent(back / len(people)) if len(people) else "",
            help=w("hand_over.card.back.help"),
        ),
        Card(
            w("hand_over.card.pending"),
            w.number(len(pending)),
            w("hand_over.card.late", n=missing) if missing else "",
            delta_colour="red",
            help=w("hand_over.card.pending.help"),
        ),
    ]
    if portfolio.has_amounts:
        worth = w.money(float(pending["annual_value"].sum()))
        row.append(Card(w("hand_over.card.worth"), worth, help=w("hand_over.card.worth.help")))
    return row


def effect_panel(w: Words, portfolio: Portfolio, staff: str, palette: Palette) -> None:
    """Their clients' return before and after, beside the others' clients in the same windows."""
    found = session.worked_out(before_and_after, portfolio, staff)
    name = escape(staff)
    if found.verdict in {"too_early", "too_few"}:
        notice(
            w(f"hand_over.effect.{found.verdict}", name=name),
            w(f"hand_over.effect.{found.verdict}.body"),
            "hourglass",
        )
        return
    groups = _groups(w, found)
    counts = w(
        "hand_over.effect.note",
        days=found.days,
        others_before=found.others_before.share,
        others_after=found.others_after.share,
        points=100 * found.difference,
        low=100 * found.low,
        high=100 * found.high,
    )
    panel(
        w,
        _effect_finding(w, found, name),
        counts,
        return_curves(found.curves, w, palette),
        key="hand_over_effect",
        alt=f"{_effect_finding(w, found, staff)}. {counts}",
        numbers=groups,
    )


def _effect_finding(w: Words, found: BeforeAfter, name: str) -> str:
    """`name` is the seller's as the place needs it: escaped for a title, plain for a screen reader."""
    clients = abs(round(found.difference * found.theirs_after.clients))
    return w(
        f"hand_over.effect.{found.verdict}",
        name=name,
        n=clients,
        before=found.theirs_before.share,
        after=found.theirs_after.share,
    )


def _groups(w: Words, found: BeforeAfter) -> pd.DataFrame:
    rows = (
        ("theirs", "before", found.theirs_before),
        ("theirs", "after", found.theirs_after),
        ("others", "before", found.others_before),
        ("others", "after", found.others_after),
    )
    return pd.DataFrame(
        {
            w("hand_over.effect.group"): [w(f"hand_over.effect.{who}") for who, _, _ in rows],
            w("hand_over.effect.window"): [w(f"hand_over.effect.window.{when}") for _, when, _ in rows],
            w("hand_over.effect.active"): [group.clients for _, _, group in rows],
            w("hand_over.effect.came"): [group.returned for _, _, group in rows],
            w("hand_over.effect.share"): [w.percent(group.share) for _, _, group in rows],
        }
    )


def list_panel(w: Words, portfolio: Portfolio, everyone: pd.DataFrame) -> pd.DataFrame:
    """The list to hand over: who is worth most first among those who are missing. Gives the rows shown."""
    with st.container(gap="small"):
        heading = st.container()
        view = choose_view(w)
        people = viewed(everyone, view)
        with heading:
            finding_line(w(f"hand_over.list.{view}", n=len(people)), w("hand_over.list.note"))
        shown = people.head(MOST_ROWS)
        texts: dict[str, object] = {}
        config: dict[str, object] = {}
        if portfolio.has_amounts:
            texts["worth"] = shown["annual_value"].round().astype("Int64").to_numpy()
            label = w.in_money(w("hand_over.column.worth"))
            config["worth"] = st.column_config.NumberColumn(label, format="localized", width=85)
        if len(set(people["former"])) > 1:
            texts["former"] = shown["former"].to_numpy()
            config["former"] = st.column_config.TextColumn(w("hand_over.former"), width=110)
        texts |= {
            "silent": shown["days_silent"].to_numpy(),
            "standing": [w(f"hand_over.standing.{code}") for code in shown["standing"]],
            "take": shown["take"].to_numpy(),
            "why": [
                _why(w, row, refuses=bool(no))
                for row, no in zip(shown.to_dict("records"), refused(shown), strict=True)
            ],
        }
        config |= {
            "silent": st.column_config.NumberColumn(
                w("hand_over.column.silent"), format="localized", width=90
            ),
            "standing": st.column_config.TextColumn(w("hand_over.column.standing"), width=125),
            "take": st.column_config.TextColumn(w("hand_over.column.take"), width=125),
            "why": st.column_config.TextColumn(w("common.why"), width="large"),
        }
        people_table(
            w, people, texts, config, key="hand_over", alt=w(f"hand_over.list.{view}", n=len(people))
        )
    return people


def _why(w: Words, row: Mapping[Hashable, object], *, refuses: bool) -> str:
    """What they were to each other, and why the one proposed; first that they want no contact, where they do not."""
    with_them = w(
        "hand_over.why.with_service" if row["service"] else "hand_over.why.with",
        name=row["former"],
        service=row["service"],
        times=row["times"],
        of=row["of"],
    )
    refused_it = w("client.no_consent") if refuses else ""
    return " ".join(part for part in (refused_it, take_reason(w, str(row["take_why"])), with_them) if part)


def list_download(w: Words, portfolio: Portfolio, people: pd.DataFrame) -> None:
    people_download(
        w,
        portfolio,
        w("hand_over.download"),
        w("hand_over.file_name"),
        partial(hand_over_file, w, people),
        key="hand_over_download",
        empty=people.empty,
    )


def now_with_panel(w: Words, people: pd.DataFrame, palette: Palette) -> None:
    """With whom those who came back are now."""
    counts = (
        people.loc[(people["standing"] == "returned") & (people["now_with"] != ""), "now_with"]
        .value_counts()
        .sort_index(kind="stable")
    )
    counts = counts.sort_values(ascending=False, kind="stable")
    if counts.empty:
        return
    names, values = [str(name) for name in counts.index], [float(count) for count in counts]
    first = names[0]
    total = int(sum(values))
    shared = len(values) > 1 and values[1] == values[0]
    said = w("hand_over.now_with.shared", total=total)
    finding = said if shared else w("hand_over.now_with", name=escape(first), n=int(values[0]), total=total)
    panel(
        w,
        finding,
        w("hand_over.now_with.note"),
        ranked_bars(names, values, [w.number(value) for value in values], [False] * len(names), w, palette),
        key="hand_over_now_with",
        alt="; ".join(f"{name}: {w.number(value)}" for name, value in zip(names, values, strict=True)),
        numbers=pd.DataFrame(
            {w("common.seller"): names, w("hand_over.column.clients"): [int(v) for v in values]}
        ),
    )
