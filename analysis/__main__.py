"""The command line: `python -m analysis report FILE... --out DIR` and `python -m analysis sample DIR`.

Exit codes: 0 done, 2 bad input or arguments (one sentence on standard error says what to do).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import PuntualError, UnreadableFileError
from analysis.portfolio import analyse
from analysis.progress import Progress, part_of
from analysis.reading import Upload, read
from analysis.report import write_report
from analysis.settings import DEFAULT_HORIZON_DAYS, Settings
from words import LANGUAGES, Words, speak

BAD_INPUT = 2
LONGEST_HORIZON_DAYS = 730
READING_SHARE = 0.5  # of the time; the rest is analysis


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    words = speak(getattr(options, "language", "en"))
    try:
        if options.command == "sample":
            return _sample(options.directory, words)
        return _report(options, words)
    except PuntualError as error:
        print(words.error(error), file=sys.stderr)
    except OSError as error:
        # The path and the reason are the person's own; no traceback helps them.
        print(
            words("report.os_error", path=str(error.filename or ""), why=error.strerror or ""),
            file=sys.stderr,
        )
    return BAD_INPUT


def _report(options: argparse.Namespace, words: Words) -> int:
    uploads = [_upload(path) for path in options.files]
    tell = _progress(words)
    book = read(uploads, progress=part_of(tell, 0.0, READING_SHARE))
    for question in book.questions:
        print(
            words(
                f"report.assumed.{question.code}",
                header=question.header,
                file=question.file,
                row=question.row,
                example=question.example,
                assumed=question.assumed,
            ),
            file=sys.stderr,
        )
    portfolio = analyse(
        book,
        Settings(as_of=options.as_of, horizon_days=options.horizon),
        part_of(tell, READING_SHARE, 1.0),
    )
    with_money = speak(words.language, currency=book.currency)
    paths = write_report(book, portfolio, with_money, options.out)
    left_out = sum(sheet.rows_left_out for sheet in book.sheets)
    print(words("report.done", n=len(portfolio.clients), flagged=int(portfolio.clients["flagged"].sum())))
    print(words("report.rows", read=book.rows_read, n=left_out))
    print("\n".join(str(path) for path in paths))
    return 0


def _sample(directory: Path, words: Words) -> int:
    from sample_data import write  # noqa: PLC0415 - only this command needs it

    for path in write(directory):
        print(path)
    print(words("report.sample_done", directory=str(directory)))
    return 0


def _upload(path: Path) -> Upload:
    if path.is_dir():
        raise UnreadableFileError(file=path.name, kind="folder")
    return Upload(path.name, path.read_bytes())


def _progress(words: Words) -> Progress:
    """Steps on standard error: one line that changes on a terminal, a line a step elsewhere."""
    told: list[str] = []

    def tell(code: str, share: float, /, **values: object) -> None:
        sentence = words(f"progress.{code}", **values)
        if told[-1:] == [sentence]:
            return
        told.append(sentence)
        line = f"{share:4.0%}  {sentence}"
        if sys.stderr.isatty():
            print(f"\r\033[K{line}", end="\n" if code == "done" else "", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)

    return tell


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-10-31") from None


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_HORIZON_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to {LONGEST_HORIZON_DAYS}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Who is late, who is leaving, whom to call."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser(
        "report", help="read exports and write clients.csv, at_risk.csv, late_revenue.csv, report.json"
    )
    report.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="xlsx, xls, ods or csv; several are joined by client",
    )
    report.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder to write to (made if missing)"
    )
    report.add_argument(
        "--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to judge from (the last date of the data)"
    )
    report.add_argument(
        "--horizon",
        type=_days,
        default=DEFAULT_HORIZON_DAYS,
        metavar="DAYS",
        help="how far to look ahead (%(default)s)",
    )
    report.add_argument("--language", choices=LANGUAGES, default="en", help="of the sentences (%(default)s)")
    sample = commands.add_parser("sample", help="write the sample workbooks and empty templates to a folder")
    sample.add_argument("directory", type=Path, metavar="DIR")
    sample.add_argument("--language", choices=LANGUAGES, default="en", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
