"""What a sheet is: sales, clients, contacts, problems, payments, or sales of one status.

Told by its fields first, then by how its cells are, and by its name where those leave a choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.reading.fields import Role
from analysis.reading.meaning.evidence import Profile
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

# fmt: off
_NAMES: Mapping[Role, re.Pattern[str]] = {
    "cancellations": words("cancel*", "anulac*", "anulad*"),
    "no_shows": words("no ?shows?", "inasistencias?", "ausencias?", "faltas", "no asisti*", "no vin*"),
    "problems": words("problem*", "reclam*", "quejas?", "incidenc*", "complaints?", "issues", "casos",
    "cases"),
    "contacts": words(
        "contactos?", "contacts", "llamadas?", "calls", "seguimientos?", "follow ?ups?", "gestiones",
        "mensajes", "messages",
    ),
    "payments": words("pagos?", "payments?", "cobros?", "cobranzas?", "collections?", "cuotas?", "instal*",
    "receivables"),
    "bookings": words(
        "futur*", "upcoming", "proxim*", "bookings?", "reservas?", "agenda", "citas", "appointments",
        "turnos",
    ),
    "clients": words("client*", "customers?", "pacientes?", "patients?", "socios?", "members?",
    "demographic*", "fichas?"),
}
# fmt: on
#: A client list has each client once; a few doubles are its untidiness.
_ONCE = 0.9
CLIENT = frozenset({"client_id", "client_name", "first_name", "last_name", "tax_id"})
#: Where nothing better does, a phone or a mail says whose a row is.
_REACHES_CLIENT = frozenset({"phone", "email"})
ABOUT_CLIENT = frozenset({"phone", "email", "birthday", "consent", "referred_by", "joined", "left"})
_MONEY = frozenset({"amount", "net_amount", "unit_price", "quantity"})
_STATUS = frozenset({"status", "attendance", "voided"})
SOLD = _MONEY | {"service"}


def named_role(file: str, sheet: str) -> Role | None:
    """What the sheet's name says it is, else the file's (only where the sheet has no telling name)."""
    for name in (sheet, re.sub(r"\.\w{2,5}$", "", file)):
        said = plain_header(name)
        for role, pattern in _NAMES.items():
            if pattern.search(said):
                return role
    return None


def role_of(found: Mapping[str, Profile], name_says: Role | None) -> Role | None:
    """What a sheet is by the fields found in it (each with its column's profile); None = no table of ours.

    A column of amounts counts even where it is empty; other empty columns say nothing, unless the whole sheet is empty.
    """
    no_rows = all(profile.empty for profile in found.values())
    fields = {field for field, profile in found.items() if no_rows or not profile.empty or field == "amount"}
    if not fields & (CLIENT | _REACHES_CLIENT):
        return None
    tests: tuple[tuple[Role, bool], ...] = (
        ("problems", _is_problems(fields, name_says)),
        ("contacts", _is_contacts(fields, name_says)),
        ("cancellations", _is_cancellations(fields, name_says)),
        ("payments", _is_payments(fields, name_says)),
        ("clients", _is_clients(found, fields, name_says)),
        ("no_shows", {"date"} <= fields and name_says == "no_shows" and not fields & _STATUS),
        ("bookings", {"date"} <= fields and name_says == "bookings" and not fields & (_MONEY | _STATUS)),
        ("sales", "date" in fields),
    )
    return next((role for role, is_it in tests if is_it), None)


def _is_problems(fields: set[str], name_says: Role | None) -> bool:
    if fields & _MONEY:
        return False
    about = fields & {"opened", "closed", "solved", "kind"}
    if name_says == "problems":
        return bool(about) and bool(fields & {"opened", "date", "contact_date", "closed"})
    return bool(fields & {"opened", "closed"}) and len(about) > 1 and "date" not in fields


def _is_contacts(fields: set[str], name_says: Role | None) -> bool:
    if fields & _MONEY:
        return False
    if name_says == "contacts":
        return bool(fields & {"contact_date", "date"}) and "service" not in fields
    return ("contact_date" in fields and "date" not in fields) or {"channel", "outcome", "date"} <= fields


def _is_cancellations(fields: set[str], name_says: Role | None) -> bool:
    if name_says == "cancellations":
        return bool(fields & {"cancelled_on", "date"}) and not fields & _STATUS
    return "cancelled_on" in fields and not fields & (_MONEY | _STATUS)


def _is_payments(fields: set[str], name_says: Role | None) -> bool:
    if name_says == "payments":
        return bool(fields & {"due", "paid", "date"}) and "service" not in fields
    return bool(fields & {"due", "paid"}) and "date" not in fields


def _is_clients(found: Mapping[str, Profile], fields: set[str], name_says: Role | None) -> bool:
    """A list of people: each once, with what is known of them and nothing that was sold."""
    about = fields & ABOUT_CLIENT
    personal = bool(about & {"joined", "birthday", "left", "consent"})
    named = name_says == "clients"
    if "date" in fields:
        sold = fields & (_MONEY | _STATUS | {"service", "meter"})
        return _once(found) and (not fields & _MONEY if named else not sold and personal)
    if fields & _MONEY and not (named or personal):
        return False  # sales that lack their date, and are to be told so
    if not fields & CLIENT and not named:
        return False
    return bool(about) or (_once(found) and (named or len(fields & CLIENT) > 1))


def _once(found: Mapping[str, Profile]) -> bool:
    who = ("client_id", "client_name", "first_name", "tax_id", "phone", "email")
    profile = next((found[field] for field in who if field in found), None)
    return profile is not None and profile.distinct >= _ONCE * profile.filled > 0
