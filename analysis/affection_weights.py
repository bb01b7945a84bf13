"""The points table of affection: what each sign can add to a score and take from it. The owner may change it.

One table in code, which the score reads, the page shows and `docs/affection.md` repeats (held by a test).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from analysis.errors import AffectionWeightError

Side = Literal["adds", "takes"]
SIDES: tuple[Side, ...] = ("adds", "takes")
#: From the middle of the scale nothing can move a score further.
MOST_POINTS = 5.0


@dataclass(frozen=True)
class Points:
    """The most that a sign or a family adds (>= 0) and takes (<= 0). What is 0 by default stays 0: no sign flips."""

    adds: float = 0.0
    takes: float = 0.0


#: Family -> the most all its signs together add and take. Calibrated so that on a file of dates and amounts alone about
#: a fifth of the clients who still come are loved: those who come often, on time, for long and pay more.
FAMILIES: Mapping[str, Points] = {
    "visits": Points(2.4, -1.5),
    "money": Points(1.5, -1.5),
    "pay": Points(takes=-1.5),
    "word": Points(3.0, -4.0),
    "trouble": Points(takes=-4.0),
    "booking": Points(takes=-1.25),
    "contact": Points(0.3),
}
#: Sign -> its family and the most it adds and takes, family by family.
SIGNS: Mapping[str, tuple[str, Points]] = {
    "frequency": ("visits", Points(1.75, -0.5)),
    "punctual": ("visits", Points(0.6, -0.6)),
    "tenure": ("visits", Points(0.75)),
    "silence": ("visits", Points(takes=-1.0)),
    "extra_visits": ("visits", Points(0.4)),
    "ticket": ("money", Points(0.9, -0.9)),
    "pays_on_time": ("money", Points(0.5, -1.0)),
    "unpaid": ("pay", Points(takes=-1.5)),
    "referrals": ("word", Points(2.0)),
    "rating": ("word", Points(1.75, -4.0)),
    "problems": ("trouble", Points(takes=-3.0)),
    "refunds": ("trouble", Points(takes=-1.0)),
    "no_shows": ("booking", Points(takes=-1.25)),
    "cancellations": ("booking", Points(takes=-0.5)),
    "answers": ("contact", Points(0.3)),
}


@dataclass(frozen=True)
class Weights:
    """The table in use: points of each family and of each sign."""

    families: Mapping[str, Points]
    signs: Mapping[str, Points]

    @classmethod
    def of(cls, changed: Mapping[str, float] | None = None) -> Weights:
        """The default table with the owner's changes: "frequency.adds" -> 2.5, "visits.takes" -> -1.

        Raises AffectionWeightError where a change would turn a sign around (a complaint adds nothing) or leave the
        scale.
        """
        families, signs = dict(FAMILIES), {sign: points for sign, (_, points) in SIGNS.items()}
        for key, value in (changed or {}).items():
            name, side = parted(key)
            table = families if name in families else signs
            _check(name, side, value)
            table[name] = replace(table[name], **{side: float(value)})
        return cls(families, signs)


def default(name: str, side: Side) -> float:
    """The points of a family or a sign before anybody changed them."""
    points = FAMILIES[name] if name in FAMILIES else SIGNS[name][1]
    return points.adds if side == "adds" else points.takes


def changes(weights: Mapping[str, float]) -> dict[str, float]:
    """What of these differs from the default."""
    return {key: value for key, value in weights.items() if value != default(*parted(key))}


def rows() -> Iterator[tuple[str, str]]:
    """The rows of the table, in order: (family, "") for what a family can do in all, then (family, sign)."""
    for family in FAMILIES:
        yield family, ""
        yield from ((family, sign) for sign, (of, _) in SIGNS.items() if of == family)


def parted(key: str) -> tuple[str, Side]:
    """The name and the side that a key of the changes speaks of. Raises AffectionWeightError for any other text."""
    name, _, said = key.rpartition(".")
    for side in SIDES:
        if said == side and (name in FAMILIES or name in SIGNS):
            return name, side
    raise AffectionWeightError("weight_unknown", key=key)


def _check(name: str, side: Side, value: float) -> None:
    kind = "family" if name in FAMILIES else "sign"
    if not default(name, side):
        raise AffectionWeightError(f"weight_{kind}_never_{side}", **{kind: name})
    low, high = (0.0, MOST_POINTS) if side == "adds" else (-MOST_POINTS, 0.0)
    if not low <= value <= high:  # NaN is out of range too
        raise AffectionWeightError(f"weight_{kind}_range", **{kind: name}, low=low, high=high)
