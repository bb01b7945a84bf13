"""Briefs as a Word document: one A4 page each, with lines to write on.

The texts of `words.drafts.brief_text` fit a line each and there are so many of them at most; what is left of the
page is for notes. Fonts that every Word has: another one in their place is hardly wider.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from words.drafts.brief_text import BriefText
from words.speaker import Words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BODY, _TITLE = "Calibri", "Georgia"
_INK, _MUTED, _RULE = RGBColor(0x22, 0x30, 0x3F), RGBColor(0x61, 0x5C, 0x54), "CFC9BE"
_WIDTH, _MARGIN = 21.0, 1.8
_FACT_WIDTHS = (2.9, 5.6, 3.3, 5.6)
_DATE_WIDTH = 2.6
#: Heights in cm, a little above what they take: a line, a heading with the space around it, the page's head.
_LINE, _HEADING, _HEAD, _ROOM = 0.45, 0.8, 1.9, 26.7
#: Lines to write on fill what is left of the page.
_NOTE_PITCH, _MOST_NOTES = 0.85, 12


def brief_document(w: Words, briefs: Sequence[BriefText]) -> bytes:
    """The document's bytes, a page for each brief in their order."""
    document = Document()
    _set_page(document, w)
    document.core_properties.title = briefs[0].title if len(briefs) == 1 else w("nav.red_line")
    for number, brief in enumerate(briefs):
        _page(document, w, brief, first=number == 0)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: DocumentType, w: Words) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(_WIDTH), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _BODY, Pt(10)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    # Word checks the spelling in the language of the text.
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), w.locale.replace("_", "-"))
    normal.element.get_or_add_rPr().append(language)
    document.core_properties.author = w("app.name")
    document.core_properties.language = w.language


def _page(document: DocumentType, w: Words, brief: BriefText, *, first: bool) -> None:
    title = document.add_paragraph(style="Title")
    if not first:
        title.paragraph_format.page_break_before = True
    _style(title, brief.title, font=_TITLE, size=18, colour=_INK)
    _borderless(title)
    _style(document.add_paragraph(), brief.note, size=9, colour=_MUTED)
    if brief.warning:
        warning = document.add_paragraph()
        _style(warning, brief.warning, bold=True)
        warning.paragraph_format.space_before = Pt(4)
    _heading(document, w("brief.facts"))
    _facts(document, brief.facts)
    _bullets(document, w("brief.why"), brief.why)
    _heading(document, w("brief.history"))
    _history(document, brief.history)
    _bullets(document, w("brief.promised"), brief.promised)
    _bullets(document, w("brief.propose"), brief.propose)
    _bullets(document, w("brief.ask"), brief.ask)
    _heading(document, w("brief.notes"))
    for _ in range(_note_lines(brief)):
        _rule(document.add_paragraph())


def _note_lines(brief: BriefText) -> int:
    """As many as fit under everything else on the page."""
    lists = [brief.why, brief.promised, brief.propose, brief.ask]
    lines = len(brief.history) + sum(len(told) for told in lists) + -(-len(brief.facts) // 2) + 2
    headings = 3 + sum(bool(told) for told in lists) + bool(brief.warning)
    left = _ROOM - _HEAD - lines * _LINE - headings * _HEADING
    return min(int(left / _NOTE_PITCH), _MOST_NOTES)


def _heading(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph(style="Heading 2")
    _style(paragraph, text, font=_BODY, size=11, colour=_INK, bold=True)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(7), Pt(2)


def _bullets(document: DocumentType, heading: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if not told:
        return
    _heading(document, heading)
    for line in told:
        paragraph = document.add_paragraph(line, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(1)


def _facts(document: DocumentType, facts: Sequence[tuple[str, str]]) -> None:
    """Two facts beside each other."""
    half = -(-len(facts) // 2)
    rows = _table(document, half, _FACT_WIDTHS)
    for place, (label, value) in enumerate(facts):
        cells = rows[place % half]
        side = 2 * (place // half)
        _style(cells[side].paragraphs[0], label, colour=_MUTED)
        _style(cells[side + 1].paragraphs[0], value)


def _history(document: DocumentType, history: Sequence[tuple[str, str]]) -> None:
    rows = _table(document, len(history), (_DATE_WIDTH, _WIDTH - 2 * _MARGIN - _DATE_WIDTH))
    for cells, (day, what) in zip(rows, history, strict=True):
        _style(cells[0].paragraphs[0], day, colour=_MUTED)
        _style(cells[1].paragraphs[0], what)


def _table(document: DocumentType, rows: int, widths: Sequence[float]) -> list[tuple[_Cell, ...]]:
    """The cells of a table's rows. Word reads the cells' widths, others the columns'."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    cells = [row.cells for row in table.rows]  # each look at them walks the whole table
    for row in cells:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Cm(width)
    return cells


def _style(
    paragraph: Paragraph,
    text: str,
    *,
    font: str | None = None,
    size: float | None = None,
    colour: RGBColor | None = None,
    bold: bool | None = None,
) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    if font:
        run.font.name = font
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - the styles name theme fonts, which win
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _borderless(title: Paragraph) -> None:
    """The style's rule under a title is not ours."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    borders.append(bottom)
    title._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx has no borders
    title.paragraph_format.space_after = Pt(0)


def _rule(paragraph: Paragraph) -> None:
    """A blank line to write on; neighbours with the same borders would share one but for `between`."""
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - as above
    paragraph.paragraph_format.line_spacing = Cm(_NOTE_PITCH)
