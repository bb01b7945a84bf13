"""Rolling origins: what was known on a past day must not know what came later."""

import dataclasses

import numpy as np
import pytest

from analysis.early_signals import Past, look_back, past
from analysis.early_signals.past import CLOSED_LOOKS, OPEN_LOOKS, Origin
from analysis.events import events
from analysis.visits import Visits, visits
from tests.analysis.books import Visit, book_of, every, simulated

HORIZON = 91


def found_in(lines: list[Visit]) -> tuple[Past, Visits]:
    book = book_of(lines)
    seen = visits(book)
    return look_back(seen, events(book, seen), HORIZON), seen


SHOP = simulated(40, days=800)


@pytest.fixture(scope="module")
def found() -> tuple[Past, Visits]:
    return found_in(SHOP)


def test_the_past_is_looked_at_three_times_a_horizon(found: tuple[Past, Visits]):
    looked, seen = found
    days = [look.day for look in looked.looks]
    assert looked.why == ""
    assert len(days) == CLOSED_LOOKS + OPEN_LOOKS
    assert set(np.diff(days)) <= {30, 31}
    assert days[-1] == seen.today - 30
    assert days[0] >= seen.table["day"].min() + 2 * HORIZON
    assert [look.day for look in looked.looks if looked.is_closed(look)] == days[:CLOSED_LOOKS]
    assert days[CLOSED_LOOKS - 1] == seen.today - HORIZON


def test_outcomes_are_what_came_within_the_horizon(found: tuple[Past, Visits]):
    looked, seen = found
    client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
    for look in looked.looks:
        came = np.unique(client[(day > look.day) & (day <= look.day + HORIZON)])
        assert (look.stayed_away == ~np.isin(look.client, came)).all()
        later = [day[(client == each) & (day > look.day)] for each in look.client]
        assert look.next_visit.tolist() == [days[0] if len(days) else np.inf for days in later]


def test_only_active_clients_are_judged(found: tuple[Past, Visits]):
    for origin in found[0].origins:
        assert (origin.visits >= 3).all()
        assert (origin.silence <= HORIZON).all()


def test_the_models_are_those_of_their_day(found: tuple[Past, Visits]):
    looked, _ = found
    days = [model.day for model in looked.models]
    assert days == [look.day for look in looked.looks[:: past.LOOKS_A_MODEL]]
    assert looked.model_of(days[2]) is looked.models[2]
    assert looked.model_of(days[2] - 1) is looked.models[1]
    assert looked.model_of(days[0] - 1) is None


def test_what_comes_later_changes_nothing_of_what_was_known(found: tuple[Past, Visits]):
    """After the change every other client stops coming, and the others come every day: kernels, priors, all of it."""
    before, seen = found
    change = before.looks[5].day
    day_of_change = str(np.datetime64(change, "D"))
    altered = [visit for visit in SHOP if str(visit[1]) <= day_of_change]
    last = str(np.datetime64(seen.today, "D"))
    daily = seen.today - change
    altered += [
        visit for n in range(0, 40, 2) for visit in every(f"c{n:03}", 1, daily, last=last, amount=999.0)
    ]
    after, changed = found_in(altered)
    assert changed.today == seen.today
    for old, new in zip(before.looks[:6], after.looks[:6], strict=True):
        for field in dataclasses.fields(Origin):
            if field.name not in ("stayed_away", "next_visit"):
                assert np.array_equal(getattr(old, field.name), getattr(new, field.name)), field.name
        closed = old.day + HORIZON <= change
        assert not closed or (old.stayed_away == new.stayed_away).all()
    assert any(
        not np.array_equal(old.features, new.features)
        for old, new in zip(before.looks[6:], after.looks[6:], strict=True)
    )


def test_of_a_big_shop_some_are_watched_and_the_list_is_whole(
    monkeypatch: pytest.MonkeyPatch, found: tuple[Past, Visits]
):
    monkeypatch.setattr(past, "WATCHED_CLIENTS", 25)
    sampled, _ = found_in(SHOP)
    everybody, _ = found
    watched = {client for look in sampled.looks for client in look.client}
    assert len(watched) == 25
    for some, each in zip(sampled.looks, everybody.looks, strict=True):
        same = np.isin(each.client, list(watched))
        assert some.client.tolist() == each.client[same].tolist()
        assert some.features == pytest.approx(each.features[same], abs=1e-4)
        assert (some.next_visit == each.next_visit[same]).all()
    assert sampled.whole is not None
    assert everybody.whole is not None
    assert sampled.whole.client.tolist() == everybody.whole.client.tolist()


def test_a_short_history_has_no_origins():
    looked, _ = found_in(simulated(40, days=2 * HORIZON))
    assert (looked.looks, looked.why) == ((), "too_short")


def test_a_handful_of_clients_has_no_origins():
    looked, _ = found_in(simulated(8, days=800))
    assert (looked.looks, looked.why) == ((), "too_few_clients")


def test_without_amounts_lists_go_by_risk():
    looked, _ = found_in([(client, date, None) for client, date, *_ in SHOP])
    assert all((look.annual_value == look.p_rhythm).all() for look in looked.looks)
