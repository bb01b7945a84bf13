"""The Book: what an export holds once it is understood, in canonical tables.

Every table has exactly the columns listed here, in this order; what the export does not say is missing (NA), and
`Book.knows(table, column)` tells a column that was absent from one that was empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.suggestions import Suggestion

Status = Literal["completed", "cancelled", "no_show", "booked", "refund"]
STATUSES: tuple[Status, ...] = ("completed", "cancelled", "no_show", "booked", "refund")

#: Columns of each canonical table and their pandas dtype. Dates are midnight `datetime64[s]`, money is in the
#: export's currency, `client_id` is the key that joins all tables (NA in `sales` = a walk-in without a name).
TABLES: Mapping[str, Mapping[str, str]] = {
    "sales": {
        "client_id": "str",
        "client_name": "str",
        "date": "datetime64[s]",
        "amount": "float64",  # the line's total, tax included where the export has both; a refund is negative
        "discount": "float64",  # taken off the line, in money, never negative; NA = not said
        "service": "str",
        "subject": "str",  # whom or what the client brings (a vehicle, a pet, a child); NA = the client alone
        "staff": "str",
        "status": "str",  # one of STATUSES, never NA: a line without a status is completed
        "meter": "float64",  # odometer reading at the visit, in the export's units
        "rating": "float64",  # rescaled to 0-10
        "promised": "datetime64[s]",  # the day it was promised for; NA = nothing was promised
        "delivered": "datetime64[s]",  # the day it was handed over; NA = not yet, or not said
    },
    "clients": {
        "client_id": "str",  # unique
        "client_name": "str",
        "phone": "str",  # as written, whole
        "email": "str",
        "birthday": "datetime64[s]",
        "consent": "boolean",  # may be contacted; NA = not said
        "referred_by": "str",  # another client or a source
        "joined": "datetime64[s]",
        "left": "datetime64[s]",
    },
    "contacts": {
        "client_id": "str",
        "date": "datetime64[s]",
        "channel": "str",
        "outcome": "str",
        "staff": "str",
    },
    "problems": {
        "client_id": "str",
        "opened": "datetime64[s]",
        "closed": "datetime64[s]",  # NA = still open
        "kind": "str",
        "staff": "str",  # who owns it
        "solved": "boolean",  # NA while open; False = closed badly
        "promised": "datetime64[s]",  # the day an answer was promised for
        "detail": "str",  # what happened or what was agreed, in the export's words
    },
    "payments": {
        "client_id": "str",
        "due": "datetime64[s]",
        "paid": "datetime64[s]",  # NA = unpaid
        "amount": "float64",
    },
}

LeftOutReason = Literal[
    "no_client",
    "no_date",
    "bad_date",
    "bad_amount",
    "total_row",
    "repeated_header",
    "uneven_row",  # of a text file: its cells cannot be told to stand in their columns
    "empty",
    "no_sale",
    "heading",  # a title, or the name of the group of lines below it
    "note",  # a page's foot, a remark, a signature
    "other_sheet",
    "other_table",  # beside, above or below the one in use on its sheet
    "repeated_rows",  # the same rows stand on other sheets
    "same_file",
]

#: Columns of `Book.left_out`: one row for every row of the files that no table uses.
LEFT_OUT = {"file": "str", "sheet": "str", "row": "int64", "reason": "str", "text": "str"}


#: Columns of `Book.unread`: one row for every cell of a row in use that its column's field could make nothing of.
UNREAD = {"file": "str", "sheet": "str", "row": "int64", "field": "str", "text": "str"}

#: Bits of an origin that are Excel's row; what stands above them is the place.
ROW_BITS = 32


@dataclass(frozen=True, eq=False)
class Origins:
    """Where each row of a canonical table stands: an index into `Book.places`, and Excel's number of the row.

    A client's is the first row that tells of them.
    """

    place: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]

    @classmethod
    def of(cls, codes: npt.NDArray[np.int64]) -> Origins:
        """From places and rows as one figure each (place above ROW_BITS)."""
        return cls((codes >> ROW_BITS).astype(np.int32), (codes & ((1 << ROW_BITS) - 1)).astype(np.int32))

    def take(self, rows: npt.NDArray[Any]) -> Origins:
        """Those of some rows, by index or by flags."""
        return Origins(self.place[rows], self.row[rows])


@dataclass(frozen=True)
class ColumnReading:
    """How one column of one source table was understood."""

    file: str
    sheet: str
    header: str  # as written in the file
    position: int  # 0-based position of the column in its sheet
    samples: tuple[str, ...]  # up to three values as written
    table: str | None  # canonical table, None if unused
    field: str | None  # reading field (`analysis.reading.fields`), None if unused
    confidence: Literal["sure", "likely", "unused", "corrected"]
    detail: str = ""  # e.g. the date order ("dmy"), the decimal mark (","), or why it was vetoed; a code


@dataclass(frozen=True)
class Notice:
    """Something decided about a file that the owner should know, as a code (`notice.<code>`) with its values."""

    code: str
    file: str
    sheet: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something only the owner can say, asked with an example from the file.

    `date_order` (choices "dmy", "mdy") and `decimal` (choices ".", ",") are about the column at `position`; `column`
    asks which one is `taken_for`, its choices being positions. `consequences` says, per choice, what would
    follow: the column's `header` and `samples`, the `total` of its money, how many `clients` it would make.
    """

    code: Literal["date_order", "decimal", "column"]
    file: str
    sheet: str
    row: int
    header: str
    example: str
    choices: tuple[str, ...]  # codes: "dmy", "mdy"
    assumed: str  # what the Book uses until answered
    position: int = -1  # of the column asked about, 0-based
    taken_for: str = ""  # the field it is read as
    consequences: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetReading:
    """What became of one sheet: `rows_read = rows_used + rows_left_out`, always."""

    file: str
    sheet: str
    table: str | None  # canonical table it feeds; None = told apart as no table of ours
    header_row: int | None  # 1-based
    rows_read: int
    rows_used: int
    rows_left_out: int
    role: str | None = None  # what the sheet was taken for (`analysis.reading.fields.Role`)
    corrected: bool = False  # the role is the owner's word


@dataclass(frozen=True)
class Book:
    """Canonical tables of one upload, with how each column was understood and every row left out.

    `digest` identifies the bytes and the corrections (sha256 hex) and is what caches are keyed on.
    """

    tables: Mapping[str, pd.DataFrame]
    known: Mapping[str, frozenset[str]]  # per table, the columns the export really has
    columns: tuple[ColumnReading, ...] = ()
    sheets: tuple[SheetReading, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[Notice, ...] = ()
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LEFT_OUT)))
    currency: str | None = None  # ISO 4217 code where the export shows one
    currencies: tuple[str, ...] = ()  # more than one = mixed: reported, never added up silently
    digest: str = ""
    places: tuple[tuple[str, str], ...] = ()  # file and sheet of every part of a table in use
    origins: Mapping[str, Origins] = field(default_factory=dict)  # per table, aligned with its rows
    #: Per row of the sales the number of its document: the same where it is the same one, -1 where it has none.
    documents: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    unread: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(UNREAD)))
    unvalued: tuple[tuple[str, str, int], ...] = ()  # file, sheet, row of formulas saved without their value
    suggestions: tuple[Suggestion, ...] = ()  # pairs that may be one client, the likeliest first

    @property
    def sales(self) -> pd.DataFrame:
        return self.table("sales")

    def table(self, name: str) -> pd.DataFrame:
        """The canonical table, empty (with its columns) where the export has none."""
        return self.tables.get(name, empty_table(name))

    def knows(self, table: str, column: str) -> bool:
        return column in self.known.get(table, frozenset())

    @property
    def rows_read(self) -> int:
        return sum(sheet.rows_read for sheet in self.sheets)


def empty_table(name: str) -> pd.DataFrame:
    """A canonical table without rows, its columns and dtypes in place."""
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in TABLES[name].items()})
