"""Rolling origins: what was known on a past day must not know what came later."""

import dataclasses

import numpy as np
import pytest

from analysis import rhythm
from analysis.early_signals import Origin, origins
from analysis.early_signals.past import ORIGINS
from analysis.events import events
from analysis.visits import Visits, visits
from tests.analysis.books import Visit, book_of, every, simulated

HORIZON = 91


def found_in(lines: list[Visit], *, on: rhythm.Grid | None = None) -> tuple[list[Origin], str, Visits]:
    book = book_of(lines)
    seen = visits(book)
    table = seen.table
    known = rhythm.histories(table["client"].to_numpy(), table["day"].to_numpy(), seen.today, seen.clients)
    return *origins(seen, events(book, seen), HORIZON, on or rhythm.grid(known, HORIZON)), seen


SHOP = simulated(40, days=800)


@pytest.fixture(scope="module")
def past() -> tuple[list[Origin], Visits]:
    found, why, seen = found_in(SHOP)
    assert why == ""
    return found, seen


def test_every_horizon_has_closed_today(past: tuple[list[Origin], Visits]):
    found, seen = past
    days = [origin.day for origin in found]
    assert days == sorted(days)
    assert len(days) == ORIGINS
    assert days[-1] == seen.today - HORIZON
    assert days[0] >= seen.table["day"].min() + 2 * HORIZON


def test_outcomes_are_what_came_within_the_horizon(past: tuple[list[Origin], Visits]):
    found, seen = past
    client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    for origin in found:
        came = np.unique(client[(day > origin.day) & (day <= origin.day + HORIZON)])
        assert (origin.stayed_away == ~np.isin(origin.client, came)).all()


def test_only_active_clients_are_judged(past: tuple[list[Origin], Visits]):
    for origin in past[0]:
        assert (origin.visits >= 3).all()
        assert (origin.silence <= HORIZON).all()


def test_what_comes_later_changes_nothing_of_what_was_known():
    """After the change every other client stops coming and the others come every day."""
    _, _, seen = found_in(SHOP)
    table = seen.table
    known = rhythm.histories(table["client"].to_numpy(), table["day"].to_numpy(), seen.today, seen.clients)
    on = rhythm.grid(known, HORIZON)
    before, *_ = found_in(SHOP, on=on)
    change = before[5].day
    day_of_change = str(np.datetime64(change, "D"))
    altered = [visit for visit in SHOP if str(visit[1]) <= day_of_change]
    last = str(np.datetime64(seen.today, "D"))
    daily = seen.today - change
    altered += [
        visit for n in range(0, 40, 2) for visit in every(f"c{n:03}", 1, daily, last=last, amount=999.0)
    ]
    after, _, changed = found_in(altered, on=on)
    assert changed.today == seen.today
    for old, new in zip(before[:6], after[:6], strict=True):
        for field in dataclasses.fields(Origin):
            if field.name != "stayed_away":
                assert np.array_equal(getattr(old, field.name), getattr(new, field.name)), field.name
        closed = old.day + HORIZON <= change
        assert not closed or (old.stayed_away == new.stayed_away).all()
    assert any(
        not np.array_equal(old.features, new.features) for old, new in zip(before[6:], after[6:], strict=True)
    )


def test_a_short_history_has_no_origins():
    found, why, _ = found_in(simulated(40, days=2 * HORIZON))
    assert (found, why) == ([], "too_short")


def test_a_handful_of_clients_has_no_origins():
    found, why, _ = found_in(simulated(8, days=800))
    assert (found, why) == ([], "too_few_clients")


def test_without_amounts_lists_go_by_risk():
    found, _, _ = found_in([(client, date, None) for client, date, *_ in SHOP])
    assert all((origin.annual_value == origin.p_rhythm).all() for origin in found)
