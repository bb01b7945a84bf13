"""Who is served and is not the client: the pet of its owner, the pupil of their parent, the patient of who pays.

"Paciente" alone is the client. Beside "Propietario", "Tutor" or "Titular" the patient is whom the client brings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analysis.reading.meaning.evidence import Profile
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

Claims = Sequence[Mapping[str, Match]]


def with_served(
    columns: Sequence[Column], claims: Claims, profiles: Sequence[Profile]
) -> list[dict[str, Match]]:
    """The claims, with one column the client and another whom the client brings, where both are there."""
    told = [dict(claim) for claim in claims]
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


def _pays_for(client: Profile, patient: Profile) -> bool:
    return client.filled >= _MOSTLY * patient.filled and patient.distinct <= _SERVED_PER_CLIENT * max(
        client.distinct, 1
    )


def _claims(claim: Mapping[str, Match], field: str) -> bool:
    return field in claim and claim[field].score > 0


def _those(headers: Sequence[str], said: re.Pattern[str]) -> list[int]:
    return [place for place, header in enumerate(headers) if said.search(header)]
