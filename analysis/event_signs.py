"""What is known of each client on a day beside their visits: no-shows, problems, bills, ratings, referrals..."""

from __future__ import annotations

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.events import Dated, Events, Payments, Problems, Ratings

RECENT_DAYS = 182  # a no-show or a cancellation of half a year ago still says something
YEAR_DAYS = 365
UNPAID_DAYS = 30  # a bill is late from here on


def event_signs(happened: Events, day: int, n: int) -> dict[str, Array]:
    """Columns for `n` clients with what was known at the end of `day`; NaN where the export cannot tell."""
    told = happened.known
    return {
        **_dated("no_shows", happened.no_shows, day, RECENT_DAYS, n, told="status" in told),
        **_dated("cancellations", happened.cancellations, day, RECENT_DAYS, n, told="status" in told),
        **_dated("refunds", happened.refunds, day, YEAR_DAYS, n, told="status" in told),
        **_problems(happened.problems, day, n, told="problems" in told),
        **_payments(happened.payments, day, n, told="payments" in told),
        **_ratings(happened.ratings, day, n),
        **_referrals(happened.referrals, day, n, told="referrals" in told),
        **_contacts(happened, day, n, told="contacts" in told),
    }


def _dated(name: str, of: Dated, day: int, span: int, n: int, *, told: bool) -> dict[str, Array]:
    recent = (of.day <= day) & (of.day > day - span)
    return {
        # Rows that are there tell of themselves: a refund needs no status column.
        name: _count(of.client, recent, n, told=told or len(of.client) > 0),
        f"{name}_last_day": _latest(of.client, of.day, recent, n),
    }


def _problems(of: Problems, day: int, n: int, *, told: bool) -> dict[str, Array]:
    closed = of.closed <= day
    still = (of.opened <= day) & ~closed
    badly = closed & (of.closed > day - YEAR_DAYS) & (of.solved == 0)
    return {
        "problems_open": _count(of.client, still, n, told=told),
        "problem_open_days": day + _latest(of.client, -of.opened, still, n),  # of the oldest
        "problems_bad": _count(of.client, badly, n, told=told),
        "problem_bad_last_day": _latest(of.client, of.closed, badly, n),
    }


def _payments(of: Payments, day: int, n: int, *, told: bool) -> dict[str, Array]:
    paid = of.paid <= day
    settled = (of.due <= day) & paid
    late = (of.due < day - UNPAID_DAYS) & ~paid
    bills = _count(of.client, settled, n)
    on_time = _count(of.client, settled & (of.paid <= of.due + UNPAID_DAYS), n)
    return {
        "payments": bills,
        "paid_on_time_share": np.where(bills > 0, on_time / np.maximum(bills, 1), np.nan),
        "unpaid": _count(of.client, late, n, told=told),
        "unpaid_days": day + _latest(of.client, -of.due, late, n),  # of the oldest
    }


def _ratings(of: Ratings, day: int, n: int) -> dict[str, Array]:
    past = of.day <= day
    rating, when = np.full(n, np.nan), np.full(n, np.nan)
    rating[of.client[past]] = of.rating[past]  # sorted by day: the last assignment wins
    when[of.client[past]] = of.day[past]
    return {"rating": rating, "rating_day": when}


def _referrals(of: Dated, day: int, n: int, *, told: bool) -> dict[str, Array]:
    return {"referrals": _count(of.client, of.day <= day, n, told=told)}


def _contacts(happened: Events, day: int, n: int, *, told: bool) -> dict[str, Array]:
    """Answers of the last year, and every word between client and business that was no visit."""
    of = happened.contacts
    recent = (of.day <= day) & (of.day > day - YEAR_DAYS)
    words = (of, happened.no_shows, happened.cancellations)
    client = np.concatenate([*(each.client for each in words), happened.problems.client])
    when = np.concatenate([*(each.day for each in words), happened.problems.opened])
    past = when <= day
    return {
        "contacts_answered": _count(of.client, recent & of.answered, n, told=told),
        "contacts": _count(client, past, n, told=told),
        "contact_last_day": _latest(client, when, past, n),
    }


def _count(client: Ints, where: Bools, n: int, *, told: bool = True) -> Array:
    """How many of each client, NaN if the export cannot tell."""
    return np.bincount(client[where], minlength=n).astype(float) if told else np.full(n, np.nan)


def _latest(client: Ints, day: Array, where: Bools, n: int) -> Array:
    """The latest day of each client, NaN where there is none."""
    out = np.full(n, -np.inf)
    np.maximum.at(out, client[where], day[where])
    return np.where(np.isinf(out), np.nan, out)
