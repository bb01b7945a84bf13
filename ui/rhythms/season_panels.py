"""What the rhythms page says of the shop's year: its season, where it is known, and the days it closes."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.shop_calendar import ShopYear
from ui.charts.month_factors import change, month_factors, month_name
from ui.page import finding_line, panel
from ui.palette import Palette
from words import Words


def season_panel(w: Words, year: ShopYear, palette: Palette) -> None:
    """How busy each month is, or why that cannot be known."""
    if year.season != "known":
        finding_line(w(f"season.title.{year.season}"), w(f"season.note.{year.season}", n=year.years))
        return
    months = year.months
    (busy, up), (quiet, down) = year.busiest, year.quietest
    finding = w(
        "season.title.known",
        busy=month_name(w, busy),
        up=change(w, up),
        quiet=month_name(w, quiet),
        down=change(w, down),
    )
    numbers = pd.DataFrame(
        {
            w("season.column.month"): [month_name(w, month) for month in months["month"]],
            **{
                w(f"season.column.{column}"): [change(w, factor) for factor in months[name]]
                for column, name in (("change", "factor"), ("low", "low"), ("high", "high"))
            },
        }
    )
    panel(
        w,
        finding,
        w("season.note.known", n=year.years),
        month_factors(months, w, palette),
        key="season",
        alt=finding,
        numbers=numbers,
    )


def closed_days_panel(w: Words, year: ShopYear) -> None:
    """Weekdays, dates and weeks the shop closes; nothing where it shows none."""
    if not (year.closed_weekdays or year.holidays or year.closed_runs):
        return
    days = [w(f"weekday.{weekday}") for weekday in year.closed_weekdays]
    notes = []
    if year.holidays:
        dates = [w.day_month(dt.date(2000, month, day)) for month, day in year.holidays]
        notes.append(w("season.closed.dates", dates=[w("season.closed.date", date=date) for date in dates]))
    if year.closed_runs:
        runs = [_run(w, start, end) for start, end in year.closed_runs]
        notes.append(w("season.closed.runs", runs=runs))
    notes.append(w("season.closed.learned"))
    title = w("season.closed.weekdays", days=days) if days else w("season.closed.some_days")
    finding_line(title, " ".join(notes))


def _run(w: Words, start: dt.date, end: dt.date) -> str:
    first = w.day_month(start) if start.year == end.year else w.day(start)
    return w("season.closed.run", start=first, end=w.day(end))
