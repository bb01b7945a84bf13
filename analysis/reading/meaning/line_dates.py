"""Which of a sheet's dates is the day of the line, where headers leave that open: a delivery has a day of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.reading.meaning.evidence import SURE, Profile
from analysis.reading.meaning.matching import Match

#: What a claim is worth that rests on a column's cells alone.
BY_CELLS = 0.5
#: Days that stand for the day of the line where a sheet has no other: the client came for what was ready.
_INSTEAD = ("delivered", "promised")
#: A sheet with one of these days is not of sales, and wants no such stand-in.
_OF_OTHERS = frozenset({"opened", "closed", "contact_date"})


def with_handed_over(claims: list[dict[str, Match]]) -> list[dict[str, Match]]:
    """Claims where "completed on" is the day of delivery beside another date, and the day of the line on its own."""
    dated = [index for index, claim in enumerate(claims) if _bids(claim, "date")]
    if len(dated) != 1 or not _bids(claims[dated[0]], "delivered"):
        return claims
    (index,) = dated
    own = {field: match for field, match in claims[index].items() if field != "delivered"}
    return [*claims[:index], own, *claims[index + 1 :]]


def with_date_by_cells(
    claims: list[dict[str, Match]],
    profiles: Sequence[Profile],
    matches: Sequence[Match],
    of_any_table: Sequence[Match],
) -> list[dict[str, Match]]:
    """Where no header names the date and one single column without a meaning holds dates, that is the date.

    Where none does, the day of delivery is, or the day promised. `matches` are those of a sheet of sales,
    `of_any_table` those of a sheet of which nothing is known.
    """
    fields = [match.field for match in matches]
    if "date" in fields:
        return claims
    dated = [
        index
        for index, (field, profile) in enumerate(zip(fields, profiles, strict=True))
        if field is None and profile.filled and profile.dates >= SURE > profile.numbers
    ]
    stands_in = not dated and not any(match.field in _OF_OTHERS for match in of_any_table)
    instead = [fields.index(field) for field in _INSTEAD if stands_in and field in fields][:1]
    if len(dated + instead) != 1:
        return claims
    (index,) = dated + instead
    return [*claims[:index], {"date": Match("date", BY_CELLS)}, *claims[index + 1 :]]


def _bids(claim: Mapping[str, Match], field: str) -> bool:
    return field in claim and claim[field].score > 0
