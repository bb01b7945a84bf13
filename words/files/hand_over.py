"""The list to hand over as a file: each client with who should take them, why, and how to reach them."""

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
    "former",
    "gone_on",
    "service",
    "standing",
    "last_visit",
    "visits_since",
    "annual_value",
    "take",
    "take_why",
)
_ALWAYS = frozenset({"client_id", "former", "gone_on", "standing", "take", "take_why"})


def hand_over_file(w: Words, people: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From rows of `analysis.practices.team.hand_over`: the frame to write and the headers of its columns.

    Who asked not to be contacted is on the list without telephone and mail, and it says so.
    """
    no_contact = people["consent"].astype("boolean").fillna(value=True).eq(other=False).to_numpy(dtype=bool)
    frame = people.assign(
        client_id=people["client_id"].astype(str),
        phone=people["phone"].mask(no_contact),
        email=people["email"].mask(no_contact),
        standing=people["standing"].map(lambda code: w(f"hand_over.standing.{code}")),
        annual_value=people["annual_value"].astype("float64").round(2),
        take_why=[
            w("client.no_consent") if refused else take_reason(w, why)
            for why, refused in zip(people["take_why"], no_contact, strict=True)
        ],
    )
    kept = [column for column in COLUMNS if column in _ALWAYS or _says_something(frame[column])]
    return frame[kept], {column: w(f"hand_over.file.{column}") for column in kept}


def take_reason(w: Words, why: str) -> str:
    """Why a seller is proposed, "" where nobody is."""
    return w(f"hand_over.take.{why}") if why else ""


def _says_something(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(str) != "")).any())
