"""What long work tells of itself while it runs."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with a step's code (`progress.<code>` in the catalogue), and the share done, 0-1.

    `values` are what the sentence names, as a count.
    """

    def __call__(self, code: str, share: float, /, **values: object) -> object: ...


def untold(_code: str, _share: float, /, **_values: object) -> None:
    """For those who do not ask."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """The progress of one part of the work, which goes from share `start` to `end` of the whole."""

    def tell(code: str, share: float, /, **values: object) -> None:
        progress(code, start + (end - start) * share, **values)

    return tell
