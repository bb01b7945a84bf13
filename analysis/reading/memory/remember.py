"""What the owner said of an upload noted down for the next one of its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis.reading.corrections import ColumnKey, Corrections, SheetKey
from analysis.reading.decisions import tokens_of
from analysis.reading.layout.body import Body
from analysis.reading.memory.mappings import (
    ColumnWord,
    Mappings,
    Place,
    SheetMapping,
    fingerprint_of,
    name_of,
    places_of,
)


def remember(
    mappings: Mappings, bodies: Sequence[Body], corrections: Corrections, today: dt.date
) -> Mappings:
    """The mappings with all sheets of an upload noted as the owner has them now.

    A sheet of which nothing was said is noted as well: next to one of the same headers, of which something was, it is
    told apart by its name. Sheets of one kind (a month each) are noted as one, their words together.
    """
    new: dict[tuple[str, str], SheetMapping] = {}
    for body in bodies:
        headers = fingerprint_of(body)
        if not headers:
            continue
        key = headers, name_of(body)
        sheet = SheetKey(body.file, body.sheet)
        before = new.get(key)
        columns = {**(before.columns if before else {}), **_words(body, corrections)}
        said = sheet in corrections.roles
        role = corrections.roles.get(sheet)
        if before and before.says_role and not said:
            said, role = True, before.role
        new[key] = SheetMapping(*key, today, today, columns, role, said, corrections.currency)
    return mappings.with_sheets(new.values())


def remember_decisions(
    mappings: Mappings, corrections: Corrections, before: Corrections | None = None
) -> Mappings:
    """The mappings with what was decided of clients who look alike; what stood in `before` alone was taken back."""
    now = tokens_of(corrections, mappings.secret)
    then = tokens_of(before, mappings.secret) if before else {}
    return mappings.with_decisions(now, then.keys() - now.keys())


def _words(body: Body, corrections: Corrections) -> dict[Place, ColumnWord]:
    """What was said of a sheet's columns, by their headers."""
    words = {}
    for column, place in zip(body.columns, places_of(body.columns), strict=True):
        key = ColumnKey(body.file, body.sheet, column.header, column.position)
        word = ColumnWord(
            corrections.fields.get(key),
            key in corrections.fields,
            corrections.date_orders.get(key),
            corrections.decimals.get(key),
        )
        if word:
            words[place] = word
    return words
