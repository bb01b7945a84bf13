"""The whole analysis: what must always hold, and what it makes of files that lack things."""

import dataclasses
import datetime as dt
import random
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.book import Book
from analysis.errors import NoVisitsError
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from tests.analysis.books import Row, book_of, every, line, salon, salon_lines, simulated

#: Resampled intervals are drawn client by client, so they are the same up to the luck of the draw.
DRAWN = ("auc_low", "auc_high")


def assert_same(one: Portfolio, other: Portfolio, *, but: tuple[str, ...] = ()) -> None:
    """Both hold the same results; numbers up to rounding in the last digit."""
    for field in dataclasses.fields(Portfolio):
        if field.name not in (*but, "settings", "back_test", "affection_then"):
            _assert_same(getattr(one, field.name), getattr(other, field.name), field.name)
    for field in dataclasses.fields(one.back_test):
        _assert_same(getattr(one.back_test, field.name), getattr(other.back_test, field.name), field.name)


#: Sums in another order differ in the last bit, which may tip a cent.
ROUNDED = 0.011


def _assert_same(one: object, other: object, name: str) -> None:
    if isinstance(one, pd.DataFrame):
        drawn = [column for column in DRAWN if column in one.columns]
        pd.testing.assert_frame_equal(
            one.drop(columns=drawn), other.drop(columns=drawn), rtol=1e-6, atol=ROUNDED, obj=name
        )
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, obj=name)
    elif dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            _assert_same(getattr(one, field.name), getattr(other, field.name), f"{name}.{field.name}")
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-6, nan_ok=True), name
    else:
        assert one == other, name


def test_the_order_of_the_rows_changes_nothing(portfolio: Portfolio):
    lines = salon_lines()
    random.Random(3).shuffle(lines)
    assert_same(analyse(salon(lines=lines)), portfolio)


def renamed(book: Book, new: dict[str, str]) -> Book:
    tables = {name: table.copy() for name, table in book.tables.items()}
    for table in tables.values():
        for column in ("client_id", "referred_by"):
            if column in table:
                table[column] = table[column].map(lambda name: new.get(name, name), na_action="ignore")
    return dataclasses.replace(book, tables=tables)


def test_other_ids_change_nothing_but_the_ids(portfolio: Portfolio, salon_book: Book):
    """Ids that put the clients in another order."""
    ids = sorted(portfolio.clients["client_id"])
    new = dict(
        zip(ids, [f"id-{number:03}" for number in random.Random(5).sample(range(999), len(ids))], strict=True)
    )
    found = analyse(renamed(salon_book, new))
    old = {name: client for client, name in new.items()}

    def back(frame: pd.DataFrame, *by: str) -> pd.DataFrame:
        frame = frame.assign(client_id=frame["client_id"].map(lambda name: old.get(name, name)))
        return frame.sort_values(list(by), ignore_index=True)

    ordered = {
        "clients": ("client_id",),
        "visits": ("client_id", "date"),
        "streams": ("client_id", "service"),
        "losses": schema.LOSSES[:6],
        "affection_points": ("client_id", "family", "sign"),
        "movement": ("client_id", "month_end"),
    }
    for name, by in ordered.items():
        _assert_same(back(getattr(found, name), *by), back(getattr(portfolio, name), *by), name)
    for name in ("services", "history", "expected", "gap_fits", "gap_counts", "totals"):
        _assert_same(getattr(found, name), getattr(portfolio, name), name)
    for name in ("method", "origins", "client_windows", "methods", "calibration", "precision_at"):
        _assert_same(getattr(found.back_test, name), getattr(portfolio.back_test, name), name)


MONEY = ("annual_value", "lost_revenue", "value_at_stake", "ticket", "revenue_12m")


def test_amounts_in_another_currency_scale_the_money_and_nothing_else(portfolio: Portfolio):
    lines = [{**row, "amount": row["amount"] * 100} if "amount" in row else row for row in salon_lines()]
    found = analyse(salon(lines=lines))
    people, theirs = (each.clients.set_index("client_id") for each in (portfolio, found))
    same = [name for name in people.columns if name not in (*MONEY, "reasons")]
    pd.testing.assert_frame_equal(theirs.loc[people.index, same], people[same])
    for name in MONEY:
        assert theirs.loc[people.index, name].to_numpy() == pytest.approx(
            100 * people[name].to_numpy(), abs=1.0
        ), name
    assert found.totals.value_at_stake == pytest.approx(100 * portfolio.totals.value_at_stake, rel=1e-3)
    assert found.losses["lost_visits"].sum() == pytest.approx(portfolio.losses["lost_visits"].sum())
    assert found.losses["lost_revenue"].sum() == pytest.approx(100 * portfolio.losses["lost_revenue"].sum())


def test_a_walk_in_changes_no_client(portfolio: Portfolio):
    lines = [*salon_lines(), line(None, "2026-05-05", amount=99.0, service="Corte", staff="Rosa")]
    found = analyse(salon(lines=lines))
    assert_same(found, portfolio, but=("totals", "records"))
    assert found.totals.walk_in_lines == portfolio.totals.walk_in_lines + 1
    assert len(found.records.walk_ins) == len(portfolio.records.walk_ins) + 1
    of_the_shop = {name: getattr(portfolio.records, name) for name in ("walk_ins", "staff_days")}
    _assert_same(dataclasses.replace(found.records, **of_the_shop), portfolio.records, "records")


def test_what_comes_after_as_of_does_not_exist():
    """The salon as it was at the end of June, told from the file of October and from that of June."""
    day = dt.date(2026, 6, 30)
    lines = [row for row in salon_lines() if row["status"] != "booked"]
    until = [row for row in lines if str(row["date"]) <= day.isoformat()]
    assert_same(
        analyse(salon(lines=lines), Settings(as_of=day)), analyse(salon(lines=until), Settings(as_of=day))
    )


def test_as_of_is_the_last_day_of_the_file_unless_it_is_set(portfolio: Portfolio, salon_book: Book):
    assert portfolio.as_of == dt.date(2026, 10, 31)
    assert analyse(salon_book, Settings(as_of=dt.date(2026, 12, 1))).as_of == dt.date(2026, 12, 1)


def test_a_longer_horizon_makes_no_visit_less_likely(salon_book: Book):
    short, long = (
        analyse(salon_book, Settings(horizon_days=days)).clients.set_index("client_id") for days in (30, 180)
    )
    # Of the active clients of either horizon another method may have won.
    rhythm = short.index[~short["active"] & ~long["active"].reindex(short.index)]
    assert (long.loc[rhythm, "p_no_visit"] <= short.loc[rhythm, "p_no_visit"] + 1e-4).all()
    assert (long["expected_visits"].loc[rhythm] >= short["expected_visits"].loc[rhythm] - 1e-3).all()


FRAMES = {
    "clients": schema.CLIENTS + schema.CLIENT_EXTRAS,
    "services": schema.SERVICES,
    "streams": schema.STREAMS,
    "losses": schema.LOSSES,
    "affection_points": schema.AFFECTION_POINTS,
    "movement": schema.MOVEMENT,
    "history": schema.HISTORY,
    "expected": schema.EXPECTED,
}

LACKING = {
    "no amounts": salon(amount=False),
    "no services": salon(service=False),
    "no staff": salon(staff=False),
    "no names": salon(names=False),
    "dates alone": salon(amount=False, service=False, staff=False, rating=False, names=False),
    "one client": book_of(every("Ana", 30, 12, last="2026-01-01", service="Corte")),
    "one row": book_of([("Ana", "2026-01-01", 30.0, "Corte", "Rosa")]),
    "one row without anything": book_of([("Ana", "2026-01-01")]),
    "one visit each": book_of([(f"c{n:02}", f"2026-01-{n % 28 + 1:02}", 30.0) for n in range(40)]),
    "every visit on one day": book_of([(f"c{n:02}", "2026-01-01", 30.0) for n in range(40)]),
    "free of charge": book_of(every("Ana", 30, 12, last="2026-01-01", amount=0.0)),
}


@cache
def without(what: str) -> Portfolio:
    return analyse(LACKING[what])


@pytest.mark.parametrize("what", LACKING)
def test_whatever_the_file_lacks_every_frame_has_its_columns(what: str):
    book, found = LACKING[what], without(what)
    for name, columns in FRAMES.items():
        assert tuple(getattr(found, name).columns) == tuple(columns), name
    for name, columns in (
        ("methods", schema.METHODS),
        ("calibration", schema.CALIBRATION),
        ("replay", schema.REPLAY),
    ):
        assert tuple(getattr(found.back_test, name).columns) == tuple(columns), name
    assert len(found.clients) == book.sales.dropna(subset="client_id")["client_id"].nunique()
    assert (
        found.clients[["p_no_visit", "p_alive", "interval_days", "affection", "expected_visits"]]
        .notna()
        .all()
        .all()
    )


def test_without_amounts_all_that_is_not_money_is_the_same(portfolio: Portfolio):
    found = without("no amounts")
    assert not found.has_amounts
    people = found.clients.set_index("client_id")
    assert people[list(MONEY)].isna().all().all()
    assert found.history["revenue"].isna().all()
    assert found.totals.value_at_stake is None
    with_money = portfolio.clients.set_index("client_id")
    for name in ("visits", "interval_days", "p_alive", "state", "days_late"):
        assert (people[name] == with_money.loc[people.index, name]).all(), name


def test_without_services_there_is_one_rhythm_a_client():
    found = without("no services")
    assert not found.has_services
    assert found.services.empty
    assert found.streams.empty
    assert set(found.losses["service"]) == {""}
    assert set(found.clients["interval_source"]) <= {"own", "business"}


def test_without_names_clients_go_by_their_id():
    found = without("no names")
    assert not found.has_names
    assert (found.clients["client_name"] == found.clients["client_id"]).all()


def test_without_staff_nobody_sells():
    found = without("no staff")
    assert not found.has_staff
    assert set(found.clients["staff"]) == {""}


def test_what_the_file_has_is_said(portfolio: Portfolio):
    assert (portfolio.has_amounts, portfolio.has_services, portfolio.has_staff, portfolio.has_names) == (
        True,
    ) * 4
    assert portfolio.currency == "EUR"


@pytest.mark.parametrize(
    "lines",
    [(), [line(None, "2026-01-01", amount=9.0)], [line("Ana", "2026-01-01", "no_show")]],
    ids=["empty", "walk-ins alone", "no-shows alone"],
)
def test_a_book_without_visits_says_so(lines: list[Row]):
    with pytest.raises(NoVisitsError):
        analyse(book_of(lines=lines))


def test_steps_are_told_in_order_up_to_the_end():
    told: list[tuple[str, float]] = []
    analyse(LACKING["one client"], progress=lambda code, share: told.append((code, share)))
    assert [code for code, _ in told] == [
        "visits",
        "rhythm",
        "services",
        "back_test",
        "clients",
        "lost_revenue",
        "history",
        "done",
    ]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_back_test_of_a_steady_shop_is_honest(portfolio: Portfolio):
    test = portfolio.back_test
    assert test.usable
    assert test.method in ("puntual", "rhythm", "own_gap", "recency")
    assert test.client_windows > 100
    assert all(day <= portfolio.as_of - dt.timedelta(days=91) for day in test.origins)
    best = test.methods["auc"].max()
    shown = test.method if test.method in set(test.methods["method"]) else "puntual"
    assert test.methods.set_index("method").loc[shown, "auc"] >= best - 1e-9


def test_short_histories_have_no_back_test_and_say_why():
    test = analyse(book_of(simulated(30, days=120))).back_test
    assert (test.usable, test.why, test.method) == (False, "too_short", "rhythm")


def test_lists_are_for_those_who_can_still_be_kept(portfolio: Portfolio):
    named = portfolio.clients[portfolio.clients["flagged"]]
    assert len(named) >= 5
    assert named["state"].isin(["late", "due", "on_time"]).all()
    assert (named["p_alive"] >= 0.5).all()
    assert (named["visits"] >= 3).all()


def test_gap_counts_are_the_gaps_of_the_visits(portfolio: Portfolio):
    counts = portfolio.gap_counts
    everything = counts[counts["service"] == ""]
    gaps = (
        portfolio.visits.sort_values(["client_id", "date"])
        .groupby("client_id")["date"]
        .diff()
        .dropna()
        .dt.days
    )
    assert everything["gaps"].sum() == len(gaps)
    assert (everything["days"] * everything["gaps"]).sum() == gaps.sum()
    assert set(counts["service"]) == {"", "Corte", "Color", "Uñas"}


def test_the_fitted_density_follows_the_gaps_it_is_drawn_over(portfolio: Portfolio):
    fits, counts = (
        frame[frame["service"] == "Corte"] for frame in (portfolio.gap_fits, portfolio.gap_counts)
    )
    assert fits["density"].sum() == pytest.approx(0.985, abs=0.02)
    fitted = (fits["days"] * fits["density"]).sum() / fits["density"].sum()
    assert fitted == pytest.approx(np.average(counts["days"], weights=counts["gaps"]), rel=0.1)


CLIENT = st.tuples(
    st.sampled_from(["Ana", "Bea", "Eva"]),
    st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31)).map(dt.date.isoformat),
    st.one_of(st.none(), st.floats(-50, 500)),
    st.sampled_from([None, "Corte", "Color"]),
)


@settings(max_examples=12)
@given(
    st.lists(CLIENT, min_size=1, max_size=25),
    st.lists(
        st.builds(
            line,
            st.sampled_from([None, "Ana", "Nobody"]),
            st.dates(dt.date(2024, 1, 1), dt.date(2026, 3, 1)).map(dt.date.isoformat),
            st.sampled_from(["no_show", "cancelled", "refund", "booked"]),
        ),
        max_size=5,
    ),
)
def test_no_book_with_a_visit_is_too_odd(visits: list[tuple], lines: list[Row]):
    found = analyse(book_of(visits, lines=lines))
    assert found.clients["visits"].sum() == len({(client, date) for client, date, *_ in visits})
    own = found.losses[found.losses["lens"] == "own"]
    assert (own["lost_visits"] > 0).all()
    assert found.clients["lost_visits"].sum() == pytest.approx(own["lost_visits"].sum(), abs=0.01)
    assert found.clients["affection"].between(0, 10).all()
    assert found.clients["p_no_visit"].between(0, 1).all()
