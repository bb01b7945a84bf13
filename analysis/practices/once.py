"""What several practices work out alike is worked out once, and what no notebook can change is known as such."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from analysis.portfolio import Portfolio

_Result = TypeVar("_Result")
_Asked = ParamSpec("_Asked")
_Function = TypeVar("_Function", bound=Callable[..., object])

#: Of each function the latest answers stay: those of the results with the notebook and of those without.
_KEPT = 2

#: Practices that no notebook changes: they read visits, rhythms and sellers, and nothing that the owner can say.
UNTOUCHED: set[Callable[..., object]] = set()
#: What each function whose answers are kept says that it looks at.
READS: dict[Callable[..., object], tuple[str, ...]] = {}


def untouched_by_notebook(practice: _Function) -> _Function:
    """Declares that what the owner writes changes nothing of a practice: its answer outlives their notes."""
    UNTOUCHED.add(practice)
    return practice


def once_for(
    *reads: str,
) -> Callable[
    [Callable[Concatenate[Portfolio, _Asked], _Result]], Callable[Concatenate[Portfolio, _Asked], _Result]
]:
    """The answer to the same question about the very same tables is kept for as long as they stand.

    `reads`: all that the function looks at of a Portfolio, as dotted names; the questions are hashable. Tables, and
    whatever else is only equal to itself, are told apart by being one and the same, not by what they hold: nobody
    changes a table of a Portfolio in place, nor may they one of an answer.
    """
    look = [attrgetter(name) for name in reads]

    def keeping(
        answer: Callable[Concatenate[Portfolio, _Asked], _Result],
    ) -> Callable[Concatenate[Portfolio, _Asked], _Result]:
        kept: list[tuple[tuple[object, ...], object]] = []

        def forget(gone: object) -> None:
            kept[:] = [entry for entry in kept if not any(mark is gone for mark in entry[0])]

        @wraps(answer)
        def asked(portfolio: Portfolio, /, *args: _Asked.args, **options: _Asked.kwargs) -> _Result:
            read = (*(get(portfolio) for get in look), args, tuple(sorted(options.items())))
            for marks, found in tuple(kept):
                if all(_is(mark, value) for mark, value in zip(marks, read, strict=True)):
                    return cast("_Result", found)
            new = answer(portfolio, *args, **options)
            kept.append((tuple(_mark(value, forget) for value in read), new))
            del kept[:-_KEPT]
            return new

        READS[asked] = reads
        return asked

    return keeping


def _mark(value: object, forget: Callable[[object], None]) -> object:
    """What is large is held by a thread so thin that it may go: tables, and what is only equal to itself."""
    only_itself = isinstance(value, (pd.DataFrame, pd.Series)) or type(value).__eq__ is object.__eq__
    return weakref.ref(value, forget) if only_itself else value


def _is(mark: object, value: object) -> bool:
    return mark() is value if isinstance(mark, weakref.ref) else bool(mark == value)
