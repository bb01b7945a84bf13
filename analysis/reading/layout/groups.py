"""Grouped reports unfolded: a client, a day or a seller written as a heading is put on every line below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.book import Notice
from analysis.reading.layout.body import Body
from analysis.reading.layout.cells import Flags, Rows, is_figure, is_total_label, names_field, rows_with
from analysis.reading.layout.dates_here import are_dates_here, share_of_dates, which_are_dates
from analysis.reading.layout.languages import in_spanish
from analysis.reading.values.columns import EMPTY, Column
from analysis.reading.values.texts import plain

# fmt: off
#: What a heading may call its group, by what the group is.
_LABELS = {
    "client": r"clientes?|customers?|clients?|pacientes?|patients?|soci[oa]s?|alumn[oa]s?|members?|"
              r"students?|titular(?:es)?"
              r"|propietari[oa]s?|huesped(?:es)?|guests?|deudor(?:es)?|debtors?|account|cuenta|cta|"
              r"razon social",
    "staff": r"vendedor(?:a|es)?|emplead[oa]s?|profesional(?:es)?|estilistas?|peluquer[oa]s?|doctor(?:a|"
             r"es)?|medic[oa]s?|"
             r"terapeutas?|seller|salespersons?|sales rep|staff|employees?|stylists?|therapists?|provider|"
             r"team member|"
             r"operari[oa]s?|mecanic[oa]s?|comercial|agente",
    "date": r"fecha|dia|date|day",
    "service": r"servicios?|services?|productos?|products?|articulos?|items?|conceptos?|familia|category|"
               r"categoria",
    "place": r"sucursal|local|tienda|centro|store|branch|location|sede|caja|almacen",
}
_CLIENT_FIELDS = ("client_name", "client_id", "first_name", "last_name")
_NAMES = {
    "client": ("Cliente", "Customer"), "date": ("Fecha", "Date"), "staff": ("Vendedor", "Staff"),
    "service": ("Servicio", "Service"), "place": ("Sucursal", "Branch"),
}
#: Words of a title that say what an unnamed heading is: "Ventas por cliente", "Sales by Customer Detail".
_BY = re.compile(r"\b(?:por|by|de|of|per) (?:los |las |cada )?([a-z]+)")
# fmt: on
_LABEL = re.compile(
    r"^\W*(?:cod(?:igo)?\.? )?("
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _LABELS.items())
    + r")(?: n[o°º]?\.?| no| code| codigo| id| nombre| name)?$"
)
_WITH_LABEL = r"^(?P<label>[^:\d]{2,30}):\s*(?P<rest>.*)$"
#: A key and a name in one heading: "00045 - Pérez, Ana", "(C-12) Ana Pérez", "430000012 PEREZ GARCIA".
_KEY_AND_NAME = re.compile(
    r"^\W?(?P<key>[A-Za-z]{0,4}[-./]?\d[\w./-]*)\)?\s*[-–—:.|]?\s+(?P<name>[^\W\d].*)$"
)
_NAME_AND_KEY = re.compile(
    r"^(?P<name>[^\W\d].*?)\s*[-–—:|]?\s*[(\[](?P<key>[A-Za-z]{0,4}[-./]?\d[\w./-]*)[)\]]$"
)
#: What programs write behind the name in the same cell.
_BEHIND = re.compile(
    r"(?i)(\s{2,}|\s+[-|(]?\s*)(nif|cif|dni|ruc|rut|rfc|nit|tel[eé]fono|tel|tfno|m[oó]vil|phone|"
    r"direcci[oó]n|e-?mail|saldo)\b.*$"
)
_WEEKDAY = re.compile(r"^[A-Za-zÀ-ÿ]{3,10}\.?,?\s+(?=\d)")
#: A filter over the table that lets all of them through.
_EVERYBODY = frozenset(
    {"", "todos", "todas", "all", "cualquiera", "any", "varios", "todos los clientes", "all customers"}
)
_FULL = 0.6
_RARELY = 0.05
_NEARLY_ALL = 0.8
_KEYED = 0.9
_FEW = 2
_SAMPLE = 200


@dataclass(frozen=True, eq=False)
class _Level:
    """One kind of heading: the rows it stands on, what each says, and the column it is told in."""

    kind: str  # a key of _LABELS, "" where nothing says
    rows: Rows
    texts: tuple[str, ...]
    column: int
    label: str
    above: str = (
        ""  # what the heading over the table's own header says, for the lines before the first of `rows`
    )


def unfolded(body: Body) -> Body:
    """The same table with the headings of its groups on their lines; as it is where it has none."""
    if body.header_row is None or not len(body):
        return body
    look = _Look.of(body)
    if not (look.free & (look.widths < max(look.usual, _FEW))).any():
        return body
    levels = _labelled(body, look)
    taken = np.unique(np.concatenate([level.rows for level in levels])) if levels else np.zeros(0, np.int64)
    levels += _bare(body, look, taken, named=bool(levels))
    levels = sorted((level for level in levels if len(level.rows)), key=lambda level: int(level.rows[0]))
    if not levels:
        return body
    fates = body.fates.copy()
    fates[look.totals] = "total_row"
    for level in levels:
        fates[level.rows] = "heading"
    columns = list(body.columns)
    ends = _ends(look, levels)
    new: list[Column] = []
    outer = ends
    for level in levels:
        place = _heading_above(len(body), level, outer)
        place[~look.lines] = EMPTY
        place[level.rows] = np.arange(len(level.rows))
        new += _columns_of(level, place, columns, spanish=in_spanish(body))
        outer = np.union1d(outer, level.rows)
    client = next((level for level in levels if level.kind == "client"), levels[-1])
    notice = Notice(
        "groups_unfolded", body.file, body.sheet, {"n": len(client.rows), "kind": client.kind or "group"}
    )
    return replace(body, columns=(*new, *columns), fates=fates, notices=(*body.notices, notice))


@dataclass(frozen=True, eq=False)
class _Look:
    """What the rows of a table look like: how full, where their first cell is, which are lines of data."""

    widths: npt.NDArray[np.int64]
    free: Flags
    first: npt.NDArray[np.int64]  # index of the first filled column
    figured: tuple[bool, ...]  # per column, whether its lines hold figures
    usual: int
    lines: Flags
    full: Flags
    totals: Flags
    has_day: Flags

    @classmethod
    def of(cls, body: Body) -> _Look:
        filled = [column.filled for column in body.columns]
        widths = np.sum(filled, axis=0).astype(np.int64) if filled else np.zeros(len(body), np.int64)
        free = (body.fates == "") & (widths > 0)
        times = np.bincount(widths[free], minlength=2)
        times[:2] = 0
        usual = int(np.argmax(times * np.arange(len(times)))) if times.any() else 1
        full = free & (widths >= max(2, _FULL * usual))
        first = np.argmax(np.array(filled), axis=0) if filled else np.zeros(len(body), np.int64)
        sample = np.flatnonzero(full)[:_SAMPLE]
        shares = [_share(column, sample, is_figure) for column in body.columns]
        dates = [share_of_dates(column, sample) for column in body.columns]
        dated = tuple(index for index, share in enumerate(dates) if share >= _NEARLY_ALL)
        totals = np.zeros(len(body), dtype=bool)
        has_day = _has_day(body, dated, free & (widths < usual))
        loose = np.flatnonzero(free & ~has_day)
        for column in body.columns:
            totals[loose] |= rows_with(column, loose, is_total_label)
        lines = free & ~totals & (has_day if dated else widths >= _FEW)
        figured = tuple(share >= _NEARLY_ALL for share in shares)
        return cls(widths, free, first, figured, usual, lines, full, totals, has_day)


def _has_day(body: Body, dated: Sequence[int], doubtful: Flags) -> Flags:
    """Rows with a cell in a column of days; of the `doubtful`, it must be one."""
    has_day = np.zeros(len(body), dtype=bool)
    rows = np.flatnonzero(doubtful)
    for index in dated:
        filled = body.columns[index].filled
        filled[rows] = rows_with(body.columns[index], rows, is_figure)
        has_day |= filled
    return has_day


def _share(column: Column, rows: Rows, test: Callable[[str], bool]) -> float:
    filled = int((column.codes[rows] != EMPTY).sum())
    return float(rows_with(column, rows, test).sum() / filled) if filled else 0.0


def _labelled(body: Body, look: _Look) -> list[_Level]:
    """Headings that say what they are: "Cliente: 00045 - Pérez García, Ana", "Vendedor:" beside "Marta"."""
    rows = np.flatnonzero(look.free & ~look.totals & (look.widths < max(look.usual, 2)))
    found: dict[tuple[str, int], list[tuple[int, str, str]]] = {}
    for index in range(len(body.columns)):
        here = rows[look.first[rows] == index]
        if not len(here):
            continue
        texts = body.columns[index].texts().take(pa.array(here))
        parts = pc.extract_regex(texts, _WITH_LABEL)
        hits = np.flatnonzero(parts.is_valid().to_numpy(zero_copy_only=False))
        for hit, part in zip(hits, parts.take(pa.array(hits)).to_pylist(), strict=True):
            kind = _kind_of(part["label"])
            row = int(here[hit])
            value = _value(body, row, index, part["rest"]) if kind else ""
            if value:
                found.setdefault((kind, index), []).append((row, value, part["label"].strip()))
    levels = []
    for (kind, index), headings in found.items():
        places = np.array([row for row, _, _ in headings], dtype=np.int64)
        texts_said = tuple(text for _, text, _ in headings)
        levels.append(_Level(kind, places, texts_said, index, headings[0][2], _said_above(body, kind)))
    return [level for level in levels if look.lines[int(level.rows[0]) + 1 :].any()]


def _said_above(body: Body, kind: str) -> str:
    """What a heading of this kind says over the table's own header: that of the first group."""
    for row in reversed(body.titles):
        label, _, rest = row[0].partition(":")
        value = " ".join([rest.strip(), *row[1:]]).strip()
        if ":" in row[0] and _kind_of(label) == kind and plain(value) not in _EVERYBODY:
            return value
    return ""


def _kind_of(label: str) -> str:
    """What a heading's label says that the group is, "" for none we know."""
    hit = _LABEL.match(plain(label))
    return next((kind for kind in _LABELS if hit[kind]), "") if hit else ""


def _value(body: Body, row: int, index: int, rest: str) -> str:
    """What a heading says behind its label: in the same cell, else in the cells to its right (sums are not it)."""
    behind = [
        column.uniques[int(column.codes[row])].as_py()
        for column in body.columns[index + 1 :]
        if column.codes[row] != EMPTY
    ]
    said = [rest] if rest else []
    if not rest or is_figure(rest):
        for text in behind:
            said.append(text)
            if not is_figure(text):
                break
    elif behind and not is_figure(behind[0]) and is_figure(rest):
        said.append(behind[0])
    return " ".join(said).strip()


def _bare(body: Body, look: _Look, taken: Rows, *, named: bool) -> list[_Level]:
    """Headings that are a name or a day alone on their row, in a column their lines leave blank or use for figures."""
    levels = []
    undated = ~look.has_day
    lines = np.flatnonzero(look.full & look.lines)
    if not len(lines):
        return []
    known_client = any(names_field(column.header, *_CLIENT_FIELDS) for column in body.columns)
    figures = np.zeros(len(body), dtype=np.int64)
    for column, holds_figures in zip(body.columns, look.figured, strict=True):
        figures += column.filled & holds_figures
    for index, column in enumerate(body.columns):
        others = look.widths - column.filled
        sums = figures - column.filled if look.figured[index] else figures
        alone = look.free & ~look.totals & column.filled & undated & (others <= sums)
        blank = (column.codes[lines] != EMPTY).mean() <= _RARELY
        if not blank:
            alone = look.free & ~look.totals & column.filled & (look.widths == 1)
            unlike = _no_figure if look.figured[index] else are_dates_here
            if not look.figured[index] and share_of_dates(column, lines[:_SAMPLE]) > 0:
                continue
            if not alone.any():
                continue
            alone[alone] = rows_with(column, np.flatnonzero(alone), unlike)
        rows = np.setdiff1d(np.flatnonzero(alone), taken)
        rows = rows[rows < lines[-1]]
        above = _name_above(body, rows) if len(rows) and rows[0] > lines[0] else ""
        if not _heads_groups(look, rows, lines, named=blank and bool(column.header), above=above):
            continue
        texts = tuple(column.texts().take(pa.array(rows)).to_pylist())
        kind = _kind_by_texts(body, texts, column.header if blank else "", known=known_client or named)
        if not blank and not kind and known_client:
            continue
        levels.append(_Level(kind, rows, texts, index, column.header if blank else "", above))
    return levels


def _no_figure(text: str) -> bool:
    return not is_figure(text)


def _name_above(body: Body, rows: Rows) -> str:
    """The first group's name, over the table's header, where every other is followed by the header again."""
    after = np.minimum(rows + 1, len(body) - 1)
    alone = bool(body.titles) and len(body.titles[-1]) == 1
    return body.titles[-1][0] if alone and (body.fates[after] == "repeated_header").all() else ""


def _heads_groups(look: _Look, rows: Rows, lines: Rows, *, named: bool, above: str) -> bool:
    """Whether lines follow these rows, each of them, and no line comes before the first."""
    if len(rows) < (1 if named or above else _FEW) or (rows[0] > lines[0] and not above):
        return False
    rest = np.flatnonzero(look.free & ~look.totals)
    after = np.searchsorted(rest, rows, side="right")
    followed = np.isin(rest[np.minimum(after, len(rest) - 1)], lines) & (after < len(rest))
    return bool(followed.mean() >= _NEARLY_ALL)


def _kind_by_texts(body: Body, texts: Sequence[str], header: str, *, known: bool) -> str:
    """What unlabelled headings are: days by themselves, else as their column or the report's title says."""
    if which_are_dates(pa.array(texts)).mean() >= _NEARLY_ALL:
        return "date"
    if header:
        return _kind_of(header)
    if known:
        return ""
    for title in (*(text for row in body.titles for text in row), body.sheet, body.file):
        for word in _BY.findall(plain(title)):
            if kind := _kind_of(word):
                return kind
    return ""


def _ends(look: _Look, levels: Sequence[_Level]) -> Rows:
    """The totals that end a group: lines after one belong to nobody until the next heading.

    Where most groups go on after a total, it is one in between (a month's) and ends nothing.
    """
    totals = np.flatnonzero(look.totals & look.free)
    if not len(totals):
        return totals
    heads = np.unique(np.concatenate([level.rows for level in levels]))
    marks = np.union1d(totals, heads)
    ends = [
        int(one)
        for one, other in pairwise([*marks.tolist(), len(look.lines)])
        if one in set(totals.tolist()) and look.lines[one + 1 : other].any()
    ]
    return totals if len(ends) <= len(heads) / 2 else np.zeros(0, dtype=np.int64)


def _heading_above(count: int, level: _Level, resets: Rows) -> npt.NDArray[np.int64]:
    """Per row the index (in the level's texts) of the last heading above it, EMPTY where a reset lies between.

    The heading over the table's header is the last of the texts.
    """
    rows = level.rows
    place = np.full(count, EMPTY, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    place = np.maximum.accumulate(place)
    reset = np.full(count, EMPTY, dtype=np.int64)
    reset[resets] = resets
    reset = np.maximum.accumulate(reset)
    before = place == EMPTY
    if level.above:
        return np.where(
            before & (reset == EMPTY), len(rows), np.where(~before & (rows[place] > reset), place, EMPTY)
        )
    return np.where(~before & (rows[place] > reset), place, EMPTY)


def _columns_of(
    level: _Level, place: npt.NDArray[np.int64], columns: list[Column], *, spanish: bool
) -> list[Column]:
    """The columns a level adds: the group's name, and its key where the headings have both.

    A heading that stands in a blank column of its own fills that column instead.
    """
    old = columns[level.column]
    said = (*level.texts, level.above)
    texts = [_WEEKDAY.sub("", text) if level.kind == "date" else _BEHIND.sub("", text) for text in said]
    header = level.label or (_NAMES[level.kind][0 if spanish else 1] if level.kind else "")
    pairs = [_KEY_AND_NAME.match(text) or _NAME_AND_KEY.match(text) for text in texts]
    made: list[Column] = []
    if level.kind != "date" and sum(pair is not None for pair in pairs) >= _KEYED * sum(map(bool, texts)):
        keys = [pair["key"] if pair else None for pair in pairs]
        texts = [pair["name"].strip() if pair else text for pair, text in zip(pairs, texts, strict=True)]
        if level.kind == "client" and not names_field(header, "client_name"):
            header = _NAMES["client"][0 if spanish else 1]
        made.append(_spread(_key_header(header, level.kind, spanish=spanish), old.position, keys, place))
    filled = _spread(header, old.position, texts, place)
    if level.label and level.label == old.header:
        own = old.texts()
        merged = pc.coalesce(filled.texts(), own)
        columns[level.column] = Column.of(old.header, old.position, merged)
        return made
    if not level.label and not old.header:
        columns[level.column] = replace(filled, header=header)
        own = pc.coalesce(filled.texts(), old.texts())
        columns[level.column] = Column.of(header, old.position, own)
        return made
    codes = old.codes.copy()
    codes[level.rows] = EMPTY
    columns[level.column] = replace(old, codes=codes)
    return [*made, filled]


def _key_header(header: str, kind: str, *, spanish: bool) -> str:
    """What the column of keys is called: "Cliente ID"; as its kind is called where the label is no name of ours."""
    own = f"{header} ID".strip()
    return (
        own
        if kind != "client" or names_field(own, "client_id")
        else f"{_NAMES[kind][0 if spanish else 1]} ID"
    )


def _spread(header: str, position: int, texts: Sequence[str | None], place: npt.NDArray[np.int64]) -> Column:
    per_row = pa.array(texts, pa.string()).take(pa.array(place, mask=place == EMPTY))
    return Column.of(header, position, per_row)
