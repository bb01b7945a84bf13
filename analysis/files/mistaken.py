"""What people upload by mistake, told by how it begins, so that the sentence can say what to do instead."""

from __future__ import annotations

import re

from analysis.errors import UnreadableFileError

#: Beginnings of files that are no text, with the code that the error's sentence names.
_BINARY = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "word"),
    (b"SQLite format 3", "database"),
    (b"\x00\x01\x00\x00Standard ", "database"),  # Access
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"BZh", "compressed"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
)
_TEXT = (
    (re.compile(rb"\[InternetShortcut\]", re.IGNORECASE), "shortcut"),
    (re.compile(rb"<\?xml[^>]*>\s*<!DOCTYPE plist", re.IGNORECASE), "shortcut"),
    (
        re.compile(rb"\{[^{}]{0,400}\"(doc_id|url)\"\s*:\s*\"[^\"]*(docs\.google\.com|[\w-]{20,})"),
        "google_sheet",
    ),
    (re.compile(rb"[\[{]\s*([\]}]|[{\[]|\"(?:[^\"\\]|\\.){0,200}\"\s*[:,\]])"), "json"),
    (re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE), "calendar"),
    (re.compile(rb"BEGIN:VCARD", re.IGNORECASE), "contacts"),
    (
        re.compile(rb"(--[^\n]*\n|/\*.*?\*/|\s)*(CREATE|INSERT INTO|DROP TABLE|SET \w+ ?=)\s", re.IGNORECASE),
        "database",
    ),
    (re.compile(rb"%!PS"), "pdf"),
    (
        re.compile(
            rb"((from|to|date|subject|received|return-path|delivered-to|message-id|mime-version|content-type"
            rb"|x-[\w-]+): [^\n]*\n([ \t][^\n]*\n)*){3}",
            re.IGNORECASE,
        ),
        "email",
    ),
)
_DBASE_VERSIONS = b"\x03\x30\x31\x83\x8b\xf5"
_MONTHS, _DAYS = range(1, 13), range(1, 32)
_DBASE_HEADER_BYTES, _DBASE_FIELD_BYTES = 32, 32


def refuse_mistaken_binary(data: bytes) -> None:
    """Raises `UnreadableFileError` with the `kind` of a file that holds no table, or one we cannot read."""
    for beginning, kind in _BINARY:
        if data.startswith(beginning):
            raise UnreadableFileError(kind=kind)
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp":
        raise UnreadableFileError(kind="image")
    if _is_dbase(data):
        raise UnreadableFileError(kind="dbase")


def refuse_mistaken_text(beginning: bytes) -> None:
    """The same for texts, by their first characters."""
    for pattern, kind in _TEXT:
        if pattern.match(beginning):
            raise UnreadableFileError(kind=kind)


def _is_dbase(data: bytes) -> bool:
    """A table of dBase or FoxPro, as accounting programs keep theirs: a version, a date, fields of 32 bytes, a mark."""
    if len(data) <= _DBASE_HEADER_BYTES or data[0] not in _DBASE_VERSIONS:
        return False
    header = int.from_bytes(data[8:10], "little")
    month, day = data[2], data[3]
    fields = (header - _DBASE_HEADER_BYTES - 1) // _DBASE_FIELD_BYTES
    end = _DBASE_HEADER_BYTES + fields * _DBASE_FIELD_BYTES
    return month in _MONTHS and day in _DAYS and fields > 0 and data[end : end + 1] == b"\r"
