import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.portfolio import Portfolio
from analysis.reasons import Reason
from analysis.schema import METER_FAULTS, SERVICE_USE, empty_frame
from analysis.usage import Usage, about, next_by_use, with_use

AS_OF = dt.date(2026, 6, 1)
DUE = {
    "client_id": "ana",
    "service": "Oil",
    "subject": "",
    "several": False,
    "units_per_day": 41.0,
    "source": "own",
    "unit_interval": 5_000.0,
    "due_reading": 84_312.0,
    "due_by_use": pd.Timestamp("2026-05-20"),
    "due": pd.Timestamp("2026-05-20"),
    "decided_by": "meter",
}


def told(state: str = "due", **changed: object) -> tuple[Reason, ...]:
    """The reasons of a client of that state who is due by use as `DUE` says, but for what is changed."""
    used = Usage(
        "km", pd.DataFrame([{**DUE, **changed}]), empty_frame(SERVICE_USE), empty_frame(METER_FAULTS)
    )
    first, last = Reason("due", {}), Reason("no_show", {})
    people = pd.DataFrame({"client_id": ["ana"], "state": [state], "reasons": [(first, last)]})
    reasons: tuple[Reason, ...] = with_use(people, used, AS_OF)["reasons"].iloc[0]
    return reasons


@pytest.mark.parametrize(
    ("figure", "said"),
    [(1_247, 1_250), (84_312, 84_500), (121_264, 121_000), (4_996, 5_000), (62.4, 62.5), (0, 0)],
)
def test_figures_are_rounded_as_people_say_them(figure: float, said: float):
    assert about(figure) == said


@given(st.floats(0.01, 1e7))
def test_about_is_within_one_percent(figure: float):
    assert about(figure) == pytest.approx(figure, rel=0.01)


def test_a_visit_due_by_use_is_the_second_reason_with_the_client_s_own_facts():
    codes = [reason.code for reason in told()]
    assert codes == ["due", "due_by_use", "no_show"]
    assert told()[1].values == {
        "service": "Oil",
        "per_month": 1_250.0,
        "interval": 5_000.0,
        "reading": 84_500.0,
        "date": dt.date(2026, 5, 20),
        "unit": "km",
        "borrowed": False,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"decided_by": "calendar"},
        {"due": pd.Timestamp("2026-07-01")},  # a month ahead
        {"due": pd.Timestamp("2025-03-01")},  # long past: another car by now, or another workshop
        {"state": "lapsed"},
        {"state": "booked"},
    ],
)
def test_nothing_is_said_of_use_where_it_does_not_decide_about_now(changed: dict[str, object]):
    assert [reason.code for reason in told(**changed)] == ["due", "no_show"]  # type: ignore[arg-type]


def test_the_service_is_named_with_the_vehicle_it_is_for_where_the_client_brings_several():
    assert told(subject="1234 ABC", several=True)[1].values["service"] == "Oil · 1234 ABC"
    assert told(subject="1234 ABC", several=False)[1].values["service"] == "Oil"
    assert told(subject="1234 ABC", several=False, service="")[1].code == "visit_by_use"


def test_a_shop_without_services_is_told_of_the_visit():
    reason = told(service="")[1]
    assert reason.code == "visit_by_use"
    assert "service" not in reason.values


def test_the_first_due_comes_first():
    rows = pd.DataFrame([{**DUE, "service": "Tyres", "due": pd.Timestamp("2026-08-01")}, DUE])
    assert next_by_use(rows, AS_OF)["service"].tolist() == ["Oil", "Tyres"]


def test_where_there_is_no_meter_nothing_is_said_of_it(portfolio: Portfolio):
    assert portfolio.usage.clients.empty
    codes = {reason.code for reasons in portfolio.clients["reasons"] for reason in reasons}
    assert not codes & {"due_by_use", "visit_by_use"}
