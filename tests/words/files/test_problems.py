"""The lists of problems as files: their columns by language, and nothing to reach whoever refused."""

import pandas as pd
import pytest

from words import Language, speak
from words.files.problems import EXPOSED_COLUMNS, OPEN_COLUMNS, exposed_file, open_problems_file


def exposed() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_id": ["a", "b", "c"],
            "client_name": ["Ana", "Eva", "Luz"],
            "phone": ["600", "601", None],
            "email": ["a@x.es", "b@x.es", "c@x.es"],
            "last_visit": pd.Timestamp("2026-09-01"),
            "worth": [1.0, 2.0, 3.0],
            "consent": pd.array([True, False, None], dtype="boolean"),
        }
    )


@pytest.mark.parametrize("language", ["es", "en"])
def test_who_refused_is_named_without_a_way_to_reach_them(language: Language) -> None:
    w = speak(language)
    frame, headers = exposed_file(w, exposed(), money=True)
    assert tuple(headers) == EXPOSED_COLUMNS
    assert frame["phone"].fillna("").tolist() == ["600", "", ""]
    assert frame["email"].fillna("").tolist() == ["a@x.es", "", "c@x.es"]
    assert frame["contact"].tolist() == ["", w("call_list.no_contact"), ""]


def test_without_amounts_no_column_speaks_of_money() -> None:
    found = exposed().assign(
        kind="Wait", detail="", opened=pd.NaT, days_open=3, staff="", promised=pd.NaT, overdue_days=[0, 2, 0]
    )
    frame, headers = open_problems_file(speak("en"), found, money=False)
    assert tuple(headers) == tuple(name for name in OPEN_COLUMNS if name != "worth")
    assert frame["overdue_days"].isna().tolist() == [True, False, True]
