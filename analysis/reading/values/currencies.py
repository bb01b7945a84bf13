"""The currency an export shows: by ISO codes, symbols in cells, headers and number formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.corrections import DecimalMark
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain

#: Symbols and names that mean one currency. `$` alone means many, and is decided by what stands around it.
_MARKS = (
    ("USD", r"US\s?\$|USD|\bd[oó]lar(es)?\b|\bdollars?\b|U\$S"),
    ("EUR", r"€|\bEUR\b|\beuros?\b"),
    ("GBP", r"£|\bGBP\b"),
    ("PEN", r"\bS/\.?|\bPEN\b|\bsoles\b|\bnuevos soles\b"),
    ("MXN", r"MX\s?\$|\bMXN\b|\bM\.?N\.?\b"),
    ("BRL", r"R\$|\bBRL\b"),
    ("ARS", r"AR\s?\$|\bARS\b"),
    ("CLP", r"CL\s?\$|\bCLP\b"),
    ("COP", r"CO[LP]?\s?\$|\bCOP\b"),
    ("UYU", r"\$U\b|\bUYU\b"),
    ("DOP", r"RD\$|\bDOP\b"),
    ("CRC", r"₡|\bCRC\b|\bcolones\b"),
    ("PYG", r"₲|\bGs\.|\bPYG\b"),
    ("GTQ", r"\bGTQ\b|\bquetzales\b"),
    ("BOB", r"\bBs\.?(?:\s|\d|$)|\bBOB\b"),
    ("INR", r"₹|\bINR\b"),
    ("JPY", r"¥|\bJPY\b"),
    ("CAD", r"CA\s?\$|\bCAD\b"),
    ("AUD", r"AU?\s?\$|\bAUD\b"),
    ("CHF", r"\bCHF\b"),
)
_PATTERNS = tuple(
    # "S/" and "M.N." are marks only in capitals.
    (code, re.compile(pattern, 0 if code in {"PEN", "MXN"} else re.IGNORECASE))
    for code, pattern in _MARKS
)
#: `[$€-C0A]`, `[$S/-280A] #,##0.00`, `"€" #,##0`: what a format writes beside the number, and for which country.
_SHOWN = re.compile(r"\[\$([^\]-]*)-?([0-9A-F]*)\]|\"([^\"]*)\"|([€£¥₡₲₱₹$])")
#: Whose dollar or peso a bare sign is, by Windows' number of the country's language.
_OF_COUNTRY = {
    "409": "USD",
    "300A": "USD",
    "80A": "MXN",
    "2C0A": "ARS",
    "340A": "CLP",
    "240A": "COP",
    "380A": "UYU",
}
#: How each currency's country writes the decimals of a number.
_DECIMAL_MARKS: Mapping[str, DecimalMark] = {
    **dict.fromkeys(("EUR", "ARS", "CLP", "COP", "UYU", "PYG", "BRL", "CRC", "BOB", "VES"), ","),
    **dict.fromkeys(("USD", "GBP", "PEN", "MXN", "DOP", "GTQ", "INR", "JPY", "CAD", "AUD", "CHF"), "."),
}
_CODES = frozenset(code for code, _ in _MARKS)
# fmt: off
_NAMES = {
    "euro": "EUR", "euros": "EUR", "sol": "PEN", "soles": "PEN", "dolar": "USD", "dolares": "USD",
    "dollar": "USD", "dollars": "USD", "us dollar": "USD", "peso mexicano": "MXN",
    "pesos mexicanos": "MXN", "pesos argentinos": "ARS", "pesos chilenos": "CLP",
    "pesos colombianos": "COP", "pound": "GBP", "pounds": "GBP", "libras": "GBP", "reales": "BRL",
}
# fmt: on
#: Words of one country's paperwork: they say whose peso a bare `$` is.
_COUNTRY_WORDS = (
    ("MXN", frozenset({"rfc", "cfdi", "curp"})),
    ("ARS", frozenset({"cuit", "cuil", "afip"})),
    ("CLP", frozenset({"rut", "sii"})),
    ("PEN", frozenset({"ruc", "igv", "sunat"})),
    ("COP", frozenset({"nit", "dian"})),
)


def decimal_mark_of(currency: str) -> DecimalMark | None:
    """The decimal mark of a currency's country (ISO 4217 code).

    >>> decimal_mark_of("EUR"), decimal_mark_of("PEN"), decimal_mark_of("XXX")
    (',', '.', None)
    """
    return _DECIMAL_MARKS.get(currency)


def currency_of_code(text: str) -> str | None:
    """The ISO code a cell of a currency column means."""
    if text.strip().upper() in _CODES:
        return text.strip().upper()
    return _NAMES.get(plain(text)) or currency_of_mark(text)


def currency_of_mark(text: str) -> str | None:
    """The one currency a text shows by mark or code: `Importe (€)` is EUR. None for a bare `$`."""
    return next((code for code, pattern in _PATTERNS if pattern.search(text)), None)


def currency_of_format(code: str) -> str | None:
    """What a spreadsheet's number format shows beside the number: an ISO code, or "$".

    >>> currency_of_format('#,##0.00 [$€-C0A]'), currency_of_format('[$$-80A]#,##0'), currency_of_format("0.00")
    ('EUR', 'MXN', None)
    """
    for bracketed, country, quoted, bare in _SHOWN.findall(code):
        mark = bracketed or quoted or bare
        dollars = _OF_COUNTRY.get(country, "$") if mark.strip() == "$" else None
        currency = currency_of_mark(mark) or dollars
        if currency:
            return currency
    return None


def currencies_in(column: Column) -> Counter[str]:
    """Rows per currency shown in a column of amounts; bare dollar signs count under "$"."""
    seen: Counter[str] = Counter()
    for mark, count in zip(marks_of(column), column.counts.tolist(), strict=True):
        if mark:
            seen[mark] += count
    return seen


def marks_of(column: Column) -> list[str]:
    """The currency that each distinct text of a column shows: an ISO code, "$" for a bare dollar sign, or ""."""
    found = [""] * len(column.uniques)
    if not found:
        return found
    marked = pc.match_substring_regex(column.uniques, r"[^\d\s.,()+\-%'’]")
    places = np.flatnonzero(marked.to_numpy(zero_copy_only=False))
    if not len(places):
        return found
    # Thousands of distinct amounts carry a handful of distinct marks.
    texts = column.uniques.take(pa.array(places))
    marks = pc.dictionary_encode(
        pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, r"[\d.,()+\-%'’\s]+", " "))
    )
    codes = [currency_of_mark(mark) or ("$" if "$" in mark else "") for mark in marks.dictionary.to_pylist()]
    for place, index in zip(places.tolist(), marks.indices.to_pylist(), strict=True):
        found[place] = codes[index]
    return found


def settle_dollars(seen: Counter[str], headers: Iterable[str], *, spanish: bool) -> Counter[str]:
    """Gives bare dollar signs a currency: the one shown elsewhere, the country's, or the dollar of an English export.

    A Spanish export with nothing else to go by leaves it unsaid: its peso could be one of seven.
    """
    settled = Counter({code: count for code, count in seen.items() if code != "$"})
    bare = seen.get("$", 0)
    if not bare:
        return settled
    words = {word for header in headers for word in plain(header).split()}
    country = next((code for code, signs in _COUNTRY_WORDS if words & signs), None)
    known = max(settled, key=lambda code: settled[code]) if settled else None
    dollars = known if known and known not in {"EUR", "GBP"} else country or (None if spanish else "USD")
    if dollars:
        settled[dollars] += bare
    return settled
