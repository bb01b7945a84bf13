import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.early_signals import EarlySignals
from analysis.early_signals.features import FEATURES
from analysis.portfolio import Portfolio
from analysis.reasons import Reason
from analysis.why import reasons

CLIENT = {
    "state": "late",
    "recency_days": 58,
    "interval_days": 31.2,
    "interval_low": 26.6,
    "interval_high": 38.4,
    "visits": 9,
    "interval_source": "own",
    "beyond": 0.9,
    "booked_for": pd.NaT,
    "season_due": pd.NaT,
    "p_no_visit": 0.42,
    "flagged": True,
}
NOTHING = dict.fromkeys(
    (
        *(
            "problems_open",
            "problem_open_days",
            "problems_bad",
            "problem_bad_last_day",
            "unpaid",
            "unpaid_days",
        ),
        *("staff_left_day", "rating", "rating_day", "no_shows", "no_shows_last_day", "cancellations"),
        *(
            "cancellations_last_day",
            "refunds",
            "refunds_last_day",
            "dropped_last_day",
            "gap_now",
            "gap_before",
        ),
        *("ticket_now", "ticket_before", "contacts", "contact_last_day"),
    ),
    np.nan,
)
#: Nine visits in 240 days, the last one 58 days ago.
VISITS = {"visits": 9, "first_day": 0.0, "last_day": 240.0, "silence": 58.0}
DAY = 20_000  # 2024-10-04
DATE = dt.date(2024, 10, 4)


def why(
    *,
    signs: dict[str, object] | None = None,
    months: tuple[int, ...] = (),
    added: dict[str, float] | None = None,
    **client: object,
) -> tuple[Reason, ...]:
    table = pd.DataFrame([{**CLIENT, **client}])
    row = pd.DataFrame([{"staff": "Rosa", "dropped_service": "Color", **NOTHING, **VISITS, **(signs or {})}])
    contributions = pd.DataFrame([dict.fromkeys(FEATURES, 0.0) | (added or {})])
    early = EarlySignals("puntual", np.array([0]), np.array([0.42]), contributions, base_rate=0.18)
    return reasons(table, row, [months], early)[0]


LATE = Reason(
    "late", {"days": 58, "usual": 31, "low": 27, "high": 38, "visits": 9, "beyond": 0.9, "borrowed": False}
)


def test_a_late_client_is_told_in_their_own_facts():
    assert why() == (LATE,)
    assert why(interval_source="service")[0].values["borrowed"] is True


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("on_time", Reason("on_rhythm", {"days": 58, "usual": 31})),
        ("due", Reason("due", {"days": 58, "usual": 31, "low": 27, "high": 38, "visits": 9})),
        ("lapsed", Reason("lapsed", {"days": 58, "usual": 31})),
        ("new", Reason("new", {"visits": 9})),
        ("seasonal", Reason("seasonal", {"months": (6, 7)})),
        ("booked", Reason("booked", {"date": DATE})),
    ],
)
def test_each_state_is_told_first(state: str, reason: Reason):
    found = why(state=state, months=(6, 7), booked_for=pd.Timestamp(DATE), flagged=False)
    assert found == (reason,)


@pytest.mark.parametrize("state", ["due", "late"])
def test_who_has_not_come_in_their_season_is_told_its_usual_date(state: str):
    assert why(state=state, season_due=pd.Timestamp(DATE), flagged=False) == (
        Reason("season_open", {"date": DATE}),
    )


@pytest.mark.parametrize(
    ("signs", "reason"),
    [
        ({"problems_open": 2, "problem_open_days": 40}, Reason("problem_open", {"count": 2, "days": 40})),
        ({"problems_bad": 1, "problem_bad_last_day": DAY}, Reason("problem_badly_solved", {"last": DATE})),
        ({"unpaid": 1, "unpaid_days": 61}, Reason("payment_late", {"count": 1, "days": 61})),
        ({"staff_left_day": DAY}, Reason("staff_left", {"staff": "Rosa", "last": DATE})),
        ({"rating": 6.0, "rating_day": DAY}, Reason("low_rating", {"rating": 6.0, "last": DATE})),
        ({"no_shows": 1, "no_shows_last_day": DAY}, Reason("no_show", {"count": 1, "last": DATE})),
        (
            {"cancellations": 2, "cancellations_last_day": DAY},
            Reason("cancelled", {"count": 2, "last": DATE}),
        ),
        ({"refunds": 1, "refunds_last_day": DAY}, Reason("refund", {"count": 1, "last": DATE})),
        ({"dropped_last_day": DAY}, Reason("service_dropped", {"service": "Color", "last": DATE})),
        ({"gap_now": 41.0, "gap_before": 30.0}, Reason("gap_trend", {"before": 30.0, "now": 41.0})),
        ({"ticket_now": 20.0, "ticket_before": 30.0}, Reason("ticket_trend", {"before": 30.0, "now": 20.0})),
    ],
)
def test_a_sign_of_trouble_is_a_reason(signs: dict[str, object], reason: Reason):
    assert why(signs=signs) == (LATE, reason)


@pytest.mark.parametrize(
    "signs",
    [
        {"problems_open": 0, "unpaid": 0, "no_shows": 0, "cancellations": 0, "refunds": 0, "problems_bad": 0},
        {"rating": 6.5, "rating_day": DAY},
        {"gap_now": 40.0, "gap_before": 30.0},
        {"ticket_now": 25.0, "ticket_before": 30.0},
    ],
    ids=["none of anything", "a fair rating", "a third longer", "a sixth smaller"],
)
def test_what_is_as_usual_is_no_reason(signs: dict[str, object]):
    assert why(signs=signs) == (LATE,)


EARLY = Reason("early_signal", {"p": 0.42, "typical": 0.18})
IN_RHYTHM = Reason("on_rhythm", {"days": 58, "usual": 31})


def test_who_is_flagged_before_being_late_shows_an_early_signal():
    assert why(state="on_time") == (EARLY, IN_RHYTHM)
    assert EARLY not in why(state="late")
    assert EARLY not in why(state="on_time", flagged=False)
    assert [reason.code for reason in why(state="due")] == ["due", "early_signal"]


ONE_OF_EACH = {
    "no_shows": 1,
    "no_shows_last_day": DAY,
    "cancellations": 1,
    "cancellations_last_day": DAY,
    "unpaid": 1,
    "unpaid_days": 61,
}


def test_the_signs_of_a_flagged_client_come_in_the_order_of_what_they_add():
    added = {"no_show": 0.9, "cancelled": 0.1, "payment_late": 0.3}
    assert [reason.code for reason in why(signs=ONE_OF_EACH, added=added)] == [
        "late",
        "no_show",
        "payment_late",
        "cancelled",
    ]
    unflagged = why(signs=ONE_OF_EACH, added=added, flagged=False)
    assert [reason.code for reason in unflagged] == ["late", "payment_late", "no_show", "cancelled"]


def test_what_makes_leaving_less_likely_is_no_reason_for_the_alarm_but_trouble_is_always_told():
    added = {"no_show": 0.2, "cancelled": -0.4, "payment_late": -0.1}
    codes = [reason.code for reason in why(signs=ONE_OF_EACH, added=added)]
    assert codes == ["late", "no_show", "payment_late"]


def test_a_sign_that_weighs_more_than_the_rhythm_is_told_before_it():
    added = {"rhythm": 0.3, "own_gap": 0.1, "no_show": 0.9, "payment_late": 0.2}
    codes = [reason.code for reason in why(state="on_time", signs=ONE_OF_EACH, added=added)]
    assert codes == ["no_show", "early_signal", "payment_late", "cancelled", "on_rhythm"]


def test_silence_of_contacts_is_told_in_days_where_there_have_been_contacts():
    """Nine visits and one call in 245 days, then nothing for 53: the usual gap is 245 / 9 days, half of that."""
    called = {"contacts": 1.0, "contact_last_day": 245.0}
    assert why(signs=called) == (LATE,)
    quiet = {**called, "silence": 70.0}
    assert why(signs=quiet) == (LATE, Reason("contact_silence", {"days": 65}))
    assert why(signs={**quiet, "contacts": 0.0, "contact_last_day": np.nan}) == (LATE,)


def test_trouble_comes_in_the_order_of_its_weight():
    signs = {
        "no_shows": 1,
        "no_shows_last_day": DAY,
        "problems_open": 1,
        "problem_open_days": 3,
        "unpaid": 1,
        "unpaid_days": 31,
    }
    assert [reason.code for reason in why(signs=signs)] == ["late", "problem_open", "payment_late", "no_show"]


def test_every_client_of_the_salon_has_a_reason_and_every_flag_one_of_its_own(portfolio: Portfolio):
    codes = [{reason.code for reason in each} for each in portfolio.clients["reasons"]]
    assert all(codes)
    flagged = portfolio.clients["flagged"]
    assert flagged.sum() >= 5
    assert all(each & {"late", "early_signal"} for each, named in zip(codes, flagged, strict=True) if named)
