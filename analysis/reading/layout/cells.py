"""What one cell says of the layout: a figure, a known column name, a total, a unit, a page's foot."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.fields import OTHER, synonyms
from analysis.reading.values.columns import EMPTY, Column
from analysis.reading.values.texts import essential, plain, plain_header

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

#: Figures, dates, times and marks: what stands in rows of data and not in a header.
_FIGURES = re.compile(
    r"^[^A-Za-zÀ-ÿ]*$|^\W*\d[\d.,/:\-\s]*[^\d]{0,4}$|^\d{1,2}\W+[a-zA-Z]{3,10}\.?\W+\d{2,4}\b|"
    r"^\d{4}-\d\d-\d\d"
)
_CURRENCY_UNIT = re.compile(
    r"(?i)^[(\[]?\s*(€|eur|euros?|\$|us\$|usd|mxn|ars|cop|clp|pen|s/\.?|soles|pesos|£|gbp)\s*[)\]]?$"
)
_UNIT = re.compile(
    r"(?i)^[(\[]?\s*(€|eur|euros?|\$|us\$|usd|mxn|ars|cop|clp|pen|s/\.?|soles|pesos|£|gbp|%|uds?\.?|unid\.?|"
    r"unidades|units|qty"
    r"|n[º°o]\.?|h|hs|hrs?|horas|hh:mm(:ss)?|min\.?|minutos|minutes|km|kms|texto|text|string|fecha|date|"
    r"n[uú]mero|number"
    r"|d{1,2}[-/. ]m{1,3}[-/. ](a{2,4}|y{2,4})|m{1,2}[-/. ]d{1,2}[-/. ](a{2,4}|y{2,4})|"
    r"y{4}[-/. ]m{1,2}[-/. ]d{1,2}"
    r"|a{4}[-/. ]m{1,2}[-/. ]d{1,2})\s*[)\]]?$"
)
#: Words that only the second line of a header begins with: "Fecha" / "de venta".
_CONTINUES = re.compile(r"^(de|del|de la|of|con|sin|with|without|y|and|por|per)\b|^\(")
# fmt: off
_PAGE_LINE = re.compile(
    r"(?i)^\W*((p[aá]g(ina)?|page|hoja|folio)\W*\d+(\W*(de|of|/)\W*\d+)?"
    r"|\d+\s*/\s*\d+|(printed|generated|exported|created|downloaded|run) (on|by|at|date)\b.*"
    r"|(impreso|generado|emitido|exportado|descargado|creado|listado|elaborado|preparado|realizado)"
    r" (el|por|a las|en|con|desde|d[ií]a)\b.*"
    r"|(reporte|informe|listado|report) (descargado|generado|impreso|emitido|generated|printed|"
    r"downloaded)\b.*"
    r"|(fecha|hora|date|time) (y hora )?de (impresi[oó]n|emisi[oó]n del (informe|reporte)|generaci[oó]n|"
    r"descarga)\b.*"
    r"|print(ed)? date\b.*|contin[uú]a( en la p[aá]gina siguiente)?\W*|\(?cont(inuaci[oó]n|inued)?\.?\)?"
    r"|sigue\W*|viene de .*|fin del? (informe|reporte|listado)\W*|end of report\W*)$"
)
_NOTE = re.compile(
    r"(?i)^\W*(notas?|note|notes|fuente|source|firma(do)?|firmas|signature|signed|elaborado|preparado|"
    r"revisado|prepared|"
    r"aprobado|vo\.? ?bo\.?|observaciones|atentamente|importante|aviso|disclaimer|copyright|©|\(?c\)? \d{4}|"
    r"leyenda|"
    r"los (importes|precios|datos)|las cantidades|importes (en|con|sin)|precios (en|con|sin)|amounts? (in|"
    r"are)|all amounts|"
    r"iva incluido|datos (a|al|hasta)|data as of|as of|\*+\s?\S|_{3,}|www\.|https?:|tel[eé]fono:|generated|"
    r"powered by|accrual basis|cash basis)"
)
_TOTAL_START = re.compile(
    r"^(sub ?totals?|sub ?totales|gran total|grand total|totals?|totales|sumas?|sumatoria|overall|acumulado|"
    r"suma y sigue|saldo (anterior|inicial|final|actual)|transporte|importe total|resultado total|"
    r"opening balance|"
    r"closing balance|balance forward|brought forward|carried forward|beginning balance|ending balance)\b"
)
_TOTAL_END = re.compile(r"\b(sub ?total|total)$")
#: What a text must have to be looked at more closely: no column is gone through text by text in Python.
PERHAPS_TOTAL = r"(?i)tota|suma|saldo|balance|forward|acumulad|apertura|overall|resultado|transporte"
# fmt: on
_LONG = 60


@lru_cache(maxsize=20_000)
def is_figure(text: str) -> bool:
    """Whether a cell is a number, a date, a time or marks alone.

    >>> is_figure("1.234,50 €"), is_figure("03-mar-2026"), is_figure("Importe")
    (True, True, False)
    """
    return bool(_FIGURES.match(text)) or not plain(text)


@lru_cache(maxsize=20_000)
def is_known(text: str) -> bool:
    """Whether a cell is a column name seen before; a label with its colon ("Cliente:") is none."""
    return bool(fields_named(text)) and not text.rstrip().endswith(":")


@lru_cache(maxsize=20_000)
def fields_named(text: str) -> frozenset[str]:
    """The fields a text names exactly, but for filling words; `OTHER` is one of them."""
    name = plain_header(text)
    if not name:
        return frozenset()
    known = synonyms()
    return frozenset(known.exact.get(name) or known.loose.get(essential(name)) or {})


def names_field(text: str, *fields: str) -> bool:
    """Whether a text is a name of any of the fields, and of nothing else that we know."""
    found = fields_named(text)
    return bool(found & set(fields)) and OTHER not in found


def is_unit(text: str) -> bool:
    """Whether a cell is a unit and no name: "(€)", "dd/mm/aaaa", "hh:mm"."""
    return bool(_UNIT.match(text.strip()))


def is_currency_unit(text: str) -> bool:
    """Whether a unit is money: "(€)"."""
    return bool(_CURRENCY_UNIT.match(text.strip()))


def continues(text: str) -> bool:
    """Whether a cell begins like the second half of a name: "de venta"."""
    return bool(_CONTINUES.match(text.strip()))


@lru_cache(maxsize=20_000)
def is_page_line(text: str) -> bool:
    """Whether a cell is what a printed page has at its foot or head.

    >>> is_page_line("Página 1 de 3"), is_page_line("Impreso el 03/02/2026"), is_page_line("Paloma 3")
    (True, True, False)
    """
    return bool(_PAGE_LINE.match(text.strip()))


def is_note(text: str) -> bool:
    """Whether a cell under a table is a remark on it, or a signature."""
    return bool(_NOTE.match(text)) or is_page_line(text) or len(text) > _LONG


def begins_with_total(text: str) -> bool:
    """Whether a cell begins as the label of a total.

    >>> begins_with_total("TOTAL GENERAL:"), begins_with_total("Suma y sigue"), begins_with_total("Totalán, Ana")
    (True, True, False)
    """
    return bool(_TOTAL_START.match(plain(text)))


def is_total_label(text: str) -> bool:
    """Whether a cell is a total's label, before or behind what it is the total of.

    >>> is_total_label("Total Ana"), is_total_label("Ana Pérez Total"), is_total_label("Corte total")
    (True, True, True)
    """
    return begins_with_total(text) or bool(_TOTAL_END.search(plain(text)))


def labelled_as_total(column: Column) -> Flags:
    """Per row whether its cell is a total's label."""
    perhaps = (
        pc.match_substring_regex(column.uniques, PERHAPS_TOTAL).to_numpy(zero_copy_only=False).astype(bool)
    )
    perhaps[perhaps] = [is_total_label(text) for text in column.uniques.filter(pa.array(perhaps)).to_pylist()]
    return column.spread(perhaps, empty=False)


def rows_with(column: Column, rows: Rows, test: Callable[[str], bool]) -> Flags:
    """Which of the given rows hold a text that passes `test`, asked once per distinct text."""
    codes = column.codes[rows]
    distinct = np.unique(codes)
    distinct = distinct[distinct != EMPTY]
    texts = column.uniques.take(pa.array(distinct)).to_pylist()
    passed = distinct[[bool(test(text)) for text in texts]] if len(texts) else distinct
    return np.asarray(np.isin(codes, passed))
