"""Texts that say almost the same are found, whatever name stands in them; others are left alone."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from analysis.practices.letters.near_identical import ALIKE, alike_to, near_identical, plain

NAMES = {"a": "Ana Ruiz", "b": "Bea Gil", "c": "Carla Sanz"}


def test_a_text_that_changes_only_the_name_is_the_same_text() -> None:
    texts = {
        "a": "Ana, que tengas un año precioso y lleno de salud.",
        "b": "Bea, ¡que tengas un año precioso y lleno de salud!",
        "c": "¿Qué tal tu hermana en Lisboa? Me acordé de vosotras al ver la foto del tranvía.",
    }
    assert near_identical(texts, NAMES) == [("a", "b")]
    assert alike_to(texts["a"], NAMES["a"], {"b": texts["b"], "c": texts["c"]}, NAMES) == ["b"]


def test_a_word_more_is_still_the_same_and_empty_texts_are_like_nothing() -> None:
    texts = {
        "a": "Gracias por este año tan bonito juntos",
        "b": "Gracias por este año tan bonito, juntos ya",
        "c": "",
    }
    assert near_identical(texts, NAMES) == [("a", "b")]
    assert alike_to("", "", texts, NAMES) == []


def test_texts_that_share_a_beginning_alone_are_different() -> None:
    texts = {"a": "Enhorabuena por la boda de tu hija Marta", "b": "Enhorabuena por el piso nuevo en Gijón"}
    assert near_identical(texts, NAMES) == []


def test_whoever_is_like_a_third_is_of_its_group() -> None:
    # "b" lies between "a" and "c": like both, which are less alike to each other.
    first = "muchas gracias por todo lo de este año tan largo"
    texts = {"a": first, "b": first + " ya", "c": first + " ya vale"}
    assert near_identical(texts, {}) == [("a", "b", "c")]


def test_case_accents_marks_and_figures_tell_no_two_texts_apart() -> None:
    assert plain("¡Feliz 2027, Mª José!") == plain("feliz 2026 mª jose")


@given(st.lists(st.text(alphabet="abc ", max_size=12), max_size=12))
def test_groups_are_those_of_comparing_every_pair(texts: list[str]) -> None:
    named = {str(number): text for number, text in enumerate(texts)}
    groups = near_identical(named, {})
    group_of = {who: number for number, group in enumerate(groups) for who in group}
    for one, other in combinations(named, 2):
        mine, theirs = plain(named[one]), plain(named[other])
        if mine and theirs and fuzz.ratio(mine, theirs) >= ALIKE:
            assert group_of[one] == group_of[other]
    assert all(len(group) > 1 for group in groups)
    assert len(group_of) == sum(len(group) for group in groups)


@pytest.mark.parametrize("count", [600])
def test_many_letters_are_compared_in_blocks_as_they_would_be_at_once(count: int) -> None:
    texts = {
        str(number): f"{'abcdefghij'[number % 10] * 30} {chr(97 + number // 26)}{chr(97 + number % 26)}"
        for number in range(count)
    }
    groups = near_identical(texts, {})
    assert sum(len(group) for group in groups) == count
    assert len(groups) == 10
