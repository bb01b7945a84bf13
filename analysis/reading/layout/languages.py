"""Whether a table speaks Spanish or English: a column that the layout adds is named in its own language."""

from __future__ import annotations

from analysis.reading.layout.body import Body
from analysis.reading.values.texts import plain
from analysis.reading.values.vocabulary import words

_ENGLISH = words(
    "date",
    "amount",
    "customer",
    "client name",
    "service",
    "time",
    "price",
    "description",
    "qty",
    "quantity",
    "type",
    "num",
    "balance",
    "item",
    "name",
    "status",
    "staff",
    "invoice",
    "sales?",
    "by",
)
_SPANISH = words(
    "fecha",
    "cliente",
    "importe",
    "servicio",
    "concepto",
    "hora",
    "precio",
    "monto",
    "cantidad",
    "vendedor",
    "factura",
    "estado",
    "nombre",
    "descripcion",
    "unidades",
    "ventas?",
    "por",
    "documento",
    "debe",
    "haber",
    "saldo",
)


def in_spanish(body: Body) -> bool:
    """Whether the table's headers and titles are Spanish rather than English."""
    said = plain(
        " ".join(
            [*(column.header for column in body.columns), *(text for row in body.titles for text in row)]
        )
    )
    return len(_SPANISH.findall(said)) >= len(_ENGLISH.findall(said))
