"""Web archives (.mht), which Excel writes as "single file web page": the pages in them."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError

from analysis.errors import UnreadableFileError

_MOST_PAGES = 256


def pages_of(data: bytes) -> list[bytes]:
    """The pages with a table, in their order. Raises `UnreadableFileError`: web_page where there is none, damaged."""
    try:
        archive = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in archive.walk() if part.get_content_type() == "text/html"][:_MOST_PAGES]
        pages = [part.get_payload(decode=True) for part in parts]
    except (MessageError, ValueError, LookupError, RecursionError) as problem:
        raise UnreadableFileError(kind="damaged") from problem
    with_table = [page for page in pages if isinstance(page, bytes) and b"<table" in page.lower()]
    if not with_table:
        raise UnreadableFileError(kind="web_page")
    return with_table
