"""What a person does in the app, for the browser tests to share."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from ui.menu import SECTIONS
from words import LANGUAGES, speak

SETTLED = "[data-testid='stApp'][data-test-connection-state='CONNECTED'][data-test-script-state='notRunning']"

#: The pages of the menu that show results, as their URL.
RESULTS = tuple(name for pages in SECTIONS.values() for name, _ in pages)

# The grid is painted on a canvas: a cell is where it is by its measures.
_FIRST_ROW, _ROW = 53, 35


def settle(page: Page) -> None:
    """Waits until the app has nothing left to do.

    Right after a click the app may not have begun yet: a test asserts the visible result first (Playwright's
    `expect` waits for it) and settles before it looks at the rest of the page.
    """
    page.locator(SETTLED).wait_for()
    page.get_by_test_id("stSkeleton").first.wait_for(state="hidden")


def upload(page: Page, *files: Path) -> None:
    """Gives files to the page's uploader, as if dropped on it, and waits for the page that follows."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(file) for file in files])
    settle(page)


def take_back(page: Page) -> None:
    """Takes the only file out of the uploader again, and waits for the page without a file."""
    page.get_by_test_id("stFileChipDeleteBtn").click()
    expect(page.get_by_test_id("stFileChip")).to_have_count(0)
    expect(page.locator(".st-key-sample_es")).to_be_visible()
    settle(page)


def see_results(page: Page) -> None:
    """From what was understood of a file on to the overview."""
    onward = page.locator(".st-key-see_results").get_by_role("button")
    expect(onward).to_be_visible()
    settle(page)
    onward.click()
    arrive(page, "overview")


def arrive(page: Page, name: str) -> None:
    """Waits for the page's question, in either language, and for all that stands under it."""
    page.wait_for_url(re.compile(rf"/{name}(\?|$)"))
    expect(page.get_by_role("heading", level=1)).to_have_text(question(name))
    settle(page)


def question(name: str) -> re.Pattern[str]:
    """The question at the top of a page, in either language."""
    questions = [re.escape(speak(language)(f"{name}.question")) for language in LANGUAGES]
    return re.compile(f"^({'|'.join(questions)})$")


def cell(grid: Locator, row: int, column: int) -> Locator:
    """What a screen reader hears of a cell; both count from 0, the column of boxes to pick rows too."""
    return grid.get_by_test_id(f"glide-cell-{column}-{row}")


def type_into(grid: Locator, row: int, share: float, text: str) -> None:
    """Types into the cell of a row that stands at a share of the grid's width."""
    width = grid.evaluate("grid => grid.clientWidth")
    grid.dblclick(position={"x": width * share, "y": _FIRST_ROW + _ROW * row})
    editor = grid.page.locator("#portal input, #portal textarea").first
    expect(editor).to_be_focused()
    editor.fill(text)
    editor.press("Enter")


def unfold(page: Page, key: str) -> None:
    """Opens what is folded away under the line whose key begins so, where it is not open yet."""
    fold = page.locator(f"[class*='st-key-{key}'] details").first
    expect(fold).to_be_visible()
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
        expect(fold).to_have_attribute("open", "")
    settle(page)


def choose(page: Page, key: str, value: str) -> None:
    """Picks a value of a select box by typing it."""
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.fill(value)
    page.get_by_role("option", name=value, exact=True).click()
    expect(box).to_have_value(value)


def close_drawer(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settle(page)


def download(page: Page, key: str) -> bytes:
    """The bytes that a download button gives."""
    with page.expect_download() as given:
        page.locator(f".st-key-{key}").get_by_role("button").click()
    return Path(given.value.path()).read_bytes()


def rows_of(data: bytes, separator: str) -> list[dict[str, str]]:
    """The lines of a downloaded csv by their headers."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def plain(text: str) -> str:
    """Text as a person reads it: without what keeps addresses from becoming links."""
    return text.replace("\N{WORD JOINER}", "")


def expect_names_to_be_text(page: Page) -> None:
    """Nothing of the names in `exports.harmful` became an image, a link or a script."""
    expect(
        page.locator("img[src*='evil'], img[src='x'], img[src='f.png'], [onerror], [onmouseover]")
    ).to_have_count(0)
    expect(page.locator("a[href^='http://evil']")).to_have_count(0)
