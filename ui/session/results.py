"""The results for the current files, settings and notebook, and what pages worked out of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.once import UNTOUCHED
from analysis.progress import Progress, untold
from analysis.with_notebook import with_notebook
from ui.data_line import DATA_LINE, DataLine
from ui.session.books import book
from ui.session.files import uploads
from ui.session.notes import notebook
from ui.session.own_settings import gentle_bands, settings
from ui.session.state import current, kept, of_files

#: What pages worked out of the current results is kept for so many questions.
_ANSWERS_KEPT = 60

_Result = TypeVar("_Result")
_Asked = ParamSpec("_Asked")

_Key = tuple[object, ...]


def portfolio(progress: Progress = untold) -> Portfolio | None:
    """The results for the current files and settings, with what the notebook says; None while there are no files.

    Raises PuntualError.
    """
    read_book = book(progress)
    if read_book is None:
        return None
    files, chosen = of_files(), settings()
    results = kept(files.portfolios, _key_without_notebook(), lambda: analyse(read_book, chosen, progress))
    st.session_state[DATA_LINE] = DataLine(tuple(file.name for file in uploads()), results.as_of)
    return kept(files.noted, _key(), lambda: with_notebook(results, notebook()))


def is_ready() -> bool:
    """The results exist already: showing them takes no noticeable time."""
    return _key_without_notebook() in of_files().portfolios


def worked_out(
    answer: Callable[Concatenate[Portfolio, _Asked], _Result],
    results: Portfolio,
    /,
    *args: _Asked.args,
    **options: _Asked.kwargs,
) -> _Result:
    """`answer(results, ...)`, worked out once for the current results and these (hashable) options.

    `results` are those of `portfolio()`, or the page's copy of them. What no notebook changes is asked of the results
    without it, and stays when the owner notes something.
    """
    files, with_notes, plain = of_files(), _key(), _key_without_notebook()
    answers = files.worked_out
    for gone in [key for key in answers if key[0] not in (with_notes, plain)]:
        del answers[gone]
    asked_of = with_notes
    if answer in UNTOUCHED and plain in files.portfolios:
        asked_of, results = plain, files.portfolios[plain]
    key = (asked_of, answer.__module__, answer.__qualname__, args, tuple(sorted(options.items())))
    if key not in answers:
        answers[key] = answer(results, *args, **options)
        while len(answers) > _ANSWERS_KEPT:
            del answers[next(iter(answers))]
    return cast("_Result", answers[key])


def _key_without_notebook() -> _Key:
    """What tells one state of the results from another: files and corrections, settings."""
    return of_files().key, settings().key


def _key() -> _Key:
    """The same with the notebook: its softer words and its edition."""
    return *_key_without_notebook(), gentle_bands(), current().edition
