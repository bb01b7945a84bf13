"""What to have in hand before a delicate call: a case's facts, history, promises, what to propose and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.cases import (
    Brief,
    Promise,
    ProposalCode,
    QuestionCode,
    Trigger,
    TriggerCode,
)
from analysis.consent import refused
from analysis.portfolio import Portfolio
from analysis.practices.offers.ladder import steps_for
from analysis.practices.offers.payments import overdue_bills, payers
from analysis.practices.offers.why_leaving import Why, reasons_to_leave
from analysis.practices.red_line.brief_history import history, rows_of

#: As much as one page holds.
MOST_PROMISES, MOST_PROPOSALS, MOST_QUESTIONS = 3, 4, 4

#: Triggers that are a reason to leave: what to propose is on the ladder of offers.
_REASONS: Mapping[TriggerCode, Why] = {"goodbye": "left", "problem": "problem", "payment": "owes"}
#: What to propose for the others, the first thing first.
_PROPOSALS: Mapping[TriggerCode, tuple[ProposalCode, ...]] = {
    "flag": ("keep_promise",),
    "cancelled": ("ask", "remind"),
    "no_show": ("ask", "remind"),
    "low_rating": ("ask_what_failed", "make_good"),
    "top_late": ("ask_how_they_are", "remind"),
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
    [found] = briefs(portfolio, pd.DataFrame({"client_id": [client_id], "triggers": [triggers]}))
    return found


def _brief(portfolio: Portfolio, client_id: str, triggers: tuple[Trigger, ...], known: pd.Series) -> Brief:
    """`known`: why they may leave, of `reasons_to_leave`."""
    rows = portfolio.clients.loc[portfolio.clients["client_id"] == client_id]
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
        history=history(portfolio, client_id),
        promises=promises,
        action=client["suggested_action"],
        proposals=_proposals(triggers, promises, known),
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
    known = reasons_to_leave(of_them, of_them.clients, payers(of_them)).set_axis(of_them.clients["client_id"])
    rows = zip(cases["client_id"], cases["triggers"], strict=True)
    return [_brief(of_them, client_id, triggers, known.loc[client_id]) for client_id, triggers in rows]


def first_proposal(triggers: tuple[Trigger, ...]) -> ProposalCode:
    """What the gravest trigger asks for."""
    return _proposed(triggers[0])[0]


def _proposed(trigger: Trigger) -> tuple[ProposalCode, ...]:
    """An owner's flag without a promise asks for a word, no more."""
    if trigger.code == "flag" and not trigger.values["promised"]:
        return ("ask_how_they_are",)
    if trigger.code == "payment" and trigger.values["first_late"]:
        return steps_for("first_late")
    if trigger.code in _REASONS:
        return steps_for(_REASONS[trigger.code])
    return _PROPOSALS[trigger.code]


def _proposals(
    triggers: tuple[Trigger, ...], promises: tuple[Promise, ...], known: pd.Series
) -> tuple[ProposalCode, ...]:
    """Keeping one's word comes before anything new, and what they said themselves before what we make of it.

    Whoever said why is not asked again.
    """
    theirs = steps_for(known["why"]) if known["source"] != "none" else ()
    said = theirs if known["source"] == "said" else ()
    kept: tuple[ProposalCode, ...] = ("keep_promise",) if promises else ()
    wanted = [code for trigger in triggers for code in _proposed(trigger) if not (said and code == "ask")]
    return tuple(dict.fromkeys([*kept, *said, *wanted, *theirs]))[:MOST_PROPOSALS]


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
    for row in rows_of(opened, client_id):
        if row.detail or not pd.isna(row.promised):
            yield Promise(row.detail, None if pd.isna(row.promised) else row.promised.date(), row.kind)


def _unpaid(portfolio: Portfolio, client_id: str) -> float | None:
    bills = overdue_bills(portfolio)
    owed = bills.loc[bills["client_id"] == client_id, "amount"]
    return float(owed.sum()) if owed.notna().any() else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
