"""Who is who: ids, documents, phones, mails, families, homonyms, spellings, walk-ins, joined files."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reading import Corrections, Upload
from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv, xlsx


def _sold(name: str, upload: Upload | Sequence[Upload], keys: Sequence[str | None], *notices: str) -> Case:
    uploads = [upload] if isinstance(upload, Upload) else list(upload)
    return Case(name, uploads, {"sales": [{"client_id": key} for key in keys]}, notices=notices)


def _lines(header: str, *lines: str, name: str = "ventas.csv") -> Upload:
    """Lines without a day: each gets one, so that no two are the same sale."""
    return csv(
        f"{header};Fecha;Importe",
        *(f"{line};{day:02}/03/2026;{20 + day},50" for day, line in enumerate(lines, 1)),
        name=name,
    )


CASES = [
    # --- Ids ---------------------------------------------------------------------------------------------
    _sold(
        "an id is trusted, whatever name it goes with",
        _lines("Código cliente;Cliente", "C1;Ana Pérez", "C1;Ana P."),
        ["C1", "C1"],
    ),
    _sold(
        "ids keep their leading noughts",
        _lines("Código cliente;Cliente", "007;Ana Pérez", "7;Luz Gómez", "007;Ana Pérez"),
        ["007", "7", "007"],
    ),
    _sold(
        "an id that clearly different names have is one client, and said",
        _lines("Código cliente;Cliente", "5;Ana Pérez", "5;Ana Pérez", "5;Wenceslao Ortúzar", "6;Luz Gil"),
        ["5", "5", "5", "6"],
        "shared_ids",
    ),
    _sold(
        "an id of noughts beside many names is no one's",
        _lines("Código cliente;Cliente", "0000;Ana Pérez", "0000;Luz Gil", "0000;Noé Vega", "12;Eva Sanz"),
        ["Ana Pérez", "Luz Gil", "Noé Vega", "12"],
        "placeholder_ids",
    ),
    _sold(
        "a line without its id is of the one client of that name",
        _lines("Código cliente;Cliente", "C1;Ana Pérez", "C2;Luz Gil", ";PEREZ, ANA", "C1;Ana Pérez"),
        ["C1", "C2", "C1", "C1"],
    ),
    # --- Documents ---------------------------------------------------------------------------------------
    _sold(
        "a DNI is one client however it is written",
        _lines(
            "Cliente;DNI",
            "Ana Pérez;12345678Z",
            "Ana Perez Gómez;12.345.678-z",
            "Luz Gil;87654321X",
            "Ana Pérez;12345678Z",
        ),
        ["12345678Z", "12345678Z", "87654321X", "12345678Z"],
    ),
    _sold(
        "a NIF with Spain's prefix and one that lost its nought",
        _lines("Cliente;NIF", "Ana Pérez;ES01234567L", "Ana Pérez;1234567L", "Luz Gil;B12345674"),
        ["1234567L", "1234567L", "B12345674"],
    ),
    _sold(
        "a RUT with points and without",
        _lines("Cliente;RUT", "Ana Soto;12.345.670-K", "Ana Soto M.;12345670k", "Luz Gil;9.876.543-3"),
        ["12.345.670-K", "12.345.670-K", "9.876.543-3"],
    ),
    _sold(
        "Mexico's RFC of the general public is nobody's document",
        _lines("Cliente;RFC", "Ana Ruiz;XAXX010101000", "Luz Gil;XAXX010101000", "Taller Sol;TSO010101AB1"),
        ["Ana Ruiz", "Luz Gil", "TSO010101AB1"],
    ),
    _sold(
        "a document of the shop's own on every line tells no one",
        _lines(
            "Cliente;CIF",
            "Ana Ruiz;B12345674",
            "Luz Gil;B12345674",
            "Eva Sanz;B12345674",
            "Ana Ruiz;B12345674",
        ),
        ["Ana Ruiz", "Luz Gil", "Eva Sanz", "Ana Ruiz"],
    ),
    _sold(
        "two documents under one name are two people, and a bare name is neither's",
        _lines("Cliente;DNI", "Ana Pérez;12345678Z", "Ana Pérez;87654321X", "Ana Pérez;"),
        ["12345678Z", "87654321X", "Ana Pérez"],
        "homonyms",
    ),
    _sold(
        "a company's document with two of its people's names is one client, and said",
        _lines(
            "Cliente;RUC",
            "Transportes Andinos;20512345671",
            "Transportes Andinos;20512345671",
            "Rosa Quispe;20512345671",
        ),
        ["20512345671"] * 3,
        "shared_ids",
    ),
    _sold(
        "the till knows the id and the accountant the document",
        [
            csv(
                "Código cliente;Cliente;NIF;Fecha;Importe",
                "C1;Ana Pérez;12345678Z;01/03/2026;10,50",
                "C2;Luz Gil;87654321X;02/03/2026;11,50",
                name="tpv.csv",
            ),
            csv(
                "Razón social;NIF;Fecha;Importe",
                "PEREZ GOMEZ ANA;12345678-Z;05/03/2026;12,50",
                "GIL LUZ;87654321X;06/03/2026;12,50",
                name="facturas.csv",
            ),
        ],
        ["C1", "C2", "C1", "C2"],
    ),
    _sold(
        "the id of one file is the document of the other",
        [
            _lines("Código cliente;Cliente", "12345678Z;Ana Pérez", "87654321X;Luz Gil", name="a.csv"),
            _lines("Cliente;DNI", "Ana P.;12345678-Z", "Eva Sanz;11223344B", name="b.csv"),
        ],
        ["12345678Z", "87654321X", "12345678Z", "11223344B"],
    ),
    # --- Phones and mails --------------------------------------------------------------------------------
    _sold(
        "a line without a name is whose phone it has, however it is written",
        _lines(
            "Cliente;Teléfono",
            "Ana Pérez;600 112 233",
            "Luz Gil;611 000 111",
            ";+34600112233",
            ";0034 611-000-111",
        ),
        ["Ana Pérez", "Luz Gil", "Ana Pérez", "Luz Gil"],
    ),
    _sold(
        "a line without a name is whose mail it has, whatever the case",
        _lines("Cliente;Correo", "Ana Pérez;Ana@Example.com", "Luz Gil;luz@example.com", ";ANA@EXAMPLE.COM"),
        ["Ana Pérez", "Luz Gil", "Ana Pérez"],
    ),
    _sold(
        "a family's phone gives a line without a name to no one",
        _lines("Cliente;Teléfono", "Ana Ruiz;600112233", "Pablo Ruiz;600112233", ";600112233"),
        ["Ana Ruiz", "Pablo Ruiz", "600112233"],
        "shared_contacts",
    ),
    _sold(
        "a couple with one mail stays two",
        _lines("Cliente;Correo", "Ana Ruiz;casa@example.com", "Luis Gil;casa@example.com"),
        ["Ana Ruiz", "Luis Gil"],
    ),
    _sold(
        "a phone without any name is a client of its own",
        _lines("Cliente;Teléfono", "Ana Ruiz;600112233", ";655443322", ";655 44 33 22", ";655443322"),
        ["Ana Ruiz", "655443322", "655443322", "655443322"],
    ),
    _sold(
        "noughts are no phone",
        _lines("Cliente;Teléfono", "Ana Ruiz;000000000", ";000000000", "Luz Gil;600112233"),
        ["Ana Ruiz", None, "Luz Gil"],
    ),
    _sold(
        "Mexico's and Argentina's mobile prefixes",
        _lines(
            "Cliente;Celular",
            "Ana Ruiz;+52 1 55 1234 5678",
            ";55 1234 5678",
            "Luz Gil;+54 9 11 4444-5555",
            ";011 15 4444-5555",
        ),
        ["Ana Ruiz", "Ana Ruiz", "Luz Gil", "Luz Gil"],
    ),
    _sold(
        "only phones say whose a booking is",
        csv(
            "Teléfono;Fecha;Servicio;Importe",
            "600112233;01/03/2026;Corte;20,50",
            "+34 600112233;15/03/2026;Corte;20,50",
            "600112233;29/03/2026;Corte;20,50",
        ),
        ["600112233"] * 3,
    ),
    # --- Homonyms ----------------------------------------------------------------------------------------
    _sold(
        "two ids of one name are two people, and a bare name is neither's",
        [
            _lines("Código cliente;Cliente", "C1;Ana Pérez", "C2;Ana Pérez", name="a.csv"),
            _lines("Cliente", "Ana Pérez", "Luz Gil", name="b.csv"),
        ],
        ["C1", "C2", "Ana Pérez", "Luz Gil"],
        "homonyms",
    ),
    _sold(
        "the phone tells which of two of one name it is",
        _lines(
            "Código cliente;Cliente;Teléfono",
            "C1;Ana Pérez;600112233",
            "C2;Ana Pérez;655443322",
            ";Ana Pérez;655 443 322",
            ";ana perez;600 112 233",
        ),
        ["C1", "C2", "C2", "C1"],
    ),
    _sold(
        "other phones and other mails part one name; a line without either is nobody's in particular",
        _lines(
            "Cliente;Teléfono;Correo",
            "Ana Pérez;600112233;ana@example.com",
            "Ana Pérez;655443322;aperez@example.org",
            "Ana Pérez;655443322;",
            "Ana Pérez;;ana@example.com",
            "Ana Pérez;;",
        ),
        ["Ana Pérez · 2233", "Ana Pérez · 3322", "Ana Pérez · 3322", "Ana Pérez · 2233", "Ana Pérez"],
        "homonyms",
    ),
    _sold(
        "a new phone with the old mail is the same person",
        _lines(
            "Cliente;Teléfono;Correo",
            "Ana Pérez;600112233;ana@example.com",
            "Ana Pérez;655443322;ana@example.com",
            "Ana Pérez;;",
        ),
        ["Ana Pérez"] * 3,
    ),
    _sold(
        "a new phone alone is the same person",
        _lines("Cliente;Teléfono", "Ana Pérez;600112233", "Ana Pérez;655443322", "Ana Pérez;"),
        ["Ana Pérez"] * 3,
    ),
    # --- Spellings ---------------------------------------------------------------------------------------
    _sold(
        "accents, case, spaces, commas and the order of words",
        _lines(
            "Cliente",
            "Íñigo Peña Ruiz",
            "INIGO PENA RUIZ",
            "Peña Ruiz,  Íñigo",
            " íñigo peña  ruiz",
            "Íñigo Peña Ruiz",
        ),
        ["Íñigo Peña Ruiz"] * 5,
    ),
    _sold(
        "a letter apart is two until the owner says otherwise",
        _lines("Cliente", "Ana Fernández", "Ana Fernándes", "Ana Fernández"),
        ["Ana Fernández", "Ana Fernándes", "Ana Fernández"],
    ),
    _sold(
        "an abbreviation is two until the owner says otherwise",
        _lines("Cliente", "Mª Carmen Ruiz", "María Carmen Ruiz"),
        ["Mª Carmen Ruiz", "María Carmen Ruiz"],
    ),
    _sold(
        "decomposed accents are the same letters",
        _lines("Cliente", "Ana Pe\N{COMBINING ACUTE ACCENT}rez", "Ana Pérez", "Ana Pérez"),
        ["Ana Pérez"] * 3,
    ),
    _sold(
        "names of another script stand for themselves",
        _lines("Cliente", "李小龙", "王芳", "李小龙"),
        ["李小龙", "王芳", "李小龙"],
    ),
    _sold(
        "first and last names in two columns",
        csv(
            "Nombre de pila;Apellidos;Fecha;Importe",
            "Ana;Pérez Gómez;01/03/2026;20,50",
            "ANA;PEREZ GOMEZ;02/03/2026;21,50",
            "Luz;;03/03/2026;22,50",
        ),
        ["ANA PEREZ GOMEZ", "ANA PEREZ GOMEZ", "Luz"],
    ),
    # --- Walk-ins ----------------------------------------------------------------------------------------
    _sold(
        "walk-ins of many tills are never one client",
        _lines(
            "Cliente",
            "Consumidor Final",
            "CLIENTE CONTADO",
            "Clientes varios",
            "Venta mostrador",
            "Público en general",
            "Walk-in",
            "",
            "Ana Pérez",
            "Cliente genérico",
            "SIN NOMBRE",
            "Cliente no identificado",
        ),
        [*[None] * 7, "Ana Pérez", *[None] * 3],
    ),
    _sold(
        "a walk-in with the till's own code and phone is nobody still",
        _lines(
            "Código cliente;Cliente;Teléfono",
            "1;CONTADO;910000001",
            "1;CONTADO;910000001",
            "7;Ana Pérez;600112233",
        ),
        [None, None, "7"],
    ),
    # --- Joined files ------------------------------------------------------------------------------------
    Case(
        "a client list by id, with phones, and sales by name",
        [
            xlsx(
                {
                    "Clientes": [
                        ["Código cliente", "Nombre", "Teléfono"],
                        ["C1", "Ana Pérez", "600112233"],
                        ["C2", "Luz Gil", "655443322"],
                    ],
                    "Ventas": [
                        ["Cliente", "Fecha", "Importe"],
                        ["PÉREZ, ANA", "2026-03-01", 20],
                        ["Luz Gil", "2026-03-02", 30],
                        ["Eva Sanz", "2026-03-02", 30],
                    ],
                }
            )
        ],
        {
            "sales": [{"client_id": "C1"}, {"client_id": "C2"}, {"client_id": "Eva Sanz"}],
            "clients": [
                {"client_id": "C1", "client_name": "Ana Pérez", "phone": "600112233"},
                {"client_id": "C2", "client_name": "Luz Gil", "phone": "655443322"},
            ],
        },
    ),
    Case(
        "what the owner said is one is one",
        [_lines("Cliente", "Ana Fernández", "Ana Fernándes", "Ana Fernández")],
        {"sales": [{"client_id": "Ana Fernández", "client_name": "Ana Fernández"}] * 3},
        corrections=Corrections(same=frozenset({("name:ana fernandes", "name:ana fernandez")})),
    ),
]
