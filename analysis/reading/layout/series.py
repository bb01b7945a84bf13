"""Sheets of one make: a month each, a seller or a shop each, joined as one table; and sheets that repeat others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.book import Notice
from analysis.files.grid import Make
from analysis.reading.corrections import SheetKey
from analysis.reading.layout.body import Body
from analysis.reading.layout.cells import fields_named
from analysis.reading.values.columns import EMPTY, Column
from analysis.reading.values.texts import plain_header

#: Tables are of one make if they share this share of their columns, and the client's and the day's among them.
_SHARED = 0.6
_KEYS = frozenset({"client_name", "client_id", "first_name", "last_name", "date"})
#: Fewer rows prove no repetition.
_FEW_ROWS = 3

#: A column by its plain header, and which of those of one name it is.
Name = tuple[str, int]


def joined(
    bodies: Sequence[Body], apart: Collection[SheetKey], subject: Callable[[Body], Hashable]
) -> list[Body]:
    """The tables with those of one make and one file as one; sheets that only repeat others are marked.

    Sheets of `apart` (what the owner said of them) stay alone, and so do those of different `subject`.
    """
    families: list[list[Body]] = []
    for body in bodies:
        family = None
        if _may_join(body) and SheetKey(body.file, body.sheet) not in apart:
            family = next((one for one in families if _of_one_make(one[0], body, subject)), None)
        if family is None:
            families.append([body])
        else:
            family.append(body)
    return [body for family in families for body in _one_table(family)]


def _may_join(body: Body) -> bool:
    return body.header_row is not None and not body.grid.hidden and not body.summary and len(body.columns) > 1


def _of_one_make(one: Body, other: Body, subject: Callable[[Body], Hashable]) -> bool:
    if one.file != other.file or not _may_join(one) or subject(one) != subject(other):
        return False
    names, others = _names(one), _names(other)
    common = names.keys() & others.keys()
    keys = [{name for name in body if _KEYS & fields_named(name[0])} for body in (names, others)]
    if not keys[0] or keys[0] != keys[1] or len(common) < _SHARED * len(names.keys() | others.keys()):
        return False
    return all(_made_alike(one, names[name], other, others[name]) for name in common)


def _made_alike(one: Body, column: Column, other: Body, its: Column) -> bool:
    """Whether a text means the same number in both: "1.234" does not where one sheet's column holds typed texts."""
    if one.make(column.position).numbers == other.make(its.position).numbers:
        return True
    return not any(
        pc.any(pc.match_substring_regex(part.uniques, r"^\W*\d{1,3}[.,]\d{3}\W*$")).as_py()
        for part in (column, its)
    )


def _names(body: Body) -> Mapping[Name, Column]:
    names: dict[Name, Column] = {}
    for column in body.columns:
        plain = plain_header(column.header)
        times = sum(name == plain for name, _ in names)
        names[plain, times] = column
    return names


def _one_table(family: Sequence[Body]) -> list[Body]:
    """A family as one table, behind it the sheets that repeat what others have."""
    if len(family) == 1:
        return list(family)
    repeated = _repeated(family)
    kept = [body for body in family if body not in repeated]
    table = _stacked(kept) if len(kept) > 1 else kept[0]
    told = tuple(Notice("sheet_repeats", body.file, body.sheet) for body in repeated)
    return [
        replace(table, notices=(*table.notices, *told)),
        *(replace(body, repeats=True, notices=()) for body in repeated),
    ]


def _repeated(family: Sequence[Body]) -> list[Body]:
    """Those whose every dated line stands on others of the family: a year beside its months, a copy."""
    common = set.intersection(*(set(_names(body)) for body in family))
    dated = [name for name in common if "date" in fields_named(name[0])]
    if not dated:
        return []
    prints = {id(body): _prints(body, sorted(common), dated[0]) for body in family}
    repeated: list[Body] = []
    for body in sorted(family, key=lambda one: (len(one), family.index(one)), reverse=True):
        own = prints[id(body)]
        rest = [prints[id(one)] for one in family if one is not body and one not in repeated]
        if len(own) >= _FEW_ROWS and rest and np.isin(own, np.concatenate(rest)).all():
            repeated.append(body)
    return repeated


def _prints(body: Body, names: Sequence[Name], dated: Name) -> npt.NDArray[np.uint64]:
    """One number for what each dated line says in the columns of these names."""
    columns = _names(body)
    total = np.zeros(len(body), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for name in names:
            column = columns[name]
            hashed = pd.util.hash_array(np.array(column.uniques.to_pylist(), dtype=object))
            total = total * np.uint64(1_000_003) + column.spread(hashed, 0)
    own: npt.NDArray[np.uint64] = total[columns[dated].filled & (body.fates == "")]
    return own


def _stacked(family: Sequence[Body]) -> Body:
    """The tables below each other, columns by their names wherever they stand."""
    first = family[0]
    named = [_names(body) for body in family]
    order = list(dict.fromkeys(name for columns in named for name in columns))
    counts = [len(body) for body in family]
    columns, makes = [], {}
    taken: set[int] = set()
    for name in order:
        parts = [columns_of.get(name) for columns_of in named]
        example = next(part for part in parts if part is not None)
        position = example.position
        while (
            position in taken and parts[0] is None
        ):  # a place of its own for a column that only a later sheet has
            position += 1
        taken.add(position)
        columns.append(_stack_column(replace(example, position=position), parts, counts))
        of_parts = [
            body.make(part.position)
            for body, part in zip(family, parts, strict=True)
            if part and len(part.uniques)
        ]
        makes[position] = Make(
            all(make.numbers for make in of_parts) and bool(of_parts),
            next((make.number_format for make in of_parts if make.number_format), ""),
        )
    notice = Notice(
        "sheets_joined",
        first.file,
        "",
        {"n": len(family), "first": first.sheet, "last": family[-1].sheet},
    )
    return replace(
        first,
        columns=tuple(columns),
        rows=np.concatenate([body.rows for body in family]),
        parts=tuple(part for body in family for part in body.parts),
        fates=np.concatenate([body.fates for body in family]),
        makes=makes,
        beside=all(body.beside for body in family),
        yearless=next((body.yearless for body in family if body.yearless), ""),
        notices=(*(one for body in family for one in body.notices), notice),
    )


def _stack_column(example: Column, parts: Sequence[Column | None], counts: Sequence[int]) -> Column:
    """One column from those of several tables (None: a table that lacks it)."""
    texts = pa.concat_arrays([part.uniques for part in parts if part is not None])
    coded = pc.dictionary_encode(texts)
    recode = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    codes, at = [], 0
    for part, count in zip(parts, counts, strict=True):
        if part is None:
            codes.append(np.full(count, EMPTY, dtype=np.int32))
            continue
        own = np.append(recode[at : at + len(part.uniques)], np.int32(EMPTY))
        codes.append(own[part.codes])
        at += len(part.uniques)
    return replace(example, uniques=coded.dictionary, codes=np.concatenate(codes))
