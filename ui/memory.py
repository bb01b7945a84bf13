"""The memory of mappings as one visitor may use it.

It belongs to the computer that runs the app: whoever comes to it from another one neither sees nor changes it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.reading.corrections import Corrections
from analysis.reading.layout.body import Body
from analysis.reading.memory import store
from analysis.reading.memory.mappings import Mappings, written
from analysis.reading.memory.remember import remember, remember_decisions
from ui.today import today


def is_offered() -> bool:
    """Whether this visitor may have a memory at all."""
    return store.is_allowed() and is_here()


def is_here() -> bool:
    """Whether the visitor sits at the computer that runs the app (its own address is told as None)."""
    return st.context.ip_address is None


def is_on() -> bool:
    return is_offered() and store.is_on()


def switch(*, on: bool) -> bool:
    """Switches it on or off; whether the folder could be written to."""
    try:
        store.switch(on=on)
    except OSError:
        return False
    return True


def known() -> tuple[Mappings, bool]:
    """What is remembered (nothing while it is off), and whether its file was sound."""
    return store.load_own() if is_on() else (Mappings(), True)


def note(bodies: Sequence[Body], now: Corrections, before: Corrections | None = None) -> None:
    """Remembers what the owner has said of these sheets and of their clients."""
    if is_on():
        store.change_own(lambda mappings: _noted(mappings, bodies, now, before))


def forget(bodies: Sequence[Body]) -> None:
    """Forgets these sheets, and nothing else."""
    if is_on():
        store.change_own(lambda mappings: mappings.without(bodies))


def as_file(bodies: Sequence[Body], now: Corrections) -> bytes:
    """What was said of these sheets as a file, for `python -m analysis ... --mapping FILE`."""
    mappings, _ = known()
    return written(_noted(Mappings(secret=mappings.secret), bodies, now, None))


def _noted(
    mappings: Mappings, bodies: Sequence[Body], now: Corrections, before: Corrections | None
) -> Mappings:
    return remember_decisions(remember(mappings, bodies, now, today()), now, before)
