"""The owner's answers to a Book's questions, as corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from analysis.book import Question
from analysis.reading.corrections import ColumnKey, Corrections, DateOrder, DecimalMark


def key_of(question: Question) -> ColumnKey:
    """The column a question is about."""
    return ColumnKey(question.file, question.sheet, question.header, question.position)


def answer_of(question: Question, corrections: Corrections) -> str | None:
    """What the owner answered (one of the question's choices), None while they have not."""
    key = key_of(question)
    if question.code == "date_order":
        return corrections.date_order(key)
    if question.code == "decimal":
        return corrections.decimal(key)
    return next(
        (
            choice
            for choice in question.choices
            if corrections.fields.get(_column(question, choice)) == question.taken_for
        ),
        None,
    )


def answered(question: Question, choice: str, corrections: Corrections) -> Corrections:
    """The corrections with this answer in place of another one to the same question."""
    key = key_of(question)
    if question.code == "date_order":
        orders = {**corrections.date_orders, key: cast("DateOrder", choice)}
        return replace(corrections, date_orders=orders)
    if question.code == "decimal":
        return replace(corrections, decimals={**corrections.decimals, key: cast("DecimalMark", choice)})
    others = {_column(question, other) for other in question.choices if other != choice}
    kept = {
        column: field
        for column, field in corrections.fields.items()
        if not (column in others and field == question.taken_for)
    }
    return replace(corrections, fields={**kept, _column(question, choice): question.taken_for})


def _column(question: Question, choice: str) -> ColumnKey:
    header = question.consequences.get(choice, {}).get("header", question.header)
    return ColumnKey(question.file, question.sheet, str(header), int(choice))
