"""Two notebooks as one, and a notebook as a file: nothing noted is lost."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.notebook import OFFERS, OUTCOMES, Letter, Notebook, Outcome, OwnScore, ProblemNote
from analysis.notebook.differences import differences, held
from analysis.notebook.notebook_file import is_notebook, notebook_bytes, read_notebook
from analysis.own_files.merge import merged, merged_files
from analysis.settings import Settings

DAYS = some.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
CLIENTS = some.sampled_from(["007", "C2", "Ñandú, Ana", "=1+1"])
TEXTS = some.text(max_size=20)
OUTCOME = some.builds(
    Outcome,
    CLIENTS,
    DAYS,
    some.sampled_from(OUTCOMES),
    TEXTS,
    some.sampled_from(["", "call"]),
    some.none() | some.sampled_from(OFFERS),
    some.none() | DAYS,
)
SCORE = some.builds(OwnScore, some.floats(0, 10), TEXTS, DAYS)
PROBLEM = some.builds(ProblemNote, CLIENTS, DAYS, TEXTS, closed=some.none() | DAYS)
NOTEBOOK: Any = some.builds(
    Notebook,
    settings=some.builds(Settings, standards=some.dictionaries(TEXTS, some.floats(1, 400), max_size=2)),
    gentle_bands=some.booleans(),
    signature=TEXTS,
    own_scores=some.dictionaries(CLIENTS, SCORE, max_size=3),
    outcomes=some.lists(OUTCOME, max_size=4).map(tuple),
    problems=some.lists(PROBLEM, max_size=3).map(tuple),
    choices=some.dictionaries(some.sampled_from(["today.calls", "a"]), some.floats(0, 99), max_size=2),
)


@given(NOTEBOOK)
@settings(max_examples=60)
def test_a_notebook_comes_back_from_its_file_as_it_was(notebook: Notebook):
    data = notebook_bytes(notebook)
    assert is_notebook(data)
    assert read_notebook(data) == notebook
    assert differences(read_notebook(data), notebook) == 0
    assert notebook_bytes(read_notebook(data)) == data


@given(NOTEBOOK, NOTEBOOK)
@settings(max_examples=60)
def test_of_two_notebooks_nothing_noted_is_lost(mine: Notebook, given_one: Notebook):
    whole = merged(mine, given_one)
    assert set(whole.outcomes) == {*mine.outcomes, *given_one.outcomes}
    assert whole.own_scores.keys() == mine.own_scores.keys() | given_one.own_scores.keys()
    for who, score in whole.own_scores.items():
        days = [book.own_scores[who].on for book in (mine, given_one) if who in book.own_scores]
        assert score.on == max(days)
    assert merged(whole, given_one) == whole


@given(NOTEBOOK, NOTEBOOK)
@settings(max_examples=40)
def test_the_order_of_two_files_does_not_matter(one: Notebook, other: Notebook):
    assert merged_files([one, other]) == merged_files([other, one])


def test_the_day_of_last_month_s_results_does_not_come_along():
    last = Notebook(
        settings=Settings(as_of=dt.date(2026, 9, 30), standards={"Corte": 28.0}), gentle_bands=True
    )
    whole = merged(Notebook(), last)
    assert whole.settings == Settings(standards={"Corte": 28.0})
    assert whole.gentle_bands


def test_the_letter_that_has_come_further_counts_and_a_signature_is_not_lost():
    begun = Letter(own_words="Feliz boda")
    ready = replace(begun, ready=True)
    sent = replace(ready, text="Feliz boda", sent=dt.date(2026, 12, 1))
    for before, after in ((begun, ready), (ready, sent)):
        for mine, theirs in ((before, after), (after, before)):
            one, other = Notebook(letters={"C2": mine}, signature="Rosa"), Notebook(letters={"C2": theirs})
            assert (
                merged(one, other) == merged(other, one) == Notebook(letters={"C2": after}, signature="Rosa")
            )
    assert differences(Notebook(signature="Rosa"), Notebook()) == 1


def test_a_problem_closed_since_is_closed():
    waiting = ProblemNote("C2", dt.date(2026, 9, 1), "espera")
    closed = replace(waiting, closed=dt.date(2026, 9, 5), solved=True)
    for mine, theirs in ((waiting, closed), (closed, waiting)):
        assert merged(Notebook(problems=(mine,)), Notebook(problems=(theirs,))).problems == (closed,)


def test_what_is_held_and_what_differs_is_counted_entry_by_entry():
    call = Outcome("C2", dt.date(2026, 9, 1), "answered")
    now = Notebook(
        outcomes=(call, call),
        own_scores={"C2": OwnScore(8, "", dt.date(2026, 9, 1))},
        choices={"today.calls": 5.0},
        gentle_bands=True,
        settings=Settings(as_of=dt.date(2026, 9, 1)),
    )
    assert held(now) == {"outcomes": 2, "own_scores": 1, "choices": 1, "settings": 1}
    assert differences(now, Notebook()) == 5
    assert differences(now, replace(now, outcomes=(call,), choices={"today.calls": 6.0})) == 2
    assert differences(now, now) == 0
