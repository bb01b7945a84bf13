"""The fields a column of an export can be taken for, what each must hold, and the headers that name it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from analysis.reading.values.texts import essential, plain_header

#: What the cells of a field must be like; a column that is not like it is never taken for the field.
Holds = Literal["text", "code", "name", "date", "number", "flag", "status", "phone", "email", "currency"]

#: What a sheet is. The last three are sales whose status is said by the sheet itself.
Role = Literal[
    "sales", "clients", "contacts", "problems", "payments", "cancellations", "no_shows", "bookings"
]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Field:
    """One meaning a column can have. `tables`: the canonical tables it can feed."""

    code: str
    holds: Holds
    tables: tuple[str, ...]


_EVERYWHERE = ("sales", "clients", "contacts", "problems", "payments")

#: Every field, most telling first; the start page offers them in this order (`field.<code>` in the catalogue).
FIELDS: Mapping[str, Field] = {
    field.code: field
    for field in (
        Field("client_id", "code", _EVERYWHERE),
        Field("client_name", "name", _EVERYWHERE),
        Field("first_name", "name", _EVERYWHERE),
        Field("last_name", "name", _EVERYWHERE),
        Field("second_last_name", "name", _EVERYWHERE),
        Field("tax_id", "code", _EVERYWHERE),
        Field("date", "date", ("sales", "contacts", "problems", "payments")),
        Field("subject", "text", ("sales",)),
        Field("amount", "number", ("sales", "payments")),
        Field("net_amount", "number", ("sales", "payments")),
        Field("tax", "number", ("sales", "payments")),
        Field("quantity", "number", ("sales",)),
        Field("unit_price", "number", ("sales",)),
        Field("discount", "number", ("sales",)),
        Field("tip", "number", ("sales",)),
        Field("refunded_amount", "number", ("sales",)),
        Field("debit", "number", ("sales",)),
        Field("credit", "number", ("sales",)),
        Field("service", "text", ("sales",)),
        Field("staff", "text", ("sales", "contacts", "problems")),
        Field("status", "status", ("sales",)),
        Field("attendance", "status", ("sales",)),
        Field("voided", "status", ("sales",)),
        Field("payment_status", "status", ("sales", "payments")),
        Field("document_type", "status", ("sales",)),
        Field("cancelled_on", "date", ("sales",)),
        Field("document", "code", ("sales", "payments")),
        Field("currency", "currency", ("sales", "payments")),
        Field("meter", "number", ("sales",)),
        Field("rating", "number", ("sales",)),
        Field("promised", "date", ("sales", "problems")),
        Field("delivered", "date", ("sales",)),
        Field("phone", "phone", ("clients", "sales")),
        Field("email", "email", ("clients", "sales")),
        Field("birthday", "date", ("clients", "sales")),
        Field("consent", "flag", ("clients", "sales")),
        Field("referred_by", "text", ("clients", "sales")),
        Field("joined", "date", ("clients",)),
        Field("left", "date", ("clients",)),
        Field("contact_date", "date", ("contacts",)),
        Field("channel", "text", ("contacts",)),
        Field("outcome", "text", ("contacts",)),
        Field("opened", "date", ("problems",)),
        Field("closed", "date", ("problems",)),
        Field("kind", "text", ("problems",)),
        Field("solved", "flag", ("problems",)),
        Field("detail", "text", ("problems",)),
        Field("due", "date", ("payments", "sales")),
        Field("paid", "date", ("payments", "sales")),
        Field("paid_amount", "number", ("payments",)),
    )
}

#: Known headers that are none of our fields: naming them keeps a near miss from being taken for one.
OTHER = "other"
#: Headers that name a client's id only where nothing better does ("Code", "ID").
WEAK_ID = "client_id_weak"


def fields_of(role: Role) -> frozenset[str]:
    """The fields a sheet of this role can have."""
    table = table_of(role)
    return frozenset(code for code, field in FIELDS.items() if table in field.tables)


def table_of(role: Role) -> str:
    """The canonical table a sheet of this role feeds."""
    return "sales" if role in {"cancellations", "no_shows", "bookings"} else role


@dataclass(frozen=True)
class Synonyms:
    """Known headers, made comparable: `exact[header][field]` is its place among the field's names, best first."""

    exact: Mapping[str, Mapping[str, int]]
    loose: Mapping[str, Mapping[str, int]]  # the same without filling words


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    """The headers seen in the wild, Spanish and English, from `synonyms.json`."""
    names: Mapping[str, list[str]] = json.loads(
        files(__package__).joinpath("synonyms.json").read_text("utf-8")
    )
    exact: dict[str, dict[str, int]] = {}
    loose: dict[str, dict[str, int]] = {}
    for field, headers in names.items():
        for place, header in enumerate(headers):
            plain = plain_header(header)
            exact.setdefault(plain, {}).setdefault(field, place)
            for form in (essential(plain), plain.replace(" ", "")):
                loose.setdefault(form, {}).setdefault(field, place)
    return Synonyms(exact, loose)
