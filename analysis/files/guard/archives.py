"""A zip as far as it can be trusted: its directory judged before it is unpacked, every part unpacked within bounds.

What a directory says of sizes may be a lie, so a part is unpacked here to the size it claims, and must end there: the
readers that come after unpack without asking.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.errors import UnreadableFileError
from analysis.files.guard.allowance import MEGABYTE

_ENTRY = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_LOCAL_HEADER_BYTES = 30
_MOST_PARTS = 10_000
_MOST_UNPACKED = 1536 * MEGABYTE
#: Spreadsheets pack 5 to 60 times; a bomb 1,000 times. What unpacks to this little does no harm either way.
_MOST_RATIO = 150
_HARMLESS = 64 * MEGABYTE
#: A name that would lead out of the folder that a careless program unpacks to.
_ASTRAY = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PIECE = MEGABYTE // 4  # what is made of it while it is looked at stays in the processor's memory
#: Declarations that no spreadsheet program writes into its parts: entities that grow, files that are fetched.
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_SMALL_PART = 32 * MEGABYTE


@dataclass(frozen=True)
class Part:
    """One member of the zip, as the directory tells of it."""

    name: str
    at: int  # where its local header begins
    packed: int
    size: int
    method: int


@dataclass(frozen=True)
class Archive:
    """A zip whose directory is in order; parts go by their name in small letters with `/`, as readers compare them."""

    data: bytes
    parts: dict[str, Part]

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.parts

    def read(self, name: str, most: int = _MOST_SMALL_PART, *, xml: bool = True) -> bytes:
        """A part of at most so many bytes in one piece. Raises KeyError where there is none, and as `pieces`."""
        if self.parts[_plain(name)].size > most:
            raise UnreadableFileError(kind="too_much")
        return b"".join(self.pieces(name, xml=xml))

    def pieces(self, name: str, *, xml: bool = True) -> Iterator[bytes]:
        """A part piece by piece; XML is let through without declarations only.

        Raises `UnreadableFileError` where it is packed in an unknown way, is not as large as it claims, or declares.
        """
        part = self.parts[_plain(name)]
        unpacked, last = 0, b""
        for piece in self._inflated(part):
            if not piece:
                continue
            unpacked += len(piece)
            if unpacked > part.size:
                raise UnreadableFileError(kind="unsafe")
            if xml and (_hidden(piece, last) or _declares(last + piece)):
                raise UnreadableFileError(kind="unsafe")
            last = piece[-16:]
            yield piece
        if unpacked != part.size:
            raise UnreadableFileError(kind="damaged")

    def _inflated(self, part: Part) -> Iterator[bytes]:
        header = self.data[part.at : part.at + _LOCAL_HEADER_BYTES]
        if header[:4] != _LOCAL or part.method not in _METHODS:
            raise UnreadableFileError(kind="damaged")
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        start = part.at + _LOCAL_HEADER_BYTES + names
        packed = memoryview(self.data)[start : start + part.packed]
        yield from _stored(packed) if part.method == zipfile.ZIP_STORED else _deflated(packed)


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), _PIECE):
        yield bytes(packed[at : at + _PIECE])


def _deflated(packed: memoryview) -> Iterator[bytes]:
    """What was packed, in pieces; raises `UnreadableFileError` (damaged) where it does not end as it should."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _PIECE):
            waiting = bytes(packed[at : at + _PIECE])
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _PIECE)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as problem:
        raise UnreadableFileError(kind="damaged") from problem
    if not inflater.eof:
        raise UnreadableFileError(kind="damaged")


def archive_of(data: bytes) -> Archive:
    """The zip, its directory judged.

    Raises `UnreadableFileError` with the kind damaged, too_much (parts, or what they unpack to) or unsafe (names
    that lead astray, two parts of one name).
    """
    if data.count(_ENTRY) > _MOST_PARTS:
        raise UnreadableFileError(kind="too_much")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            known = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as problem:
        raise UnreadableFileError(kind="damaged") from problem
    if any(part.flag_bits & 1 for part in known):
        raise UnreadableFileError(kind="encrypted")
    unpacked, packed = sum(part.file_size for part in known), sum(part.compress_size for part in known)
    if unpacked > _MOST_UNPACKED or unpacked > max(_HARMLESS, _MOST_RATIO * min(packed, len(data))):
        raise UnreadableFileError(kind="too_much")
    names = [_plain(part.orig_filename) for part in known]
    if len(set(names)) < len(names) or any(_ASTRAY.search(part.orig_filename) for part in known):
        raise UnreadableFileError(kind="unsafe")
    return Archive(
        data,
        {
            name: Part(name, part.header_offset, part.compress_size, part.file_size, part.compress_type)
            for name, part in zip(names, known, strict=True)
        },
    )


def _hidden(piece: bytes, before: bytes) -> bool:
    """The beginning of a part in an encoding in which nobody would find its tags."""
    return not before and (piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in piece[:64])


def _declares(piece: bytes) -> bool:
    return b"!" in piece and b"<!" in piece and _DECLARATION.search(piece) is not None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()
