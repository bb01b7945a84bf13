"""The client table: each column against the facts it stands for."""

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from tests.analysis.books import book_of, every


def table_of(*visits: list, settings: Settings | None = None, **book: list) -> pd.DataFrame:
    found = analyse(book_of([visit for each in visits for visit in each], **book), settings)
    return found.clients.set_index("client_id")


def test_the_table_has_exactly_the_columns_of_the_contract(portfolio: Portfolio):
    assert tuple(portfolio.clients.columns) == schema.CLIENTS + schema.CLIENT_EXTRAS
    assert portfolio.clients.index.equals(pd.RangeIndex(len(portfolio.clients)))


def test_codes_are_those_the_words_know(portfolio: Portfolio):
    clients = portfolio.clients
    assert set(clients["state"]) <= set(schema.STATES)
    assert set(clients["band"]) <= set(schema.BANDS)
    assert set(clients["regularity"]) <= {"clockwork", "rough", "erratic"}
    assert set(clients["interval_source"]) <= {"own", "service", "business"}


def test_those_with_most_at_stake_come_first(portfolio: Portfolio):
    assert portfolio.clients["value_at_stake"].is_monotonic_decreasing


def test_dates_and_counts_are_those_of_the_visits(portfolio: Portfolio):
    visits = portfolio.visits.groupby("client_id")["date"].agg(["size", "min", "max"])
    clients = portfolio.clients.set_index("client_id")
    visits = visits.loc[clients.index]
    assert (clients["visits"] == visits["size"]).all()
    assert (clients["first_visit"] == visits["min"]).all()
    assert (clients["last_visit"] == visits["max"]).all()
    assert (clients["recency_days"] == (pd.Timestamp(portfolio.as_of) - visits["max"]).dt.days).all()


def test_the_next_visit_is_to_come_and_inside_its_window(portfolio: Portfolio):
    clients = portfolio.clients
    assert (clients["next_visit_low"] <= clients["next_visit"]).all()
    assert (clients["next_visit"] <= clients["next_visit_high"]).all()
    assert (clients["next_visit_low"] > pd.Timestamp(portfolio.as_of)).all()


def test_days_late_are_counted_from_the_upper_edge_of_the_interval(portfolio: Portfolio):
    late = portfolio.clients[portfolio.clients["state"].isin(["late", "lapsed"])]
    expected = (late["recency_days"] - late["interval_high"]).clip(lower=0)
    assert len(late) >= 5
    assert (late["days_late"] - expected).abs().max() <= 0.6
    others = portfolio.clients[~portfolio.clients["state"].isin(["late", "lapsed"])]
    assert (others["days_late"] == 0).all()


def test_probabilities_and_expectations_agree(portfolio: Portfolio):
    clients = portfolio.clients
    for name in ("p_no_visit", "p_alive"):
        assert clients[name].between(0, 1).all()
    assert (clients["expected_visits"] >= 1 - clients["p_no_visit"] - 1e-3).all()
    assert (clients["interval_low"] < clients["interval_days"]).all()
    assert (clients["interval_days"] < clients["interval_high"]).all()


def test_what_is_at_stake_is_the_years_value_times_both_chances(portfolio: Portfolio):
    clients = portfolio.clients[portfolio.clients["booked_for"].isna()]
    product = clients["annual_value"] * clients["p_no_visit"] * clients["p_alive"]
    assert clients["value_at_stake"].to_numpy() == pytest.approx(product.to_numpy(), rel=0.01, abs=0.1)


def test_nothing_is_at_stake_of_who_has_booked(portfolio: Portfolio):
    booked = portfolio.clients.set_index("client_id").loc["c003"]
    assert (booked["state"], booked["value_at_stake"], booked["flagged"]) == ("booked", 0.0, False)
    assert booked["booked_for"] == pd.Timestamp("2026-11-20")


def test_a_years_value_is_the_own_rhythm_times_the_own_ticket():
    """Twelve and more gaps of 30 days at 45 each, in a shop whose mean ticket is 45."""
    ana = table_of(every("Ana", 30, 20, last="2026-01-01", amount=45.0)).loc["Ana"]
    assert ana["ticket"] == 45.0
    assert ana["annual_value"] == pytest.approx(365.25 / 30 * 45, abs=0.01)


def test_the_ticket_is_the_last_six_and_one_of_the_service():
    """(6 x 50 + 40) / 7, where the service's mean is (14 x 30 + 6 x 50 + 20 x 44) / 40."""
    before, latest = (
        every("Ana", 30, times, last=last, amount=amount, service="Corte")
        for times, last, amount in ((14, "2025-07-05", 30.0), (6, "2026-01-01", 50.0))
    )
    bea = every("Bea", 30, 20, last="2026-01-01", amount=44.0, service="Corte")
    found = table_of(before, latest, bea)
    mean = (14 * 30 + 6 * 50 + 20 * 44) / 40
    assert found.loc["Ana", "ticket"] == pytest.approx((6 * 50 + mean) / 7, abs=0.01)
    assert found.loc["Bea", "ticket"] == pytest.approx((6 * 44 + mean) / 7, abs=0.01)


def test_with_fewer_than_three_visits_a_year_is_worth_what_it_brought():
    found = table_of(every("Ana", 30, 20, last="2026-01-01"), every("Bea", 30, 2, last="2026-01-01"))
    assert found.loc["Bea", "annual_value"] == pytest.approx(2 * 30)


def test_a_typed_average_ticket_stands_in_for_amounts():
    visits = every("Ana", 30, 20, last="2026-01-01", amount=None)
    assert np.isnan(table_of(visits).loc["Ana", "annual_value"])
    assert table_of(visits, settings=Settings(average_ticket=20.0)).loc[
        "Ana", "annual_value"
    ] == pytest.approx(365.25 / 30 * 20, abs=0.01)


def test_who_is_known_by_the_clients_table_is_named_by_it():
    people = [
        {
            "client_id": "Ana",
            "client_name": "Ana Peña",
            "phone": "+34 600",
            "email": "ana@x.es",
            "consent": False,
        }
    ]
    found = table_of(
        every("Ana", 30, 5, last="2026-01-01"), every("Bea", 30, 5, last="2026-01-01"), clients=people
    )
    assert found.loc["Ana", ["client_name", "phone", "email"]].tolist() == ["Ana Peña", "+34 600", "ana@x.es"]
    assert not found.loc["Ana", "consent"]
    assert found.loc["Bea", "client_name"] == "Bea"
    assert pd.isna(found.loc["Bea", "phone"])


def test_who_left_by_their_record_is_hardly_alive():
    people = [{"client_id": "Ana", "left": "2026-01-02"}]
    found = table_of(
        every("Ana", 30, 12, last="2026-01-01"), every("Bea", 30, 12, last="2026-01-05"), clients=people
    )
    assert found.loc["Ana", ["state", "p_alive", "flagged"]].tolist() == ["lapsed", 0.05, False]
    assert found.loc["Bea", "state"] == "on_time"


def test_few_visits_borrow_and_say_so():
    cuts = [every(f"r{n}", 30, 12, last=f"2026-01-{n % 28 + 1:02}", service="Corte") for n in range(32)]
    found = table_of(
        *cuts, every("Ana", 30, 3, last="2026-01-05", service="Corte"), [("Bea", "2026-01-05", 30.0)]
    )
    assert found.loc[["r0", "Ana", "Bea"], "interval_source"].tolist() == ["own", "service", "business"]
    assert found.loc["Ana", "interval_days"] == pytest.approx(30, abs=2)
