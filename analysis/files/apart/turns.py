"""One file at a time, first come, first served: what two uploads would need at once the machine may not have."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.progress import Progress

#: Whoever waits says so again as often, which also lets a page that is gone leave the queue.
_SAY_AGAIN_SECONDS = 1.0


class Turns:
    """A queue of those who want to open a file, over all sessions of the server."""

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()  # the one whose turn it is stands first
        self._moved = threading.Condition()

    @contextmanager
    def turn(self, progress: Progress) -> Iterator[None]:
        """Waits for the turn and gives it back, telling `waiting` with how many are ahead (`n`) meanwhile.

        What `progress` raises ends the waiting; the place in the queue is given up.
        """
        ticket = object()
        with self._moved:
            self._waiting.append(ticket)
        try:
            self._wait(ticket, progress)
            yield
        finally:
            with self._moved:
                self._waiting.remove(ticket)
                self._moved.notify_all()

    def _wait(self, ticket: object, progress: Progress) -> None:
        while True:
            with self._moved:
                ahead = self._waiting.index(ticket)
            if not ahead:
                return
            progress("waiting", 0.0, n=ahead)  # not under the lock: a page may be slow to listen
            with self._moved:
                if self._waiting.index(ticket) == ahead:
                    self._moved.wait(_SAY_AGAIN_SECONDS)
