"""The list of those without a word for long as a file: since when, what the last one was, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.consent import reachable, refused
from words.files.telling import telling
from words.speaker import Words

#: Columns of the file, in this order; those a file has nothing for are left out.
COLUMNS = (
    "client_id",
    "client_name",
    "phone",
    "email",
    "days_silent",
    "last_word",
    "kind",
    "last_visit",
    "annual_value",
    "staff",
    "service",
    "way",
)
_ALWAYS = frozenset({"client_id", "days_silent", "last_word", "kind", "way"})


def follow_up_file(w: Words, people: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From rows of `analysis.practices.team.follow_up.silent` with `way` (`analysis.practices.calling.reach`).

    Who asked not to be contacted is on the list without telephone and mail, and it says so.
    """
    frame = reachable(people).assign(
        client_id=people["client_id"].astype(str),
        days_silent=people["days_silent"].astype("Int64"),
        kind=[
            last_word(w, *row)
            for row in zip(people["kind"], people["channel"], people["unanswered"], strict=True)
        ],
        annual_value=people["annual_value"].astype("float64").round(2),
        way=[
            way_to(w, way, refused=bool(no)) for way, no in zip(people["way"], refused(people), strict=True)
        ],
    )
    kept = telling(frame, COLUMNS, _ALWAYS)
    return frame[kept], {column: w(f"follow_up.file.{column}") for column in kept}


def last_word(w: Words, kind: str, channel: str, unanswered: object) -> str:
    """What the last word was: a visit, a call, a message without answer."""
    if kind != "contact":
        return w(f"follow_up.word.{kind}")
    said = w(f"channel.{channel}") if channel else w("follow_up.word.contact")
    return w("follow_up.word.unanswered", said=said) if unanswered else said


def way_to(w: Words, way: str, *, refused: bool) -> str:
    """How to reach them, or why not."""
    return w("follow_up.way.refused") if refused else w(f"follow_up.way.{way}")
