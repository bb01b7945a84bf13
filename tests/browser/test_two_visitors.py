"""Two owners at once: each sees their own clients, whatever the other uploads, even under the same file name."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import exports
from tests.browser.journeys import go
from tests.browser.steps import arrive, download, rows_of, see_results, settle, upload
from tests.browser.visits import Visits


def test_two_owners_at_once_see_only_their_own_clients(visit: Visits, tmp_path: Path) -> None:
    names = ("Garrido", "Beltrán")
    pages: list[Page] = []
    for surname in names:
        folder = tmp_path / surname
        folder.mkdir()
        page = visit()
        upload(page, exports.contacts(folder / "ventas.csv", surname))
        pages.append(page)
    for page in pages:
        see_results(page)
    for page, own, other in zip(pages, names, reversed(names), strict=True):
        expect(page.get_by_role("button", name=own).first).to_be_visible()
        expect(page.get_by_text(other)).to_have_count(0)
        go(page, "at_risk")
        listed = [row["Cliente"] for row in rows_of(download(page, "download_csv"), ";")]
        assert listed
        assert all(name.endswith(own) for name in listed)


def test_another_visitor_s_file_is_nowhere_to_be_seen(visit: Visits, tmp_path: Path) -> None:
    owner = visit()
    upload(owner, exports.contacts(tmp_path / "ventas.csv", "Garrido"))
    see_results(owner)
    stranger = visit("overview")
    arrive(stranger, "overview")
    settle(stranger)
    expect(stranger.get_by_text("Garrido")).to_have_count(0)
    expect(stranger.get_by_text("ventas.csv")).to_have_count(0)
    expect(stranger.get_by_test_id("stMetric")).to_have_count(0)
