"""What comes from the owner's file, made harmless where Streamlit reads markdown.

A client called `![](https://...)` would otherwise load a foreign picture. Tables, editors and `st.text` need no
escape; markdown, titles, labels of widgets, metrics and errors do.
"""

from __future__ import annotations

import re

#: Everything GitHub-flavoured markdown or Streamlit's own directives (:red[...], :material/x:, $tex$) act upon.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&=/^\"'])")
_BREAKS = re.compile(r"\s+")

#: Addresses become links even when escaped, unless something invisible stands in them.
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)", re.IGNORECASE)
_WORD_JOINER = "\N{WORD JOINER}"


def escape(value: object) -> str:
    """The value as plain text on one line: markdown, HTML, links, pictures, TeX and directives show as written."""
    text = _BREAKS.sub(" ", str(value)).strip()
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub(_WORD_JOINER, text))


def muted(text: str) -> str:
    """A line of secondary text (`st.caption` is too pale to read). `text` is markdown already."""
    return f":small[:gray[{text}]]"


def muted_body(text: str) -> str:
    """Secondary text at body size. `text` is markdown already."""
    return f":gray[{text}]"
