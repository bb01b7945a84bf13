"""Every kind of export we know of, built here: the exact tables it must give, or the refusal it must end with."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from analysis.errors import PuntualError
from analysis.reading import read
from tests.analysis.reading import corpus
from tests.analysis.reading.corpus.case import Case, assert_book, assert_refused
from tests.analysis.reading.exports import TODAY


def _cases() -> list[Case]:
    modules = [
        importlib.import_module(f"{corpus.__name__}.{found.name}")
        for found in pkgutil.iter_modules(corpus.__path__)
    ]
    return [case for module in modules for case in getattr(module, "CASES", ())]


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_read_right_or_refused(case: Case):
    if case.refusal is None:
        assert_book(read(case.uploads, case.corrections, today=TODAY), case)
        return
    with pytest.raises(PuntualError) as refusal:
        read(case.uploads, case.corrections, today=TODAY)
    assert_refused(refusal.value, case)


def test_names_are_unique():
    assert len({case.name for case in CASES}) == len(CASES)
