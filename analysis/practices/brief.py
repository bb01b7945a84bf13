"""What to have in hand before a delicate call: a case's facts, history, promises, what to propose and what to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.cases import (
    Brief,
    Happening,
    HappeningCode,
    Promise,
    ProposalCode,
    QuestionCode,
    Trigger,
    TriggerCode,
)
from analysis.portfolio import Portfolio
from analysis.practices.calls import refused

#: As much as one page holds: lines of the history, and of each kind of them.
MOST_HAPPENINGS, _OF_A_KIND = 9, 3
MOST_PROMISES, MOST_PROPOSALS, MOST_QUESTIONS = 3, 4, 4

#: What to propose for each trigger, the first thing first.
_PROPOSALS: Mapping[TriggerCode, tuple[ProposalCode, ...]] = {
    "flag": ("keep_promise",),
    "goodbye": ("thank_and_ask", "extra"),
    "cancelled": ("ask_slip_or_problem", "new_date"),
    "no_show": ("ask_slip_or_problem", "new_date"),
    "problem": ("own_problem", "make_good"),
    "payment": ("other_terms", "smaller_amount", "card_or_credit"),
    "low_rating": ("ask_what_failed", "make_good"),
    "top_late": ("ask_how_they_are", "new_date"),
}
_QUESTIONS: Mapping[TriggerCode, tuple[QuestionCode, ...]] = {
    "flag": (),
    "goodbye": ("what_would_keep",),
    "cancelled": ("slip_or_problem",),
    "no_show": ("slip_or_problem",),
    "problem": ("what_happened", "what_is_fair"),
    "payment": ("slip_or_cannot",),
    "low_rating": ("what_happened",),
    "top_late": ("slip_or_problem",),
}


def brief(portfolio: Portfolio, client_id: str, triggers: tuple[Trigger, ...]) -> Brief:
    """The brief of one client; `triggers` as in the case's row, empty for somebody who is no case."""
    clients = portfolio.clients
    rows = clients.loc[clients["client_id"] == client_id]
    client = rows.iloc[0]
    promises = tuple(_promises(portfolio, client_id))[:MOST_PROMISES]
    return Brief(
        client_id=client_id,
        name=_text(client["client_name"]),
        as_of=portfolio.as_of,
        first_visit=client["first_visit"].date(),
        last_visit=client["last_visit"].date(),
        visits=int(client["visits"]),
        usual_days=float(client["interval_days"]) if client["interval_source"] == "own" else None,
        service=_text(client["service"]),
        staff=_text(client["staff"]),
        spent_12m=float(client["revenue_12m"]) if portfolio.has_amounts else None,
        ticket=float(client["ticket"]) if portfolio.has_amounts else None,
        unpaid=_unpaid(portfolio, client_id),
        phone=_text(client["phone"]),
        email=_text(client["email"]),
        refused=bool(refused(rows).iloc[0]),
        booked_for=None if pd.isna(client["booked_for"]) else client["booked_for"].date(),
        triggers=triggers,
        history=_history(portfolio, client_id),
        promises=promises,
        action=client["suggested_action"],
        proposals=_proposals(triggers, promises),
        questions=_questions(client, triggers, promises),
    )


def briefs(portfolio: Portfolio, cases: pd.DataFrame) -> list[Brief]:
    """The briefs of these rows of the red line's cases, in their order."""
    who = set(cases["client_id"])

    def theirs(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.loc[frame["client_id"].isin(who)]

    records = portfolio.records
    of_them = replace(
        portfolio,
        clients=theirs(portfolio.clients),
        visits=theirs(portfolio.visits),
        records=replace(
            records,
            problems=theirs(records.problems),
            payments=theirs(records.payments),
            contacts=theirs(records.contacts),
            appointments=theirs(records.appointments),
        ),
    )
    rows = zip(cases["client_id"], cases["triggers"], strict=True)
    return [brief(of_them, client_id, triggers) for client_id, triggers in rows]


def first_proposal(triggers: tuple[Trigger, ...]) -> ProposalCode:
    """What the gravest trigger asks for."""
    return _proposed(triggers[0])[0]


def _proposed(trigger: Trigger) -> tuple[ProposalCode, ...]:
    """An owner's flag without a promise asks for a word, no more."""
    if trigger.code == "flag" and not trigger.values["promised"]:
        return ("ask_how_they_are",)
    return _PROPOSALS[trigger.code]


def _proposals(triggers: tuple[Trigger, ...], promises: tuple[Promise, ...]) -> tuple[ProposalCode, ...]:
    """Keeping one's word comes before anything new."""
    first: list[ProposalCode] = ["keep_promise"] if promises else []
    wanted = [code for trigger in triggers for code in _proposed(trigger)]
    return tuple(dict.fromkeys([*first, *wanted]))[:MOST_PROPOSALS]


def _questions(
    client: pd.Series, triggers: tuple[Trigger, ...], promises: tuple[Promise, ...]
) -> tuple[QuestionCode, ...]:
    """What is not known yet and the call should bring."""
    asked: list[QuestionCode] = [code for trigger in triggers for code in _QUESTIONS[trigger.code]]
    problem = next((trigger for trigger in triggers if trigger.code == "problem"), None)
    if problem is not None and not problem.values["staff"]:
        asked.insert(0, "who_owns_it")
    elif problem is not None and not promises:
        asked.append("which_promise")
    if not (_text(client["phone"]) or _text(client["email"])):
        asked.append("how_to_reach")
    if pd.isna(client["booked_for"]):
        asked.append("when_next")
    return tuple(dict.fromkeys(asked))[:MOST_QUESTIONS]


def _promises(portfolio: Portfolio, client_id: str) -> Iterator[Promise]:
    """The owner's own note first, then what open problems were promised."""
    flag = portfolio.notebook.red_flags.get(client_id)
    if flag is not None and flag.promised.strip():
        yield Promise(flag.promised.strip())
    problems = portfolio.records.problems
    opened = problems.loc[problems["state"] == "open"]
    for row in _rows(opened, client_id):
        if row.detail or not pd.isna(row.promised):
            yield Promise(row.detail, None if pd.isna(row.promised) else row.promised.date(), row.kind)


def _unpaid(portfolio: Portfolio, client_id: str) -> float | None:
    bills = portfolio.records.payments
    owed = bills.loc[
        (bills["client_id"] == client_id)
        & bills["paid"].isna()
        & (bills["due"] < pd.Timestamp(portfolio.as_of)),
        "amount",
    ]
    return float(owed.sum()) if owed.notna().any() else None


def _history(portfolio: Portfolio, client_id: str) -> tuple[Happening, ...]:
    """The latest of each kind, the first visit at the end."""
    client = portfolio.clients.loc[portfolio.clients["client_id"] == client_id].iloc[0]
    kinds = (_visits, _missed, _problems, _bills, _contacts)
    found = [
        happening
        for kind in kinds
        for happening in sorted(kind(portfolio, client_id), key=lambda one: one.on)[-_OF_A_KIND:]
    ]
    left = portfolio.records.left.get(client_id)
    if left is not None:
        found.append(Happening(left.date(), "goodbye"))
    first = client["first_visit"].date()
    found = [one for one in found if (one.on, one.code) != (first, "visit")]
    latest = sorted(found, key=lambda one: one.on, reverse=True)[: MOST_HAPPENINGS - 1]
    return (*latest, Happening(first, "first_visit"))


def _visits(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in _rows(portfolio.visits, client_id):
        values = {"service": row.service, "staff": row.staff, "amount": _money(row.amount)}
        yield Happening(row.date.date(), "visit", values)


def _missed(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    """An appointment of several services is missed once."""
    rows = portfolio.records.appointments
    past = rows.loc[rows["status"] != "booked"]
    of_day: dict[tuple[dt.date, HappeningCode], list[Any]] = {}
    for row in _rows(past, client_id):
        of_day.setdefault((row.date.date(), row.status), []).append(row)
    for (day, status), lines in of_day.items():
        services = ", ".join(dict.fromkeys(line.service for line in lines if line.service))
        amounts = [line.amount for line in lines if not pd.isna(line.amount)]
        yield Happening(day, status, {"service": services, "amount": sum(amounts) if amounts else None})


def _problems(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in _rows(portfolio.records.problems, client_id):
        yield Happening(row.opened.date(), "problem", {"kind": row.kind, "detail": row.detail})
        if not pd.isna(row.closed):
            yield Happening(row.closed.date(), row.state, {"kind": row.kind})


def _bills(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    """Those paid after their day, and those past it."""
    today = pd.Timestamp(portfolio.as_of)
    for row in _rows(portfolio.records.payments, client_id):
        if pd.isna(row.paid) and row.due < today:
            yield Happening(row.due.date(), "unpaid", {"amount": _money(row.amount)})
        elif not pd.isna(row.paid) and row.paid > row.due:
            values = {"amount": _money(row.amount), "days": (row.paid - row.due).days}
            yield Happening(row.paid.date(), "paid_late", values)


def _contacts(portfolio: Portfolio, client_id: str) -> Iterator[Happening]:
    for row in _rows(portfolio.records.contacts, client_id):
        values = {
            "channel": row.channel,
            "outcome": row.outcome,
            "staff": row.staff,
            "answered": bool(row.answered),
        }
        yield Happening(row.date.date(), "contact", values)


def _rows(frame: pd.DataFrame, client_id: str) -> Iterable[Any]:
    return frame.loc[frame["client_id"] == client_id].itertuples(index=False)


def _money(amount: float) -> float | None:
    return None if pd.isna(amount) else float(amount)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
