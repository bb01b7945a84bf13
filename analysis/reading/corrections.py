"""What the owner corrected about how an upload was understood."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

from analysis.suggestions import Pair

DateOrder = Literal["dmy", "mdy"]
DecimalMark = Literal[".", ","]

_Value = TypeVar("_Value")


class ColumnKey(NamedTuple):
    """Names one column of an upload: file, sheet ("" for a csv), header as written, 0-based position."""

    file: str
    sheet: str
    header: str
    position: int


class SheetKey(NamedTuple):
    """Names one sheet of an upload: file, and sheet ("" for a csv)."""

    file: str
    sheet: str


def _nothing() -> Mapping[ColumnKey, str | None]:
    return MappingProxyType({})


def _no_roles() -> Mapping[SheetKey, str | None]:
    return MappingProxyType({})


def _no_orders() -> Mapping[ColumnKey | str, DateOrder]:
    return MappingProxyType({})


def _no_marks() -> Mapping[ColumnKey | str, DecimalMark]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Corrections:
    """The owner's word against ours; it wins always.

    `fields`: what a column is taken for (`analysis.reading.fields.FIELDS`), None = leave it unused.
    `date_orders` and `decimals`: per column, or per file under the file's name.
    `currency`: ISO 4217 code. `roles`: what a sheet is (`analysis.reading.fields.ROLES`), None = leave it out.
    `same` and `apart`: pairs of clients (`Suggestion.pair`) said to be one person, or not to be.
    """

    fields: Mapping[ColumnKey, str | None] = field(default_factory=_nothing)
    date_orders: Mapping[ColumnKey | str, DateOrder] = field(default_factory=_no_orders)
    decimals: Mapping[ColumnKey | str, DecimalMark] = field(default_factory=_no_marks)
    currency: str | None = None
    roles: Mapping[SheetKey, str | None] = field(default_factory=_no_roles)
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()

    def date_order(self, key: ColumnKey) -> DateOrder | None:
        return _of_column_or_file(self.date_orders, key)

    def decimal(self, key: ColumnKey) -> DecimalMark | None:
        return _of_column_or_file(self.decimals, key)

    @property
    def key(self) -> tuple[object, ...]:
        """Hashable and in a fixed order, for caches."""
        return (
            tuple(sorted(self.fields.items(), key=str)),
            tuple(sorted(self.date_orders.items(), key=str)),
            tuple(sorted(self.decimals.items(), key=str)),
            self.currency,
            tuple(sorted(self.roles.items(), key=str)),
            tuple(sorted(self.same)),
            tuple(sorted(self.apart)),
        )


def digest_of(files: str, corrections: Corrections) -> str:
    """What identifies the files (`analysis.files.opening.digest_of_files`) and the corrections (sha256 hex)."""
    return hashlib.sha256(f"{files} {corrections.key!r}".encode()).hexdigest()


def _of_column_or_file(choices: Mapping[ColumnKey | str, _Value], key: ColumnKey) -> _Value | None:
    return choices.get(key, choices.get(key.file))
