"""A visitor's browser window with a stopwatch and a counter of the bytes that the server sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, sync_playwright

import dev
from tests.browser.conftest import CHROMIUM_FLAGS
from tests.browser.server import serve
from tests.browser.steps import SETTLED
from tests.browser.visits import WIDE

PATIENCE_MILLISECONDS = 300_000
#: A page on which nothing moved for so long stands still.
STILL_MILLISECONDS = 700

#: When the visitor last asked for something, and when the page last changed.
STOPWATCH = """
window.stopwatch = {asked: 0, changed: 0};
for (const kind of ["click", "keydown"])
    addEventListener(kind, () => { stopwatch.asked = stopwatch.changed = performance.now(); }, true);
new MutationObserver(() => { stopwatch.changed = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
STANDS_STILL = """([settled, quiet]) => document.querySelector(settled) !== null
    && performance.now() - stopwatch.changed > quiet && performance.now() - stopwatch.asked > quiet"""


@dataclass(frozen=True)
class Answer:
    """What one act of the visitor brought about."""

    seconds: float  # from the click or key to the page's last change
    kilobytes: float  # received over the websocket


class Window:
    """One visitor's window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._bytes = 0
        page.add_init_script(STOPWATCH)
        page.on("websocket", self._listen)

    def act(self, doing: Callable[[], object]) -> Answer:
        """What the last click or key of `doing` brings about, until the page stands still.

        Raises RuntimeError where the server was asked nothing: that is no quick answer, it is no measurement.
        """
        before = self._bytes
        doing()
        self.page.wait_for_function(STANDS_STILL, arg=[SETTLED, STILL_MILLISECONDS])
        if self._bytes == before:
            raise RuntimeError(f"nothing came of it on {self.page.url}")
        watch = self.page.evaluate("stopwatch")
        return Answer((watch["changed"] - watch["asked"]) / 1000, (self._bytes - before) / 1000)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self._bytes += len(frame)


@contextmanager
def doors(folder: Path) -> Iterator[Callable[[], Window]]:
    """The app, until the end of the block, and how somebody new opens a window on it; its log goes to `folder`."""
    program = dev.find_browser()
    if program is None:
        raise SystemExit(dev.NO_BROWSER)
    with serve(folder / "server.log") as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        with windows(browser, app.url) as enter:
            yield enter
        browser.close()


@contextmanager
def windows(browser: Browser, url: str) -> Iterator[Callable[[], Window]]:
    """How somebody new opens a window on the app at `url`; whoever came before leaves.

    Filters go with a visitor from page to page: what is measured of a page wants a visitor who brings none.
    """
    here: list[BrowserContext] = []

    def leave() -> None:
        while here:
            here.pop().close()

    def enter() -> Window:
        leave()
        context = browser.new_context(
            base_url=f"{url}/", locale="es-ES", viewport=WIDE, reduced_motion="reduce"
        )
        here.append(context)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        shown = Window(context.new_page())
        shown.page.goto("")
        shown.page.locator(SETTLED).wait_for()
        return shown

    yield enter
    leave()
