"""Whether a column holds the clients' keys: asked where its header says little ("Code", "ID") or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.fields import OTHER, synonyms
from analysis.reading.meaning.evidence import Profile
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain_header

#: A key and a name of one client go together; more pairs than this per name, and the key is of something else.
_PAIRS_PER_NAME = 1.3
#: Fewer distinct texts than this prove nothing.
_ENOUGH = 20
#: An unnamed column holds client keys if this share of it is keys of the sales; half is enough for one that its
#: header already calls a key, for not everybody is on every list.
_SAME_KEYS, _HALF_OF_THEM = 0.8, 0.5


def numbers_something_else(keys: Column, names: Sequence[Column]) -> bool:
    """Whether a weakly named key numbers rows or products: it does not go with the names, or never repeats."""
    texts = max(names, key=lambda column: len(column.uniques), default=None)
    if texts is None:
        return len(keys.uniques) == int(keys.filled.sum()) >= _ENOUGH
    pairs = len(np.unique(keys.codes.astype(np.int64) * (len(texts.uniques) + 1) + texts.codes))
    return pairs > _PAIRS_PER_NAME * max(len(texts.uniques), 1)


def all_keys(columns: Iterable[Column]) -> pa.StringArray:
    """The distinct texts of several key columns."""
    uniques = [column.uniques for column in columns]
    return pc.unique(pa.concat_arrays(uniques)) if uniques else pa.array([], pa.string())


def are_mostly(column: Column, known: pa.StringArray) -> bool:
    """Whether at least half of a column's distinct texts are known keys."""
    return _share_known(column, known) >= _HALF_OF_THEM


def unnamed_keys(columns: Sequence[Column], profiles: Sequence[Profile], known: pa.StringArray) -> int | None:
    """The index of the column that holds known keys, each once, under a header that names no field."""
    named = synonyms().exact
    for index, (column, profile) in enumerate(zip(columns, profiles, strict=True)):
        if OTHER in named.get(plain_header(column.header), {}) or not profile.unique:
            continue
        if len(column.uniques) < _ENOUGH or _counts_up(column):
            continue
        if _share_known(column, known) >= _SAME_KEYS:
            return index
    return None


def _share_known(column: Column, known: pa.StringArray) -> float:
    if not len(column.uniques):
        return 0.0
    return float(np.mean(pc.is_in(column.uniques, known).to_numpy(zero_copy_only=False)))


def _counts_up(column: Column) -> bool:
    """Whether it is 1, 2, 3... down the sheet."""
    return column.uniques.slice(0, 3).to_pylist() in (["1", "2", "3"], ["0", "1", "2"])
