"""What a person does in the app, for the browser tests to share."""

from pathlib import Path

from playwright.sync_api import Page

SETTLED = "[data-testid='stApp'][data-test-connection-state='CONNECTED'][data-test-script-state='notRunning']"


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
