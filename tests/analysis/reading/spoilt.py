"""Exports spoilt on purpose, and what must hold of whatever becomes of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

from analysis.book import Book
from analysis.errors import PuntualError
from analysis.files.opening import open_here, open_uploads
from analysis.reading import Upload, book_of
from tests.analysis.reading.exports import TODAY, XLS, ods, xlsx

_NAMES = ("Ana Pérez", "Íñigo Peña", "Luz Gómez", "Eva O'Neill", "Rosa «Chari» Gil")
_SERVICES = ("Corte", "Tinte, mechas", "Uñas; pies", 'Pelo 12"')


def _lines(delimiter: str, decimal: str) -> list[str]:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if delimiter in text or '"' in text else text

    rows = [["Nº", "Cliente", "Fecha", "Servicio", "Importe"]]
    rows += [
        [
            f"{number:05}",
            _NAMES[number % 5],
            f"{number % 28 + 1:02}/{number % 6 + 1:02}/2026",
            _SERVICES[number % 4],
            f"{number * 7}.{number % 100:02}".replace(".", decimal),
        ]
        for number in range(1, 41)
    ]
    return [delimiter.join(map(cell, row)) for row in rows]


def _typed() -> list[list[object]]:
    return [line.split("\t") for line in _lines("\t", ".")]


#: What is spoilt: sound files of every kind.
BASES: Mapping[str, Upload] = {
    "csv, semicolons": Upload("a.csv", "\r\n".join(_lines(";", ",")).encode()),
    "csv, commas, cp1252": Upload("a.csv", "\n".join(_lines(",", ".")).encode("cp1252")),
    "csv, tabs, utf-16": Upload("a.txt", "\n".join(_lines("\t", ",")).encode("utf-16")),
    "csv, title and total": Upload(
        "a.csv", "\n".join(["Ventas de junio", "", *_lines(";", "."), "TOTAL;;;;5740"]).encode()
    ),
    "xlsx": xlsx({"Ventas": _typed()}),
    "ods": ods({"Ventas": _typed()}),
    "xls": XLS,
}

_BYTES = b"\0\xff\xfe\"';,\t|\r\n=<&\x1a\x80\xc3 0-."


def _flip(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] = dice.choice(_BYTES)
    return bytes(changed)


def _insert(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data))
        data = data[:at] + bytes(dice.choices(_BYTES, k=dice.randint(1, 6))) + data[at:]
    return data


def _cut(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.randint(1, max(len(data) // 4, 1)) :]


def _repeat(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    start = dice.randrange(len(data))
    piece = data[start : start + dice.randint(1, 400)]
    return data[:start] + piece * dice.randint(2, 5) + data[start:]


def _end(data: bytes, seed: int) -> bytes:
    return data[: random.Random(seed).randrange(len(data))]


def _swap_lines(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    lines = data.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


MUTATIONS: Sequence[Callable[[bytes, int], bytes]] = (_flip, _insert, _cut, _repeat, _end, _swap_lines)


def spoilt(data: bytes, seed: int) -> bytes:
    """The file after one or two mutations."""
    dice = random.Random(seed)
    for mutate in dice.choices(MUTATIONS, k=dice.randint(1, 2)):
        data = mutate(data, dice.getrandbits(32)) or b" "
    return data


def _text(data: bytes) -> str:
    for encoding in ("utf-16", "utf-8") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252")


#: Changes of a text file that leave its cells alone.
STRUCTURAL: Mapping[str, Callable[[bytes], bytes]] = {
    "utf-8 with its mark": lambda data: _text(data).encode("utf-8-sig"),
    "utf-16": lambda data: _text(data).encode("utf-16"),
    "carriage returns": lambda data: _text(data).replace("\r\n", "\n").replace("\n", "\r").encode(),
    "CRLF": lambda data: _text(data).replace("\r\n", "\n").replace("\n", "\r\n").encode(),
    "empty lines at the end": lambda data: (_text(data) + "\n" * 9).encode(),
    "the end mark of DOS": lambda data: (_text(data) + "\n\x1a").encode(),
}


def check(upload: Upload) -> Book | None:
    """Reads a file; what holds of every Book is asserted, a refusal is None, anything else is raised."""
    try:
        book = book_of(open_uploads([upload], open_here), today=TODAY)
    except PuntualError:
        return None
    assert book.rows_read == sum(sheet.rows_used + sheet.rows_left_out for sheet in book.sheets)
    assert len(book.left_out) == sum(sheet.rows_left_out for sheet in book.sheets)
    figures = _figures(upload)
    for amount in book.sales["amount"].dropna().abs().unique():
        assert _digits(f"{amount:.10f}") in figures, amount
    return book


def _figures(upload: Upload) -> set[str]:
    """The digits of every number that the file's cells hold, however they are marked and cut."""
    figures = {"0", ""}
    for grid in open_here(upload):
        for column in grid.columns:
            for text in set(column.to_pylist()) - {None}:
                for run in re.findall(r"\d[\d.,' \u00a0]*", str(text)):
                    figures.add(_digits(run))
                    figures.update(_digits(part) for part in re.split(r"[,' \u00a0]", run))
                for run in re.findall(r"\d+(?:\.\d+)?[eE][-+]?\d+", str(text)):
                    figures.add(_digits(f"{float(run):.10f}"))
    return figures


def _digits(figure: str) -> str:
    """The figures of a number without marks, leading noughts and closing noughts."""
    return re.sub(r"\D", "", figure).strip("0") or "0"
