"""The call list as a file for whoever calls: which columns, their names, the reasons as sentences.

The at-risk page's download and the command line's `at_risk.csv` are both this; the page names the columns in the
reader's language and leaves out those without anything to say, the command line keeps every column under its English
name. Its last columns are empty: whoever calls fills them in, and `analysis.own_files` reads them back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.consent import refused
from analysis.notebook import OFFERS, OUTCOMES
from words.files.telling import telling
from words.speaker import Words

#: Columns of the file, in this order; those a file has nothing for are left out.
COLUMNS = (
    "client_id",
    "client_name",
    "phone",
    "email",
    "channel",  # where the list says how to reach them
    "state",
    "days_late",
    "last_visit",
    "interval_days",
    "value_at_stake",
    "p_no_visit",
    "reasons",
    "suggested_action",
)

#: Columns to fill in, after the others and always there.
TO_FILL = ("outcome", "outcome_date", "note", "offer")
#: Days for which a call is put off.
SNOOZES = (7, 14, 30)

_ALWAYS = ("client_id", "state", "days_late", "last_visit", "reasons", "suggested_action")


def call_list_file(
    w: Words, calls: pd.DataFrame, *, complete: bool = False
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From rows of the portfolio's clients: the frame to write, and the headers of its columns.

    Money is rounded to cents, probabilities to hundredths, days to whole ones; reasons carry their evidence.
    `complete` keeps columns without a single value.
    """
    frame = pd.DataFrame(
        {
            "client_id": calls["client_id"].astype(str),
            "client_name": calls["client_name"],
            "phone": calls["phone"],
            "email": calls["email"],
            "state": calls["state"].map(w.state),
            "days_late": calls["days_late"].round().astype("Int64"),
            "last_visit": calls["last_visit"],
            "interval_days": calls["interval_days"].round().astype("Int64"),
            "value_at_stake": calls["value_at_stake"].astype("float64").round(2),
            "p_no_visit": calls["p_no_visit"].astype("float64").round(2),
            "reasons": [w.reasons(reasons, full=True) for reasons in calls["reasons"]],
            "suggested_action": [
                w("call_list.no_contact") if no else w.action(action)
                for action, no in zip(calls["suggested_action"], refused(calls), strict=True)
            ],
        }
    )
    if "way" in calls:
        frame["channel"] = [w(f"way.{way}") for way in calls["way"]]
    columns = [column for column in COLUMNS if column in frame]
    kept = telling(frame, columns, columns if complete else _ALWAYS)
    to_fill = dict.fromkeys(TO_FILL, "")
    return frame[kept].assign(**to_fill), {column: w(f"call_list.{column}") for column in (*kept, *TO_FILL)}


def words_to_choose(w: Words) -> Mapping[str, Sequence[str]]:
    """The words that the columns to fill in have lists of."""
    outcomes = [w(f"outcome.{code}") for code in OUTCOMES if code != "snoozed"]
    outcomes += [w("outcome.snooze_days", n=days) for days in SNOOZES]
    return {"outcome": outcomes, "offer": [w(f"offer.{code}") for code in OFFERS]}
