"""Names compared beyond their spelling: titles dropped, abbreviations and pet names written out."""

from __future__ import annotations

import re

from analysis.reading.values.texts import plain

_MARIA = re.compile(r"\bM\.?\s?[ªa]\.?(?=\s|$)|\bM\.\s?(?=del?\b)", re.IGNORECASE)
# fmt: off
#: Said of a person, part of no name.
_TITLES = frozenset({
    "d", "dn", "don", "dna", "dona", "sr", "sra", "srta", "senor", "senora", "dr", "dra", "mr", "mrs", "ms", "miss",
})
#: What holds names together and is left out as often as not.
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "i", "da", "do", "dos", "van", "von"})
#: What follows a company's name.
_LEGAL_FORMS = frozenset({
    "sl", "slu", "sll", "sa", "sau", "sac", "srl", "eirl", "cb", "sc", "ltda", "ltd", "inc", "llc", "spa",
})
_WRITTEN_OUT = {
    "ma": "maria", "mari": "maria", "fco": "francisco", "fca": "francisca", "ant": "antonio", "jse": "jose",
    "fdez": "fernandez", "fernz": "fernandez", "hdez": "hernandez", "hndez": "hernandez", "rguez": "rodriguez",
    "rdguez": "rodriguez", "rdez": "rodriguez", "glez": "gonzalez", "gzlez": "gonzalez", "gzalez": "gonzalez",
    "gonz": "gonzalez", "mtnez": "martinez", "mtez": "martinez", "mtz": "martinez", "mnez": "martinez",
    "dguez": "dominguez", "gcia": "garcia", "lpez": "lopez", "lpz": "lopez", "schez": "sanchez", "snchez": "sanchez",
    "jmnez": "jimenez", "jmenez": "jimenez", "vzquez": "vazquez", "alvz": "alvarez", "mdez": "mendez", "gmez": "gomez",
    "pepe": "jose", "pepa": "josefa", "paco": "francisco", "paca": "francisca", "pancho": "francisco",
    "lola": "dolores", "conchi": "concepcion", "concha": "concepcion", "charo": "rosario", "chelo": "consuelo",
    "nacho": "ignacio", "quique": "enrique", "manolo": "manuel", "toni": "antonio", "merche": "mercedes",
    "tere": "teresa", "maite": "maria teresa", "juanjo": "juan jose", "rafa": "rafael", "santi": "santiago",
    "javi": "javier", "isa": "isabel", "bea": "beatriz", "cris": "cristina", "lupe": "guadalupe", "loli": "dolores",
    "bob": "robert", "rob": "robert", "bill": "william", "mike": "michael", "liz": "elizabeth", "kate": "katherine",
    "tom": "thomas", "jim": "james", "dave": "david", "steve": "stephen", "tony": "anthony", "joe": "joseph",
}
# fmt: on


def written_out(name: str) -> tuple[str, ...]:
    """A name's words in the alphabet's order, plain, without titles and particles, abbreviations written out.

    >>> written_out("Mª Ángeles Fdez. de la Torre") == written_out("FERNANDEZ TORRE, MARIA ANGELES")
    True
    >>> written_out("D. Fco. Ruiz"), written_out("Talleres Ruiz, S.L.")
    (('francisco', 'ruiz'), ('ruiz', 'talleres'))
    """
    spelled = plain(_MARIA.sub("maria ", name))
    spelled = re.sub(r"\b([a-z]) ([a-z])(?: ([a-z]))?$", r"\1\2\3", spelled)  # s. l. u. is one word
    words = spelled.split()
    kept = [
        word for word in words if word not in _TITLES and word not in _PARTICLES and word not in _LEGAL_FORMS
    ]
    full = " ".join(_WRITTEN_OUT.get(word, word) for word in kept or words)
    return tuple(sorted(full.split()))
