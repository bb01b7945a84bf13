"""Call lists as they leave the app, and as people's programs give them back."""

import csv
import io
from collections.abc import Mapping, Sequence

import openpyxl
import pandas as pd

from analysis.export import CsvStyle, csv_bytes, xlsx_bytes
from words import Language, speak
from words.files.call_list import call_list_file, words_to_choose

CALLS = pd.DataFrame(
    {
        "client_id": ["007", "C2", "C3"],
        "client_name": ["Ana Ruiz", "Luis Gil", "Eva Sanz"],
        "phone": ["+34 600 000 123", None, None],
        "email": [None, "luis@example.com", None],
        "consent": pd.array([pd.NA, pd.NA, pd.NA], dtype="boolean"),
        "state": ["late", "due", "due"],
        "days_late": [20, 0, 0],
        "last_visit": pd.to_datetime(["2026-09-03", "2026-10-15", "2026-10-28"]),
        "interval_days": [31.2, 60.0, 60.0],
        "value_at_stake": [272.456, 90.0, 20.0],
        "p_no_visit": [0.4267, 0.3, 0.3],
        "reasons": [(), (), ()],
        "suggested_action": ["call_now", "message", "message"],
    }
)

#: What somebody wrote into the columns of a row (counted from 0).
Filled = Mapping[int, Mapping[str, str]]


def csv_list(language: Language, locale: str, filled: Filled) -> bytes:
    """The csv of a language, filled in and saved by the same spreadsheet."""
    w = speak(language, locale, "EUR")
    frame, headers = call_list_file(w, CALLS)
    return csv_bytes(_with(frame, filled), headers, CsvStyle.of(w.formats.decimal_mark))


def xlsx_list(language: Language, filled: Filled) -> bytes:
    """The workbook, filled in and saved."""
    w = speak(language, None, "EUR")
    frame, headers = call_list_file(w, CALLS)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, headers, "Lista", words_to_choose(w))))
    places = {name: place for place, name in enumerate(headers, start=1)}
    for row, values in filled.items():
        for name, value in values.items():
            book.active.cell(row=row + 2, column=places[name], value=value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(
    data: bytes, *, separator: str, encoding: str, order: Sequence[int] = (), **extra: str
) -> bytes:
    """The csv as another program saves it: other separator, encoding, order of columns, a column more."""
    text = data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";" if text.count(";") > text.count(",") else ","))
    for name, value in extra.items():
        lines = [[*lines[0], name], *([*line, value] for line in lines[1:])]
    if order:
        rest = [place for place in range(len(lines[0])) if place not in order]
        lines = [[line[place] for place in (*order, *rest)] for line in lines]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode(encoding)


def _with(frame: pd.DataFrame, filled: Filled) -> pd.DataFrame:
    changed = frame.astype(dict.fromkeys(("outcome", "outcome_date", "note", "offer"), object))
    for row, values in filled.items():
        for name, value in values.items():
            changed.loc[row, name] = value
    return changed
