"""Why each client stands where they stand: reasons, in the client's own facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.early_signals import EarlySignals
from analysis.early_signals.features import RHYTHM_FEATURES, SILENT_CONTACTS, contact_silence
from analysis.reasons import Reason, ReasonCode

TREND = 1.35  # gaps this much longer, or tickets this much smaller, than before are a trend worth a sentence
LOW_RATING = 6.0
#: Told whatever the model makes of them: they want something done.
TROUBLE = {"problem_open", "problem_badly_solved", "payment_late", "staff_left", "low_rating"}


def reasons(
    clients: pd.DataFrame, signs: pd.DataFrame, months: list[tuple[int, ...]], early: EarlySignals
) -> list[tuple[Reason, ...]]:
    """Each client's reasons, most important first; every one is a fact of the client's own.

    `clients` has the columns computed so far (state, interval_*, p_no_visit...), aligned with `signs`; `months` are the
    calendar months of each client's visits (for the seasonal). Where they stand in their rhythm comes first, then each
    sign of trouble. For whoever is flagged the signs come in the order of what they add to the alarm (the model's own
    contributions), and a habit that makes leaving less likely is no reason for it.
    """
    heads = _rhythm_reasons(clients, months)
    facts = _sign_reasons(signs)
    found = [(head, *said) for head, said in zip(heads, facts, strict=True)]
    added = early.contributions.reindex(range(len(clients)), fill_value=0.0)
    of_rhythm = added[list(RHYTHM_FEATURES)].sum(axis=1).to_numpy()
    codes, weights = tuple(added.columns), added.to_numpy()
    late = (clients["state"] == "late").to_numpy()
    p = clients["p_no_visit"].to_numpy(dtype=float)
    for place in np.flatnonzero(clients["flagged"].to_numpy(dtype=bool)):
        weight = dict(zip(codes, weights[place], strict=True))
        spoken = [fact for fact in facts[place] if fact.code in TROUBLE or weight[fact.code] >= 0]
        spoken.sort(key=lambda fact: -weight[fact.code])
        if late[place]:
            found[place] = (heads[place], *spoken)
        else:
            signal = Reason("early_signal", {"p": float(p[place]), "typical": early.base_rate})
            stronger = sum(weight[fact.code] > of_rhythm[place] for fact in spoken)
            found[place] = _early(heads[place], signal, spoken[:stronger], spoken[stronger:])
    return found


def _early(head: Reason, signal: Reason, stronger: list[Reason], weaker: list[Reason]) -> tuple[Reason, ...]:
    """Of who is flagged before being late: the signs that weigh more than the rhythm, what it says, then the others.

    That a client is in their rhythm is true and no reason to call: it comes last.
    """
    if head.code == "on_rhythm":
        return (*stronger, signal, *weaker, head)
    return (*stronger, head, signal, *weaker)


def _sign_reasons(signs: pd.DataFrame) -> list[list[Reason]]:
    """The signs of trouble of each client, the gravest first."""
    found = _Found(signs, [[] for _ in range(len(signs))])
    _add_trouble(found, signs)
    _add_visits_that_were_not(found, signs)
    _add_trends(found, signs)
    return found.reasons


@dataclass(frozen=True)
class _Found:
    """The reasons found so far, a list a client, and the facts that a reason states, by the place of the client."""

    signs: pd.DataFrame
    reasons: list[list[Reason]]

    def add(self, code: ReasonCode, where: pd.Series[bool], **facts: Callable[[int], object]) -> None:
        for place in np.flatnonzero(where.to_numpy(dtype=bool)):
            values = {name: fact(int(place)) for name, fact in facts.items()}
            self.reasons[place].append(Reason(code, values))

    def whole(self, name: str) -> Callable[[int], int]:
        column = self.signs[name].to_numpy(dtype=float)
        return lambda place: int(column[place])

    def number(self, name: str) -> Callable[[int], float]:
        column = self.signs[name].to_numpy(dtype=float)
        return lambda place: float(column[place])

    def date(self, name: str) -> Callable[[int], dt.date]:
        column = self.signs[name].to_numpy(dtype=float)
        return lambda place: _date(column[place])

    def text(self, name: str) -> Callable[[int], str]:
        column = self.signs[name]
        return lambda place: str(column.iloc[place])


def _add_trouble(to: _Found, signs: pd.DataFrame) -> None:
    """What wants something done, whatever the model makes of it (`TROUBLE`)."""
    whole, date = to.whole, to.date
    open_for = {"count": whole("problems_open"), "days": whole("problem_open_days")}
    to.add("problem_open", signs["problems_open"] > 0, **open_for)
    to.add("problem_badly_solved", signs["problems_bad"] > 0, last=date("problem_bad_last_day"))
    to.add("payment_late", signs["unpaid"] > 0, count=whole("unpaid"), days=whole("unpaid_days"))
    left = signs["staff_left_day"]
    to.add("staff_left", left.notna(), staff=to.text("staff"), last=date("staff_left_day"))
    to.add("low_rating", signs["rating"] <= LOW_RATING, rating=to.number("rating"), last=date("rating_day"))


def _add_visits_that_were_not(to: _Found, signs: pd.DataFrame) -> None:
    """No-shows, cancellations, refunds, and a service they used to take."""
    codes: dict[str, ReasonCode] = {"no_shows": "no_show", "cancellations": "cancelled", "refunds": "refund"}
    for name, code in codes.items():
        to.add(code, signs[name] > 0, count=to.whole(name), last=to.date(f"{name}_last_day"))
    dropped = signs["dropped_last_day"]
    taken = {"service": to.text("dropped_service"), "last": to.date("dropped_last_day")}
    to.add("service_dropped", dropped.notna(), **taken)


def _add_trends(to: _Found, signs: pd.DataFrame) -> None:
    """Coming more seldom, spending less, and nothing said between them and the shop."""
    number = to.number
    longer = signs["gap_now"] > TREND * signs["gap_before"]
    to.add("gap_trend", longer, before=number("gap_before"), now=number("gap_now"))
    smaller = signs["ticket_now"] * TREND < signs["ticket_before"]
    to.add("ticket_trend", smaller, before=number("ticket_before"), now=number("ticket_now"))
    last_day, called = (signs[name].to_numpy(dtype=float) for name in ("last_day", "contact_last_day"))
    silent = last_day + signs["silence"].to_numpy(dtype=float) - np.fmax(last_day, called)
    nobody_spoke = (signs["contacts"] > 0) & (contact_silence(signs) >= SILENT_CONTACTS)
    to.add("contact_silence", nobody_spoke, days=lambda place: int(silent[place]))


def _date(day: float) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def _rhythm_reasons(clients: pd.DataFrame, months: list[tuple[int, ...]]) -> list[Reason]:
    """One reason a client: what their state says of their own rhythm."""
    out = []
    columns = zip(
        clients["state"],
        clients["recency_days"],
        clients["interval_days"],
        clients["interval_low"],
        clients["interval_high"],
        clients["visits"],
        clients["interval_source"],
        clients["beyond"],
        clients["booked_for"],
        clients["season_due"],
        months,
        strict=True,
    )
    for state, days, usual, low, high, visits, source, beyond, booked, season, when in columns:
        brief = {"days": int(days), "usual": round(usual)}
        span = {**brief, "low": round(low), "high": round(high), "visits": int(visits)}
        if state == "booked":
            out.append(Reason("booked", {"date": booked.date()}))
        elif state in {"due", "late"} and not pd.isna(season):
            out.append(Reason("season_open", {"date": season.date()}))
        elif state == "late":
            out.append(Reason("late", {**span, "beyond": float(beyond), "borrowed": source != "own"}))
        elif state == "lapsed":
            out.append(Reason("lapsed", brief))
        elif state == "seasonal":
            out.append(Reason("seasonal", {"months": when}))
        elif state == "new":
            out.append(Reason("new", {"visits": int(visits)}))
        elif state == "due":
            out.append(Reason("due", span))
        else:
            out.append(Reason("on_rhythm", brief))
    return out
