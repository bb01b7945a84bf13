"""Numbers, money, percentages and dates as one reader expects them.

Words follow the language, separators the locale: a Spanish reader in Mexico sees 12,340 and one in Spain 12.340.
Every function takes plain values and gives text; what is missing (None, NaN, NaT, NA) becomes an en dash.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.localedata import locale_identifiers
from babel.numbers import (
    format_decimal,
    get_currency_precision,
    get_decimal_symbol,
    get_group_symbol,
    get_territory_currencies,
)

MISSING = "–"
MINUS = "−"

#: Where a browser tells no locale of the chosen language, numbers look as they do here.
HOME = {"es": "es_ES", "en": "en_US"}

#: From this amount up cents say nothing.
WHOLE_MONEY_FROM = 100

MonthStyle = Literal["full", "name", "short", "year"]
_MONTH_PATTERNS: dict[MonthStyle, dict[str, str]] = {
    "full": {"es": "LLLL 'de' y", "en": "LLLL y"},
    "name": {"es": "LLLL", "en": "LLLL"},
    "short": {"es": "LLL", "en": "LLL"},
    "year": {"es": "y", "en": "y"},
}


@dataclass(frozen=True)
class Formats:
    """How one reader writes values: the language of the words, the locale of the numbers, the file's currency."""

    language: str
    locale: str
    currency: str | None = None

    @property
    def decimal_mark(self) -> str:
        return get_decimal_symbol(self.locale)

    @property
    def group_mark(self) -> str:
        return get_group_symbol(self.locale)

    @property
    def separators(self) -> str:
        """Decimal mark then group mark, as Plotly's `layout.separators` wants them."""
        return self.decimal_mark + self.group_mark

    @property
    def symbol(self) -> str:
        """The currency's sign, "" where the file names no currency."""
        return currency_symbol(self.currency, self.locale, self.language) if self.currency else ""

    def number(self, value: object, digits: int = 0) -> str:
        rounded = _rounded(value, digits)
        if rounded is None:
            return MISSING
        return _written(rounded, digits, self.locale)

    def signed(self, value: object, digits: int = 0) -> str:
        """The number with its sign, a plus included: for changes and points."""
        text = self.number(value, digits)
        rounded = _rounded(value, digits)
        return f"+{text}" if rounded is not None and rounded > 0 else text

    def money(self, value: object) -> str:
        """An amount with its sign; cents only under 100, and only where there are any."""
        amount = _rounded(value, get_currency_precision(self.currency) if self.currency else 2)
        if amount is None:
            return MISSING
        whole = abs(amount) >= WHOLE_MONEY_FROM or amount == amount.to_integral_value()
        digits = 0 if whole else get_currency_precision(self.currency) if self.currency else 2
        figure = self.number(abs(amount), digits)
        sign = MINUS if amount < 0 and figure != self.number(0, digits) else ""
        symbol = self.symbol
        if not symbol:
            return sign + figure
        if self._symbol_first:
            gap = "\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else ""
            return f"{sign}{symbol}{gap}{figure}"
        return f"{sign}{figure}\N{NO-BREAK SPACE}{symbol}"

    @property
    def _symbol_first(self) -> bool:
        own = Locale.parse(self.locale)
        locale = own if own.language == self.language else Locale.parse(HOME[self.language])
        return str(locale.currency_formats["standard"].pattern).startswith("¤")

    def percent(self, share: object, digits: int = 0) -> str:
        """A share of 1 as a percentage, spaced as the locale does (59 % in Spain, 59% in Mexico)."""
        figure = self.number(None if _is_missing(share) else Decimal(str(share)) * 100, digits)
        if figure == MISSING:
            return MISSING
        return figure + _percent_sign(self.locale)

    def date(self, day: object) -> str:
        """31 oct 2026."""
        value = _as_date(day)
        return MISSING if value is None else format_date(value, "d MMM y", locale=self.language)

    def day(self, day: object) -> str:
        """The date in full words: 3 de abril de 2025."""
        value = _as_date(day)
        if value is None:
            return MISSING
        return format_date(
            value, "d 'de' MMMM 'de' y" if self.language == "es" else "d MMMM y", locale=self.language
        )

    def day_month(self, day: object) -> str:
        """A day without its year: 3 de abril."""
        value = _as_date(day)
        if value is None:
            return MISSING
        return format_date(value, "d 'de' MMMM" if self.language == "es" else "d MMMM", locale=self.language)

    def weekday(self, day: object) -> str:
        """A day of an agenda: lunes, 2 de noviembre."""
        value = _as_date(day)
        if value is None:
            return MISSING
        pattern = "EEEE, d 'de' MMMM" if self.language == "es" else "EEEE d MMMM"
        return format_date(value, pattern, locale=self.language)

    def month(self, day: object, style: MonthStyle = "full") -> str:
        """A month: "full" octubre de 2026, "name" octubre, "short" oct, "year" 2026."""
        value = _as_date(day)
        if value is None:
            return MISSING
        return format_date(value, _MONTH_PATTERNS[style][self.language], locale=self.language).replace(
            ".", ""
        )

    def listing(self, parts: Sequence[str]) -> str:
        """a, b and c; in Spanish "y" becomes "e" before the sound i."""
        text = format_list(list(parts), locale=self.language)
        if self.language == "es" and len(parts) > 1 and _starts_with_i(parts[-1]):
            head = text[: len(text) - len(parts[-1])]
            return head.removesuffix(" y ") + " e " + parts[-1]
        return text

    def either(self, parts: Sequence[str]) -> str:
        return _either(parts, self.language)


def _either(parts: Sequence[str], language: str) -> str:
    """a, b o c; in Spanish "o" becomes "u" before the sound o."""
    text = format_list(list(parts), style="or", locale=language)
    if (
        language == "es"
        and len(parts) > 1
        and parts[-1].strip(" «").casefold().startswith(("o", "ó", "ho", "hó"))
    ):
        return text[: len(text) - len(parts[-1])].removesuffix(" o ") + " u " + parts[-1]
    return text


def locale_for(language: str, asked: str | None) -> str:
    """The Babel locale whose numbers to use: the reader's own where Babel knows it, else the language's home."""
    if asked:
        try:
            locale = Locale.parse(asked.replace("_", "-").split(".")[0], sep="-")
        except (ValueError, UnknownLocaleError):
            locale = None
        if locale is not None and locale.language in HOME:
            return str(locale) if locale.territory else HOME[locale.language]
    return HOME[language]


@lru_cache(maxsize=64)
def currency_symbol(currency: str, locale: str, language: str) -> str:
    """The sign of a currency: the reader's own, else the one its home country writes; its code as a last resort."""
    for name in (locale, HOME[language], *_home_locales(currency, language), *_home_locales(currency, "en")):
        symbol = Locale.parse(name).currency_symbols.get(currency)
        if symbol and symbol != currency:
            return str(symbol)
    return currency


def _home_locales(currency: str, language: str) -> list[str]:
    of_a_country = re.compile(rf"{language}_([A-Z]{{2}})")
    found = [of_a_country.fullmatch(name) for name in locale_identifiers()]
    return sorted(home[0] for home in found if home and currency in get_territory_currencies(home[1]))


@lru_cache(maxsize=8192)
def _written(rounded: Decimal, digits: int, locale: str) -> str:
    """A page writes the same scores and days hundreds of times, and Babel reads its pattern anew for each."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(rounded, format=pattern, locale=locale).replace("-", MINUS)


@lru_cache(maxsize=64)
def _percent_sign(locale: str) -> str:
    """What stands behind the figure, with its space where the locale has one."""
    pattern = str(Locale.parse(locale).percent_formats[None].pattern)
    return pattern[pattern.index("0") + 1 :]


def _rounded(value: object, digits: int) -> Decimal | None:
    if _is_missing(value):
        return None
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _is_missing(value: object) -> bool:
    if value is None or str(value) in {"NaT", "<NA>", "nan"}:
        return True
    return isinstance(value, numbers.Real | Decimal) and not math.isfinite(value)


def _as_date(day: object) -> dt.date | None:
    if _is_missing(day):
        return None
    if isinstance(day, dt.datetime):  # pandas' Timestamp too
        return day.date()
    if isinstance(day, dt.date):
        return day
    return dt.date.fromisoformat(str(day)[:10])  # numpy's datetime64


def _starts_with_i(word: str) -> bool:
    lowered = word.strip().casefold()
    if lowered.startswith(("hia", "hie", "hio", "ia", "ie", "io")):
        return False  # the diphthong sounds as a consonant: nieve y hielo
    return lowered.startswith(("i", "í", "hi", "hí"))
