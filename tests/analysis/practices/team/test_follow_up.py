"""Whom nobody has had a word with: the last word of each client, how far bands are reached, the list of the silent."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.notebook import Notebook, Outcome
from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import would_add
from analysis.practices.team.follow_up import (
    REACHES,
    last_words,
    may_be_written,
    reach_by_band,
    settled,
    silent,
)
from analysis.schema import BANDS
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every, line


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """As of 31 October 2026; each client's last word is said beside them."""
    return analyse(
        book_of(
            [
                *every("visit", 30, 8, last="2026-10-21"),  # a visit 10 days ago
                *every("called", 30, 8, last="2026-03-05"),  # a call on 21 September: 40 days
                *every(
                    "unanswered", 30, 8, last="2026-03-05"
                ),  # a message on 1 May that nobody answered: 183 days
                *every("problem", 30, 8, last="2026-03-05"),  # a problem closed on 1 August: 91 days
                *every("quiet", 30, 8, last="2026-03-05", amount=80.0),  # 240 days
                *every("refuses", 30, 8, last="2026-03-05", amount=50.0),
                *every("booked", 30, 8, last="2026-03-05"),
                *every("bye", 30, 8, last="2026-03-05"),
                ("end", "2026-10-31", 10.0),
            ],
            lines=[line("booked", "2026-11-12", "booked")],
            contacts=[
                {"client_id": "called", "date": "2026-09-21", "channel": "Llamada", "outcome": "Contesta"},
                {"client_id": "called", "date": "2026-04-02", "channel": "Correo", "outcome": "Contesta"},
                {
                    "client_id": "unanswered",
                    "date": "2026-05-01",
                    "channel": "WhatsApp",
                    "outcome": "No contesta",
                },
                {"client_id": "visit", "date": "2026-08-01", "channel": "Llamada", "outcome": "Contesta"},
            ],
            problems=[
                {"client_id": "problem", "opened": "2026-07-10", "closed": "2026-08-01", "kind": "espera"}
            ],
            clients=[
                {"client_id": "bye", "left": "2026-04-01", "phone": "+34 600 000 001"},
                {"client_id": "refuses", "consent": False, "phone": "+34 600 000 002"},
                {"client_id": "quiet", "phone": "+34 600 000 003"},
            ],
        )
    )


def words_of(portfolio: Portfolio) -> pd.DataFrame:
    return last_words(portfolio).set_index("client_id")


def test_the_last_word_is_the_latest_of_visits_contacts_and_problems(shop: Portfolio) -> None:
    words = words_of(shop)
    assert words["days_silent"].to_dict() == {
        "visit": 10,
        "called": 40,
        "unanswered": 183,
        "problem": 91,
        "end": 0,
        **dict.fromkeys(("quiet", "refuses", "booked", "bye"), 240),
    }
    assert words.loc[["visit", "called", "problem"], "kind"].tolist() == ["visit", "contact", "problem"]
    assert words.loc[["called", "visit"], "channel"].tolist() == ["call", ""]
    assert words["unanswered"].to_dict() == {name: name == "unanswered" for name in words.index}


def test_a_touch_is_no_visit(shop: Portfolio) -> None:
    words = words_of(shop)
    assert words.loc["visit", "days_untouched"] == 91
    assert pd.isna(words.loc["quiet", "days_untouched"])


def test_the_silent_are_ordered_by_what_they_are_worth(shop: Portfolio) -> None:
    # Over 90 days: quiet and refuses spend most, of two alike the longest silence; booked and bye are asked nothing.
    assert silent(shop, 90)["client_id"].tolist() == ["quiet", "refuses", "unanswered", "problem"]
    assert silent(shop, 183)["client_id"].tolist() == ["quiet", "refuses"]
    assert silent(shop, 240).empty


def test_who_refused_is_on_the_list_and_is_not_written_to(shop: Portfolio) -> None:
    people = silent(shop, 90)
    assert "refuses" in set(people["client_id"])
    assert may_be_written(people)["client_id"].tolist() == ["quiet"]


def test_what_the_owner_notes_is_a_word(shop: Portfolio) -> None:
    noted = with_notebook(
        shop,
        Notebook(outcomes=(Outcome("quiet", dt.date(2026, 10, 30), "message_sent", channel="whatsapp"),)),
    )
    row = words_of(noted).loc["quiet"]
    assert (row["days_silent"], row["kind"], row["channel"]) == (1, "contact", "whatsapp")
    assert "quiet" not in set(silent(noted, 30)["client_id"])


def test_what_is_noted_after_the_export_ends_is_a_word_of_no_days_ago(shop: Portfolio) -> None:
    noted = with_notebook(shop, Notebook(outcomes=(Outcome("quiet", dt.date(2026, 11, 20), "answered"),)))
    assert words_of(noted).loc["quiet", "days_silent"] == 0


@pytest.mark.parametrize("code", ["left", "moved"])
def test_who_told_the_owner_goodbye_is_asked_no_more(shop: Portfolio, code: str) -> None:
    outcome = Outcome("quiet", dt.date(2026, 4, 1), code)  # type: ignore[arg-type]
    noted = with_notebook(shop, Notebook(outcomes=(outcome,)))
    assert "quiet" not in set(silent(noted, 90)["client_id"])
    assert set(noted.clients.loc[settled(noted, noted.clients), "client_id"]) == {"quiet", "bye"}


def test_bands_are_reached_within_a_month_three_and_six(shop: Portfolio) -> None:
    clients = shop.clients.assign(band=["loved"] * 2 + ["ignored"] * (len(shop.clients) - 2))
    table = reach_by_band(clients, last_words(shop)).set_index(["band", "days"])
    silence = words_of(shop)["days_silent"]
    loved = silence[clients["client_id"].iloc[:2]]
    for days in REACHES:
        assert table.loc[("loved", days), "heard"] == (loved <= days).sum()
        assert table.loc[("loved", days), "clients"] == 2
    assert table.loc[("hated", 30), "clients"] == 0
    assert pd.isna(table.loc[("hated", 30), "share"])


def test_without_contacts_the_last_visit_is_the_last_word_and_it_says_what_to_add() -> None:
    portfolio = analyse(
        book_of([*every("a", 30, 6, last="2026-06-01"), *every("b", 30, 6, last="2026-10-31")])
    )
    words = words_of(portfolio)
    assert would_add(portfolio, 17) == ("contacts.date",)
    assert words.loc["a", "days_silent"] == 152
    assert (words["kind"] == "visit").all()
    assert words["days_untouched"].isna().all()


def test_without_amounts_those_who_came_most_often_come_first() -> None:
    book = book_of(
        [
            *every("seldom", 60, 8, last="2026-04-01", amount=None),
            *every("often", 10, 20, last="2026-05-01", amount=None),
            ("end", "2026-10-31"),
        ]
    )
    assert silent(analyse(book), 90)["client_id"].tolist() == ["often", "seldom"]


def test_on_the_sample_everybody_is_either_heard_of_or_on_the_list(salon_sample: Portfolio) -> None:
    words = last_words(salon_sample)
    for days in (30, 90, 180, 365):
        quiet = set(words.loc[words["days_silent"] > days, "client_id"])
        listed = set(silent(salon_sample, days)["client_id"])
        clients = salon_sample.clients
        excused = clients[settled(salon_sample, clients) | clients["booked_for"].notna()]
        assert listed == quiet - set(excused["client_id"])
    contacts = salon_sample.records.contacts.groupby("client_id")["date"].max()
    visits = salon_sample.visits.groupby("client_id")["date"].max()
    both = words.set_index("client_id")["last_word"]
    assert (both >= contacts.reindex(both.index).fillna(pd.Timestamp("2000-01-01"))).all()
    assert (both >= visits.reindex(both.index)).all()


def test_the_planted_hated_are_heard_of_least(salon_sample: Portfolio) -> None:
    table = reach_by_band(salon_sample.clients, last_words(salon_sample))
    at_90 = table[table["days"] == 90].set_index("band")["share"]
    assert at_90["loved"] > at_90["ignored"] > at_90["hated"]


@settings(max_examples=30, deadline=None)
@given(
    bands=some.lists(some.sampled_from(BANDS), min_size=1, max_size=40),
    silence=some.lists(some.integers(0, 400), min_size=40, max_size=40),
)
def test_longer_reaches_never_reach_fewer(bands: list[str], silence: list[int]) -> None:
    ids = [f"c{number}" for number in range(len(bands))]
    words = pd.DataFrame(
        {"client_id": ids, "days_silent": silence[: len(ids)], "days_untouched": float("nan")}
    )
    table = reach_by_band(pd.DataFrame({"client_id": ids, "band": bands}), words)
    assert table.loc[table["days"] == 30, "clients"].sum() == len(ids)
    for band in BANDS:
        heard = table.loc[table["band"] == band, "heard"]
        assert heard.is_monotonic_increasing
        assert (heard <= table.loc[table["band"] == band, "clients"]).all()


def test_a_page_s_copy_with_another_day_tells_other_silences(shop: Portfolio) -> None:
    later = replace(shop, as_of=dt.date(2026, 11, 30))
    assert (words_of(later)["days_silent"] == words_of(shop)["days_silent"] + 30).all()
