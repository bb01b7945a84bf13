"""What one visitor's session holds: their files, corrections, settings, and the results for them.

Everything stands in `st.session_state`, which no other visitor can reach; results are kept by the digest of the
bytes and corrections plus the settings, never by a file's name. Closing the tab forgets it all, but for what was said
of columns and sheets, which `ui.memory` keeps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from analysis.book import Book, Notice
from analysis.errors import PuntualError
from analysis.files.apart.opener import open_apart
from analysis.files.opening import Opened, digest_of_files, open_uploads
from analysis.notebook import Notebook
from analysis.notebook.differences import differences
from analysis.notebook.notebook_file import NotebookError, notebook_bytes
from analysis.own_files.merge import merged, merged_files
from analysis.own_files.sort_out import SortedOut, sort_out
from analysis.own_files.take_in import People, TakenIn, take_in
from analysis.portfolio import Portfolio, analyse
from analysis.practices.once import UNTOUCHED
from analysis.progress import Progress, untold
from analysis.quality import Quality, quality_of
from analysis.reading import Corrections, Upload, book_of
from analysis.reading.corrections import digest_of
from analysis.reading.layout.body import Body
from analysis.reading.memory.recall import Recalled
from analysis.reading.reader import bodies_of
from analysis.reading.with_memory import book_with_memory
from analysis.settings import Settings
from analysis.with_notebook import with_notebook
from sample_data import SAMPLES
from ui import memory
from ui.language import chosen_language
from ui.palette import Palette, palette_for
from ui.sidebar import DATA_LINE, DataLine
from words import Language, Words, speak

_UPLOADS = "puntual_uploads"
_FILES_KEY = "puntual_files_key"
_KEY = "puntual_key"
_OPENED = "puntual_opened"
_BODIES = "puntual_bodies"
_CORRECTIONS = "puntual_corrections"
_RECALLED = "puntual_recalled"
_BEFORE = "puntual_before"
ASKED = "puntual_asked"
_SETTINGS = "puntual_settings"
_GENTLE = "puntual_gentle_bands"
_BOOKS = "puntual_books"
_PORTFOLIOS = "puntual_portfolios"
_QUALITIES = "puntual_qualities"
_NOTEBOOK = "puntual_notebook"
_EDITION = "puntual_notebook_edition"
_NOTED = "puntual_noted"
_OWN = "puntual_own_files"
_TAKEN_IN = "puntual_taken_in"
_SAVED = "puntual_notebook_saved"
_SET_ASIDE = "puntual_notebook_set_aside"
_PEOPLE = "puntual_people"
_WORKED_OUT = "puntual_worked_out"

#: What is true of the files alone, and goes with them.
_OF_THE_FILES = (
    _OPENED, _BODIES, _CORRECTIONS, _RECALLED, _BEFORE, ASKED, _SETTINGS, _BOOKS, _PORTFOLIOS, _QUALITIES, DATA_LINE,
    _NOTEBOOK, _NOTED, _WORKED_OUT, _TAKEN_IN, _SAVED, _PEOPLE,
)  # fmt: skip

#: Results kept for going back and forth between settings; each holds a copy of the visits.
_KEPT = 3
#: What pages worked out of the current results is kept for so many questions.
_ANSWERS_KEPT = 60

_Result = TypeVar("_Result")
_Asked = ParamSpec("_Asked")


def words() -> Words:
    """The voice for this reader: the language they chose, else their browser's; the numbers of their browser."""
    return speak(chosen_language(), st.context.locale, currency(), gentle=gentle_bands())


def palette() -> Palette:
    return palette_for(st.context.theme.type)


def uploads() -> tuple[Upload, ...]:
    """The exports: without the owner's own files (`own_files`), which are not read as sales."""
    return tuple(st.session_state.get(_UPLOADS, ()))


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
    st.session_state[_OWN] = found
    if exports != uploads():
        _set_exports(exports)
        known = ()
    take_notebooks(tuple(given.notebook for given in found.notebooks if given not in known))


def own_files() -> SortedOut:
    """The owner's own files among those given."""
    kept = st.session_state.get(_OWN)
    return kept if isinstance(kept, SortedOut) else SortedOut()


def _set_exports(files: tuple[Upload, ...]) -> None:
    """Other exports: what was corrected and set for the ones before no longer holds.

    The notebook stays where one of the exports does; else it is set aside, for it may be of another business.
    """
    before, noted, saved = uploads(), notebook(), saved_notebook()
    st.session_state[_UPLOADS] = files
    st.session_state[_FILES_KEY] = digest_of_files(files)
    st.session_state[_KEY] = digest_of(st.session_state[_FILES_KEY], Corrections())
    for name in _OF_THE_FILES:
        st.session_state.pop(name, None)
    if {file.data for file in before} & {file.data for file in files}:
        set_notebook(replace(noted, settings=replace(noted.settings, as_of=None)))
        st.session_state[_SAVED] = saved
    elif differences(noted, Notebook(gentle_bands=noted.gentle_bands)):
        st.session_state[_SET_ASIDE] = noted


def open_sample(language: Language) -> None:
    """The invented shop of a language: a salon in Spanish, a car workshop in English."""
    path = SAMPLES[language]
    set_uploads((Upload(path.name, path.read_bytes()),))


def corrections() -> Corrections:
    kept = st.session_state.get(_CORRECTIONS)
    return kept if isinstance(kept, Corrections) else Corrections()


def set_corrections(new: Corrections) -> None:
    """The owner's word on the files, in use from the next run on and remembered for next month's."""
    before = corrections()
    st.session_state[_BEFORE] = _book_key()
    _put_corrections(new)
    if is_opened():
        memory.note(bodies(), new, before)


def _put_corrections(new: Corrections) -> None:
    st.session_state[_CORRECTIONS] = new
    st.session_state[_KEY] = digest_of(st.session_state.get(_FILES_KEY, ""), new)


def undo_corrections() -> None:
    """All that was said of the files taken back, and forgotten."""
    st.session_state[_BEFORE] = _book_key()
    _put_corrections(Corrections())
    if is_opened():
        memory.forget(bodies())


def book_before() -> Book | None:
    """The Book as it was before the last correction."""
    kept: dict[object, Book] = st.session_state.get(_BOOKS) or {}
    return kept.get(st.session_state.get(_BEFORE))


def recalled() -> Recalled:
    """What the memory said of the files when they came."""
    kept = st.session_state.get(_RECALLED)
    return kept if isinstance(kept, Recalled) else Recalled(Corrections())


def forget_recalled() -> None:
    st.session_state[_RECALLED] = Recalled(Corrections())


def is_opened() -> bool:
    """The current files could be opened, and have been."""
    return _OPENED in st.session_state and not isinstance(st.session_state[_OPENED], PuntualError)


def bodies() -> tuple[Body, ...]:
    """The tables of the files, found once. Raises PuntualError."""
    if _BODIES not in st.session_state:
        st.session_state[_BODIES] = bodies_of(opened())
    return cast("tuple[Body, ...]", st.session_state[_BODIES])


def settings() -> Settings:
    kept = st.session_state.get(_SETTINGS)
    return kept if isinstance(kept, Settings) else Settings()


def set_settings(new: Settings) -> None:
    st.session_state[_SETTINGS] = new


def set_standards(standards: Mapping[str, float]) -> None:
    """The owner's own standard intervals, in days per service."""
    set_settings(replace(settings(), standards=dict(standards)))


def set_unit_intervals(intervals: Mapping[str, float]) -> None:
    """The owner's own intervals in units (km, miles, hours) per service."""
    set_settings(replace(settings(), unit_intervals=dict(intervals)))


def set_affection_weights(weights: Mapping[str, float]) -> None:
    """The owner's own points of affection, as `Settings.affection_weights`."""
    set_settings(replace(settings(), affection_weights=dict(weights)))


def gentle_bands() -> bool:
    """The owner asked for softer names of the bands."""
    return bool(st.session_state.get(_GENTLE, False))


def set_gentle_bands(*, gentle: bool) -> None:
    st.session_state[_GENTLE] = gentle


def currency() -> str | None:
    """The file's currency, or the one the owner chose where the file shows none; None if neither."""
    chosen = corrections().currency
    kept = st.session_state.get(_BOOKS) or {}
    book = kept.get(_book_key())
    return chosen or (book.currency if book is not None else None)


def opened(progress: Progress = untold) -> Opened:
    """The sheets of the current files, opened once, whatever is corrected later. Raises PuntualError.

    A refusal is kept as well: a file that took long to refuse is not tried again at every click.
    """
    if _OPENED not in st.session_state:
        try:
            st.session_state[_OPENED] = open_uploads(uploads(), open_apart, progress)
        except PuntualError as refusal:
            st.session_state[_OPENED] = refusal
    kept = st.session_state[_OPENED]
    if isinstance(kept, PuntualError):
        raise kept.with_traceback(None)
    return cast("Opened", kept)


def book(progress: Progress = untold) -> Book | None:
    """What was understood of the current files; None while there are none. Raises PuntualError."""
    if not uploads():
        return None
    if _RECALLED not in st.session_state and not is_read():
        read_book = _first_book(progress)
    else:
        read_book = _kept(
            _BOOKS, _book_key(), lambda: book_of(opened(progress), corrections(), progress, bodies=bodies())
        )
    _take_in_lists(read_book)
    return read_book


def _first_book(progress: Progress) -> Book:
    """The Book of files that have just come, with what is remembered of their kind."""
    files = opened(progress)
    mappings, sound = memory.known()
    read_book, found = book_with_memory(files, mappings, corrections(), progress, bodies=bodies())
    if not sound:
        found = replace(found, notices=(Notice("memory_spoilt", ""), *found.notices))
    st.session_state[_RECALLED] = found
    _put_corrections(found.corrections)
    return _kept(_BOOKS, _book_key(), lambda: read_book)


def portfolio(progress: Progress = untold) -> Portfolio | None:
    """The results for the current files and settings, with what the notebook says; None while there are no files.

    Raises PuntualError.
    """
    read_book = book(progress)
    if read_book is None:
        return None
    chosen = settings()
    results = _kept(_PORTFOLIOS, (_book_key(), chosen.key), lambda: analyse(read_book, chosen, progress))
    st.session_state[DATA_LINE] = DataLine(tuple(file.name for file in uploads()), results.as_of)
    return _kept(_NOTED, (id(results), *_results_key()), lambda: with_notebook(results, notebook()))


def notebook() -> Notebook:
    """What the owner said of their clients and set, in this session or in the notebook they gave."""
    kept = st.session_state.get(_NOTEBOOK)
    said = kept if isinstance(kept, Notebook) else Notebook()
    return replace(said, settings=settings(), gentle_bands=gentle_bands())


def set_notebook(new: Notebook) -> None:
    """The owner's word, in use from the next run on; its settings and softer words too."""
    st.session_state[_NOTEBOOK] = new
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
    set_settings(new.settings)
    set_gentle_bands(gentle=new.gentle_bands)


def take_notebooks(given: tuple[Notebook, ...]) -> None:
    """What notebook files say beside what the notebook of this session does; they are saved already."""
    if not given:
        return
    mine, theirs = notebook(), merged_files(given)
    saved = merged(saved_notebook(), theirs)
    set_notebook(merged(mine, theirs))
    st.session_state[_SAVED] = saved


def empty_notebook() -> None:
    """All that was noted and set, forgotten; a file of it on the owner's disk stays."""
    set_notebook(Notebook(settings=Settings(as_of=settings().as_of)))
    st.session_state.pop(_SAVED, None)


def no_notebook(files: tuple[Upload, ...]) -> tuple[PuntualError, ...]:
    """What is wrong with files given as notebooks that are none."""
    return tuple(NotebookError("notebook_foreign", file=file.name) for file in files)


def people(of_book: Book) -> People:
    """The clients of the Book, to find those of the owner's own files."""
    return _kept(_PEOPLE, of_book.digest, lambda: People.of(of_book))


def notebook_set_aside() -> Notebook | None:
    """The notebook kept for the exports before these."""
    kept = st.session_state.get(_SET_ASIDE)
    return kept if isinstance(kept, Notebook) else None


def use_set_aside() -> None:
    """The notebook of the exports before is of this business too."""
    aside = st.session_state.pop(_SET_ASIDE, None)
    if isinstance(aside, Notebook):
        set_notebook(merged(notebook(), aside))


def drop_set_aside() -> None:
    st.session_state.pop(_SET_ASIDE, None)


def saved_notebook() -> Notebook:
    """The notebook as the owner has it on their disk."""
    kept = st.session_state.get(_SAVED)
    return kept if isinstance(kept, Notebook) else Notebook()


def unsaved() -> int:
    """How many notes and settings the owner's disk does not have yet."""
    return differences(notebook(), saved_notebook())


def notebook_file() -> bytes:
    return notebook_bytes(notebook())


def note_saved() -> None:
    """The owner has downloaded the notebook."""
    st.session_state[_SAVED] = notebook()


def taken_in() -> TakenIn | None:
    """What came of the filled call lists among the files; None while there are none, or no export."""
    kept = st.session_state.get(_TAKEN_IN)
    return kept[1] if kept is not None else None


def _take_in_lists(read_book: Book) -> None:
    """The filled call lists go into the notebook, once for each book they are read beside."""
    lists = own_files().lists
    key = (_book_key(), lists)
    if not lists:
        st.session_state.pop(_TAKEN_IN, None)
    elif st.session_state.get(_TAKEN_IN, (None,))[0] != key:
        result = take_in(notebook(), lists, people(read_book), today())
        st.session_state[_TAKEN_IN] = (key, result)
        if result.added:
            set_notebook(result.notebook)


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
    current = _results_key()
    answers: dict[tuple[object, ...], object] = st.session_state.setdefault(_WORKED_OUT, {})
    for gone in [key for key in answers if key[0] not in (current, current[:2])]:
        del answers[gone]
    plain = (st.session_state.get(_PORTFOLIOS) or {}).get(current[:2])
    if answer in UNTOUCHED and plain is not None:
        current, results = current[:2], plain
    key = (current, answer.__module__, answer.__qualname__, args, tuple(sorted(options.items())))
    if key not in answers:
        answers[key] = answer(results, *args, **options)
        while len(answers) > _ANSWERS_KEPT:
            del answers[next(iter(answers))]
    return cast("_Result", answers[key])


def _results_key() -> tuple[object, ...]:
    """What tells one state of the results from another: files, corrections, settings, edition of the notebook."""
    return _book_key(), settings().key, gentle_bands(), st.session_state.get(_EDITION, 0)


def quality(of_book: Book) -> Quality:
    """How tidy the Book is today, worked out once."""
    today = dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    return _kept(_QUALITIES, (of_book.digest, today), lambda: quality_of(of_book, today))


def is_read() -> bool:
    """The current files are read already."""
    return _book_key() in (st.session_state.get(_BOOKS) or {})


def is_ready() -> bool:
    """The results exist already: showing them takes no noticeable time."""
    key = (_book_key(), settings().key)
    return key in (st.session_state.get(_PORTFOLIOS) or {})


def today(results: Portfolio | None = None) -> dt.date:
    """The owner's own calendar day; not before the day the `results` reach, on a computer whose clock is behind."""
    day = dt.date.today()  # noqa: DTZ011 - the owner's own calendar day
    return day if results is None else max(day, results.as_of)


def _book_key() -> str:
    """Digest of the current bytes and corrections; hashed once, when they change."""
    return str(st.session_state.get(_KEY, ""))


def _kept(store: str, key: object, make: Callable[[], _Result]) -> _Result:
    """The result of `make` for this key, computed once; the oldest of more than `_KEPT` are forgotten."""
    results: dict[object, _Result] = st.session_state.setdefault(store, {})
    if key not in results:
        results[key] = make()
        while len(results) > _KEPT:
            del results[next(iter(results))]
    return results[key]
