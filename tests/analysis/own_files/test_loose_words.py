"""Words for what came of a call, as people write them."""

import pytest

from analysis.notebook import OFFERS, OUTCOMES
from analysis.own_files.loose_words import Said, offer_said, outcome_said
from words import LANGUAGES, Language, speak
from words.files.call_list import words_to_choose


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_the_list_offers_is_understood(language: Language):
    w = speak(language)
    said = [outcome_said(word) for word in words_to_choose(w)["outcome"]]
    assert [one.code for one in said if one] == [
        *(code for code in OUTCOMES if code != "snoozed"),
        *["snoozed"] * 3,
    ]
    assert [one.days for one in said if one and one.days] == [7, 14, 30]
    assert [offer_said(word) for word in words_to_choose(w)["offer"]] == list(OFFERS)
    assert outcome_said(w("outcome.snoozed")) == Said("snoozed", 7)


@pytest.mark.parametrize("code", OUTCOMES)
def test_the_codes_of_the_command_line_s_list_are_understood(code: str):
    said = outcome_said(code)
    assert said is not None
    assert said.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NO CONTESTÓ", "no_answer"),
        ("no contesta.", "no_answer"),
        ("contesto", "answered"),
        ("didn’t answer", "no_answer"),
        ("Cita  dada!", "appointment"),
        ("citta dada", "appointment"),
        ("buzón de voz", "no_answer"),
        ("whatsap", "message_sent"),
        ("muy caro", "price"),
        ("se mudó", "moved"),
        ("no llamar", "do_not_contact"),
    ],
)
def test_accents_case_marks_and_slips_of_the_finger_do_not_matter(text: str, code: str):
    said = outcome_said(text)
    assert said is not None
    assert said.code == code


def test_a_span_says_until_when():
    assert outcome_said("Aplazar 2 semanas") == Said("snoozed", 14)
    assert outcome_said("call later, 1 month") == Said("snoozed", 30)
    assert outcome_said("aplazar") == Said("snoozed", 7)


@pytest.mark.parametrize("text", ["purple", "no", "si", "x", "12", "???", "no volverá a tiempo quizás"])
def test_what_says_nothing_is_not_guessed(text: str):
    assert outcome_said(text) is None


def test_a_no_is_never_lost_to_a_guess():
    assert outcome_said("no contestta") == Said("no_answer")
    assert outcome_said("contestta") == Said("answered")
