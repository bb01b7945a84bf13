"""Numbers from texts: the decimal mark is voted by the whole column, never guessed cell by cell.

What a text can be, after signs, currency marks and spaces are taken off: digits with `.` and `,`. Most shapes say
themselves what they mean (`1.234,50`, `0,005`, `12.5`, `1,234,567`); three digits after one mark (`1.234`) do not,
and follow the owner's correction, then the column's other votes, then what the caller knows of its siblings and its
country. Without any vote they are thousands (money rarely has three decimals), unless the cells were stored as numbers.
What has another shape (`1.5k`, `2 x 15`, `1,2,3.5`) is wrong, and said so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.corrections import DecimalMark

#: Marks and codes of money that may stand beside a figure; "Cr" and "Dr", "H" and "D" are bookkeepers' sides.
_MONEY = (
    r"(?i:US\s?\$|U\$S|R\$|MX\s?\$|RD\$|AR\$|CLP?\$|COP?\$|CA\$|AU\$|C\$|\$U|S/\.?|B/\.?|Bs\.?(?:S\.?|D\.?)?|Gs\.?|Lps?\.|Q\.|M\.?N\.?|[\$€£¥₡₲₱₹]"
    r"|USD|EUR|GBP|PEN|MXN|ARS|COP|CLP|UYU|BRL|CRC|GTQ|DOP|HNL|NIO|PAB|BOB|PYG|VES|CAD|AUD|CHF|INR|JPY"
    r"|(?:nuevos )?sol(?:es)?|euros?|d[oó]lar(?:es)?|dollars?|pesos?|quetzales|lempiras|guaran[ií]es|bolivianos"
    r"|colones|reales|balboas"
    r"|cr\.?|dr\.?|[dh])"
)
#: Figures with no more than a minus before them.
_CLEAN = r"^-?[\d.,]*\d$"
_LEADING_MONEY = r"^([-+(\s]*)" + _MONEY + r"\s*"
_TRAILING_MONEY = r"\s*" + _MONEY + r"([-)\s]*)$"
_GROUP_MARKS = r"(\d)(?: |['’´`′])(\d{3})"
_PLAIN = r"^-?\d+((\.(\d{1,2}|\d{4,}))?|(\.\d+)?[eE][-+]?\d{1,2})$"
#: `25,-` and `25.--`: no cents, and no minus either.
_NO_CENTS = r"(\d)[.,]\s?(?:-{1,2}|=)(\s*\D*)$"
_SINGLE = r"\d+[.,]?|\d*[.,]\d+"
_GROUPED = r"\d{1,3}(,\d{3})+(\.\d*)?|\d{1,3}(\.\d{3})+(,\d*)?|\d{1,2}(,\d{2})+,\d{3}(\.\d*)?"
_FIGURE = rf"^({_SINGLE}|{_GROUPED})$"
_UNSURE = r"^[1-9]\d{0,2}[.,]\d{3}$"
#: Thousands end in a nought as prices do; of decimals the last noughts are left away.
_ROUND, _MOSTLY = r"0$", 0.5
_POINT = (
    r"^(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?"
    r"|\d*\.(\d{1,2}|\d{4,})|0*\.\d{3}|\d{4,}\.\d{3})$"
)
_COMMA = r"^(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d*,(\d{1,2}|\d{4,})|0*,\d{3}|\d{4,},\d{3})$"
#: Words and dashes that say "nothing here" in a column of numbers: missing, not wrong.
_NOTHING = r"^(?i:[-–—_.]*|n/?a|null|none|nan|s/d|s/n|#n/a|nada|sin dato)$"
#: Words for "it cost nothing".
_FREE = (
    r"^(?i:gratis|gratuit[oa]|free|cortes[ií]a|sin cargo|sin cost[oe]|no charge|bonificad[oa]|invitaci[oó]n"
    r"|complimentary)$"
)
_CREDIT, _DEBIT = r"(?i:\d\s*(?:cr\.?|h))$", r"(?i:\d\s*(?:dr\.?|d))$"


@dataclass(frozen=True)
class NumberReading:
    """`figures` (float64, one per text; NaN where missing or wrong), which are `wrong`, and the mark used."""

    figures: npt.NDArray[np.float64]
    wrong: npt.NDArray[np.bool_]
    decimal: DecimalMark | None  # None: no text needed one
    voted: DecimalMark | None  # the mark that figures of the column told of themselves
    unsure: npt.NDArray[np.bool_]  # per text: another number under the other mark
    contrary: npt.NDArray[np.bool_]  # per text: written with the other mark than most of the column
    percent: npt.NDArray[np.bool_]  # per text: a share (`21 %` is 0.21)


def read_numbers(
    texts: pa.StringArray,
    decimal: DecimalMark | None = None,
    *,
    otherwise: DecimalMark | None = None,
    stored_as_numbers: bool = False,
) -> NumberReading:
    """The numbers that distinct `texts` mean.

    `decimal` is the owner's word; `otherwise` what siblings or the country tell where the texts tell nothing.
    `stored_as_numbers`: were the cells numbers in the workbook, whose text always has a decimal point?
    """
    read = np.full(len(texts), np.nan)
    wrong, unsure, contrary, percent = (np.zeros(len(texts), dtype=bool) for _ in range(4))
    if not len(texts):
        return NumberReading(read, wrong, None, None, unsure, contrary, percent)
    plain = _mask(pc.match_substring_regex(texts, _PLAIN))
    read[plain] = _floats(texts.filter(pa.array(plain)))
    pointed = plain & _mask(pc.match_substring(texts, "."))
    if plain.all():
        point: DecimalMark | None = "." if pointed.any() else None
        return NumberReading(read, wrong, point, point, unsure, contrary, percent)

    odd = np.flatnonzero(~plain)
    raw = _normal(texts.take(pa.array(odd)))
    bare, negative, percent[odd] = _bare(raw)
    nothing = _mask(pc.match_substring_regex(bare, _NOTHING)) & ~percent[odd]
    free = _mask(pc.match_substring_regex(raw, _FREE))
    is_figure = _mask(pc.match_substring_regex(bare, _FIGURE))
    figures = bare.filter(pa.array(is_figure))
    for_point, for_comma = pointed.copy(), np.zeros(len(texts), dtype=bool)
    for_point[odd[is_figure]] = _mask(pc.match_substring_regex(figures, _POINT))
    for_comma[odd[is_figure]] = _mask(pc.match_substring_regex(figures, _COMMA))
    unsure[odd[is_figure]] = _mask(pc.match_substring_regex(figures, _UNSURE))
    voted = _elected(int(for_point.sum()), int(for_comma.sum())) or _by_round_thousands(figures)
    mark = decimal or voted or ("." if stored_as_numbers else otherwise)
    numbers = np.full(len(odd), np.nan)
    numbers[is_figure] = _floats(_pointed(figures, mark))
    numbers = np.where(negative, -numbers, numbers)
    read[odd] = np.where(percent[odd], numbers / 100.0, numbers)
    read[odd[free]] = 0.0
    wrong[odd] = np.isnan(numbers) & ~nothing & ~free
    contrary = (for_comma if mark == "." else for_point) if for_point.any() and for_comma.any() else contrary
    return NumberReading(read, wrong, mark or _implied(figures), voted, unsure, contrary, percent)


def _normal(texts: pa.StringArray) -> pa.StringArray:
    """Figures of full width, spaces and minus signs of all kinds as the plain ones."""
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        texts = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKC"), r"\p{Cf}", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, "[−‒–—﹣]", "-"))


def _bare(texts: pa.StringArray) -> tuple[pa.StringArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The texts without money marks, spaces and signs; which were negative, and which percentages."""
    clean = _mask(pc.match_substring_regex(texts, _CLEAN))
    negative = _mask(pc.starts_with(texts, "-"))
    percent = np.zeros(len(texts), dtype=bool)
    bare = pc.utf8_ltrim(texts, "-")
    if not clean.all():
        dressed = pa.array(~clean)
        undressed, negative[~clean], percent[~clean] = _undressed(texts.filter(dressed))
        bare = pc.replace_with_mask(bare, dressed, undressed)
    return bare, negative, percent


def _undressed(texts: pa.StringArray) -> tuple[pa.StringArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The same for texts that are not figures alone."""
    percent = _mask(pc.match_substring_regex(texts, r"%\s*$"))
    bare = pc.replace_substring_regex(texts, r"\s*%\s*$", "")
    credit, debit = (_mask(pc.match_substring_regex(bare, side)) for side in (_CREDIT, _DEBIT))
    bare = pc.replace_substring_regex(bare, _NO_CENTS, r"\1\2")
    for _ in range(2):  # "US$ 12.00 USD", "-S/ (1.00)"
        before = bare
        bare = pc.replace_substring_regex(bare, _LEADING_MONEY, r"\1")
        bare = pc.replace_substring_regex(bare, _TRAILING_MONEY, r"\1")
        bare = pc.replace_substring_regex(bare, _NO_CENTS, r"\1\2")
        # Grouping marks overlap ("1 234 567"), so they are taken out in two passes.
        bare = pc.replace_substring_regex(bare, _GROUP_MARKS, r"\1\2")
        if bare.equals(before):
            break
    bare = pc.utf8_trim_whitespace(bare)
    negative = _mask(pc.match_substring_regex(bare, r"^(\([^()]*\)|-\s*[^-]*|[^-]*\d\s*-)$"))
    bare = pc.replace_substring_regex(bare, r"^\((.*)\)$", r"\1")
    bare = pc.replace_substring_regex(bare, r"^[+-]?\s*(.*?)\s*-?$", r"\1")
    if credit.any() and debit.any():  # both sides in one column: what is given back stands on the other one
        negative = negative ^ credit
    return bare, negative, percent


def _by_round_thousands(figures: pa.StringArray) -> DecimalMark | None:
    """What figures of three digits after one mark tell by how they end, if all have the same mark."""
    doubtful = figures.filter(pc.match_substring_regex(figures, _UNSURE))
    points, commas = _any(doubtful, r"\."), _any(doubtful, ",")
    if points == commas or _mask(pc.match_substring_regex(doubtful, _ROUND)).mean() <= _MOSTLY:
        return None
    return "," if points else "."


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
    several = pc.match_substring_regex(figures, r"^\d{1,3}([.,]\d{3}){2,}$|^\d{1,2}(,\d{2})+,\d{3}$")
    unsure = pc.match_substring_regex(figures, _UNSURE)
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
