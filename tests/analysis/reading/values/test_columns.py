"""A column is its distinct texts and a code per row, whichever way its cells came."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.values.columns import EMPTY, Column

cells = st.lists(st.sampled_from([None, "", " ", "Ana", " Ana ", "Luz", "00123", "NA"]), max_size=30)


@given(cells, st.integers(0, 5))
def test_coded_cells_are_the_same_column_as_plain_ones(texts: list[str | None], start: int):
    """Whatever part of the sheet it is: texts that no row of the part has are let go."""
    plain = Column.of("Cliente", 0, pa.array(texts, pa.string()).slice(start))
    coded = Column.of("Cliente", 0, pa.array(texts, pa.string()).dictionary_encode().slice(start))
    expected = [(text or "").strip() or None for text in texts[start:]]
    for column in (plain, coded):
        assert column.texts().to_pylist() == expected
        assert sorted(column.uniques.to_pylist()) == sorted({text for text in expected if text})
        assert (column.codes == EMPTY).tolist() == [text is None for text in expected]


@pytest.mark.parametrize("coded", [False, True])
def test_a_column_without_any_text_has_no_uniques(coded: bool):  # noqa: FBT001 - a case
    texts = pa.array([None, "", "  "], pa.string())
    column = Column.of("", 3, texts.dictionary_encode() if coded else texts)
    assert len(column.uniques) == 0
    assert not column.filled.any()
