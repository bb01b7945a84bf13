"""Dated rows of the Book's smaller tables, by client number: what else happened between visits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd

from analysis.arrays import Array, Bools, Ints, as_days
from analysis.book import Book
from analysis.names import fingerprint
from analysis.visits import Visits

#: Words of an outcome that mean the client could not be reached, in both languages.
NOT_ANSWERED = "no contest|sin respuesta|no respond|no answer|voicemail|buz|unreach|ilocaliz|no cog"


@dataclass(frozen=True)
class OfClients:
    """Rows by the number of the client each is of; what is known of them, add the kinds of rows as further arrays."""

    client: Ints

    def only(self, number: Ints) -> Self:
        """The rows of some clients; `number[i]` is client i's new number, negative for those left out."""
        kept = number[self.client] >= 0
        columns = {name: column[kept] for name, column in vars(self).items()}
        return replace(self, **{**columns, "client": number[columns["client"]]})


@dataclass(frozen=True)
class Dated(OfClients):
    """Things that happened to a client on a day (days since 1970)."""

    day: Array


@dataclass(frozen=True)
class Problems(OfClients):
    """What went wrong for a client, and what became of it."""

    opened: Array
    closed: Array  # NaN while open
    solved: Array  # 1, or 0 if closed badly; NaN if not said


@dataclass(frozen=True)
class Payments(OfClients):
    """Bills of a client."""

    due: Array
    paid: Array  # NaN while unpaid


@dataclass(frozen=True)
class Contacts(OfClients):
    """Calls, mails and messages to a client."""

    day: Array
    answered: Bools


@dataclass(frozen=True)
class Ratings(OfClients):
    """In order of client and day."""

    day: Array
    rating: Array  # 0-10


@dataclass(frozen=True)
class Events:
    """What happened, all of it; rows of people who never came are left out.

    `known` says which of these the export can tell at all: "status" (no-shows, cancellations, refunds), "problems",
    "payments", "contacts", "rating", "referrals". What it cannot tell is unknown, not absent.
    """

    no_shows: Dated
    cancellations: Dated
    refunds: Dated
    problems: Problems
    payments: Payments
    contacts: Contacts
    ratings: Ratings
    referrals: Dated  # who referred, on the first visit of the one they brought
    known: frozenset[str]

    def only(self, number: Ints) -> Events:
        """What happened to some clients; `number` as in `OfClients.only`."""
        return Events(
            no_shows=self.no_shows.only(number),
            cancellations=self.cancellations.only(number),
            refunds=self.refunds.only(number),
            problems=self.problems.only(number),
            payments=self.payments.only(number),
            contacts=self.contacts.only(number),
            ratings=self.ratings.only(number),
            referrals=self.referrals.only(number),
            known=self.known,
        )


def events(book: Book, seen: Visits) -> Events:
    """The Book's events keyed by client number."""
    number = pd.Series(np.arange(seen.clients), index=seen.client_id)

    def of(table: str, needed: str) -> tuple[pd.DataFrame, Ints]:
        rows = book.table(table)
        client = rows["client_id"].map(number)
        kept = (client.notna() & rows[needed].notna()).to_numpy()
        return rows[kept], client.to_numpy(dtype=float)[kept].astype(np.int64)

    def by_status(status: str) -> Dated:
        rows = seen.events[seen.events["status"] == status]
        return Dated(rows["client"].to_numpy(), rows["day"].to_numpy(dtype=float))

    problems, problem_client = of("problems", "opened")
    payments, payment_client = of("payments", "due")
    contacts, contact_client = of("contacts", "date")
    solved = problems["solved"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    return Events(
        no_shows=by_status("no_show"),
        cancellations=by_status("cancelled"),
        refunds=by_status("refund"),
        problems=Problems(
            problem_client, as_days(problems["opened"]), as_days(problems["closed"]), np.asarray(solved)
        ),
        payments=Payments(payment_client, as_days(payments["due"]), as_days(payments["paid"])),
        contacts=Contacts(contact_client, as_days(contacts["date"]), is_answer(contacts["outcome"])),
        ratings=_ratings(book, number),
        referrals=_referrals(book, seen, number),
        known=_known(book),
    )


def _known(book: Book) -> frozenset[str]:
    known = {name for name in ("problems", "contacts") if book.known.get(name)}
    # Bills with the day they were due and no word of whether they were paid tell nothing of who pays.
    known |= {"payments"} if book.knows("payments", "due") and book.knows("payments", "paid") else set()
    known |= {name for name in ("status", "rating") if book.knows("sales", name)}
    known |= {"referrals"} if book.knows("clients", "referred_by") else set()
    return frozenset(known)


def is_answer(outcome: pd.Series) -> Bools:
    """Whether each outcome of a contact says that the client was reached; an empty one says nothing."""
    text = outcome.fillna("").str.lower()
    return ((text != "") & ~text.str.contains(NOT_ANSWERED, regex=True)).to_numpy(dtype=bool)


def _ratings(book: Book, number: pd.Series) -> Ratings:
    sales = book.sales
    rated = sales[sales["rating"].notna() & sales["date"].notna()]
    client = rated["client_id"].map(number).to_numpy(dtype=float)
    day, rating = as_days(rated["date"]), rated["rating"].to_numpy(dtype=float)
    order = np.lexsort((rating, day, client))
    order = order[~np.isnan(client[order])]
    return Ratings(client[order].astype(np.int64), day[order], rating[order])


def _referrals(book: Book, seen: Visits, number: pd.Series) -> Dated:
    """Who brought whom, on the first visit of whom they brought."""
    told = referrers(book)
    first = seen.table["day"].to_numpy()[seen.first_row]
    who = told["referrer_id"].map(number).to_numpy(dtype=float)
    brought = told["client_id"].map(number).to_numpy(dtype=float)
    kept = ~np.isnan(who) & ~np.isnan(brought)
    return Dated(who[kept].astype(np.int64), first[brought[kept].astype(np.int64)].astype(float))


def referrers(book: Book) -> pd.DataFrame:
    """client_id, referred_by (as written) and referrer_id of those of whom it is said who or what brought them.

    A client is named by their id or their name, on the clients' table or on their sales alone; "" where no client is.
    """
    clients = book.table("clients")
    told = clients.loc[clients["referred_by"].notna(), ["client_id", "referred_by"]]
    if told.empty:
        return told.assign(referrer_id="")
    # The clients' table comes last: its names go before those of sales.
    everyone = pd.concat([table[["client_id", "client_name"]] for table in (book.sales, clients)])
    named = everyone.dropna().drop_duplicates()
    by_name = dict(zip(named["client_name"].map(fingerprint), named["client_id"], strict=True))
    known = set(everyone["client_id"].dropna())
    said = told["referred_by"].astype(object)
    return told.assign(referrer_id=[by if by in known else by_name.get(fingerprint(by), "") for by in said])
