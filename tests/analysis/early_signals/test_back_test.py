import datetime as dt

import numpy as np
import pytest

from analysis import schema
from analysis.early_signals import Judged, judge
from analysis.early_signals.back_test import Choice
from analysis.early_signals.past import Origin
from tests.analysis.early_signals.pasts import HORIZON, origin, past_of

DAYS = (1_000, 1_046, 1_091, 1_137, 1_182, 1_228)
IDS = np.array([f"c{number:03}" for number in range(200)], dtype=object)


def past(seed: int = 1, *, clients: int = 200, only_recency: bool = False) -> list[Origin]:
    """Six origins: leaving follows the rhythm's own probability, or nothing but the silence."""
    random = np.random.default_rng(seed)
    out = []
    for day in DAYS:
        silence = random.uniform(1, HORIZON, clients)
        p = random.uniform(0.02, 0.7, clients)
        truth = silence / 120 if only_recency else p
        out.append(origin(day, p, random.random(clients) < truth, silence=silence, late=p > 0.4))
    return out


def judged_of(looks: list[Origin], why: str = "") -> tuple[Choice, Judged]:
    return judge(past_of(*looks, why=why), IDS)


def test_where_the_rhythm_is_right_it_wins_and_says_what_happens():
    winner, judged = judged_of(past())
    assert winner.method in ("rhythm", "puntual")
    assert judged.usable
    off = (judged.calibration["predicted"] - judged.calibration["observed"]).abs()
    assert np.average(off, weights=judged.calibration["clients"]) < 0.07


def test_where_recency_is_all_there_is_the_simple_rule_is_used():
    winner, judged = judged_of(past(only_recency=True))
    assert winner.method == "recency"
    auc = judged.methods.set_index("method")["auc"]
    assert auc["recency"] > 0.6 > auc["puntual"]


def test_every_method_is_shown_with_chance_beside_it():
    _, judged = judged_of(past())
    assert tuple(judged.methods.columns) == schema.METHODS
    assert judged.methods["method"].tolist()[1:] == ["own_gap", "recency", "bg_nbd", "chance"]
    low, auc, high = (judged.methods[name] for name in ("auc_low", "auc", "auc_high"))
    assert ((low <= auc) & (auc <= high)).all()
    chance = judged.methods.set_index("method").loc["chance"]
    assert chance["auc"] == 0.5
    assert chance["brier"] == pytest.approx(chance["precision_top10"] * (1 - chance["precision_top10"]))


def test_an_origin_is_judged_only_by_what_had_closed_before_it():
    """The first two origins have no closed horizon behind them: four of six are judged."""
    _, judged = judged_of(past())
    assert judged.origins == tuple(dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in DAYS[2:])
    assert judged.client_windows == 4 * 200


def test_figures_of_an_origin_do_not_know_the_outcomes_that_came_after():
    """Outcomes of the two latest origins are turned round: what was said of the two before them stays."""
    before, after = past(), past()
    turned = [*after[:4], *(origin_with(late, ~late.stayed_away) for late in after[4:])]
    first_two = judged_of(before[:4])[1]
    assert judged_of(turned[:4])[1].methods.equals(first_two.methods)
    assert not judged_of(turned)[1].methods.equals(judged_of(before)[1].methods)


def origin_with(old: Origin, stayed_away: np.ndarray) -> Origin:
    return Origin(**{**vars(old), "stayed_away": stayed_away})


def test_the_replay_is_the_list_of_the_latest_closed_horizon():
    found = past()
    _, judged = judged_of(found)
    replay, last = judged.replay, found[-1]
    assert tuple(replay.columns) == schema.REPLAY
    assert len(replay) == 20
    assert replay["rank"].tolist() == list(range(1, 21))
    number = [int(client[1:]) for client in replay["client_id"]]
    assert (replay["returned"].to_numpy() == ~last.stayed_away[number]).all()


def test_precision_is_told_for_lists_as_long_as_there_were_names():
    _, judged = judged_of(past())
    table = judged.precision_at
    assert tuple(table.columns) == schema.PRECISION_AT
    assert table["calls"].tolist() == [5, 10, 15, 20, 25, 30, 40, 50]
    assert (
        (table["precision_low"] <= table["precision"]) & (table["precision"] <= table["precision_high"])
    ).all()


def test_a_past_without_any_name_on_the_list_has_no_precision_to_tell():
    quiet = [origin(day, np.full(200, 0.05), np.arange(200) % 20 == 0) for day in DAYS]
    _, judged = judged_of(quiet)
    assert judged.precision_at.empty
    assert judged.replay.empty


@pytest.mark.parametrize(
    ("found", "why", "expected"),
    [
        ([], "too_short", "too_short"),
        ([], "too_few_clients", "too_few_clients"),
        (past()[:2], "", "too_short"),
        ([origin(day, np.full(20, 0.1), np.arange(20) == 7) for day in DAYS], "", "too_few_clients"),
        ([origin(day, np.full(30, 0.9), np.full(30, True)) for day in DAYS], "", "one_outcome"),
    ],
    ids=["short history", "few clients", "nothing closed before", "few outcomes", "nobody ever returned"],
)
def test_a_past_that_says_nothing_is_not_judged_and_says_why(found: list[Origin], why: str, expected: str):
    winner, judged = judged_of(found, why)
    assert (winner.method, judged.usable, judged.why) == ("rhythm", False, expected)
    assert tuple(judged.methods.columns) == schema.METHODS
    assert judged.methods.empty
