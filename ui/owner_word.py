"""The owner's word on the current files: what was asked, what was answered, and all that was said, as a file."""

from __future__ import annotations

from analysis.book import Question
from analysis.reading import ColumnKey
from analysis.reading.answers import answer_of, answered
from ui import memory, session

_SAMPLES = 3


def questions() -> list[tuple[Question, str | None]]:
    """What is asked about the files, and what was asked and is answered, each with its answer."""
    asked = session.asked()
    book = session.book()
    open_now = {_name_of(question): question for question in (book.questions if book is not None else ())}
    asked.update(open_now)
    said = session.corrections()
    answers = [(name, question, answer_of(question, said)) for name, question in asked.items()]
    return [(question, given) for name, question, given in answers if given is not None or name in open_now]


def answer(question: Question, choice: str) -> None:
    """The owner answers."""
    session.set_corrections(answered(question, choice, session.corrections()))


def confirm() -> None:
    """The owner goes on: what was assumed where they said nothing is remembered as their word."""
    said = session.corrections()
    for question, given in questions():
        said = said if given is not None else answered(question, question.assumed, said)
    if session.is_opened():
        memory.note(session.bodies(), said)


def mapping_file() -> bytes:
    """What was said of the files, for the command line."""
    return memory.as_file(session.bodies(), session.corrections())


def samples_of(key: ColumnKey) -> tuple[str, ...]:
    """The first distinct texts of a column of the files."""
    for body in session.bodies():
        for column in body.columns:
            if (body.file, body.sheet, column.header, column.position) == key:
                return tuple(column.uniques.slice(0, _SAMPLES).to_pylist())
    return ()


def _name_of(question: Question) -> tuple[object, ...]:
    place = question.file, question.sheet, question.header, question.position
    return question.code, *place, question.taken_for
