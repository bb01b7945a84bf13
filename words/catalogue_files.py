"""The catalogue on disk, compiled in memory: `words/catalogue/<language>/<subject>.po`, one file per page or area."""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent / "catalogue"


class UnknownMessageError(KeyError):
    """No sentence of that id in the catalogue: a mistake in the code, never in the owner's file."""


@dataclass(frozen=True)
class Sentences:
    """The templates of one language: looked up by id, and by a count where the sentence has a plural."""

    language: str
    subjects: Mapping[str, str]  # id -> the subject (file) it stands in
    plurals: frozenset[str]
    translations: gettext.GNUTranslations

    def __contains__(self, message_id: str) -> bool:
        return message_id in self.subjects

    def template(self, message_id: str, n: float | None = None) -> str:
        """The template of an id; `n` chooses the form of those that have a plural.

        Raises
        ------
        UnknownMessageError
            The id is in no file of the language, or has a plural and `n` is missing.
        """
        if message_id not in self.subjects:
            raise UnknownMessageError(f"{message_id} ({self.language})")
        if message_id not in self.plurals:
            return self.translations.gettext(message_id)
        if n is None:
            raise UnknownMessageError(f"{message_id} ({self.language}) needs n")
        count = int(n) if n == int(n) else 2  # 1.5 visits are plural in both languages
        return self.translations.ngettext(message_id, message_id, count)


@lru_cache(maxsize=8)
def read_catalogue(language: str, root: Path = CATALOGUE) -> Sentences:
    """All subjects of a language, merged and compiled. Raises ValueError for an id that stands twice."""
    merged = Catalog(locale=language)
    subjects: dict[str, str] = {}
    plurals: set[str] = set()
    for path in sorted((root / language).glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, abort_invalid=True)
        for message in catalog:
            if not message.id:
                continue  # the header
            singular = message.id if isinstance(message.id, str) else message.id[0]
            if singular in subjects:
                raise ValueError(f"{singular} stands in {subjects[singular]} and in {path.stem}")
            subjects[singular] = path.stem
            if message.pluralizable:
                plurals.add(singular)
            merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Sentences(language, subjects, frozenset(plurals), gettext.GNUTranslations(compiled))
