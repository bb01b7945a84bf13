"""The app as its own process, for the browser tests to open."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dev
from analysis.reading.memory.store import FOLDER_VARIABLE, SWITCH_VARIABLE

START_SECONDS = 90  # the first import of everything, on a busy machine
STOP_SECONDS = 10


class App:
    """The app as it runs: where it answers, and what it logged."""

    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serve(log: Path, *, memory: bool = False) -> Iterator[App]:
    """The app on a free port, healthy, until the end of the block; what it says goes to the file `log`.

    With a `memory` it remembers columns, in a folder beside its log; without, no visitor meets what another one said.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = [
        "--server.address=localhost",
        f"--server.port={port}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
    ]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *flags]
    environment = os.environ | {FOLDER_VARIABLE: str(log.parent / "data")}
    if not memory:
        environment[SWITCH_VARIABLE] = "off"
    app = App(f"http://localhost:{port}", log)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=dev.ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
    try:
        wait_until_healthy(app, process)
        yield app
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(app: App, process: subprocess.Popen[bytes]) -> None:
    """Returns once the app answers; fails with its log if it ends or says nothing for too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=5):  # noqa: S310 - always our own http
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    message = f"The app did not start. Its log:\n{app.log}"
    raise RuntimeError(message)
