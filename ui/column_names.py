"""What the columns of an export are called where one is named as something to add."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.practices.needs import Column
from words import Words

#: The name of a column alone does not always tell of which table it is.
_NAMES = {"contacts.date": "contact_date"}


def column_names(w: Words, columns: Sequence[Column]) -> list[str]:
    """As the start page calls them."""
    return [w(f"field.{_NAMES.get(column, column.partition('.')[2])}") for column in columns]
