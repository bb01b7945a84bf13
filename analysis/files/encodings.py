"""The characters of a text file: its encoding by evidence, and text that was decoded wrongly once before it came."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

#: Marks at a file's beginning; UTF-32's begins like UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Single-byte encodings of Western Europe: Windows', DOS', old Macs'. The first wins where nothing speaks for another.
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_SAMPLE_BYTES = 1 << 16
_ZEROS_OF_FOUR = 3  # bytes of the four of a UTF-32 character that are zero in Western text
_BOTH_SIDES = 2
_ZEROS_OF_WIDE = 0.2  # share of zero bytes from which a text has two or four bytes a character
_EVIDENCE = 200_000  # bytes above ASCII that are looked at to choose among single-byte encodings
_LETTERS = frozenset("áéíóúüñçàèìòùâêîôûäëïöãõåæøœßÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖÃÕÅÆØŒ")
_COMMON = frozenset("áéíóúüñçÁÉÍÓÚÜÑÇ")
#: What stands beside words and figures rather than within them.
_SIGNS = frozenset("ºª°€£¿¡«»“”‘’–—…·©®™\u00a0½¼")
_MIXED_SHARE = 1  # well-formed UTF-8 sequences for each stray byte in a file that two programs wrote
_TAIL = 3  # bytes that a cut file can lack of its last character
_HIGH_RUN = re.compile(rb"[^\x00-\x7f]")
#: UTF-8 of Western letters and signs: others occur by chance in the old encodings of DOS.
_WELL_FORMED = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}")
#: UTF-8 taken for Windows-1252 shows the first byte of a character as one of these.
_LEADS = "ÂÃÄÅâð"
#: And the bytes that follow as one of these.
_FOLLOWING = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
)
_MISREAD = f"[{_LEADS}][{_FOLLOWING}]"
_MISREAD_IN_TEXT = re.compile(_MISREAD)
_TIMES_MISREAD = 3

Certainty = Literal["sure", "guessed", "mixed"]


@dataclass(frozen=True)
class Decoded:
    """A file's text; `certainty` is "guessed" for an old encoding and "mixed" where lines were of two."""

    text: str
    encoding: str
    certainty: Certainty = "sure"


def decoded(data: bytes) -> Decoded:
    """The text of a file: by its mark, by its zeros, as strict UTF-8, else by the encoding that gives words.

    Zero characters and the end mark of DOS (Ctrl-Z) are no text and are dropped.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_clean(data[len(mark) :].decode(encoding, errors="replace")), encoding)
    wide = _wide(data[:_SAMPLE_BYTES])
    if wide:
        return Decoded(_clean(data.decode(wide, errors="replace")), wide)
    try:
        return Decoded(_clean(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as problem:
        if problem.start >= len(data) - _TAIL and problem.reason == "unexpected end of data":
            return Decoded(_clean(data[: problem.start].decode("utf-8")), "utf-8")
    well_formed = len(_WELL_FORMED.findall(data))
    if well_formed:
        stray = len(_HIGH_RUN.findall(_WELL_FORMED.sub(b"", data)))
        if well_formed >= _MIXED_SHARE * stray:
            return Decoded(_clean(_line_by_line(data)), "utf-8", "mixed")
    encoding = _single_byte(data)
    certainty: Certainty = "sure" if encoding == _SINGLE_BYTE[0] else "guessed"
    return Decoded(_clean(_single_byte_text(data, encoding)), encoding, certainty)


def _clean(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        text = text.replace("\0", "")
    return text.rstrip("\x1a") if text.endswith("\x1a") else text


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: where the zeros stand."""
    if sample.count(0) <= _ZEROS_OF_WIDE * len(sample):
        return None
    by_place = [sample[place::4].count(0) for place in range(4)]
    quarter = len(sample) / 4
    full = [zeros > 0.9 * quarter for zeros in by_place]
    if sum(full) == _ZEROS_OF_FOUR:
        return {0: "utf-32-le", 3: "utf-32-be"}.get(full.index(False))
    odd, even = by_place[1] + by_place[3], by_place[0] + by_place[2]
    if max(odd, even) > 3 * min(odd, even):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _line_by_line(data: bytes) -> str:
    """Lines that are no UTF-8, in a file that else is, were added by a program of Windows."""
    lines = data.split(b"\n")
    for place, line in enumerate(lines):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            lines[place] = _single_byte_text(line, "cp1252").encode()
    return b"\n".join(lines).decode("utf-8")


def _single_byte_text(data: bytes, encoding: str) -> str:
    """The five bytes that Windows-1252 leaves undefined stand for themselves, so that none is lost."""
    return data.decode(encoding, errors="latin_undefined")


def _as_latin(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("latin-1"), problem.end


codecs.register_error("latin_undefined", _as_latin)


def _single_byte(data: bytes) -> str:
    """The encoding under which the bytes above ASCII are most like letters within words and signs beside them."""
    places = [found.start() for found in _HIGH_RUN.finditer(data[: _EVIDENCE * 20])][:_EVIDENCE]
    around: dict[tuple[bytes, bytes, bytes], int] = {}
    for place in places:
        key = (data[max(place - 1, 0) : place], data[place : place + 1], data[place + 1 : place + 2])
        around[key] = around.get(key, 0) + 1
    scores = {
        encoding: sum(_likeness(*key, encoding) * count for key, count in around.items())
        for encoding in _SINGLE_BYTE
    }
    best = max(_SINGLE_BYTE, key=lambda encoding: scores[encoding])
    # Windows' own is by far the commonest: another one has to be clearly better.
    clearly = scores[best] >= scores[_SINGLE_BYTE[0]] + max(1.5, 0.2 * len(places))
    return best if clearly else _SINGLE_BYTE[0]


def _likeness(before: bytes, byte: bytes, after: bytes, encoding: str) -> float:
    """How likely the byte is that character between its neighbours: from 1 (a letter in its word) to -1."""
    character, left, right = (_single_byte_text(part, encoding) for part in (byte, before, after))
    beside = [neighbour for neighbour in (left, right) if neighbour.isalpha()]
    if character in _LETTERS:
        if not beside:
            return -0.3
        value = 1.0 if character in _COMMON else 0.4
        # Capitals hardly stand behind a small letter, nor small letters between capitals.
        odd = (character.isupper() and left.islower()) or (
            character.islower()
            and len(beside) == _BOTH_SIDES
            and all(neighbour.isupper() for neighbour in beside)
        )
        return -0.5 if odd else value
    if character in _SIGNS:
        if character in "’·":
            return 0.3
        return -0.8 if len(beside) == _BOTH_SIDES else 0.5
    return -1.0


def repaired(text: str) -> str:
    """A text whose UTF-8 was once taken for Windows-1252, as it was before; any other text as it is.

    >>> repaired("ElectrÃ³nica"), repaired("SÃO PAULO"), repaired("Electrónica")
    ('Electrónica', 'SÃO PAULO', 'Electrónica')
    """
    for _ in range(_TIMES_MISREAD):
        if not _MISREAD_IN_TEXT.search(text):
            break
        try:
            text = _windows_bytes(text).decode("utf-8")
        except UnicodeError:
            break
    return text


def may_be_misread(text: str) -> bool:
    """Whether any character of a text can be the beginning of a misread one; quick, for whole files."""
    return any(lead in text for lead in _LEADS)


def _windows_bytes(text: str) -> bytes:
    return text.encode("cp1252", errors="latin_undefined_out")


def _as_control(problem: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    # A character of the undefined five goes back to its byte; any other one proves that nothing was misread.
    return problem.object[problem.start : problem.end].encode("latin-1"), problem.end


codecs.register_error("latin_undefined_out", _as_control)


def repaired_column(cells: pa.Array) -> tuple[pa.Array, int]:
    """The column with its misread cells repaired, and how many those are; a cell is repaired as a whole or not at all.

    A cell is proof enough: that all its characters above ASCII make well-formed UTF-8 once they are bytes again does
    not happen to words that somebody wrote.
    """
    suspect = pc.fill_null(pc.match_substring_regex(cells, _MISREAD), False)
    if not pc.any(suspect, min_count=0).as_py():
        return cells, 0
    coded = cells.filter(suspect).dictionary_encode()
    before = coded.dictionary.to_pylist()
    after = [repaired(text) for text in before]
    fixed = pa.array(after, pa.string()).take(coded.indices)
    changed = pc.sum(pc.not_equal(fixed, cells.filter(suspect))).as_py() or 0
    return pc.replace_with_mask(cells, suspect, fixed), int(changed)
