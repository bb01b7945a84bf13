"""What one visitor's session holds: their files, what they said of them, settings, notebook, and the results.

Everything stands in `st.session_state`, which no other visitor can reach (`state`); results are kept by the digest of
the bytes and corrections plus the settings, never by a file's name. Closing the tab forgets it all, but for what was
said of columns and sheets, which `ui.memory` keeps.
"""

from ui.session.books import book, book_before, currency, is_read, quality
from ui.session.files import bodies, is_opened, opened, own_files, uploads
from ui.session.filled_lists import people, taken_in
from ui.session.new_files import open_sample, set_uploads
from ui.session.notes import (
    drop_set_aside,
    empty_notebook,
    note_saved,
    notebook,
    notebook_file,
    notebook_set_aside,
    saved_notebook,
    set_notebook,
    take_notebooks,
    unsaved,
    use_set_aside,
)
from ui.session.own_settings import (
    gentle_bands,
    set_affection_weights,
    set_gentle_bands,
    set_settings,
    set_standards,
    set_unit_intervals,
    settings,
)
from ui.session.results import is_ready, portfolio, worked_out
from ui.session.said_of_files import (
    asked,
    corrections,
    forget_recalled,
    recalled,
    set_corrections,
    undo_corrections,
)
from ui.session.voice import palette, words
from ui.today import today

__all__ = [
    "asked",
    "bodies",
    "book",
    "book_before",
    "corrections",
    "currency",
    "drop_set_aside",
    "empty_notebook",
    "forget_recalled",
    "gentle_bands",
    "is_opened",
    "is_read",
    "is_ready",
    "note_saved",
    "notebook",
    "notebook_file",
    "notebook_set_aside",
    "open_sample",
    "opened",
    "own_files",
    "palette",
    "people",
    "portfolio",
    "quality",
    "recalled",
    "saved_notebook",
    "set_affection_weights",
    "set_corrections",
    "set_gentle_bands",
    "set_notebook",
    "set_settings",
    "set_standards",
    "set_unit_intervals",
    "set_uploads",
    "settings",
    "take_notebooks",
    "taken_in",
    "today",
    "undo_corrections",
    "unsaved",
    "uploads",
    "use_set_aside",
    "words",
    "worked_out",
]
