"""The process that opens one file: `python -m analysis.files.apart.child BYTES`, the file on standard input.

It answers on standard output as `analysis.files.apart.wire` says and tells nothing anywhere else. Nothing it imports is
heavy, and the file's name never comes here.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from typing import IO

from analysis.files.apart.limits import allow, confine, unseen


def main() -> None:
    """Opens the file and answers with its sheets, or with why not."""
    size = int(sys.argv[1])
    answer = _only_for_the_answer()
    sys.meta_path.insert(0, _WithoutPandas())
    import pyarrow as pa  # noqa: PLC0415 - the limits of time begin after the libraries have come

    from analysis.errors import UnreadableFileError  # noqa: PLC0415
    from analysis.files.apart.wire import send_grids, send_refusal  # noqa: PLC0415
    from analysis.files.sheets import grids_of  # noqa: PLC0415
    from analysis.files.upload import Upload  # noqa: PLC0415

    pa.set_cpu_count(1)
    confine(size)
    data = sys.stdin.buffer.read()
    try:
        grids = list(grids_of(Upload("", data), lambda more: allow(unseen(size) + more)))
        del data
        send_grids(grids, answer)
    except UnreadableFileError as refusal:
        send_refusal(refusal, answer)
    except (MemoryError, pa.ArrowMemoryError):
        send_refusal(UnreadableFileError(kind="too_much"), answer)
    answer.flush()
    os._exit(0)  # taking the process down bit by bit takes time and nobody needs it


class _WithoutPandas(MetaPathFinder):
    """pyarrow looks for pandas to know its frames by; there are none here, and loading it takes longer than reading."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        """Says that there is no pandas, and nothing of other modules."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _only_for_the_answer() -> IO[bytes]:
    """Standard output, which nothing else can write to any more: a library's message may hold a cell."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    return answer


if __name__ == "__main__":
    main()
