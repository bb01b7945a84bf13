"""Everything a visitor's session holds, in one place of `st.session_state`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import streamlit as st

from analysis.book import Book, Question
from analysis.errors import PuntualError
from analysis.files.opening import Opened
from analysis.notebook import Notebook
from analysis.own_files.filled_list import FilledList
from analysis.own_files.sort_out import SortedOut
from analysis.own_files.take_in import People, TakenIn
from analysis.portfolio import Portfolio
from analysis.quality import Quality
from analysis.reading import Corrections, Upload
from analysis.reading.corrections import digest_of
from analysis.reading.layout.body import Body
from analysis.reading.memory.recall import Recalled
from analysis.settings import Settings

KEY = "puntual_session"

#: Results kept for going back and forth between settings; each holds a copy of the visits.
MOST_KEPT = 3

_Key = TypeVar("_Key")
_Result = TypeVar("_Result")


@dataclass
class OfTheFiles:
    """What is true of the current exports alone, and goes with them.

    `digest`: of their bytes. `key`: of the bytes and the corrections, which tells one Book of them from another; hashed
    once, when they change (`correct`). What is None has not been looked for yet.
    """

    digest: str = ""
    corrections: Corrections = field(default_factory=Corrections)
    key: str = field(init=False)
    key_before: str | None = None  # the key as it was before the last correction
    asked: dict[tuple[object, ...], Question] = field(default_factory=dict)
    recalled: Recalled | None = None

    opened: Opened | PuntualError | None = None  # a refusal is kept as well
    bodies: tuple[Body, ...] | None = None
    books: dict[str, Book] = field(default_factory=dict)
    qualities: dict[tuple[str, dt.date], Quality] = field(default_factory=dict)
    people: dict[str, People] = field(default_factory=dict)

    settings: Settings = field(default_factory=Settings)
    notebook: Notebook = field(default_factory=Notebook)  # but for its settings, which stand above
    saved: Notebook = field(default_factory=Notebook)  # as the owner has it on their disk
    taken_in: tuple[tuple[str, tuple[FilledList, ...]], TakenIn] | None = None  # with what it came of

    portfolios: dict[tuple[object, ...], Portfolio] = field(default_factory=dict)
    noted: dict[tuple[object, ...], Portfolio] = field(default_factory=dict)  # with what the notebook says
    worked_out: dict[tuple[object, ...], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.correct(self.corrections)

    def correct(self, new: Corrections) -> None:
        self.corrections = new
        self.key = digest_of(self.digest, new)


@dataclass
class Session:
    """What a visitor gave and chose, and under `files` all that goes when other exports come."""

    uploads: tuple[Upload, ...] = ()
    own_files: SortedOut = field(default_factory=SortedOut)
    files: OfTheFiles = field(default_factory=OfTheFiles)
    gentle_bands: bool = False
    edition: int = 0  # counts what was written in the notebook
    set_aside: Notebook | None = None  # the notebook kept for the exports before these


def current() -> Session:
    """This visitor's session; it begins empty."""
    return cast("Session", st.session_state.setdefault(KEY, Session()))


def of_files() -> OfTheFiles:
    return current().files


def kept(results: dict[_Key, _Result], key: _Key, make: Callable[[], _Result]) -> _Result:
    """The result of `make` for this key, computed once; the oldest of more than `MOST_KEPT` are forgotten."""
    if key not in results:
        results[key] = make()
        while len(results) > MOST_KEPT:
            del results[next(iter(results))]
    return results[key]
