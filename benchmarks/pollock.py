"""Pollock: 2,290 polluted copies of one csv, read as they are written, scored by the benchmark's own metric.

`python -m benchmarks.pollock CHECKOUT`, where CHECKOUT is a copy of github.com/HPI-Information-Systems/Pollock with its
`polluted_files` (Vitagliano and others, "Pollock: A Data Loading Benchmark", VLDB 2023). Nobody is told a delimiter,
a quote or a header. A score is 0 to 10 a file: success, and precision, recall and F1 of header, records and cells; the
simple one is the mean over files, the weighted one counts each kind of pollution as often as it was found in the wild.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

from analysis.errors import PuntualError
from analysis.files.opening import open_here
from analysis.reading import Upload
from analysis.reading.raw import csv_of, raw_table
from benchmarks.pollock_peers import PEERS, Reader
from benchmarks.tables import figure, table

#: What a program writes that could not load a file, by the benchmark's convention.
FAILED = b"Application Error"
FILES = Path("polluted_files")
WEIGHTS = "pollock_weights.json"

Metric = Callable[[Path, Path], Sequence[float]]


@dataclass(frozen=True)
class Scores:
    """Of one reader: the score of every file by its name, and the CPU seconds of reading them all."""

    of: Mapping[str, float]
    cpu_seconds: float

    @property
    def simple(self) -> float:
        return fmean(self.of.values())

    def weighted(self, weights: Mapping[str, float]) -> float:
        """A file that the weights do not name counts as in the benchmark's own script, -1."""
        given = {name: weights.get(name, -1.0) for name in self.of}
        return sum(self.of[name] * weight for name, weight in given.items()) / sum(given.values())

    def by_kind(self) -> dict[str, float]:
        """The mean of each kind of pollution."""
        kinds: defaultdict[str, list[float]] = defaultdict(list)
        for name, score in self.of.items():
            kinds[kind_of(name)].append(score)
        return {kind: fmean(scores) for kind, scores in kinds.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    options = _parser().parse_args(arguments)
    checkout: Path = options.checkout
    metric = metric_of(checkout)
    weights = json.loads((checkout / WEIGHTS).read_text("utf-8"))
    names = sorted(path.name for path in (checkout / FILES / "csv").iterdir() if path.suffix == ".csv")
    readers: dict[str, Reader] = {"Puntual": puntual}
    if options.peers:
        readers |= {name: peer for name, make in PEERS.items() if (peer := make()) is not None}
    scores = {name: scores_of(reader, checkout, names, metric) for name, reader in readers.items()}
    print(ranking(scores, weights))
    print(f"\n{by_kind(scores['Puntual'], weights)}")


def puntual(path: Path) -> bytes:
    """Puntual's way, as `python -m analysis read --raw` goes it."""
    try:
        return csv_of(raw_table(open_here(Upload(path.name, path.read_bytes()))))
    except PuntualError as problem:
        return b"" if problem.values.get("kind") == "empty" else FAILED


def scores_of(reader: Reader, checkout: Path, names: Iterable[str], metric: Metric) -> Scores:
    """Reads every file, then scores what was read."""
    scores: dict[str, float] = {}
    spent = 0.0
    with tempfile.TemporaryDirectory() as passing:
        for name in names:
            start = time.process_time()
            read = reader(checkout / FILES / "csv" / name)
            spent += time.process_time() - start
            loaded = Path(passing) / name
            loaded.write_bytes(read)
            scores[name] = 0.0
            if not read.startswith(FAILED):
                scores[name] = 1.0 + sum(metric(checkout / FILES / "clean" / name, loaded))
    return Scores(scores, spent)


def metric_of(checkout: Path) -> Metric:
    """The benchmark's own measures: nine between 0 and 1 for a clean file and what was loaded of its polluted copy."""
    sys.path.insert(0, str(checkout))
    metrics = importlib.import_module("pollock.metrics")
    metrics.normalize_cell = cache(metrics.normalize_cell)  # the same cells stand in all the files
    return lambda clean, loaded: metrics.header_record_cell_measures_csv(str(clean), str(loaded))


def kind_of(name: str) -> str:
    """The kind of pollution of a file: its name without the row and the column.

    >>> kind_of("row_less_sep_row12_col3.csv"), kind_of("file_field_delimiter_0x9.csv")
    ('row_less_sep', 'file_field_delimiter_0x9')
    """
    bare = name.removesuffix(".csv")
    if not bare.startswith("row"):
        return bare
    return re.sub(r"_(?:row)?\d+(?:_col\d+|_0x\d+)|\d+_col\d+", "", bare)


def ranking(scores: Mapping[str, Scores], weights: Mapping[str, float]) -> str:
    """Best weighted score first."""
    ranked = sorted(scores.items(), key=lambda item: -item[1].weighted(weights))
    rows = [
        [name, figure(one.simple, 3), figure(one.weighted(weights), 3), figure(one.cpu_seconds, 0)]
        for name, one in ranked
    ]
    return table(("reader", "simple", "weighted", "CPU s"), rows)


def by_kind(scores: Scores, weights: Mapping[str, float]) -> str:
    """Puntual's mean score of each kind of pollution, and what the kind weighs."""
    shares: defaultdict[str, float] = defaultdict(float)
    for name in scores.of:
        shares[kind_of(name)] += weights.get(name, -1.0)
    total = sum(shares.values())
    rows = [
        [kind, figure(score, 2), f"{shares[kind] / total:.1%}"]
        for kind, score in sorted(scores.by_kind().items(), key=lambda item: item[1])
    ]
    return table(("pollution", "Puntual", "weight"), rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pollock", description=io.StringIO(__doc__).readline()
    )
    parser.add_argument("checkout", type=Path, help="a copy of github.com/HPI-Information-Systems/Pollock")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="Puntual alone")
    return parser


if __name__ == "__main__":
    main()
