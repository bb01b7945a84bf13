"""Worked out once is worked out again for other tables; what no notebook changes needs none of its words."""

import datetime as dt
import inspect
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from analysis.notebook import Notebook, OwnScore
from analysis.notebook.entries import Outcome
from analysis.portfolio import Portfolio
from analysis.practices.affection.movement import by_month, dates, movement
from analysis.practices.affection.referrals import _first_year
from analysis.practices.calling.necessary import out_of_service
from analysis.practices.calling.today import due_list
from analysis.practices.growth.beginnings import beginnings
from analysis.practices.growth.cohorts import cohorts
from analysis.practices.growth.growth_split import bases, growth_split
from analysis.practices.growth.narrowed import narrowed
from analysis.practices.growth.second_visit import second_visits
from analysis.practices.growth.sources import groupings, origins
from analysis.practices.letters.year_letters import campaign
from analysis.practices.once import READS, UNTOUCHED, once_for
from analysis.practices.team.before_and_after import before_and_after
from analysis.practices.team.changed_hands import changed_hands
from analysis.practices.team.hand_over import hand_over
from analysis.practices.team.seller_returns import seller_returns
from analysis.practices.team.sellers import gone_sellers, sellers, served, usual_sellers_on
from analysis.with_notebook import with_notebook

#: What `analysis.with_notebook` writes into the clients.
WRITTEN = ["affection", "band", "owner_said", "owner_note", "reasons", "suggested_action", "consent"]


def test_the_same_question_of_the_same_tables_is_answered_once(salon_sample: Portfolio) -> None:
    times = []

    @once_for("visits", "as_of")
    def visits_of(portfolio: Portfolio, service: str) -> int:
        times.append(service)
        return int((portfolio.visits["service"] == service).sum())

    noted = replace(salon_sample, movement=salon_sample.movement.head())
    assert visits_of(salon_sample, "Corte") == visits_of(noted, "Corte")
    assert times == ["Corte"]
    visits_of(salon_sample, "Tinte")
    assert times == ["Corte", "Tinte"]
    fewer = replace(salon_sample, visits=salon_sample.visits.head(0))
    assert visits_of(fewer, "Corte") == 0
    visits_of(replace(fewer, as_of=salon_sample.as_of + dt.timedelta(days=1)), "Corte")
    assert times == ["Corte", "Tinte", "Corte", "Corte"]


def test_a_word_on_affection_is_told_apart_and_another_note_is_not(salon_sample: Portfolio) -> None:
    who = salon_sample.clients["client_id"].iloc[0]
    before = by_month(salon_sample)
    called = Notebook(outcomes=(Outcome(who, salon_sample.as_of, "answered"),))
    assert by_month(with_notebook(salon_sample, called)) is before
    word = Notebook(own_scores={who: OwnScore(0.0, "", salon_sample.as_of)})
    assert by_month(with_notebook(salon_sample, word))["mean"].iloc[-1] != before["mean"].iloc[-1]


def test_an_answer_goes_with_its_tables(salon_sample: Portfolio) -> None:
    times = []

    @once_for("visits")
    def length(portfolio: Portfolio) -> int:
        times.append(1)
        return len(portfolio.visits)

    for rows in (1, 2, 3):  # each table is gone before the next, which may stand where it stood
        assert length(replace(salon_sample, visits=salon_sample.visits.head(rows).copy())) == rows
    assert len(times) == 3


ASKED: dict[Callable[..., object], Callable[[Portfolio], object]] = {
    cohorts: cohorts,
    growth_split: lambda shop: [growth_split(shop, basis) for basis in bases(shop)],
    bases: bases,
    second_visits: second_visits,
    origins: lambda shop: [origins(shop, grouping) for grouping in groupings(shop)],
    before_and_after: lambda shop: [before_and_after(shop, staff) for staff in gone_sellers(shop)["staff"]],
    seller_returns: seller_returns,
}


def test_every_practice_declared_untouched_is_tried() -> None:
    assert set(ASKED) == UNTOUCHED


@pytest.mark.parametrize("practice", ASKED.values(), ids=[practice.__name__ for practice in ASKED])
def test_the_untouched_read_nothing_of_what_a_notebook_changes(
    practice: Callable[[Portfolio], object], salon_sample: Portfolio
) -> None:
    records = salon_sample.records
    without = replace(
        salon_sample,
        clients=salon_sample.clients.drop(columns=WRITTEN),
        movement=pd.DataFrame(),
        records=replace(records, problems=pd.DataFrame(), contacts=pd.DataFrame()),
        totals=None,
        notebook=None,
    )
    assert _told(practice(without)) == _told(practice(salon_sample))


class Watched:
    """A Portfolio that writes down what is looked at, one name further down for what stands in its parts."""

    PARTS = ("records", "notebook", "settings")

    def __init__(self, whole: object, seen: set[str], part: str = "") -> None:
        self.whole, self.seen, self.part = whole, seen, part

    def __getattr__(self, name: str) -> object:
        found = getattr(self.whole, name)
        if not self.part and name in self.PARTS:
            return Watched(found, self.seen, f"{name}.")
        self.seen.add(self.part + name)
        return found


KEPT: dict[Callable[..., object], Callable[[Portfolio], tuple[object, ...]]] = {
    beginnings: lambda _: (),
    by_month: lambda _: (),
    campaign: lambda _: (12,),
    changed_hands: lambda _: (),
    _first_year: lambda _: (),
    due_list: lambda shop: (shop.as_of,),
    hand_over: lambda _: (),
    out_of_service: lambda _: (),
    movement: lambda shop: (dates(shop)[3], dates(shop)[0]),
    narrowed: lambda shop: (shop.services["service"].iloc[0], None),
    sellers: lambda _: (),
    served: lambda _: (),
    usual_sellers_on: lambda shop: (gone_sellers(shop)["last"].iloc[0],),
}


def test_every_answer_that_is_kept_is_watched() -> None:
    assert set(KEPT) == {practice for practice in READS if practice.__module__.startswith("analysis.")}


@pytest.mark.parametrize("practice", KEPT, ids=[practice.__name__ for practice in KEPT])
def test_a_kept_answer_looks_at_what_it_says_and_at_nothing_else(
    practice: Callable[..., object], salon_sample: Portfolio
) -> None:
    word = OwnScore(0.0, "", salon_sample.as_of)
    noted = with_notebook(
        salon_sample, Notebook(own_scores={salon_sample.clients["client_id"].iloc[0]: word})
    )
    seen: set[str] = set()
    inspect.unwrap(practice)(Watched(noted, seen), *KEPT[practice](noted))
    assert seen == set(READS[practice])


def _told(answer: object) -> str:
    """All of an answer, its tables to the last digit."""
    if isinstance(answer, pd.DataFrame):
        return str(answer.to_dict("list"))
    if isinstance(answer, (list, tuple)):
        return str([_told(one) for one in answer])
    if hasattr(answer, "__dataclass_fields__"):
        return str({name: _told(getattr(answer, name)) for name in answer.__dataclass_fields__})
    return repr(answer)
