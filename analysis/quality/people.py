"""Untidiness about people: who cannot be reached, who stands there twice, whose birthday cannot be, who has no name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.book import Book
from analysis.quality.checks import CheckCode, Finding, listed, rows_at
from analysis.reading.values.contacts import is_nothing, mail_address, phone_fault, phone_number

#: Where this share of phones has one number of figures, one with fewer or more (and no country in front) lacks some.
_MOSTLY = 0.8
_FEW_PHONES = 10
_OLDEST = 110  # years


def reach(book: Book) -> Iterator[Finding | CheckCode]:
    """Clients without a phone and without a mail, and phones and mails that cannot be; the codes of what is unknown."""
    everyone = _everyone(book)
    checks: tuple[tuple[str, CheckCode, CheckCode], ...] = (
        ("phone", "no_phone", "bad_phone"),
        ("email", "no_email", "bad_email"),
    )
    for column, missing_code, bad_code in checks:
        if not book.knows("clients", column):
            yield missing_code
            yield bad_code
            continue
        clients = book.table("clients")
        says = clients[column].notna() & ~clients[column].fillna("").map(is_nothing)
        having = set(clients.loc[says, "client_id"])
        missing = everyone[~everyone["client_id"].isin(having)]
        yield Finding(missing_code, len(missing), len(everyone), _rows_of_clients(book, missing))
        texts = clients.loc[says, column]
        bad = _bad_phones(texts) if column == "phone" else texts[texts.map(mail_address) == ""]
        yield Finding(
            bad_code,
            len(bad),
            len(texts),
            rows_at(book, "clients", clients.index.get_indexer(bad.index), bad),
        )


def twice(book: Book) -> Iterator[Finding | CheckCode]:
    """Pairs of clients who look like one, the owner not having said; ids that go with clearly different names."""
    everyone = _everyone(book).set_index("client_id")
    pairs = [
        found
        for found in book.suggestions
        if found.decided is None and all(one.code != "other_words" for one in found.apart)
    ]
    keys = [key for found in pairs for key in (found.first.client_id, found.second.client_id)]
    standing = everyone.reindex(pd.Index(keys, dtype=object)).reset_index(names="client_id")
    yield Finding("duplicates", len(pairs), len(everyone), _rows_of_clients(book, standing))
    shared = [notice for notice in book.notices if notice.code == "shared_ids"]
    rows = [
        (notice.file, notice.sheet, int(row), ", ".join(map(str, notice.values["names"])))  # type: ignore[call-overload]
        for notice in shared
        for row in notice.values["rows"]  # type: ignore[attr-defined]
    ]
    lines = sum(int(str(notice.values["n"])) for notice in shared)
    yield Finding("ids_with_names", lines, max(len(book.sales), 1), listed(rows))


def walk_ins(book: Book) -> Iterator[Finding | CheckCode]:
    """Completed lines to nobody in particular, and the part of the money they bring."""
    sales = book.sales
    done = (sales["status"] == "completed").to_numpy()
    nobody = done & sales["client_id"].isna().to_numpy()
    amounts = sales["amount"].fillna(0.0).to_numpy()
    money = float(amounts[done].sum())
    share_of_money = float(amounts[nobody].sum() / money) if money > 0 else 0.0
    of = int(done.sum())
    n = int(nobody.sum())
    index = np.flatnonzero(nobody)
    yield Finding(
        "walk_ins",
        n,
        of,
        rows_at(book, "sales", index, _amount_texts(sales, index)),
        {"money_share": share_of_money},
        share=max(n / max(of, 1), share_of_money),
    )


def birthdays(book: Book, today: dt.date) -> Iterator[Finding | CheckCode]:
    """Birthdays still to come, of more than 110 years ago, or that are no day at all."""
    if not book.knows("clients", "birthday") and not (book.unread["field"] == "birthday").any():
        yield "birthdays"
        return
    clients = book.table("clients")
    born = clients["birthday"]
    oldest = pd.Timestamp(today) - pd.DateOffset(years=_OLDEST)
    wrong = np.flatnonzero(((born > pd.Timestamp(today)) | (born < oldest)).to_numpy())
    unread = book.unread[book.unread["field"] == "birthday"]
    rows = pd.concat(
        [
            rows_at(book, "clients", wrong, born.iloc[wrong].dt.strftime("%Y-%m-%d")),
            listed(list(unread[["file", "sheet", "row", "text"]].itertuples(index=False, name=None))),
        ],
        ignore_index=True,
    )
    yield Finding("birthdays", len(wrong) + len(unread), int(born.notna().sum()) + len(unread), rows)


def _everyone(book: Book) -> pd.DataFrame:
    """Every client once, with a row of theirs: `client_id`, `client_name`, `table`, `index`."""
    parts = []
    for name in ("clients", "sales"):
        table = book.table(name)
        first = table.loc[
            table["client_id"].notna() & ~table["client_id"].duplicated(), ["client_id", "client_name"]
        ]
        parts.append(first.assign(table=name, index=table.index.get_indexer(first.index)))
    return pd.concat(parts, ignore_index=True).drop_duplicates("client_id", ignore_index=True)


def _rows_of_clients(book: Book, clients: pd.DataFrame) -> pd.DataFrame:
    """Where these clients (rows of `_everyone`) stand, with their names."""
    parts = []
    for name in ("clients", "sales"):
        some = clients[clients["table"] == name]
        texts = some["client_name"].fillna(some["client_id"])
        parts.append(rows_at(book, name, some["index"].to_numpy(dtype=np.int64), texts).set_index(some.index))
    return pd.concat(parts).sort_index().reset_index(drop=True)


def _bad_phones(texts: pd.Series) -> pd.Series:
    """Phones with letters, too few figures, fillers, or a length unlike nearly all others'."""
    faulty = texts.map(phone_fault) != ""
    numbers = texts.map(phone_number)
    lengths = Counter(len(number) for number in numbers[~faulty])
    if sum(lengths.values()) >= _FEW_PHONES:
        usual, count = lengths.most_common(1)[0]
        if count >= _MOSTLY * sum(lengths.values()):
            abroad = texts.str.match(r"^[\s(]*(\+|00)")
            faulty |= (numbers.str.len() != usual) & ~abroad
    return texts[faulty]


def _amount_texts(sales: pd.DataFrame, index: np.ndarray) -> list[str]:
    """What was sold and for how much."""
    some = sales.iloc[index]
    services = some["service"].fillna("")
    amounts = ["" if pd.isna(amount) else f"{amount:.10g}" for amount in some["amount"]]
    return [" · ".join(filter(None, pair)) for pair in zip(services, amounts, strict=True)]
