"""What came of a call or an offer goes into the notebook, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

from analysis.notebook import Outcome
from ui import session


def note(outcome: Outcome) -> None:
    """One more outcome."""
    notebook = session.notebook()
    session.set_notebook(replace(notebook, outcomes=(*notebook.outcomes, outcome)))


def take_back(outcome: Outcome) -> None:
    """The last one like it, as if it had not been noted."""
    outcomes = list(session.notebook().outcomes)
    if outcome not in outcomes:
        return
    place = len(outcomes) - 1 - outcomes[::-1].index(outcome)
    session.set_notebook(
        replace(session.notebook(), outcomes=tuple(outcomes[:place] + outcomes[place + 1 :]))
    )


def choose(name: str, value: float | None, *, instead_of: tuple[str, ...] = ()) -> None:
    """A figure the owner sets on a page, in place of others; None takes it back."""
    choices = {key: one for key, one in session.notebook().choices.items() if key not in {name, *instead_of}}
    if value is not None:
        choices[name] = float(value)
    session.set_notebook(replace(session.notebook(), choices=choices))
