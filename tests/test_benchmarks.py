"""The benchmarks run, on a small export: they measure, and no figure is asked of them here."""

import datetime as dt
import importlib
import math
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page
from scipy import special

import dev
from analysis.book import Book
from analysis.reading import Upload, read
from analysis.visits import visits
from benchmarks import (
    accuracy,
    affection,
    exports,
    judging,
    lost_revenue,
    past,
    peers,
    rhythm_steps,
    scores,
    small_shops,
    speed,
    trials,
    usage,
    warning,
    window,
)
from benchmarks import buy_till_you_die as models
from benchmarks.cost import Cost, cost
from benchmarks.drivers import OIL, workshop
from benchmarks.exports import export
from benchmarks.shops import shop
from benchmarks.steps import analysing, analysing_shop, reading
from benchmarks.tables import figure, table
from benchmarks.ticking import Plan
from benchmarks.trials import generated
from benchmarks.visits import PAGES, visit
from tests.analysis.books import book_of

LINES = 10_000
SMALL = Plan(clients=80, days=2 * 365)


def cells(said: str) -> list[list[str]]:
    """The header and rows of a Markdown table."""
    header, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines())
    return [header, *rows]


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("exports"), LINES, "csv")


@pytest.fixture(scope="module")
def book(csv: Path) -> Book:
    return read([Upload(csv.name, csv.read_bytes())])


# --- Speed ------------------------------------------------------------------------------------------------


def test_both_kinds_of_export_have_the_lines_asked_for(csv: Path) -> None:
    xlsx = export(csv.parent, LINES, "xlsx")
    assert reading(csv)() == reading(xlsx)() == LINES


def test_a_step_is_measured_in_a_process_of_its_own() -> None:
    numbers = range(1_000_000)
    measured = cost(partial, sum, numbers, times=1)
    assert measured.said == sum(numbers)
    assert measured.cpu_seconds > 0
    assert math.isnan(measured.peak_mb) or measured.peak_mb > 0
    assert cost(partial, os.getpid, times=1).said != os.getpid()


def test_a_large_export_is_written_in_pieces_of_clients_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PIECE_LINES", 2_000)
    path = tmp_path / "salon_4500.csv"
    exports._write(path, 4_500)
    book = read([Upload(path.name, path.read_bytes())])
    assert book.rows_read == len(book.sales) + len(book.left_out) == 4_500
    by_piece = book.sales["client_id"].dropna().str.extract(r"-(\d)$")[0].fillna("0").value_counts()
    assert sorted(by_piece.index) == ["0", "1", "2"]
    assert by_piece["2"] < by_piece["1"]


def test_the_cost_of_a_shop_is_told_by_step() -> None:
    spent = analysing_shop(60)()
    assert {"visits", *speed.STATISTICS, "lost_revenue"} < set(spent)
    assert all(seconds >= 0 for seconds in spent.values())


def test_twice_the_lines_at_twice_the_cost_is_a_growth_of_one() -> None:
    assert speed.slope([10, 100, 1000], [0.2, 2.0, 20.0]) == pytest.approx(1)
    sizes = [
        speed.StepCosts(lines, Cost(seconds, 1, lines), None, Cost(1, 1, lines))
        for lines, seconds in ((10, 0.1), (100, 1.0))
    ]
    assert "reading 1.00, analysing 0.00" in speed.growth(sizes)
    assert speed.steps_table(sizes).splitlines()[2].count("–") == 2  # no xlsx


def test_clients_like_cdnows_come_as_seldom() -> None:
    client, day = rhythm_steps.cdnow_like(20_000)
    visits = np.bincount(client, minlength=20_000)
    assert visits.mean() - 1 == pytest.approx(bg_nbd_repeats(), rel=0.05)
    assert day.max() <= rhythm_steps.DAYS
    assert (np.diff(client) >= 0).all()
    assert (np.diff(day)[np.diff(client) == 0] > 0).all()


def bg_nbd_repeats() -> float:
    """Expected repeats (Fader, Hardie & Lee 2005, equation 9), over the days on which the clients enter."""
    r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
    weeks = (rhythm_steps.DAYS - np.linspace(0, rhythm_steps.ENTERED_WITHIN, 100)) / 7
    gauss = special.hyp2f1(r, b, a + b - 1, weeks / (alpha + weeks))
    return float(((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + weeks)) ** r * gauss)).mean())


def test_both_models_are_fitted_to_the_same_clients() -> None:
    assert rhythm_steps.mixture(600)() == 600
    pytest.importorskip("lifetimes", reason="the peers' library is not installed")
    assert rhythm_steps.bg_nbd(600)() == 600


def test_the_analysis_answers_with_its_clients(csv: Path, book: Book) -> None:
    assert analysing(csv)() == book.sales.loc[book.sales["status"] == "completed", "client_id"].nunique()


def test_a_visitor_sees_every_page(csv: Path) -> None:
    seen = visit(csv)
    assert tuple(seen) == PAGES
    assert all(opened > 0 and again > 0 for opened, again in seen.values())


def test_every_page_of_the_app_is_visited() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in Path("pages").glob("*.py"))


def test_a_table_lines_up_and_has_a_dash_where_there_is_no_figure() -> None:
    assert table(
        ["page", "s"], [["at_risk", figure(1234.5)], ["start", figure(float("nan"))]]
    ).splitlines() == [
        "| page    |        s |",
        "| ------- | -------: |",
        "| at_risk | 1,234.50 |",
        "| start   |        – |",
    ]


# --- In a browser -----------------------------------------------------------------------------------------


# What is measured there is tested where a server and a browser stand ready: tests/browser/test_pages_benchmark.py.


def test_the_app_and_the_browser_are_started_and_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, playwright = MagicMock(), MagicMock()
    server.return_value.__enter__.return_value.url = "http://localhost:1234"
    browser = playwright.return_value.__enter__.return_value.chromium.launch.return_value
    monkeypatch.setattr(window, "serve", server)
    monkeypatch.setattr(window, "sync_playwright", playwright)
    monkeypatch.setattr(dev, "find_browser", lambda: "chromium")
    with window.doors(tmp_path) as enter:
        enter()
        assert browser.new_context.call_args.kwargs["base_url"] == "http://localhost:1234/"
        browser.close.assert_not_called()
    browser.close.assert_called_once()
    server.return_value.__exit__.assert_called_once()


def test_without_a_browser_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "find_browser", lambda: None)
    with pytest.raises(SystemExit, match="No browser"), window.doors(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_act_that_asks_nothing_of_the_server_is_no_measurement() -> None:
    silent = MagicMock(spec=Page, url="http://localhost/at_risk")
    with pytest.raises(RuntimeError, match="nothing came of it on http://localhost/at_risk"):
        window.Window(silent).act(lambda: None)


# --- Generated shops: their truth ---------------------------------------------------------------------------


def test_the_same_plan_makes_the_same_shop() -> None:
    pd.testing.assert_frame_equal(shop(SMALL).book.sales, shop(SMALL).book.sales)
    assert not shop(SMALL).book.sales.equals(shop(replace(SMALL, seed=2)).book.sales)


def test_a_shop_is_open_on_days_that_it_is_open() -> None:
    dates = shop(replace(SMALL, closed_august=True)).book.sales["date"].dt
    assert not (dates.day_of_week == 6).any()
    assert not ((dates.month == 8) & (dates.day <= 21)).any()
    assert ((dates.month == 8) & (dates.day > 21)).any()


@pytest.mark.parametrize("k", [1.5, 8.0])
def test_clients_are_as_regular_as_planned(k: float) -> None:
    """Of a gamma of regularity k the squared deviation over the mean is 1 / k; Sundays and whole days add a little."""
    steady = shop(Plan(clients=300, k=k, days=1000, already_clients=1.0)).book.sales
    gap = steady.groupby("client_id")["date"].diff().dt.days
    by = gap.groupby(steady["client_id"])
    assert float(((by.std() / by.mean()) ** 2).mean()) == pytest.approx(1 / k, rel=0.15)


def test_without_an_episode_nobody_loses_a_visit() -> None:
    calm = shop(SMALL)
    assert sum(of_kind.sum() for of_kind in calm.lost(0, calm.today)) == 0


def test_what_an_episode_cost_is_what_came_of_the_same_clients_without_it() -> None:
    calm, late = shop(SMALL), shop(replace(SMALL, late_share=0.4))
    lost, gone = late.lost(late.today - 365, late.today)
    fewer = calm.lives.ticks[:, -1] - late.lives.ticks[:, -1]
    assert (lost == fewer).all()
    assert lost.sum() > 0
    assert not gone.any()
    assert (lost[fewer == 0] == 0).all()


def test_who_left_never_comes_again_and_is_waited_for_half_a_year() -> None:
    leaving = shop(replace(SMALL, dropout=0.1, days=1000))
    left = ~leaving.alive(500) & (leaving.lives.ticks[:, 500] > 0)
    assert 0.1 < left.mean() < 0.9
    assert leaving.visits(500, leaving.today)[left].sum() == 0
    assert (leaving.lost(500 + 400, leaving.today)[1][left] == 0).all()
    assert leaving.lost(500, leaving.today)[1][left].sum() > 0


def test_who_knows_the_truth_is_right_about_the_average_and_nobody_tells_clients_apart_better() -> None:
    made = shop(Plan(clients=3_000, k=4.0, k_spread=0.3, days=900, dropout=0.05, disrupted=0.1))
    day = made.today - 91
    here = made.lives.ticks[:, day] > 0
    said = made.lives.p_no_visit(day, 91)[here]
    away = made.visits(day, made.today)[here] == 0
    assert said.mean() == pytest.approx(away.mean(), abs=0.02)
    assert scores.expected_calibration_error(away, said) < 0.03
    silence = day - np.array([np.flatnonzero(row[: day + 1]).max(initial=-400) for row in made.visited])[here]
    assert scores.auc(away, said) > scores.auc(away, silence) + 0.01


# --- Lost visits ------------------------------------------------------------------------------------------


def test_found_losses_are_shown_beside_the_truth() -> None:
    said = lost_revenue.losses_table([8.0], ["steady"], 60, [1])
    header, [row] = cells(said)[0], cells(said)[1:]
    shown = dict(zip(header, row, strict=True))
    assert (shown["k"], shown["pace"], shown["shops"], shown["named"]) == ("8.0", "steady", "1", "1")
    assert int(shown["lost"]) > 0
    assert int(shown["found"]) > 0
    assert 0 <= float(shown["false loss"].rstrip("%")) < 100


def test_a_shop_whose_loss_cannot_be_named_is_not_judged() -> None:
    no = float("nan")
    unnamed = lost_revenue.Judged(100, 10, no, 0, no, no, 110, no, 50)
    named = lost_revenue.Judged(200, 20, 15, 5, 5, 2, 220, 1, 100)
    assert lost_revenue._row([unnamed])[:2] == ["1", "0"]
    assert lost_revenue._row([unnamed, named]) == [
        "2",
        "1",
        "200",
        "20",
        "15",
        "5",
        "5",
        "-20.0%",
        "0.9%",
        "1.0%",
    ]


def test_twelve_eight_and_six_visits_a_year() -> None:
    rows = cells(lost_revenue.rhythms_table())[1:]
    assert [row[1] for row in rows] == ["0.00", "4.00", "6.00"]
    assert [row[1:] for row in rows] == [[row[1]] * 3 for row in rows]


# --- Peers ------------------------------------------------------------------------------------------------


def known(**columns: list[float]) -> past.Known:
    given = {name: np.array(values) for name, values in columns.items()}
    nothing = np.full(len(given["visits"]), np.nan)
    gaps = {"mean_gap": nothing, "median_gap": nothing, "gap_deviation": nothing}
    return past.Known(client_id=np.arange(len(nothing)).astype(object), **{**gaps, **given})


def test_recency_and_own_gap_on_two_clients() -> None:
    clients = known(
        first_day=[0, 90],
        last_day=[60, 90],
        visits=[3, 1],
        silence=[45, 15],
        mean_gap=[30.0, np.nan],
        median_gap=[20.0, np.nan],
    )
    assert peers.recency(clients).score.tolist() == [45, 15]
    assert peers.own_gap(clients).score.tolist() == [
        1.5,
        0.5,
    ]  # every 30 days; one visit borrows that gap
    assert peers.next_by_own_gap(clients)[0] == 1  # overdue by the own median: tomorrow


def test_a_peer_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    clients = known(first_day=[0], last_day=[60], visits=[3], silence=[45])
    with pytest.raises(peers.PeerMissingError, match=r"benchmarks/requirements\.txt"):
        models.said(models.PEERS[0], clients, 91)


def pareto_nbd(r: float, alpha: float, s: float, beta: float) -> SimpleNamespace:
    return SimpleNamespace(params_={"r": r, "alpha": alpha, "s": s, "beta": beta})


def test_pareto_nbd_where_nobody_leaves_is_a_gamma_mixture_of_poissons() -> None:
    clients = known(first_day=[0, 0], last_day=[300, 90], visits=[12, 2], silence=[60, 270])
    alive, silent, visits = models.leaving_any_day(pareto_nbd(0.9, 40.0, 1e-9, 50.0), clients, 91)
    assert alive == pytest.approx([1, 1], abs=1e-3)
    rate = (0.9 + clients.repeats) / (40 + clients.age)
    assert visits == pytest.approx(91 * rate)
    assert silent == pytest.approx(((40 + clients.age) / (40 + clients.age + 91)) ** (0.9 + clients.repeats))


def test_pareto_nbd_agrees_with_lives_drawn_from_it() -> None:
    """Half a million lives with one visit on day 0 and none until day 200: what they do in the next 91 days."""
    random = np.random.default_rng(3)
    rate, leaving = random.gamma(1.2, 1 / 60, 500_000), random.gamma(1.5, 1 / 300, 500_000)
    first, gone = random.exponential(1 / rate), random.exponential(1 / leaving)
    quiet = (first > 200) | (first > gone)
    alive, comes = gone[quiet] > 200, (first[quiet] < gone[quiet]) & (first[quiet] < 291)
    clients = known(first_day=[0], last_day=[0], visits=[1], silence=[200])
    said_alive, silent, _ = models.leaving_any_day(pareto_nbd(1.2, 60.0, 1.5, 300.0), clients, 91)
    assert said_alive[0] == pytest.approx(alive.mean(), abs=0.01)
    assert said_alive[0] * (1 - silent[0]) == pytest.approx(comes.mean(), abs=0.01)


@pytest.mark.parametrize("peer", models.PEERS, ids=lambda peer: peer.name)
def test_a_model_says_what_its_library_says(peer: models.Peer) -> None:
    pytest.importorskip("lifetimes", reason="the peers' library is not installed")
    made = shop(replace(SMALL, k=1.0, dropout=0.1))
    clients = past.known(visits(made.book), made.as_of)
    model, _ = models.fitted(peer, clients)
    history = (clients.repeats, clients.span, clients.age)
    alive, silent, count = peer.outlook(model, clients, 91)
    assert alive == pytest.approx(model.conditional_probability_alive(*history))
    by_library = model.conditional_expected_number_of_purchases_up_to_time(91, *history)
    assert alive * count == pytest.approx(by_library)
    if peer.name == "Pareto/NBD":
        none = model.conditional_probability_of_n_purchases_up_to_time(0, 91, *(each[0] for each in history))
        assert 1 - alive[0] * (1 - silent[0]) == pytest.approx(none)


# --- Accuracy ---------------------------------------------------------------------------------------------


def test_what_comes_after_a_cutoff_is_not_in_the_book(book: Book) -> None:
    cutoff = dt.date(2024, 6, 1)
    told = past.before(book, cutoff).sales
    assert told["date"].max() <= pd.Timestamp(cutoff) < book.sales["date"].max()
    assert len(told) == (book.sales["date"] <= pd.Timestamp(cutoff)).sum()


def test_what_was_learned_after_a_cutoff_is_not_known_yet() -> None:
    problems = pd.DataFrame({"client_id": ["a", "b"], "opened": ["2024-01-05", "2024-03-05"]}).astype(
        {"opened": "datetime64[s]"}
    )
    problems["closed"] = pd.Timestamp("2024-02-20").as_unit("s")
    told = past.before(Book({"problems": problems}, {}), dt.date(2024, 2, 1)).table("problems")
    assert told["client_id"].tolist() == ["a"]
    assert told["closed"].isna().all()


def test_what_is_known_and_what_came_by_hand() -> None:
    seen = visits(
        book_of([("a", "2024-01-01"), ("a", "2024-01-11"), ("a", "2024-01-31"), ("b", "2024-02-10")])
    )
    clients = past.known(seen, dt.date(2024, 1, 20))
    assert clients.client_id.tolist() == ["a"]
    assert (clients.visits[0], clients.silence[0], clients.mean_gap[0]) == (2, 9, 10)
    assert (clients.repeats[0], clients.span[0], clients.age[0]) == (1, 10, 19)
    later = past.came(seen, clients.client_id, dt.date(2024, 1, 20), 10)
    assert (later.visits[0], later.next_days[0]) == (0, 11)


def test_figures_by_hand() -> None:
    happened, p = np.array([True, False, False, False]), np.array([0.5, 0.5, 0.1, 0.3])
    assert scores.expected_calibration_error(happened, p, bins=2) == pytest.approx(
        0.1
    )  # .2 against 0, .5 against .5
    assert scores.top_alarms(np.array([1.0, 3.0, 3.0])).tolist() == [False, True, False]
    mae, rmse, bias = scores.count_errors(np.array([2.0, 0.0]), np.array([1.0, 2.0]))
    assert (mae, rmse, bias) == pytest.approx((1.5, math.sqrt(2.5), -1 / 3))


def test_a_lead_has_an_interval_over_clients() -> None:
    random = np.random.default_rng(0)
    happened = random.random(400) < 0.3
    ours, theirs = happened + random.normal(0, 0.7, 400), happened + random.normal(0, 3, 400)
    client = (np.arange(400) // 2).astype(object)  # two windows each
    lead, low, high = scores.auc_lead(happened, ours, theirs, client)
    assert 0 < low < lead < high
    assert lead == scores.auc(happened, ours) - scores.auc(happened, theirs)
    nobody_twice = scores.auc_lead(happened, ours, ours, client)
    assert nobody_twice == (0, 0, 0)


def test_methods_are_compared_on_the_same_clients() -> None:
    trial = generated("shop", replace(SMALL, dropout=0.05, days=500), cutoffs=2)
    outcomes = judging.judge(trial, trial.source(), [])
    for one in outcomes:
        assert {len(said.score) for said in one.said.values()} == {len(one.visits)}
        assert (one.stayed_away == (one.visits == 0)).all()
        assert one.alive is not None
    assert [row[0] for row in cells(accuracy.methods_table(outcomes))[1:]] == list(outcomes[0].said)
    # The last cutoff leaves 91 days, the one before 182: enough to see who returned within 180.
    assert [one.returned.empty for one in outcomes] == [False, True]
    assert 0 < outcomes[0].returned["covered"].mean() < 1
    assert "the best of the others" in accuracy.lead_line(outcomes)
    assert "all who returned" in accuracy.next_visit_table(outcomes)
    assert "Still clients" in accuracy.alive_line(outcomes)


def test_a_file_that_is_not_there_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "FILES", tmp_path)
    assert all(accuracy.report(trial).startswith("skipped: ") for trial in trials.real_trials())


def test_warnings_are_counted_from_the_first_alarm_of_a_silence() -> None:
    months = pd.DataFrame(
        {
            "client_id": ["a", "a", "b", *("c" * 10)],
            "last_day": [0, 0, 0, *range(10)],
            "ahead": [120, 90, 60, *([150] * 10)],
            "lapses": [True, True, True, *([False] * 10)],
            "score": [5.0, 12.0, 3.0, *range(10)],
        }
    )
    # One in ten of the others has a score above 8.1: "a" is caught at the second look, "b" never.
    ahead = warning.caught_ahead(months, "score", 0.1)
    assert ahead.to_dict() == {("a", 0): 90, ("b", 0): 0}


def test_months_are_replayed_without_looking_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "PEERS", ())  # they are fitted every month, which takes its time
    made = shop(replace(SMALL, clients=50, days=540, dropout=0.1))
    months = warning.replay(made.book, apart_days=80)
    lapses = months.table[months.table["lapses"]]
    last_seen = made.book.sales.groupby("client_id")["date"].max()
    assert len(lapses) > 0
    assert {"Puntual", "recency"} <= set(months.methods)
    assert months.table["ahead"].between(1, 180).all()
    gone = [made.as_of - last_seen[client].date() for client in lapses["client_id"].unique()]
    assert min(gone) >= dt.timedelta(days=0)
    assert "lapses" in warning.report(months)


def test_a_small_shop_is_a_draw_of_whole_clients() -> None:
    made = shop(SMALL).book
    few = small_shops.subset(made, 20, seed=1).sales
    assert few["client_id"].nunique() == 20
    assert len(few) == made.sales["client_id"].isin(few["client_id"]).sum()


def test_affection_is_judged_on_dates_and_amounts_alone() -> None:
    made = affection.bare(shop(SMALL).book)
    assert made.known["sales"] == frozenset(affection.KNOWN)
    assert made.sales[["service", "staff", "rating"]].isna().all(axis=None)
    active, loved, hated, kept, *_ = affection.row(made, draws=1)
    assert int(active) > 0
    assert hated == "0%"
    assert 0 <= float(loved.rstrip("%")) <= 100
    assert 0 <= float(kept.rstrip("%")) <= 100


def test_drivers_come_for_oil_at_its_units_and_a_meter_may_be_left_out():
    truth = workshop(6, unsteady=0.0, read_share=1.0)
    oil = truth.sales[truth.sales["service"] == OIL]
    gaps = oil.groupby("client_id")["meter"].diff().dropna()
    assert gaps.median() == pytest.approx(5_250, rel=0.05)
    assert truth.next_oil.gt(900).all()
    assert truth.book().knows("sales", "meter")
    assert not truth.book(metered=False).knows("sales", "meter")


def test_use_is_judged_for_every_driver_with_readings():
    look = usage.judged(workshop(24))
    assert len(look.rate) == len(look.theil_sen) == len(look.ends) <= 24
    assert np.isfinite(np.concatenate([look.rate, look.by_use, look.by_calendar])).all()
    assert 0 <= look.called_late <= 1
