"""The owner's notebook: what stands in it, what of it they have saved, and the one set aside for other files."""

from __future__ import annotations

from dataclasses import replace

from analysis.notebook import Notebook
from analysis.notebook.differences import differences
from analysis.notebook.notebook_file import notebook_bytes
from analysis.own_files.merge import merged, merged_files
from analysis.settings import Settings
from ui.session.own_settings import gentle_bands, set_gentle_bands, set_settings, settings
from ui.session.state import current, of_files


def notebook() -> Notebook:
    """What the owner said of their clients and set, in this session or in the notebook they gave."""
    return replace(of_files().notebook, settings=settings(), gentle_bands=gentle_bands())


def set_notebook(new: Notebook) -> None:
    """The owner's word, in use from the next run on; its settings and softer words too."""
    of_files().notebook = new
    current().edition += 1
    set_settings(new.settings)
    set_gentle_bands(gentle=new.gentle_bands)


def take_notebooks(given: tuple[Notebook, ...]) -> None:
    """What notebook files say beside what the notebook of this session does; they are saved already."""
    if not given:
        return
    theirs = merged_files(given)
    saved = merged(saved_notebook(), theirs)
    set_notebook(merged(notebook(), theirs))
    of_files().saved = saved


def empty_notebook() -> None:
    """All that was noted and set, forgotten; a file of it on the owner's disk stays."""
    set_notebook(Notebook(settings=Settings(as_of=settings().as_of)))
    of_files().saved = Notebook()


def notebook_file() -> bytes:
    return notebook_bytes(notebook())


def saved_notebook() -> Notebook:
    """The notebook as the owner has it on their disk."""
    return of_files().saved


def note_saved() -> None:
    """The owner has downloaded the notebook."""
    of_files().saved = notebook()


def unsaved() -> int:
    """How many notes and settings the owner's disk does not have yet."""
    return differences(notebook(), saved_notebook())


def notebook_set_aside() -> Notebook | None:
    """The notebook kept for the exports before these."""
    return current().set_aside


def use_set_aside() -> None:
    """The notebook of the exports before is of this business too."""
    aside = current().set_aside
    drop_set_aside()
    if aside is not None:
        set_notebook(merged(notebook(), aside))


def drop_set_aside() -> None:
    current().set_aside = None
