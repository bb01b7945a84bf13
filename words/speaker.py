"""The voice of one reader: sentences by id, with their values written as the reader's locale does."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from analysis.errors import MissingColumnError, ProblemsError, PuntualError
from analysis.reasons import Reason
from words.catalogue_files import Sentences, read_catalogue
from words.formats import Formats, MonthStyle, locale_for

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")

#: Counts up to this one are written out where a sentence asks for it.
LAST_NUMERAL = 10
#: Of a file's headers an error names so many.
_MOST_LISTED = 12


class Words:
    """What Puntual says to one reader.

    `w("at_risk.title", n=3, who="Ana")` fills the sentence of that id; `n` chooses its plural form. Values come as
    they are and the sentence says how to write them:

    - `{x:number}`, `{x:number1}` (one decimal), `{x:number2}`, `{x:signed}`, `{x:signed1}`, `{lost:money}`,
      `{share:percent}`, `{year:plain}`;
    - `{when:date}` 3 abr 2025, `{when:day}` 3 de abril de 2025, `{when:month}`, `{when:month_name}`,
      `{numbers:months}`;
    - `{n:numeral}` two, `{n:numeral_capital}` Two, `{share:of_ten}` 9 in 10, `{share:tenths}` 9,
      `{days:every_days}` every 8 days, `{days:every_days_capital}` Every 8 days,
      `{parts:listing}`, `{parts:quoted}`, `{parts:either}`, `{name:capital}`;
    - `{code:state}` is the sentence `state.<code>`; so for every prefix of the catalogue.

    Without a format an integer is grouped, another number has one decimal where it needs it, a date is short.
    """

    def __init__(
        self, language: Language, formats: Formats, sentences: Sentences, *, gentle: bool = False
    ) -> None:
        self.language = language
        self.formats = formats
        self.gentle = gentle
        self._sentences = sentences
        self._filler = _Filler(self)

    def __repr__(self) -> str:
        return f"Words({self.language}, {self.formats.locale}, {self.formats.currency})"

    def __call__(self, message_id: str, /, **values: object) -> str:
        n = values.get("n")
        count = float(n) if isinstance(n, numbers.Real) else None
        return self._filler.vformat(self._sentences.template(message_id, count), (), values)

    def has(self, message_id: str) -> bool:
        return message_id in self._sentences

    @property
    def locale(self) -> str:
        return self.formats.locale

    @property
    def currency(self) -> str | None:
        return self.formats.currency

    def number(self, value: object, digits: int = 0) -> str:
        return self.formats.number(value, digits)

    def signed(self, value: object, digits: int = 0) -> str:
        return self.formats.signed(value, digits)

    def money(self, value: object) -> str:
        return self.formats.money(value)

    def in_money(self, title: str) -> str:
        """A column's or an axis's title with the currency's sign behind it, where the file names a currency."""
        return f"{title} ({self.formats.symbol})" if self.formats.symbol else title

    def percent(self, share: object, digits: int = 0) -> str:
        return self.formats.percent(share, digits)

    def date(self, day: object) -> str:
        return self.formats.date(day)

    def day(self, day: object) -> str:
        return self.formats.day(day)

    def day_month(self, day: object) -> str:
        return self.formats.day_month(day)

    def weekday(self, day: object) -> str:
        return self.formats.weekday(day)

    def month(self, day: object, style: MonthStyle = "full") -> str:
        return self.formats.month(day, style)

    def listing(self, parts: Sequence[str]) -> str:
        return self.formats.listing(parts)

    def either(self, parts: Sequence[str]) -> str:
        """One of these: a, b or c."""
        return self.formats.either(parts)

    def numeral(self, n: int) -> str:
        """A small count in words (two to ten), any other in figures."""
        return self(f"numeral.{n}") if 1 < n <= LAST_NUMERAL else self.number(n)

    def client(self, name: object, client_id: object) -> str:
        """What to call a client: their name, or their id where the file has no names. Plain text.

        A name of digits is an id that stands where names should: nobody is called 499.
        """
        text = name.strip() if isinstance(name, str) else ""
        return text if text and not text.isdecimal() else self("common.unnamed", id=text or str(client_id))

    def state(self, code: str) -> str:
        return self(f"state.{code}")

    def band(self, code: str) -> str:
        """The band's word: loved, ignored or hated, or the softer one where the owner chose so."""
        return self(f"band_gentle.{code}" if self.gentle else f"band.{code}")

    def action(self, code: str) -> str:
        return self(f"action.{code}")

    def reason(self, reason: Reason, *, full: bool = False) -> str:
        """One fact about one client as a sentence; `full` gives its evidence too, where there is more to say.

        Plain text: it may hold a service's or a seller's name.
        """
        message_id = f"reason.{reason.code}"
        if reason.values.get("borrowed"):
            message_id += ".borrowed"
        elif full and self.has(f"{message_id}.full"):
            message_id += ".full"
        return self(message_id, **_named_count(reason.values))

    def reasons(self, reasons: Iterable[Reason], limit: int | None = None, *, full: bool = False) -> str:
        """Why a client is on a list: the first `limit` facts, a sentence each."""
        return " ".join(self.reason(reason, full=full) for reason in list(reasons)[:limit])

    def error(self, error: PuntualError) -> str:
        """What went wrong, where, and how to mend it; a line each where there are several problems."""
        if isinstance(error, ProblemsError):
            return "\n".join(self.error(problem) for problem in error.problems)
        values = dict(error.values)
        message_id = f"error.{error.code}"
        if isinstance(error, MissingColumnError):
            found, nearest = (_quoted(values.get(name), self.language) for name in ("found", "nearest"))
            values |= {"found": found[:_MOST_LISTED], "nearest": nearest}
            message_id += ".nearest" if nearest else "" if found else ".nothing"
        return self(message_id, **values)


@lru_cache(maxsize=256)
def speak(
    language: Language, locale: str | None = None, currency: str | None = None, *, gentle: bool = False
) -> Words:
    """The words of a language with the numbers of a locale ("es-MX") and the file's currency (ISO 4217).

    `gentle` chooses the softer names of the bands.
    """
    formats = Formats(language, locale_for(language, locale), currency)
    return Words(language, formats, read_catalogue(language), gentle=gentle)


def language_of(locale: str | None) -> Language:
    """The language to greet a browser in: Spanish to all kinds of Spanish, English to everyone else."""
    return "es" if (locale or "").lower().startswith("es") else "en"


@dataclass(frozen=True)
class _Filler(string.Formatter):
    """Fills a template, writing each value as its format name says."""

    words: Words

    def format_field(self, value: object, format_spec: str) -> str:
        if not format_spec:
            return self._as_it_comes(value)
        write = _FORMATS.get(format_spec)
        return write(self.words, value) if write else self.words(f"{format_spec}.{value}")

    def _as_it_comes(self, value: object) -> str:
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, numbers.Integral):
            return self.words.number(value)
        if isinstance(value, numbers.Real):
            return self.words.number(value, 0 if float(value).is_integer() else 1)
        if isinstance(value, dt.date):
            return self.words.date(value)
        return str(value)


def _of_ten(w: Words, share: float) -> str:
    """How many of ten, never rounded up: 9 in 10; all only where it is all."""
    return w("of_ten.all") if share >= 1 else w("of_ten.part", n=math.floor(share * 10))


def _every_days(w: Words, days: float) -> str:
    """How often, in whole days: every 8 days, every day."""
    return w("every_days", n=max(math.floor(days + 0.5), 1))


def _capital(w: Words, value: object) -> str:
    text = value if isinstance(value, str) else w.number(value)
    return text[:1].upper() + text[1:]


#: How a sentence may ask for a value to be written.
_FORMATS: Mapping[str, Callable[[Words, Any], str]] = {
    "number": Words.number,
    "number1": lambda w, value: w.number(value, 1),
    "number2": lambda w, value: w.number(value, 2),
    "signed": Words.signed,
    "signed1": lambda w, value: w.signed(value, 1),
    "money": Words.money,
    "percent": Words.percent,
    "date": Words.date,
    "day": Words.day,
    "month": Words.month,
    "month_name": lambda w, value: w.month(value, "name"),
    "months": lambda w, value: w.listing([w.month(dt.date(2000, month, 1), "name") for month in value]),
    "listing": Words.listing,
    "quoted": lambda w, value: w.listing(_quoted(value, w.language)),
    "either": Words.either,
    "numeral": Words.numeral,
    "numeral_capital": lambda w, value: w.numeral(value).capitalize(),
    "every_days": _every_days,
    "every_days_capital": lambda w, value: _capital(w, _every_days(w, value)),
    "of_ten": _of_ten,
    "tenths": lambda w, value: w.number(value * 10),
    "plain": lambda _, value: str(value),
    "capital": _capital,
}


def _quoted(texts: object, language: Language) -> list[str]:
    """Some texts of the owner's file, in the language's quotation marks."""
    opening, closing = "«»" if language == "es" else "“”"
    return [f"{opening}{text}{closing}" for text in texts] if isinstance(texts, list | tuple) else []


def _named_count(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a reason with the one its sentence counts by also under `n`."""
    count = values.get("count", values.get("visits"))
    return {**values, **({"n": count} if count is not None and "n" not in values else {})}
