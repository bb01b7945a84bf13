"""Who is served and is not the client: the pet of its owner, the pupil of their parent, the patient of who pays.

"Paciente" alone is the client. Beside "Propietario", "Tutor" or "Titular" the patient is whom the client brings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from analysis.reading.meaning.evidence import SURE, Profile
from analysis.reading.meaning.matching import Match
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

# fmt: off
_SERVED = words(
    "pacientes?", "patients?", "alumn[oa]s?", "students?", "pupils?", "hij[oa]s?", "nin[oa]s?", "child(ren)?",
    "beneficiari[oa]s?",
)
_CLIENT = words(
    "propietari[oa]s?", "duen[oa]s?", "titular(es)?", "tutor(es|a)?", "owners?", "guardians?", "apoderad[oa]s?",
    "padres?", "madres?", "parents?", "pagador(a|es)?", "payer", "clientes?", "clients?", "customers?", "bill to",
    "facturar a",
)
_HISTORY = words("historia", "hc", "nhc", "chart", "ficha")
# fmt: on
_OWNER = words("owners?")
#: A company or an insurer pays for many; who pays for this few is family.
_SERVED_PER_CLIENT = 3
#: Where the payer is named on fewer of the rows, the patients pay for themselves and the others are exceptions.
_MOSTLY = 0.6
_SURE = 1.0
#: Fewer different texts than this share of the clients are kinds, and no names.
_FEW_KINDS, _ENOUGH_CLIENTS = 0.2, 20
_MOST_COUNTS = 10

Claims = Sequence[Mapping[str, Match]]


def with_served(
    columns: Sequence[Column], claims: Claims, profiles: Sequence[Profile]
) -> list[dict[str, Match]]:
    """The claims, with one column the client and another whom the client brings, where both are there."""
    told = [_without_kinds(place, columns, claims, profiles[place]) for place in range(len(columns))]
    headers = [plain_header(column.header) for column in columns]
    named = [place for place, claim in enumerate(claims) if _claims(claim, "client_name")]
    served = [place for place in named if _SERVED.search(headers[place])]
    clients = [place for place in named if _CLIENT.search(headers[place]) and place not in served]
    if not named and any(_claims(claim, "subject") for claim in claims):
        # Elsewhere an "owner" is the one who sells.
        for place in _those(headers, _OWNER)[:1]:
            told[place] = {"client_name": Match("client_name", _SURE)}
    if not served or not clients:
        return told
    client = min(clients, key=lambda place: (profiles[place].empty, place))
    patient = min(served, key=lambda place: (profiles[place].empty, place))
    if not _pays_for(profiles[client], profiles[patient]):
        for place in clients:
            told[place].pop("client_name")
        return told
    told[client] = {"client_name": Match("client_name", _SURE)}
    told[patient] = {"subject": Match("subject", _SURE)}
    for place in {*_those(headers, _SERVED), *_those(headers, _HISTORY)} - {client, patient}:
        for field in ("client_id", "client_name"):
            told[place].pop(field, None)
    return told


def _without_kinds(
    place: int, columns: Sequence[Column], claims: Claims, profile: Profile
) -> dict[str, Match]:
    """The claims of a column, but to be a subject where it holds a few kinds ("Van") and tells nobody's two apart."""
    claim = dict(claims[place])
    if _claims(claim, "subject") and _names_nobody(profile):
        del claim["subject"]
    of_clients = [
        columns[other].codes
        for other, others in enumerate(claims)
        if other != place and len(columns[other].uniques) and _claims(others, "client_name", "client_id")
    ]
    if not _claims(claim, "subject") or not of_clients:
        return claim
    whose = max(of_clients, key=lambda codes: int(codes.max(initial=0)))
    both = (whose >= 0) & columns[place].filled
    clients, kinds = len(np.unique(whose[both])), len(columns[place].uniques)
    pairs = len(np.unique(whose[both].astype(np.int64) * (kinds + 1) + columns[place].codes[both]))
    if clients >= _ENOUGH_CLIENTS and kinds < _FEW_KINDS * clients and pairs == clients:
        del claim["subject"]
    return claim


def _names_nobody(profile: Profile) -> bool:
    """Whether a column under such a header says yes or no, or how many there are."""
    counts = profile.numbers >= SURE and profile.distinct <= _MOST_COUNTS
    return not profile.empty and (profile.flags >= SURE or counts)


def _pays_for(client: Profile, patient: Profile) -> bool:
    return client.filled >= _MOSTLY * patient.filled and patient.distinct <= _SERVED_PER_CLIENT * max(
        client.distinct, 1
    )


def _claims(claim: Mapping[str, Match], *fields: str) -> bool:
    return any(field in claim and claim[field].score > 0 for field in fields)


def _those(headers: Sequence[str], said: re.Pattern[str]) -> list[int]:
    return [place for place, header in enumerate(headers) if said.search(header)]
