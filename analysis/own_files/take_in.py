"""What filled call lists say goes into the notebook, once however often they are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analysis.book import Book
from analysis.names import fingerprint
from analysis.notebook import Notebook, Outcome
from analysis.own_files.filled_list import FilledList, FilledRow
from analysis.own_files.loose_words import offer_said, outcome_said

Fault = Literal["unknown_word", "unknown_client", "bad_date", "no_outcome", "unknown_offer"]

#: A row without a date, given again, is the same call if one like it was noted in so many days before.
_SAME_CALL_DAYS = 45


@dataclass(frozen=True)
class FaultyRow:
    """A row that was not (or not wholly) understood, with the text that was not."""

    file: str
    row: int
    fault: Fault
    client: str
    text: str


@dataclass(frozen=True)
class TakenIn:
    """The notebook with the lists in it: `added` outcomes, `known` ones that stood there already."""

    notebook: Notebook
    added: int = 0
    known: int = 0
    faults: tuple[FaultyRow, ...] = ()


class People:
    """The clients of an export, found by id, by a number whose zeros a spreadsheet ate, or by name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.ids = frozenset(names)
        self._by_number = _alone((client_id.lstrip("0"), client_id) for client_id in names)
        self._by_name = _alone((fingerprint(name), client_id) for client_id, name in names.items() if name)

    @classmethod
    def of(cls, book: Book) -> People:
        """All clients of a Book, those without a visit too."""
        people = pd.concat(
            [book.table("clients")[["client_id", "client_name"]], book.sales[["client_id", "client_name"]]]
        )
        told = people.dropna(subset="client_id").drop_duplicates(["client_id", "client_name"])
        named = told.sort_values("client_name", na_position="last", kind="stable").drop_duplicates(
            "client_id"
        )
        return cls(
            dict(
                zip(named["client_id"].astype(str), named["client_name"].fillna("").astype(str), strict=True)
            )
        )

    def find(self, client_id: str, name: str) -> str | None:
        """Whom a row is about: by id where there is one, by name where there is none."""
        if client_id in self.ids:
            return client_id
        whole = client_id.removesuffix(".0").removeprefix("'")
        if whole in self.ids:
            return whole
        by_number = self._by_number.get(whole.lstrip("0")) if whole.isdecimal() else None
        return by_number or self._by_name.get(fingerprint(name))


def take_in(notebook: Notebook, lists: Sequence[FilledList], people: People, today: dt.date) -> TakenIn:
    """The notebook with the outcomes of the lists; those without a date, or with one to come, are of `today`."""
    outcomes = list(notebook.outcomes)
    faults: list[FaultyRow] = []
    known = 0
    for filled in lists:
        for row in filled.rows:
            outcome = _outcome(filled.file, row, people, today, faults)
            if outcome is None:
                continue
            if _stands_there(outcome, outcomes, dated=row.on is not None and row.on <= today):
                known += 1
            else:
                outcomes.append(outcome)
    outcomes.sort(key=lambda one: one.on)
    added = len(outcomes) - len(notebook.outcomes)
    changed = replace(notebook, outcomes=tuple(outcomes)) if added else notebook
    return TakenIn(changed, added, known, tuple(faults))


def clients_of(notebook: Notebook) -> frozenset[str]:
    """Whom the notebook says anything of."""
    return frozenset(
        {
            *notebook.own_scores,
            *notebook.red_flags,
            *notebook.letters,
            *(one.client_id for one in notebook.outcomes),
            *(one.client_id for one in notebook.problems),
        }
    )


def _outcome(
    file: str, row: FilledRow, people: People, today: dt.date, faults: list[FaultyRow]
) -> Outcome | None:
    """The outcome of a row, None where it says none of anybody known; what is amiss goes to `faults`."""
    who = row.client_name or row.client_id

    def amiss(fault: Fault, text: str) -> None:
        faults.append(FaultyRow(file, row.row, fault, who, text))

    client_id = people.find(row.client_id, row.client_name)
    said = outcome_said(row.outcome) if row.outcome else None
    offer = offer_said(row.offer) if row.offer else None
    if row.bad_date or (row.on is not None and row.on > today):
        amiss("bad_date", row.bad_date or str(row.on))
    if row.offer and offer is None:
        amiss("unknown_offer", row.offer)
    if client_id is None:
        amiss("unknown_client", who)
    elif not row.outcome:
        amiss("no_outcome", row.note or row.offer)
    elif said is None:
        amiss("unknown_word", row.outcome)
    if client_id is None or said is None:
        return None
    on = min(row.on or today, today)
    until = on + dt.timedelta(days=said.days) if said.days else None
    return Outcome(client_id, on, said.code, row.note, offer=offer, until=until)


def _stands_there(new: Outcome, outcomes: Iterable[Outcome], *, dated: bool) -> bool:
    """Whether the same call was noted before."""
    alike = (
        one
        for one in outcomes
        if (one.client_id, one.code) == (new.client_id, new.code) and new.note in {"", one.note}
    )
    if dated:
        return any(one.on == new.on for one in alike)
    return any(abs((new.on - one.on).days) <= _SAME_CALL_DAYS for one in alike)


def _alone(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose key is nobody else's."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for key, client_id in pairs:
        if not key or (key in found and found[key] != client_id):
            shared.add(key)
        found[key] = client_id
    return {key: client_id for key, client_id in found.items() if key not in shared}
