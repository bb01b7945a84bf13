"""The benchmark of the pages measures what a visitor waits for; no figure is asked of it here."""

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.pages import pages_table
from benchmarks.window import windows
from tests.browser.server import App
from tests.shops import till


def test_opening_and_changing_are_measured(app: App, chromium: Browser, tmp_path: Path) -> None:
    export = till()
    file = tmp_path / export.name
    file.write_bytes(export.data)
    with windows(chromium, app.url) as enter:
        _, _, said = pages_table(file, enter, 2, ["at_risk"]).splitlines()
    row = [cell.strip() for cell in said.split("|")[1:-1]]
    assert [row[0], row[3]] == ["at_risk", "calls a week"]
    assert all(float(row[place]) > 0 for place in (1, 2, 4, 5))
