"""What an outcome written in an export says, as a code: "Le parece caro" is the price."""

from __future__ import annotations

import re

import pandas as pd

from analysis.events import NOT_ANSWERED
from analysis.notebook.entries import OUTCOMES, OutcomeCode

#: Words in both languages, without accents; the first that is found in a text counts. What was only said away ("sin
#: problema") is no problem.
_SAYS: tuple[tuple[OutcomeCode, tuple[str, ...]], ...] = (
    (
        "do_not_contact",
        (
            r"no (volver a )?(llamar|contactar|molestar)",
            "do not (call|contact)",
            "unsubscribe",
            "dar de baja",
        ),
    ),
    ("no_answer", (NOT_ANSWERED,)),
    (
        "moved",
        (
            r"\bmud(o|ad[oa]|anza)",
            "traslad",
            "se fue a vivir",
            "cambio de (ciudad|domicilio)",
            "moved (away|house|out)",
            "relocat",
        ),
    ),
    (
        "price",
        (
            r"\bcar[oa]s?\b",
            "precio",
            "presupuesto",
            "no puede pagar",
            "expensive",
            r"\bprice",
            "pricey",
            "afford",
            "budget",
            "cost",
        ),
    ),
    (
        "slip",
        (
            "olvid",
            "despist",
            "se le paso",
            "sin querer",
            "forgot",
            r"\bslip(ped)?\b",
            "mix-?up",
            "lost track",
        ),
    ),
    (
        "left",
        (
            "no le interesa",
            "no volvera",
            "no vuelve",
            "no quiere (volver|seguir)",
            "se fue con",
            "se ha ido",
            "se va a otr",
            "competencia",
            "otr[oa] (salon|peluqueria|taller|clinica|dentista|sitio|proveedor)",
            "not interested",
            "followed",
            "competitor",
            "won'?t (be )?(back|return|coming)",
            "not coming back",
            "left (us|for)",
            "elsewhere",
            "another (salon|garage|shop|dentist)",
        ),
    ),
    (
        "problem",
        (
            "queja",
            "reclam",
            "problema",
            "descontent",
            "insatisf",
            "enfad",
            "molest[oa]",
            "disgust",
            "complain",
            "problem",
            "unhappy",
            "upset",
            "angry",
        ),
    ),
    ("appointment", (r"\bcita\b", "reserv", "agend", "turno", "appointment", "booked", "booking", "rebook")),
    (
        "message_sent",
        ("mensaje (enviado|dejado)", "message (sent|left)", "left a message", "^sent$", "^enviado$"),
    ),
)
_SAID_AWAY = re.compile(
    r"\b(sin|ningun|ninguna|no hay|no|without|any)\s+(problemas?|quejas?|complaints?|problems?)\b"
)
_ACCENTS = str.maketrans("áéíóúü", "aeiouu")


def outcome_code(text: str) -> OutcomeCode | None:
    """The code of an outcome as somebody wrote it; None where nothing was written.

    A text that says nothing of these means that the client was reached.
    """
    plain = " ".join(text.casefold().translate(_ACCENTS).split())
    if not plain:
        return None
    if plain in OUTCOMES:  # the notebook's own
        return plain
    plain = _SAID_AWAY.sub("", plain)
    return next((code for code, words in _SAYS if re.search("|".join(words), plain)), "answered")


def outcome_codes(texts: pd.Series) -> pd.Series:
    """The same for a column, each distinct text looked at once."""
    known = {text: outcome_code(text) for text in texts.unique()}
    return texts.map(known)
