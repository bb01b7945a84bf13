"""People with a browser each, and all that goes wrong in it: what the fixtures `app` and `visit` hand to tests."""

import re
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

import dev
from tests.browser.server import App
from tests.browser.steps import settle

#: The slowest step, on a machine that is busy with other tests: the sample, read and analysed.
STEP_MILLISECONDS = 60_000

#: Faults of nobody. Opened at `/overview`, Streamlit looks for itself at `/overview/_stcore/...` before `/_stcore/...`.
HARMLESS = [
    re.compile(r"status of 404 \(Not Found\) \(http://localhost:\d+/\w+/_stcore/(health|host-config)\)")
]

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
#: Streamlit folds its menu away after a choice where the browser says that it is a phone's.
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"

Scheme = Literal["light", "dark"]


class Visitor:
    """One person's browser window: its page, and all that went wrong in it."""

    def __init__(self, context: BrowserContext, allowed: list[re.Pattern[str]]) -> None:
        self.context = context
        self.page = context.new_page()
        self._allowed = allowed
        self._faults: list[str] = []
        context.on("request", lambda request: self._note_request(request.url))
        self.page.on("websocket", lambda websocket: self._note_request(websocket.url))
        context.on("weberror", lambda error: self._faults.append(f"page error: {error.error}"))
        context.on("console", self._note_message)

    @property
    def faults(self) -> list[str]:
        return [fault for fault in self._faults if not any(known.search(fault) for known in self._allowed)]

    def forget_faults(self) -> None:
        self._faults.clear()

    def _note_request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "localhost":
            self._faults.append(f"request to another machine: {url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._faults.append(f"console: {message.text} ({message.location['url']})")


class Visits:
    """Opens the app, each time as somebody new; see the fixtures `visit` and `stay`."""

    def __init__(self, app: App, chromium: Browser) -> None:
        self._app = app
        self._chromium = chromium
        self._visitors: list[Visitor] = []
        self._allowed = list(HARMLESS)
        self._regulars: dict[str, Page] = {}

    def __call__(
        self, path: str = "", *, language: str = "es-ES", scheme: Scheme = "light", phone: bool = False
    ) -> Page:
        """The page at `path` ("overview?band=loved"), settled, for a new visitor.

        `language` is the browser's (es-ES, es-MX, en-GB, en-US...), `phone` a narrow touch screen.
        """
        context = self._chromium.new_context(
            base_url=f"{self._app.url}/",
            locale=language,
            timezone_id="Europe/Madrid",
            color_scheme=scheme,
            reduced_motion="reduce",
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            is_mobile=phone,
            user_agent=PHONE_AGENT if phone else None,
        )
        context.set_default_timeout(STEP_MILLISECONDS)
        visitor = Visitor(context, self._allowed)
        self._visitors.append(visitor)
        visitor.page.goto(path)
        settle(visitor.page)
        return visitor.page

    def regular(self, name: str, welcome: Callable[[], Page]) -> Page:
        """Somebody who stays: `welcome` brings them in the first time they are asked for."""
        if name not in self._regulars:
            self._regulars[name] = welcome()
        return self._regulars[name]

    def allow(self, fault: str) -> None:
        """A regular expression for a fault that this test brings about on purpose."""
        self._allowed.append(re.compile(fault))

    @property
    def faults(self) -> list[str]:
        return [fault for visitor in self._visitors for fault in visitor.faults]

    def forget_faults(self) -> None:
        for visitor in self._visitors:
            visitor.forget_faults()

    def keep_screenshots(self, name: str) -> None:
        folder = dev.ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        for number, visitor in enumerate(self._visitors, start=1):
            for page in visitor.context.pages:
                page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)

    def end(self) -> None:
        for visitor in self._visitors:
            visitor.context.close()
