"""Year-end letters: warm, short, from the client's facts, with a blank; honest and without an offer after a quarrel."""

import datetime as dt
import io
import re
from typing import get_args

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.practices.letters.hooks import Hook
from words import LANGUAGES, Language, speak
from words.drafts.letters import UNIT, LetterFacts, has_blank, is_filled, letter, own_part
from words.drafts.messages import REGISTERS, Register
from words.files.letters_document import PageOfOne, letters_document

DAY = dt.date(2026, 6, 9)
MADE = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def facts(hook: str = "years", **values: object) -> LetterFacts:
    told = {"name": "Ana Ruiz", "hook": hook, "date": DAY, "n": 5, "text": "Oil and filter", **values}
    return LetterFacts(**told)  # type: ignore[arg-type]


def test_a_letter_is_a_greeting_two_paragraphs_and_a_goodbye() -> None:
    text = letter(speak("es"), facts("problem_solved"), "formal", "¿Qué tal la tienda nueva?", "Rosa")
    assert text == (
        "Buenos días, Ana:\n\n"
        "Se acaba el año y no quería dejarlo pasar sin escribirle. En junio de 2026 algo no salió como debía, y usted "
        "nos dio la ocasión de arreglarlo. Se lo agradezco de verdad. ¿Qué tal la tienda nueva?\n\n"
        "Le deseo a usted y a los suyos un año lleno de cosas buenas.\n\n"
        "Un saludo cordial.\nRosa"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("hook", get_args(Hook))
@pytest.mark.parametrize("variant", [0, 1])
@pytest.mark.parametrize("quarrel", ["", "peace"])
def test_every_letter_is_whole_and_names_no_band_no_score_and_no_price(
    language: Language, register: Register, hook: str, variant: int, quarrel: str
) -> None:
    told = facts(hook, variant=variant, place=variant, quarrel=not quarrel, trouble_on=DAY)
    text = letter(speak(language), told, register, "De corazón.")
    words = [
        speak(one, gentle=gentle).band(band)
        for one in LANGUAGES
        for gentle in (False, True)
        for band in ("loved", "ignored", "hated")
    ]
    odd = (*words, "{", "%", "€", "oferta", "descuento", "offer you", "discount", "None", UNIT)
    assert not [word for word in odd if word.casefold() in text.casefold()]
    assert text.count("\n\n") == 3
    assert 130 < len(text) < 700


@pytest.mark.parametrize("trouble", ["open", "badly_solved"])
def test_after_a_quarrel_the_letter_owns_up_to_what_is_known(trouble: str) -> None:
    text = letter(speak("en"), facts("years", quarrel=True, trouble=trouble, trouble_on=DAY), "formal")
    assert "June 2026" in text
    assert "I am sorry" in text
    assert "I am not writing to sell you anything" in text


def test_where_nothing_is_known_to_have_gone_wrong_nothing_is_owned_up_to() -> None:
    text = letter(speak("en"), facts("none", quarrel=True), "formal")
    assert "sorry" not in text
    assert "If we have let you down in anything" in text


def test_a_service_stands_in_small_letters_and_what_they_bring_as_it_is() -> None:
    w = speak("en")
    assert "mostly for oil and filter" in letter(w, facts("service"), "formal")
    assert "mostly for MOT test" in letter(w, facts("service", text="MOT test"), "formal")
    assert "trusting us with Luna and KQ17 JUJ" in letter(
        w, facts("subject", text=f"Luna{UNIT}KQ17 JUJ"), "formal"
    )


def test_neighbours_with_the_same_hook_are_not_told_the_same() -> None:
    w = speak("es")
    first, second = (letter(w, facts("years", variant=place, place=place), "formal") for place in (0, 1))
    shared = set(re.split(r"(?<=[.:])\s+", first)) & set(re.split(r"(?<=[.:])\s+", second))
    assert shared == {"Buenos días, Ana:", "Un saludo cordial."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_filled_once_the_owner_wrote_something_of_their_own(language: Language) -> None:
    draft = letter(speak(language), facts(), "formal")
    assert has_blank(draft)
    assert not is_filled("  ", "")
    assert not is_filled("Algo", draft)  # their own text, with the blank still in it
    assert is_filled("Feliz boda", "")
    assert is_filled("", "Querida Ana: enhorabuena por la boda.")
    assert not has_blank(letter(speak(language), facts(), "formal", "Feliz boda"))


def test_the_owner_s_own_part_is_what_the_draft_does_not_say() -> None:
    draft = letter(speak("es"), facts(), "formal")
    filled = letter(speak("es"), facts(), "formal", "Feliz boda.")
    assert own_part("Feliz boda.", "", draft) == "Feliz boda."
    assert own_part("Feliz boda.", filled, draft) == "Feliz boda."
    rewritten = filled.replace("Feliz boda.", "Un abrazo a Marta.").replace("Ana", "Anita")
    assert own_part("", rewritten, draft) == "Anita: Un abrazo a Marta."


# --- On paper ---------------------------------------------------------------------------------------------


def pages_of(data: bytes) -> list[tuple[str, str]]:
    """Each page's heading, and its text."""
    document = Document(io.BytesIO(data))
    pages: list[tuple[str, str]] = []
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            assert bool(paragraph.paragraph_format.page_break_before) == bool(pages)
            pages.append((paragraph.text, ""))
        else:
            name, text = pages[-1]
            pages[-1] = (name, "\n\n".join(part for part in (text, paragraph.text) if part))
    return pages


def document(*pages: PageOfOne, language: Language = "es") -> bytes:
    return letters_document(speak(language), pages, title="Cartas", author="Rosa", made=MADE)


def test_the_document_has_a_page_for_each_letter_with_the_owner_s_words() -> None:
    w = speak("es")
    letters = [
        PageOfOne(name, letter(w, facts(name=name), "formal", f"Unas palabras para {name}", "Rosa"))
        for name in ("Ana Ruiz", "Eva Gil", "Luz Sanz")
    ]
    assert pages_of(document(*letters)) == [(page.name, page.text) for page in letters]


def test_a_blank_on_paper_is_marked_and_nothing_else() -> None:
    w = speak("es")
    open_one = PageOfOne("Ana", letter(w, facts(), "formal"))
    filled = PageOfOne("Eva", letter(w, facts(), "formal", "Feliz boda"))
    runs = [run for part in Document(io.BytesIO(document(open_one, filled))).paragraphs for run in part.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == [w("letters.blank")]


def test_a_blank_in_the_other_language_is_marked_too() -> None:
    page = PageOfOne("Ana", letter(speak("en"), facts(), "formal"))
    runs = [run for part in Document(io.BytesIO(document(page))).paragraphs for run in part.runs]
    assert [run.text for run in runs if run.bold] == [speak("en")("letters.blank")]


def test_the_document_names_its_author_and_day() -> None:
    properties = Document(io.BytesIO(document(PageOfOne("Ana", "Hola")))).core_properties
    assert (properties.title, properties.author, properties.comments) == ("Cartas", "Rosa", "")
    assert properties.created is not None
    assert properties.created.date() == MADE.date()


@settings(max_examples=25)
@given(name=st.text(max_size=40), text=st.text(min_size=1, max_size=80))
def test_no_text_breaks_the_document(name: str, text: str) -> None:
    data = document(PageOfOne(name, text), PageOfOne("Ana", "Hola"))
    headings = [
        part
        for part in Document(io.BytesIO(data)).paragraphs
        if part.style and part.style.name == "Heading 1"
    ]
    assert len(headings) == 2
