"""Files made to take the machine down: each small, each refused before it is parsed, none of them expensive."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from analysis.reading import Upload
from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import XLS, csv, ods, xlsx
from tests.analysis.reading.raw_files import (
    SALES,
    SOLD,
    html_table,
    page,
    parts,
    sheet_rows,
    xml_2003,
    xml_2003_row,
    zipped,
)

_STRAY = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
_ROWS = sheet_rows()
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<worksheet><sheetData>&b;</sheetData></worksheet>"
)
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>'
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
_ODS_REPEATED = _ODS_CELL.replace("cell ", 'cell table:number-columns-repeated="2000000000" ', 1)


def _sheet(rows: str, **others: str) -> bytes:
    return zipped(parts(rows, **others))  # type: ignore[arg-type]


def _long_text() -> bytes:
    """One shared text of 32 kB that 200,000 cells show: 6.5 GB of text in 400 kB."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 20_001)
    )
    return zipped(parts(cells, shared=[f"<t>{'x' * 32_000}</t>"]))


def _with_duplicate() -> bytes:
    data = io.BytesIO(zipped(parts(_ROWS)))
    with zipfile.ZipFile(data, "a") as archive, _no_warning():
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return data.getvalue()


def _no_warning():  # noqa: ANN202 - a context
    import warnings  # noqa: PLC0415 - zipfile warns of what is meant here

    caught = warnings.catch_warnings()
    warnings.simplefilter("ignore")
    return caught


def _lying_size() -> bytes:
    """A part of 300 MB that says it is 100 bytes."""
    big = b"<worksheet><sheetData>" + b" " * (8 << 20) + b"</sheetData></worksheet>"
    data = bytearray(zipped({**parts(_ROWS), "xl/worksheets/sheet1.xml": big}))
    at = data.index(b"PK\x01\x02", data.rindex(b"PK\x03\x04"))
    while data[at + 46 : at + 46 + 24] != b"xl/worksheets/sheet1.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def _overlapping() -> bytes:
    """A directory of many entries that all unpack the same bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b" " * (40 << 20)) + packed.flush()
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(body), 40 << 20, 1, 0) + b"a" + body
    )
    names = [f"xl/{number}.xml".encode() for number in range(60)]
    listed = b"".join(
        struct.pack(
            "<4s6H3I5H2I",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            0,
            len(body),
            40 << 20,
            len(name),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + name
        for name in names
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(names), len(names), len(listed), len(local), 0)
    return local + listed + end


def _many_parts() -> bytes:
    return zipped({f"xl/{number}": b"" for number in range(10_001)}, method=0)


def _far_xls() -> bytes:
    """The old workbook with one cell moved to a column that no Excel has."""
    data = bytearray(XLS.data)
    at = data.rindex(b"\xfd\x00\x0a\x00")  # a text
    data[at + 4 : at + 8] = struct.pack("<HH", 65_535, 65_535)
    return bytes(data)


def _ods_of(rows: str) -> bytes:
    plain = ods({"Ventas": [["x"]]}).data
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        content = archive.read("content.xml").decode()
        start, end = content.index("<table:table-row>"), content.index("</table:table>")
        return zipped(
            {
                "mimetype": archive.read("mimetype"),
                "content.xml": content[:start] + rows + content[end:],
                "META-INF/manifest.xml": archive.read("META-INF/manifest.xml"),
            }
        )


#: name: bytes, code and values of the refusal
HOSTILE: dict[str, tuple[bytes, str, dict[str, object]]] = {
    "one cell in the last corner": (
        _sheet(_STRAY.format(1, "A") + _STRAY.format(1_048_576, "XFD")),
        "far_cell",
        {"sheet": "Ventas", "cell": "XFD1048576"},
    ),
    "the corner first": (
        _sheet(_STRAY.format(1_048_576, "XFD") + _STRAY.format(1, "A")),
        "far_cell",
        {"cell": "XFD1048576"},
    ),
    "a corner whose tag is written otherwise": (
        _sheet(f"{_ROWS}<row><c  t='n'\n r='XFD1048576' ><v>1</v></c></row>"),
        "far_cell",
        {"cell": "XFD1048576"},
    ),
    "a corner under another prefix": (
        _sheet(f'{_ROWS}<y:row xmlns:y="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
               '<y:c r="XFD1048576"><y:v>1</y:v></y:c></y:row>'),
        "far_cell",
        {"cell": "XFD1048576"},
    ),
    "a row beyond the last": (_sheet(_ROWS + _STRAY.format(9_999_999, "XFD")), "far_cell", {"cell": "XFD9999999"}),
    "columns beyond the last": (_sheet(_ROWS + _STRAY.format(4, "ZZZ")), "far_cell", {"cell": "ZZZ4"}),
    "a corner in the second sheet": (
        zipped(parts(_ROWS, _STRAY.format(1, "A") + _STRAY.format(1_048_576, "XFD"))),
        "far_cell",
        {"sheet": "Otra"},
    ),
    "a tag that never ends": (_sheet(f'{_ROWS}<row r="4"><c {"a" * 700_000}'), "unreadable_file", {"kind": "unsafe"}),
    "one long text shown everywhere": (_long_text(), "unreadable_file", {"kind": "too_much"}),
    "spaces that unpack a thousandfold": (
        _sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{" " * (80 << 20)}</t></is></c></row>'),
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "entities in a sheet": (
        zipped({**parts(_ROWS), "xl/worksheets/sheet1.xml": _ENTITIES}),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "a file of the server in the shared texts": (
        zipped({**parts(_ROWS), "xl/sharedStrings.xml": _OUTSIDE}),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "entities in the workbook": (
        zipped({**parts(_ROWS), "xl/workbook.xml": _ENTITIES}),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "tags hidden in utf-16": (
        zipped({**parts(_ROWS), "xl/worksheets/sheet1.xml": _ENTITIES.encode("utf-16")}),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "a part that leads out": (zipped({**parts(_ROWS), "../../etc/x": b"x"}), "unreadable_file", {"kind": "unsafe"}),
    "a part with an absolute path": (zipped({**parts(_ROWS), "/etc/x": b"x"}), "unreadable_file", {"kind": "unsafe"}),
    "a part on a drive": (zipped({**parts(_ROWS), "C:\\x": b"x"}), "unreadable_file", {"kind": "unsafe"}),
    "two parts of one name": (_with_duplicate(), "unreadable_file", {"kind": "unsafe"}),
    "two parts of one name in other letters": (
        zipped({**parts(_ROWS), "XL/Worksheets/Sheet1.XML": b"<worksheet/>"}),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "a part larger than it says": (_lying_size(), "unreadable_file", {"kind": "unsafe"}),
    "parts over the same bytes": (_overlapping(), "unreadable_file", {"kind": "too_much"}),
    "ten thousand parts": (_many_parts(), "unreadable_file", {"kind": "too_much"}),
    "a thousand and one sheets": (
        zipped(parts(*[""] * 1_001, names=[f"h{number}" for number in range(1_001)])),
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "a zip in a zip": (zipped({"a.zip": zipped({"b.csv": b"x"})}), "unreadable_file", {"kind": "compressed"}),
    "a spreadsheet in a zip that is a zip again": (
        zipped({"a.xlsx": zipped({"b.xlsx": b"x"})}),
        "unreadable_file",
        {"kind": "compressed"},
    ),
    "an xls with a cell beyond every column": (_far_xls(), "far_cell_somewhere", {"cell": "CRXP65536"}),
    "an ods that repeats a cell": (
        _ods_of(f"<table:table-row>{_ODS_REPEATED}</table:table-row>"),
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "an ods that repeats a row": (
        _ods_of(f'<table:table-row table:number-rows-repeated="1000000000">{_ODS_CELL}</table:table-row>'),
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "an ods with a cell far away": (
        _ods_of(
            f"<table:table-row>{_ODS_CELL}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
            '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            f"{_ODS_CELL}</table:table-row>"
        ),
        "far_cell_somewhere",
        {"cell": "XFD1048576"},
    ),
    "a csv of one endless line": (b"a" * 3_000_000, "unreadable_file", {"kind": "endless_line"}),
    "a csv of twenty thousand columns": (
        b"\n".join([b";".join([b"a"] * 20_000)] * 3),
        "unreadable_file",
        {"kind": "too_wide"},
    ),
    "a csv of one wide line and many narrow ones": (
        b";".join([b"a"] * 9_000) + b"\n" + b"x\n" * 100_000,
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "tables in tables without end": (b"<html>" + b"<table><tr><td>" * 20_000, "unreadable_file", {"kind": "too_much"}),
    "a page whose cells are very wide": (
        page("<table>" + "<tr>" + '<td colspan="1000">x</td>' * 20 + "</tr>" + "</table>"),
        "unreadable_file",
        {"kind": "too_wide"},
    ),
    "entities in the xml of excel 2003": (
        xml_2003(xml_2003_row(("String", "x"))).replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><Workbook'),
        "unreadable_file",
        {"kind": "unsafe"},
    ),
    "the xml of excel 2003 with a far row": (
        xml_2003('<Row ss:Index="99999999"><Cell><Data ss:Type="String">x</Data></Cell></Row>'),
        "unreadable_file",
        {"kind": "too_much"},
    ),
    "the xml of excel 2003 with a far cell": (
        xml_2003(
            xml_2003_row(("String", "x"))
            + '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell></Row>'
        ),
        "unreadable_file",
        {"kind": "too_much"},
    ),
}  # fmt: skip

#: What looks like an attack and is an export: read as it is.
HARMLESS = {
    "formats far beyond the table": Upload(
        "ventas.xlsx", _sheet(f'{_ROWS}<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    ),
    "a sheet that says it is larger": Upload(
        "ventas.xlsx", _sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{_ROWS}</sheetData>')
    ),
    "an ods filled up with empty rows": Upload(
        "ventas.ods",
        _ods_of(
            "".join(
                "<table:table-row>"
                + "".join(_ODS_CELL.replace(">x<", f">{text}<") for text in row)
                + '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
                for row in SALES
            )
            + '<table:table-row table:number-rows-repeated="1048573">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
    ),
    "a name that is a path": Upload("../../etc/passwd.csv", csv(*(";".join(row) for row in SALES)).data),
    "a name that is markup": Upload("<b>![x](http://x)</b>.xlsx", xlsx({"Ventas": SALES}).data),
    "a script in a page": Upload(
        "ventas.xls", page("<script>document.write('<table><tr><td>x')</script>" + html_table())
    ),
}

CASES = [
    *(
        Case(f"hostile: {name}", [Upload("ventas.xlsx", data)], refusal=(code, values))
        for name, (data, code, values) in HOSTILE.items()
    ),
    *(Case(f"harmless: {name}", [upload], {"sales": SOLD}) for name, upload in HARMLESS.items()),
]
