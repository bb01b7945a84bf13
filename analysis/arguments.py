"""The arguments of the command line."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from analysis.settings import DEFAULT_HORIZON_DAYS, LONGEST_HORIZON_DAYS
from words import LANGUAGES


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-10-31") from None


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_HORIZON_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to {LONGEST_HORIZON_DAYS}")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """Of the commands `report`, `read` and `sample`."""
    whole = argparse.ArgumentParser(
        prog="python -m analysis", description="Who is late, who is leaving, whom to call."
    )
    commands = whole.add_subparsers(dest="command", required=True)
    report = commands.add_parser(
        "report", help="read exports and write clients.csv, at_risk.csv, late_revenue.csv, report.json"
    )
    _add_files(report)
    report.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder to write to (made if missing)"
    )
    report.add_argument(
        "--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to judge from (the last date of the data)"
    )
    report.add_argument(
        "--horizon",
        type=_days,
        metavar="DAYS",
        help=f"how far to look ahead ({DEFAULT_HORIZON_DAYS}, or the notebook's)",
    )
    report.add_argument(
        "--notebook",
        type=Path,
        metavar="FILE",
        help="what the owner noted and set, as Puntual saves it; a FILE may be one too, or a filled call list",
    )
    read = commands.add_parser(
        "read",
        help="say how exports are understood: book.json and the tables as csv, or a table as it is written",
    )
    _add_files(read)
    read.add_argument("--out", type=Path, metavar="DIR", help="folder to write to (made if missing)")
    read.add_argument(
        "--raw",
        type=Path,
        metavar="FILE.csv",
        help="write the first table as plain texts, before any meaning",
    )
    sample = commands.add_parser("sample", help="write the sample workbooks and empty templates to a folder")
    sample.add_argument("directory", type=Path, metavar="DIR")
    sample.add_argument("--language", choices=LANGUAGES, default="en", help=argparse.SUPPRESS)
    return whole


def _add_files(command: argparse.ArgumentParser) -> None:
    """What both reading commands take."""
    command.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="xlsx, xls, ods or csv; several are joined by client",
    )
    command.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help="what was confirmed of such files before, as Puntual keeps it",
    )
    command.add_argument("--language", choices=LANGUAGES, default="en", help="of the sentences (%(default)s)")
