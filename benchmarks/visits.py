"""A visitor who goes through the pages with a file, without a browser: what each page costs the server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.cost import cpu_seconds
from dev import ROOT
from ui.menu import SECTIONS

#: In the order of a visit; the first page with results waits for the analysis before it is measured.
PAGES = ("start", *(name for pages in SECTIONS.values() for name, _ in pages), "client")
PATIENCE_SECONDS = 600


def visit(path: Path) -> dict[str, tuple[float, float]]:
    """CPU seconds of each page, results at hand: when it is opened, and when it runs again as after a filter."""
    logging.disable(logging.WARNING)  # Streamlit's, about running without a server
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_SECONDS).run()
    app.file_uploader[0].upload(path.name, path.read_bytes()).run()
    app.switch_page("pages/overview.py").run()
    return {page: (_opening(app, page), _spent(app.run)) for page in PAGES}


def _opening(app: AppTest, page: str) -> float:
    app.switch_page(f"pages/{page}.py")
    if page != "client":
        return _spent(app.run)
    # A client's page is opened by choosing somebody: the first, who has most at stake.
    app.run().selectbox(key="client_picked").select_index(0).run()
    return _spent(app.button(key="client_open").click().run)


def _spent(run: Callable[[], AppTest]) -> float:
    before = cpu_seconds()
    app = run()
    if app.exception:
        raise RuntimeError(app.exception[0].message)
    return cpu_seconds() - before
