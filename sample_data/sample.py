"""A shop's simulated export in canonical tables, and the truth that was planted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

#: One row per client: what they are and what became of them.
TRUTH = (
    "client_id",
    "client_name",
    "kind",  # regular | erratic | seasonal | yearly | one_time
    "regularity_k",  # shape of the gamma distribution of the gaps: 1 = random, 400 = to the day
    "season",  # months in which a seasonal client comes, "6 7 8 9"
    "first_visit",  # in the export; those who joined earlier had visits before it
    "last_visit",
    "visits",  # days with a completed visit
    "drift_from",  # when the gaps began to lengthen
    "left_on",  # never came again after this day; empty = still a client at the end of the export
    "why",  # drift | seller_left | bad_problem | moved | price; drift without left_on = drifting away now
    "seller",  # the usual one at first
    "seller_now",
    "trouble",  # solved | badly_solved | open: the problem they had
    "pays",  # on_time | late | unpaid | first_late: what they owe; first_late = on time but for the last bill
    "mood",  # 0-10, the centre of the ratings they give
    "meter_per_day",  # units driven a day (workshop)
    "meter_fault",  # misread | reset | two_cars: what is wrong with the readings (workshop)
    "meter_fault_on",  # day of the misread one, or of the first one of the new meter
)

#: One row per client and service with a rhythm.
RHYTHMS = (
    "client_id",
    "service",
    "main",  # the service whose rhythm the visits follow
    "interval_days",  # mean gap of the rhythm before drift, skipped visits not counted
    "regularity_k",  # of the gaps for it: the client's own, or the service's where that has one
    "missed_12m",  # visits for it skipped or put off by drift in the last 365 days, while a client
    "given_up_on",  # when a drifting client gave up this service
)

#: One row per event planted beside the simulation.
FACTS = (
    # cancelled_together | cancelled_alone | first_late_bill | delivered_very_late | promise_open | slow_service
    "fact",
    "client_id",  # empty for what is true of the shop
    "on",  # the day of the appointment called off, the bill's due date, the day promised
    "value",  # the seller; days late (empty = not paid yet); the service that is seldom ready in time
)


@dataclass(frozen=True)
class Sample:
    """`tables` have the columns of the canonical tables (a sheet may add its own, as a till does).

    Statuses, channels, outcomes and yes or no are codes; `sample_data.sheets` puts them into the workbook's words.
    """

    name: str  # salon | workshop: the truth's files begin with it
    file: str  # name of the workbook
    language: str
    currency: str  # its sign
    best_rating: int  # of its scale: 10, or 5 stars; `tables` hold ratings on the scale to 10
    as_of: dt.date
    tables: Mapping[str, pd.DataFrame]
    truth: pd.DataFrame  # TRUTH
    rhythms: pd.DataFrame  # RHYTHMS
    facts: pd.DataFrame  # FACTS
