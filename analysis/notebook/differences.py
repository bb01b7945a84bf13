"""How much one notebook holds that another does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from analysis.notebook.entries import Notebook

#: The parts of a notebook that are lists of entries, and those that are entries by name.
_LISTS = ("outcomes", "problems")
_BY_NAME = ("own_scores", "red_flags", "letters", "goals", "choices")


def held(notebook: Notebook) -> Mapping[str, int]:
    """How many entries each part holds, of those that hold any; what was set counts as one ("settings")."""
    counts = {name: len(getattr(notebook, name)) for name in (*_LISTS, *_BY_NAME)}
    counts["settings"] = _set_otherwise(notebook, Notebook())
    return {name: count for name, count in counts.items() if count}


def differences(now: Notebook, before: Notebook) -> int:
    """How many entries and settings were added, changed or taken away."""
    lists = sum((_counted(now, name) - _counted(before, name)).total() for name in _LISTS)
    lists += sum((_counted(before, name) - _counted(now, name)).total() for name in _LISTS)
    return lists + sum(_changed(now, before, name) for name in _BY_NAME) + _set_otherwise(now, before)


def _counted(notebook: Notebook, name: str) -> Counter[object]:
    return Counter(getattr(notebook, name))


def _changed(now: Notebook, before: Notebook, name: str) -> int:
    mine, theirs = getattr(now, name), getattr(before, name)
    return sum(mine.get(key) != theirs.get(key) for key in mine.keys() | theirs.keys())


def _set_otherwise(now: Notebook, before: Notebook) -> int:
    """Settings, the softer words and the signature that differ.

    The day the results are for is of one export, not of the notebook.
    """
    mine, theirs = vars(now.settings), vars(before.settings)
    changed = sum(bool(mine[name] != theirs[name]) for name in mine if name != "as_of")
    return changed + (now.gentle_bands != before.gentle_bands) + (now.signature != before.signature)
