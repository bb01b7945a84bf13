"""What was said of two people is found again next month, and says nothing to who finds the file."""

from __future__ import annotations

from analysis.reading.corrections import Corrections
from analysis.reading.decisions import new_secret, recalled, token_of, tokens_of
from analysis.suggestions import Glance, Suggestion

SECRET = b"\x01" * 32
ANA = ("name:ana perez", "name:ana peres")
LUZ = ("name:luz gomez", "name:luz gomes")


def suggestion(pair: tuple[str, str]) -> Suggestion:
    who = Glance("k", "n", 1, None, None)
    first, second = sorted(pair)
    return Suggestion((first, second), who, who, (), (), 90.0, sure=False)


def test_a_token_does_not_depend_on_whose_mark_comes_first():
    assert token_of(ANA, SECRET) == token_of((ANA[1], ANA[0]), SECRET)


def test_a_token_holds_nothing_of_the_names_and_changes_with_the_secret():
    token = token_of(ANA, SECRET)
    assert len(token) == 32
    assert int(token, 16) >= 0
    assert token != token_of(ANA, new_secret())


def test_marks_are_not_merely_strung_together():
    assert token_of(("a", "bc"), SECRET) != token_of(("ab", "c"), SECRET)


def test_what_was_decided_is_recalled_for_the_pairs_suggested_again():
    said = Corrections(same=frozenset({ANA}), apart=frozenset({LUZ}))
    kept = tokens_of(said, SECRET)
    assert sorted(kept.values()) == ["apart", "same"]
    other = ("id:1", "id:2")
    same, apart = recalled([suggestion(pair) for pair in (ANA, LUZ, other)], kept, SECRET)
    assert same == {tuple(sorted(ANA))}
    assert apart == {tuple(sorted(LUZ))}


def test_with_another_secret_nothing_is_recalled():
    kept = tokens_of(Corrections(same=frozenset({ANA})), SECRET)
    assert recalled([suggestion(ANA)], kept, new_secret()) == (frozenset(), frozenset())


def test_decisions_are_part_of_the_corrections_key():
    assert Corrections(same=frozenset({ANA})).key != Corrections(apart=frozenset({ANA})).key
