"""What a status, a document type or a yes/no says, in Spanish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from analysis.reading.values.texts import plain
from analysis.reading.values.vocabulary import exactly, words

#: A line's meaning. `waiting`: booked without a place (a waiting list, to be rescheduled). `unpaid`: served, and owes.
Meaning = Literal["completed", "cancelled", "no_show", "booked", "refund", "waiting", "unpaid"]

# fmt: off
#: Looked for in this order: "no asistió" must not be found as "asistió", nor
#: "not completed" as "completed".
_MEANINGS: Mapping[Meaning, re.Pattern[str]] = {
    "waiting": words(
        "wait ?list*", "waiting( list)?$", "en espera", "lista de espera", "reprogram*", "resched*",
        "postpon*",
        "pospuest*", "aplazad*", "drafts?", "borrador(es)?", "presupuest*", "cotizaci*", "proforma",
        "quot(e|ation)s?",
        "estimate",
    ),
    "no_show": words(
        "no ?show*", "no vino", "no asisti*", "no asiste", "no se present*", "no presentad[oa]",
        "no acud*", "no llego", "no concurri*", "no attend*", "not attended", "not arrived",
        "did not (attend|come|show|arrive)", "did not show up", "didn t (come|show|attend)", "inasist*",
        "ausente", "ausencia", "falto", "falta$", "fallo$", "no ha venido", "absent", "missed", "dna",
        "planton", "plantad[oa]",
        "nos planto", "falla$",
    ),
    "unpaid": words(
        "sin (pagar|cobrar)", "awaiting payment", "authorized", "open", "abiert*", "impag*",
        "parcial(mente)? (pagad|cobrad)*", "partially (paid|refunded)", "in payment", "unpaid", "not paid",
        "no pagad*", "pendiente de (pago|cobro)", "por (cobrar|pagar)",
        "overdue", "past due", "vencid*", "open balance", "pago pendiente", "partially paid",
        "pago parcial",
    ),
    "refund": words(
        "devol*", "devuelt*", "reembols*", "refund*", "return(s|ed)?", "abono",
        "notas? de credito", "notas? credito", "n c", "nc", "credit (note|memo)*", "chargeback",
        "rectificativa", "reintegr*", "reversal", "reversed", "extorn*",
    ),
    "cancelled": words(
        "cancel*", "anul*", "void*", "annul*", "declin*", "expired", "caducad*", "reject*", "rechaz*",
        "suspend*", "eliminad*",
        "deleted", "desist*", "invalid*", "failed", "fallid*", "perdid[oa]", "lost",
        "no (realiz|efectuad|complet|valid)*", "baja", "not (complet|done)*",
    ),
    "booked": words(
        "reserv*", "agend*", "program*", "pend*", "confirm*", "book*", "schedul*", "upcoming", "proxim*",
        "futur*", "planificad*", "planned", "unconfirmed", "por (venir|confirmar|atender|realizar)",
        "citad[oa]",
        "solicitad*", "requested", "tentativ*", "new", "nuev[oa]", "to do", "not started",
    ),
    "completed": words(
        "realiz*", "complet*", "atendid*", "asist*", "finaliz*", "termin*", "done", "attend*", "show*",
        "checked", "check (in|out)", "closed", "cerrad*", "paid", "pagad*", "abonad[oa]", "cobrad*",
        "factur*",
        "entreg*", "deliver*", "ship*", "enviad*", "fulfill*", "approv*", "aprobad*", "emitid*", "issued",
        "valid*", "vigente", "activ*", "ok", "cumplid*", "cumplio", "vino", "arrived", "llego", "invoiced",
        "success*", "exitos*", "acept*", "accept*", "posted", "efectuad*", "ejecutad*", "served", "sold",
        "vendid*", "venta", "normal", "present[ea]?", "presentad*", "hech[oa]", "acudio", "procesad*",
        "processed", "registrad*", "en curso", "in progress", "started", "iniciad*", "conciliad*",
        "publicad*", "finished", "timbrad*", "contabilizad*", "ha venido", "acude", "en tratamiento",
        "en sala*", "sala de espera", "waiting room", "atendiend*",
        "ganad[oa]", "won", "settled",
    ),
}
_CREDIT_NOTE = words(
    "notas? de credito", "notas? credito", "n c", "nc", "ncr", "credit (note|memo)s?", "devol*", "reembols*",
    "refund*", "returns?", "rectificativa", "factura de abono", "chargeback",
)
_RETURNED = words(
    "devuelt[oa]s?", "reembolsad[oa]s?", "refunded", "returned", "reversed", "reintegrad[oa]s?",
    "reversad[oa]s?",
)
#: Kinds of documents that are a sale, and those that stand in the same list and are none.
_SALE = words(
    "facturas?", "fra", "fac", "invoices?", "boletas?", "tickets?", "ventas?", "sales?", "sales receipts?",
    "notas? de venta",
    "out invoice",
)
_NO_SALE = words(
    "journal( entry)?", "asientos?", "saldo inicial", "opening balance", "balance forward",
    "presupuestos?", "cotizaci*", "quotes?", "quotations?", "estimates?", "proforma", "gastos?",
    "expenses?", "compras?", "purchases?", "bills?", "in invoice",
)
#: "Pago de factura" and "Invoice payment" are payments; "Venta pago contado" is a sale.
_PAYMENT = re.compile(
    r"^[\d ]*(pagos?|payments?|cobros?|recibos? de (caja|pago|cobro)|bank deposit|transferencias?|transfers?"
    r"|anticipos?|senas?|prepayments?)\b|\bpayments?$"
)
_YES = exactly(
    "si", "s", "yes", "y", "true", "verdader[oa]", "1", "x", "v", "t", "ok", "on", "acepta( .*)?",
    "autoriza(do|da)?( .*)?", "accepted", "allowed", "subscribed", "suscrit[oa]", "opt(ed)? in",
    "(si|yes) .*",
)
_NO = exactly(
    "no", "n", "false", "fals[oa]", "0", "f", "off", "unsubscribed", "never", "none", "ningun[oa]?",
    "rechaza(do|da)?", "denied", "opt(ed)? out", "(no|not|sin|without|don t|do not) .*",
)
_STILL_OPEN = words(
    "abiert*", "open", "pend*", "en (curso|proceso)", "in progress", "new", "nuev[oa]", "reopened",
)
_BADLY = words(
    "mal", "bad*", "unsolved", "unresolved", "insatisf*", "unsatisf*", "dissatisf*", "rechaz*", "rejected",
    "failed", "sin solucion",
)
_WELL = words(
    "resuel*", "resolv*", "solucion*", "solved", "closed", "cerrad*", "bien", "well", "conforme",
    "satisf*", "ok", "fixed",
)
_OF_PAYMENT = words("pagad*", "paid", "cobrad*", "impag*", "unpaid", "vencid*", "overdue")
_ASKS_DONE = words("realizad[oa]", "hech[oa]", "completad[oa]", "completed", "done")
_ASKS_CANCELLED = words("cancel*", "anulad[oa]", "void*")
_ASKS_REFUND = words("devuelt*", "devoluc*", "refund*", "return*")
_ASKS_NO_SHOW = words("no ?show", "no asisti*", "inasistencia", "falto", "ausente", "missed", "did not")
_ASKS_UNPAID = words("impag*", "unpaid", "vencid*", "overdue")
# fmt: on

#: "Cancelado" means paid in much of Latin America; a shop does not lose more than this share of its lines.
_TOO_MANY_CANCELLED = 0.6


def status_meaning(text: str) -> Meaning | None:
    """What one status says; None where it says nothing we know.

    >>> status_meaning("No asistió"), status_meaning("13 - Nota de Crédito"), status_meaning("Kentucky")
    ('no_show', 'refund', None)
    """
    said = plain(text)
    return next((meaning for meaning, pattern in _MEANINGS.items() if pattern.search(said)), None)


def is_credit_note(text: str) -> bool:
    """Whether a kind of document gives money back; "Abono" is a subscription in half of the Spanish-speaking world.

    >>> is_credit_note("13 - Nota de Crédito C"), is_credit_note("Abono mensual")
    (True, False)
    """
    return bool(_CREDIT_NOTE.search(plain(text)))


def is_returned(text: str) -> bool:
    """Whether a status says of its own line that it was given back, and is not itself the giving back.

    >>> is_returned("Refunded"), is_returned("Devolución")
    (True, False)
    """
    return bool(_RETURNED.search(plain(text)))


def is_sale(text: str) -> bool:
    """Whether a kind of document is a sale.

    >>> is_sale("01 - Factura"), is_sale("Recibo de caja")
    (True, False)
    """
    return bool(_SALE.search(plain(text))) and not is_no_sale(text)


def is_no_sale(text: str) -> bool:
    """Whether a kind of document stands in the same list as sales and is none: a payment, a quotation, an expense.

    >>> is_no_sale("Invoice payment"), is_no_sale("Presupuesto"), is_no_sale("Venta pago contado")
    (True, True, False)
    """
    said = plain(text)
    return bool(_NO_SALE.search(said) or _PAYMENT.search(said))


def flag_meaning(text: str) -> bool | None:
    """What a yes/no cell says.

    >>> flag_meaning("Sí"), flag_meaning("FALSE"), flag_meaning("quizás")
    (True, False, None)
    """
    said = plain(text)
    if _YES.match(said):
        return True
    return False if _NO.match(said) else None


def solved_meaning(text: str) -> bool | None:
    """Whether a problem was solved; None where the cell says it is still open, or nothing we know.

    >>> solved_meaning("Resuelta"), solved_meaning("Mal resuelta"), solved_meaning("En curso")
    (True, False, None)
    """
    flag = flag_meaning(text)
    said = plain(text)
    if flag is not None or _STILL_OPEN.search(said):
        return flag
    if _BADLY.search(said):
        return False
    return True if _WELL.search(said) else None


def speaks_of_solving(text: str) -> bool:
    """Whether a cell can belong to a column that says how problems stand."""
    return solved_meaning(text) is not None or bool(_STILL_OPEN.search(plain(text)))


def status_meanings(header: str, texts: Sequence[str], counts: Sequence[int]) -> list[Meaning | None]:
    """The meaning of each distinct text of a status column; `header` (plain) says what a yes stands for.

    `counts`: rows per text. "Cancelado" in most of the rows, beside nothing completed, is read as paid; "pendiente"
    beside words of payment is a served line that is owed.
    """
    meanings = [status_meaning(text) for text in texts]
    flags = [flag_meaning(text) for text in texts]
    if None not in flags and set(meanings) <= {None, "completed"}:
        return [_of_flag(header, yes=bool(flag)) for flag in flags]
    cancelled = sum(count for meaning, count in zip(meanings, counts, strict=True) if meaning == "cancelled")
    cancelled_is_paid = "completed" not in meanings and cancelled > _TOO_MANY_CANCELLED * sum(counts)
    really: dict[Meaning, Meaning] = {}
    if cancelled_is_paid:
        really = {"cancelled": "completed", "booked": "unpaid"}
    elif any(_OF_PAYMENT.search(plain(text)) for text in texts):
        really = {"booked": "unpaid"}
    return [really.get(meaning, meaning) if meaning else None for meaning in meanings]


def _of_flag(header: str, *, yes: bool) -> Meaning:
    """What yes and no say under a header that asks."""
    asked: Mapping[Meaning, bool] = {
        "no_show": bool(_ASKS_NO_SHOW.search(header)),
        "cancelled": bool(_ASKS_CANCELLED.search(header)),
        "refund": bool(_ASKS_REFUND.search(header)),
        "unpaid": bool(_OF_PAYMENT.search(header)),
    }
    for meaning, is_asked in asked.items():
        if is_asked:
            return (
                meaning if yes != (meaning == "unpaid" and not _ASKS_UNPAID.search(header)) else "completed"
            )
    if _ASKS_DONE.search(header):  # a treatment planned and not done yet
        return "completed" if yes else "booked"
    return "completed" if yes else "no_show"
