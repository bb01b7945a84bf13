"""Return rates of sellers made alike: equal sellers of different clients come out equal, a worse one is found."""

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.team.judged_visits import judged_visits
from analysis.practices.team.seller_returns import SELLER_RETURNS, _effects, compare, seller_returns

AS_OF = pd.Timestamp("2026-10-31")
DAYS = 1100
#: Usual gap, regularity, and the chance of never coming again after a visit.
KINDS = {"regular": (28.0, 6.0, 0.01), "erratic": (55.0, 1.3, 0.03), "new": (45.0, 2.0, 0.35)}
#: Four sellers who do the same for very different clients.
MIXES = {
    "Ana": {"regular": 0.8, "erratic": 0.1, "new": 0.1},
    "Bea": {"regular": 0.2, "erratic": 0.6, "new": 0.2},
    "Cid": {"regular": 0.3, "erratic": 0.2, "new": 0.5},
    "Dan": {"regular": 0.5, "erratic": 0.3, "new": 0.2},
}


def simulated(seed: int, *, loses: str = "", more: float = 0.0, slots: int = 60) -> pd.DataFrame:
    """Three years of visits; whoever leaves makes room for another. `loses` loses `more` clients after each visit."""
    random = np.random.default_rng(seed)
    rows, client = [], 0
    for staff, mix in MIXES.items():
        for _ in range(slots):
            day = random.uniform(0, 60)
            while day < DAYS:
                usual, regularity, leaves = KINDS[random.choice(list(mix), p=list(mix.values()))]
                usual *= np.exp(random.normal(0, 0.25))
                client += 1
                while day < DAYS:
                    rows.append((f"c{client:05}", int(day), "Corte", staff))
                    if random.random() < leaves + (more if staff == loses else 0.0):
                        break
                    day += max(1.0, random.gamma(regularity, usual / regularity))
                day += random.uniform(5, 60)
    frame = pd.DataFrame(rows, columns=["client_id", "day", "service", "staff"])
    date = (AS_OF - pd.to_timedelta(DAYS - frame.pop("day"), unit="D")).astype("datetime64[s]")
    return frame.assign(date=date)


def told(visits: pd.DataFrame) -> pd.DataFrame:
    return compare(visits, AS_OF, tuple(MIXES)).table.set_index("staff")


def test_equal_sellers_of_different_clients_come_out_equal() -> None:
    # As it is Ana is twelve points ahead of Bea; made alike they are within three, and hardly anybody stands apart.
    tables = [told(simulated(seed)) for seed in range(8)]
    raw = pd.concat([table["raw"] for table in tables], axis=1).mean(axis=1)
    adjusted = pd.concat([table["adjusted"] for table in tables], axis=1).mean(axis=1)
    assert raw["Ana"] - raw["Bea"] > 0.1
    assert adjusted.max() - adjusted.min() < 0.03
    apart = sum((table["verdict"] != "like_the_rest").sum() for table in tables)
    assert apart <= 4  # of 32


def test_a_seller_who_loses_clients_is_found() -> None:
    tables = [told(simulated(seed, loses="Bea", more=0.15)) for seed in range(6)]
    assert sum(table.loc["Bea", "verdict"] == "worse" for table in tables) >= 5
    assert not any(table.loc[["Ana", "Cid", "Dan"], "verdict"].eq("worse").any() for table in tables)


def test_a_few_cases_say_nothing() -> None:
    visits = simulated(3)
    few = visits.assign(staff=visits["staff"].where(visits["client_id"] > "c00005", "Eva"))
    table = compare(few, AS_OF, (*MIXES, "Eva")).table.set_index("staff")
    assert table.loc["Eva", "verdict"] == "few"
    assert table.loc["Eva", ["adjusted", "low", "high"]].isna().all()


def test_who_alone_does_a_service_is_compared_with_nobody() -> None:
    visits = simulated(4)
    nails = visits.assign(service=visits["service"].where(visits["staff"] != "Dan", "Uñas"))
    table = told(nails)
    assert table.loc["Dan", "verdict"] == "alone"
    assert table.loc[["Ana", "Bea", "Cid"], "adjusted"].notna().all()


def test_intervals_hold_the_adjusted_share_and_are_shares() -> None:
    table = told(simulated(5))
    assert (table["low"] <= table["adjusted"]).all()
    assert (table["adjusted"] <= table["high"]).all()
    assert all(table[name].between(0, 1).all() for name in ("low", "high", "raw"))


def test_a_seller_s_term_is_as_sure_as_the_clients_it_rests_on_not_as_their_visits() -> None:
    """Of ten clients of four visits each five always came again and five never; half was to be expected.

    The term is nought. Each client is two visits off: the squares add up to 40, a ninth more for so few. Each visit
    tells a quarter, the two that are added a half together.
    """
    seller, who = np.zeros(40, dtype=np.int64), np.repeat(np.arange(10), 4)
    followed = np.repeat([1.0, 0.0], 20)
    term, variance = _effects(np.zeros(40), followed, seller, who, 1)
    assert term == pytest.approx([0.0], abs=1e-9)
    assert variance == pytest.approx([40 * 10 / 9 / 10.5**2])
    # The same visits of forty clients: 40 x 1/4 x 40/39 is less than what the visits tell, which is the least.
    _, of_forty = _effects(np.zeros(40), followed, seller, np.arange(40), 1)
    assert of_forty == pytest.approx([10.5 / 10.5**2])


def client(dates: list[str], staff: str = "Ana") -> pd.DataFrame:
    when = pd.to_datetime(dates).astype("datetime64[s]")
    return pd.DataFrame({"client_id": "c", "date": when, "service": "", "staff": staff})


def test_a_visit_is_followed_when_the_next_comes_within_half_as_long_again() -> None:
    # Gaps of 30, 30, 30 and 80 days. The typical log gap is that of 30, so usual is 30 and the limit 45 days.
    visits = client(["2026-01-01", "2026-01-31", "2026-03-02", "2026-04-01", "2026-06-20"])
    cases = judged_visits(visits, AS_OF)
    assert cases["usual"].round(6).tolist()[:4] == [30.0] * 4
    assert cases["followed"].tolist() == [True, True, True, False, False]
    assert cases["before"].tolist() == [0, 1, 2, 3, 4]


def test_a_visit_whose_time_is_not_over_is_left_out() -> None:
    # Every 30 days up to 1 October: 45 days later is past 31 October.
    visits = client([f"{date:%Y-%m-%d}" for date in pd.date_range(end="2026-10-01", periods=8, freq="30D")])
    assert judged_visits(visits, AS_OF)["date"].max() == pd.Timestamp("2026-09-01")


def test_a_seller_s_last_visits_before_leaving_are_left_out() -> None:
    visits = client([f"{date:%Y-%m-%d}" for date in pd.date_range(end="2026-06-27", periods=8, freq="30D")])
    ends = pd.Series({"Ana": pd.Timestamp("2026-06-27")})
    assert judged_visits(visits, AS_OF)["date"].max() == pd.Timestamp("2026-06-27")
    # 28 May and 45 days is past 27 June; 28 April is not.
    assert judged_visits(visits, AS_OF, ends)["date"].max() == pd.Timestamp("2026-04-28")


def test_what_is_known_of_a_visit_is_from_before_it() -> None:
    visits = client(["2026-01-01", "2026-01-31", "2026-03-02", "2026-04-01", "2026-05-01", "2026-05-31"])
    later = pd.concat([visits, client(["2026-08-20"])], ignore_index=True)
    columns = ["usual", "spread", "before", "tenure", "waited"]
    pd.testing.assert_frame_equal(
        judged_visits(visits, AS_OF)[columns].head(5), judged_visits(later, AS_OF)[columns].head(5)
    )


def test_nobody_of_the_samples_stands_apart_for_none_was_planted(
    salon_sample: Portfolio, workshop_sample: Portfolio
) -> None:
    for portfolio in (salon_sample, workshop_sample):
        table = seller_returns(portfolio).table
        assert table.columns.tolist() == list(SELLER_RETURNS)
        assert set(table["verdict"]) <= {"like_the_rest", "alone"}
        assert not set(table["staff"]) & {"Noelia Bravo", "Gareth Lloyd"}
    # Paula alone does nails.
    assert seller_returns(salon_sample).table.set_index("staff").loc["Paula Vives", "verdict"] == "alone"


@pytest.mark.parametrize("visits", [0, 1, 5])
def test_a_shop_of_hardly_any_visits_compares_nobody(visits: int) -> None:
    dates = [f"2026-0{month}-01" for month in range(1, visits + 1)]
    assert not compare(client(dates), AS_OF, ("Ana",)).table["adjusted"].notna().any()


def test_where_nobody_left_every_visit_s_time_runs_to_the_end() -> None:
    visits = client([f"{date:%Y-%m-%d}" for date in pd.date_range(end="2026-06-27", periods=8, freq="30D")])
    nobody = pd.Series([], index=pd.Index([], dtype=object), dtype="datetime64[s]")
    pd.testing.assert_frame_equal(judged_visits(visits, AS_OF, nobody), judged_visits(visits, AS_OF))
