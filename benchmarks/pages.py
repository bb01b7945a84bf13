"""How long a visitor waits for each page and each change of a filter, in a real browser: `python -m benchmarks.pages`.

Seconds on the clock, from the click to the page's last change, and kilobytes received over the websocket.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.exports import export
from benchmarks.tables import figure, table
from benchmarks.window import Answer, Window, doors

LINES = 100_000
CHANGES = 5
#: What the page must keep to at 100,000 lines.
GOAL_SECONDS, GOAL_KILOBYTES = 0.6, 100.0
HEADERS = ("page", "opened s", "opened kB", "filter", "change s", "change kB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        file = export(folder, options.lines, "csv")
        print(f"{options.lines:,} lines; load of the machine before: {_load()}")
        with doors(Path(passing)) as enter:
            print(pages_table(file, enter, options.changes, options.pages))
        print(f"Goal of a change: under {GOAL_SECONDS} s and {GOAL_KILOBYTES:.0f} kB. Load after: {_load()}")


def pages_table(file: Path, enter: Callable[[], Window], changes: int, pages: Sequence[str]) -> str:
    """Each page opened from the menu by a visitor of its own, and the medians of some changes of its filter."""
    rows = []
    for page in pages:
        name, change = PAGES[page]
        shown = enter()
        give(shown, file)
        if page == "overview":
            go(shown, "start")
        opened = go(shown, page)
        answers = [shown.act(partial(change, shown.page)) for _ in range(changes if name else 0)]
        rows.append(
            [page, figure(opened.seconds), figure(opened.kilobytes, 0), name or "–", *_medians(answers)]
        )
    return table(HEADERS, rows)


def give(shown: Window, file: Path) -> None:
    """Uploads a file and waits for its results."""
    page = shown.page
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(str(file))
    page.locator(".st-key-see_results button").wait_for()
    shown.act(page.locator(".st-key-see_results button").click)
    page.wait_for_url("**/overview")
    page.locator(".st-key-states").wait_for()


def go(shown: Window, page: str) -> Answer:
    """To a page by the menu; to the client whom the overview names first, who opens as a drawer beside it."""
    if page != "client":
        return shown.act(shown.page.locator(f"[data-testid='stSidebarNav'] a[href$='/{page}']").click)
    return shown.act(shown.page.locator("[class*='st-key-call_'] button").first.click)


def _other_value(key: str) -> Callable[[Page], None]:
    """Another value of a select box, by the keyboard: down and up in turn, so that no list comes to its end."""
    keys = cycle(["ArrowDown", "ArrowDown", "ArrowUp"])

    def change(page: Page) -> None:
        box = page.locator(f".st-key-{key}").get_by_role("combobox")
        box.click()
        box.press(next(keys))
        box.press("Enter")

    return change


def _other_mark(key: str) -> Callable[[Page], None]:
    """Another mark of a slider: left and right in turn, for it may stand at its right end."""
    keys = cycle(["ArrowLeft", "ArrowRight"])
    return lambda page: page.locator(f".st-key-{key}").get_by_role("slider").press(next(keys))


#: Each page's filter and how it is changed; the pages without one are only opened.
PAGES: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "overview": ("", lambda _: None),
    "segments": ("service", _other_value("service")),
    "intervals": ("", lambda _: None),
    "late_revenue": ("seller", _other_value("seller")),
    "at_risk": ("calls a week", _other_mark("calls")),
    "client": ("", lambda _: None),
    "today": ("", lambda _: None),
    "red_line": ("", lambda _: None),
    "movement": ("service", _other_value("service")),
    "growth": ("service", _other_value("service")),
    "follow_up": ("service", _other_value("service")),
    "hand_over": ("", lambda _: None),
    "problems": ("", lambda _: None),
    "dates": ("", lambda _: None),
    "letters": ("", lambda _: None),
    "offers": ("", lambda _: None),
}


def _medians(answers: Sequence[Answer]) -> tuple[str, str]:
    if not answers:
        return "–", "–"
    seconds, kilobytes = (median(getattr(one, name) for one in answers) for name in ("seconds", "kilobytes"))
    return figure(seconds), figure(kilobytes, 0)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="size of the export")
    parser.add_argument("--changes", type=int, default=CHANGES, help="changes of which the median is taken")
    parser.add_argument("--pages", nargs="+", choices=list(PAGES), default=list(PAGES), help="which pages")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the export stays for the next time")
    return parser


if __name__ == "__main__":
    main()
