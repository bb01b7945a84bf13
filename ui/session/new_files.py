"""Other files than before: what goes with the ones that went, and what stays."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.files.apart.opener import open_apart
from analysis.files.opening import digest_of_files
from analysis.notebook import Notebook
from analysis.notebook.differences import differences
from analysis.own_files.sort_out import sort_out
from analysis.reading import Upload
from sample_data import SAMPLES
from ui.data_line import DATA_LINE
from ui.session.files import own_files, uploads
from ui.session.notes import notebook, saved_notebook, set_notebook, take_notebooks
from ui.session.state import OfTheFiles, current
from ui.today import today
from words import Language


def set_uploads(files: tuple[Upload, ...], before: tuple[Upload, ...] | None = None) -> None:
    """Other files. Exports and the owner's own files go their own ways: own ones change no analysis that stands.

    `before`: what the uploader showed before it showed `files`; exports given earlier, which it no longer shows, stay
    until another one comes. Without it, `files` are all there is.
    """
    known = own_files().notebooks
    found = sort_out(files, open_apart, today())
    exports = found.exports
    if before is not None and not set(exports) - set(before):
        exports = tuple(file for file in uploads() if file in files or file not in before)
    current().own_files = found
    if exports != uploads():
        _set_exports(exports)
        known = ()
    take_notebooks(tuple(given.notebook for given in found.notebooks if given not in known))


def _set_exports(exports: tuple[Upload, ...]) -> None:
    """Other exports: what was corrected and set for the ones before no longer holds.

    The notebook stays where one of the exports does; else it is set aside, for it may be of another business.
    """
    session, before, noted, saved = current(), uploads(), notebook(), saved_notebook()
    session.uploads = exports
    session.files = OfTheFiles(digest_of_files(exports))
    st.session_state.pop(DATA_LINE, None)
    if {file.data for file in before} & {file.data for file in exports}:
        set_notebook(replace(noted, settings=replace(noted.settings, as_of=None)))
        session.files.saved = saved
    elif differences(noted, Notebook(gentle_bands=noted.gentle_bands)):
        session.set_aside = noted


def open_sample(language: Language) -> None:
    """The invented shop of a language: a salon in Spanish, a car workshop in English."""
    path = SAMPLES[language]
    set_uploads((Upload(path.name, path.read_bytes()),))
