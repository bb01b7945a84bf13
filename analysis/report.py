"""The headless twin of the pages: the Portfolio as csv and json files that other programs can rely on.

Column names are English, dates ISO, numbers plain; only the sentences (why, what to do) are in the reader's language.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import schema
from analysis.affection_past import AffectionPast
from analysis.book import Book
from analysis.export import csv_bytes, program_csv
from analysis.portfolio import BackTest, Portfolio
from analysis.practices.calling.calls import call_list
from analysis.quality import quality_of, section
from analysis.shop_calendar import ShopYear
from analysis.usage import Usage
from words import Words
from words.files.call_list import call_list_file

LATE_REVENUE = ("month", "lens", "late_days", "lost_visits", "lost_revenue")
VERSIONS_OF = ("pandas", "numpy", "scipy", "python-calamine")


def write_report(book: Book, portfolio: Portfolio, w: Words, directory: Path) -> tuple[Path, ...]:
    """Write clients.csv, at_risk.csv, late_revenue.csv and report.json into `directory`; return their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    calls, _ = call_list_file(w, call_list(portfolio), complete=True)
    contents = {
        "clients.csv": program_csv(with_sentences(portfolio.clients, w)[list(schema.CLIENTS)]),
        "at_risk.csv": csv_bytes(calls, {name: name for name in calls.columns}),
        "late_revenue.csv": program_csv(late_revenue(portfolio)),
    }
    paths = []
    for name, content in contents.items():
        paths.append(directory / name)
        paths[-1].write_bytes(content)
    paths.append(directory / "report.json")
    paths[-1].write_text(
        json.dumps(summary(book, portfolio), ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        encoding="utf-8",
    )
    return tuple(paths)


def with_sentences(clients: pd.DataFrame, w: Words) -> pd.DataFrame:
    """The client table with its reasons and actions as sentences."""
    return clients.assign(
        reasons=[w.reasons(reasons, full=True) for reasons in clients["reasons"]],
        suggested_action=[w.action(code) for code in clients["suggested_action"]],
    )


def late_revenue(portfolio: Portfolio) -> pd.DataFrame:
    """What late visits cost by month and lens, the gone included; a month without loss is a zero, not a gap."""
    losses = portfolio.losses
    sums = losses.groupby(["month", "lens"])[list(LATE_REVENUE[2:])].sum(min_count=1)
    last = pd.Timestamp(portfolio.as_of)
    months = pd.date_range(
        (last - pd.DateOffset(years=1) + pd.Timedelta(days=1)).replace(day=1), last, freq="MS"
    )
    lenses = ["own", "service"] if portfolio.totals.own_lens_published else ["service"]
    every = pd.MultiIndex.from_product([months, lenses], names=["month", "lens"])
    sums = sums.reindex(every)
    known_money = sums["lost_revenue"].notna() | portfolio.has_amounts
    sums["lost_revenue"] = sums["lost_revenue"].fillna(0.0).where(known_money)
    return sums.fillna({"late_days": 0.0, "lost_visits": 0.0}).reset_index()[list(LATE_REVENUE)]


def summary(book: Book, portfolio: Portfolio) -> dict[str, object]:
    """What was read and left out, the totals, how the alarm did on the past, settings and versions."""
    settings = portfolio.settings
    return {
        "as_of": portfolio.as_of.isoformat(),
        "read": _reading(book),
        "quality": section(quality_of(book, dt.date.today())),  # noqa: DTZ011 - the owner's own calendar day
        "totals": _plain(vars(portfolio.totals)),
        "published_losses": _records(
            portfolio.published_losses.assign(month=portfolio.published_losses["month"].dt.strftime("%Y-%m"))
        ),
        "states": _counts(portfolio.clients["state"]),
        "bands": _counts(portfolio.clients["band"]),
        "year": _year(portfolio.year),
        "usage": _usage(portfolio.usage),
        "back_test": _back_test(portfolio.back_test),
        "affection_past": _affection_past(portfolio.affection_past),
        "settings": {
            "as_of": settings.as_of.isoformat() if settings.as_of else None,
            "horizon_days": settings.horizon_days,
            "standards": dict(settings.standards),
            "unit_intervals": dict(settings.unit_intervals),
            "average_ticket": settings.average_ticket,
            "affection_weights": dict(settings.affection_weights),
        },
        "currency": portfolio.currency,
        "versions": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in VERSIONS_OF},
        },
    }


def _usage(used: Usage) -> dict[str, object] | None:
    """Which services follow use, whose use is known, and how many readings cannot be; None without a meter."""
    if not used.metered:
        return None
    own = used.clients["source"] == "own"
    return {
        "unit": used.unit,
        "clients": int(used.clients["client_id"].nunique()),
        "clients_with_own_rate": int(used.clients.loc[own, "client_id"].nunique()),
        "services": _records(used.services),
        "faults": _counts(used.faults["fault"]),
    }


def _reading(book: Book) -> dict[str, object]:
    return {
        "rows_read": book.rows_read,
        "rows_used": sum(sheet.rows_used for sheet in book.sheets),
        "rows_left_out": sum(sheet.rows_left_out for sheet in book.sheets),
        "left_out_by_reason": _counts(book.left_out["reason"]),
        "sheets": [vars(sheet) for sheet in book.sheets],
        "columns": [
            # Samples are people's data; a report that is passed around does not need them.
            {name: value for name, value in vars(column).items() if name != "samples"}
            for column in book.columns
        ],
        "questions": [
            {
                "code": q.code,
                "file": q.file,
                "sheet": q.sheet,
                "row": q.row,
                "header": q.header,
                "assumed": q.assumed,
            }
            for q in book.questions
        ],
        "currencies": list(book.currencies),
    }


def _year(year: ShopYear) -> dict[str, object]:
    """How the season is known with its months, and the days the shop closes (Monday is 0)."""
    return {
        "season": year.season,
        "years": year.years,
        "months": _records(year.months),
        "closed_weekdays": list(year.closed_weekdays),
        "holidays": [f"{month:02}-{day:02}" for month, day in year.holidays],
        "closed_runs": [[start.isoformat(), end.isoformat()] for start, end in year.closed_runs],
    }


def _back_test(test: BackTest) -> dict[str, object]:
    return {
        "usable": test.usable,
        "why": test.why,
        "method": test.method,
        "origins": [day.isoformat() for day in test.origins],
        "client_windows": test.client_windows,
        "base_rate": _plain_value(test.base_rate),
        **{
            name: _records(getattr(test, name))
            for name in ("methods", "calibration", "precision_at", "warning")
        },
        "replay": {
            "flagged": len(test.replay),
            "did_not_return": int((~test.replay["returned"].astype(bool)).sum()),
        },
    }


def _affection_past(past: AffectionPast) -> dict[str, object]:
    return {
        "why": past.why,
        "days": [day.isoformat() for day in past.days],
        **{name: _plain(vars(getattr(past, name))) for name in ("come_back", "stay", "spend")},
        **{name: _records(getattr(past, name)) for name in ("by_band", "by_half_point")},
    }


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {str(name): _plain_value(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _counts(codes: pd.Series) -> dict[str, int]:
    return {str(code): int(count) for code, count in codes.value_counts().items()}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: object) -> object:
    """A value as JSON has it: no NaN, no numpy types, floats to six digits."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if np.isnan(value) else float(f"{value:.6g}")
    return value
