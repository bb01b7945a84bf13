"""Lists of the page of problems as files: what is open, and who may meet a reason next."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.consent import reachable, refused
from words.speaker import Words

OPEN_COLUMNS = (
    "client_id",
    "client_name",
    "kind",
    "detail",
    "opened",
    "days_open",
    "staff",
    "promised",
    "overdue_days",
    "worth",
    "contact",
)
EXPOSED_COLUMNS = ("client_id", "client_name", "phone", "email", "last_visit", "worth", "contact")


def open_problems_file(
    w: Words, found: pd.DataFrame, *, money: bool
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From the open problems, in their order: the frame to write, and the headers of its columns."""
    frame = found.assign(contact=_contact(w, found), overdue_days=found["overdue_days"].replace(0, pd.NA))
    return frame, _headers(w, OPEN_COLUMNS, money=money)


def exposed_file(w: Words, found: pd.DataFrame, *, money: bool) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From the clients who may meet a reason next; how to reach them only of those who did not refuse."""
    frame = reachable(found).assign(contact=_contact(w, found))
    return frame, _headers(w, EXPOSED_COLUMNS, money=money)


def _contact(w: Words, found: pd.DataFrame) -> list[str]:
    return [w("call_list.no_contact") if no else "" for no in refused(found)]


def _headers(w: Words, columns: tuple[str, ...], *, money: bool) -> Mapping[str, str]:
    return {name: w(f"problems.file.{name}") for name in columns if money or name != "worth"}
