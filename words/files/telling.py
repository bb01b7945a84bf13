"""Columns of a list of people as a file: those without anything to say are left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd


def telling(frame: pd.DataFrame, columns: Sequence[str], always: Collection[str]) -> list[str]:
    """Of these columns those that stand there `always`, and those with anything to say."""
    return [column for column in columns if column in always or _says_something(frame[column])]


def _says_something(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(str) != "")).any())
