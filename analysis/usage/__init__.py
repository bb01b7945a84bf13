"""Rhythms that follow use: how much each client drives, and when that makes their next visit due.

    readings -> meter_lines (slips, resets, second cars) -> rates -> distance -> unit_intervals -> due -> told

"Service the car every 5,000 km, and know in how many months this driver covers them." Units are the export's own
(kilometres, miles, engine hours); nothing here depends on which.
"""

from __future__ import annotations

from analysis.usage.due import merged
from analysis.usage.meter_lines import Fault
from analysis.usage.meters import Usage, by_visits, usage
from analysis.usage.readings import MeterUnit
from analysis.usage.told import DAYS_A_MONTH, about, named, next_by_use, with_use

__all__ = [
    "DAYS_A_MONTH",
    "Fault",
    "MeterUnit",
    "Usage",
    "about",
    "by_visits",
    "merged",
    "named",
    "next_by_use",
    "usage",
    "with_use",
]
