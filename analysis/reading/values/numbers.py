"""Numbers from texts: the decimal mark is voted by the whole column, never guessed cell by cell.

What a text can be, after signs, currency marks and spaces are taken off: digits with `.` and `,`. Most shapes say
themselves what they mean (`1.234,50`, `0,005`, `12.5`, `1,234,567`); three digits after one mark (`1.234`) do not,
and follow the owner's correction, then the column's other votes. Without any vote they are thousands (money rarely
has three decimals), unless the cells were stored as numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.corrections import DecimalMark

#: Marks and codes of money that may stand beside a figure; "Cr" and "Dr" are bookkeepers' sides.
_MONEY = (
    r"(?i:US\$|R\$|MX\$|RD\$|C\$|S/\.?|B/\.?|Bs\.?|Gs\.?|[\$€£¥₡₲₱₹]|USD|EUR|GBP|PEN|MXN|ARS|COP|CLP|UYU|BRL|CRC|GTQ|DOP"
    r"|BOB|PYG|CAD|AUD|CHF|INR|JPY|soles|euros?|d[oó]lares|pesos|cr\.?|dr\.?)"
)
#: Spaces of all widths: RE2's `\s` knows ASCII alone.
_SPACE = r"[\s\x{a0}\x{2009}\x{202f}]"
_LEADING_MONEY = r"^([-+(\s]*)" + _MONEY + _SPACE + "*"
_TRAILING_MONEY = _SPACE + "*" + _MONEY + r"([-)\s]*)$"
_GROUP_MARKS = r"(\d)(?:" + _SPACE + r"|['’´])(\d{3})"
_PLAIN = r"^-?\d+((\.(\d{1,2}|\d{4,}))?|(\.\d+)?[eE][-+]?\d{1,2})$"
_FIGURE = r"^[.,]?\d[\d.,]*$"
#: Words and dashes that say "nothing here" in a column of numbers: missing, not wrong.
_NOTHING = r"^(?i:-+|–|—|n/?a|null|none|nan|s/d|#n/?a|\.)$"

#: Words for "it cost nothing".
_FREE = (
    r"^(?i:gratis|gratuit[oa]|free|cortes[ií]a|sin cargo|sin cost[oe]|no charge|bonificad[oa]|invitaci[oó]n)$"
)


@dataclass(frozen=True)
class NumberReading:
    """`figures` (float64, one per text; NaN where missing or wrong), which are `wrong`, and the mark used."""

    figures: npt.NDArray[np.float64]
    wrong: npt.NDArray[np.bool_]
    decimal: DecimalMark | None  # None: no text needed one
    voted: DecimalMark | None = None  # the mark that figures of the column told of themselves


def read_numbers(
    texts: pa.StringArray,
    decimal: DecimalMark | None = None,
    *,
    stored_as_numbers: bool = False,
) -> NumberReading:
    """The numbers that distinct `texts` mean.

    `decimal` is the owner's word. `stored_as_numbers`: were the cells numbers in the workbook, whose text always
    has a decimal point?
    """
    read = np.full(len(texts), np.nan)
    wrong = np.zeros(len(texts), dtype=bool)
    if not len(texts):
        return NumberReading(read, wrong, None)
    plain = _mask(pc.match_substring_regex(texts, _PLAIN))
    read[plain] = _floats(texts.filter(pa.array(plain)))
    if plain.all():
        point: DecimalMark | None = "." if _any(texts, r"\.") else None
        return NumberReading(read, wrong, point, point)

    odd = np.flatnonzero(~plain)
    bare, negative, percent = _bare(texts.take(pa.array(odd)))
    is_figure = _mask(pc.match_substring_regex(bare, _FIGURE))
    nothing = _mask(pc.match_substring_regex(texts.take(pa.array(odd)), _NOTHING))
    dots, commas = _votes(bare.filter(pa.array(is_figure)))
    dots += int((plain & _mask(pc.match_substring(texts, "."))).sum())
    voted = _elected(dots, commas)
    mark = decimal or voted or ("." if stored_as_numbers else None)
    figures = np.full(len(odd), np.nan)
    figures[is_figure] = _floats(_pointed(bare.filter(pa.array(is_figure)), mark))
    figures = np.where(negative, -figures, figures)
    read[odd] = np.where(percent, figures / 100.0, figures)
    free = _mask(pc.match_substring_regex(texts.take(pa.array(odd)), _FREE))
    read[odd[free]] = 0.0
    wrong[odd] = np.isnan(figures) & ~nothing & ~free
    return NumberReading(read, wrong, mark or _implied(bare.filter(pa.array(is_figure))), voted)


def _bare(texts: pa.StringArray) -> tuple[pa.StringArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The texts without money marks, spaces and signs; which were negative, and which percentages."""
    bare = pc.replace_substring_regex(texts, "[−‒–]", "-")
    percent = _mask(pc.match_substring_regex(bare, r"%\s*$"))
    bare = pc.replace_substring_regex(bare, r"\s*%\s*$", "")
    for _ in range(2):  # "US$ 12.00 USD", "-S/ (1.00)"
        bare = pc.replace_substring_regex(bare, _LEADING_MONEY, r"\1")
        bare = pc.replace_substring_regex(bare, _TRAILING_MONEY, r"\1")
        # Grouping marks overlap ("1 234 567"), so they are taken out in two passes.
        bare = pc.replace_substring_regex(bare, _GROUP_MARKS, r"\1\2")
    bare = pc.utf8_trim_whitespace(bare)
    negative = _mask(pc.match_substring_regex(bare, r"^(\(.*\)|-\s*[^-]*|[^-]*\s*-)$"))
    bare = pc.replace_substring_regex(bare, r"^[(+\-\s]+|[)\-\s]+$", "")
    return bare, negative, percent


def _votes(figures: pa.StringArray) -> tuple[int, int]:
    """How many figures can only be read with a decimal point, and with a decimal comma."""
    point = r"^(\d{0,3}(,\d{3})+\.\d+|\d{0,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})|0*\.\d{3}|\d{4,}\.\d{3})$"
    comma = r"^(\d{0,3}(\.\d{3})+,\d+|\d{0,3}(\.\d{3}){2,}|\d*,(\d{1,2}|\d{4,})|0*,\d{3}|\d{4,},\d{3})$"
    return (
        int(_mask(pc.match_substring_regex(figures, point)).sum()),
        int(_mask(pc.match_substring_regex(figures, comma)).sum()),
    )


def _elected(dots: int, commas: int) -> DecimalMark | None:
    if dots == commas:
        return None
    return "." if dots > commas else ","


def _implied(figures: pa.StringArray) -> DecimalMark | None:
    """With no vote at all one mark and three digits are thousands, so the decimal mark is the other one."""
    if _any(figures, r"\."):
        return ","
    return "." if _any(figures, ",") else None


def _pointed(figures: pa.StringArray, mark: DecimalMark | None) -> pa.StringArray:
    """Figures with a decimal point and no grouping; what cannot be a number becomes null."""
    both = pc.match_substring_regex(figures, r"\..*,|,.*\.")
    comma_last = pc.match_substring_regex(figures, r",[^.]*$")
    several = pc.match_substring_regex(figures, r"^\d{1,3}([.,]\d{3}){2,}$")
    unsure = pc.match_substring_regex(figures, r"^[1-9]\d{0,2}[.,]\d{3}$")
    its_mark_is_comma = pc.match_substring(figures, ",")
    not_the_mark = True if mark is None else pc.xor(its_mark_is_comma, pa.scalar(mark == ","))
    grouped = pc.and_(unsure, not_the_mark)
    no_marks = pc.replace_substring_regex(figures, "[.,]", "")
    comma_decimal = pc.replace_substring(pc.replace_substring(figures, ".", ""), ",", ".")
    point_decimal = pc.replace_substring(figures, ",", "")
    chosen = pc.if_else(comma_last, comma_decimal, point_decimal)
    chosen = pc.if_else(pc.or_(grouped, pc.and_(several, pc.invert(both))), no_marks, chosen)
    number = pc.match_substring_regex(chosen, r"^(\d+(\.\d*)?|\.\d+)$")
    return pc.if_else(number, chosen, pa.scalar(None, pa.string()))


def _floats(texts: pa.StringArray) -> npt.NDArray[np.float64]:
    floats: npt.NDArray[np.float64] = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    return floats


def _mask(flags: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = flags.to_numpy(zero_copy_only=False).astype(bool)
    return mask


def _any(texts: pa.StringArray, pattern: str) -> bool:
    return bool(_mask(pc.match_substring_regex(texts, pattern)).any())
