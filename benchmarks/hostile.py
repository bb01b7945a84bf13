"""What refusing a hostile file costs: `python -m benchmarks.hostile`.

Every file of the tests' corpus of hostile ones, and some that are too large to be kept among the tests, is opened as
the app opens it: by a process with limits. CPU seconds are of that process from its start to its end, the peak is its
own.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.fresh import in_a_process
from benchmarks.hostile_files import LARGE, corpus, refused
from benchmarks.tables import figure, table

MOST_CPU_SECONDS, MOST_MB = 2.0, 500


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table and how many files keep to the goals."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--only", metavar="TEXT", default="", help="files whose name holds this text")
    options = parser.parse_args(arguments)
    files = {**corpus(), **dict.fromkeys(LARGE)}
    refusals = {
        name: in_a_process(refused, name, data) for name, data in files.items() if options.only in name
    }
    rows = [
        [name, one.how, figure(one.cpu_seconds), figure(one.peak_mb, 0)] for name, one in refusals.items()
    ]
    print(table(("file", "refused as", "CPU s", "peak MB"), rows))
    kept = [
        one.how != "read" and one.cpu_seconds < MOST_CPU_SECONDS and one.peak_mb < MOST_MB
        for one in refusals.values()
    ]
    print(f"\n{sum(kept)} of {len(kept)} refused in under {MOST_CPU_SECONDS:g} CPU s and {MOST_MB} MB.")


if __name__ == "__main__":
    main()
