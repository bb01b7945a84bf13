"""What the bytes really are: decided by content, because names lie (a csv named xlsx, a web page named xls)."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from analysis.errors import UnreadableFileError

Kind = Literal["xlsx", "xlsb", "xls", "ods", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Beginnings of what people upload by mistake, with the code that the error's sentence names.
_FOREIGN = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "word"),
    (b"SQLite format 3", "database"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
)
_TEXT_SAMPLE = 65_536
#: Control characters that no table of text holds (tab, line feed and carriage return do occur).
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1a")
_FEW_CONTROLS = 0.01


def kind_of(file: str, data: bytes) -> Kind:
    """The kind of table in `data`.

    Raises `UnreadableFileError` with `kind`, what it really is: empty, pdf, image, word, database, compressed,
    numbers_app, encrypted, html, xml, binary or damaged.
    """
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise UnreadableFileError(file=file, kind="empty")
    for beginning, kind in _FOREIGN:
        if data.startswith(beginning):
            raise UnreadableFileError(file=file, kind=kind)
    if data.startswith(b"PK"):
        return _kind_of_archive(file, data)
    if data.startswith(_OLE):
        return _kind_of_compound(file, data)
    return _kind_of_text(file, data)


def _kind_of_archive(file: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            if "xl/workbook.xml" in members:
                return "xlsx"
            if "xl/workbook.bin" in members:
                return "xlsb"
            if "content.xml" in members and b"spreadsheet" in archive.read("mimetype"):
                return "ods"
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as problem:
        raise UnreadableFileError(file=file, kind="damaged") from problem
    if "word/document.xml" in members:
        raise UnreadableFileError(file=file, kind="word")
    if any(member.endswith(".iwa") for member in members):
        raise UnreadableFileError(file=file, kind="numbers_app")
    raise UnreadableFileError(file=file, kind="compressed")


def _kind_of_compound(file: str, data: bytes) -> Kind:
    """Office files before 2007, and today's ones behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFileError(file=file, kind="encrypted")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise UnreadableFileError(
        file=file, kind="word" if "WordDocument".encode("utf-16-le") in data else "binary"
    )


def _kind_of_text(file: str, data: bytes) -> Kind:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    sample = data[:_TEXT_SAMPLE]
    beginning = sample.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<div", b"<head")):
        raise UnreadableFileError(file=file, kind="html")
    if beginning.startswith((b"<?xml", b"<workbook")):
        raise UnreadableFileError(file=file, kind="html" if b"<html" in beginning else "xml")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    zeros = sample.count(0)
    if (
        zeros > len(sample) // 4
    ):  # UTF-16 without its mark has a zero in every second byte, and is text all the same
        controls -= zeros
    if controls > _FEW_CONTROLS * len(sample):
        raise UnreadableFileError(file=file, kind="binary")
    return "text"
