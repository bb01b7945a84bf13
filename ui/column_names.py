"""What the columns of an export are called where one is named as something to add."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.practices.needs import Column
from words import Words

#: What a column is called on the start page does not always say enough elsewhere: of which table it is, or that a name
#: is wanted where there are codes.
_NAMES = {"contacts.date": "field.contact_date", "sales.client_name": "missing.client_name"}


def column_names(w: Words, columns: Sequence[Column]) -> list[str]:
    """As the start page calls them, or more fully."""
    return [w(_NAMES.get(column) or f"field.{column.partition('.')[2]}") for column in columns]
