"""What tests of pages share: the app as AppTest runs it, opened on a page with a shop's results already there."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dev
from analysis.book import Book
from analysis.errors import PuntualError
from analysis.files.opening import digest_of_files
from analysis.notebook import Notebook
from analysis.portfolio import Portfolio, analyse
from analysis.reading import Upload, read
from analysis.reading.memory.store import FOLDER_VARIABLE
from analysis.settings import Settings
from sample_data import SAMPLES
from tests.shops import till
from ui import memory
from ui.language import LANGUAGE_KEY
from ui.session.state import KEY, OfTheFiles, Session
from words import Language

#: The shops every page must show something sensible for.
SHOPS: dict[str, Callable[[], Upload]] = {
    "sample": lambda: Upload(SAMPLES["es"].name, SAMPLES["es"].read_bytes()),
    "workshop": lambda: Upload(SAMPLES["en"].name, SAMPLES["en"].read_bytes()),
    "till": till,
    "no_amounts": lambda: till(amounts=False),
    "no_services": lambda: till(services=False),
    "one_client": lambda: till(clients=1),
    "one_visit_each": lambda: till(returns=False),
    "empty_sheet": lambda: till(rows=False),
}

Open = Callable[..., AppTest]


@lru_cache
def results(shop: str) -> tuple[Upload, Book | None, Portfolio | None]:
    """The upload with its Book and Portfolio, None where it cannot give them; computed once for all tests."""
    upload = SHOPS[shop]()
    try:
        book = read([upload])
    except PuntualError:
        return upload, None, None
    try:
        return upload, book, analyse(book)
    except PuntualError:
        return upload, book, None


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins without a memory of columns, and leaves none; its visitor sits at this computer."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr(memory, "is_here", lambda: True)


@pytest.fixture
def open_page() -> Open:
    """Opens a page of the app: `open_page("overview", shop="till", language="es", id="C7")`.

    Other names become parameters of the URL.
    """

    def opened(page: str, *, shop: str | None = None, language: Language = "en", **url: str) -> AppTest:
        app = AppTest.from_file(str(dev.ROOT / "app.py"), default_timeout=60)
        app.session_state[LANGUAGE_KEY] = language
        if shop is not None:
            remember(app, shop)
        app.switch_page(f"pages/{page}.py")  # at once: to run the start page first costs more than most pages
        for name, value in url.items():
            app.query_params[name] = value
        return app.run()

    return opened


def remember(app: AppTest, shop: str) -> None:
    """Puts a shop's files and results into the session, as if they had been uploaded and analysed in it."""
    hold(app, *results(shop))


def hold(app: AppTest, upload: Upload, book: Book | None, portfolio: Portfolio | None) -> None:
    """A session that begins with these files and results."""
    files = OfTheFiles(digest_of_files((upload,)))
    if book is not None:
        files.books[files.key] = book
    if portfolio is not None:
        files.portfolios[files.key, Settings().key] = portfolio
    app.session_state[KEY] = Session(uploads=(upload,), files=files)


def session_of(app: AppTest) -> Session:
    """What the visitor's session holds after the run, to look at and to change before the next one."""
    return app.session_state[KEY]  # type: ignore[no-any-return]


def notebook_of(app: AppTest) -> Notebook:
    """What the owner wrote in the session; its settings stand in the session itself."""
    return session_of(app).files.notebook


def write_down(app: AppTest, notebook: Notebook) -> None:
    """As if the owner had written it in the session before the next run."""
    held = session_of(app)
    held.files.notebook = notebook
    held.edition += 1


def texts(app: AppTest) -> str:
    """Everything the page says in markdown, titles and headings."""
    return "\n".join(element.value for element in (*app.title, *app.header, *app.subheader, *app.markdown))
