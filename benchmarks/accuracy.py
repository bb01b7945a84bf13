"""Who will not come, how often and when: Puntual beside rules and models: `python -m benchmarks.accuracy`.

On real files where they are at hand and on generated shops. Every method is told the visits up to a cutoff and nothing
after it, and judged by what came.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd

from benchmarks.judging import OURS, TRUTH, Outcome, judge
from benchmarks.scores import auc, auc_lead, brier, count_errors, expected_calibration_error, top_alarms
from benchmarks.small_shops import small_shops_table
from benchmarks.tables import figure, share, table
from benchmarks.trials import FileMissingError, Trial, generated_trials, real_trials

HEADERS = (
    "method",
    "count MAE",
    "RMSE",
    "bias",
    "AUC all",
    "AUC active",
    "Brier active",
    "ECE active",
    "top 10%",
)
NEXT_HEADERS = (
    "next visit of",
    "visits",
    "80% window held",
    "its days",
    "days off",
    "own median gap",
    "closer by",
)
#: How many visits were known of those who returned, both included.
VISITS_KNOWN = {"3-5 visits": (3, 5), "6-11 visits": (6, 11), "12 or more": (12, np.inf)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints two tables for each trial, then the small shops; a file that is not there is named with the reason."""
    options = _parser().parse_args(arguments)
    for trial in [*real_trials(), *generated_trials()]:
        if options.only in trial.name:
            print(f"\n### {trial.name}, {trial.horizon_days} days ahead\n")
            print(report(trial))
    if options.small:
        print(f"\n### Small shops\n\n{small_shops_table(options.small)}")


def report(trial: Trial) -> str:
    """A trial's tables and what is worth knowing of it."""
    notes: list[str] = []
    try:
        outcomes = judge(trial, trial.source(), notes)
    except FileMissingError as missing:
        return f"skipped: {missing}"
    tables = [methods_table(outcomes), lead_line(outcomes), next_visit_table(outcomes)]
    parts = [about(outcomes), *tables, alive_line(outcomes)]
    times = {note: notes.count(note) for note in notes}
    parts.append(
        "\n".join(f"{note} (at {count} of {len(outcomes)} cutoffs)" for note, count in times.items())
    )
    return "\n\n".join(part for part in parts if part)


def about(outcomes: Sequence[Outcome]) -> str:
    """How much there is to judge by."""
    away = np.concatenate([one.stayed_away[one.active] for one in outcomes])
    windows = sum(len(one.stayed_away) for one in outcomes)
    cutoffs = f"{len(outcomes)} cutoff{'s' * (len(outcomes) > 1)}"
    return (
        f"{cutoffs}, {windows:,} client-windows, {len(away):,} of active clients, "
        f"of whom {share(away.mean())} did not return"
    )


def methods_table(outcomes: Sequence[Outcome]) -> str:
    """A row a method that spoke at every cutoff: all cutoffs' clients together."""
    return table(HEADERS, [[method, *_figures(outcomes, method)] for method in _methods(outcomes)])


def _methods(outcomes: Sequence[Outcome]) -> list[str]:
    return [name for name in outcomes[0].said if all(name in one.said for one in outcomes)]


def lead_line(outcomes: Sequence[Outcome]) -> str:
    """Our active AUC against the best of the others, and how sure that is."""
    away = np.concatenate([one.stayed_away[one.active] for one in outcomes])
    client = np.concatenate([one.client_id[one.active] for one in outcomes])
    score = {
        method: np.concatenate([one.said[method].score[one.active] for one in outcomes])
        for method in _methods(outcomes)
        if method != TRUTH
    }
    ours = score.pop(OURS)
    best = max(score, key=lambda method: auc(away, score[method]))
    lead, low, high = (f"{value:+.3f}" for value in auc_lead(away, ours, score[best], client))
    return f"Active AUC against the best of the others ({best}): {lead}, 90% interval {low} to {high}."


def _figures(outcomes: Sequence[Outcome], method: str) -> list[str]:
    away = np.concatenate([one.stayed_away for one in outcomes])
    seen = np.concatenate([one.active for one in outcomes])
    score = np.concatenate([one.said[method].score for one in outcomes])
    counts, calibration = ["–"] * 3, ["–"] * 2
    said = outcomes[0].said[method]
    if said.visits is not None:
        count = np.concatenate([one.said[method].visits for one in outcomes])
        mae, rmse, bias = count_errors(count, np.concatenate([one.visits for one in outcomes]))
        counts = [figure(mae, 3), figure(rmse, 3), share(bias, signed=True)]
    if said.p_no_visit is not None:
        p = np.concatenate([one.said[method].p_no_visit for one in outcomes])[seen]
        squared, error = brier(away[seen], p), expected_calibration_error(away[seen], p)
        calibration = [figure(squared, 3), figure(error, 3)]
    hits = [one.stayed_away[one.active][top_alarms(one.said[method].score[one.active])] for one in outcomes]
    areas = [auc(away, score), auc(away[seen], score[seen])]
    top = float(np.concatenate(hits).mean())
    return [*counts, *(figure(value, 3) for value in areas), *calibration, figure(top, 3)]


def next_visit_table(outcomes: Sequence[Outcome]) -> str:
    """How often the windows held and how far off the day was, by how much was known and how late they were."""
    back = pd.concat([one.returned for one in outcomes])
    if back.empty:
        return "Next visit: no cutoff leaves 180 days to see who returns."
    count = back["visits"]
    parts = {
        "all who returned": count > 0,
        **{name: count.between(*range_) for name, range_ in VISITS_KNOWN.items()},
        "overdue": back["overdue"],
        "beyond twice the own gap": back["beyond"],
    }
    rows = []
    for name, part in parts.items():
        some = back[part]
        off, own_off = some["off"].mean(), some["own_off"].mean()
        figures_of = [share(some["covered"].mean()), figure(some["width"].mean(), 0), figure(off, 1)]
        rows.append([name, f"{len(some):,}", *figures_of, figure(own_off, 1), share(1 - off / own_off, 0)])
    return table(NEXT_HEADERS, rows)


def alive_line(outcomes: Sequence[Outcome]) -> str:
    """P(alive) against who really was still a client, where the truth is known."""
    if outcomes[0].alive is None:
        return ""
    truth = np.concatenate([one.alive for one in outcomes if one.alive is not None])
    said = np.concatenate([one.p_alive for one in outcomes])
    return (
        f"Still clients: {share(truth.mean())}, said {share(said.mean())}; "
        f"AUC {figure(auc(truth, said), 3)}, ECE {figure(expected_calibration_error(truth, said), 3)}."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="trials whose name holds this")
    parser.add_argument(
        "--small", type=int, default=10, metavar="N", help="small shops of each size, 0 for none"
    )
    return parser


if __name__ == "__main__":
    main()
