"""A fresh Python that does one piece of work and ends: how it is asked, and what it does then."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import TypeVar

from dev import ROOT

Answer = TypeVar("Answer")


def in_a_process(work: Callable[..., Answer], *arguments: object) -> Answer:
    """The answer of a fresh Python: nothing is imported, cached or allocated before.

    `work` is a function of a module, arguments and answer are plain values. Raises CalledProcessError where it fails,
    its traceback on standard error. Not by `multiprocessing`: its processes begin by running the caller's main module
    again, and Streamlit's AppTest leaves the app in that place.
    """
    command = [sys.executable, "-m", "benchmarks.fresh"]
    ended = subprocess.run(
        command, input=pickle.dumps((work, arguments)), stdout=subprocess.PIPE, cwd=ROOT, check=True
    )
    answer: Answer = pickle.loads(ended.stdout)  # noqa: S301 - what our own process wrote
    return answer


def main() -> None:
    """Reads the work from standard input and writes the answer to standard output; prints go to standard error."""
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    work, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - what `in_a_process` wrote
    pickle.dump(work(*arguments), answer)


if __name__ == "__main__":
    main()
