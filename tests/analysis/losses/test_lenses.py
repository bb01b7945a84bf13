"""Both lenses of a whole shop: whatever they are summed by, the sums agree."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.losses.lenses import by_stream, own_lens_published, year_windows
from analysis.pace.clean_rhythm import CleanRhythm
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from analysis.visits import days_since_epoch, visits
from tests.analysis.books import book_of, every, simulated

MEASURES = ["late_days", "lost_visits", "lost_revenue"]
GROUPS = ["month", "client_id", "service", "staff", "kind", "band"]


def test_a_loss_has_the_columns_of_the_schema(portfolio: Portfolio):
    assert tuple(portfolio.losses.columns) == schema.LOSSES
    assert set(portfolio.losses["lens"]) == {"own", "service"}
    assert set(portfolio.losses["kind"]) == {"late", "gone"}


@pytest.mark.parametrize("lens", ["own", "service"])
@pytest.mark.parametrize("by", ["month", "client_id", "service", "staff", "kind"])
def test_months_clients_services_sellers_and_kinds_add_up_to_the_same_loss(
    portfolio: Portfolio, lens: str, by: str
):
    of_lens = portfolio.losses[portfolio.losses["lens"] == lens]
    assert len(of_lens) > 20
    total, sums = of_lens[MEASURES].sum(), of_lens.groupby(by)[MEASURES].sum().sum()
    assert sums.to_numpy() == pytest.approx(total.to_numpy())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    by=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=4, unique=True),
    of=st.sampled_from(["own", "service"]),
    where=st.sampled_from(GROUPS),
    data=st.data(),
)
def test_any_part_grouped_any_way_adds_up_to_that_part(
    portfolio: Portfolio, by: list[str], of: str, where: str, data: st.DataObject
):
    bands = portfolio.clients.set_index("client_id")["band"]
    losses = portfolio.losses.assign(band=portfolio.losses["client_id"].map(bands))
    losses = losses[losses["lens"] == of]
    part = losses[losses[where] == data.draw(st.sampled_from(sorted(losses[where].unique())))]
    sums = part.groupby(by)[MEASURES].sum().sum()
    assert sums.to_numpy() == pytest.approx(part[MEASURES].sum().to_numpy())


@pytest.mark.parametrize("days", [7, 364])
def test_all_dates_later_by_some_weeks_lose_the_same(days: int):
    visits = [visit for visit in simulated(40) if visit[0] not in {"c003", "c007"} or visit[1] < "2025-07-01"]
    later = [(who, _later(date, days), *rest) for who, date, *rest in visits]
    lost, lost_later = (
        analyse(book_of(given)).losses.groupby(["lens", "client_id"])["lost_visits"].sum()
        for given in (visits, later)
    )
    assert len(lost) > 2
    assert lost_later.to_dict() == pytest.approx(lost.to_dict())


def test_other_names_and_another_order_of_lines_lose_the_same():
    visits = [visit for visit in simulated(40) if visit[0] not in {"c003", "c007"} or visit[1] < "2025-07-01"]
    renamed = [(f"z{999 - int(str(who)[1:])}", *rest) for who, *rest in reversed(visits)]
    lost = analyse(book_of(visits)).losses.groupby(["lens", "client_id"])["lost_visits"].sum()
    again = analyse(book_of(renamed)).losses.groupby(["lens", "client_id"])["lost_visits"].sum()
    names = {(lens, f"z{999 - int(who[1:])}"): value for (lens, who), value in lost.items()}
    assert again.to_dict() == pytest.approx(names)


def _later(date: object, days: int) -> str:
    return (dt.date.fromisoformat(str(date)) + dt.timedelta(days=days)).isoformat()


def test_the_clients_table_and_the_totals_say_the_same_as_the_losses(portfolio: Portfolio):
    own = portfolio.losses[portfolio.losses["lens"] == "own"]
    assert portfolio.clients["lost_visits"].sum() == pytest.approx(own["lost_visits"].sum(), abs=0.05)
    assert portfolio.clients["lost_revenue"].sum() == pytest.approx(own["lost_revenue"].sum(), abs=0.5)
    kinds = own.groupby("kind")[["lost_visits", "lost_revenue"]].sum()
    totals = portfolio.totals
    assert (totals.lost_visits_12m, totals.lost_revenue_12m) == pytest.approx(tuple(kinds.loc["late"]))
    assert (totals.gone_visits_12m, totals.gone_revenue_12m) == pytest.approx(tuple(kinds.loc["gone"]))
    both = kinds.sum()
    assert totals.lost_visits_12m_low < both["lost_visits"] < totals.lost_visits_12m_high
    assert totals.lost_revenue_12m_low < both["lost_revenue"] < totals.lost_revenue_12m_high


def test_a_client_is_late_or_gone_never_both(portfolio: Portfolio):
    own = portfolio.losses[portfolio.losses["lens"] == "own"]
    assert not own[["client_id", "kind"]].drop_duplicates()["client_id"].duplicated().any()
    p_alive = portfolio.clients.set_index("client_id")["p_alive"]
    gone = own.loc[own["kind"] == "gone", "client_id"].unique()
    assert (p_alive[gone] < 0.5).all()


def test_every_client_of_the_own_lens_lost_at_least_a_visit(portfolio: Portfolio):
    own = portfolio.losses[portfolio.losses["lens"] == "own"]
    assert (own.groupby(["client_id", "service"])["lost_visits"].sum() >= 1 - 1e-9).all()


def test_losses_lie_within_the_last_twelve_months(portfolio: Portfolio):
    months = portfolio.losses["month"]
    assert months.min() >= pd.Timestamp("2025-11-01")
    assert months.max() <= pd.Timestamp("2026-10-01")


@pytest.mark.parametrize(("days", "lost"), [(30, 0.0), (45, 4.0), (60, 6.0)])
@pytest.mark.parametrize("service", ["", "Corte"])
def test_a_book_of_monthly_clients_who_slip_loses_0_4_and_6_visits(days: int, lost: float, service: str):
    """Twelve expected and 12, 8 or 6 made, through the whole analysis; a ticket is 30."""
    monthly = every("Ana", 30, 25, last="2025-10-31", service=service)
    slipped = every("Ana", days, 360 // days, last="2026-10-26", service=service)
    others = [
        visit for name in ("Bea", "Eva") for visit in every(name, 30, 37, last="2026-10-26", service=service)
    ]
    found = analyse(book_of([*monthly, *slipped, *others]))
    ana = found.clients.set_index("client_id").loc["Ana"]
    assert ana["lost_visits"] == pytest.approx(lost, abs=0.005)
    assert ana["lost_revenue"] == pytest.approx(30 * lost, abs=0.2)
    assert found.totals.lost_visits_12m + found.totals.gone_visits_12m == pytest.approx(lost, abs=0.005)


def test_the_service_lens_holds_everybody_to_the_standard():
    """Clients of every 28 days and one of every 56: by the standard of four weeks she lost about half of her visits."""
    regular = [
        visit for n in range(12) for visit in every(f"r{n}", 28, 30, last="2026-10-30", service="Corte")
    ]
    book = book_of([*regular, *every("Ana", 56, 15, last="2026-10-30", service="Corte")])
    found = analyse(book)
    ana = found.losses[found.losses["client_id"] == "Ana"].groupby("lens")["lost_visits"].sum()
    assert ana.to_dict() == {"service": pytest.approx(365 / 56, abs=1.0)}


def test_a_standard_the_owner_sets_is_the_one_held_to():
    book = book_of(
        [visit for n in range(12) for visit in every(f"r{n}", 28, 30, last="2026-10-30", service="Corte")]
    )
    own_way = analyse(book, Settings(standards={"Corte": 14.0}))
    assert own_way.services.set_index("service").loc[
        "Corte", ["standard_days", "standard_source"]
    ].tolist() == [
        14.0,
        "owner",
    ]
    lost = own_way.losses.query("lens == 'service'")["lost_visits"].sum()
    assert lost == pytest.approx(12 * 365 / 28, rel=0.05)
    assert analyse(book).losses.empty


def test_without_amounts_the_visits_are_told_and_the_money_is_unknown():
    lines = [(client, date, None) for client, date, *_ in every("Ana", 30, 20, last="2026-01-01")]
    late = [(client, date, None) for client, date, *_ in every("Bea", 30, 20, last="2025-08-01")]
    found = analyse(book_of([*lines, *late]))
    assert found.losses["lost_visits"].sum() > 0
    assert found.losses["lost_revenue"].isna().all()
    assert found.totals.lost_revenue_12m is None


def test_where_timing_is_random_no_own_loss_is_named():
    found = analyse(book_of(simulated(60, k=1.0)))
    assert not found.totals.own_lens_published
    assert found.totals.own_lens_why == "irregular"
    assert set(found.losses["lens"]) <= {"service"}


def test_with_too_few_gaps_no_own_loss_is_named():
    found = analyse(
        book_of([*every("Ana", 30, 2, last="2026-01-01"), *every("Bea", 30, 3, last="2026-01-01")])
    )
    assert (found.totals.own_lens_published, found.totals.own_lens_why) == (False, "too_few_gaps")


def test_a_service_dropped_by_those_who_come_on_is_lost_by_its_own_clock():
    """Nails every 21 days until today, colour every 58 days until half a year or more ago: 182 late days at most."""
    two = [
        visit
        for n in range(5)
        for visit in (
            *every(f"c{n}", 21, 40, last=f"2026-01-{n + 1:02}", service="Uñas"),
            *every(f"c{n}", 58, 12, last=f"2025-0{n + 1}-{n + 5:02}", service="Color"),
        )
    ]
    own = analyse(book_of(two)).losses.query("lens == 'own'")
    assert set(own["service"]) == {"Color"}
    assert own.groupby("client_id")["lost_visits"].sum().tolist() == pytest.approx([182 / 58] * 5)


def test_year_windows_are_the_last_twelve_months_and_those_before():
    seen = visits(book_of([("Ana", "2026-10-31", 30.0)]))
    this_year, before = year_windows(seen)
    assert (this_year.start, this_year.end) == tuple(
        days_since_epoch(dt.date(year, 10, 31)) for year in (2025, 2026)
    )
    assert before.end == this_year.start


class _Fitted:
    """As much of ClientRhythms and Streams as deciding on a clock takes."""

    def __init__(self, shop_k: float, gaps: list[int]) -> None:
        self.pace = CleanRhythm(np.array([30.0]), np.array([5.0]), np.array([0.0]), shop_k)
        self.known = dataclasses.make_dataclass("Known", ["gaps"])(np.array(gaps))


def test_a_clock_is_judged_by_its_own_regularity():
    clients, services = _Fitted(1.8, [5]), _Fitted(4.0, [5])
    assert by_stream(clients, services)  # type: ignore[arg-type]
    assert own_lens_published(clients, services) == (True, "")  # type: ignore[arg-type]
    assert own_lens_published(clients, None) == (False, "irregular")  # type: ignore[arg-type]
