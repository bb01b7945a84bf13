"""Whose seller is gone: who counts as gone, whose client is whose, where each stands since, who should take them."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing
from analysis.practices.team.hand_over import HAND_OVER, NOT_BACK, STANDINGS, hand_over
from analysis.practices.team.sellers import gone_sellers, sellers, served, usual_sellers
from tests.analysis.books import Visit, book_of, line

END = "2026-10-31"


def comes(
    client: str, days: int, first: str, last: str, staff: str, service: str | None = "Corte"
) -> list[Visit]:
    """A client's visits to one seller, every so many days."""
    dates = pd.date_range(first, last, freq=f"{days}D")
    return [(client, f"{date:%Y-%m-%d}", 30.0, service, staff) for date in dates]


def till(service: str | None = "Corte") -> list[Visit]:
    """Ana's last day is 2026-06-30; Bea and Cruz work to the end, Cruz with the colour too."""
    colour = "Color" if service else None
    return [
        *(
            row
            for staff in ("Bea", "Cruz")
            for n in range(3)
            for row in comes(f"{staff}{n}", 10 + n, "2025-07-01", END, staff, service)
        ),
        *(
            row
            for n in range(6)
            for row in comes(f"colour{n}", 45, "2025-08-01", "2026-10-20", "Cruz", colour)
        ),
        *comes("ana", 5, "2025-07-05", "2026-06-30", "Ana", service),
        # Every 30 days with Ana until 15 June, and nothing since.
        *comes("missing", 30, "2025-08-19", "2026-06-15", "Ana", service),
        # The same, and since then four times to Bea.
        *comes("returned", 30, "2025-08-19", "2026-06-15", "Ana", service),
        *comes("returned", 30, "2026-07-15", "2026-10-20", "Bea", service),
        # Cruz stood in for Ana once.
        *comes("knows_cruz", 30, "2025-08-19", "2026-06-15", "Ana", service),
        ("knows_cruz", "2025-09-01", 30.0, service, "Cruz"),
        # The cut with Bea to this day, the colour with Ana until June.
        *comes("two_sellers", 30, "2025-08-01", "2026-10-20", "Bea", service),
        *comes("two_sellers", 45, "2025-08-10", "2026-06-20", "Ana", colour),
        # The colour with Ana, and nobody else ever.
        *comes("colour_only", 30, "2025-08-19", "2026-06-15", "Ana", colour),
        # Every 10 days with Ana until January: silent for five months when she left.
        *comes("long_quiet", 10, "2025-07-10", "2026-01-20", "Ana", service),
        *(
            row
            for who in ("booked", "bye")
            for row in comes(who, 30, "2025-08-19", "2026-06-15", "Ana", service)
        ),
        ("last", END, 30.0, service, "Bea"),
    ]


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    return analyse(
        book_of(
            till(),
            lines=[
                line("booked", "2026-11-12", "booked", staff="Bea"),
                line(None, "2026-10-20", staff="Dora"),
            ],
            clients=[{"client_id": "bye", "left": "2026-07-10"}, {"client_id": "booked"}],
        )
    )


def of(portfolio: Portfolio, client: str) -> pd.Series:
    people = hand_over(portfolio)
    return people[people["client_id"] == client].iloc[0]


@dataclasses.dataclass(frozen=True)
class Days:
    """As much of a Portfolio as tells who works."""

    records: SimpleNamespace
    as_of: dt.date = dt.date(2026, 10, 31)


def gone(**worked: list[str]) -> set[str]:
    """Who is gone, of sellers with these days of work (a day each: "first last step", or one date)."""
    rows = []
    for staff, spans in worked.items():
        for span in spans:
            first, last, step = [*span.split(), "1"] if " " in span else (span, span, "1")
            rows += [(staff, date) for date in pd.date_range(first, last, freq=f"{step}D")]
    frame = pd.DataFrame(rows, columns=["staff", "date"])
    return set(gone_sellers(Days(SimpleNamespace(staff_days=frame)))["staff"])  # type: ignore[arg-type]


EVERY_DAY = "2025-07-01 2026-10-31"


def test_who_has_no_more_rows_while_the_shop_works_is_gone() -> None:
    # Ana's last line is of 30 June; at 31 October she has been away 123 days of an open shop.
    assert gone(Ana=["2025-07-01 2026-06-30"], Bea=[EVERY_DAY]) == {"Ana"}


@pytest.mark.parametrize(("last", "is_gone"), [("2026-09-16", False), ("2026-09-15", True)])
def test_a_holiday_of_45_days_is_no_going(last: str, *, is_gone: bool) -> None:
    assert gone(Ana=[f"2025-07-01 {last}"], Bea=[EVERY_DAY]) == ({"Ana"} if is_gone else set())


def test_who_was_away_as_long_before_and_came_back_is_not_gone() -> None:
    # Away from 10 January to 10 May (120 days), and now since 20 August (72 days).
    assert gone(Dora=["2025-07-01 2026-01-10", "2026-05-10 2026-08-20"], Bea=[EVERY_DAY]) == set()


def test_where_the_shop_was_shut_nobody_is_gone() -> None:
    # All stop on 30 June but for one line on 31 October: the shop was open on 1 of 123 days.
    assert gone(Ana=["2025-07-01 2026-06-30"], Bea=["2025-07-01 2026-06-30", "2026-10-31"]) == set()


def test_a_line_of_a_walk_in_tells_that_a_seller_is_here(shop: Portfolio) -> None:
    assert set(sellers(shop).query("gone")["staff"]) == {"Ana"}
    assert set(sellers(shop).query("not gone")["staff"]) == {"Bea", "Cruz", "Dora"}


@pytest.mark.parametrize(
    ("staff", "usual"),
    [
        (["Ana", "Ana", "Ana", "Bea", "Ana", "Bea"], ("Ana", 4, 6)),
        (["Ana"] * 6 + ["Bea"] * 6, ("Bea", 6, 6)),  # the latest six alone
        (["Ana", "Ana", "Bea", "Bea"], ("Bea", 2, 4)),  # ties go to the last
        (["Ana"], None),  # one visit makes nobody usual
        (["Ana", "Bea", "Cruz", "Dora", "Eva", "Ana"], None),  # two of six is no half
    ],
)
def test_the_usual_seller_is_of_most_of_the_latest_visits(
    staff: list[str], usual: tuple[str, int, int] | None
) -> None:
    dates = pd.date_range("2026-01-01", periods=len(staff), freq="30D")
    rows = pd.DataFrame({"client_id": "c", "service": "", "date": dates, "staff": staff})
    found = usual_sellers(rows, dates[-1])
    assert [tuple(row) for row in found[["staff", "times", "of"]].values.tolist()] == (
        [usual] if usual else []
    )


def test_what_comes_later_changes_no_usual_seller_of_a_day() -> None:
    dates = pd.date_range("2026-01-01", periods=8, freq="30D")
    rows = pd.DataFrame({"client_id": "c", "service": "", "date": dates, "staff": ["Ana"] * 4 + ["Bea"] * 4})
    assert usual_sellers(rows, dates[3])["staff"].tolist() == ["Ana"]
    assert usual_sellers(rows, dates[7])["staff"].tolist() == ["Bea"]


def test_a_client_who_has_not_come_since_is_missing(shop: Portfolio) -> None:
    row = of(shop, "missing")
    assert (row["former"], row["gone_on"], row["last_with"]) == (
        "Ana",
        pd.Timestamp("2026-06-30"),
        pd.Timestamp("2026-06-15"),
    )
    assert (row["standing"], row["visits_since"], row["times"], row["of"]) == ("missing", 0, 6, 6)
    assert (row["now_with"], row["days_silent"]) == ("", 138)


def test_a_client_who_came_to_somebody_else_has_returned_and_stays_with_them(shop: Portfolio) -> None:
    row = of(shop, "returned")
    assert (row["standing"], row["visits_since"], row["now_with"]) == ("returned", 4, "Bea")
    assert row["first_since"] == pd.Timestamp("2026-07-15")
    assert (row["take"], row["take_why"]) == ("Bea", "since")


def test_somebody_they_know_should_take_them(shop: Portfolio) -> None:
    row = of(shop, "knows_cruz")
    assert (row["take"], row["take_why"]) == ("Cruz", "before")


def test_only_who_does_the_service_is_proposed_for_it(shop: Portfolio) -> None:
    row = of(shop, "colour_only")
    assert (row["service"], row["take"], row["take_why"]) == ("Color", "Cruz", "service")


def test_whom_nobody_else_knows_are_shared_out(shop: Portfolio) -> None:
    # Of the cut, four clients (ana, missing, booked, bye) know nobody else; Bea and Cruz do about as much of it.
    people = hand_over(shop)
    strangers = people[(people["take_why"] == "service") & (people["service"] == "Corte")]
    assert set(strangers["client_id"]) == {"ana", "missing", "booked", "bye"}
    assert strangers["take"].value_counts().to_dict() == {"Bea": 2, "Cruz": 2}


def test_a_client_of_two_sellers_loses_one_of_them(shop: Portfolio) -> None:
    row = of(shop, "two_sellers")
    assert (row["former"], row["service"], row["standing"]) == ("Ana", "Color", "without_service")


def test_whose_seller_stays_or_who_had_gone_quiet_long_before_is_not_on_the_list(shop: Portfolio) -> None:
    assert set(hand_over(shop)["client_id"]) == {
        *("ana", "missing", "returned", "knows_cruz", "two_sellers", "colour_only", "booked", "bye")
    }


def test_who_is_booked_or_said_goodbye_stands_so(shop: Portfolio) -> None:
    people = hand_over(shop).set_index("client_id")
    assert people.loc[["booked", "bye"], "standing"].tolist() == ["booked", "said_goodbye"]


def test_the_missing_come_first_and_among_them_the_most_valuable(salon_sample: Portfolio) -> None:
    people = hand_over(salon_sample)
    place = people["standing"].map({standing: place for place, standing in enumerate(STANDINGS)})
    assert place.is_monotonic_increasing
    missing_ones = people.loc[people["standing"] == "missing", "annual_value"]
    assert missing_ones.is_monotonic_decreasing
    assert people["client_id"].is_unique
    assert people.columns.tolist() == list(HAND_OVER)


@pytest.mark.parametrize(
    ("shop_name", "seller", "last_day"),
    [("salon", "Noelia Bravo", dt.date(2026, 6, 27)), ("workshop", "Gareth Lloyd", dt.date(2026, 5, 29))],
)
def test_the_planted_seller_who_left_is_found_with_whom_they_took(
    shop_name: str, seller: str, last_day: dt.date, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(f"{shop_name}_sample")
    truth = request.getfixturevalue(f"{shop_name}_truth").set_index("client_id")
    assert gone_sellers(portfolio)[["staff", "last"]].values.tolist() == [[seller, pd.Timestamp(last_day)]]
    people = hand_over(portfolio).set_index("client_id")
    followed = set(truth.index[truth["why"] == "seller_left"])
    assert len(followed & set(people.index)) >= 0.95 * len(followed)
    assert people.loc[sorted(followed & set(people.index)), "standing"].isin(NOT_BACK).all()
    # Whoever came back is with the one the simulation handed them to.
    back = people[people["standing"] == "returned"].join(truth[["seller_now"]])
    assert (back["now_with"] == back["seller_now"]).mean() >= 0.9
    assert (people.join(truth[["seller"]])["seller"] == seller).all()


def test_nobody_who_is_gone_is_proposed(salon_sample: Portfolio) -> None:
    people = hand_over(salon_sample)
    here = set(sellers(salon_sample).query("not gone")["staff"])
    assert set(people["take"]) <= here
    assert (people["take"] != "").all()


def test_without_services_a_client_belongs_to_the_seller_of_their_visits() -> None:
    portfolio = analyse(book_of(till(None)))
    assert set(served(portfolio)["service"]) == {""}
    people = hand_over(portfolio).set_index("client_id")
    assert people.loc[["missing", "returned"], "standing"].tolist() == ["missing", "returned"]
    assert "two_sellers" not in people.index  # half of her visits are Bea's, the latest ones all


def test_without_sellers_it_says_what_to_add() -> None:
    portfolio = analyse(book_of([(client, date, amount) for client, date, amount, *_ in till()]))
    assert missing(portfolio, 16) == ("sales.staff",)
    assert hand_over(portfolio).empty
    assert sellers(portfolio).empty


def test_the_order_of_clients_changes_nothing(shop: Portfolio) -> None:
    turned = dataclasses.replace(shop, clients=shop.clients.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(hand_over(turned), hand_over(shop))
