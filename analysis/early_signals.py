"""Who shows the first signs of leaving, judged on the owner's own past.

At rolling origins (past dates whose horizon has closed) every active client gets the rhythm model's probability of no visit,
computed from what was known that day, and the signs of that day. A logistic regression learns how the signs correct the rhythm;
it starts from the rhythm model through a catalytic prior (Huang, Stein, Rubin & Kou 2020: pseudo-observations drawn from a
simpler model), so that with little history it is the rhythm model. The two are averaged.

Each origin is judged by what was learned from origins whose horizon had closed before it, against plain recency, the
client's own gap and chance. Where the classifier does not win, the winner's probability is used and the back-test says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special, stats
from sklearn.linear_model import LogisticRegression

from analysis import alarm, rhythm, schema
from analysis.signals import Events, signals
from analysis.visits import Visits

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ORIGINS = 6
MIN_HISTORY_HORIZONS = 2.0  # before the first origin there must be this much history to have rhythms at all
MIN_ACTIVE = 15  # fewer active clients at an origin say nothing
MIN_OUTCOMES = 10  # of each kind, to compare methods
CATALYTIC_WEIGHT = 40.0  # pseudo-observations the rhythm model is worth against the shop's own outcomes
RIDGE_C = 1.0
BOOTSTRAPS = 100
LIST_LENGTHS = (5, 10, 15, 20, 25, 30, 40, 50)
REPLAY_CALLS = 20
CALIBRATION_BINS = 8
INTERVAL_80 = 0.8

#: Signs the classifier sees beside the rhythm: name -> how it is read off `analysis.signals`.
RULES = ("own_gap", "recency")


@dataclass(frozen=True)
class Origin:
    """Active clients on one past day: what was known (and what the model said), and what came."""

    day: int
    client: Ints
    features: Array  # (n, len(FEATURES))
    p_rhythm: Array
    silence: Array
    own_gap: Array  # silence over the client's own mean gap
    annual_value: Array
    p_alive: Array
    late_after: Array
    visits: Ints
    stayed_away: Bools


@dataclass(frozen=True)
class EarlySignals:
    """The method in use and what it says today of the active clients (`client` numbers, `p_no_visit`)."""

    method: str
    client: Ints
    p_no_visit: Array
    contributions: pd.DataFrame  # one row per active client: log-odds each feature adds
    base_rate: float


@dataclass(frozen=True)
class Judged:
    """The back-test's figures, as in `analysis.portfolio.BackTest`."""

    usable: bool
    why: str
    origins: tuple[dt.date, ...]
    client_windows: int
    methods: pd.DataFrame
    calibration: pd.DataFrame
    precision_at: pd.DataFrame
    replay: pd.DataFrame


FEATURES = (
    "rhythm",
    "own_gap",
    "history",
    "gap_trend",
    "ticket_trend",
    "service_dropped",
    "no_show",
    "cancelled",
    "problem_open",
    "problem_badly_solved",
    "payment_late",
    "staff_left",
    "refund",
    "low_rating",
)


def _features(signs: pd.DataFrame, p_rhythm: Array) -> Array:
    """(n, features), each of about unit size and 0 where nothing is known."""
    column = {
        name: signs[name].to_numpy(dtype=float)
        for name in signs.columns
        if name not in ("staff", "dropped_service")
    }

    def ratio(now: str, before: str) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            log = np.log(column[now] / column[before])
        return np.clip(np.nan_to_num(log, nan=0.0, posinf=0.0, neginf=0.0), -1.5, 1.5)

    def count(name: str) -> Array:
        return np.minimum(np.nan_to_num(column[name]), 3.0)

    return np.column_stack(
        [
            special.logit(np.clip(p_rhythm, 0.005, 0.995)),
            np.log(np.clip(_own_gap(signs), 0.1, 10.0)),
            np.log1p(column["visits"]) - 2.0,
            ratio("gap_now", "gap_before"),
            -ratio("ticket_now", "ticket_before"),
            (~np.isnan(column["dropped_last_day"])).astype(float),
            count("no_shows"),
            count("cancellations"),
            count("problems_open"),
            count("problems_bad"),
            count("unpaid"),
            (~np.isnan(column["staff_left_day"])).astype(float),
            count("refunds"),
            np.where(np.isnan(column["rating"]), 0.0, np.maximum(0.0, 7.0 - column["rating"]) / 3),
        ]
    )


def _own_gap(signs: pd.DataFrame) -> Array:
    """Silence over the client's own mean gap."""
    gap = (signs["last_day"] - signs["first_day"]) / np.maximum(signs["visits"] - 1, 1)
    return (signs["silence"] / np.maximum(gap, 1.0)).to_numpy(dtype=float)


def origins(
    seen: Visits, happened: Events, horizon_days: int, settled: rhythm.Grid
) -> tuple[list[Origin], str]:
    """Past days to learn from and be judged on, oldest first, and why there are none (a code, "" if there are)."""
    table = seen.table
    row, day = table["client"].to_numpy(), table["day"].to_numpy()
    first = int(day.min()) + int(MIN_HISTORY_HORIZONS * horizon_days)
    newest = seen.today - horizon_days
    if newest < first:
        return [], "too_short"
    days = np.unique(
        np.linspace(max(first, newest - 2 * horizon_days * ORIGINS // 4), newest, ORIGINS).astype(int)
    )
    found: list[Origin] = []
    prior: rhythm.Prior | None = None
    for cutoff in days:
        known = rhythm.histories(row, day, int(cutoff), seen.clients)
        visits = np.bincount(row[day <= cutoff], minlength=seen.clients)
        there = np.flatnonzero(visits > 0)
        prior = rhythm.fit(
            known.take(there), settled, start=prior, steps=rhythm.EM_STEPS if prior is None else 4
        )
        who = np.flatnonzero(alarm.active(visits, known.silence_days.astype(float), horizon_days))
        if len(who) < MIN_ACTIVE:
            continue
        view = rhythm.outlook(known.take(who), prior, horizon_days)
        never = np.full(seen.clients, np.inf)
        signs = signals(seen, happened, int(cutoff), never, -never).iloc[who]
        came = np.zeros(seen.clients, dtype=bool)
        came[row[(day > cutoff) & (day <= cutoff + horizon_days)]] = True
        gap = ((signs["last_day"] - signs["first_day"]) / np.maximum(signs["visits"] - 1, 1)).to_numpy()
        ticket = signs["ticket_6"].to_numpy(dtype=float)
        # Without amounts the list is ordered by risk, as today's is.
        worth = (
            np.nan_to_num(ticket * 365.25 / np.maximum(gap, 1.0))
            if not np.isnan(ticket).all()
            else view.p_no_visit
        )
        found.append(
            Origin(
                int(cutoff),
                who,
                _features(signs, view.p_no_visit),
                view.p_no_visit,
                signs["silence"].to_numpy(dtype=float),
                _own_gap(signs),
                worth,
                view.p_alive,
                view.interval_high,
                visits[who],
                ~came[who],
            )
        )
    return found, "" if found else "too_few_clients"


class Classifier:
    """Ridge logistic regression that starts from the rhythm model, averaged with it."""

    def __init__(self, learned_from: Sequence[Origin]) -> None:
        x = np.concatenate([origin.features for origin in learned_from])
        y = np.concatenate([origin.stayed_away for origin in learned_from])
        p = np.clip(np.concatenate([origin.p_rhythm for origin in learned_from]), 0.005, 0.995)
        pseudo = np.full(len(x), CATALYTIC_WEIGHT / len(x))
        self._model = LogisticRegression(C=RIDGE_C, max_iter=200)
        self._model.fit(
            np.concatenate([x, x, x]),
            np.concatenate([y, np.ones(len(x)), np.zeros(len(x))]).astype(int),
            sample_weight=np.concatenate([np.ones(len(x)), pseudo * p, pseudo * (1 - p)]),
        )

    def p_no_visit(self, features: Array, p_rhythm: Array) -> Array:
        return np.asarray((self._model.predict_proba(features)[:, 1] + p_rhythm) / 2)

    def contributions(self, features: Array) -> pd.DataFrame:
        """Log-odds that each feature adds to each row, beyond the average client's."""
        centred = features - features.mean(axis=0)
        return pd.DataFrame(centred * self._model.coef_[0], columns=list(FEATURES))


def _rule(learned_from: Sequence[Origin], name: str, today: Origin) -> Array:
    """The probability a simple rule gives: its score through a logistic curve learned on the same past."""
    score = {
        "own_gap": lambda o: np.log(np.maximum(o.own_gap, 0.05)),
        "recency": lambda o: np.log1p(o.silence),
    }[name]
    x = np.concatenate([score(o) for o in learned_from])[:, None]
    y = np.concatenate([o.stayed_away for o in learned_from])
    if y.min() == y.max():
        return np.full(len(today.client), float(y.mean()))
    curve = LogisticRegression(C=100.0).fit(x, y.astype(int))
    return np.asarray(curve.predict_proba(score(today)[:, None])[:, 1])


def judge(
    found: list[Origin], why: str, horizon_days: int, ids: npt.NDArray[np.object_]
) -> tuple[str, Judged]:
    """The method that won on the owner's past ("rhythm" where it cannot be judged) and the figures."""
    pairs = []
    for origin in found:
        closed_before = [past for past in found if past.day + horizon_days <= origin.day]
        if closed_before and np.concatenate([p.stayed_away for p in closed_before]).any():
            pairs.append((origin, closed_before))
    outcomes = np.concatenate([o.stayed_away for o, _ in pairs]) if pairs else np.array([], dtype=bool)
    if not pairs:
        return "rhythm", _unjudged(why or "too_short")
    if min(outcomes.sum(), (~outcomes).sum()) < MIN_OUTCOMES:
        return "rhythm", _unjudged(
            "one_outcome" if min(outcomes.sum(), (~outcomes).sum()) == 0 else "too_few_clients"
        )
    said: dict[str, list[Array]] = {"puntual": [], "rhythm": [], "own_gap": [], "recency": []}
    for origin, past in pairs:
        both = np.concatenate([p.stayed_away for p in past])
        learned = Classifier(past) if both.min() != both.max() else None
        said["puntual"].append(
            learned.p_no_visit(origin.features, origin.p_rhythm) if learned else origin.p_rhythm
        )
        said["rhythm"].append(origin.p_rhythm)
        for rule in RULES:
            said[rule].append(_rule(past, rule, origin))
    p = {name: np.concatenate(values) for name, values in said.items()}
    auc = {name: _auc(outcomes, values) for name, values in p.items()}
    method = max(auc, key=lambda name: (auc[name], name == "puntual"))
    judged = [origin for origin, _ in pairs]
    return method, Judged(
        usable=True,
        why="",
        origins=tuple(dt.date(1970, 1, 1) + dt.timedelta(days=o.day) for o in judged),
        client_windows=len(outcomes),
        methods=_method_table(p, outcomes, judged, method),
        calibration=_calibration(p[method], outcomes),
        precision_at=_precision_at(said[method], judged, horizon_days),
        replay=_replay(said[method][-1], judged[-1], ids, horizon_days),
    )


def today(
    seen: Visits, signs: pd.DataFrame, p_rhythm: Array, horizon_days: int, found: list[Origin], method: str
) -> EarlySignals:
    """What the winning method says of today's active clients. `p_rhythm` has one entry per client."""
    who = np.flatnonzero(
        alarm.active(signs["visits"].to_numpy(), signs["silence"].to_numpy(dtype=float), horizon_days)
    )
    features = _features(signs.iloc[who], p_rhythm[who])
    past = np.concatenate([o.stayed_away for o in found]) if found else np.array([], dtype=bool)
    base = float(past.mean()) if len(past) else float(p_rhythm[who].mean()) if len(who) else float("nan")
    contributions = pd.DataFrame(np.zeros(features.shape), columns=list(FEATURES))
    p = p_rhythm[who]
    if method == "puntual" and len(who):
        learned = Classifier(found)
        p, contributions = learned.p_no_visit(features, p), learned.contributions(features)
    elif method in RULES and len(who):
        now = Origin(
            seen.today,
            who,
            features,
            p,
            signs["silence"].to_numpy(dtype=float)[who],
            _own_gap(signs.iloc[who]),
            p,
            p,
            p,
            signs["visits"].to_numpy()[who],
            np.zeros(len(who), dtype=bool),
        )
        p = _rule(found, method, now)
    return EarlySignals(method, who, np.asarray(p), contributions, base)


def _unjudged(why: str) -> Judged:
    return Judged(
        False,
        why,
        (),
        0,
        *(
            schema.empty_frame(columns)
            for columns in (schema.METHODS, schema.CALIBRATION, schema.PRECISION_AT, schema.REPLAY)
        ),
    )


def _method_table(p: dict[str, Array], y: Bools, judged: list[Origin], method: str) -> pd.DataFrame:
    client = np.concatenate([o.client for o in judged])
    day = np.concatenate([np.full(len(o.client), o.day) for o in judged])
    draws = _client_draws(client)
    rows = []
    shown = "rhythm" if method == "rhythm" else "puntual"
    for name in (shown, *RULES):
        values = p[name]
        low, high = np.nanquantile(_auc_of_draws(y, values, draws), [0.1, 0.9])
        tops = [_top(values[day == d], 0.1) for d in np.unique(day)]
        hits = [y[day == d][top] for d, top in zip(np.unique(day), tops, strict=True)]
        last = day == day.max()
        first20 = np.argsort(-values[last], kind="stable")[:REPLAY_CALLS]
        rows.append(
            (
                name,
                _auc(y, values),
                float(low),
                float(high),
                float(np.mean((values - y) ** 2)),
                float(np.concatenate(hits).mean()),
                float(y[last][first20].sum() * REPLAY_CALLS / len(first20)),
            )
        )
    base = float(y.mean())
    rows.append(
        ("chance", 0.5, 0.5, 0.5, base * (1 - base), base, float(y[day == day.max()].mean() * REPLAY_CALLS))
    )
    return pd.DataFrame(rows, columns=list(schema.METHODS))


def _auc(y: Bools, score: Array) -> float:
    """Area under the ROC curve by the Mann-Whitney rank sum, ties shared."""
    positive = int(y.sum())
    ranks = stats.rankdata(score)
    return float((ranks[y].sum() - positive * (positive + 1) / 2) / (positive * (len(y) - positive)))


def _client_draws(client: Ints) -> Array:
    """Bootstrap over clients, whose windows come and go together: how often each window is drawn, (draws, windows)."""
    _, row = np.unique(client, return_inverse=True)
    clients = int(row.max()) + 1
    random = np.random.default_rng(0)
    times = random.multinomial(clients, np.full(clients, 1 / clients), size=BOOTSTRAPS)
    return np.asarray(times[:, row], dtype=np.float64)


def _auc_of_draws(y: Bools, score: Array, times: Array) -> Array:
    """The AUC of each draw; one sort serves them all. NaN where a draw has one outcome only."""
    order = np.argsort(score, kind="stable")
    start = np.flatnonzero(np.diff(score[order], prepend=np.nan))  # windows of equal score share their rank
    positive = np.add.reduceat(times[:, order] * y[order], start, axis=1)
    negative = np.add.reduceat(times[:, order] * ~y[order], start, axis=1)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    return np.where(pairs > 0, (positive * below).sum(axis=1) / np.maximum(pairs, 1), np.nan)


def _top(values: Array, share: float) -> Ints:
    return np.argsort(-values, kind="stable")[: max(1, round(share * len(values)))]


def _wilson(hits: Array, of: Array) -> tuple[Array, Array]:
    """80% Wilson interval of a share."""
    z = float(stats.norm.ppf(0.5 + INTERVAL_80 / 2))
    share = hits / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return np.maximum(middle - half, 0), np.minimum(middle + half, 1)


def _calibration(p: Array, y: Bools) -> pd.DataFrame:
    edges = np.linspace(0, 1, CALIBRATION_BINS + 1)
    bin_of = np.clip(np.digitize(p, edges[1:-1]), 0, CALIBRATION_BINS - 1)
    count = np.bincount(bin_of, minlength=CALIBRATION_BINS).astype(float)
    full = count > 0
    predicted = np.bincount(bin_of, weights=p, minlength=CALIBRATION_BINS)[full] / count[full]
    hits = np.bincount(bin_of, weights=y, minlength=CALIBRATION_BINS)[full]
    low, high = _wilson(hits, count[full])
    columns = (
        edges[:-1][full],
        edges[1:][full],
        predicted,
        hits / count[full],
        low,
        high,
        count[full].astype(int),
    )
    return pd.DataFrame(dict(zip(schema.CALIBRATION, columns, strict=True)))


def _list(p: Array, origin: Origin, horizon_days: int) -> Ints:
    """The call list of that day, money first: positions in the origin."""
    flag = alarm.flagged(
        origin.visits, origin.silence, origin.late_after, origin.p_alive, p, horizon_days, float(np.mean(p))
    )
    stake = alarm.value_at_stake(origin.annual_value, p, origin.p_alive)
    named = np.flatnonzero(flag)
    return named[np.argsort(-stake[named], kind="stable")]


def _precision_at(said: list[Array], judged: list[Origin], horizon_days: int) -> pd.DataFrame:
    """Of the first n names of the lists of the past, how many did not return."""
    lists = [o.stayed_away[_list(p, o, horizon_days)] for p, o in zip(said, judged, strict=True)]
    rows = []
    for calls in LIST_LENGTHS:
        outcomes = np.concatenate([named[:calls] for named in lists])
        if max(len(named) for named in lists) < calls and calls > LIST_LENGTHS[0]:
            break
        if len(outcomes):
            hits, of = np.array([outcomes.sum()]), np.array([float(len(outcomes))])
            low, high = _wilson(hits, of)
            rows.append((calls, float(hits[0] / of[0]), float(low[0]), float(high[0])))
    return pd.DataFrame(rows, columns=list(schema.PRECISION_AT))


def _replay(p: Array, origin: Origin, ids: npt.NDArray[np.object_], horizon_days: int) -> pd.DataFrame:
    named = _list(p, origin, horizon_days)[:REPLAY_CALLS]
    columns = (ids[origin.client[named]], np.arange(1, len(named) + 1), p[named], ~origin.stayed_away[named])
    return pd.DataFrame(dict(zip(schema.REPLAY, columns, strict=True)))
