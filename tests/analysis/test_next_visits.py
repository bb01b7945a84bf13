import datetime as dt

import numpy as np
import pytest

from analysis.client_rhythm import ClientRhythms, client_rhythms, main_services
from analysis.next_visits import earliest_stream, streams_share
from analysis.services import Streams
from analysis.services import streams as fit_streams
from analysis.settings import Settings
from analysis.visits import Visits, visits
from tests.analysis.books import Visit, book_of

START, DAYS, AS_OF = dt.date(2024, 1, 1), 900, 720
RANDOM = 11


def _visit(client: int, day: float, service: str) -> Visit:
    return f"c{client:03}", (START + dt.timedelta(days=int(day))).isoformat(), 20.0, service


def nails_and_colour(clients: int = 80) -> list[Visit]:
    """Two services, each with a clock of its own: nails about every three weeks, a colour about every two months."""
    random = np.random.default_rng(RANDOM)
    out: list[Visit] = []
    for client in range(clients):
        for service, usual in (("Nails", random.uniform(18, 25)), ("Colour", random.uniform(50, 75))):
            day = random.uniform(0, usual)
            while day < DAYS:
                out.append(_visit(client, day, service))
                day += random.gamma(40, usual / 40)
    return out


def whatever_is_needed(clients: int = 80) -> list[Visit]:
    """One clock of visits, and a service drawn at each of them."""
    random = np.random.default_rng(RANDOM)
    out: list[Visit] = []
    for client in range(clients):
        usual = random.uniform(18, 40)
        day = random.uniform(0, usual)
        while day < DAYS:
            out.append(_visit(client, day, str(random.choice(["Cut", "Colour", "Beard"]))))
            day += random.gamma(40, usual / 40)
    return out


def shop(lines: list[Visit]) -> tuple[Visits, ClientRhythms, Streams]:
    seen = visits(book_of(lines), START + dt.timedelta(days=AS_OF))
    fitted = client_rhythms(seen, main_services(seen), Settings())
    return seen, fitted, fit_streams(seen, fitted.pooled, fitted.rhythms.interval_days, fitted.clock)


def days_off(lines: list[Visit], seen: Visits, fitted: ClientRhythms) -> float:
    """Mean absolute error of the next visit's day."""
    came: dict[str, int] = {}
    for client, date, *_ in sorted(lines, key=lambda visit: str(visit[1])):
        ahead = (dt.date.fromisoformat(str(date)) - seen.as_of).days
        if ahead > 0:
            came.setdefault(str(client), ahead)
    return float(np.abs([came[c] for c in seen.client_id] - fitted.rhythms.next_days).mean())


def test_services_with_clocks_of_their_own_date_the_next_visit():
    lines = nails_and_colour()
    seen, fitted, streams = shop(lines)
    assert streams_share(fitted, streams) > 0.8
    by_client, by_stream = (days_off(lines, seen, one) for one in (fitted, earliest_stream(fitted, streams)))
    assert by_stream < 0.8 * by_client


def test_where_the_service_is_whatever_is_needed_the_clients_own_rhythm_dates_it():
    lines = whatever_is_needed()
    seen, fitted, streams = shop(lines)
    assert streams_share(fitted, streams) < 0.3
    assert days_off(lines, seen, earliest_stream(fitted, streams)) == pytest.approx(
        days_off(lines, seen, fitted), rel=0.1
    )


def test_a_client_of_one_service_keeps_the_rhythm_of_their_visits():
    lines = [visit for visit in nails_and_colour(40) if visit[3] == "Nails" or visit[0] != "c005"]
    seen, fitted, streams = shop(lines)
    after = earliest_stream(fitted, streams).rhythms
    alone = int(np.flatnonzero(seen.client_id == "c005")[0])
    assert after.next_days[alone] == fitted.rhythms.next_days[alone]
    assert (after.next_days != fitted.rhythms.next_days).sum() > 30


def test_windows_hold_their_date_and_the_rest_of_the_rhythm_is_untouched():
    _, fitted, streams = shop(nails_and_colour(40))
    before, after = fitted.rhythms, earliest_stream(fitted, streams).rhythms
    assert (after.next_low <= after.next_days).all()
    assert (after.next_days <= after.next_high).all()
    assert after.p_no_visit.tolist() == before.p_no_visit.tolist()


def test_without_services_nothing_changes():
    _, fitted, _ = shop(nails_and_colour(10))
    assert earliest_stream(fitted, None) is fitted
