"""How a text table is cut into cells: delimiter, quote and escape, by what its beginning looks like under each.

Every candidate cuts the file's beginning and is scored by the share of rows of the usual width and by how pure the
cells are: one that still holds another delimiter, or half a pair of quotes, was probably cut wrongly.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.files.shapes import shape_of

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "§", "¬", "¦")
#: Delimiters of several characters that programs without quotes use. A pair of plain delimiters is none of them:
#: it stands for an empty cell.
_LONG_DELIMITERS = ("||", "::", "|~|", "~|~", "|^|", "^|^", "##", "@@", "$$", "<>", "|#|")
_QUOTES = ('"', "'", "`", "´", "«")
#: Stands for a delimiter of several characters once the text is prepared.
PART = "\x1f"
_SAMPLE_CHARACTERS = 60_000
_SAMPLE_ROWS = 300
#: A file of one column is possible, and less likely than any cut into several.
_ONE_COLUMN = 0.01
_MOST_LINES = 0.3  # a delimiter stands in at least this share of the lines
_SPACE_IS_RARE = 0.5
_NEARLY_ALL = 0.98
_HINT = re.compile(r"\ufeff?\"?sep=(.|\\t)\"?[ \t;,]*(\r\n|\n|\r)", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    r"""How a text table is cut into cells.

    `escape` is "\" where quotes inside cells stand behind one, else "" (they are doubled). `spaced`: a space follows
    every delimiter and belongs to it.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    spaced: bool = False

    @property
    def part(self) -> str:
        """The one character of ASCII that parts cells in a prepared text."""
        return self.delimiter if len(self.delimiter) == 1 and self.delimiter.isascii() else PART

    def prepared(self, text: str) -> str:
        """The text as a plain one: delimiters of one character, quotes inside cells doubled."""
        if self.part != self.delimiter:
            text = text.replace(self.delimiter, PART)
        if self.escape:
            text = re.sub(r'\\([\\"\'])', lambda found: _unescaped(found[1], self.quote), text)
        return text

    def cells(self, lines: list[str], *, strict: bool = False) -> Iterator[list[str]]:
        """The rows of prepared lines."""
        return csv.reader(
            lines, delimiter=self.part, quotechar=self.quote, skipinitialspace=self.spaced, strict=strict
        )


def _unescaped(character: str, quote: str) -> str:
    if character == quote:
        return quote * 2
    return character if character == "\\" else "\\" + character


def without_hint(text: str) -> tuple[str, str | None]:
    """The text without its `sep=;` line, which Excel takes as a hint and does not count, and the delimiter it names."""
    hinted = _HINT.match(text)
    if not hinted:
        return text, None
    return text[hinted.end() :], "\t" if hinted[1] == "\\t" else hinted[1]


def sample_of(text: str) -> str:
    """The text's beginning, whole lines of it."""
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    sample = text[:_SAMPLE_CHARACTERS]
    end = max(sample.rfind("\n"), sample.rfind("\r")) + 1
    return sample[:end] or sample


def lines_of(text: str) -> list[str]:
    """The text's lines with their ends; only line feeds and carriage returns end a line."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", text)


def dialect_of(text: str, hinted: str | None = None) -> tuple[Dialect, float]:
    """The dialect under which the beginning of `text` is most like a table, and how well it does (0-1)."""
    sample = sample_of(text)
    count = max(sum(1 for line in lines_of(sample) if line.strip()), 1)
    best, best_score = Dialect(hinted or ",", '"'), 0.0
    for dialect in _candidates(sample, count, hinted):
        score = _score(rows_of(sample, dialect), dialect)
        if score > best_score:
            best, best_score = dialect, score
    return (replace(best, spaced=True) if _spaced(sample, best) else best), best_score


def _candidates(sample: str, lines: int, hinted: str | None) -> Iterator[Dialect]:
    quotes = [quote for quote in _QUOTES if quote in sample] or ['"']
    if hinted:
        delimiters: tuple[str, ...] = (hinted,)
    else:
        known = (*_LONG_DELIMITERS, *_DELIMITERS, " ")
        delimiters = tuple(mark for mark in known if sample.count(mark) >= max(_MOST_LINES * lines, 1))
    for delimiter in delimiters:
        for quote in quotes:
            if quote != '"' and not _quotes_cells(sample, delimiter, quote):
                continue
            yield Dialect(delimiter, quote)
            if f"{delimiter} {quote}" in sample and not delimiter.isspace():
                yield Dialect(delimiter, quote, spaced=True)
            if "\\" + quote in sample:
                yield Dialect(delimiter, quote, "\\")
        if '"' not in quotes:
            yield Dialect(delimiter, '"')


def _quotes_cells(sample: str, delimiter: str, quote: str) -> bool:
    """Whether cells begin and end with it; an apostrophe is part of many words."""
    mark = re.escape(delimiter)
    begins = len(re.findall(rf"(?:^|{mark}) ?{quote}", sample, re.MULTILINE))
    ends = len(re.findall(rf"{quote} ?(?:\r?$|{mark})", sample, re.MULTILINE))
    return min(begins, ends) >= 2 and max(begins, ends) <= 2 * min(begins, ends)  # noqa: PLR2004


def rows_of(text: str, dialect: Dialect, most: int = _SAMPLE_ROWS) -> list[list[str]]:
    """The first rows, as a plain reader cuts them."""
    csv.field_size_limit(1 << 30)
    rows: list[list[str]] = []
    try:
        for row in dialect.cells(lines_of(dialect.prepared(text))):
            rows.append(row)
            if len(rows) == most:
                break
    except csv.Error:  # a carriage return within a line of other ends
        pass
    return rows


def _score(rows: list[list[str]], dialect: Dialect) -> float:
    """Share of rows of the modal width times purity of their cells; more columns win a tie, a single one never wins."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0
    width, usual = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width == 1:
        return _ONE_COLUMN
    cells = Counter(cell for row in rows if len(row) == width for cell in row)
    total = cells.total()
    pure = sum(count for cell, count in cells.items() if shape_of(cell) != "mixed")
    escaped = "\\" + dialect.quote
    cut_quotes = sum(
        count for cell, count in cells.items() if cell.count(dialect.quote) % 2 or escaped in cell
    )
    whole_lines = sum(count for cell, count in cells.items() if "\n" in cell)
    score = usual / widths.total() * (0.2 + 0.8 * pure / total)
    score *= (
        (1 - cut_quotes / total)
        * (1 - whole_lines / total)
        * (1 - _hollow([row for row in rows if len(row) == width]))
    )
    if dialect.delimiter == " ":
        score *= _SPACE_IS_RARE
    return score + min(width, 20) * 1e-3


def _hollow(rows: list[list[str]]) -> float:
    """Share of the inner columns without a single cell, as between the two marks of a delimiter of two."""
    inner = range(1, len(rows[0]) - 1)
    return sum(not any(row[place].strip() for row in rows) for place in inner) / len(rows[0])


def _spaced(sample: str, dialect: Dialect) -> bool:
    """Whether a space follows (nearly) every delimiter outside quotes, and so belongs to it."""
    if dialect.part.isspace():
        return False
    bare = re.sub(
        rf"(?<=[{re.escape(dialect.delimiter[0])} ]){dialect.quote}[^{dialect.quote}\r\n]*{dialect.quote}",
        "x",
        sample,
    )
    marks = bare.count(dialect.delimiter)
    return marks > 0 and bare.count(dialect.delimiter + " ") >= _NEARLY_ALL * marks
