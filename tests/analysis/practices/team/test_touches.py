"""Means and touches in half a year, answers in two, each seller's follow-up."""

import pandas as pd
import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing, would_add
from analysis.practices.team.follow_up import last_words
from analysis.practices.team.touches import LEAST_CONTACTS, by_seller, touches
from tests.analysis.books import Row, book_of, every


def contact(
    client: str, date: str, channel: str, outcome: str = "Contesta", staff: str | None = "Ana"
) -> Row:
    return {"client_id": client, "date": date, "channel": channel, "outcome": outcome, "staff": staff}


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """As of 31 October 2026. Two means for a, one twice for b, c long ago, d never; 30 calls of 2025 to c."""
    visits = [
        (client, date, amount, "Corte", "Ana" if client in "ab" else "Bea")
        for client, last in (
            ("a", "2026-10-31"),
            ("b", "2026-10-01"),
            ("c", "2026-04-01"),
            ("d", "2026-04-01"),
        )
        for _, date, amount, _ in every(client, 30, 8, last=last)
    ]
    calls = [
        contact(
            "c",
            f"2025-{4 + number // 10:02}-{7 + number % 10:02}",
            "Llamada",
            "Contesta" if number < 24 else "No contesta",
        )
        for number in range(30)
    ]
    return analyse(
        book_of(
            visits,
            contacts=[
                contact("a", "2026-10-05", "WhatsApp"),
                contact("a", "2026-09-02", "Llamada", "No contesta"),
                contact("b", "2026-08-03", "WhatsApp", staff="Bea"),
                contact("b", "2026-06-01", "Whats App"),
                *calls,
            ],
        )
    )


def test_touches_and_distinct_means_are_counted_for_every_client(shop: Portfolio) -> None:
    found = touches(shop)
    table = found.clients.set_index("client_id")
    assert table.loc[list("abcd"), "touches"].tolist() == [2, 2, 0, 0]
    assert table.loc[list("abcd"), "channels"].tolist() == [2, 1, 0, 0]
    assert (found.touched, found.several) == (2, 1)


def test_means_are_counted_over_half_a_year_and_answers_over_two(shop: Portfolio) -> None:
    # Calls: one in half a year; 31 in two years, of which 24 answered. Wilson: 24.82 / 32.64, less and more
    # 1.2816 / 32.64 · √(24 · 7/31 + 0.41) = 0.0948.
    table = touches(shop).by_channel.set_index("channel")
    assert table["contacts"].to_dict() == {"whatsapp": 3, "call": 1}
    assert table.loc["call", ["told", "answered"]].tolist() == [31, 24]
    assert table.loc["call", "share"] == pytest.approx(24 / 31)
    assert table.loc["call", ["low", "high"]].tolist() == pytest.approx([0.6656, 0.8552], abs=5e-5)


def test_too_few_contacts_have_no_share(shop: Portfolio) -> None:
    table = touches(shop).by_channel.set_index("channel")
    assert table.loc["whatsapp", "told"] == 3 < LEAST_CONTACTS
    assert pd.isna(table.loc["whatsapp", "share"])


def test_some_clients_alone_can_be_asked_for(shop: Portfolio) -> None:
    found = touches(shop, ("b", "d"))
    assert set(found.clients["client_id"]) == {"b", "d"}
    assert found.by_channel["channel"].tolist() == ["whatsapp"]


def test_weekdays_count_the_contacts_whose_outcome_is_known(shop: Portfolio) -> None:
    table = touches(shop).by_weekday
    assert table["told"].sum() == 34
    assert table["answered"].sum() == 27
    assert table["weekday"].between(0, 6).all()


def test_each_seller_s_clients_are_followed_up(shop: Portfolio) -> None:
    table = by_seller(shop, last_words(shop), 90).set_index("staff")
    assert table[["clients", "touches", "touched", "made", "silent"]].T.to_dict("list") == {
        "Ana": [2, 4, 2, 3, 0],
        "Bea": [2, 0, 0, 1, 2],
    }
    assert table.loc["Ana", "touches_each"] == 2


def test_without_outcomes_nothing_is_said_of_answers() -> None:
    contacts = [{"client_id": "a", "date": "2026-10-01", "channel": "Llamada"}]
    found = touches(analyse(book_of(every("a", 30, 8, last="2026-10-31"), contacts=contacts)))
    assert not found.says_answers
    assert found.by_weekday.empty
    assert found.by_channel[["contacts", "told"]].values.tolist() == [[1, 0]]


def test_without_means_it_says_what_to_add() -> None:
    contacts = [{"client_id": "a", "date": "2026-10-01"}]
    portfolio = analyse(book_of(every("a", 30, 8, last="2026-10-31"), contacts=contacts))
    assert would_add(portfolio, 28) == ("contacts.channel",)
    assert touches(portfolio).by_channel["channel"].tolist() == [""]


def test_without_contacts_it_says_what_to_add_and_all_are_untouched() -> None:
    portfolio = analyse(book_of(every("a", 30, 8, last="2026-10-31")))
    assert missing(portfolio, 28) == ("contacts.date",)
    found = touches(portfolio)
    assert found.touched == 0
    assert found.by_channel.empty


def test_the_sample_s_means_are_those_planted(salon_sample: Portfolio) -> None:
    # Planted: WhatsApp 55%, calls 33%, mail 12%.
    table = touches(salon_sample).by_channel.set_index("channel")
    shares = table["told"] / table["told"].sum()
    assert shares["whatsapp"] == pytest.approx(0.55, abs=0.05)
    assert shares["call"] == pytest.approx(0.33, abs=0.05)
    assert shares["email"] == pytest.approx(0.12, abs=0.04)
    sellers = by_seller(salon_sample, last_words(salon_sample), 90)
    assert sellers["clients"].sum() == (salon_sample.clients["staff"] != "").sum()
