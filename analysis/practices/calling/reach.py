"""How each client can be reached, by what the export says of them, and the language they are written to in."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pandas as pd

from analysis.consent import refused

#: The best way to reach somebody: `none` where the export knows neither phone nor mail.
Way = Literal["call", "whatsapp", "email", "none"]

_MAIL = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+")
_FEWEST_DIGITS = 5
_INTERNATIONAL_DIGITS = range(8, 16)  # E.164

#: What has to be talked over is no message.
_TO_TALK_OVER = ("solve_problem", "settle_payment", "introduce_staff", "call_now")

#: Countries whose clients are written to in one of our languages, by calling code and by a mail's last part. Others,
#: and codes that two languages share, tell nothing.
_SPANISH_CODES = (
    *("34", "51", "52", "53", "54", "56", "57", "58", "502", "503", "504", "505", "506", "507"),
    *("591", "593", "595", "598", "1809", "1829", "1849", "1787", "1939"),
)
_ENGLISH_CODES = ("44", "353", "61", "64", "1")
_SPANISH_ENDS = frozenset(
    {
        *("es", "cat", "gal", "eus", "mx", "ar", "cl", "pe", "uy", "ec", "ve", "bo", "py"),
        *("cr", "gt", "hn", "ni", "pa", "sv", "do", "cu"),
    }
)
_ENGLISH_ENDS = frozenset({"uk", "ie", "us", "au", "nz"})
_COLOMBIA = ".com.co"  # .co alone is anybody's


def dialled(phone: object) -> str:
    """The digits to dial, with a plus where the number is international (`00` is one too); "" for no phone."""
    if not isinstance(phone, str):
        return ""
    plus = phone.strip().startswith("+")
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", phone))
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if len(digits) < _FEWEST_DIGITS:
        return ""
    return f"+{digits}" if plus else digits


def whatsapp_number(phone: object) -> str:
    """The digits WhatsApp knows a phone by; "" without a country code: guessing one would write to a stranger."""
    number = dialled(phone)
    return number[1:] if number.startswith("+") and len(number) - 1 in _INTERNATIONAL_DIGITS else ""


def mail_address(email: object) -> str:
    """The address, "" where the text is none."""
    return email.strip() if isinstance(email, str) and _MAIL.fullmatch(email.strip()) else ""


def reach(clients: pd.DataFrame) -> pd.DataFrame:
    """Per client (rows as `clients`): can_call, can_chat, can_mail, and the `way` that suits what to do.

    Who refused contact can be reached by none. A call for what has to be talked over; else a message: WhatsApp, then a
    call, then a mail.
    """
    open_to = ~refused(clients)
    call = clients["phone"].map(dialled).ne("") & open_to
    chat = clients["phone"].map(whatsapp_number).ne("") & open_to
    mail = clients["email"].map(mail_address).ne("") & open_to
    talk = clients["suggested_action"].isin(_TO_TALK_OVER)
    way = np.select([talk & call, chat, call, mail], ["call", "whatsapp", "call", "email"], "none")
    return pd.DataFrame(
        {"can_call": call, "can_chat": chat, "can_mail": mail, "way": way}, index=clients.index
    )


def language_of_client(phone: object, email: object) -> Literal["es", "en"] | None:
    """The language that a phone's country, or else a mail's, tells; None where neither does."""
    number = whatsapp_number(phone)
    if number:
        return (
            "es" if number.startswith(_SPANISH_CODES) else "en" if number.startswith(_ENGLISH_CODES) else None
        )
    address = mail_address(email).lower()
    end = address.rpartition(".")[2]
    if end in _SPANISH_ENDS or address.endswith(_COLOMBIA):
        return "es"
    return "en" if end in _ENGLISH_ENDS else None
