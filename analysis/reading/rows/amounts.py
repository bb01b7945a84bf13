"""What a line's money is: tax included, discounts off, tips out, what was given back taken away.

Which of several columns says so is decided by whether their figures add up, row by row, and told as a Notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.book import Notice
from analysis.reading.fields import synonyms
from analysis.reading.meaning.understand import Understood
from analysis.reading.rows.adding_up import CENTS, agree, are_rates, counts, hold, matter, same, taxed
from analysis.reading.values.columns import Column, Flags, Numbers
from analysis.reading.values.texts import plain_header
from analysis.reading.values.vocabulary import words

#: What holds on this share of the rows is how the columns hang together.
_MOSTLY = 0.5
#: Further columns of tax, as `rows.lines` names them.
MORE_TAX = "tax+"
#: The discount of a line in money, beside the column it is read from ("discount"), as `rows.lines` names it.
TAKEN_OFF = "taken_off"
_RATE_WORDS = words("tipo", "rate", "porcentaje", "percent", "percentage", "pct")
#: A document's total repeated on each of its lines: in so many documents of several lines, or under such a header.
_REPEATED, _ENOUGH_DOCUMENTS = 0.95, 10
_OF_DOCUMENT = words(
    "(total|importe|monto|valor)( total)?( de(l| la)?)? "
    "(factura|boleta|pedido|ticket|documento|comprobante|orden|recibo|venta)",
    "(invoice|order|bill|receipt|document|ticket|transaction) (total|amount)", "grand total",
)  # fmt: skip


@dataclass(frozen=True)
class Amounts:
    """The money of every row (NaN where unknown), the fields it comes from, and what the owner should know of it.

    `discounts`: what was taken off each row, in money, never negative; NaN where no cell says so.
    """

    money: Numbers | None
    sources: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    discounts: Numbers | None = None


@dataclass(eq=False)
class _Columns:
    """The columns of money of one sheet, while it is decided what a line's money is."""

    sheet: Understood
    numbers: Mapping[str, Numbers]
    percent: Mapping[str, Flags]
    told: list[Notice] = field(default_factory=list)

    def get(self, name: str) -> Numbers | None:
        """The figures of a field, if any of them is there."""
        figures = self.numbers.get(name)
        return figures if figures is not None and not np.isnan(figures).all() else None

    def header(self, name: str) -> str:
        column = self.sheet.column(name)
        return column.header if column is not None else ""

    def headers(self, name: str) -> list[str]:
        """The header of a field's column; of the tax those of all its columns."""
        places = [name_of.removeprefix(MORE_TAX) for name_of in self.numbers if name_of.startswith(MORE_TAX)]
        more = [column.header for column in self.sheet.body.columns if str(column.position) in places]
        return [self.header(name), *(more if name == "tax" else [])]

    def tell(self, code: str, *names: str, **values: object) -> None:
        """A notice that names the headers of fields: the first is the one that counts, the others beside it."""
        headers = [header for name in names for header in self.headers(name)]
        said = {"header": headers[0], "others": tuple(headers[1:])} | values
        self.told.append(Notice(code, self.sheet.body.file, self.sheet.body.sheet, said))

    def tax(self, of: Numbers) -> Numbers | None:
        """The tax in money: as written, or the share of `of` that the column of rates says."""
        tax = self.get("tax")
        if tax is None:
            return None
        if self.percent["tax"].any():
            return of * tax
        rate = "%" in self.header("tax") or _RATE_WORDS.search(plain_header(self.header("tax")))
        if rate or are_rates(tax, of):
            return of * tax / 100.0
        more = [figures for name, figures in self.numbers.items() if name.startswith(MORE_TAX)]
        return np.asarray(np.nansum([tax, *more], axis=0)) if more else tax

    def discount(self, of: Numbers) -> Numbers | None:
        """What is taken off `of`: as written, never negative, or a share of it, with its sign."""
        discount, rate = self.get("discount"), self.discount_rate()
        if discount is None:
            return None
        return np.nan_to_num(np.abs(discount) if rate is None else of * rate)

    def discount_rate(self) -> Numbers | None:
        """The discount as a share of the price (0.2), where that is how it is written; None where it is money."""
        discount = self.get("discount")
        if discount is None:
            return None
        kept_as_share = np.nanmax(np.abs(discount)) < 1  # 0.2, as spreadsheets keep 20 %
        if self.percent["discount"].any() or kept_as_share:
            return np.abs(discount)
        share = "%" in self.header("discount") or _RATE_WORDS.search(plain_header(self.header("discount")))
        return np.abs(discount) / 100.0 if share else None


def amounts_of(sheet: Understood, numbers: Mapping[str, Numbers], percent: Mapping[str, Flags]) -> Amounts:
    """The money of a sheet's rows; `numbers` by field, `percent` which of them are written with a percent sign."""
    columns = _Columns(sheet, numbers, percent)
    column = sheet.column("amount")
    place = next((at for at, match in enumerate(sheet.matches) if match.field == "amount"), None)
    if column is not None and place in sheet.corrected:
        return Amounts(numbers["amount"], ("amount",), discounts=_taken_off(columns, numbers["amount"]))
    money, sources = _money(columns)
    if money is None:
        sources = ("amount",) if "amount" in numbers else ()
        return Amounts(numbers.get("amount"), sources, discounts=_taken_off(columns, None))
    taken_off = _taken_off(columns, money)
    money = _without_tips(columns, money)
    money = _without_refunds(columns, money)
    once = _once_a_document(columns, money, sources)
    if taken_off is not None and once is not money:  # what stands beside a repeated total is repeated too
        taken_off = np.where(np.isnan(once), np.nan, taken_off)
    return Amounts(once, sources, tuple(columns.told), taken_off)


def _money(columns: _Columns) -> tuple[Numbers | None, tuple[str, ...]]:
    total, net = columns.get("amount"), columns.get("net_amount")
    if total is not None:
        return _of_total(columns, total, net)
    if net is not None:
        tax = columns.tax(net)
        if tax is not None:
            columns.tell("tax_added", "net_amount", "tax")
            return net + np.nan_to_num(tax), ("net_amount", "tax")
        columns.tell("net_amounts", "net_amount")
        return net, ("net_amount",)
    return _of_price(columns)


def _of_total(
    columns: _Columns, total: Numbers, net: Numbers | None
) -> tuple[Numbers | None, tuple[str, ...]]:
    """A column of totals is the money, unless it leaves out the tax or the discount that stands beside it."""
    base = total if net is None else net
    tax = columns.tax(base)
    if tax is not None and matter(tax):
        rows = counts(tax)
        without = hold(total, net, rows) if net is not None else taxed(total, tax, rows)
        if without > _MOSTLY and without > (
            hold(total, base + tax, rows) if net is not None else taxed(total - tax, tax, rows)
        ):
            # Where a discount tells the two apart, the net is what was sold.
            name = "amount" if net is None else "net_amount"
            columns.tell("tax_added", name, "tax")
            return np.where(np.isnan(base), total, base) + np.nan_to_num(tax), (name, "tax")
        others = ("net_amount", "tax") if net is not None else ("tax",)
        columns.tell("tax_included", "amount", *others)
    elif net is not None and not same(total, net):
        columns.tell("total_chosen", "amount", "net_amount")
    elif net is None and (rivals := _other_totals(columns.sheet)):
        columns.tell("total_chosen", "amount", others=rivals)
    price = _price_times_quantity(columns)
    discount = columns.discount(total)
    if discount is not None and matter(discount):
        rows = counts(discount)
        if price is not None and hold(total, price, rows) > max(_MOSTLY, hold(total, price - discount, rows)):
            columns.tell("discount_taken", "amount", "discount")
            return total - discount, ("amount", "discount")
    elif price is not None and tax is None:
        differ = ~agree(total, price) & ~np.isnan(total) & ~np.isnan(price)
        both = (~np.isnan(total) & ~np.isnan(price)).sum()
        if 0 < differ.sum() < (1 - _MOSTLY) * both:
            columns.tell(
                "total_against_price",
                "amount",
                "unit_price",
                n=int(differ.sum()),
                rows=_first_rows(columns, differ),
            )
    return total, ("amount",)


def _taken_off(columns: _Columns, money: Numbers | None) -> Numbers | None:
    """The discount of each row in money; `money` is what is left after it, where no price stands beside it.

    None where no column has discounts, or shares of a price that is not known.
    """
    discount, rate = columns.get("discount"), columns.discount_rate()
    if discount is None or rate is None:
        return None if discount is None else np.abs(discount)
    price = _price_times_quantity(columns)
    if price is not None:
        return np.asarray(np.abs(price) * rate)
    if money is None:
        return None
    left = np.where(rate < 1, 1 - rate, np.nan)  # what is given away tells nothing of what it would have cost
    return np.asarray(np.abs(money) / left * rate)


def _other_totals(sheet: Understood) -> tuple[str, ...]:
    """Headers of columns that are amounts too, and gave way."""
    known = synonyms().exact
    return tuple(
        column.header
        for column, match in sheet.columns
        if match.field is None
        and len(column.uniques)
        and "amount" in known.get(plain_header(column.header), {})
    )


def _of_price(columns: _Columns) -> tuple[Numbers | None, tuple[str, ...]]:
    """Quantity times price, less the discount: what there is where no column holds an amount."""
    price = _price_times_quantity(columns)
    if price is None:
        return _of_ledger(columns)
    sources = ("unit_price", "quantity") if columns.get("quantity") is not None else ("unit_price",)
    if len(sources) > 1:
        columns.tell("price_times_quantity", *sources)
    discount = columns.discount(price)
    if discount is not None and matter(discount):
        columns.tell("discount_taken", "unit_price", "discount")
        return price - discount, (*sources, "discount")
    return price, sources


def _of_ledger(columns: _Columns) -> tuple[Numbers | None, tuple[str, ...]]:
    """A client's account: what was charged is the money; what stands on the other side was given back or paid."""
    debit, credit = columns.get("debit"), columns.get("credit")
    if debit is None or credit is None:
        return None, ()
    columns.tell("charges_counted", "debit", "credit")
    return np.where(only_credited(columns.numbers), -credit, debit), ("debit", "credit")


def only_credited(numbers: Mapping[str, Numbers]) -> Flags:
    """Rows of an account with nothing charged and something credited: a payment, or a credit note."""
    debit, credit = np.nan_to_num(numbers["debit"]), np.nan_to_num(numbers["credit"])
    return np.asarray((debit == 0) & (credit != 0))


def _price_times_quantity(columns: _Columns) -> Numbers | None:
    price, quantity = columns.get("unit_price"), columns.get("quantity")
    return price if price is None or quantity is None else price * quantity


def _without_tips(columns: _Columns, money: Numbers) -> Numbers:
    """Tips are the seller's: taken out of a total that holds them, never added to one that does not."""
    tip = columns.get("tip")
    if tip is None or not matter(tip):
        return money
    rows = counts(tip)
    net, price = columns.get("net_amount"), _price_times_quantity(columns)
    said = columns.tax(money if net is None else net)
    tax = np.nan_to_num(said) if said is not None else np.zeros_like(money)
    bases = [
        base + extra for base in (net, price) if base is not None for extra in (tax, np.zeros_like(money))
    ]
    within = any(hold(money, base + tip, rows) > _MOSTLY > hold(money, base, rows) for base in bases)
    columns.tell("tips_taken_out" if within else "tips_not_counted", "tip")
    return money - np.nan_to_num(tip) if within else money


def _without_refunds(columns: _Columns, money: Numbers) -> Numbers:
    """What was given back of a line is no longer its money."""
    given = columns.get("refunded_amount")
    if given is None or not matter(given):
        return money
    columns.tell("refunds_taken_out", "refunded_amount")
    return np.where(money > 0, money - np.minimum(np.abs(np.nan_to_num(given)), money), money)


def _once_a_document(columns: _Columns, money: Numbers, sources: tuple[str, ...]) -> Numbers:
    """A document's total that stands on each of its lines counts on the first alone."""
    document = columns.sheet.column("document")
    if document is None or "amount" not in sources or not len(document.uniques):
        return money
    known = document.filled & ~np.isnan(money)
    codes, amounts = document.codes[known], money[known]
    if not len(codes):
        return money
    lines = np.bincount(codes, minlength=len(document.uniques))
    low, high = np.full(len(lines), np.inf), np.full(len(lines), -np.inf)
    np.minimum.at(low, codes, amounts)
    np.maximum.at(high, codes, amounts)
    several = lines > 1
    alike = several & (high - low <= CENTS)
    if not several.any() or alike.sum() < _REPEATED * several.sum() or not _differ(columns, document, alike):
        return money
    named = bool(_OF_DOCUMENT.search(plain_header(columns.header("amount"))))
    price = _price_times_quantity(columns)
    if price is not None:
        sums = np.bincount(codes, weights=np.nan_to_num(price[known]), minlength=len(lines))
        adds_up = agree(sums[alike], high[alike]).mean() > _MOSTLY
        lines_add_up = agree(price[known], amounts)[alike[codes]].mean() > _MOSTLY
        repeated = adds_up and not lines_add_up
    else:
        repeated = named or alike.sum() >= _ENOUGH_DOCUMENTS
    if not repeated:
        return money
    first = np.zeros(len(money), dtype=bool)
    places = np.flatnonzero(known)
    first[places[np.unique(codes, return_index=True)[1]]] = True
    again = known & ~first & several[document.codes]
    columns.tell("total_repeated", "amount", "document", n=int(again.sum()))
    return np.where(again, np.nan, money)


def _differ(columns: _Columns, document: Column, alike: Flags) -> bool:
    """Whether the lines of those documents are of different things, as lines of one price each need not be."""
    service = columns.sheet.column("service")
    if service is None:
        return False
    rows = document.filled & service.filled & alike[document.codes]
    pairs = np.unique(document.codes[rows].astype(np.int64) * len(service.uniques) + service.codes[rows])
    return len(pairs) > int(alike.sum())


def _first_rows(columns: _Columns, rows: Flags, most: int = 10) -> tuple[str, ...]:
    """Excel's numbers of the first of these rows."""
    return tuple(map(str, columns.sheet.body.rows[np.flatnonzero(rows)[:most]]))
