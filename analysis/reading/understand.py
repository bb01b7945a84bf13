"""From the sheets of an upload to what each one and each of its columns is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.columns import Column
from analysis.reading.evidence import Profile, profile_of
from analysis.reading.fields import FIELDS, OTHER, Role, fields_of, synonyms
from analysis.reading.headers import Body
from analysis.reading.matching import Match, assign, claims_of
from analysis.reading.tables import CLIENT, named_role, role_of
from analysis.reading.texts import plain_header
from analysis.reading.upload import ColumnKey, Corrections

#: A service column whose texts hardly repeat (a concept with its period, a product's full name) gives way to one
#: whose texts do.
_HARDLY_REPEATS = 0.15
_GIVES_WAY = 0.03
#: A key and a name of one client go together; more pairs than this per name, and the key is of something else.
_PAIRS_PER_NAME = 1.3
#: An unnamed column holds client ids if this share of it is ids of the other sheets (at least so many of them).
_SAME_IDS = 0.8
_ENOUGH_IDS = 20
#: Half is enough for a column that its header already names as a key: not everybody is on every list.
_POSSIBLY_SAME_IDS = 0.5
_CELLS_CLAIM = 0.5
_NEEDED = {"client_name": CLIENT, "date": frozenset({"date"})}


@dataclass(frozen=True, eq=False)
class Understood:
    """A sheet with its role and, per column, what it is taken for."""

    body: Body
    role: Role | None
    profiles: tuple[Profile, ...]
    matches: tuple[Match, ...]
    corrected: frozenset[int]  # indices of the columns whose field is the owner's word
    lacking: tuple[str, ...] = ()  # fields without which a sheet of no role could not be used

    def column(self, field: str) -> Column | None:
        """The column taken for a field, if there is one."""
        return next(
            (
                column
                for column, match in zip(self.body.columns, self.matches, strict=True)
                if match.field == field
            ),
            None,
        )

    def unused(self) -> Understood:
        """The same sheet as no table of ours."""
        return replace(self, role=None, matches=tuple(replace(match, field=None) for match in self.matches))

    def key(self, column: Column) -> ColumnKey:
        return ColumnKey(self.body.file, self.body.sheet, column.header, column.position)


def understand(bodies: Sequence[Body], corrections: Corrections, today: dt.date) -> list[Understood]:
    """What every sheet of an upload is; sheets are looked at together, for one's ids can tell another's."""
    sheets = [_understand(body, corrections, today, extra={}) for body in bodies]
    if any(sheet.role for sheet in sheets if not sheet.body.grid.hidden):
        # Hidden sheets hold copies, lists for drop-downs and what programs keep for themselves.
        sheets = [
            sheet.unused() if sheet.body.grid.hidden and not sheet.corrected else sheet for sheet in sheets
        ]
    known = _known_ids(sheets)
    if len(known):
        sheets = [_with_unnamed_ids(sheet, known, corrections, today) for sheet in sheets]
        sheets = [_surer_of_ids(sheet, known) for sheet in sheets]
    if any(sheet.role == "bookings" for sheet in sheets) and not any(
        sheet.role == "sales" for sheet in sheets
    ):
        # An agenda on its own is all there is to know of who came.
        sheets = [replace(sheet, role="sales") if sheet.role == "bookings" else sheet for sheet in sheets]
    return sheets


def _understand(
    body: Body, corrections: Corrections, today: dt.date, extra: Mapping[int, dict[str, Match]]
) -> Understood:
    profiles = tuple(profile_of(column, today) for column in body.columns)
    claims = [
        claims_of(column, profile) | extra.get(index, {})
        for index, (column, profile) in enumerate(zip(body.columns, profiles, strict=True))
    ]
    claims = _repeating_services_first(claims, profiles)
    fixed = _fixed(body, corrections)
    matches = assign(body.columns, claims, FIELDS, fixed)
    claims = _without_foreign_keys(body, profiles, claims, matches)
    matches = assign(body.columns, claims, FIELDS, fixed)
    found = {match.field: profile for match, profile in zip(matches, profiles, strict=True) if match.field}
    role = role_of(found, named_role(body.file, body.sheet)) if body.header_row is not None or fixed else None
    if role is None:
        lacking = tuple(field for field in ("client_name", "date") if not _NEEDED[field] & found.keys())
        return Understood(body, None, profiles, tuple(matches), frozenset(fixed), lacking).unused()
    # What the owner says of a column stands, though a sheet of this role may have no use for it.
    fixed = {index: field if field in fields_of(role) else None for index, field in fixed.items()}
    matches = assign(body.columns, claims, fields_of(role), fixed)
    return Understood(
        body, role, profiles, tuple(_only_date(body, matches, profiles, role, fixed)), frozenset(fixed)
    )


def _fixed(body: Body, corrections: Corrections) -> dict[int, str | None]:
    """The owner's word on this sheet's columns, by index."""
    return {
        index: corrections.fields[key]
        for index, column in enumerate(body.columns)
        if (key := ColumnKey(body.file, body.sheet, column.header, column.position)) in corrections.fields
    }


def _repeating_services_first(
    claims: list[dict[str, Match]], profiles: Sequence[Profile]
) -> list[dict[str, Match]]:
    weighed = []
    for claim, profile in zip(claims, profiles, strict=True):
        service = claim.get("service")
        hardly = service and service.score and profile.distinct > _HARDLY_REPEATS * max(profile.filled, 1)
        less = {"service": replace(service, score=service.score - _GIVES_WAY)} if service and hardly else {}
        weighed.append(claim | less)
    return weighed


def _without_foreign_keys(
    body: Body, profiles: Sequence[Profile], claims: list[dict[str, Match]], matches: Sequence[Match]
) -> list[dict[str, Match]]:
    """Drops the claim of a weakly named key ("Code", "ID") that numbers rows or products, not clients."""
    place = {match.field: index for index, match in enumerate(matches) if match.field}
    index = place.get("client_id")
    if index is None or matches[index].sure:
        return claims
    named = [
        body.columns[place[field]] for field in ("client_name", "first_name", "last_name") if field in place
    ]
    texts = max(named, key=lambda column: len(column.uniques), default=None)
    if texts is None:
        numbers_rows = (
            profiles[index].unique
            and profiles[index].filled >= _ENOUGH_IDS
            and "date" in place
            and bool({"amount", "service", "unit_price"} & place.keys())
        )
    else:
        ids = body.columns[index]
        pairs = len(np.unique(ids.codes.astype(np.int64) * (len(texts.uniques) + 1) + texts.codes))
        numbers_rows = pairs > _PAIRS_PER_NAME * max(len(texts.uniques), 1)
    if not numbers_rows:
        return claims
    kept = list(claims)
    kept[index] = {field: match for field, match in claims[index].items() if field != "client_id"}
    return kept


def _only_date(
    body: Body, matches: list[Match], profiles: Sequence[Profile], role: Role, fixed: Mapping[int, str | None]
) -> list[Match]:
    """Where nothing is named as the date and one single unnamed column holds dates, that is the date."""
    if role == "clients" or any(
        match.field in {"date", "contact_date", "opened", "due", "paid"} for match in matches
    ):
        return matches
    dated = [
        index
        for index, (match, profile) in enumerate(zip(matches, profiles, strict=True))
        if match.field is None and index not in fixed and profile.dates >= _SAME_IDS and profile.filled
    ]
    if len(dated) == 1 and body.columns:
        matches[dated[0]] = Match("date", _CELLS_CLAIM)
    return matches


def _known_ids(sheets: Sequence[Understood]) -> pa.StringArray:
    """Ids of the sales: the columns surely named as a client's id."""
    columns = [
        column
        for sheet in sheets
        if sheet.role == "sales"
        for column, match in zip(sheet.body.columns, sheet.matches, strict=True)
        if match.field == "client_id" and match.sure
    ]
    return (
        pc.unique(pa.concat_arrays([column.uniques for column in columns]))
        if columns
        else pa.array([], pa.string())
    )


def _with_unnamed_ids(
    sheet: Understood, known: pa.StringArray, corrections: Corrections, today: dt.date
) -> Understood:
    """Understands a sheet again if a column without a telling header holds the clients' ids."""
    if sheet.role not in {None, "clients"} or sheet.column("client_id") is not None:
        return sheet
    named = synonyms()
    for index, (column, profile) in enumerate(zip(sheet.body.columns, sheet.profiles, strict=True)):
        header = plain_header(column.header)
        if index in sheet.corrected or OTHER in named.exact.get(header, {}) or not profile.unique:
            continue
        if len(column.uniques) < _ENOUGH_IDS or _numbers_rows(column):
            continue
        if _share_known(column, known) >= _SAME_IDS:
            again = _understand(
                sheet.body, corrections, today, {index: {"client_id": Match("client_id", _CELLS_CLAIM)}}
            )
            return again if again.role == "clients" else sheet
    return sheet


def _surer_of_ids(sheet: Understood, known: pa.StringArray) -> Understood:
    """A weakly named key ("Code") is surely the client's where its texts are the other sheets' client ids."""
    column = sheet.column("client_id")
    if column is None or _share_known(column, known) < _POSSIBLY_SAME_IDS:
        return sheet
    surer = (replace(match, score=1.0) if match.field == "client_id" else match for match in sheet.matches)
    return replace(sheet, matches=tuple(surer))


def _share_known(column: Column, known: pa.StringArray) -> float:
    """The share of a column's distinct texts that are known ids."""
    return (
        float(np.mean(pc.is_in(column.uniques, known).to_numpy(zero_copy_only=False)))
        if len(column.uniques)
        else 0.0
    )


def _numbers_rows(column: Column) -> bool:
    """Whether it is 1, 2, 3... down the sheet."""
    return column.uniques.slice(0, 3).to_pylist() in (["1", "2", "3"], ["0", "1", "2"])
