"""What of an upload only its owner can say, asked with what would follow from each answer.

The order of days and months is asked by `rows.date_orders`; here stand the mark of decimals and which of several
columns is the client, the date or the amount. Nothing is asked that the owner has said already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.book import Question
from analysis.reading.corrections import Corrections, DecimalMark
from analysis.reading.meaning.evidence import SURE, Profile
from analysis.reading.meaning.matching import claims_of
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.lines import Lines
from analysis.reading.values.columns import Column
from analysis.reading.values.numbers import read_numbers
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

_SAMPLES = 3
_MARKS: tuple[DecimalMark, ...] = (",", ".")
_MONEY = ("amount", "net_amount", "unit_price", "paid_amount")
#: Currencies whose everyday prices are in the thousands and have no cents.
_THOUSANDS = frozenset({"ARS", "CLP", "COP", "CRC", "HUF", "IDR", "JPY", "KRW", "PYG", "VES", "VND"})
_WHOLE = r"^[1-9]\d{0,2}$"
_LARGE = r"^[1-9]\d{3,}$"
#: So many plain figures under a thousand, and none above, say that a mark above it groups.
_ENOUGH_PLAIN = 3
#: The fields without which there is nothing, and the money: of these a doubt is told.
_ASKED = ("client_name", "client_id", "date", "amount")
_CLIENT = frozenset({"client_name", "client_id"})
#: A claim by header as good as this rivals the column that was taken.
_RIVAL = 0.95
_MOST_RIVALS = 3
#: Totals nearer to each other than this are the same question with the same answer.
_SAME_TOTAL = 0.005
#: Amounts whose header says that something is missing from them never rival one that does not say so.
_PARTIAL = words(
    "neto", "neta", "net", "sub ?total", "base", "imponible", "sin", "excl*", "untaxed", "before", "antes",
    "descuentos?", "discounts?", "iva", "igv", "tax", "vat", "propinas?", "tips?",
)  # fmt: skip

Account = Sequence[tuple[Understood, Lines | None]]


def doubts(account: Account, corrections: Corrections, currencies: Sequence[str]) -> tuple[Question, ...]:
    """The questions an upload leaves open, those that change most first."""
    read = [(sheet, lines) for sheet, lines in account if lines is not None and len(sheet.body)]
    return (
        *(question for sheet, lines in read for question in _columns(sheet, lines)),
        *(question for sheet, lines in read for question in _marks(sheet, lines, corrections, currencies)),
    )


# --- Which column -----------------------------------------------------------------------------------------


def _columns(sheet: Understood, lines: Lines) -> Iterator[Question]:
    """Where another column may as well be the client, the date or the amount."""
    if lines.role not in {"sales", "bookings"}:
        return
    taken = {match.field: place for place, match in enumerate(sheet.matches) if match.field}
    asked_client = False
    for field in _ASKED:
        place = taken.get(field)
        client = field in _CLIENT
        if place is None or place in sheet.corrected or (client and asked_client):
            continue
        if client and taken.keys() >= _CLIENT:
            continue  # one of them says who the other is
        rivals = _rivals(sheet, field, place)
        if not rivals:
            continue
        asked_client |= client
        column = sheet.body.columns[place]
        yield Question(
            code="column",
            file=sheet.body.file,
            sheet=sheet.body.sheet,
            row=int(sheet.body.rows[column.first_rows[0]]) if len(column.uniques) else 0,
            header=column.header,
            example=_first(column),
            choices=tuple(str(sheet.body.columns[index].position) for index in (place, *rivals)),
            assumed=str(column.position),
            position=column.position,
            taken_for=field,
            consequences={
                str(sheet.body.columns[index].position): _of_column(sheet, lines, field, index)
                for index in (place, *rivals)
            },
        )


def _rivals(sheet: Understood, field: str, place: int) -> tuple[int, ...]:
    """The columns that may as well be the field: by their header, or where the one taken is unsure by their cells.

    They are in no use, or hold whom the client brings: a patient may be the client, or the child of one.
    """
    sure = sheet.matches[place].sure
    unused = {None, "subject"} if field in _CLIENT else {None}
    free = [
        index
        for index, match in enumerate(sheet.matches)
        if match.field in unused and index not in sheet.corrected and sheet.profiles[index].filled
    ]
    named = [
        index
        for index in free
        if (claim := claims_of(sheet.body.columns[index], sheet.profiles[index]).get(field))
        and claim.score >= _RIVAL
    ]
    if field == "date" and sure:
        return ()  # of several dates the sale's own is told by its name
    if field == "amount":
        named = [index for index in named if _rivals_amount(sheet, place, index)]
    alike = [] if sure else [index for index in free if _could_be(field, sheet.profiles[index])]
    return tuple(dict.fromkeys([*named, *alike]))[:_MOST_RIVALS]


def _rivals_amount(sheet: Understood, place: int, rival: int) -> bool:
    """Whether another amount is of another size, and not one that says what it leaves out."""
    columns = sheet.body.columns
    if _PARTIAL.search(plain_header(columns[rival].header)):
        return False
    mine, other = (_sum(columns[index]) for index in (place, rival))
    return abs(mine - other) > _SAME_TOTAL * max(abs(mine), abs(other))


def _could_be(field: str, profile: Profile) -> bool:
    """Whether a column's cells are like the field's, whatever its header says."""
    if profile.veto(field):
        return False
    if field == "date":
        return profile.dates >= SURE > profile.numbers
    if field == "amount":
        return profile.numbers >= SURE and not profile.unique
    words_or_codes = max(profile.numbers, profile.dates, profile.emails, profile.flags) < SURE
    return words_or_codes and 1 < profile.distinct < profile.filled


def _of_column(sheet: Understood, lines: Lines, field: str, place: int) -> Mapping[str, object]:
    """What would follow if the column at this place were the field."""
    column = sheet.body.columns[place]
    told: dict[str, object] = {
        "header": column.header,
        "samples": tuple(column.uniques.slice(0, _SAMPLES).to_pylist()),
    }
    if field == "amount":
        taken = lines.number("amount") if sheet.matches[place].field == "amount" else None
        told["total"] = float(np.nansum(taken[lines.used])) if taken is not None else _sum(column, lines)
    elif field in _CLIENT:
        told["clients"] = len(column.uniques)
    return told


def _sum(column: Column, lines: Lines | None = None) -> float:
    figures = column.spread(read_numbers(column.uniques).figures, np.nan)
    return float(np.nansum(figures if lines is None else figures[lines.used]))


# --- The mark of decimals ---------------------------------------------------------------------------------


def _marks(
    sheet: Understood, lines: Lines, corrections: Corrections, currencies: Iterable[str]
) -> Iterator[Question]:
    """Where 1.234 may be a thousand and more, or one and a bit, and no other figure of the column tells."""
    if _THOUSANDS & set(currencies):
        return
    for column, match in sheet.columns:
        key = sheet.key(column)
        if match.field not in _MONEY or match.field not in lines.open_marks or corrections.decimal(key):
            continue
        if sheet.body.grid.make(column.position).numbers:
            continue
        figures = {mark: read_numbers(column.uniques, mark).figures for mark in _MARKS}
        differ = np.flatnonzero(~np.isclose(figures[","], figures["."], equal_nan=True))
        if not len(differ) or _plain_figures_tell(column.uniques):
            continue
        first = int(differ[np.argmin(column.first_rows[differ])])
        yield Question(
            code="decimal",
            file=key.file,
            sheet=key.sheet,
            row=int(sheet.body.rows[column.first_rows[first]]),
            header=key.header,
            example=str(column.uniques[first].as_py()),
            choices=_MARKS,
            assumed=lines.details.get(key) or ",",
            position=key.position,
            taken_for=match.field,
            consequences={
                mark: {
                    "example": float(figures[mark][first]),
                    "total": float(np.nansum(column.spread(figures[mark], np.nan)[lines.used])),
                }
                for mark in _MARKS
            },
        )


def _plain_figures_tell(texts: pa.StringArray) -> bool:
    """Whether figures without any mark stay under a thousand: from there on the mark groups."""
    plain = int(pc.sum(pc.match_substring_regex(texts, _WHOLE)).as_py() or 0)
    large = int(pc.sum(pc.match_substring_regex(texts, _LARGE)).as_py() or 0)
    return plain >= _ENOUGH_PLAIN and large == 0


def _first(column: Column) -> str:
    return str(column.uniques[0].as_py()) if len(column.uniques) else ""
