"""Links that open the reader's own telephone, WhatsApp or mail program; nothing is sent from here."""

from __future__ import annotations

import re
from urllib.parse import quote

_MAIL = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+")
_FEWEST_DIGITS = 5
_INTERNATIONAL_DIGITS = range(8, 16)  # E.164


def phone_link(phone: object) -> str | None:
    """`tel:+34600000123`; None where there is no number to dial."""
    number = _dialled(phone)
    return f"tel:{number}" if number else None


def whatsapp_link(phone: object, text: str) -> str | None:
    """A chat with the draft in it; None without a country code: guessing one would write to a stranger."""
    number = _dialled(phone)
    if not number or not number.startswith("+"):
        return None
    digits = number[1:]
    return f"https://wa.me/{digits}?text={quote(text)}" if len(digits) in _INTERNATIONAL_DIGITS else None


def mail_link(email: object, subject: str, text: str) -> str | None:
    """A mail with subject and draft; None where there is no address."""
    if not isinstance(email, str) or not _MAIL.fullmatch(email.strip()):
        return None
    body = quote(text.replace("\n", "\r\n"))
    return f"mailto:{quote(email.strip(), safe='@')}?subject={quote(subject)}&body={body}"


def _dialled(phone: object) -> str:
    """The digits to dial, with a plus where the number is international (`00` is one too)."""
    if not isinstance(phone, str):
        return ""
    plus = phone.strip().startswith("+")
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", phone))
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if len(digits) < _FEWEST_DIGITS:
        return ""
    return f"+{digits}" if plus else digits
