"""A real browser on the real app: one server and one Chromium for the session, a fresh visitor for every page.

A test that ends with an error in the browser's console, a traceback in the server's log or a request to another
machine fails, whatever it looked at.
"""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import dev
from tests.browser.visits import App, Visits

HERE = Path(__file__).parent
START_SECONDS = 90  # the first import of everything, on a busy machine

#: Quiet (no look-ups of its maker's services) and closed: every name but this machine's leads nowhere.
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder's tests to one worker: they share a server and a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


# --- The app ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, started once for all tests of the session, stopped at its end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "server.log"
    flags = [
        "--server.address=localhost",
        f"--server.port={port}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
    ]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *flags]
    running = App(f"http://localhost:{port}", log)
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=dev.ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(running, server)
        yield running
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_healthy(app: App, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=5):  # noqa: S310 - always our own http
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The app did not start. Its log:\n{app.log}", pytrace=False)


# --- The browser ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, Chrome or Edge. Without one, the tests fail: none is skipped."""
    program = dev.find_browser()
    if program is None:
        pytest.fail(dev.NO_BROWSER, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(app: App, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Opens the app as somebody new; called twice, it is two people.

        page = visit("overview", language="en-GB", scheme="dark", phone=True)

    When the test failed, a picture of what they saw stays in `test-results/`.
    """
    logged_before = len(app.log)
    visits = Visits(app, chromium)
    yield visits
    faults = visits.faults
    logged = app.log[logged_before:]
    if "Traceback" in logged:
        faults.append(f"traceback in the server's log:\n{logged}")
    if faults or request.node.stash.get(FAILED, False):
        visits.keep_screenshots(re.sub(r"\W+", "-", request.node.name))
    visits.end()
    assert not faults, "\n".join(faults)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Leaves a note for `visit` that the test failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
