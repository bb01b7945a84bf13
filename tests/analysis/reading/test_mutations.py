"""Files spoilt at random: each is refused in a sentence or read without a silent error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import PuntualError
from analysis.reading import Upload
from tests.analysis.reading.exports import book_of
from tests.analysis.reading.spoilt import BASES, MUTATIONS, STRUCTURAL, check, spoilt

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=60, derandomize=True)
@given(st.sampled_from(sorted(BASES)), SEEDS)
def test_a_spoilt_file_is_refused_or_read_without_a_silent_error(base: str, seed: int):
    check(Upload(BASES[base].name, spoilt(BASES[base].data, seed)))


@pytest.mark.parametrize("base", sorted(BASES))
def test_the_files_that_are_spoilt_are_sound(base: str):
    assert len(book_of(BASES[base]).sales) > 0
    check(BASES[base])


@pytest.mark.parametrize("change", sorted(STRUCTURAL))
@pytest.mark.parametrize("base", [name for name in sorted(BASES) if name.startswith("csv")])
def test_what_does_not_touch_the_cells_changes_no_total(base: str, change: str):
    upload = BASES[base]
    try:
        changed = book_of(Upload(upload.name, STRUCTURAL[change](upload.data))).sales
    except PuntualError as refused:
        pytest.fail(f"{refused.code} {refused.values.get('kind')}")
    sales = book_of(upload).sales
    assert len(changed) == len(sales)
    assert changed["amount"].sum() == pytest.approx(sales["amount"].sum())


def test_every_mutation_changes_something():
    data = BASES["csv, semicolons"].data
    assert len({mutate(data, seed) for mutate in MUTATIONS for seed in range(20)} - {data}) > len(MUTATIONS)
