"""How long reading, analysing and showing take, and how much memory: `python -m benchmarks.speed`.

CPU seconds of processes of their own, the median of three, for exports of 10,000, 100,000 and 1,000,000 lines.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.cost import TIMES, cost
from benchmarks.exports import export
from benchmarks.fresh import in_a_process
from benchmarks.steps import analysing, reading
from benchmarks.tables import figure, table
from benchmarks.visits import PAGES, visit

LINES = (10_000, 100_000, 1_000_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints both tables."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        print(steps_table(folder, options.lines, options.times))
        print()
        print(pages_table(folder, options.lines, options.times))


def steps_table(folder: Path, lines: Sequence[int], times: int) -> str:
    """Reading csv and xlsx, and analysing: CPU seconds and peak MB of each size."""
    rows = []
    for count in lines:
        csv, xlsx = export(folder, count, "csv"), export(folder, count, "xlsx")
        from_csv, from_xlsx = cost(reading, csv, times=times), cost(reading, xlsx, times=times)
        analysed = cost(analysing, csv, times=times)
        costs = [
            text
            for one in (from_csv, from_xlsx, analysed)
            for text in (figure(one.cpu_seconds), figure(one.peak_mb, 0))
        ]
        rows.append([f"{count:,}", f"{analysed.said:,}", *costs])
    headers = [
        f"{step} {unit}" for step in ("read csv", "read xlsx", "analyse") for unit in ("CPU s", "peak MB")
    ]
    return table(["lines", "clients", *headers], rows)


def pages_table(folder: Path, lines: Sequence[int], times: int) -> str:
    """CPU seconds of each page in a visitor's session with results at hand: opened, and run again as after a filter."""
    headers, columns = ["page, CPU s"], []
    for count in lines:
        csv = export(folder, count, "csv")
        visits = [in_a_process(visit, csv) for _ in range(times)]
        for place, name in enumerate(("opened", "again")):
            headers.append(f"{count:,}: {name}")
            columns.append([median(one[page][place] for one in visits) for page in PAGES])
    rows = [[page, *map(figure, costs)] for page, *costs in zip(PAGES, *columns, strict=True)]
    return table(headers, rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=LINES, help="sizes of the exports")
    parser.add_argument("--times", type=int, default=TIMES, help="runs of which the median is taken")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where exports stay for the next time")
    return parser


if __name__ == "__main__":
    main()
