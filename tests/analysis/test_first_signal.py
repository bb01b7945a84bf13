"""The first signal of a silence is found by replaying the months, each with what was known then."""

import datetime as dt

import pandas as pd
import pytest

from analysis.history import month_ends
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from tests.analysis.books import Visit, book_of, simulated


def slowing_shop() -> list[Visit]:
    """Eighty clients of 40 to 110 days; every third comes no more since some day of the last five months."""
    shop = simulated(80, k=3.0, days=900, usual=(40.0, 110.0))
    ends = max(str(visit[1]) for visit in shop)

    def stopped(client: str) -> str:
        number = int(client[1:])
        return (dt.date.fromisoformat(ends) - dt.timedelta(days=30 + 3 * number % 120)).isoformat()

    return [visit for visit in shop if int(str(visit[0])[1:]) % 3 or str(visit[1]) <= stopped(str(visit[0]))]


SHOP = book_of(slowing_shop())


@pytest.fixture(scope="module")
def today() -> Portfolio:
    return analyse(SHOP)


def test_it_is_a_month_end_of_the_current_silence_for_the_flagged_alone(today: Portfolio):
    clients = today.clients
    signal = clients["first_signal"]
    assert (signal.notna() == clients["flagged"]).all()
    ends = {pd.Timestamp(end) for end in month_ends(today.as_of, 13)}
    assert set(signal.dropna()) <= ends
    flagged = clients[clients["flagged"]]
    assert (flagged["first_signal"] >= flagged["last_visit"]).all()
    assert flagged["first_signal"].nunique() >= 3


def test_the_replay_of_a_month_is_what_would_have_been_said_that_day(today: Portfolio):
    """Analysed as of each earlier month end, the clients were flagged from their first signal on and not before."""
    clients = today.clients.set_index("client_id")
    agreed = []
    for end in month_ends(today.as_of, 3)[:-1]:
        then = analyse(SHOP, Settings(as_of=end)).clients.set_index("client_id")["flagged"]
        silent = clients[clients["flagged"] & (clients["last_visit"] <= pd.Timestamp(end))]
        agreed += ((silent["first_signal"] <= pd.Timestamp(end)) == then[silent.index]).tolist()
    assert len(agreed) >= 20
    assert sum(agreed) >= 0.9 * len(agreed)


def test_a_short_history_is_replayed_with_todays_rhythm():
    """Five months leave no past to learn from; who is late since the month before is told so all the same."""
    shop = simulated(30, days=150, usual=(7.0, 12.0))
    gone = [visit for visit in shop if int(str(visit[0])[1:]) % 3 or str(visit[1]) < "2024-05-14"]
    found = analyse(book_of(gone))
    clients = found.clients
    assert not found.back_test.usable
    assert clients["flagged"].any()
    assert (clients["first_signal"].notna() == clients["flagged"]).all()
