"""What the owner's notebook changes in the results: their word on affection wins, what they wrote down is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import schema
from analysis.affection import HATED_AT_MOST, LOVED_AT_LEAST
from analysis.notebook.entries import Notebook
from analysis.noted_problems import with_notes, with_problems_told
from analysis.portfolio import Portfolio

#: Outcomes after which the client had been reached.
REACHED = frozenset(
    {"appointment", "answered", "slip", "problem", "price", "moved", "left", "do_not_contact"}
)


def with_notebook(portfolio: Portfolio, notebook: Notebook) -> Portfolio:
    """The results as the owner sees them, with their notebook in `portfolio.notebook`.

    Their scores stand in `clients` (`computed_affection` keeps what the signs say) and in `movement` from the day they
    were given; their problems and outcomes stand among the records, their problems among the reasons too; who must not
    be contacted has refused.
    """
    if notebook == Notebook(notebook.settings, notebook.gentle_bands):  # nothing is said of any client
        return portfolio
    problems = _with_problems(portfolio, notebook)
    clients = _refused(_scored(portfolio.clients, notebook), notebook)
    clients = with_problems_told(clients, portfolio.records.problems, problems, portfolio.as_of)
    return replace(
        portfolio,
        notebook=notebook,
        clients=clients,
        movement=_moved(portfolio.movement, notebook),
        records=replace(
            portfolio.records,
            problems=problems,
            contacts=_with_contacts(portfolio, notebook),
        ),
        totals=replace(portfolio.totals, mean_affection=float(clients["affection"].mean())),
    )


def band_of(score: float) -> schema.Band:
    """The band of a score that the owner gave: their word needs no further sign."""
    return "hated" if score <= HATED_AT_MOST else "loved" if score >= LOVED_AT_LEAST else "ignored"


def _scored(clients: pd.DataFrame, notebook: Notebook) -> pd.DataFrame:
    given = [notebook.own_scores.get(str(client_id)) for client_id in clients["client_id"]]
    said = np.array([score is not None for score in given])
    if not said.any():
        return clients
    scores = [score for score in given if score is not None]
    changed = clients.copy()
    changed.loc[said, "affection"] = [score.score for score in scores]
    changed.loc[said, "band"] = [band_of(score.score) for score in scores]
    changed["owner_said"] = said
    changed.loc[said, "owner_note"] = [score.note for score in scores]
    return changed


def _moved(movement: pd.DataFrame, notebook: Notebook) -> pd.DataFrame:
    """The month ends from the day of the owner's word on; what they felt before that is not known."""
    given = notebook.own_scores
    if not given:
        return movement
    since = movement["client_id"].map({who: pd.Timestamp(score.on) for who, score in given.items()})
    # A word given after the last month end is about today, which the last one stands for.
    told = movement["month_end"] >= since.clip(upper=movement["month_end"].max())
    if not told.any():  # the clients of another file, or gone from this one
        return movement
    scores = movement.loc[told, "client_id"].map({who: score.score for who, score in given.items()})
    changed = movement.copy()
    changed.loc[told, "affection"] = scores
    changed.loc[told, "band"] = scores.map(band_of)
    return changed


def _refused(clients: pd.DataFrame, notebook: Notebook) -> pd.DataFrame:
    refused = {outcome.client_id for outcome in notebook.outcomes if outcome.code == "do_not_contact"}
    if not refused:
        return clients
    consent = clients["consent"].astype("boolean").mask(clients["client_id"].isin(refused), other=False)
    return clients.assign(consent=consent)


def _with_problems(portfolio: Portfolio, notebook: Notebook) -> pd.DataFrame:
    known = set(portfolio.clients["client_id"])
    notes = [note for note in notebook.problems if note.client_id in known]
    return with_notes(portfolio.records.problems, notes)


def _with_contacts(portfolio: Portfolio, notebook: Notebook) -> pd.DataFrame:
    """Every outcome but a postponement is a contact."""
    known = set(portfolio.clients["client_id"])
    made = [
        {
            "client_id": outcome.client_id,
            "date": outcome.on,
            "channel": outcome.channel or "",
            "outcome": outcome.code,
            "staff": "",
            "answered": outcome.code in REACHED,
        }
        for outcome in notebook.outcomes
        if outcome.code != "snoozed" and outcome.client_id in known
    ]
    if not made:
        return portfolio.records.contacts
    rows = pd.DataFrame(made)
    rows["date"] = pd.to_datetime(rows["date"]).astype("datetime64[s]")
    return _together(portfolio.records.contacts, rows[list(schema.CONTACTS)], "date")


def _together(before: pd.DataFrame, added: pd.DataFrame, day: str) -> pd.DataFrame:
    rows = pd.concat([before, added], ignore_index=True) if len(before) else added
    return rows.sort_values([day, "client_id"], kind="stable", ignore_index=True)
