"""The list to hand over as a file: each client with who should take them, why, and how to reach them."""

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
    frame = reachable(people).assign(
        client_id=people["client_id"].astype(str),
        standing=people["standing"].map(lambda code: w(f"hand_over.standing.{code}")),
        annual_value=people["annual_value"].astype("float64").round(2),
        take_why=[
            w("client.no_consent") if no else take_reason(w, why)
            for why, no in zip(people["take_why"], refused(people), strict=True)
        ],
    )
    kept = telling(frame, COLUMNS, _ALWAYS)
    return frame[kept], {column: w(f"hand_over.file.{column}") for column in kept}


def take_reason(w: Words, why: str) -> str:
    """Why a seller is proposed, "" where nobody is."""
    return w(f"hand_over.take.{why}") if why else ""
