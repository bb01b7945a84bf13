"""What the owner wrote of problems: their own beside the export's, their word on the export's, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from analysis import schema
from analysis.names import fingerprint
from analysis.notebook.entries import ProblemNote
from analysis.reasons import Reason
from analysis.states import actions

#: A badly solved problem is told for so long.
_TOLD_DAYS = 365
_TOLD = {"problem_open", "problem_badly_solved"}
_DAYS = ("opened", "closed", "promised")
_TEXTS = ("kind", "staff", "detail")


def with_notes(problems: pd.DataFrame, notes: Sequence[ProblemNote]) -> pd.DataFrame:
    """The problems (schema.PROBLEMS) with the owner's notes among them, in order of their opening.

    A note about a problem of the export (`about_export`) fills in what it says and leaves the rest as the export has
    it. Where the export no longer holds that problem the note stands for it.
    """
    if not notes:
        return problems
    rows = pd.DataFrame([asdict(note) for note in notes])
    rows = rows.assign(**{name: pd.to_datetime(rows[name]).astype("datetime64[s]") for name in _DAYS})
    place = _places(problems, rows)
    own = rows[place < 0]
    told = _filled_in(problems, rows[place >= 0], place[place >= 0])
    closed = own["closed"].notna() | own["solved"].eq(True)
    state = np.select([~closed, ~own["solved"].eq(False)], ["open", "solved"], "badly_solved")
    written = own.assign(state=state, note=True)[list(schema.PROBLEMS)]
    together = pd.concat([told, written], ignore_index=True) if len(told) else written
    return together.sort_values(["opened", "client_id"], kind="stable", ignore_index=True)


def _places(problems: pd.DataFrame, notes: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Which row of the export each note is about, -1 for the owner's own problems and for what is no longer there."""
    exact: dict[tuple[object, ...], int] = {}
    of_day: dict[tuple[object, ...], list[int]] = {}
    for place, (who, day, kind) in enumerate(
        zip(problems["client_id"], problems["opened"], problems["kind"], strict=True)
    ):
        exact.setdefault((who, day, fingerprint(kind)), place)
        of_day.setdefault((who, day), []).append(place)
    found = []
    for who, day, kind, about in zip(
        notes["client_id"], notes["opened"], notes["kind"], notes["about_export"], strict=True
    ):
        same_day = of_day.get((who, day), [])
        # Its kind may have been written otherwise since: the only problem of that day is still the one.
        likely = same_day[0] if len(same_day) == 1 else -1
        found.append(exact.get((who, day, fingerprint(kind)), likely) if about else -1)
    return np.array(found, dtype=np.int64)


def _filled_in(
    problems: pd.DataFrame, notes: pd.DataFrame, place: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> pd.DataFrame:
    if notes.empty:
        return problems
    changed = problems.copy()
    at = changed.index[place]
    for name in ("staff", "detail"):
        said = notes[name].to_numpy(dtype=object)
        changed.loc[at[said != ""], name] = said[said != ""]
    for name in ("promised", "closed"):
        days = notes[name]
        changed.loc[at[days.notna()], name] = days[days.notna()].to_numpy()
    settled = (notes["closed"].notna() | notes["solved"].notna()).to_numpy()
    state = np.where(notes["solved"].eq(False), "badly_solved", "solved")
    changed.loc[at[settled], "state"] = state[settled]
    changed.loc[at, "note"] = True
    return changed


def with_problems_told(
    clients: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, as_of: dt.date
) -> pd.DataFrame:
    """The clients with the reasons and the action of the problems as they are `after`, where these changed.

    A problem the owner wrote down is told like one of the export, and one they closed is told no more.
    """
    ids = _changed(before, after) & set(clients["client_id"])
    if not ids:
        return clients
    theirs = clients[clients["client_id"].isin(ids)]
    today = pd.Timestamp(as_of)
    of = after[after["client_id"].isin(ids)]
    still = of[of["state"] == "open"].groupby("client_id")["opened"].agg(["size", "min"])
    recent = of["closed"] > today - pd.Timedelta(days=_TOLD_DAYS)
    badly = of[(of["state"] == "badly_solved") & recent].groupby("client_id")["closed"].max()
    reasons = [
        _reasons(said, still.loc[who] if who in still.index else None, badly.get(who), today)
        for who, said in zip(theirs["client_id"], theirs["reasons"], strict=True)
    ]
    signs = pd.DataFrame(
        {
            "problems_open": [_says(said, "problem_open") for said in reasons],
            "problems_bad": [_says(said, "problem_badly_solved") for said in reasons],
            "unpaid": [_says(said, "payment_late") for said in reasons],
            "staff_left_day": [1.0 if _says(said, "staff_left") else np.nan for said in reasons],
        },
        index=theirs.index,
    )
    changed = clients.copy()
    changed.loc[theirs.index, "reasons"] = pd.Series(reasons, index=theirs.index, dtype=object)
    changed.loc[theirs.index, "suggested_action"] = actions(theirs, signs)
    return changed


def _changed(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """The clients of whom the notes say something."""
    return set(after.loc[after["note"].astype(bool), "client_id"]) | (
        set(before["client_id"]) - set(after["client_id"])
    )


def _reasons(
    said: Sequence[Reason], still: pd.Series | None, badly: pd.Timestamp | None, today: pd.Timestamp
) -> tuple[Reason, ...]:
    """The trouble stands right after the first reason, which says where they stand in their rhythm."""
    others = [reason for reason in said if reason.code not in _TOLD]
    told = []
    if still is not None:
        days = max(int((today - still["min"]).days), 0)
        told.append(Reason("problem_open", {"count": int(still["size"]), "days": days}))
    if badly is not None:
        told.append(Reason("problem_badly_solved", {"last": badly.date()}))
    return (*others[:1], *told, *others[1:])


def _says(said: Sequence[Reason], code: str) -> bool:
    return any(reason.code == code for reason in said)
