"""Why each client stands where they stand: reasons, in the client's own facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

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
    found: list[list[Reason]] = [[] for _ in range(len(signs))]

    def add(code: ReasonCode, where: pd.Series[bool], **values: Callable[[int], object]) -> None:
        for place in np.flatnonzero(where.to_numpy(dtype=bool)):
            found[place].append(Reason(code, {name: value(int(place)) for name, value in values.items()}))

    def whole(name: str) -> Callable[[int], object]:
        column = signs[name].to_numpy(dtype=float)
        return lambda place: int(column[place])

    def number(name: str) -> Callable[[int], object]:
        column = signs[name].to_numpy(dtype=float)
        return lambda place: float(column[place])

    def date(name: str) -> Callable[[int], object]:
        column = signs[name].to_numpy(dtype=float)
        return lambda place: _date(column[place])

    def text(name: str) -> Callable[[int], object]:
        column = signs[name]
        return lambda place: str(column.iloc[place])

    add(
        "problem_open",
        signs["problems_open"] > 0,
        count=whole("problems_open"),
        days=whole("problem_open_days"),
    )
    add("problem_badly_solved", signs["problems_bad"] > 0, last=date("problem_bad_last_day"))
    add("payment_late", signs["unpaid"] > 0, count=whole("unpaid"), days=whole("unpaid_days"))
    add("staff_left", signs["staff_left_day"].notna(), staff=text("staff"), last=date("staff_left_day"))
    add("low_rating", signs["rating"] <= LOW_RATING, rating=number("rating"), last=date("rating_day"))
    add("no_show", signs["no_shows"] > 0, count=whole("no_shows"), last=date("no_shows_last_day"))
    add(
        "cancelled",
        signs["cancellations"] > 0,
        count=whole("cancellations"),
        last=date("cancellations_last_day"),
    )
    add("refund", signs["refunds"] > 0, count=whole("refunds"), last=date("refunds_last_day"))
    add(
        "service_dropped",
        signs["dropped_last_day"].notna(),
        service=text("dropped_service"),
        last=date("dropped_last_day"),
    )
    longer, smaller = signs["gap_now"] > TREND * signs["gap_before"], signs["ticket_now"] * TREND
    add("gap_trend", longer, before=number("gap_before"), now=number("gap_now"))
    add(
        "ticket_trend",
        smaller < signs["ticket_before"],
        before=number("ticket_before"),
        now=number("ticket_now"),
    )
    last_day, called = (signs[name].to_numpy(dtype=float) for name in ("last_day", "contact_last_day"))
    silent = last_day + signs["silence"].to_numpy(dtype=float) - np.fmax(last_day, called)
    nobody_spoke = (signs["contacts"] > 0) & (contact_silence(signs) >= SILENT_CONTACTS)
    add("contact_silence", nobody_spoke, days=lambda place: int(silent[place]))
    return found


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
