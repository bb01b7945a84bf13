"""What people write in a call list for what came of a call, understood loosely in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from analysis.notebook import Offer, OutcomeCode
from analysis.reading.values.texts import plain

_Code = TypeVar("_Code", bound=str)

#: Without accents and marks, as `plain` leaves a text.
_OUTCOMES: Mapping[OutcomeCode, str] = {
    "appointment": "cita dada|cita|con cita|dio cita|tiene cita|cita concertada|reserva|reservado|reservada|reservo|"
    "agendado|agendada|turno|turno dado|hora dada|vendra|viene|appointment made|appointment|booked|booking|scheduled|"
    "rebooked|coming in|ok cita",
    "answered": "contesto|contesta|contestado|respondio|respondido|atendio|hablado|hablamos|"
    "hable con el|hable con ella|contactado|contactada|answered|answer|spoke|spoken|talked|"
    "reached|replied|picked up|contacted",
    "no_answer": "no contesto|no contesta|no responde|no respondio|no atiende|no atendio|sin respuesta|sin contestar|"
    "no coge|no lo coge|no cogio|no lo cogio|buzon|buzon de voz|comunica|ocupado|apagado|no answer|no reply|"
    "no response|didnt answer|did not answer|not answered|voicemail|left voicemail|left a voicemail|busy|no pick up",
    "message_sent": "mensaje enviado|enviado|enviada|mensaje|mensaje dejado|whatsapp|whatsapp enviado|escrito|escribi|"
    "correo|correo enviado|email enviado|sms|sms enviado|message sent|sent|message|messaged|texted|text sent|emailed|"
    "email sent|mail sent|mailed|left a message",
    "slip": "fue un despiste|despiste|un despiste|olvido|un olvido|se olvido|se le olvido|se le paso|se despisto|"
    "just a slip|slip|a slip|forgot|forgotten|oversight|it slipped|slipped their mind",
    "problem": "hay un problema|problema|un problema|queja|reclamacion|reclamo|enfadado|enfadada|molesto|molesta|"
    "descontento|descontenta|there is a problem|problem|a problem|issue|complaint|unhappy|angry",
    "price": "es el precio|precio|el precio|por el precio|caro|es caro|muy caro|dinero|no puede pagar|it is the price|"
    "its the price|price|too expensive|expensive|money|cost|cant afford it",
    "moved": "se mudo|se ha mudado|mudado|mudada|mudanza|cambio de ciudad|se fue de la ciudad|vive fuera|moved away|"
    "moved|has moved|relocated|moved house",
    "left": "no volvera|no vuelve|no va a volver|baja|se dio de baja|se da de baja|va a otro sitio|otro sitio|"
    "se fue|competencia|perdido|perdida|will not return|wont return|not returning|left|gone|cancelled|canceled|"
    "competitor|went elsewhere|elsewhere|lost",
    "do_not_contact": "no contactar|no llamar|no molestar|no llamar mas|no quiere que le llamen|no quiere llamadas|"
    "no quiere que le contacten|do not contact|dont contact|do not call|dont call|opt out|opted out|unsubscribe|stop",
    "snoozed": "aplazado|aplazada|aplazar|pospuesto|posponer|llamar luego|llamar mas tarde|mas tarde|mas adelante|"
    "otro dia|llamar otro dia|volver a llamar|put off|snoozed|snooze|later|call later|call back|callback|postponed",
}
_OFFERS: Mapping[Offer, str] = {
    "other_terms": "otras condiciones|condiciones|plazos|a plazos|en plazos|pago aplazado|aplazar el pago|other terms|"
    "terms|instalments|installments|payment plan",
    "smaller_amount": "un importe menor|importe menor|menos|menor importe|mas barato|descuento|rebaja|a smaller amount|"
    "smaller amount|less|cheaper|discount",
    "card_or_credit": "tarjeta o credito|tarjeta|credito|financiacion|financiado|card or credit|card|credit|financing|"
    "finance",
    "extra": "un extra|extra|regalo|un regalo|detalle|un detalle|an extra|gift|bonus|something extra",
}

#: As alike as "contseto" and "contesto": one slip of a finger.
_ALIKE = 86
_SHORTEST_GUESSED = 5
_USUAL_SNOOZE_DAYS = 7
_LONGEST_SNOOZE_DAYS = 366
_SPAN = re.compile(r"\b(\d{1,3})\s*(dia|day|semana|week|mes|month)\w*")
_DAYS_OF = {"dia": 1, "day": 1, "semana": 7, "week": 7, "mes": 30, "month": 30}


@dataclass(frozen=True)
class Said:
    """What a cell says came of a call; `days` for one that was put off."""

    code: OutcomeCode
    days: int | None = None


def outcome_said(text: str) -> Said | None:
    """What came of the call, from any words for it; None where they are nobody's.

    >>> outcome_said("No contestó"), outcome_said("cotestó"), outcome_said("purple")
    (Said(code='no_answer', days=None), Said(code='answered', days=None), None)
    >>> outcome_said("aplazar 2 semanas")
    Said(code='snoozed', days=14)
    """
    words = _plain(text)
    span = _SPAN.search(words)
    code = _code_of(words, _OUTCOMES)
    if code is None and span:
        code = _code_of(_SPAN.sub("", words, count=1).strip(), _OUTCOMES)
    if code == "snoozed":
        days = int(span[1]) * _DAYS_OF[span[2]] if span else _USUAL_SNOOZE_DAYS
        return Said("snoozed", min(max(days, 1), _LONGEST_SNOOZE_DAYS))
    return None if code is None else Said(code)


def offer_said(text: str) -> Offer | None:
    """What was offered, from any words for it."""
    return _code_of(_plain(text), _OFFERS)


def _plain(text: str) -> str:
    return plain(text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))


def _code_of(words: str, meanings: Mapping[_Code, str]) -> _Code | None:
    """The code whose words these are; else, in words long enough, the one they are a slip of the finger from."""
    if words.replace(" ", "_") in meanings:
        return next(code for code in meanings if code == words.replace(" ", "_"))
    of_phrase = {phrase: code for code, phrases in meanings.items() for phrase in phrases.split("|")}
    if words in of_phrase:
        return of_phrase[words]
    if len(words) < _SHORTEST_GUESSED:
        return None
    near = _near(words, [phrase for phrase in of_phrase if _denies(phrase) == _denies(words)])
    found = {of_phrase[phrase] for phrase in near}
    return found.pop() if len(found) == 1 else None


def _near(words: str, phrases: Sequence[str]) -> list[str]:
    return [
        phrase for phrase, _, _ in process.extract(words, phrases, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    ]


def _denies(phrase: str) -> bool:
    """Whether there is a "no" in it: no misspelling adds or drops one."""
    return bool({"no", "not", "sin", "dont", "didnt", "wont", "cant"} & set(phrase.split()))
