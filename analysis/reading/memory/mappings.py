"""Mappings: per kind of sheet, what the owner said of it, and how that is written down.

The file is JSON: `{"puntual": "mapping", "schema": 1, "sheets": [...], "secret": "...", "decisions": {...}}`. Of the
headers it holds a hash of all and, made comparable, those of corrected columns; of decisions about people it holds
keyed hashes alone (`analysis.reading.decisions`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, cast

from analysis.reading.corrections import DateOrder, DecimalMark
from analysis.reading.decisions import Verdict, new_secret
from analysis.reading.fields import FIELDS, ROLES
from analysis.reading.layout.body import Body
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain, plain_header

SCHEMA = 1
_NAME = "mapping"
#: More than this are forgotten, those used longest ago first: what remembers everything grows without end.
MOST_SHEETS = 200
MOST_COLUMNS = 500
MOST_DECISIONS = 10_000
LONGEST_HEADER = 120
#: A file larger than this is none of ours.
MOST_BYTES = 4_000_000
_HASH = re.compile(r"[0-9a-f]{16,64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_VERDICT = re.compile(r"same|apart")
#: What changes from one month's file to the next: figures and the names of months.
_OF_THE_MONTH = re.compile(
    r"\b(ene|feb|mar|abr|may|jun|jul|ago|set|sep|oct|nov|dic|jan|apr|aug|dec|enero|febrero|marzo|abril|mayo|junio|julio"
    r"|agosto|septiembre|setiembre|octubre|noviembre|diciembre|january|february|march|april|june|july|august|september"
    r"|october|november|december|copia|copy|\d+)\b"
)

#: A column among its sheet's: its header made comparable, and how many of that name stand before it.
Place = tuple[str, int]


@dataclass(frozen=True)
class ColumnWord:
    """What the owner said of one column. `field` is only meant where `says_field` (None = leave it unused)."""

    field: str | None = None
    says_field: bool = False
    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None

    def __len__(self) -> int:
        """How many things were said."""
        return self.says_field + (self.date_order is not None) + (self.decimal is not None)


@dataclass(frozen=True)
class SheetMapping:
    """What the owner said of all sheets with these headers.

    `headers` is their fingerprint, `name` that of the sheet's and file's names, which tells apart two sheets of equal
    headers. `role` is only meant where `says_role` (None = no table of ours).
    """

    headers: str
    name: str
    remembered: dt.date
    used: dt.date
    columns: Mapping[Place, ColumnWord] = field(default_factory=lambda: MappingProxyType({}))
    role: str | None = None
    says_role: bool = False
    currency: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.headers, self.name


@dataclass(frozen=True)
class Mappings:
    """All that is remembered: of sheets, those used last at the end; of people, tokens with verdicts, and their key."""

    sheets: tuple[SheetMapping, ...] = ()
    decisions: Mapping[str, Verdict] = field(default_factory=lambda: MappingProxyType({}))
    secret: bytes = field(default_factory=new_secret)

    def of(self, body: Body) -> SheetMapping | None:
        """What is remembered of a sheet: that of its headers and name, else that of its headers where there is one."""
        headers = fingerprint_of(body)
        alike = [known for known in self.sheets if headers and known.headers == headers]
        named = [known for known in alike if known.name == name_of(body)]
        return named[-1] if named else alike[0] if len(alike) == 1 else None

    def with_sheets(self, new: Iterable[SheetMapping]) -> Mappings:
        """The same with these put in place of what was known of their kind."""
        kept = {known.key: known for known in self.sheets}
        for sheet in new:
            kept.pop(sheet.key, None)
            kept[sheet.key] = sheet
        return replace(self, sheets=tuple(kept.values())[-MOST_SHEETS:])

    def without(self, bodies: Sequence[Body]) -> Mappings:
        """The same without what is known of these sheets, under whatever name."""
        gone = {fingerprint_of(body) for body in bodies}
        return replace(self, sheets=tuple(known for known in self.sheets if known.headers not in gone))

    def with_decisions(self, decisions: Mapping[str, Verdict], undone: Iterable[str] = ()) -> Mappings:
        """The same with these decisions and without those undone; the oldest of too many are forgotten."""
        gone = set(undone) | decisions.keys()
        kept = {token: verdict for token, verdict in self.decisions.items() if token not in gone}
        return replace(self, decisions=dict(list({**kept, **decisions}.items())[-MOST_DECISIONS:]))


class ForeignFileError(ValueError):
    """The bytes are no file of mappings, or one of a later version."""


def fingerprint_of(body: Body) -> str:
    """What two sheets of the same headers share, in whatever order they stand; "" where there is no header."""
    if body.header_row is None:
        return ""
    headers = sorted(header for header, _ in places_of(body.columns) if header)
    return _hash("\n".join(headers)) if len(headers) > 1 else ""


def name_of(body: Body) -> str:
    """What the names of next month's sheet and file have in common with these: their words without dates."""
    words = _OF_THE_MONTH.sub(" ", plain(body.sheet or re.sub(r"\.\w{2,5}$", "", body.file)))
    return _hash(" ".join(words.split()))


def places_of(columns: Sequence[Column]) -> list[Place]:
    """Each column's header made comparable, and how many of that name stand before it."""
    seen: Counter[str] = Counter()
    places = []
    for column in columns:
        header = (plain_header(column.header) or column.header.casefold().strip())[:LONGEST_HEADER]
        places.append((header, seen[header]))
        seen[header] += 1
    return places


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def written(mappings: Mappings) -> bytes:
    """Mappings as the bytes of a file."""
    whole = {
        "puntual": _NAME,
        "schema": SCHEMA,
        "sheets": [_sheet_written(sheet) for sheet in mappings.sheets],
        "secret": mappings.secret.hex(),
        "decisions": dict(mappings.decisions),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def parsed(data: bytes) -> Mappings:
    """Mappings from the bytes of a file. Raises `ForeignFileError` where they are none."""
    if len(data) > MOST_BYTES:
        raise ForeignFileError("too large")
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise ForeignFileError("no JSON") from problem
    if not isinstance(whole, dict) or whole.get("puntual") != _NAME or whole.get("schema") != SCHEMA:
        raise ForeignFileError("not a mapping of this version")
    try:
        sheets = tuple(_sheet_parsed(sheet) for sheet in _list(whole["sheets"])[-MOST_SHEETS:])
        decisions = {
            _matching(_HASH, token): cast("Verdict", _matching(_VERDICT, verdict))
            for token, verdict in list(whole["decisions"].items())[-MOST_DECISIONS:]
        }
        secret = bytes.fromhex(_matching(_HASH, whole["secret"]))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ForeignFileError("a part is missing or of another kind") from problem
    return Mappings(sheets, decisions, secret)


def _sheet_written(sheet: SheetMapping) -> dict[str, object]:
    out: dict[str, object] = {
        "headers": sheet.headers,
        "name": sheet.name,
        "remembered": sheet.remembered.isoformat(),
        "used": sheet.used.isoformat(),
    }
    if sheet.says_role:
        out["role"] = sheet.role
    if sheet.currency:
        out["currency"] = sheet.currency
    out["columns"] = [_column_written(place, word) for place, word in sheet.columns.items()]
    return out


def _column_written(place: Place, word: ColumnWord) -> dict[str, object]:
    out: dict[str, object] = {"header": place[0], "nth": place[1]}
    if word.says_field:
        out["field"] = word.field
    if word.date_order:
        out["date_order"] = word.date_order
    if word.decimal:
        out["decimal"] = word.decimal
    return out


def _sheet_parsed(sheet: Mapping[str, Any]) -> SheetMapping:
    return SheetMapping(
        headers=_matching(_HASH, sheet["headers"]),
        name=_matching(_HASH, sheet["name"]),
        remembered=dt.date.fromisoformat(sheet["remembered"]),
        used=dt.date.fromisoformat(sheet["used"]),
        columns=dict(_columns_parsed(_list(sheet["columns"])[:MOST_COLUMNS])),
        role=_one_of(ROLES, sheet.get("role")),
        says_role="role" in sheet,
        currency=_matching(_CURRENCY, sheet["currency"]) if "currency" in sheet else None,
    )


def _columns_parsed(columns: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Place, ColumnWord]]:
    for column in columns:
        place = str(column["header"])[:LONGEST_HEADER], int(column["nth"])
        yield (
            place,
            ColumnWord(
                field=_one_of(FIELDS, column.get("field")),
                says_field="field" in column,
                date_order=cast("DateOrder | None", _one_of(("dmy", "mdy"), column.get("date_order"))),
                decimal=cast("DecimalMark | None", _one_of((".", ","), column.get("decimal"))),
            ),
        )


def _one_of(known: Iterable[str], value: object) -> str | None:
    """A known word or None; anything else is not ours. Raises ValueError."""
    if value is None or value in set(known):
        return value if isinstance(value, str) else None
    raise ValueError("an unknown word")


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    raise ValueError("a text of another form")


def _list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    raise ValueError("not a list")
