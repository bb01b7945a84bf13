"""From the sheets of an upload to what each one and each of its columns is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import pyarrow as pa

from analysis.reading.corrections import ColumnKey, Corrections, SheetKey
from analysis.reading.fields import FIELDS, Role, fields_of
from analysis.reading.layout.body import Body
from analysis.reading.meaning.client_keys import all_keys, are_mostly, numbers_something_else, unnamed_keys
from analysis.reading.meaning.continued import continued
from analysis.reading.meaning.evidence import SURE, Profile, profile_of
from analysis.reading.meaning.line_dates import BY_CELLS, with_date_by_cells, with_handed_over
from analysis.reading.meaning.matching import Match, assign, claims_of
from analysis.reading.meaning.roles import ABOUT_CLIENT, CLIENT, SOLD, named_role, role_of
from analysis.reading.meaning.served import with_served
from analysis.reading.values.columns import Column
from analysis.reading.values.statuses import status_meaning
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

#: A service column whose texts hardly repeat (a concept with its period, a product's full name) gives way to one
#: whose texts do.
_HARDLY_REPEATS = 0.15
_GIVES_WAY = 0.03
#: Headers of what a tax or a discount is of a hundred, and not in money.
_RATE = words("tipo", "rate", "porcentaje", "percent", "percentage", "pct")
_NEEDED = {"client_name": CLIENT, "date": frozenset({"date"})}

Claims = Sequence[Mapping[str, Match]]


@dataclass(frozen=True, eq=False)
class Understood:
    """A sheet with its role and, per column, what it is taken for."""

    body: Body
    role: Role | None
    profiles: tuple[Profile, ...]
    matches: tuple[Match, ...]
    corrected: frozenset[int]  # indices of the columns whose field is the owner's word
    lacking: tuple[str, ...] = ()  # fields without which a sheet of no role could not be used
    role_said: bool = False  # the role is the owner's word

    def column(self, field: str) -> Column | None:
        """The column taken for a field, if there is one."""
        return next((column for column, match in self.columns if match.field == field), None)

    @property
    def columns(self) -> Sequence[tuple[Column, Match]]:
        return tuple(zip(self.body.columns, self.matches, strict=True))

    def unused(self) -> Understood:
        """The same sheet as no table of ours."""
        return replace(self, role=None, matches=tuple(replace(match, field=None) for match in self.matches))

    def key(self, column: Column) -> ColumnKey:
        return ColumnKey(self.body.file, self.body.sheet, column.header, column.position)


def understand(bodies: Sequence[Body], corrections: Corrections, today: dt.date) -> list[Understood]:
    """What every sheet of an upload is; sheets are looked at together, for one's keys can tell another's."""
    sheets = [_understand(body, corrections, today) for body in bodies]
    if any(sheet.role for sheet in sheets if not sheet.body.grid.hidden):
        # Hidden sheets hold copies, lists for drop-downs and what programs keep for themselves.
        sheets = [
            sheet.unused() if sheet.body.grid.hidden and not (sheet.corrected or sheet.role_said) else sheet
            for sheet in sheets
        ]
    known = all_keys(
        column
        for sheet in sheets
        if sheet.role == "sales"
        for column, match in sheet.columns
        if match.field == "client_id" and match.sure
    )
    sheets = [_with_keys_known(sheet, known, corrections, today) for sheet in sheets]
    if not any(sheet.role == "sales" for sheet in sheets):
        # An agenda on its own is all there is to know of who came.
        sheets = [
            replace(sheet, role="sales") if sheet.role == "bookings" and not sheet.role_said else sheet
            for sheet in sheets
        ]
    return [_continued(sheet) if sheet.role == "sales" else sheet for sheet in sheets]


def _continued(sheet: Understood) -> Understood:
    """The sheet with what a document says once told on each of its lines."""
    changed = continued(sheet.column)
    if not changed:
        return sheet
    columns = tuple(changed.get(match.field or "", column) for column, match in sheet.columns)
    return replace(sheet, body=replace(sheet.body, columns=columns))


def subject_of(body: Body) -> tuple[object, ...]:
    """What the name of a table's sheet says its rows are; tables of different subjects are never one."""
    return named_role(body.file, body.sheet), status_meaning(body.sheet)


def _understand(
    body: Body, corrections: Corrections, today: dt.date, keys_at: int | None = None
) -> Understood:
    """One sheet on its own; `keys_at` is the index of a column known to hold the clients' keys."""
    profiles = tuple(profile_of(column, today) for column in body.own_columns)
    claims = [_weighed(claims_of(*pair), *pair) for pair in zip(body.columns, profiles, strict=True)]
    claims = with_handed_over(with_served(body.columns, claims, profiles))
    if keys_at is not None:
        claims[keys_at] = {"client_id": Match("client_id", BY_CELLS)}
    fixed = {
        index: corrections.fields[key]
        for index, column in enumerate(body.columns)
        if (key := ColumnKey(body.file, body.sheet, column.header, column.position)) in corrections.fields
    }
    claims = _without_foreign_keys(body, claims, assign(claims, FIELDS, fixed))
    matches = assign(claims, FIELDS, fixed)
    if _sold_without_date(matches):
        as_sales = assign(claims, fields_of("sales"), fixed)
        dated = with_date_by_cells(claims, profiles, as_sales, matches)
        if dated is not claims:
            claims, matches = dated, assign(dated, fields_of("sales"), fixed)
    found = {match.field: profile for match, profile in zip(matches, profiles, strict=True) if match.field}
    role = role_of(found, named_role(body.file, body.sheet)) if body.header_row is not None or fixed else None
    if body.summary and not fixed:
        role = "clients" if body.summary == "by_client" and found.keys() & ABOUT_CLIENT else None
    said = (sheet := SheetKey(body.file, body.sheet)) in corrections.roles
    if said:
        role = cast("Role | None", corrections.roles[sheet])
    if role is None:
        lacking = tuple(field for field in _NEEDED if not _NEEDED[field] & found.keys())
        return Understood(body, None, profiles, tuple(matches), frozenset(fixed), lacking, said).unused()
    # What the owner says of a column stands, though a sheet of this role may have no use for it.
    fixed = {index: field if field in fields_of(role) else None for index, field in fixed.items()}
    matches = assign(claims, fields_of(role), fixed)
    return Understood(body, role, profiles, tuple(matches), frozenset(fixed), role_said=said)


def _weighed(claims: Mapping[str, Match], column: Column, profile: Profile) -> dict[str, Match]:
    """A column's claims, lowered where another with the same name should have the field.

    That is where it is empty; where a service hardly repeats or is a code; where a tax or a discount is a percentage.
    A "description" is of what was sold before it is one of a problem.
    """
    lowered: set[str] = set(claims) if profile.empty else {"detail"}
    if profile.distinct > _HARDLY_REPEATS * max(profile.filled, 1) or profile.articles >= SURE:
        lowered.add("service")
    if "%" in column.header or _RATE.search(plain_header(column.header)):
        lowered |= {"tax", "discount"}
    return {
        field: replace(match, score=match.score - _GIVES_WAY) if field in lowered and match.score else match
        for field, match in claims.items()
    }


def _without_foreign_keys(
    body: Body, claims: list[dict[str, Match]], matches: Sequence[Match]
) -> list[dict[str, Match]]:
    """Drops the claim of a weakly named key ("Code", "ID") that numbers rows or products, not clients."""
    place = {match.field: index for index, match in enumerate(matches) if match.field}
    index = place.get("client_id")
    if index is None or matches[index].sure:
        return claims
    names = [
        body.columns[place[field]] for field in ("client_name", "first_name", "last_name") if field in place
    ]
    if not names and not ("date" in place and SOLD & place.keys()):
        return claims
    if not numbers_something_else(body.columns[index], names):
        return claims
    others = {field: match for field, match in claims[index].items() if field != "client_id"}
    return [*claims[:index], others, *claims[index + 1 :]]


def _sold_without_date(matches: Sequence[Match]) -> bool:
    """Whether something was sold to somebody on a day that no column has been taken for yet."""
    fields = {match.field for match in matches if match.field}
    return (
        bool(fields & SOLD) and bool(fields & CLIENT) and not fields & {"date", "due", "paid", "cancelled_on"}
    )


def _with_keys_known(
    sheet: Understood, known: pa.StringArray, corrections: Corrections, today: dt.date
) -> Understood:
    """What the keys of the sales tell of another sheet: an unnamed column of keys, or a weakly named one made sure."""
    column = sheet.column("client_id")
    if column is not None:
        sure = are_mostly(column, known)
        surer = (
            replace(match, score=1.0) if sure and match.field == "client_id" else match
            for match in sheet.matches
        )
        return replace(sheet, matches=tuple(surer))
    place = (
        unnamed_keys(sheet.body.columns, sheet.profiles, known) if sheet.role in {None, "clients"} else None
    )
    if place is None or place in sheet.corrected or sheet.role_said:
        return sheet
    again = _understand(sheet.body, corrections, today, keys_at=place)
    return again if again.role == "clients" else sheet
