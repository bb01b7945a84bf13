"""The parts of an xlsx or xlsb and what they are to each other: where each sheet is, its formats, its pivot table.

Names of elements are compared without their namespace: Strict Open XML has others and is otherwise the same.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from analysis.errors import UnreadableFileError
from analysis.files.guard.archives import Archive

MOST_SHEETS = 1_000
_ROOT_RELATIONS = "_rels/.rels"
#: Formats that have a number in place of a code, as far as they change what a number means.
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook: its name for people and its path in the archive."""

    name: str
    path: str
    table: bool  # a sheet of cells, and not one of a chart or a dialog
    pivot: bool  # shows a pivot table


@dataclass(frozen=True)
class WorkbookParts:
    """Paths are "" where the workbook has no such part."""

    sheets: tuple[SheetPart, ...]
    texts: str  # the shared texts
    formats: dict[int, str]  # the number format of every cell style


def workbook_path(archive: Archive) -> str | None:
    """Where the workbook is, as the archive's own relations say; None where it is no workbook."""
    if _ROOT_RELATIONS not in archive:
        return None
    for relation in _relations(archive, ""):
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    return None


def parts_of(archive: Archive, workbook: str) -> WorkbookParts:
    """What an xlsx is made of.

    Raises `UnreadableFileError`: damaged where its parts do not fit together, too_much where it has too many sheets.
    """
    relations = {relation.id: relation for relation in _relations(archive, workbook)}
    targets = {relation.kind: relation.target for relation in relations.values()}
    known = list(_elements(_xml(archive, workbook), "sheet"))
    if len(known) > MOST_SHEETS:
        raise UnreadableFileError(kind="too_much")
    sheets = []
    for sheet in known:
        wanted = next((value for name, value in sheet.items() if _local(name) == "id" and name != "id"), "")
        relation = relations.get(wanted)
        if relation is None or relation.target not in archive:
            raise UnreadableFileError(kind="damaged")
        shows = {other.kind for other in _relations(archive, relation.target)}
        table = relation.kind in {"worksheet", "xlIntlMacrosheet", "xlMacrosheet"}
        sheets.append(SheetPart(sheet.get("name", ""), relation.target, table, "pivotTable" in shows))
    styles = targets.get("styles", "")
    return WorkbookParts(
        tuple(sheets),
        next((path for path in (targets.get("sharedStrings", ""),) if path in archive), ""),
        _formats(_xml(archive, styles)) if styles in archive else {},
    )


@dataclass(frozen=True)
class _Relation:
    id: str
    kind: str  # the last word of its type
    target: str  # a path in the archive


def _relations(archive: Archive, path: str) -> Iterator[_Relation]:
    """What a part refers to; nothing where it has no relations."""
    folder, name = posixpath.split(path)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in archive:
        return
    for relation in _elements(_xml(archive, listed), "Relationship"):
        target = relation.get("Target", "").replace("\\", "/")
        if relation.get("TargetMode") != "External" and target:
            yield _Relation(
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower(),
            )


def _formats(styles: Element) -> dict[int, str]:
    own = {_number(made.get("numFmtId")): made.get("formatCode", "") for made in _elements(styles, "numFmt")}
    used = next(_elements(styles, "cellXfs"), None)
    known = {**_BUILT_IN, **own}
    return {
        place: known.get(_number(style.get("numFmtId")), "")
        for place, style in enumerate(used if used is not None else ())
    }


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def _xml(archive: Archive, path: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(archive.read(path), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise UnreadableFileError(kind="damaged") from problem
    return root


def _elements(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element.tag) == name)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
