"""How long reading, analysing and showing take, and how much memory: `python -m benchmarks.speed`.

CPU seconds of processes of their own, the median of three: the statistics alone, beside BG/NBD; a small shop's whole
analysis; exports of 10,000, 100,000 and 1,000,000 lines, how fast the cost grows with them, and the pages.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.cost import TIMES, Cost, cost
from benchmarks.exports import export
from benchmarks.fresh import in_a_process
from benchmarks.rhythm_steps import bg_nbd, mixture
from benchmarks.steps import analysing, analysing_shop, reading
from benchmarks.tables import figure, table
from benchmarks.visits import PAGES, visit

LINES = (10_000, 100_000, 1_000_000)
PAGES_LINES = 100_000  # the size that the pages' goals are set for
XLSX_UP_TO = 100_000  # openpyxl takes minutes to write more
CDNOW_CLIENTS, SHOP_CLIENTS = 23_570, 500
#: Those of the analysis' steps that are statistics: rhythms, and the back-test of the alarm.
STATISTICS = ("rhythm", "back_test")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    options = _parser().parse_args(arguments)
    print(statistics_table(CDNOW_CLIENTS, SHOP_CLIENTS, options.times))
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        costs = step_costs(folder, options.lines, options.times)
        print(f"\n{steps_table(costs)}\n\n{growth(costs)}")
        if options.pages:
            print(f"\n{pages_table(folder, min(max(options.lines), PAGES_LINES), options.times)}")


def statistics_table(many: int, few: int, times: int) -> str:
    """The rhythm model alone on many clients, beside the peer; a small shop with its back-test."""
    rows = [_row(f"Puntual: fit and predict, {many:,} clients", cost(mixture, many, times=times))]
    if importlib.util.find_spec("lifetimes"):
        rows.append(_row(f"BG/NBD (lifetimes): the same, {many:,} clients", cost(bg_nbd, many, times=times)))
    runs = [cost(analysing_shop, few, times=1) for _ in range(times)]
    rows.append(_row(f"rhythms and back-test, {few:,} clients", _median(runs, STATISTICS)))
    rows.append(_row(f"the whole analysis of them, {few:,} clients", _median(runs, None)))
    return table(("statistics", "CPU s", "peak MB"), rows)


def _row(name: str, of: Cost) -> list[str]:
    return [name, figure(of.cpu_seconds), figure(of.peak_mb, 0)]


def _median(runs: Sequence[Cost], steps: Sequence[str] | None) -> Cost:
    """Of some steps of the analysis, or of all of it."""
    spent = [
        one.cpu_seconds if steps is None else sum(one.said[step] for step in steps)  # type: ignore[index]
        for one in runs
    ]
    return Cost(median(spent), median(one.peak_mb for one in runs), None)


@dataclass(frozen=True)
class StepCosts:
    """What an export of so many lines costs; a step that was not measured is None."""

    lines: int
    csv: Cost
    xlsx: Cost | None
    analysis: Cost


def step_costs(folder: Path, lines: Sequence[int], times: int) -> list[StepCosts]:
    """Reading csv and xlsx, and analysing, for each size."""
    costs = []
    for count in lines:
        csv = export(folder, count, "csv")
        xlsx = export(folder, count, "xlsx") if count <= XLSX_UP_TO else None
        costs.append(
            StepCosts(
                count,
                cost(reading, csv, times=times),
                None if xlsx is None else cost(reading, xlsx, times=times),
                cost(analysing, csv, times=times),
            )
        )
    return costs


def steps_table(costs: Sequence[StepCosts]) -> str:
    """CPU seconds and peak MB of each size."""
    rows = []
    for one in costs:
        cells = [
            text
            for step in (one.csv, one.xlsx, one.analysis)
            for text in (("–", "–") if step is None else (figure(step.cpu_seconds), figure(step.peak_mb, 0)))
        ]
        rows.append([f"{one.lines:,}", f"{one.analysis.said:,}", *cells])
    headers = [
        f"{step} {unit}" for step in ("read csv", "read xlsx", "analyse") for unit in ("CPU s", "peak MB")
    ]
    return table(["lines", "clients", *headers], rows)


def growth(costs: Sequence[StepCosts]) -> str:
    """The slope of the logarithm of CPU seconds against that of lines: 1 where twice the lines cost twice as much."""
    if len(costs) == 1:
        return "Growth: one size says nothing of it."
    lines = [one.lines for one in costs]
    read, analysed = (
        slope(lines, [getattr(one, step).cpu_seconds for one in costs]) for step in ("csv", "analysis")
    )
    last = slice(-2, None)
    late_read, late_analysed = (
        slope(lines[last], [getattr(one, step).cpu_seconds for one in costs[last]])
        for step in ("csv", "analysis")
    )
    return (
        f"Growth, slope of log CPU against log lines: reading {figure(read)}, analysing {figure(analysed)}; "
        f"between the two largest sizes {figure(late_read)} and {figure(late_analysed)}."
    )


def slope(lines: Sequence[int], cpu_seconds: Sequence[float]) -> float:
    """By least squares."""
    return float(np.polyfit(np.log(lines), np.log(cpu_seconds), 1)[0])


def pages_table(folder: Path, lines: int, times: int) -> str:
    """CPU seconds of each page in a visitor's session with results at hand: opened, and run again as after a filter."""
    csv = export(folder, lines, "csv")
    visits = [in_a_process(visit, csv) for _ in range(times)]
    rows = [
        [page, *(figure(median(one[page][place] for one in visits)) for place in range(2))] for page in PAGES
    ]
    return table((f"page, CPU s at {lines:,} lines", "opened", "again"), rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=LINES, help="sizes of the exports")
    parser.add_argument("--times", type=int, default=TIMES, help="runs of which the median is taken")
    parser.add_argument("--no-pages", dest="pages", action="store_false", help="leave the pages out")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where exports stay for the next time")
    return parser


if __name__ == "__main__":
    main()
