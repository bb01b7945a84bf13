"""What the bytes really are: decided by content, because names lie (a csv named xlsx, a web page named xls)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.errors import UnreadableFileError
from analysis.files.guard.archives import Archive, archive_of
from analysis.files.mistaken import refuse_mistaken_binary, refuse_mistaken_text
from analysis.files.workbook_parts import workbook_path

Kind = Literal["xlsx", "xlsb", "xls", "ods", "html", "web_archive", "xml_2003", "zip", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 65_536
_XML_SAMPLE = 4_096
#: Where nothing but these is left, there is nothing in the file.
_BLANK = b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"
#: Control characters that no table of text holds (tab, line feed and carriage return do occur).
_CONTROLS = bytes(
    code for code in range(32) if code not in b"\t\n\r\x0c\x1a\x01\x1e\x1f"
)  # the last part cells
_FEW_CONTROLS = 0.01
_A_FEW_CONTROLS = 8
_HTML = re.compile(rb"<(!doctype html|html|table|body|head|meta|style|div|tr|form|script)\b", re.IGNORECASE)
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_MAIL_HEADER = re.compile(
    rb"(mime-version|from|received|message-id|x-[\w-]+|date|content-type):", re.IGNORECASE
)
_WEB_ARCHIVE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Content:
    """What a file is; the archive and the path of its workbook where it is a zip of parts."""

    kind: Kind
    archive: Archive | None = None
    workbook: str = ""


def content_of(data: bytes) -> Content:
    """What is in `data`.

    Raises `UnreadableFileError` with `kind`, what it really is, where it is no table: see `kind.*` in the catalogue.
    """
    if not data[:_SAMPLE].strip(_BLANK) and not data.strip(_BLANK):
        raise UnreadableFileError(kind="empty")
    refuse_mistaken_binary(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(data)
    if data.startswith(_OLE):
        return Content(_in_compound(data))
    return Content(_in_text(data))


def _in_archive(data: bytes) -> Content:
    archive = archive_of(data)
    workbook = workbook_path(archive)
    if workbook is not None and workbook.startswith("xl/"):
        return Content("xlsb" if workbook.endswith(".bin") else "xlsx", archive, workbook)
    if "content.xml" in archive and "mimetype" in archive:
        if b"spreadsheet" not in archive.read("mimetype"):
            raise UnreadableFileError(kind="word")
        if "meta-inf/manifest.xml" in archive and b"encryption-data" in archive.read("meta-inf/manifest.xml"):
            raise UnreadableFileError(kind="encrypted")
        return Content("ods", archive)
    if "word/document.xml" in archive:
        raise UnreadableFileError(kind="word")
    if any(name.endswith(".iwa") or name == "index.zip" for name in archive.parts):
        raise UnreadableFileError(kind="numbers_app")
    if any(name.startswith("xl/") for name in archive.parts):
        raise UnreadableFileError(kind="damaged")
    return Content("zip", archive)


def _in_compound(data: bytes) -> Kind:
    """Office files before 2007, and today's ones behind a password."""
    if _wide("EncryptedPackage") in data:
        raise UnreadableFileError(kind="encrypted")
    if _wide("Workbook") in data or _wide("Book") in data:
        return "xls"
    if _wide("__substg1.0_") in data:
        raise UnreadableFileError(kind="email")
    raise UnreadableFileError(kind="word" if _wide("WordDocument") in data else "binary")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _in_text(data: bytes) -> Kind:
    sample = _plain(data[:_SAMPLE])
    beginning = sample.lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"<"):
        if _XML_2003 in beginning[:_XML_SAMPLE] and not re.match(rb"<html", beginning, re.IGNORECASE):
            return "xml_2003"
        refuse_mistaken_text(beginning)
        if _HTML.search(beginning):
            return "html"
        raise UnreadableFileError(kind="xml")
    if _MAIL_HEADER.match(beginning) and _WEB_ARCHIVE.search(beginning):
        return "web_archive"
    refuse_mistaken_text(beginning)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(_FEW_CONTROLS * len(sample), _A_FEW_CONTROLS):
        raise UnreadableFileError(kind="binary")
    return "text"


def _plain(sample: bytes) -> bytes:
    """The beginning without the zeros that every second byte of UTF-16 is."""
    wide = sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sample.count(0) > len(sample) // 4
    return sample.translate(None, b"\0\xff\xfe") if wide else sample
