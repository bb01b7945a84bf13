"""From the first sign of leaving to the first contact, and what the client said."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from analysis import schema
from analysis.notebook import Notebook, Outcome
from analysis.portfolio import Portfolio
from analysis.practices.calling.first_response import first_response
from analysis.with_notebook import with_notebook

AS_OF = dt.date(2026, 10, 31)


@dataclasses.dataclass(frozen=True)
class Shop:
    """As much of a Portfolio as the first response looks at."""

    clients: pd.DataFrame
    records: object
    as_of: dt.date = AS_OF
    has_amounts: bool = True


@dataclasses.dataclass(frozen=True)
class Records:
    contacts: pd.DataFrame


#: Signals of a month ago, but for `new` (today) and `calm` (none); the later in the alphabet the less money.
SIGNALS = {
    "a": "2026-09-30",
    "b": "2026-09-30",
    "c": "2026-09-30",
    "d": "2026-08-31",
    "new": "2026-10-31",
    "calm": None,
}


def shop(*contacts: tuple[str, str, str], refused: str = "") -> Portfolio:
    clients = pd.DataFrame(
        {
            "client_id": list(SIGNALS),
            "flagged": [signal is not None for signal in SIGNALS.values()],
            "first_signal": pd.to_datetime(pd.Series(list(SIGNALS.values()), dtype=object)).astype(
                "datetime64[s]"
            ),
            "value_at_stake": [600.0, 500.0, 400.0, 300.0, 900.0, 100.0],
            "interval_days": 30.0,
            "p_no_visit": 0.5,
            "p_alive": 0.5,
            "consent": pd.array([client != refused for client in SIGNALS], dtype="boolean"),
        }
    )
    rows = [
        {
            "client_id": who,
            "date": pd.Timestamp(day),
            "channel": "call",
            "outcome": said,
            "staff": "",
            "answered": bool(said),
        }
        for who, day, said in contacts
    ]
    table = pd.DataFrame(rows, columns=list(schema.CONTACTS)).astype({"date": "datetime64[s]"})
    return Shop(clients, Records(table.sort_values("date")))  # type: ignore[return-value]


def test_days_run_from_the_signal_to_the_first_contact_since() -> None:
    # a: 10 days; b: 2 (the contact of September was before the signal); c and d: none; the median of 10 and 2 is 6.
    found = first_response(
        shop(
            ("a", "2026-10-10", "Pide cita"),
            ("b", "2026-09-01", "Confirma"),
            ("b", "2026-10-02", "No contesta"),
        )
    )
    rows = found.responses.set_index("client_id")
    assert rows["days"].dropna().to_dict() == {"a": 10, "b": 2}
    assert rows["waiting"].dropna().to_dict() == {"c": 31, "d": 61, "new": 0}
    assert rows.index[rows["answered"]].tolist() == ["a", "b"]
    assert "calm" not in rows.index
    assert (found.contacted, found.waiting, found.longest_wait, found.median_days) == (2, 2, 61, 6.0)


def test_those_overlooked_come_before_new_signals_and_in_each_part_money_comes_first() -> None:
    assert first_response(shop()).act_now["client_id"].tolist() == ["a", "b", "c", "d", "new"]


def test_who_refused_contact_waits_and_is_not_to_be_called() -> None:
    found = first_response(shop(refused="a"))
    assert "a" not in found.act_now["client_id"].tolist()
    assert "a" in found.responses["client_id"].tolist()


def test_the_reason_a_client_gave_outlasts_what_came_after_it() -> None:
    found = first_response(
        shop(
            ("a", "2026-10-01", "Le parece caro"),
            ("a", "2026-10-20", "No contesta"),
            ("b", "2026-10-01", "Contesta"),
            ("c", "2026-10-01", "Fue un despiste"),
        )
    )
    assert found.outcomes.to_dict() == {"price": 1, "answered": 1, "slip": 1}


def test_without_contacts_everybody_waits() -> None:
    found = first_response(shop())
    assert (found.contacted, found.median_days, found.outcomes.empty) == (0, None, True)


def test_the_sample_s_contacts_after_a_signal_are_all_found(salon_sample: Portfolio) -> None:
    found = first_response(salon_sample)
    contacts = salon_sample.records.contacts
    for row in found.responses.itertuples(index=False):
        since = contacts.loc[
            (contacts["client_id"] == row.client_id) & (contacts["date"] >= row.first_signal), "date"
        ]
        assert (since.min() if len(since) else None) == (
            None if pd.isna(row.first_contact) else row.first_contact
        )
    assert found.contacted > 0
    assert set(found.responses["client_id"]) == set(
        salon_sample.clients.loc[salon_sample.clients["flagged"], "client_id"]
    )


@pytest.mark.parametrize("code", ["slip", "price", "no_answer"])
def test_a_call_noted_in_the_app_answers_a_signal(salon_sample: Portfolio, code: str) -> None:
    before = first_response(salon_sample)
    who = str(before.act_now["client_id"].iloc[0])
    noted = Notebook(outcomes=(Outcome(who, salon_sample.as_of, code),))  # type: ignore[arg-type]
    after = first_response(with_notebook(salon_sample, noted))
    assert after.contacted == before.contacted + 1
    assert who not in after.act_now["client_id"].tolist()
    assert after.responses.set_index("client_id").loc[who, "outcome"] == code
