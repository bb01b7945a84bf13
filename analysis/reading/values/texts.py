"""Text made comparable: headers, names and statuses without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-záéíóúñ0-9])(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])|(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])")
_NUMBER_SIGN = re.compile(r"\b[nN]\s?[º°ª]\.?|#")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
#: Words that carry no meaning in a header: "fecha de la venta" is "fecha venta".
_FILLERS = frozenset({"de", "del", "la", "el", "los", "las", "the", "of", "a", "al", "en"})


def plain(text: str) -> str:
    """Lower case without accents; everything that is no letter or figure becomes one space.

    >>> plain("  Peluquería «Ñandú» ")
    'peluqueria nandu'
    """
    if not text.isascii():  # most texts are, and hundreds of thousands come by
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_WORD.sub(" ", text.lower()).strip()


def plain_header(header: str) -> str:
    """A header made comparable: as `plain`, with camelCase split and `Nº` spelled out.

    >>> plain_header("CustomerID"), plain_header("Nº Socio"), plain_header("fecha_venta")
    ('customer id', 'no socio', 'fecha venta')
    """
    spelled = _NUMBER_SIGN.sub(" no ", header)
    return plain(_CAMEL.sub(" ", spelled))


def essential(header: str) -> str:
    """A plain header without its filling words.

    >>> essential("fecha de la venta")
    'fecha venta'
    """
    return " ".join(word for word in header.split() if word not in _FILLERS)


def fingerprint(name: str) -> str:
    """What two spellings of one name share: accents, case, punctuation and the order of words do not count.

    A name of another script, which `plain` would empty, stands for itself.

    >>> fingerprint("Pérez, Ana") == fingerprint("ANA PEREZ")
    True
    """
    return " ".join(sorted(plain(name).split())) or name.casefold().strip()
