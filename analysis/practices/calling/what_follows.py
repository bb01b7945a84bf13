"""Where a call leads on: a problem told is to be written down and solved, a price too high asks for another offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analysis.notebook import Notebook, Outcome, OutcomeCode

Following = Literal["problem", "offer"]

_FOLLOWING: Mapping[OutcomeCode, Following] = {"problem": "problem", "price": "offer"}


def what_follows(outcome: Outcome, notebook: Notebook) -> Following | None:
    """What is to be done after an outcome; None where nothing is, or the notebook has it done since that day."""
    following = _FOLLOWING.get(outcome.code)
    if following == "problem":
        days = [note.opened for note in notebook.problems if note.client_id == outcome.client_id]
    else:
        days = [made.on for made in notebook.outcomes if made.offer and made.client_id == outcome.client_id]
    return None if any(day >= outcome.on for day in days) else following


def problem_told(client_id: str, notebook: Notebook) -> Outcome | None:
    """The last problem this client told of in a call that nobody has written down yet."""
    told = (
        outcome
        for outcome in reversed(notebook.outcomes)
        if outcome.client_id == client_id and what_follows(outcome, notebook) == "problem"
    )
    return next(told, None)
