"""A case's brief in words: one page whatever stands in it, and nothing a client must not read."""

import datetime as dt
import io
import re

import pytest
from docx import Document
from docx.document import Document as DocumentType
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cases import TRIGGERS, Brief, Happening, Promise, Trigger
from analysis.practices.red_line.brief import brief
from tests.pages.conftest import results
from words import LANGUAGES, Language, speak
from words.drafts.brief_text import LINE, BriefText, brief_text, fit
from words.files.brief_document import brief_document

DAY = dt.date(2026, 10, 31)
VALUES: dict[str, object] = {
    "why": "la boda", "promised": "", "days": 3, "service": "Corte", "count": 1, "kind": "Espera", "staff": "Rosa",
    "broken": False, "amount": 60.0, "first_late": False, "rating": 3.0, "usual": 28, "silence": 70,
}  # fmt: skip


def case(**changes: object) -> Brief:
    facts: dict[str, object] = {
        "client_id": "C1", "name": "Ana Prueba", "as_of": DAY, "first_visit": DAY, "last_visit": DAY, "visits": 12,
        "usual_days": 28.3, "service": "Corte", "staff": "Rosa", "spent_12m": 480.0, "ticket": 40.0, "unpaid": 25.0,
        "phone": "+34 600 000 001", "email": "ana@example.com", "refused": False, "booked_for": None,
        "triggers": tuple(Trigger(code, DAY, 0.5, VALUES) for code in TRIGGERS), "history": (), "promises": (),
        "action": "solve_problem", "proposals": ("solve", "make_good"), "questions": ("what_happened",),
    }  # fmt: skip
    return Brief(**{**facts, **changes})  # type: ignore[arg-type]


def opened(data: bytes) -> DocumentType:
    return Document(io.BytesIO(data))


def all_text(told: BriefText) -> str:
    lists = (told.why, told.promised, told.propose, told.ask)
    pairs = [text for pair in (*told.facts, *told.history) for text in pair]
    return "\n".join(
        [told.title, told.note, told.warning, *pairs, *(line for lines in lists for line in lines)]
    )


#: Words of the bands, of scores and of chances, which the client must never find.
EMBARRASSING = re.compile(
    r"\b(amad|ignorad|odiad|querid|olvidad|en conflicto|loved|ignored|hated|forgotten|strained|probab|riesgo|risk"
    r"|score|puntuaci|severit|gravedad|en juego|at stake)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_brief_of_the_sample_holds_a_word_that_would_embarrass(language: Language) -> None:
    portfolio = results("sample")[2]
    assert portfolio is not None
    w = speak(language, None, portfolio.currency)
    triggers = tuple(Trigger(code, DAY, 0.5, VALUES) for code in TRIGGERS)
    for band in ("loved", "ignored", "hated"):
        client = portfolio.clients.loc[portfolio.clients["band"] == band, "client_id"].iloc[0]
        said = all_text(brief_text(w, brief(portfolio, str(client), triggers)))
        assert not EMBARRASSING.search(said), EMBARRASSING.search(said)
        assert "%" not in said


@pytest.mark.parametrize(("language", "said"), [("es", "Suele venir"), ("en", "Usually comes")])
def test_a_brief_speaks_the_reader_s_language(language: Language, said: str) -> None:
    told = brief_text(speak(language, None, "EUR"), case())
    assert said in dict(told.facts)


def test_every_trigger_has_its_sentence_with_and_without_what_it_tells() -> None:
    w = speak("es", None, "EUR")
    bare = {**VALUES, "why": "", "service": "", "kind": "", "staff": "", "amount": None}
    for values in (VALUES, bare):
        for code in TRIGGERS:
            [line] = brief_text(w, case(triggers=(Trigger(code, DAY, 0.5, values),))).why
            assert "{" not in line
            assert "None" not in line


def test_a_notebook_s_outcome_is_said_in_words() -> None:
    one = Happening(
        DAY, "contact", {"channel": "call", "outcome": "no_answer", "staff": "", "answered": False}
    )
    told = brief_text(speak("es", None, "EUR"), case(history=(one,)))
    assert told.history == (("31 oct 2026", "Llamada: No contestó"),)


def test_who_refused_contact_is_not_to_be_called() -> None:
    told = brief_text(speak("en", None, "EUR"), case(refused=True))
    assert "not to be contacted" in told.warning
    assert told.warning in "\n".join(
        one.text for one in opened(brief_document(speak("en"), [told])).paragraphs
    )


def test_a_promise_says_what_for_and_by_when() -> None:
    w = speak("es", None, "EUR")
    promises = (
        Promise("repetir el color", DAY, "Color mal"),
        Promise("", DAY, "Espera"),
        Promise("un lavado"),
    )
    assert brief_text(w, case(promises=promises)).promised == (
        "Color mal: repetir el color (para el 31 oct 2026)",
        "Espera: Una respuesta para el 31 oct 2026",
        "un lavado",
    )
    assert brief_text(w, case()).promised == ("No consta nada prometido.",)


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_a_file_fits_one_line(text: str) -> None:
    line = fit(text)
    assert "\n" not in line
    assert len(line) <= LINE + 1
    assert all(sign.isprintable() for sign in line)


@pytest.mark.parametrize(
    "text", ["a\x00b\x1f", "\ud800", "\ufffe", "<w:p>&amp;", "名前" * 90, "e\u0301" * 200]
)
def test_a_document_holds_whatever_stands_in_a_file(text: str) -> None:
    w = speak("en")
    document = opened(brief_document(w, [brief_text(w, case(name=text, service=text))]))
    assert document.tables


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_each_brief_begins_a_page_of_its_own(pages: int) -> None:
    w = speak("es", None, "EUR")
    told = [brief_text(w, case(name=f"Ana {number}")) for number in range(pages)]
    document = opened(brief_document(w, told))
    titles = [one for one in document.paragraphs if one.style is not None and one.style.name == "Title"]
    assert [one.text for one in titles] == [f"Ana {number}" for number in range(pages)]
    assert [bool(one.paragraph_format.page_break_before) for one in titles] == [False] + [True] * (pages - 1)


def height(data: bytes) -> float:
    """What a document of one brief takes of a page, in cm, by the sizes of its letters: LibreOffice agrees."""
    document = opened(data)
    total = 0.0
    for one in document.paragraphs:
        pitch = one.paragraph_format.line_spacing
        size = next((run.font.size.pt for run in one.runs if run.font.size), 10.0)
        total += pitch.cm if hasattr(pitch, "cm") else size * 1.25 / 28.35
        for space in (one.paragraph_format.space_before, one.paragraph_format.space_after):
            total += space.cm if space is not None else 0.0
    return total + sum(len(table.rows) * 10 * 1.25 / 28.35 for table in document.tables)


LONG = "PALABRAS MUY LARGAS " * 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_brief_is_one_page_and_leaves_lines_to_write_on(language: Language) -> None:
    w = speak(language, None, "EUR")
    full = case(
        name=LONG,
        service=LONG,
        staff=LONG,
        email="a" * 60 + "@example.com",
        refused=True,
        booked_for=DAY,
        triggers=tuple(Trigger(code, DAY, 0.5, {**VALUES, "why": LONG, "kind": LONG}) for code in TRIGGERS),
        history=tuple(
            Happening(DAY, "visit", {"service": LONG, "staff": LONG, "amount": 3.0}) for _ in range(9)
        ),
        promises=tuple(Promise(LONG, DAY, LONG) for _ in range(3)),
        proposals=("keep_promise", "solve", "make_good", "ask_what_failed"),
        questions=("what_happened", "what_is_fair", "who_owns_it", "slip_or_cannot"),
    )
    for told in (full, case()):
        data = brief_document(w, [brief_text(w, told)])
        assert height(data) <= 29.7 - 2 * 1.5
        notes = [one for one in opened(data).paragraphs if not one.text and not one.runs]
        assert len(notes) >= 3
