"""What axe, which checks pages for those who do not see or use a mouse, finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Streamlit's own, not ours to mend: the menu's sections, a figure's sparkline, the uploader's drop zone.
STREAMLITS_OWN = {"list", "listitem", "svg-img-alt", "presentation-role-conflict"}

_AXE = Axe()
_ONLY_VIOLATIONS = {"resultTypes": ["violations"]}  # what passes is long, and would come node by node


def faults(page: Page) -> list[str]:
    """Each rule broken on the page as it stands, with how often and the first place; Streamlit's own aside."""
    return [
        f"{rule['id']}: {rule['help']} ({len(rule['nodes'])}) {rule['nodes'][0]['html'][:200]}"
        for rule in _AXE.run(page, options=_ONLY_VIOLATIONS).response["violations"]
        if rule["id"] not in STREAMLITS_OWN
    ]
