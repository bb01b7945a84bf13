"""Every practice whose columns a till's export lacks says so on its page, names them, and does not fail."""

import pytest

from analysis.practices.needs import PRACTICES, missing
from tests.pages.conftest import Open, results, texts
from ui.column_names import column_names
from words import LANGUAGES, Language, speak

#: Said in words of its own: not every shop has a meter to read.
OWN_WORDS = {2: "intervals.use.no_meter"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", ["till", "no_services", "no_amounts"])
def test_a_practice_without_its_columns_says_what_to_add(
    open_page: Open, shop: str, language: Language
) -> None:
    portfolio = results(shop)[2]
    assert portfolio is not None
    w = speak(language)
    lacking = {number: columns for number in PRACTICES if (columns := missing(portfolio, number))}
    assert lacking
    said = {page: texts(open_page(page, shop=shop, language=language)) for page in pages_of(lacking)}
    silent = []
    for number, columns in lacking.items():
        names = column_names(w, columns)
        told = [w(OWN_WORDS[number])] if number in OWN_WORDS else names
        if not any(name in said[PRACTICES[number].page] for name in told):
            silent.append((number, columns))
    assert silent == []


def pages_of(numbers: dict[int, tuple[str, ...]]) -> set[str]:
    return {PRACTICES[number].page for number in numbers}
