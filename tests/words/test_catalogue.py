"""The catalogue says the same in both languages, and exactly what the code asks for."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from words import LANGUAGES
from words.catalogue_files import CATALOGUE, UnknownMessageError, read_catalogue

ROOT = CATALOGUE.parent.parent
SPEAKING = [
    ROOT / "app.py",
    ROOT / "analysis" / "report.py",
    ROOT / "analysis" / "__main__.py",
    *(path for folder in ("pages", "ui", "words") for path in (ROOT / folder).rglob("*.py")),
]

#: How the code names the voice it speaks with.
VOICES = {"w", "words", "voice", "self", "self.words"}


def messages(language: str) -> dict[str, Message]:
    found = {}
    for path in sorted((CATALOGUE / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                if message.id:
                    found[message.id if isinstance(message.id, str) else message.id[0]] = message
    return found


def templates(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(template: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(template) if name is not None}


MESSAGES = {language: messages(language) for language in LANGUAGES}
IDS = set(MESSAGES["es"])


def test_both_languages_have_the_same_files() -> None:
    assert {path.name for path in (CATALOGUE / "es").glob("*.po")} == {
        path.name for path in (CATALOGUE / "en").glob("*.po")
    }


def test_both_languages_have_the_same_ids() -> None:
    assert set(MESSAGES["es"]) == set(MESSAGES["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_marked_doubtful(language: str) -> None:
    for message_id, message in MESSAGES[language].items():
        assert all(text.strip() for text in templates(message)), message_id
        assert not message.fuzzy, message_id


def values(message: Message) -> set[str]:
    """What a sentence needs to be told, over all its forms: the singular may leave its count out ("one call")."""
    return {part.split(":")[0] for text in templates(message) for part in placeholders(text)}


def test_a_sentence_has_the_same_plural_forms_in_both_languages() -> None:
    differing = [
        one for one in IDS if len(templates(MESSAGES["es"][one])) != len(templates(MESSAGES["en"][one]))
    ]
    assert differing == []


def test_a_sentence_needs_the_same_values_in_both_languages() -> None:
    assert [one for one in IDS if values(MESSAGES["es"][one]) != values(MESSAGES["en"][one])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_stands_in_one_file_only(language: str) -> None:
    assert len(read_catalogue(language).subjects) == len(MESSAGES[language])


def test_an_unknown_id_is_a_mistake_that_shows() -> None:
    with pytest.raises(UnknownMessageError):
        read_catalogue("es").template("nobody.wrote.this")


def test_a_plural_without_a_count_is_a_mistake_that_shows() -> None:
    with pytest.raises(UnknownMessageError):
        read_catalogue("es").template("common.clients")


# --- What the code asks for -------------------------------------------------------------------------------


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SPEAKING:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def pattern_of(text: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]*" for part in text.values
    )


def asked_for(call: ast.Call) -> Iterator[ast.expr]:
    """The expressions a call may use as an id: the first argument, or both arms of a choice."""
    waiting = call.args[:1]
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, ast.IfExp):
            waiting += [expression.body, expression.orelse]
        else:
            yield expression


def test_every_id_the_code_says_exists() -> None:
    missing = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in VOICES:
                continue
            for expression in asked_for(node):
                where = f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(expression)}"
                if isinstance(expression, ast.Constant) and expression.value not in IDS:
                    missing.append(where)
                if isinstance(expression, ast.JoinedStr):
                    pattern = re.compile(pattern_of(expression))
                    if not any(pattern.fullmatch(one) for one in IDS):
                        missing.append(where)
    assert missing == []


def test_no_id_is_left_that_nobody_says() -> None:
    said: set[str] = set()
    patterns = []
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            if (
                isinstance(node, ast.JoinedStr)
                and isinstance(node.values[0], ast.Constant)
                and "." in str(node.values[0].value)
            ):
                patterns.append(re.compile(pattern_of(node)))
    for message in MESSAGES["es"].values():
        for text in templates(message):
            specs = {part.split(":")[1] for part in placeholders(text)}
            patterns += [re.compile(re.escape(spec) + r"\..+") for spec in specs if spec]
    unused = {one for one in IDS - said if not any(pattern.fullmatch(one) for pattern in patterns)}
    assert unused == set()
