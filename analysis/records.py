"""What stands in the export beside visits, of the clients who have come: problems, bills, contacts, promises.

Everything is as it was known at the end of `as_of`: what happens later has not happened yet, but for what is already in
the book (appointments, bills that fall due).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis import schema
from analysis.arrays import as_dates
from analysis.book import Book
from analysis.events import is_answer, referrers
from analysis.visits import Visits

Channel = Literal["call", "whatsapp", "sms", "email", "visit", "social", "letter", "other"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)

#: Words that tell a channel, in both languages; the first that is found in a text counts.
_CHANNEL_WORDS: tuple[tuple[Channel, str], ...] = (
    ("whatsapp", r"whats|wsp|wpp|\bwa\b"),
    ("sms", r"\bsms\b|\btext"),
    ("email", r"mail|correo"),
    ("social", r"insta|facebook|messenger|tiktok|redes|telegram"),
    ("letter", r"carta|letter|\bpost\b|postal"),
    ("call", r"llama|tel[eé]f|\btel\b|phone|call|\bfono|m[oó]vil|celular|\bring"),
    ("visit", r"visit|presencial|in person|en persona|tienda|local\b|shop"),
)
_COMING = ("booked",)


@dataclass(frozen=True)
class Records:
    """The export's rows by client. Frames are described in `analysis.schema`; empty where the export has none."""

    problems: pd.DataFrame  # schema.PROBLEMS
    payments: pd.DataFrame  # schema.PAYMENTS
    contacts: pd.DataFrame  # schema.CONTACTS
    appointments: pd.DataFrame  # schema.APPOINTMENTS
    discounts: pd.DataFrame  # schema.DISCOUNTS
    deliveries: pd.DataFrame  # schema.DELIVERIES
    referrals: pd.DataFrame  # schema.REFERRALS
    services: pd.DataFrame  # schema.SERVICE_VISITS
    left: pd.Series  # the day each client said goodbye, by client_id; only those who did
    joined: pd.Series  # the day each became a client, by client_id; only those of whom it is said
    walk_ins: pd.DataFrame  # schema.WALK_INS
    staff_days: pd.DataFrame  # staff, date: the days each seller has a line of anybody's, walk-ins too


def records(book: Book, seen: Visits) -> Records:
    """The Book's rows beside visits, of the clients of `seen`, as known at the end of its `as_of`."""
    today = pd.Timestamp(seen.as_of)

    def of(table: str, day: str) -> pd.DataFrame:
        rows = book.table(table)
        return rows[rows["client_id"].isin(seen.client_id) & rows[day].notna()]

    return Records(
        problems=_problems(of("problems", "opened"), today),
        payments=_payments(of("payments", "due"), today),
        contacts=_contacts(of("contacts", "date"), today),
        appointments=_appointments(of("sales", "date"), today),
        discounts=_discounts(of("sales", "date"), today),
        deliveries=_deliveries(book, seen, today),
        referrals=_referrals(book, seen),
        services=_services(seen),
        left=_told_days(book, seen, today, "left"),
        joined=_told_days(book, seen, today, "joined"),
        walk_ins=_walk_ins(book.sales, today),
        staff_days=_staff_days(seen),
    )


def channel_of(text: str) -> Channel:
    """What a text such as "Llamada de teléfono" or "Whats App" says of how somebody was reached."""
    plain = text.casefold()
    return next((channel for channel, words in _CHANNEL_WORDS if re.search(words, plain)), "other")


def _in_order(rows: pd.DataFrame, columns: Sequence[str], first: str) -> pd.DataFrame:
    """These columns by the `first` and then by all others: the order of the export's rows changes nothing."""
    order = [first, *(column for column in columns if column != first)]
    return rows[list(columns)].sort_values(order, kind="stable", ignore_index=True)


def _problems(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    rows = rows[rows["opened"] <= today]
    closed = rows["closed"].where(rows["closed"] <= today)
    solved = rows["solved"].mask(closed.isna() & rows["closed"].notna())
    # A row that says "solved: yes" and no day of it is closed all the same; one that says "no" may be either.
    settled = closed.notna() | solved.fillna(value=False).astype(bool)
    state = np.select(
        [~settled, solved.fillna(value=True).astype(bool).to_numpy()], ["open", "solved"], "badly_solved"
    )
    texts = {name: rows[name].fillna("").astype(object) for name in ("kind", "staff", "detail")}
    found = rows.assign(closed=closed, solved=solved, state=state, note=False, **texts)
    return _in_order(found, schema.PROBLEMS, "opened")


def _payments(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    return _in_order(rows.assign(paid=rows["paid"].where(rows["paid"] <= today)), schema.PAYMENTS, "due")


def _contacts(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    rows = rows[rows["date"] <= today]
    codes, texts = pd.factorize(rows["channel"].fillna(""))
    channels = np.array([channel_of(str(text)) if text else "" for text in texts], dtype=object)
    found = rows.assign(
        channel=channels[codes] if len(rows) else rows["channel"].astype(object),
        answered=is_answer(rows["outcome"]),
        **{name: rows[name].fillna("").astype(object) for name in ("outcome", "staff")},
    )
    return _in_order(found, schema.CONTACTS, "date")


def _appointments(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """What is no visit: cancelled, missed and refunded up to today, and booked from tomorrow on."""
    past = rows["date"] <= today
    coming = rows["status"].isin(_COMING)
    kept = rows[(~coming & (rows["status"] != "completed") & past) | (coming & ~past)]
    texts = {name: kept[name].fillna("").astype(object) for name in ("service", "staff")}
    found = kept.assign(status=kept["status"].astype(object), **texts)
    return _in_order(found, schema.APPOINTMENTS, "date")


def _discounts(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Lines of visits with something taken off."""
    made = (rows["status"] == "completed") & (rows["date"] <= today)
    return _in_order(rows[made & (rows["discount"] > 0)], schema.DISCOUNTS, "date")


def _deliveries(book: Book, seen: Visits, today: pd.Timestamp) -> pd.DataFrame:
    """Lines with a day promised or a day of delivery."""
    sales = book.sales
    told = sales[sales["promised"].notna() | sales["delivered"].notna()]
    told = told[told["client_id"].isin(seen.client_id) & (told["date"] <= today)]
    told = told[told["status"] == "completed"]
    texts = {name: told[name].fillna("").astype(object) for name in ("service", "staff")}
    found = told.assign(delivered=told["delivered"].where(told["delivered"] <= today), **texts)
    return _in_order(found, schema.DELIVERIES, "promised")


def _referrals(book: Book, seen: Visits) -> pd.DataFrame:
    """Who or what brought each client, of those of whom it is said."""
    told = referrers(book)
    told = told[told["client_id"].isin(seen.client_id)]
    source = told["referred_by"].astype(object).where(told["referrer_id"] == "", "")
    return _in_order(told.assign(source=source), schema.REFERRALS, "client_id")


def _services(seen: Visits) -> pd.DataFrame:
    """Once each client, day and service (of those that make up the shop)."""
    rows = seen.streams
    return pd.DataFrame(
        {
            "client_id": seen.client_id[rows["client"].to_numpy(dtype=np.int64)],
            "date": rows["day"].to_numpy(dtype=np.int64).astype("datetime64[D]").astype("datetime64[s]"),
            **{name: rows[name] for name in ("service", "subject", "staff", "amount")},
        }
    )


def _staff_days(seen: Visits) -> pd.DataFrame:
    days = seen.staff_days.sort_values(["day", "staff"], ignore_index=True)
    return pd.DataFrame({"staff": days["staff"].astype(object), "date": as_dates(days["day"])})


def _told_days(book: Book, seen: Visits, today: pd.Timestamp, column: str) -> pd.Series:
    clients = book.table("clients")
    told = clients[(clients[column] <= today) & clients["client_id"].isin(seen.client_id)]
    return told.set_index("client_id")[column].sort_index()


def _walk_ins(sales: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    rows = sales[sales["client_id"].isna() & (sales["status"] == "completed") & (sales["date"] <= today)]
    texts = {name: rows[name].fillna("").astype(object) for name in ("service", "staff")}
    return _in_order(rows.assign(**texts), schema.WALK_INS, "date")
