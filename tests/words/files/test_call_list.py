"""The call list as a file: a row per client, sentences for codes, nothing empty, nobody called against their will."""

import pandas as pd

from analysis.reasons import Reason
from words import speak
from words.files.call_list import call_list_file

LATE = Reason(
    "late", {"days": 58, "usual": 31, "low": 27, "high": 38, "visits": 9, "beyond": 0.93, "borrowed": False}
)

CALLS = pd.DataFrame(
    {
        "client_id": ["C1", "C2"],
        "client_name": ["Ana Ruiz", "Luis Gil"],
        "phone": ["+34 600 000 123", None],
        "email": [None, None],
        "consent": pd.array([pd.NA, False], dtype="boolean"),
        "state": ["late", "due"],
        "days_late": [20, 0],
        "last_visit": pd.to_datetime(["2026-09-03", "2026-10-01"]),
        "interval_days": [31.2, 60.0],
        "value_at_stake": [272.456, 90.0],
        "p_no_visit": [0.4267, 0.3],
        "reasons": [(LATE,), ()],
        "suggested_action": ["call_now", "message"],
    }
)


def test_codes_become_sentences_and_figures_stay_figures() -> None:
    w = speak("es", "es-ES", "EUR")
    frame, headers = call_list_file(w, CALLS)
    first = frame.iloc[0]
    assert headers["client_name"] == "Cliente"
    assert first["reasons"].startswith("Suele venir cada 31 días")
    assert (first["state"], first["suggested_action"]) == ("Tarde", "Llamar esta semana")
    assert (first["value_at_stake"], first["p_no_visit"], first["days_late"]) == (272.46, 0.43, 20)


def test_columns_without_a_single_value_are_left_out() -> None:
    _, headers = call_list_file(speak("en"), CALLS)
    assert "email" not in headers
    assert "phone" in headers


def test_who_asked_not_to_be_contacted_is_marked_so() -> None:
    frame, _ = call_list_file(speak("en"), CALLS)
    assert frame["suggested_action"].tolist() == ["Call this week", "Asked not to be contacted"]
