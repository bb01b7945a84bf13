"""Ways through the app that several browser tests go."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from analysis.reading import Upload
from tests.browser.steps import arrive, close_drawer, settle, upload
from tests.browser.visits import Visits

#: How an address names what a visitor has narrowed a page to. A test that filters ends where the address says so.
FILTERS = {"service", "seller", "band", "state"}

_HEAD, _ROW, _MARK = 38, 35, 20
_LOOKS, _BETWEEN_LOOKS_MS = 30, 400


def open_shop(visit: Visits, folder: Path, shop: Upload, *, language: str = "es-ES", **how: object) -> Page:
    """A new visitor who uploads a shop's export and stands on the overview of its results."""
    file = folder / shop.name
    file.write_bytes(shop.data)
    page = visit(language=language, **how)  # type: ignore[arg-type]
    upload(page, file)
    onward = page.locator(".st-key-see_results button")
    expect(onward).to_be_visible()
    settle(page)
    onward.click()
    expect(page.locator(".st-key-states")).to_be_visible()
    settle(page)
    return page


def go(page: Page, name: str) -> None:
    """To a page of the menu, within the session."""
    page.locator(f"[data-testid='stSidebarNav'] a[href$='/{name}']").click()
    arrive(page, name)


def at_home(stay: Visits, folder: Path, shop: Upload, *, language: str = "es-ES") -> Page:
    """A visitor who stays with their shop, one for each language: on its overview, nothing filtered, no drawer open."""
    page = stay.regular(f"{shop.name} {language}", lambda: open_shop(stay, folder, shop, language=language))
    if drawer(page).count():
        close_drawer(page)
    if FILTERS & parse_qs(urlsplit(page.url).query).keys():
        without_filters(page)
    if not page.url.endswith("/overview"):
        go(page, "overview")
    return page


def with_the_salon(visits: Visits) -> Page:
    """A visitor who stays with the sample salon, in Spain: wherever they are, with no panel open."""

    def welcome() -> Page:
        page = visits(language="es-ES")
        page.locator(".st-key-sample_es").get_by_role("button").click()
        arrive(page, "overview")
        return page

    page = visits.regular("salon", welcome)
    if drawer(page).count():
        close_drawer(page)
    return page


def without_filters(page: Page) -> None:
    """Takes back what a visitor who stays has chosen, on the page that has every filter."""
    go(page, "segments")
    for name in ("service", "seller"):
        chosen = page.locator(f".st-key-{name} [aria-label='Clear value']")
        if chosen.count():
            chosen.click()
            expect(page.locator(f".st-key-{name} input")).to_have_value("")
            settle(page)
    pills = page.locator(".st-key-band, .st-key-state").locator("[aria-pressed='true']")
    for left in reversed(range(pills.count())):
        pills.first.click()
        expect(pills).to_have_count(left)
        settle(page)
    page.wait_for_url(lambda url: not FILTERS & parse_qs(urlsplit(url).query).keys())


def table(page: Page, key: str) -> Locator:
    """The table whose key begins so (a digest of its rows follows)."""
    return page.locator(f"[class*='st-key-{key}_'] [data-testid='stDataFrame']")


def click_row(page: Page, key: str, row: int) -> None:
    """On the mark at the beginning of a row, 0 the first. The grid is a canvas, drawn a little after the page."""
    expect(table(page, key).locator("canvas").first).to_be_visible()
    settle(page)
    _stand_still(table(page, key))
    table(page, key).click(position={"x": _MARK, "y": _HEAD + _ROW * row + _ROW / 2})


def _stand_still(grid: Locator) -> None:
    """Waits until it is the same table in the same place twice: other rows come as another table, a little later."""
    before = None
    for _ in range(_LOOKS):
        now = grid.evaluate(
            "grid => grid.closest('[class*=st-key-]').className + JSON.stringify(grid.getBoundingClientRect())"
        )
        if now == before:
            return
        before = now
        grid.page.wait_for_timeout(_BETWEEN_LOOKS_MS)


def drawer(page: Page) -> Locator:
    return page.get_by_role("dialog")
