"""Which field each column is: by its header first, its cells always having the last word.

Exact synonyms, then the same without filling words, then near misses of long names, then headers that contain a telling
word, each only where the cells agree; every field goes to one column and every column to one field, best claims first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from analysis.reading.fields import FIELDS, OTHER, WEAK_ID, synonyms
from analysis.reading.meaning.evidence import SURE, Profile
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import essential, plain_header

#: How much a claim is worth by where it comes from; within one source the field's better names come first.
_EXACT, _LOOSE, _NEAR, _CONTAINED, _CELLS = 1.0, 0.95, 0.8, 0.6, 0.4
_WEAK = 0.7
_PLACE = 1e-4
#: What the lower line of a header is worth less than a whole header: likely, and not sure.
_OF_ONE_LINE = 0.06
#: A header that is but a mark of money.
_ONLY_MONEY = re.compile(r"^[\s(\[]*(?:€|\$|£|S/\.?|US\$|MX\$|R\$)[\s)\]]*$")
#: Claims at or above this are sure; those below are likely.
_SURE_CLAIM = 0.95
#: Near misses: only names long enough that one wrong letter leaves them recognisable (token_sort ratio, 0-100).
_NEAR_RATIO = 88
_NEAR_LENGTH = 6
#: Words that tell the field of a longer header ("Fecha alta del servicio" is a date), where the cells agree.
# fmt: off
_TELLING: Mapping[str, str] = {
    "cliente": "client_name", "client": "client_name", "customer": "client_name",
    "paciente": "client_name", "patient": "client_name", "socio": "client_name", "fecha": "date",
    "date": "date", "importe": "amount", "monto": "amount", "amount": "amount", "total": "amount",
    "servicio": "service", "service": "service", "treatment": "service", "tratamiento": "service",
    "producto": "service", "product": "service", "estado": "status", "status": "status",
    "telefono": "phone", "phone": "phone", "celular": "phone", "movil": "phone", "mobile": "phone",
    "email": "email", "correo": "email", "vendedor": "staff", "salesperson": "staff", "stylist": "staff",
    "nacimiento": "birthday", "birth": "birthday", "cumpleanos": "birthday", "kilometraje": "meter",
    "odometer": "meter", "mileage": "meter",
}
#: Words of the day something was handed over, and of the day it was to be.
_HANDED_OVER = frozenset({"entrega", "entregado", "entregada", "delivery", "delivered"})
_TO_BE = frozenset(
    {
        "prometida", "prometido", "promesa", "promised", "comprometida", "compromiso", "prevista", "previsto",
        "estimada", "estimado", "estimated", "expected", "planned", "scheduled", "programada", "acordada",
        "agreed", "due", "limite",
    }
)
_KEY_WORDS = frozenset({"id", "code", "codigo", "cod"})
_CLIENT_WORDS = frozenset(word for word, field in _TELLING.items() if field == "client_name")
#: Beside these, "cliente" is the owner of something else: "tipo de cliente", "customer segment".
_OF_CLIENT = _KEY_WORDS | {
    "no", "type", "tipo", "segment", "segmento", "group", "grupo", "status", "estado", "since", "address",
    "direccion",
}
# fmt: on


@dataclass(frozen=True)
class Match:
    """A column taken for a field, how much the claim is worth, and why a better claim was vetoed, if one was."""

    field: str | None
    score: float = 0.0
    detail: str = ""

    @property
    def sure(self) -> bool:
        return self.score >= _SURE_CLAIM


def claims_of(column: Column, profile: Profile) -> dict[str, Match]:
    """Every field that a column's header or cells claim, by field; vetoed claims have score 0 and say why."""
    claims = _claims_of_lines(column)
    vetoed: dict[str, Match] = {}
    kept: dict[str, Match] = {}
    if "client_name" in claims and _holds_codes(profile):
        claims["client_id"] = max(claims.get("client_id", 0.0), claims["client_name"] - 0.01)
        del claims["client_name"]
    if "client_name" in claims and profile.veto("client_name") == "order_numbers":
        claims.setdefault("document", _WEAK)  # Shopify's "Name" is the order's
    if {"amount", "document"} <= claims.keys():  # a "Ticket" is a number on paper, or what it comes to
        del claims["amount" if profile.running else "document"]
    for field, score in claims.items():
        why = profile.veto(field)
        if why:
            vetoed[field] = Match(field, 0.0, why)
        else:
            kept[field] = Match(field, score)
    if (
        not kept
        and OTHER not in synonyms().exact.get(plain_header(column.header), {})
        and profile.emails >= SURE
    ):
        kept["email"] = Match("email", _CELLS)
    return vetoed | kept


def _claims_of_lines(column: Column) -> dict[str, float]:
    """What the whole header claims; of one of two lines that is no name we know, what its lower line does, if it is."""
    claims = claims_by_name(column.header)
    if column.last_line in {"", column.header} or max(claims.values(), default=0.0) >= _SURE_CLAIM:
        return claims
    own = claims_by_name(column.last_line)
    if max(own.values(), default=0.0) < _SURE_CLAIM:
        return claims
    return {field: score - _OF_ONE_LINE for field, score in own.items()}


def assign(
    claims: Sequence[Mapping[str, Match]],
    allowed: Collection[str],
    fixed: Mapping[int, str | None],
) -> list[Match]:
    """One field per column and one column per field, best claims first; `fixed` (by index) is the owner's word."""
    matches = [Match(None)] * len(claims)
    taken = {field for field in fixed.values() if field}
    for index, field in fixed.items():
        matches[index] = Match(field, 1.0)
    bids = sorted(
        (
            (match.score, -index, field)
            for index, claim in enumerate(claims)
            if index not in fixed
            for field, match in claim.items()
            if match.score > 0 and field in allowed
        ),
        reverse=True,
    )
    for score, negative_index, field in bids:
        index = -negative_index
        if field in taken or matches[index].field is not None:
            continue
        matches[index] = Match(field, score)
        taken.add(field)
    for index, claim in enumerate(claims):
        if matches[index].field is None and index not in fixed:
            matches[index] = Match(None, 0.0, _why_unused(claim, allowed, taken))
    return matches


def nearest_headers(field: str, headers: Sequence[str], limit: int = 3) -> tuple[str, ...]:
    """The headers found that are nearest in spelling to any name of a field, for the error that says it is missing."""
    names = [name for name, fields in synonyms().exact.items() if field in fields]
    plain = {header: plain_header(header) for header in headers if header}
    closeness = {
        header: max((fuzz.token_sort_ratio(name, known) for known in names), default=0.0)
        for header, name in plain.items()
    }
    return tuple(sorted(closeness, key=lambda header: -closeness[header])[:limit])


def claims_by_name(written: str) -> dict[str, float]:
    """Fields by header alone, as written in the file, with what each claim is worth."""
    if _ONLY_MONEY.match(written):
        return {"amount": _LOOSE}
    header = plain_header(written)
    known = synonyms()
    for names, form, worth in (
        (known.exact, header, _EXACT),
        (known.loose, essential(header), _LOOSE),
        (known.loose, header.replace(" ", ""), _LOOSE),
    ):
        if form in names:
            found = {
                field: worth - place * _PLACE
                for field, place in names[form].items()
                if field not in {OTHER, WEAK_ID}
            }
            if WEAK_ID in names[form]:
                found.setdefault("client_id", _WEAK)
            return found
    if len(header) >= _NEAR_LENGTH:
        hit = process.extractOne(
            header, known.exact.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR_RATIO
        )
        if hit and len(hit[0]) >= _NEAR_LENGTH:
            return {field: _NEAR for field in known.exact[hit[0]] if field in FIELDS}
    return _claims_of_words(header.split())


def _claims_of_words(words: Sequence[str]) -> dict[str, float]:
    """Fields that a telling word within a header of many claims."""
    found: dict[str, float] = {}
    for word in words:
        field = _TELLING.get(word)
        if field and not (field == "client_name" and _OF_CLIENT & set(words)):
            found.setdefault(field, _CONTAINED - 0.01 * len(words))
    if "date" in found and _HANDED_OVER & set(words):
        found["promised" if _TO_BE & set(words) else "delivered"] = _CONTAINED
    if _KEY_WORDS & set(words) and _CLIENT_WORDS & set(words):
        found["client_id"] = _CONTAINED
    return found


def _holds_codes(profile: Profile) -> bool:
    """Whether a client column's cells are keys (KERT01, 13085) and not names."""
    return profile.filled > 0 and profile.codes >= SURE > profile.order_numbers


def _why_unused(claim: Mapping[str, Match], allowed: Collection[str], taken: Collection[str]) -> str:
    """A code for the column's line on the confirmation screen: vetoed by its cells, or another column was better."""
    vetoed = next((match.detail for match in claim.values() if match.score == 0 and match.detail), "")
    if vetoed:
        return vetoed
    return "another_better" if any(field in taken for field in claim if field in allowed) else ""
