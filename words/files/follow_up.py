"""The list of those without a word for long as a file: since when, what the last one was, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

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
    no_contact = people["consent"].astype("boolean").fillna(value=True).eq(other=False).to_numpy(dtype=bool)
    frame = people.assign(
        client_id=people["client_id"].astype(str),
        phone=people["phone"].mask(no_contact),
        email=people["email"].mask(no_contact),
        days_silent=people["days_silent"].astype("Int64"),
        kind=[
            last_word(w, *row)
            for row in zip(people["kind"], people["channel"], people["unanswered"], strict=True)
        ],
        annual_value=people["annual_value"].astype("float64").round(2),
        way=[
            way_to(w, way, refused=bool(refused))
            for way, refused in zip(people["way"], no_contact, strict=True)
        ],
    )
    kept = [column for column in COLUMNS if column in _ALWAYS or _says_something(frame[column])]
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


def _says_something(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(str) != "")).any())
