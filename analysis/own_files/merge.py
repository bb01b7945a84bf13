"""Two notebooks as one: the later word counts, and nothing noted is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from analysis.notebook import Letter, Notebook, Outcome, ProblemNote
from analysis.settings import Settings

_Entry = TypeVar("_Entry")


def merged(mine: Notebook, given: Notebook) -> Notebook:
    """`mine` with all that `given` says; of figures and settings that both have, those of `mine`.

    The day the results are for (`settings.as_of`) is of one export and does not come along.
    """
    settings = mine.settings
    if replace(settings, as_of=None) == Settings():
        settings = replace(given.settings, as_of=settings.as_of)
    return replace(
        mine,
        settings=settings,
        gentle_bands=mine.gentle_bands or given.gentle_bands,
        own_scores=_later(mine.own_scores, given.own_scores, lambda score: score.on),
        red_flags=_later(mine.red_flags, given.red_flags, lambda flag: flag.on),
        outcomes=_in_order({**dict.fromkeys(given.outcomes), **dict.fromkeys(mine.outcomes)}),
        problems=_problems(mine.problems, given.problems),
        letters=_later(mine.letters, given.letters, _how_far),
        signature=mine.signature or given.signature,
        goals={**given.goals, **mine.goals},
        choices={**given.choices, **mine.choices},
    )


def merged_files(notebooks: Sequence[Notebook]) -> Notebook:
    """Several notebooks as one, whatever their order: where they differ, the one noted in last counts."""
    whole = Notebook()
    for notebook in sorted(notebooks, key=lambda one: (_last_day(one), repr(one)), reverse=True):
        whole = merged(whole, notebook)
    return whole


def _last_day(notebook: Notebook) -> str:
    days = [
        *(one.on for one in notebook.own_scores.values()),
        *(one.on for one in notebook.red_flags.values()),
        *(one.on for one in notebook.outcomes),
        *(one.on for one in notebook.goals.values()),
        *(one.closed or one.opened for one in notebook.problems),
        *(one.sent for one in notebook.letters.values() if one.sent),
    ]
    return max(map(str, days), default="")


def _later(
    mine: Mapping[str, _Entry], given: Mapping[str, _Entry], when: Callable[[_Entry], Any]
) -> dict[str, _Entry]:
    """Both; of one client the later, mine where they are equal."""
    ahead = {who: one for who, one in given.items() if who not in mine or when(one) > when(mine[who])}
    return {**mine, **ahead}


def _how_far(letter: Letter) -> tuple[bool, str, bool, bool, bool]:
    written = bool(letter.text), bool(letter.own_words)
    return letter.sent is not None, str(letter.sent or ""), letter.ready, *written


def _in_order(outcomes: Mapping[Outcome, object]) -> tuple[Outcome, ...]:
    """By day; of one day as they were noted."""
    return tuple(sorted(outcomes, key=lambda one: one.on))


def _problems(mine: Sequence[ProblemNote], given: Sequence[ProblemNote]) -> tuple[ProblemNote, ...]:
    """One of each client, day and kind: closed rather than open, else mine."""
    found: dict[object, ProblemNote] = {}
    for one in (*mine, *given):
        key = (one.client_id, one.opened, one.kind, one.about_export)
        if key not in found or (found[key].closed is None and one.closed is not None):
            found[key] = one
    return tuple(found.values())
