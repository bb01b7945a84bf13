"""A fuzzer that follows coverage over the parsers: `python -m benchmarks.fuzz --runs 20000`.

It needs atheris (`pip install atheris`; Linux and macOS) and changes the bytes so as to reach code that no input has
reached before. Each input goes through one of the parsers; anything raised but a refusal is a crash: the fuzzer stops,
shows it and writes the input beside. The whole way, with what must hold of every Book, is `--whole`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

SEED_BYTES = 4_000
PACKAGES = ("analysis",)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs until so many inputs are through or one crashes."""
    options = _parser().parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        sys.exit("This needs atheris: pip install atheris (Linux and macOS).")
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=list(PACKAGES)):
        targets = importlib.import_module("benchmarks.fuzz_targets")
    chosen: Mapping[str, Callable[[bytes], object]] = targets.WHOLE if options.whole else targets.PARSERS
    names = sorted(chosen)

    def one(data: bytes) -> None:
        if data:
            chosen[names[data[0] % len(names)]](data[1:])

    with tempfile.TemporaryDirectory() as corpus:
        for place, name in enumerate(names):
            for number, seed in enumerate(targets.seeds(name)):
                path = Path(corpus) / f"{place:02}_{number:02}"
                path.write_bytes(bytes([place]) + seed[:SEED_BYTES])
        settings = [f"-runs={options.runs}", "-max_len=6000", "-print_final_stats=1", f"-seed={options.seed}"]
        settings.append(f"-artifact_prefix={options.found}/")
        atheris.Setup([sys.argv[0], *settings, corpus], one)
        atheris.Fuzz()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000, help="inputs to try (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations (%(default)s)")
    parser.add_argument(
        "--whole", action="store_true", help="the whole way to the Book instead of the parsers"
    )
    parser.add_argument("--found", type=Path, default=Path(), metavar="DIR", help="where crashes are written")
    return parser


if __name__ == "__main__":
    main()
