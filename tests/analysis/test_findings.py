import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import findings
from analysis.returns import Tells

MONTHS = pd.date_range("2025-11-01", periods=12, freq="MS")


def year(*totals: float) -> pd.DataFrame:
    return pd.DataFrame({"month": MONTHS, "late": totals, "gone": 0.0})


def test_one_service_with_six_of_ten_euros_dominates() -> None:
    found = findings.leader(["cut", "colour", "nails"], [250.0, 600.0, 150.0])
    assert (found.code, found.name, found.value, found.share) == ("dominates", "colour", 600.0, 0.6)


def test_three_services_within_a_third_of_one_another_are_much_the_same() -> None:
    assert findings.leader(["a", "b", "c"], [100.0, 90.0, 80.0]).code == "similar"


def test_a_first_among_many_leads_without_dominating() -> None:
    assert findings.leader(["a", "b", "c", "d"], [100.0, 90.0, 80.0, 10.0]).code == "leads"


def test_a_single_part_is_not_called_a_leader() -> None:
    assert findings.leader(["only", "nothing"], [10.0, 0.0]).code == "single"


def test_nothing_lost_has_no_leader() -> None:
    assert findings.leader(["a"], [0.0]) == findings.Leader("none")


def test_two_of_five_clients_make_half_of_a_loss_of_100() -> None:
    found = findings.concentration(pd.Series([10.0, 30.0, 25.0, 20.0, 15.0]))
    assert (found.few, found.parts, found.total) == (2, 5, 100.0)
    assert found.share == pytest.approx(0.55)


def test_exactly_half_is_half() -> None:
    assert findings.concentration(pd.Series([50.0, 30.0, 20.0])).few == 1


def test_no_loss_is_concentrated_in_nobody() -> None:
    assert findings.concentration(pd.Series([0.0, 0.0])) == findings.Concentration(0, 0, 0.0, 0.0)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60))
def test_the_few_reach_half_and_one_less_does_not(values: list[float]) -> None:
    found = findings.concentration(pd.Series(values))
    ordered = sorted(values, reverse=True)
    assert sum(ordered[: found.few]) >= found.total / 2 - 1e-6 * found.total
    assert sum(ordered[: found.few - 1]) < found.total / 2 + 1e-6 * found.total


def test_a_month_of_twice_the_median_is_the_worst_month() -> None:
    found = findings.monthly_loss(year(*[100.0] * 9, 210.0, 100.0, 100.0))
    assert (found.code, found.month, found.value) == ("worst", pd.Timestamp("2026-08-01"), 210.0)


def test_a_last_quarter_a_fifth_higher_is_rising() -> None:
    found = findings.monthly_loss(year(*[100.0] * 9, 120.0, 120.0, 120.0))
    assert found.code == "rising"
    assert found.change == pytest.approx(0.2)


def test_a_last_quarter_a_fifth_lower_is_falling() -> None:
    assert findings.monthly_loss(year(*[100.0] * 9, 80.0, 80.0, 80.0)).code == "falling"


def test_an_even_year_is_steady() -> None:
    assert findings.monthly_loss(year(*[100.0] * 12)).code == "steady"


def test_a_year_without_losses_has_no_worst_month() -> None:
    assert findings.monthly_loss(year(*[0.0] * 12)).code == "none"


def test_parts_of_months_at_both_ends_are_no_fall() -> None:
    months = pd.date_range("2025-10-01", periods=13, freq="MS")
    frame = pd.DataFrame({"month": months, "late": [10.0] + [100.0] * 11 + [10.0], "gone": 0.0})
    assert findings.monthly_loss(frame).code == "steady"


def test_the_usual_interval_is_the_middle_one_of_those_who_came_twice() -> None:
    clients = pd.DataFrame({"visits": [1, 2, 5, 9], "interval_days": [99.0, 20.0, 30.0, 60.0]})
    assert findings.typical_interval(clients) == 30.0


def services(**rows: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"service": name, "usual_days": usual, "standard_days": standard}
            for name, (usual, standard) in rows.items()
        ],
        columns=["service", "usual_days", "standard_days"],
    )


def test_colour_at_69_days_runs_nine_over_its_standard_of_60() -> None:
    found = findings.stretched(services(nails=(21.5, 21), cut=(31, 30), colour=(69, 60)))
    assert (found.code, found.service, found.days, found.standard) == ("over", "colour", 9.0, 60.0)
    assert found.punctual == "nails"


def test_one_day_over_three_weeks_is_rounding() -> None:
    assert findings.stretched(services(nails=(22, 21))).code == "on"


def test_without_a_repeating_service_nothing_can_stretch() -> None:
    assert findings.stretched(services()).code == "none"


def test_two_services_over_are_several() -> None:
    found = findings.stretched(services(cut=(40, 30), colour=(69, 60), nails=(21, 21)))
    assert (found.code, found.count, found.service) == ("several", 2, "cut")


def gap_counts(**services: list[int]) -> pd.DataFrame:
    rows = [(name, days, 10) for name, lengths in services.items() for days in lengths]
    return pd.DataFrame(rows, columns=["service", "days", "gaps"])


def test_the_firmest_rhythm_has_the_least_spread_for_its_length() -> None:
    counts = gap_counts(nails=[20, 21, 22, 23], colour=[50, 60, 70, 80], product=[5, 60, 200, 400])
    found = findings.steadiness(counts, ["nails", "colour", "product"])
    assert found == findings.Steadiness("nails", "product")


def test_one_rhythm_is_neither_firm_nor_loose() -> None:
    assert findings.steadiness(gap_counts(nails=[20, 21]), ["nails"]) == findings.Steadiness()


def test_services_with_few_gaps_are_not_compared() -> None:
    counts = gap_counts(nails=[20, 21], dye=[3])
    assert findings.steadiness(counts, ["nails", "dye"]) == findings.Steadiness()


def spending(bands: list[str]) -> pd.DataFrame:
    """Clients from the highest value down."""
    return pd.DataFrame({"band": bands, "value": np.arange(len(bands), 0, -1)})


def test_the_top_fifth_of_fifteen_are_the_three_who_spend_most() -> None:
    found = findings.spenders(spending(["loved", "ignored", "loved"] + ["ignored"] * 12))
    assert found == findings.Spenders("most_loved", 3, 2, 0)


def test_more_quarrels_than_fondness_among_those_who_spend_most_is_said() -> None:
    found = findings.spenders(spending(["hated", "ignored", "ignored", "ignored"] + ["loved"] * 16))
    assert found == findings.Spenders("some_hated", 4, 0, 1)


def test_four_clients_are_too_few_for_a_top_fifth() -> None:
    assert findings.spenders(spending(["loved"] * 4)).code == "too_few"


def test_moves_count_every_step_up_and_down() -> None:
    flow = pd.DataFrame(
        [("ignored", "loved", 3), ("hated", "loved", 1), ("loved", "hated", 2), ("loved", "loved", 9)],
        columns=["before", "after", "clients"],
    )
    assert findings.moves(flow) == findings.Moves("up", 4, 2, 9)


def test_nobody_moving_is_still() -> None:
    flow = pd.DataFrame([("loved", "loved", 9)], columns=["before", "after", "clients"])
    assert findings.moves(flow).code == "still"


def classes(low: tuple[float, float, float], high: tuple[float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame([low, high], columns=["share_low", "returned_share", "share_high"])
    return frame.assign(low=[0.0, 7.0], high=[4.5, 10.0])


TELLS, MISLEADS = Tells(0.8, 0.7, 0.9), Tells(0.2, 0.1, 0.3)


def test_affection_pays_where_it_tells_and_the_intervals_of_the_ends_part() -> None:
    found = findings.returns(classes((0.02, 0.04, 0.09), (0.9, 0.96, 0.98)), TELLS)
    assert found == findings.OuterClasses("rises", 4.5, 0.04, 7.0, 0.96)
    assert findings.returns(classes((0.9, 0.96, 0.98), (0.02, 0.04, 0.09)), MISLEADS).code == "falls"


def test_overlapping_intervals_claim_nothing() -> None:
    assert findings.returns(classes((0.2, 0.5, 0.8), (0.3, 0.6, 0.9)), TELLS).code == "flat"


def test_ends_that_part_by_chance_claim_nothing() -> None:
    """The two outer classes of many may differ where the score as a whole tells nothing."""
    ends = classes((0.02, 0.04, 0.09), (0.9, 0.96, 0.98))
    assert findings.returns(ends, Tells(0.52, 0.45, 0.59)).code == "flat"
    assert findings.returns(ends, Tells()).code == "flat"


def test_spending_is_judged_alike() -> None:
    money = classes((5.0, 6.0, 7.0), (90.0, 100.0, 120.0)).rename(
        columns={"share_low": "spend_low", "returned_share": "spend", "share_high": "spend_high"}
    )
    assert findings.spending(money, TELLS) == findings.OuterClasses("rises", 4.5, 6.0, 7.0, 100.0)


def test_calibration_weighs_each_bin_by_its_clients() -> None:
    bins = pd.DataFrame({"predicted": [0.1, 0.5], "observed": [0.2, 0.5], "clients": [10, 30]})
    assert findings.calibration_gap(bins) == pytest.approx(0.025)
    assert findings.says_what_happens(bins)
    assert not findings.says_what_happens(bins.assign(observed=[0.5, 0.7]))


def test_no_bins_are_no_calibration() -> None:
    empty = pd.DataFrame({"predicted": [], "observed": [], "clients": []})
    assert np.isnan(findings.calibration_gap(empty))
    assert not findings.says_what_happens(empty)
