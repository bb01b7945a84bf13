"""The letters as a Word document: a page each, what the owner has not filled in yet marked."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from words.drafts.letters import BLANKS
from words.speaker import Words

_FONT, _SIZE, _HEADING_SIZE = "Calibri", Pt(12), Pt(14)
_MARGIN, _GAP = Cm(3), Pt(12)
_INK = RGBColor(0x22, 0x25, 0x2B)
#: What XML has no sign for; a file can hold it in a name.
_NO_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class PageOfOne:
    """One client's page: whom it is for, and the letter."""

    name: str
    text: str


def letters_document(
    w: Words, pages: Sequence[PageOfOne], *, title: str, author: str, made: dt.datetime
) -> bytes:
    """A .docx with a page for each letter, headed by the client's name; blanks are highlighted."""
    document = Document()
    _dress(w, document)
    properties = document.core_properties
    properties.title, properties.author = _clean(title), _clean(author)
    properties.last_modified_by = _clean(author)
    properties.comments, properties.created, properties.modified = "", made, made
    heading_style = document.styles["Heading 1"].style_id
    for number, page in enumerate(pages):
        heading = document.add_paragraph(_clean(page.name))
        # By its id: looked up by name, the style of a few hundred headings takes longer than all the rest.
        heading._p.style = heading_style  # noqa: SLF001
        heading.paragraph_format.page_break_before = number > 0
        for part in page.text.split("\n\n"):
            _write(document.add_paragraph(), _clean(part))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: Paragraph, text: str) -> None:
    """The text with its line breaks, the blanks in it marked, in whichever language they are."""
    blanks = "|".join(re.escape(blank) for blank in BLANKS)
    for part in re.split(f"({blanks})", text):
        run = paragraph.add_run(part)
        if part in BLANKS:
            run.bold = True
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _dress(w: Words, document: DocumentObject) -> None:
    """A plain letter: wide margins, one quiet font, the language of the words for the spelling check."""
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for name, size in (("Normal", _SIZE), ("Heading 1", _HEADING_SIZE)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, size, _INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), _GAP
        fonts = style.element.get_or_add_rPr()
        families = fonts.get_or_add_rFonts()
        for family in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            families.attrib.pop(qn(family), None)
        families.set(qn("w:hAnsi"), _FONT)
        language = fonts.makeelement(qn("w:lang"), {qn("w:val"): {"es": "es-ES", "en": "en-GB"}[w.language]})
        fonts.append(language)


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text)
