"""What a sheet is: sales, clients, contacts, problems, payments, or sales of one status; told by headers, cells and name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.reading.evidence import Profile
from analysis.reading.fields import Role
from analysis.reading.texts import plain_header

_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("cancellations", re.compile(r"\b(cancel\w*|anulac\w*|anulad\w*)\b")),
    ("no_shows", re.compile(r"\b(no ?shows?|inasistencias?|ausencias?|faltas|no asisti\w*|no vin\w*)\b")),
    ("problems", re.compile(r"\b(problem\w*|reclam\w*|quejas?|incidenc\w*|complaints?|issues|tickets|casos|cases)\b")),
    ("contacts", re.compile(r"\b(contactos?|contacts|llamadas?|calls|seguimientos?|follow ?ups?|gestiones|mensajes|messages)\b")),
    ("payments", re.compile(r"\b(pagos?|payments?|cobros?|cobranzas?|collections?|cuotas?|instal\w*|receivables|recibos)\b")),
    ("bookings", re.compile(r"\b(futur\w*|future|upcoming|proxim\w*|bookings?|reservas?|agenda|citas|appointments|turnos)\b")),
    ("clients", re.compile(r"\b(client\w*|customers?|pacientes?|patients?|socios?|members?|demographic\w*|alumnos?|fichas?)\b")),
    ("sales", re.compile(r"\b(ventas?|sales|invoices?|facturas?|transac\w*|orders?|pedidos|receipts?|visit\w*|boletas|tickets?)\b")),
)  # fmt: skip
#: A client list has each client once; a few doubles are its untidiness.
_ONCE = 0.9
_CLIENT = frozenset({"client_id", "client_name", "first_name", "last_name"})
_ABOUT_CLIENT = frozenset({"phone", "email", "birthday", "consent", "referred_by", "joined", "left"})
_VALUE = frozenset({"amount", "unit_price", "quantity"})


def named_role(file: str, sheet: str) -> Role | None:
    """What the sheet's name says it is, else the file's (only where the sheet has no telling name)."""
    for name in (sheet, re.sub(r"\.\w{2,5}$", "", file)):
        words = plain_header(name)
        for role, pattern in _NAMES:
            if pattern.search(words):
                return role
    return None


def role_of(found: Mapping[str, Profile], name_says: Role | None) -> Role | None:
    """What a sheet is by the fields found in it (each with its column's profile); None = no table of ours."""
    fields = {field for field, profile in found.items() if not profile.empty} | ({"amount"} & found.keys())
    if not fields & _CLIENT:
        return None
    valued = bool(fields & _VALUE)
    if _is_problems(fields, name_says) and not valued:
        return "problems"
    if _is_contacts(fields, name_says) and not valued:
        return "contacts"
    if "cancelled_on" in fields or (name_says == "cancellations" and "date" in fields and "status" not in fields):
        return "sales" if valued and name_says != "cancellations" else "cancellations"
    if _is_payments(fields, name_says):
        return "payments"
    if _is_clients(found, fields, name_says):
        return "clients"
    if "date" not in fields:
        return "clients" if fields & _ABOUT_CLIENT or _once(found) and len(fields & _CLIENT) > 1 else None
    if name_says == "no_shows" and "status" not in fields:
        return "no_shows"
    if name_says == "bookings" and not valued and "status" not in fields:
        return "bookings"
    return "sales"


def _is_problems(fields: set[str], name_says: Role | None) -> bool:
    dated = bool(fields & {"opened", "date", "contact_date", "closed"})
    about = fields & {"opened", "closed", "solved", "kind"}
    if name_says == "problems":
        return dated and bool(about)
    return bool(fields & {"opened", "closed"}) and len(about) > 1 and "date" not in fields


def _is_contacts(fields: set[str], name_says: Role | None) -> bool:
    if name_says == "contacts":
        return bool(fields & {"contact_date", "date"}) and "service" not in fields
    return "contact_date" in fields and "date" not in fields or {"channel", "outcome", "date"} <= fields


def _is_payments(fields: set[str], name_says: Role | None) -> bool:
    if name_says == "payments":
        return bool(fields & {"due", "paid", "date"}) and "service" not in fields
    return bool(fields & {"due", "paid"}) and "date" not in fields


def _is_clients(found: Mapping[str, Profile], fields: set[str], name_says: Role | None) -> bool:
    """A list of people: each once, with what is known of them and nothing that was sold."""
    if fields & (_VALUE | {"service", "status", "meter"}) and name_says != "clients":
        return False
    about = fields & _ABOUT_CLIENT
    if name_says == "clients":
        return _once(found) and not (fields & _VALUE and "date" in fields)
    return bool(about) and _once(found) and ("date" not in fields or bool(about & {"joined", "birthday", "left"}))


def _once(found: Mapping[str, Profile]) -> bool:
    profile = found.get("client_id") or found.get("client_name") or found.get("first_name")
    return profile is not None and profile.distinct >= _ONCE * profile.filled and profile.filled > 0
