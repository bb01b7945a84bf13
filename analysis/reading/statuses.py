"""What a status, a document type or a yes/no says, in Spanish and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from analysis.reading.texts import plain

#: A line's meaning. `waiting` is booked without a place (a waiting list, to be rescheduled); `unpaid` was served and owes.
Meaning = Literal["completed", "cancelled", "no_show", "booked", "refund", "waiting", "unpaid"]

#: In this order: "no asistió" must not be found as "asistió", nor "not completed" as "completed".
_MEANINGS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    ("waiting", re.compile(r"\b(wait ?list\w*|waiting|en espera|lista de espera|reprogram\w*|resched\w*|postpon\w*|pospuest\w*|aplazad\w*)\b")),
    (
        "no_show",
        re.compile(
            r"\b(no ?show\w*|no (vino|asisti\w*|asiste|se present\w*|presentad[oa]|acudi\w*|lleg[oó]|concurri\w*|attend\w*)"
            r"|not (attended|arrived)|did not (attend|come|show\w*|arrive)|didn t (come|show\w*|attend)|inasist\w*|ausente|ausencia|falto|faltó|falta"
            r"|absent|missed|dna|plantad\w*|plant[oó]n)\b"
        ),
    ),
    ("unpaid", re.compile(r"\b(impag\w*|unpaid|not paid|no pagad\w*|pendiente de (pago|cobro)|por (cobrar|pagar)|overdue|past due|vencid\w*|open balance|pago pendiente|partially paid|parcial\w*)\b")),
    (
        "refund",
        re.compile(
            r"\b(devol\w*|devuelt\w*|reembols\w*|refund\w*|return\w*|abono|abonad[oa]|factura de abono|nota de credito|notas? credito|n c|nc|credit (note|memo)\w*"
            r"|chargeback|rectificativa|reintegr\w*|reversal|reversed|extorn\w*)\b"
        ),
    ),
    (
        "cancelled",
        re.compile(
            r"\b(cancel\w*|anul\w*|void\w*|annul\w*|declin\w*|reject\w*|rechaz\w*|suspend\w*|eliminad\w*|deleted|desist\w*|invalid\w*|failed|fallid\w*"
            r"|no (realiz\w*|efectuad\w*|complet\w*)|not (complet\w*|done))\b"
        ),
    ),
    (
        "booked",
        re.compile(
            r"\b(reserv\w*|agend\w*|program\w*|pend\w*|confirm\w*|book\w*|schedul\w*|upcoming|proxim\w*|futur\w*|planificad\w*|planned|por (venir|confirmar|atender|realizar)"
            r"|citad[oa]|solicitad\w*|requested|tentativ\w*|new|nuev[oa]|to do|not started)\b"
        ),
    ),
    (
        "completed",
        re.compile(
            r"\b(realiz\w*|complet\w*|atendid\w*|asist\w*|finaliz\w*|termin\w*|done|attend\w*|show\w*|checked|check (in|out)|closed|close|cerrad\w*|paid|pagad\w*"
            r"|cobrad\w*|factur\w*|entreg\w*|deliver\w*|ship\w*|enviad\w*|fulfill\w*|fulfilled|approv\w*|aprobad\w*|emitid\w*|issued|valid\w*|vigente|activ\w*|ok|cumplid\w*|cumplio"
            r"|vino|arrived|lleg\w*|invoiced|success\w*|exitos\w*|acept\w*|accept\w*|posted|efectuad\w*|ejecutad\w*|served|sold|vendid\w*|venta|normal|presente|presentad\w*|present|hecho|hecha"
            r"|acudio|procesad\w*|processed|registrad\w*|en curso|in progress|started|iniciad\w*|conciliad\w*|settled|contad\w*)\b"
        ),
    ),
)

_YES = frozenset("si s yes y true verdadero verdadera 1 x v t ok acepta autoriza autorizado accepted allowed on subscribed suscrito opted in opt in".split())
_NO = frozenset("no n false falso falsa 0 f off unsubscribed never none ninguno rechaza rechazado denied".split())
_NEGATED = re.compile(r"^(no|not|sin|without|don t|do not)\b")
_CANCELLED_HEADER = re.compile(r"\b(cancel|anulad|void)")
_REFUND_HEADER = re.compile(r"\b(devuelt|devoluc|refund|return)")
_NO_SHOW_HEADER = re.compile(r"\b(no ?show|no asisti|inasistencia|falto|ausente|missed)")
#: "Cancelado" means paid in much of Latin America; a shop does not lose more than this share of its lines.
_TOO_MANY_CANCELLED = 0.6


def status_meaning(text: str) -> Meaning | None:
    """What one status says; None where it says nothing we know.

    >>> status_meaning("No asistió"), status_meaning("13 - Nota de Crédito"), status_meaning("Kentucky")
    ('no_show', 'refund', None)
    """
    words = plain(text)
    return next((meaning for meaning, pattern in _MEANINGS if pattern.search(words)), None)


def flag_meaning(text: str) -> bool | None:
    """What a yes/no cell says.

    >>> flag_meaning("Sí"), flag_meaning("FALSE"), flag_meaning("quizás")
    (True, False, None)
    """
    words = plain(text)
    if words in _YES:
        return True
    if words in _NO:
        return False
    if _NEGATED.match(words):
        return False
    return True if words.split()[:1] == ["si"] or words.split()[:1] == ["yes"] else None


def solved_meaning(text: str) -> bool | None:
    """Was a problem solved? None where the cell says it is still open, or nothing we know."""
    flag = flag_meaning(text)
    if flag is not None:
        return flag
    words = plain(text)
    if re.search(r"\b(abiert\w*|open|pend\w*|en (curso|proceso)|in progress|new|nuev\w*|reopened)\b", words):
        return None
    if re.search(r"\b(mal|bad\w*|unsolved|unresolved|insatisf\w*|unsatisf\w*|dissatisf\w*|rechaz\w*|rejected|failed)\b", words):
        return False
    return True if re.search(r"\b(resuel\w*|resolv\w*|solucion\w*|solved|closed|cerrad\w*|bien|well|conforme|satisf\w*|ok|fixed)\b", words) else None


def status_meanings(header: str, texts: Sequence[str], counts: Sequence[int]) -> list[Meaning | None]:
    """The meaning of each distinct text of a status column; `header` (plain) says what a yes stands for.

    `counts`: rows per text. "Cancelado" beside "pendiente", in most of the rows, is read as paid.
    """
    if all(flag_meaning(text) is not None for text in texts):
        return [_of_flag(header, bool(flag_meaning(text))) for text in texts]
    meanings = [status_meaning(text) for text in texts]
    speaks_of_payment = any(re.search(r"\b(pagad|paid|cobrad|impag|unpaid|vencid|overdue)", plain(text)) for text in texts)
    cancelled = sum(count for meaning, count in zip(meanings, counts, strict=True) if meaning == "cancelled")
    cancelled_is_paid = "completed" not in meanings and cancelled > _TOO_MANY_CANCELLED * sum(counts)
    served: dict[Meaning | None, Meaning] = {}
    if speaks_of_payment or cancelled_is_paid:
        served["booked"] = "completed"
    if cancelled_is_paid:
        served["cancelled"] = "completed"
    return [served.get(meaning, meaning) for meaning in meanings]


def _of_flag(header: str, yes: bool) -> Meaning:  # noqa: FBT001 - the cell is the boolean
    if _NO_SHOW_HEADER.search(header):
        return "no_show" if yes else "completed"
    if _CANCELLED_HEADER.search(header):
        return "cancelled" if yes else "completed"
    if _REFUND_HEADER.search(header):
        return "refund" if yes else "completed"
    return "completed" if yes else "no_show"
