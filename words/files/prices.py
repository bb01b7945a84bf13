"""Whom a proposed price is comfortable for, as a file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.consent import reachable, refused
from words.speaker import Words

COLUMNS = (
    "client_id",
    "client_name",
    "phone",
    "email",
    "price",
    "verdict",
    "usual",
    "comfortable",
    "stretch",
    "top",
    "year",
    "basis",
    "record",
    "contact",
)


def price_file(
    w: Words, found: pd.DataFrame, price: float, *, with_bills: bool
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """From rows of `capacity.who_for`: the frame to write, and the headers of its columns.

    How to reach somebody only of those who did not refuse; how they pay only where the export has bills.
    """
    frame = reachable(found).assign(
        price=price,
        verdict=[w(f"offers.verdict.{verdict}") for verdict in found["verdict"]],
        basis=[w(f"offers.basis.{basis}") for basis in found["basis"]],
        record=[w(f"offers.pays.{record}") for record in found["record"]],
        contact=[w("call_list.no_contact") if no else "" for no in refused(found)],
    )
    kept = [name for name in COLUMNS if with_bills or name != "record"]
    return frame, {name: w(f"offers.file.{name}") for name in kept}
