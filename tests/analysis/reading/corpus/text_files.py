"""Text tables: encodings, delimiters, quotes, uneven rows, lines wrapped or printed."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reading import Upload
from tests.analysis.reading.corpus.case import Case, Row
from tests.analysis.reading.exports import csv

_SOLD = [
    {"client_name": "Íñigo Peña", "date": "2026-03-01", "amount": 12.5},
    {"client_name": "Ana Luz", "date": "2026-03-14", "amount": -3.0},
]
_LINES = ("Cliente;Fecha;Importe", "Íñigo Peña;01/03/2026;12,50", "Ana Luz;14/03/2026;-3,00")
#: Enough good rows for the columns to be what they are, whatever one row more holds.
_CLIENTS = ("Ana Luz", "Íñigo Peña", "Eva Ruiz", "Paz Sanz", "Rosa Gil")
_GOOD = [(_CLIENTS[day % 5], day) for day in range(1, 21)]
_GOOD_LINES = [f"{name};{day:02}/03/2026;{day},50" for name, day in _GOOD]
_GOOD_SOLD: list[Row] = [
    {"client_name": name, "date": f"2026-03-{day:02}", "amount": day + 0.5} for name, day in _GOOD
]
_ODD_ROW = 2 + len(_GOOD)  # Excel's number of the row below the good ones


def _text(text: str, encoding: str = "utf-8", name: str = "ventas.csv") -> Upload:
    return Upload(name, text.encode(encoding))


def _with(*odd: str, header: str = _LINES[0]) -> Upload:
    """The good rows with odd ones below, and a good one below those."""
    return csv(header, *_GOOD_LINES, *odd, "Ana Luz;28/03/2026;9,00")


def _sold(*odd: Row) -> list[Row]:
    return [*_GOOD_SOLD, *odd, {"client_name": "Ana Luz", "date": "2026-03-28", "amount": 9.0}]


def _mended(name: str, odd: str, row: Row, delimiter: str = ";") -> Case:
    lines = [_LINES[0], *_GOOD_LINES, odd, "Ana Luz;28/03/2026;9,00"]
    if delimiter != ";":
        lines = [line if line == odd else line.replace(",", ".").replace(";", delimiter) for line in lines]
    return Case(name, [csv(*lines)], {"sales": _sold(row)}, left_out=[], notices=["rows_mended"])


def _left_out(name: str, odd: str, why: str = "uneven_row") -> Case:
    return Case(name, [_with(odd)], {"sales": _sold()}, left_out=[(_ODD_ROW, why)])


def _same(name: str, upload: Upload, sold: Sequence[Row] = _SOLD, notices: Sequence[str] = ()) -> Case:
    return Case(name, [upload], {"sales": sold}, left_out=[], notices=notices)


_MOJIBAKE = [line.encode().decode("cp1252", errors="replace") for line in ("Begoña Muñoz", "Sofía Núñez")]

_ENCODINGS = [
    *(
        _same(f"semicolons and decimal commas in {encoding}", csv(*_LINES, encoding=encoding))
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ),
    *(
        _same(
            f"accents of an old program in {encoding}",
            csv(*_LINES, encoding=encoding),
            notices=["encoding_guessed"],
        )
        for encoding in ("cp850", "mac_roman")
    ),
    _same(
        "UTF-8 taken for Windows-1252 and saved again",
        csv(*_LINES[:1], *_LINES[2:], f"{_MOJIBAKE[0]};15/03/2026;4,00", f"{_MOJIBAKE[1]};16/03/2026;5,00"),
        [
            _SOLD[1],
            {"client_name": "Begoña Muñoz", "date": "2026-03-15", "amount": 4.0},
            {"client_name": "Sofía Núñez", "date": "2026-03-16", "amount": 5.0},
        ],
        ["misread_repaired"],
    ),
    _same(
        "capitals with a tilde that are no misread characters",
        csv(_LINES[0], "SÃO PAULO Ltda;01/03/2026;12,50"),
        [{"client_name": "SÃO PAULO Ltda", "date": "2026-03-01", "amount": 12.5}],
    ),
    _same(
        "lines of two encodings",
        Upload("ventas.csv", "\n".join(_LINES).encode() + b"\n" + "Begoña;15/03/2026;4,00".encode("cp1252")),
        [*_SOLD, {"client_name": "Begoña", "date": "2026-03-15", "amount": 4.0}],
        ["encoding_mixed"],
    ),
    _same("the end mark of DOS", _text("\r\n".join(_LINES) + "\r\n\x1a")),
    _same("zeros between the characters", _text("\n".join(_LINES).replace("Ana", "A\0na"))),
    _same(
        "a file cut in the middle of a character",
        Upload("ventas.csv", "\n".join((*_LINES, "")).encode() + "Ñ".encode()[:1]),
    ),
]

_DELIMITERS = [
    *(
        _same(f"cells parted by {name}", _text("\n".join(_LINES).replace(";", mark)))
        for name, mark in {
            "tabs": "\t",
            "bars": "|",
            "carets": "^",
            "tildes": "~",
            "two bars": "||",
            "two colons": "::",
            "semicolon and space": "; ",
            "bars with spaces": " | ",
            "unit separators": "\x1f",
        }.items()
    ),
    _same("a hint for Excel in the first line", _text("sep=;\n" + "\n".join(_LINES))),
    _same(
        "a hint that names a delimiter unlike any other",
        _text("sep=!\r\n" + "\r\n".join(_LINES).replace(";", "!")),
    ),
    _same("every line ends in a delimiter", _text("\n".join(f"{line};" for line in _LINES))),
    _same("lines but the header end in a delimiter", csv(_LINES[0], *(f"{line};" for line in _LINES[1:]))),
    _same("a first column without anything", _text("\n".join(f";{line}" for line in _LINES))),
    _same(
        "decimal commas in a file cut by commas",
        _text("Cliente,Fecha,Importe\nÍñigo Peña,01/03/2026,12,50\nAna Luz,14/03/2026,-3,00\n"),
        notices=["cells_rejoined"],
    ),
    _same(
        "decimal commas within the row in a file cut by commas",
        _text("Cliente,Importe,Fecha\nÍñigo Peña,12,50,01/03/2026\nAna Luz,-3,00,14/03/2026\n"),
        notices=["cells_rejoined"],
    ),
    _same(
        "names with a comma in a file cut by commas",
        _text("Cliente,Fecha,Importe\nPeña, Íñigo,01/03/2026,12\nLuz, Ana,14/03/2026,3\n"),
        [
            {"client_name": "Peña, Íñigo", "date": "2026-03-01", "amount": 12.0},
            {"client_name": "Luz, Ana", "date": "2026-03-14", "amount": 3.0},
        ],
        ["cells_rejoined"],
    ),
    Case(
        "a report printed with columns that line up",
        [
            _text(
                "Listado de ventas                Página 1\n\n"
                "Fecha       Cliente              Importe\n"
                "----------  -------------------  -------\n"
                "01/03/2026  Íñigo Peña             12,50\n"
                "14/03/2026  Ana Luz                -3,00\n"
            )
        ],
        {"sales": _SOLD},
        left_out=[(4, "empty")],
    ),
]

_LINE_ENDS = [
    _same(f"lines that end in {name}", _text(end.join((*_LINES, ""))))
    for name, end in {"CRLF": "\r\n", "CR": "\r", "CR CR LF": "\r\r\n"}.items()
    if name != "CR CR LF"
] + [
    _same("lines that end in all three ways", _text("\r\n".join(_LINES[:2]) + "\r" + _LINES[2] + "\n")),
    _same("no line end at all at the end", _text("\n".join(_LINES))),
    _same("many empty lines at the end", _text("\n".join(_LINES) + "\n" * 40)),
]

_QUOTES = [
    _same("every cell in quotes", _text("\n".join('"' + line.replace(";", '";"') + '"' for line in _LINES))),
    _same("cells in apostrophes", _text("\n".join("'" + line.replace(";", "';'") + "'" for line in _LINES))),
    _same(
        "apostrophes within names are no quotes",
        csv(_LINES[0], "Pat O'Neill;01/03/2026;12,50", "D'Angelo, Ada;14/03/2026;3,00"),
        [
            {"client_name": "Pat O'Neill", "date": "2026-03-01", "amount": 12.5},
            {"client_name": "D'Angelo, Ada", "date": "2026-03-14", "amount": 3.0},
        ],
    ),
    _same(
        "delimiters, quotes and line ends within quotes",
        csv(
            "Cliente;Servicio;Fecha;Importe",
            '"Peña; ""Chema""";"Corte\ny barba";01/03/2026;12,50',
            "Ana Luz;Tinte;14/03/2026;3,00",
        ),
        [
            {
                "client_name": 'Peña; "Chema"',
                "service": "Corte\ny barba",
                "date": "2026-03-01",
                "amount": 12.5,
            },
            {"client_name": "Ana Luz", "service": "Tinte", "date": "2026-03-14", "amount": 3.0},
        ],
    ),
    _same(
        "quotes behind backslashes",
        csv(
            "Cliente,Fecha,Importe",
            '"Ana \\"La Rubia\\" Luz",2026-03-01,"12.50"',
            '"Eva, \\"Vita\\"",2026-03-02,"3.00"',
            '"Paz",2026-03-02,"4.00"',
        ),
        [
            {"client_name": 'Ana "La Rubia" Luz', "date": "2026-03-01", "amount": 12.5},
            {"client_name": 'Eva, "Vita"', "date": "2026-03-02", "amount": 3.0},
            {"client_name": "Paz", "date": "2026-03-02", "amount": 4.0},
        ],
    ),
    _same(
        "quotes with a space before them",
        csv(
            '"Cliente", "Fecha", "Importe"',
            '"Peña, Íñigo", "01/03/2026", "12,50"',
            '"Ana", "14/03/2026", "3,00"',
        ),
        [
            {"client_name": "Peña, Íñigo", "date": "2026-03-01", "amount": 12.5},
            {"client_name": "Ana", "date": "2026-03-14", "amount": 3.0},
        ],
    ),
    _same("every line quoted as a whole", _text("\r\n".join(f'"{line}"' for line in _LINES))),
    _same(
        "every line quoted as a whole by a spreadsheet, with delimiters behind",
        csv(
            '"Cliente,Fecha,Importe";;',
            '"""Peña, Íñigo"",2026-03-01,12.50";;',
            '"Ana Luz,2026-03-14,-3.00";;',
        ),
        [
            {"client_name": "Peña, Íñigo", "date": "2026-03-01", "amount": 12.5},
            {"client_name": "Ana Luz", "date": "2026-03-14", "amount": -3.0},
        ],
    ),
    _mended(
        "a quote that is never closed swallows no rows",
        '"Ana Luz;21/03/2026;7,00',
        {"client_name": "Ana Luz", "date": "2026-03-21", "amount": 7.0},
    ),
    _mended(
        "a nickname in quotes within quotes",
        '"Rosa "La Rubia" Gil";21/03/2026;7,00',
        {"client_name": 'Rosa "La Rubia" Gil', "date": "2026-03-21", "amount": 7.0},
    ),
]

_UNEVEN = [
    _mended(
        "one delimiter too many between two cells",
        "Eva Ruiz;;21/03/2026;7,00",
        {"client_name": "Eva Ruiz", "date": "2026-03-21", "amount": 7.0},
    ),
    _mended(
        "a delimiter before the row",
        ";Eva Ruiz;21/03/2026;7,00",
        {"client_name": "Eva Ruiz", "date": "2026-03-21", "amount": 7.0},
    ),
    _mended(
        "a name that its own delimiter cuts",
        "Ruiz; Eva;21/03/2026;7,00",
        {"client_name": "Eva Ruiz", "date": "2026-03-21", "amount": 7.0},
    ),
    _mended(
        "a row of another program, cut by commas",
        "Eva Ruiz,21/03/2026,7.50",
        {"client_name": "Eva Ruiz", "date": "2026-03-21", "amount": 7.5},
    ),
    _left_out("a row that lost its first cell", "21/03/2026;7,00"),
    _left_out("a row that lost its date", "Eva Ruiz;7,00"),
    _left_out("a row whose amount its own mark may have cut", "Eva Ruiz;21/03/2026;7;50 €"),
    _same(
        "rows that lack their last cells are whole",
        csv("Cliente;Fecha;Importe;Notas", *_GOOD_LINES, "Ana Luz;28/03/2026;9,00;vuelve en mayo"),
        _sold(),
    ),
    _same(
        "more cells than headers are kept apart",
        csv(_LINES[0], *_GOOD_LINES, "Eva Ruiz;21/03/2026;7,00;;;", "Ana Luz;28/03/2026;9,00"),
        _sold({"client_name": "Eva Ruiz", "date": "2026-03-21", "amount": 7.0}),
    ),
    Case(
        "title lines above and notes below with widths of their own",
        [csv("Listado de ventas", "Del 01/03/2026 al 31/03/2026;;", "", *_LINES, "", "Fin del listado")],
        {"sales": _SOLD},
    ),
]

CASES = [*_ENCODINGS, *_DELIMITERS, *_LINE_ENDS, *_QUOTES, *_UNEVEN]
