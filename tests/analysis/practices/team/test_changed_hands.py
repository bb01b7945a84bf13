"""Who changed sellers while both work here, by service, on a few clients worked by hand."""

import pandas as pd
import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.practices.team.changed_hands import CHANGED, between, changed_hands
from tests.analysis.books import Visit, book_of


def comes(client: str, sellers: str, service: str = "Corte") -> list[Visit]:
    """A visit every 30 days up to 20 October 2026, one for each letter: A for Ana, B for Bea, C for Cruz."""
    names = {"A": "Ana", "B": "Bea", "C": "Cruz"}
    dates = pd.date_range(end="2026-10-20", periods=len(sellers), freq="30D")
    return [
        (client, f"{date:%Y-%m-%d}", 30.0, service, names[letter])
        for date, letter in zip(dates, sellers, strict=True)
    ]


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    return analyse(
        book_of(
            [
                *comes("a_to_b", "AAAAAABBB"),
                *comes("mostly_c", "AAAABCC"),  # of the three latest two with Cruz
                *comes("still_a", "AAAAAABBA"),
                *comes("mixed", "ABABABCCC"),  # nobody's client before: three of six each
                *comes("short", "AABBB"),  # two visits make no habit
                *comes("colour", "CCCCCAAA", "Color"),
                *comes("colour", "AAAAAAAA"),
                *comes("loyal", "BBBBBBBBB"),
                *(row for number in range(3) for row in comes(f"b{number}", "BBBBBBBB", "Color")),
            ]
        )
    )


def test_the_last_three_times_without_the_seller_of_those_before_is_a_change(shop: Portfolio) -> None:
    changed = changed_hands(shop).set_index("client_id")
    assert changed[["former", "now"]].T.to_dict("list") == {
        "a_to_b": ["Ana", "Bea"],
        "mostly_c": ["Ana", "Cruz"],
        "colour": ["Cruz", "Ana"],
    }
    # Three visits 30 days apart, the last on 20 October.
    assert changed.loc["a_to_b", "since"] == pd.Timestamp("2026-08-21")
    assert changed.loc["colour", "service"] == "Color"


def test_pairs_count_every_client_once(shop: Portfolio) -> None:
    pairs = between(changed_hands(shop))
    assert pairs["clients"].sum() == len(changed_hands(shop))
    assert set(zip(pairs["former"], pairs["now"], strict=True)) == {
        ("Ana", "Bea"),
        ("Ana", "Cruz"),
        ("Cruz", "Ana"),
    }


def test_whose_seller_is_gone_did_not_choose_to_change(salon_sample: Portfolio) -> None:
    changed = changed_hands(salon_sample)
    assert changed.columns.tolist() == list(CHANGED)
    assert "Noelia Bravo" not in set(changed["former"]) | set(changed["now"])
    # No change was planted but hers: hardly anybody shows one.
    assert len(changed) <= 0.02 * len(salon_sample.clients)


def test_without_sellers_nobody_changed() -> None:
    portfolio = analyse(
        book_of([(client, date, amount) for client, date, amount, *_ in comes("c", "AAAABBB")])
    )
    assert changed_hands(portfolio).empty
    assert between(changed_hands(portfolio)).empty
