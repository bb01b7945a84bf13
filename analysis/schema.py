"""Columns of every frame that analysis hands out, listed in one place with their units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

State = Literal["new", "on_time", "due", "late", "lapsed", "seasonal", "paused", "booked"]
STATES: tuple[State, ...] = ("on_time", "new", "booked", "seasonal", "paused", "due", "late", "lapsed")

Band = Literal["loved", "ignored", "hated"]
BANDS: tuple[Band, ...] = ("loved", "ignored", "hated")

Regularity = Literal["clockwork", "rough", "erratic"]

#: `clients.csv`, in this order: the contract with whoever reads the file.
CLIENTS = (
    "client_id",
    "client_name",
    "visits",  # days with a completed visit, up to as_of
    "first_visit",
    "last_visit",
    "recency_days",  # as_of - last_visit
    "interval_days",  # median of the client's fitted gap distribution
    "interval_low",  # its 10% and 90% quantiles
    "interval_high",
    "interval_source",  # own | service | business: where most of the information comes from
    "regularity",  # clockwork | rough | erratic
    "next_visit",  # median of the next visit's date given that they have not come yet and do return
    "next_visit_low",  # an 80% window
    "next_visit_high",
    "days_late",  # as_of - (last_visit + late_after_days), 0 if not late
    "state",
    "expected_visits",  # mean number of visits within the horizon
    "p_no_visit",  # probability of no visit within the horizon after as_of
    "p_alive",  # probability that the client is still a client
    "affection",  # 0-10
    "band",  # loved | ignored | hated
    "annual_value",  # money a year at the client's own rhythm and ticket
    "lost_visits",  # own lens, the last 12 months
    "lost_revenue",  # the same in money
    "value_at_stake",  # annual_value x p_no_visit x p_alive: what leaves and a call can still reach
    "flagged",  # on the at-risk list
    "reasons",  # tuple of Reason, most important first (sentences in the csv)
    "suggested_action",  # ActionCode (a sentence in the csv)
)

#: What the Portfolio's client frame has beyond the contract.
CLIENT_EXTRAS = (
    "phone",
    "email",
    "consent",  # True | False | NA
    "birthday",
    "joined",  # since when a client, where the export says; NaT if unknown
    "service",  # the most usual one, "" if services are unknown
    "staff",  # the most usual one of the last visits, "" if unknown
    "due_service",  # the service stream that is due first
    "due_subject",  # whom or what it is for, "" for the client alone
    "active",  # at least 3 visits and one within the last horizon
    "ticket",  # money expected per visit
    "visits_12m",
    "revenue_12m",
    "due_after_days",  # interval_low, or the silence until the time of the year they come in
    "late_after_days",  # silence after which the client counts as late: interval_high, more where the shop was shut
    "gone_after_days",  # silence at which P(alive) falls under one half
    "affection_halfwidth",  # +- points on the 0-10 scale
    "behaviour_only",  # no explicit sign (rating, problem, referral, payment...) is known for this client
    "first_signal",  # date the flag first went up in the current silence; NaT if not flagged
    "booked_for",  # next future booking, NaT if none
    "computed_affection",  # what the signs say, where the owner said otherwise; else the same as affection
    "owner_said",  # whether affection and band are the owner's own word
    "owner_note",  # why, in the owner's words; "" where they said nothing
)

#: Beside visits, what the export says of clients (`analysis.records`), in order of the first date. Texts are "" and
#: dates NaT where unknown.
PROBLEMS = (
    "client_id",
    "opened",
    "closed",  # NaT while open
    "state",  # open | solved | badly_solved
    "kind",
    "staff",  # who owns it, "" = nobody
    "promised",  # the day an answer was promised for
    "detail",  # what happened, in the export's or the owner's words
    "note",  # whether the owner wrote it down themselves
)
PAYMENTS = ("client_id", "due", "paid", "amount")  # bills of the future too; paid is NaT while unpaid
CONTACTS = (
    "client_id",
    "date",
    "channel",
    "outcome",
    "staff",
    "answered",
)  # channel: a code, "" where not said
APPOINTMENTS = (
    "client_id",
    "date",
    "status",
    "service",
    "staff",
    "amount",
)  # cancelled, no_show, refund; booked
DISCOUNTS = ("client_id", "date", "discount")  # money taken off a line, more than nought
DELIVERIES = ("client_id", "date", "service", "staff", "promised", "delivered")
REFERRALS = (
    "client_id",
    "referrer_id",
    "source",
)  # another client ("" if none), else how they came, as written
WALK_INS = ("date", "service", "staff", "amount")  # lines of the till without a client
SERVICE_VISITS = ("client_id", "date", "service", "subject", "staff", "amount")

#: One row per client x service x staff x month x lens x kind with a loss: every total is a sum over these.
LOSSES = (
    "client_id",
    "service",
    "staff",  # who opened the gap
    "month",  # first day of the month
    "lens",  # own | service
    "kind",  # late | gone
    "late_days",
    "lost_visits",
    "lost_revenue",
    "lost_visits_sd",  # standard deviation of the two; those of one client add up, of different ones their squares
    "lost_revenue_sd",
)

#: One row per month closed before as_of: the loss by the own lens as it was known that day, late and gone together.
PUBLISHED_LOSSES = ("month", "lost_visits", "lost_revenue")

#: One row per service.
SERVICES = (
    "service",
    "visits",
    "clients",
    "revenue",
    "interval_days",  # median over clients of their fitted gap
    "standard_days",  # learned, in whole weeks where there is enough to learn from; or as set by the owner
    "standard_source",  # learned | owner | business
    "return_share",  # share of visits followed by another one within twice the standard
    "repeats",  # necessary service: counted in the service lens and the due list
    "regularity",
)

#: One row per client x service x subject stream.
STREAMS = (
    "client_id",
    "service",
    "subject",  # whom or what the client brings (a vehicle, a pet, a child), "" for the client alone
    "visits",
    "last_visit",
    "interval_days",
    "interval_high",
    "due",
    "days_late",
)

#: One row per client x sign: the affection score is 5 + the sum of `points`, clipped to 0-10.
AFFECTION_POINTS = ("client_id", "family", "sign", "known", "points", "value")

#: One row per client x past day whose horizon has closed, of those who had come by then.
AFFECTION_WINDOWS = (
    "client_id",
    "day",
    "affection",  # as known on that day
    "band",
    "active",  # at least 3 visits and one within the horizon before
    "returned",  # a visit within the horizon after
    "spend",  # money of the visits within it; NaN if the export has no amounts
)

#: One row per client x month end: rebuilt from the dates.
MOVEMENT = ("client_id", "month_end", "affection", "band")

#: One row per month end of the last 12 months, for the business.
HISTORY = (
    "month_end",
    "active_clients",
    "late_clients",
    "on_time_share",
    "value_at_stake",
    "visits",
    "revenue",
)

#: One row per month of the year; factors are all 1 where the shop's season is not known.
SEASON = (
    "month",  # 1-12
    "factor",  # visits a day against the average month's
    "low",  # an 80% interval
    "high",
)

#: One row per coming week.
EXPECTED = ("week", "visits", "visits_low", "visits_high", "revenue")

#: One row per method (puntual or rhythm | own_gap | recency | bg_nbd | chance): figures on the owner's own past.
METHODS = (
    "method",
    "auc",  # of pairs of one day's clients
    "auc_low",  # 80% interval, by bootstrap over clients
    "auc_high",
    "brier",
    "precision_top10",
    "hits_of_20",
    "ahead",  # AUC less that of the best of the simple rules, and its interval
    "ahead_low",
    "ahead_high",
)

#: One row per probability bin of the method in use.
CALIBRATION = ("bin_low", "bin_high", "predicted", "observed", "observed_low", "observed_high", "clients")

#: One row per list length n: of the n that the list would have named, how many did not return.
PRECISION_AT = ("calls", "precision", "precision_low", "precision_high")

#: One row per past flag of the one replayed list (horizon days ago): what the at-risk page says about itself.
REPLAY = ("client_id", "rank", "p_no_visit", "returned")

#: How early: one row for the alarm as it was (method "alarm": late, an early signal or probably gone), then a row per
#: method and share of false alarms.
WARNING = (
    "method",
    "at",  # the share of false alarms asked for; NaN for the alarm as it was
    "false_alarms",  # of the silences that ended in a visit, how many had raised the alarm
    "caught",  # of the silences that reached two horizons, how many had
    "median_days",  # from the first alarm to two horizons of silence, 0 for those not caught
    "median_low",
    "median_high",
    "lapses",  # how many silences reached two horizons
)

#: One row per client with a meter x service that is due by use (service "" where none is): see `analysis.usage`.
USAGE = (
    "client_id",
    "subject",  # whose meter it is; "" where the export names none
    "several",  # whether the client brings more than this one: only then it needs naming
    "service",
    "readings",  # in use: those out of line are in METER_FAULTS
    "units_per_day",
    "source",  # own | business: where most of what is known of the rate comes from
    "last_reading",
    "last_reading_on",
    "projected_reading",  # where the meter should stand at as_of
    "had_on",  # when they last had the service
    "unit_interval",
    "due_reading",  # where the meter will stand when the interval is reached
    "due_by_use",
    "due_low",  # 10% and 90% quantiles of that day
    "due_high",
    "due_by_calendar",  # the limit of days beside the units, or the client's own days
    "due",  # whichever comes first
    "decided_by",  # meter | calendar
    "late_from",  # where the meter decides: from here on the client is late by use
)

#: One row per service with gaps of known units, or with an interval of the owner's.
SERVICE_USE = (
    "service",
    "clients",  # with such a gap
    "gaps",
    "typical_units",  # the middle gap, every client counting once
    "learned_units",  # NaN where the data does not show that use decides
    "unit_interval",  # the same, or the owner's
    "unit_source",  # learned | owner | ""
    "limit_days",  # learned beside it: however little was driven; NaN where the data shows none
    "error",  # by which share the gaps miss the rule on average
)

#: One row per reading that does not lie on its meter's line: see `analysis.usage.meter_lines.Fault`.
METER_FAULTS = ("client_id", "subject", "date", "reading", "expected", "fault")


_TEXT = {
    "client_id",
    "service",
    "subject",
    "staff",
    "lens",
    "kind",
    "standard_source",
    "regularity",
    "method",
    "family",
    "sign",
    "band",
    "source",
    "decided_by",
    "unit_source",
    "fault",
}
_DATES = {
    *("day", "date", "last_reading_on", "had_on", "due_by_use", "due_low", "due_high"),
    *("due_by_calendar", "late_from"),
    *("month", "last_visit", "due", "month_end", "week"),
}


def empty_frame(columns: Sequence[str]) -> pd.DataFrame:
    """No rows, these columns, each of the type it has where there are rows."""

    def dtype(name: str) -> str:
        return "object" if name in _TEXT else "datetime64[s]" if name in _DATES else "float64"

    return pd.DataFrame({name: pd.Series(dtype=dtype(name)) for name in columns})
