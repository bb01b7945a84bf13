"""Worked out once is worked out again for other tables; what no notebook changes needs none of its words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.growth.cohorts import cohorts
from analysis.practices.growth.growth_split import bases, growth_split
from analysis.practices.growth.second_visit import second_visits
from analysis.practices.growth.sources import groupings, origins
from analysis.practices.once import UNTOUCHED, once_for
from analysis.practices.team.before_and_after import before_and_after
from analysis.practices.team.seller_returns import seller_returns
from analysis.practices.team.sellers import gone_sellers

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


def _told(answer: object) -> str:
    """All of an answer, its tables to the last digit."""
    if isinstance(answer, pd.DataFrame):
        return str(answer.to_dict("list"))
    if isinstance(answer, (list, tuple)):
        return str([_told(one) for one in answer])
    if hasattr(answer, "__dataclass_fields__"):
        return str({name: _told(getattr(answer, name)) for name in answer.__dataclass_fields__})
    return repr(answer)
