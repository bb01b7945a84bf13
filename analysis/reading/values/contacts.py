"""What tells a person besides a name: phones, mails and documents, made comparable and told from what is none.

Each function gives "" for a text that tells nobody: too short, a placeholder, or no phone, mail or document at all.
"""

from __future__ import annotations

import re

#: Calling codes of the countries our exports come from, longest first, and how many digits follow each.
_COUNTRIES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("521", (10,)), ("549", (10,)), ("502", (8,)), ("503", (8,)), ("504", (8,)), ("505", (8,)),
    ("506", (8,)), ("507", (7, 8)), ("591", (8,)), ("593", (8, 9)), ("595", (9,)), ("598", (8,)),
    ("351", (9,)), ("353", (9,)), ("376", (6,)), ("34", (9,)), ("51", (8, 9)), ("52", (10,)),
    ("53", (8,)), ("54", (10,)), ("55", (10, 11)), ("56", (9,)), ("57", (10,)), ("58", (10,)),
    ("44", (10,)), ("49", (10, 11)), ("33", (9,)), ("39", (9, 10)), ("31", (9,)), ("41", (9,)),
    ("32", (8, 9)), ("61", (9,)), ("64", (8, 9)), ("1", (10,)),
)  # fmt: skip
#: Without a plus or 00 in front, only a number this long can begin with its country.
_LONG_ENOUGH_FOR_COUNTRY = 11
_FEWEST, _MOST = 6, 15
_EXTENSION = re.compile(r"(?i)\b(ext|extension|int|anexo|x)\.?\s*\d+\s*$")
_NEXT_PHONE = re.compile(r"[/;,|]|\s[yo-]\s")
_WRITTEN_LIKE_A_PHONE = re.compile(
    r"^(?:tel\w*|cel\w*|m[oó]vil|tf\w*|wh?atsapp|ws)?[.:\s(]*\+?[\d\s().\-]+$", re.IGNORECASE
)
_RISING = "01234567890123456789"

_MAIL = re.compile(r"^[^@\s,;<>()]+@(?:[^@\s,;<>().]+\.)+[^@\s,;<>().\d]{2,}$")
#: What is typed where a program insists on an address.
_NO_MAIL = re.compile(
    r"^(no|sin)[._-]?(tiene|e?mail|correo|consta|hay|aplica)@|^(no|sin|none|na|n|x+|a|test|prueba)@"
    r"((no|sin)?[._-]?(tiene|e?mail|gmail|hotmail|correo|example|ejemplo|none|no|test|prueba|x+|a))\.",
    re.IGNORECASE,
)
_AROUND_MAIL = re.compile(r"(?i)^(mailto:)|^<|>$")

#: Documents that tax offices give to whoever gives none.
_NOBODYS_DOCUMENT = frozenset(
    {"XAXX010101000", "XEXX010101000", "123456789", "12345678", "CF", "9999999999999"}
)
_SHORTEST_DOCUMENT = 5
_SPANISH = re.compile(r"^ES(?=[0-9A-Z]\d{7}[0-9A-Z]$)")
#: What stands for an empty cell.
_EMPTY = re.compile(r"(?i)^\W*(n/?[ad]|s/?[dnt]|null|none|nan|no|sin|x+|-+|0+)?\W*$")


def phone_number(text: str) -> str:
    """The digits of the (first) phone without country and trunk prefixes.

    >>> phone_number("+34 600 11 22 33"), phone_number("0034600112233"), phone_number("600-112233")
    ('600112233', '600112233', '600112233')
    >>> phone_number("+54 9 11 4444-5555") == phone_number("011 15 4444 5555")
    True
    >>> phone_number("000000000"), phone_number("12345")
    ('', '')
    """
    first = _first_phone(text)
    digits = _digits(first)
    abroad = first.lstrip(" (").startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00")
    digits = _without_country(digits, said=abroad).lstrip("0")
    digits = _without_mobile_prefix(digits)
    return "" if _is_placeholder(digits) or not _FEWEST <= len(digits) <= _MOST else digits


def phone_fault(text: str) -> str:
    """A code for what is wrong with a phone as written, "" where nothing is: letters, too_short, too_long, placeholder.

    >>> phone_fault("600 112 233"), phone_fault("preguntar a Ana"), phone_fault("60011"), phone_fault("999999999")
    ('', 'letters', 'too_short', 'placeholder')
    """
    first = _first_phone(text)
    digits = _digits(first)
    if not _WRITTEN_LIKE_A_PHONE.match(first.strip()):
        return "letters"
    if len(digits) <= _FEWEST:
        return "too_short"
    if len(digits) > _MOST:
        return "too_long"
    return "" if phone_number(text) else "placeholder"


def mail_address(text: str) -> str:
    """The address in lower case.

    >>> mail_address(" <Ana@Example.COM> "), mail_address("no tiene"), mail_address("notiene@notiene.com")
    ('ana@example.com', '', '')
    """
    address = _AROUND_MAIL.sub("", _AROUND_MAIL.sub("", text.strip())).strip().casefold()
    return address if _MAIL.match(address) and not _NO_MAIL.match(address) else ""


def tax_number(text: str) -> str:
    """A document (DNI, NIF, RUC, RUT, RFC, CUIT, NIT...) without marks, leading zeros and Spain's prefix.

    Its control digit is not asked for: what the program wrote twice the same way is the same document.

    >>> tax_number("12.345.678-Z"), tax_number("ES12345678Z"), tax_number("01234567-l"), tax_number("00000000")
    ('12345678Z', '12345678Z', '1234567L', '')
    """
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    letters = _SPANISH.sub("", letters).lstrip("0")
    if len(letters) < _SHORTEST_DOCUMENT or not re.search(r"\d", letters) or letters in _NOBODYS_DOCUMENT:
        return ""
    return "" if len(set(re.sub(r"\D", "", letters))) == 1 else letters


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: -, n/a, s/d, null, 0.

    >>> is_nothing("N/A"), is_nothing("--"), is_nothing("0000-00-00"), is_nothing("Ana")
    (True, True, True, False)
    """
    return bool(_EMPTY.match(text)) or not re.search(r"[1-9A-Za-zÀ-ÿ]", text)


def _first_phone(text: str) -> str:
    """The first of several phones in one cell, without its extension."""
    if text.isdigit():
        return text
    whole = _EXTENSION.sub("", text)
    parts = [part for part in _NEXT_PHONE.split(whole) if len(_digits(part)) > _FEWEST]
    return parts[0] if parts else whole


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _without_country(digits: str, *, said: bool) -> str:
    if not said and len(digits) < _LONG_ENOUGH_FOR_COUNTRY:
        return digits
    for code, lengths in _COUNTRIES:
        if digits.startswith(code):
            rest = digits[len(code) :]
            if len(rest.lstrip("0")) in lengths:
                return rest
    return digits


def _without_mobile_prefix(digits: str) -> str:
    """Argentina's 15 between area and number, which the country's prefix does without."""
    if len(digits) == 12:  # noqa: PLR2004 - ten digits and the fifteen
        for place in (2, 3, 4):
            if digits[place : place + 2] == "15":
                return digits[:place] + digits[place + 2 :]
    return digits


def _is_placeholder(digits: str) -> bool:
    return len(set(digits)) <= 1 or digits in _RISING or digits in _RISING[::-1]
