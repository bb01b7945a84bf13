"""A column as its distinct texts and one code per row: whatever is decided, is decided once per distinct text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Dates = npt.NDArray[np.datetime64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Code of an empty cell.
EMPTY = -1
_POINT_ZERO = r"^(\d+)\.0$"
_NEARLY_ALL = 0.9


@dataclass(frozen=True, eq=False)
class Column:
    """`uniques` are distinct, trimmed and never empty; `codes` has one index into them per row, EMPTY where none.

    `last_line` is the lower line of a header of two ("Código" of "Cliente Código").
    """

    header: str
    position: int
    uniques: pa.StringArray
    codes: npt.NDArray[np.int32]
    last_line: str = ""

    @classmethod
    def of(cls, header: str, position: int, cells: pa.Array) -> Column:
        """From raw cells (texts or nulls, one per row; coded already or not)."""
        coded = _without_unused(_dictionary(cells))
        codes = coded.indices.fill_null(EMPTY).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
        trimmed = _dictionary(pc.utf8_trim_whitespace(coded.dictionary))
        recode = trimmed.indices.to_numpy(zero_copy_only=False).astype(np.int32)
        uniques = trimmed.dictionary
        blank = pc.index(uniques, "").as_py() if len(uniques) else EMPTY
        if blank != EMPTY:
            recode = np.where(recode == blank, EMPTY, recode - (recode > blank)).astype(np.int32)
            uniques = pa.concat_arrays([uniques.slice(0, blank), uniques.slice(blank + 1)])
        return cls(header, position, uniques, np.append(recode, np.int32(EMPTY))[codes])

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def filled(self) -> npt.NDArray[np.bool_]:
        """Per row, whether there is anything in the cell."""
        return np.asarray(self.codes != EMPTY)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """Rows per distinct text."""
        return np.bincount(self.codes[self.filled], minlength=len(self.uniques))

    @cached_property
    def first_rows(self) -> npt.NDArray[np.int64]:
        """Index of the first row of each distinct text."""
        first = np.zeros(len(self.uniques), dtype=np.int64)
        rows = np.flatnonzero(self.filled)[::-1]
        first[self.codes[rows]] = rows
        return first

    def spread(self, per_value: npt.NDArray[Any], empty: object) -> npt.NDArray[Any]:
        """One entry per row from one entry per distinct text."""
        return np.append(per_value, np.array([empty], dtype=per_value.dtype))[self.codes]

    def texts(self) -> pa.StringArray:
        """The trimmed text of every row, null where empty."""
        codes = pa.array(self.codes, mask=~self.filled)
        return pc.take(self.uniques, codes)

    def without_point_zero(self) -> Column:
        """Keys that some programs export as fractions, whole again: `13085.0` is 13085, if nearly all are like that."""
        fractions = (
            pc.match_substring_regex(self.uniques, _POINT_ZERO).to_numpy(zero_copy_only=False).astype(bool)
        )
        if not len(fractions) or fractions.mean() < _NEARLY_ALL:
            return self
        texts = pc.replace_substring_regex(self.texts(), _POINT_ZERO, r"\1")
        return replace(Column.of(self.header, self.position, texts), last_line=self.last_line)

    def rows(self, keep: npt.NDArray[np.bool_]) -> Column:
        """The same column with only the rows of `keep` (texts that no row has any more are let go)."""
        kept = self.codes[keep]
        seen = np.zeros(len(self.uniques) + 1, dtype=bool)
        seen[kept] = True
        used = np.flatnonzero(seen[:-1])
        recode = np.full(len(self.uniques) + 1, EMPTY, dtype=np.int32)
        recode[used] = np.arange(len(used), dtype=np.int32)
        return replace(self, uniques=self.uniques.take(pa.array(used)), codes=recode[kept])


def _dictionary(texts: pa.Array) -> pa.DictionaryArray:
    return texts if pa.types.is_dictionary(texts.type) else pc.dictionary_encode(texts)


def _without_unused(coded: pa.DictionaryArray) -> pa.DictionaryArray:
    """Only the texts that a row has: those of a part of a column may be fewer than those of the whole."""
    codes = coded.indices.fill_null(EMPTY).to_numpy(zero_copy_only=False)
    used = np.zeros(len(coded.dictionary) + 1, dtype=bool)
    used[codes] = True
    if used[:EMPTY].all():
        return coded
    kept = np.flatnonzero(used[:EMPTY])
    recode = np.full(len(used), EMPTY, dtype=np.int32)
    recode[kept] = np.arange(len(kept), dtype=np.int32)
    indices = pa.array(recode[codes], mask=codes == EMPTY)
    return pa.DictionaryArray.from_arrays(indices, coded.dictionary.take(pa.array(kept)))
