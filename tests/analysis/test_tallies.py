import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import tallies

MONTHS = tallies.year_months(dt.date(2026, 10, 31))


def losses() -> pd.DataFrame:
    """Ana lost 100 late in May and 40 gone in June by her own rhythm, 70 in May by the service's; Bea 30 in May."""
    may, june = pd.Timestamp("2026-05-01"), pd.Timestamp("2026-06-01")
    rows = [
        ("ana", "cut", "rosa", may, "own", "late", 10.0, 1.0, 100.0),
        ("ana", "cut", "rosa", june, "own", "gone", 9.0, 0.5, 40.0),
        ("bea", "colour", "ines", may, "own", "late", 5.0, 0.5, 30.0),
        ("ana", "cut", "rosa", may, "service", "late", 7.0, 0.7, 70.0),
    ]
    columns = [
        "client_id",
        "service",
        "staff",
        "month",
        "lens",
        "kind",
        "late_days",
        "lost_visits",
        "lost_revenue",
    ]
    return pd.DataFrame(rows, columns=columns)


def own() -> pd.DataFrame:
    return losses().query("lens == 'own'")


def test_twelve_months_end_with_the_month_of_the_last_date() -> None:
    assert (len(MONTHS), MONTHS[0], MONTHS[-1]) == (
        12,
        pd.Timestamp("2025-11-01"),
        pd.Timestamp("2026-10-01"),
    )


def test_a_year_up_to_mid_month_touches_thirteen_months() -> None:
    months = tallies.year_months(dt.date(2026, 10, 12))
    assert (len(months), months[0], months[-1]) == (
        13,
        pd.Timestamp("2025-10-01"),
        pd.Timestamp("2026-10-01"),
    )


@pytest.mark.parametrize(
    ("first", "months"),
    [("2026-10-30", 1), ("2026-06-20", 4), ("2025-11-01", 12), ("2019-01-01", 12)],
)
def test_a_short_history_covers_fewer_months(first: str, months: int) -> None:
    assert tallies.covered_months(dt.date.fromisoformat(first), dt.date(2026, 10, 31)) == months


def test_the_lenses_stand_side_by_side_and_are_never_added() -> None:
    table = tallies.loss_by_month(losses(), MONTHS, "own", "lost_revenue").set_index("month")
    assert table.loc["2026-05-01"].tolist() == [130.0, 0.0, 70.0]
    assert table.loc["2026-06-01"].tolist() == [0.0, 40.0, 0.0]
    assert table.to_numpy().sum() == 240.0


def test_a_lens_without_losses_is_a_year_of_zeros() -> None:
    table = tallies.loss_by_month(losses().head(0), MONTHS, "service", "lost_visits")
    assert (len(table), table[["late", "gone", "other"]].to_numpy().sum()) == (12, 0.0)


@pytest.mark.parametrize("column", ["client_id", "service", "staff"])
def test_clients_services_and_sellers_add_up_to_the_same_loss(column: str) -> None:
    table = tallies.loss_by(own(), column, "lost_revenue")
    assert table["total"].sum() == 170.0
    assert table["total"].is_monotonic_decreasing
    assert table["late"].sum() == 130.0


def test_bands_add_up_to_the_same_loss() -> None:
    clients = pd.DataFrame({"client_id": ["ana", "bea"], "band": ["loved", "hated"]})
    table = tallies.loss_by_band(own(), clients, "lost_revenue").set_index("band")
    assert table["total"].to_dict() == {"loved": 140.0, "hated": 30.0}


def test_services_by_month_keep_the_greatest_first() -> None:
    table = tallies.loss_by_service_and_month(own(), MONTHS, "lost_revenue", most=1)
    assert table.columns.tolist() == ["cut"]
    assert table["cut"].sum() == 140.0


def counts(*pairs: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["days", "gaps"])


def test_every_class_of_a_histogram_holds_as_many_days() -> None:
    bins = tallies.gap_bins(counts(*[(days, 1) for days in range(1, 101)]))
    assert set(bins["gaps"].iloc[:-1]) == {5}
    assert set(bins["high"] - bins["low"]) == {5}
    assert bins["density"].iloc[0] == pytest.approx(0.01)


def test_a_gap_on_an_edge_belongs_to_the_class_it_closes() -> None:
    bins = tallies.gap_bins(counts((5, 97), (22, 3)), most=5)
    holder = bins[bins["gaps"] == 97].iloc[0]
    assert holder["low"] < 5 <= holder["high"]


def test_the_rarest_gaps_count_in_the_shares_but_are_not_drawn() -> None:
    bins = tallies.gap_bins(counts((30, 99), (900, 1)))
    assert bins["high"].max() < 900
    assert (bins["density"] * (bins["high"] - bins["low"])).sum() == pytest.approx(0.99)


def test_no_gaps_make_no_histogram() -> None:
    assert tallies.gap_bins(counts()).empty


@pytest.mark.parametrize(("share", "days"), [(0.25, 10), (0.5, 20), (0.51, 30), (1.0, 30)])
def test_a_quantile_of_counted_gaps(share: float, days: float) -> None:
    assert tallies.gap_quantile(counts((30, 2), (10, 1), (20, 1)), share) == days


def test_a_service_s_usual_gap_is_the_middle_of_its_fitted_density() -> None:
    fits = pd.DataFrame(
        [("", 1, 1.0), ("cut", 20, 0.2), ("cut", 30, 0.4), ("cut", 40, 0.3), ("nails", 21, 0.9)],
        columns=["service", "days", "density"],
    )
    services = pd.DataFrame({"service": ["cut", "nails", "tattoo"], "repeats": [True, True, False]})
    found = tallies.service_rhythms(services, fits).set_index("service")["usual_days"]
    assert found.to_dict() == {"cut": 30.0, "nails": 21.0}


def test_time_lines_begin_three_visits_before_the_longest_wait() -> None:
    visits = pd.DataFrame({"date": pd.to_datetime(["2020-01-01"])})
    lines = pd.DataFrame({"recency_days": [100, 200], "interval_days": [30.0, 100.0]})
    assert tallies.shown_since(lines, visits, dt.date(2026, 10, 31)) == dt.date(2025, 4, 29)


def test_time_lines_do_not_begin_before_the_export() -> None:
    visits = pd.DataFrame({"date": pd.to_datetime(["2026-09-08"])})
    lines = pd.DataFrame({"recency_days": [30], "interval_days": [10.0]})
    assert tallies.shown_since(lines, visits, dt.date(2026, 10, 31)) == dt.date(2026, 9, 1)


def clients(n: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_id": [f"c{i}" for i in range(n)],
            "band": ["loved", "loved", "ignored", "hated"],
            "affection": [8.0, 7.5, 5.0, 2.0],
            "annual_value": [300.0, 100.0, 0.0, 50.0],
            "interval_days": [30.4375, 60.875, 91.3125, 365.25],
        }
    )


def test_a_client_worth_nothing_a_year_has_no_place_on_a_log_scale() -> None:
    assert tallies.yearly_value(clients(), money=True)["client_id"].tolist() == ["c0", "c1", "c3"]


def test_without_amounts_the_value_is_visits_a_year() -> None:
    assert tallies.yearly_value(clients(), money=False)["value"].tolist() == [12.0, 6.0, 4.0, 1.0]


def test_a_band_is_worth_the_sum_of_its_clients() -> None:
    returns = pd.DataFrame({"band": ["loved", "ignored", "hated"], "returned_share": [0.9, np.nan, 0.4]})
    table = tallies.band_summary(clients(), returns).set_index("band")
    assert table.loc["loved", ["clients", "annual_value", "each", "returned_share"]].tolist() == [
        2,
        400,
        200,
        0.9,
    ]
    assert table["clients"].sum() == 4


def movement() -> pd.DataFrame:
    may, june = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")
    rows = [
        ("a", may, 5.0, "ignored"),
        ("a", june, 7.5, "loved"),
        ("b", may, 7.2, "loved"),
        ("b", june, 7.1, "loved"),
        ("new", june, 5.0, "ignored"),
    ]
    return pd.DataFrame(rows, columns=["client_id", "month_end", "affection", "band"])


def test_movement_counts_those_known_at_both_dates() -> None:
    dates = tallies.movement_dates(movement(), 1)
    assert dates is not None
    flow = tallies.band_moves(movement(), *dates).set_index(["before", "after"])["clients"]
    assert (len(flow), flow.sum()) == (9, 2)
    assert flow["ignored", "loved"] == 1
    assert flow["loved", "loved"] == 1


def test_a_history_shorter_than_asked_for_has_no_movement() -> None:
    assert tallies.movement_dates(movement(), 3) is None


def test_those_out_of_rhythm_are_late_by_a_rhythm_of_their_own() -> None:
    frame = pd.DataFrame(
        {
            "client_id": ["a", "b", "c", "d"],
            "state": ["late", "late", "lapsed", "late"],
            "interval_source": ["own", "own", "own", "service"],
            "visits": 9,
            "recency_days": [60, 80, 400, 90],
            "due_after_days": 25.0,
            "late_after_days": 40.0,
            "last_visit": pd.Timestamp("2026-09-01"),
        }
    )
    found = tallies.out_of_rhythm(frame)
    assert found["client_id"].tolist() == ["b", "a"]
    assert found["due_low"].iloc[0] == pd.Timestamp("2026-09-26")
    assert found["due_high"].iloc[0] == pd.Timestamp("2026-10-11")


def test_states_stand_in_their_own_order_and_add_up_to_one() -> None:
    shares = tallies.state_shares(pd.DataFrame({"state": ["late", "on_time", "late", "new"]}))
    assert shares.index.tolist() == ["on_time", "new", "late"]
    assert shares.sum() == 1.0


def test_a_correction_is_what_is_said_today_less_what_was_said_when_the_month_closed():
    months = pd.to_datetime(["2026-08-01", "2026-09-01"])
    published = pd.DataFrame({"month": months, "lost_visits": [30.0, 12.0], "lost_revenue": [1140.0, 400.0]})
    losses = pd.DataFrame(
        {
            "month": months[[0, 0, 0]],
            "lens": ["own", "own", "service"],
            "lost_revenue": [1000.0, 210.0, 5000.0],
        }
    )
    found = tallies.month_corrections(published, losses, "lost_revenue")
    assert found["now"].tolist() == [1210.0, 0.0]
    assert found["change"].tolist() == [70.0, -400.0]


def test_what_can_be_reached_of_a_loss_is_weighed_by_who_is_still_a_client():
    losses = pd.DataFrame(
        {"client_id": ["a", "a", "b"], "kind": ["late", "late", "gone"], "lost_revenue": [100.0, 50.0, 200.0]}
    )
    clients = pd.DataFrame({"client_id": ["a", "b"], "p_alive": [0.8, 0.1]})
    assert tallies.reachable_loss(losses, clients, "lost_revenue") == pytest.approx(
        {"late": 120.0, "gone": 20.0}
    )
