"""Shops small enough to analyse in a moment, for the tests of pages: what each lacks is what its page must say."""

import datetime as dt
import random
from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.book import Book
from analysis.portfolio import Portfolio, analyse
from analysis.reading import Corrections, Upload, read
from analysis.settings import Settings
from ui import session
from ui.language import LANGUAGE_KEY

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 10, 31)
SECONDS = 60.0

#: Columns of each shop's file besides client and date.
SHOPS = {
    "salon": ("service", "staff", "amount", "rating"),
    "no amounts": ("service", "staff"),
    "bare": (),
    "one client": ("service", "staff", "amount"),
    "one visit each": ("service", "amount"),
}
HEADERS = {"service": "Servicio", "staff": "Atendido por", "amount": "Importe", "rating": "Valoración"}


def shop_file(name: str) -> Upload:
    """A csv of the shop: regular clients, some that slipped, some that stopped coming; always the same."""
    chance = random.Random(7)
    columns = SHOPS[name]
    people = 1 if name == "one client" else 45
    lines = [";".join(["Cliente", "Fecha", *(HEADERS[column] for column in columns)])]
    for person in range(people):
        service, every, price = [("Corte", 28, 25), ("Color", 56, 60), ("Uñas", 21, 18)][person % 3]
        staff = ["Rosa", "Inés"][person % 2]
        stopped = TODAY - dt.timedelta(days=0 if person % 5 else 25 * (person // 5) + every * 2)
        day = TODAY - dt.timedelta(days=520 + chance.randrange(30))
        while day <= stopped:
            values = {
                "service": service,
                "staff": staff,
                "amount": f"{price},00",
                "rating": "1" if person % 9 == 4 else "10" if person % 4 == 1 else "",
            }
            written = [f"Cliente {person:02d}", f"{day:%d/%m/%Y}", *(values[column] for column in columns)]
            lines.append(";".join(written))
            if name == "one visit each":
                break
            slip = 1.6 if person % 7 == 3 and day > TODAY - dt.timedelta(days=300) else 1.0
            day += dt.timedelta(days=max(3, round(chance.gauss(every * slip, every * 0.12))))
    return Upload(f"{name}.csv", "\n".join(lines).encode("utf-8"))


@cache
def _read(name: str) -> Book:
    return read((shop_file(name),), Corrections())


@cache
def analysed(name: str) -> Portfolio:
    return analyse(_read(name))


def open_page(page: str, shop: str | None, language: str = "es") -> AppTest:
    """The page as someone sees it who uploaded that shop's file (None = nothing yet), before its first run."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS)
    app.session_state[LANGUAGE_KEY] = language
    if shop is not None:
        _put(app, shop)
    app.switch_page(f"pages/{page}.py")
    return app


def _put(app: AppTest, shop: str) -> None:
    """The results a session would work out for itself, worked out once for all tests."""
    key = f"test-{shop}"
    app.session_state[session._UPLOADS] = (shop_file(shop),)
    app.session_state[session._KEY] = key
    app.session_state[session._BOOKS] = {key: _read(shop)}
    app.session_state[session._PORTFOLIOS] = {(key, Settings().key): analysed(shop)}


def texts(app: AppTest) -> str:
    """Everything the page says in titles, headings and paragraphs."""
    return "\n".join(element.value for kind in (app.title, app.header, app.markdown) for element in kind)
