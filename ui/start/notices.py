"""What was decided about the files, as a calm list: a sentence each, told once for all the sheets it is true of."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.book import Book, Notice
from ui.markdown import escape, muted
from ui.page import TEXT_WIDTH
from words import Words

#: More than this stand folded away.
_AT_ONCE = 4


def notices(w: Words, book: Book, more: Sequence[Notice] = ()) -> None:
    """The Book's notices and `more` of them; nothing where there are none."""
    lines = sentences(w, (*more, *book.notices), several=len(book.sheets) > 1)
    if not lines:
        return
    with st.container(border=True, gap="xsmall", key="notices"):
        st.markdown(f":material/info: **{w('start.notices')}**")
        _listed(lines[:_AT_ONCE])
        if lines[_AT_ONCE:]:
            with st.expander(w("start.notices.more", n=len(lines) - _AT_ONCE)):
                _listed(lines[_AT_ONCE:])


def sentences(w: Words, told: Sequence[Notice], *, several: bool) -> list[str]:
    """Each sentence once, as markdown; with its places where there are `several` it could be about."""
    places: dict[str, list[str]] = {}
    for notice in told:
        values = {"file": notice.file, "sheet": notice.sheet} | dict(notice.values)
        where = places.setdefault(w(f"notice.{notice.code}", **values), [])
        place = notice.sheet or notice.file
        if place and place not in where:
            where.append(place)
    return [_placed(w, sentence, where if several else []) for sentence, where in places.items()]


def _placed(w: Words, sentence: str, where: Sequence[str]) -> str:
    named = [place for place in where if place not in sentence]
    if not named or len(named) < len(where):
        return escape(sentence)
    place = (
        escape(named[0])
        if len(named) == 1
        else w("start.notices.places", n=len(named), first=escape(named[0]))
    )
    return f"{escape(sentence)} {muted(place)}"


def _listed(lines: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines), width=TEXT_WIDTH)
