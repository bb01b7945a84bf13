"""Results that several tests look at, worked out once."""

import pytest

from analysis.book import Book
from analysis.portfolio import Portfolio, analyse
from tests.analysis.books import salon


@pytest.fixture(scope="session")
def salon_book() -> Book:
    return salon()


@pytest.fixture(scope="session")
def portfolio(salon_book: Book) -> Portfolio:
    """The salon, analysed."""
    return analyse(salon_book)
