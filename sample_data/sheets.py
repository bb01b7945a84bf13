"""The sheets of a workbook: which column holds which field, and in which words. One language, one `Wording`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "money", "number", "choice"]


@dataclass(frozen=True)
class Column:
    """A column of a sheet, with what the template says about it."""

    field: str  # of the canonical table
    header: str
    kind: Kind
    note: str  # what goes in, said to the owner
    examples: tuple[str, str]
    required: bool = False
    choices: tuple[str, ...] = ()  # codes; their words stand in `Wording.words`
    open_list: bool = False  # other words than the choices are welcome
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet and the canonical table it feeds."""

    table: str  # canonical
    name: str
    purpose: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Instructions:
    """The words of the template's first sheet, and of what the cells say while one types."""

    sheet_name: str
    title: str
    steps: tuple[str, ...]
    headers: tuple[str, str, str, str, str, str]  # sheet, column, required?, what goes in, two examples
    required: str
    optional: str
    example: str
    choose: str  # filled with the choices
    not_a_date: str
    not_a_number: str
    file_title: str


@dataclass(frozen=True)
class Wording:
    """Everything a workbook says in one language."""

    language: str
    sheets: tuple[Sheet, ...]
    words: Mapping[str, str]  # of codes
    own_columns: Mapping[str, str]  # headers of what a till adds and no table of ours uses
    walk_in: str  # how a till names someone without a name
    instructions: Instructions
