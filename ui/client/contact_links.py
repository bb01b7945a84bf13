"""Links that open the reader's own telephone, WhatsApp or mail program; nothing is sent from here."""

from __future__ import annotations

from urllib.parse import quote

from analysis.practices.calling.reach import dialled, mail_address, whatsapp_number


def phone_link(phone: object) -> str | None:
    """`tel:+34600000123`; None where there is no number to dial."""
    number = dialled(phone)
    return f"tel:{number}" if number else None


def whatsapp_link(phone: object, text: str) -> str | None:
    """A chat with the draft in it; None without a country code: guessing one would write to a stranger."""
    digits = whatsapp_number(phone)
    return f"https://wa.me/{digits}?text={quote(text)}" if digits else None


def mail_link(email: object, subject: str, text: str) -> str | None:
    """A mail with subject and draft; None where there is no address."""
    address = mail_address(email)
    if not address:
        return None
    body = quote(text.replace("\n", "\r\n"))
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={body}"
