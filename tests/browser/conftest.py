"""A real browser on the real app: one server and one Chromium for each process of tests, fresh visitors for each file.

A test that ends with an error in the browser's console, a traceback in the server's log or a request to another
machine fails, whatever it looked at.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import dev
from tests.browser.journeys import with_the_salon
from tests.browser.server import App, serve
from tests.browser.visits import STEP_MILLISECONDS, Visits

HERE = Path(__file__).parent

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

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of a file to one worker, for they share visitors; the worker's files share a server and a browser.

    Files that share the visitor `salon` too are named a group by themselves.
    """
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that are lost without a word would send a visitor's next test to where they never were."""
    if getattr(session.config.option, "loadgroup", False):
        for item in session.items:
            group = item.get_closest_marker("xdist_group")
            if group is not None and not item.nodeid.endswith(f"@{group.args[0]}"):
                raise pytest.UsageError("pytest-xdist does not keep the tests of a group together")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Leaves a note for the visits' end that the test failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, started once for all tests of the session, stopped at its end."""
    with serve(tmp_path_factory.mktemp("app") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, Chrome or Edge. Without one, the tests fail: none is skipped."""
    program = dev.find_browser()
    if program is None:
        pytest.fail(dev.NO_BROWSER, pytrace=False)
    expect.set_options(timeout=STEP_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextmanager
def visitors(app: App, chromium: Browser) -> Iterator[Visits]:
    """People who come to an app, and leave at the end of the block."""
    visits = Visits(app, chromium)
    try:
        yield visits
    finally:
        visits.end()


@contextmanager
def watched(app: App, visits: Visits, test: pytest.Item) -> Iterator[None]:
    """Whatever goes wrong unseen within the block fails the test.

    When it failed, a picture of what the visitors saw stays in `test-results/`.
    """
    logged_before = len(app.log)
    yield
    faults = visits.faults
    visits.forget_faults()
    logged = app.log[logged_before:]
    if "Traceback" in logged:
        faults.append(f"traceback in the server's log:\n{logged}")
    if faults or test.stash.get(FAILED, False):
        visits.keep_screenshots(re.sub(r"\W+", "-", test.name))
    assert not faults, "\n".join(faults)


@pytest.fixture
def visit(app: App, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Opens the app as somebody new; called twice, it is two people.

    page = visit("overview", language="en-GB", scheme="dark", phone=True)
    """
    with visitors(app, chromium) as visits, watched(app, visits, request.node):
        yield visits


@pytest.fixture
def visit_first(chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visits]:
    """The same, on an app that was started for this test alone and that nobody has visited."""
    with (
        serve(tmp_path / "server.log") as running,
        visitors(running, chromium) as visits,
        watched(running, visits, request.node),
    ):
        yield visits


@pytest.fixture
def visit_remembering(chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visits]:
    """The same, on an app that remembers what its visitors say of columns."""
    with (
        serve(tmp_path / "server.log", memory=True) as running,
        visitors(running, chromium) as visits,
        watched(running, visits, request.node),
    ):
        yield visits


@pytest.fixture(scope="module")
def house(app: App, chromium: Browser) -> Iterator[Visits]:
    """Where the visitors of `stay` live until their file's last test."""
    with visitors(app, chromium) as visits:
        yield visits


@pytest.fixture
def stay(house: Visits, app: App, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Visitors whom the tests of one file share, for an upload and its analysis take seconds: see `Visits.regular`."""
    with watched(app, house, request.node):
        yield house


@pytest.fixture(scope="session")
def town(app: App, chromium: Browser) -> Iterator[Visits]:
    """Where the visitor `salon` lives, from file to file."""
    with visitors(app, chromium) as visits:
        yield visits


@pytest.fixture
def salon(town: Visits, app: App, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The owner of the sample salon, in Spain, with no panel open: one for all files of the group "salon".

    Their tests take back what they note, or leave it where no other of them looks.
    """
    with watched(app, town, request.node):
        yield with_the_salon(town)
