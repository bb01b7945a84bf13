"""Numbers from texts: marks, signs, currencies and the column's vote on the decimal mark."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.values.numbers import NumberReading, read_numbers


def numbers(*texts: str, **how: object) -> NumberReading:
    return read_numbers(pa.array(texts, pa.string()), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-12.5", -12.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("S/ 1.234,50", 1234.5),
        ("$1,880,335", 1_880_335),
        ("(45.00)", -45),
        ("(S/ 1.200,00)", -1200),
        ("45-", -45),
        ("-96,20", -96.2),
        ("−96,20", -96.2),
        ("- 4", -4),
        ("+3", 3),
        ("70.00 €", 70),
        ("70,00\u00a0€", 70),
        ("US$ 12", 12),
        ("-$5", -5),
        ("$-5", -5),
        ("12.00 USD", 12),
        ("1'234.50", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u202f234\u202f567,5", 1_234_567.5),
        ("2307.00 Cr", 2307),
        ("0,005", 0.005),
        ("1.5e3", 1500),
        ("21,00%", 0.21),
        ("Gratis", 0),
        ("25,-", 25),
        ("$ 1.500.-", 1500),
        ("-25,-", -25),
        ("€-5", -5),
        ("€ −5", -5),
        ("１２３,５０", 123.5),
        ("1,23,456.00", 123_456),
        ("12,34,567", 1_234_567),
        ("₲ 15.000", 15_000),
        ("125,00 H", 125),
        ("1,234.50 M.N.", 1234.5),
        ("5 pesos", 5),
        ("12.3456", 12.3456),
    ],
)
def test_a_shape_that_says_itself_what_it_means(text: str, number: float):
    read = numbers(text)
    assert read.figures[0] == pytest.approx(number)
    assert not read.wrong[0]


@pytest.mark.parametrize("text", ["-", "—", "n/a", "null", "$ -", "€"])
def test_a_dash_is_missing_and_not_wrong(text: str):
    read = numbers(text)
    assert np.isnan(read.figures[0])
    assert not read.wrong[0]


@pytest.mark.parametrize(
    "text",
    [
        "Ana",
        "12 ago",
        "1.2.3,4.5",
        "1,2,3.5",
        "1234.567,89",
        "12/05/2024",
        "+51 999 888 777x",
        "1.5k",
        "2 x 15",
        "12,00 + IVA",
        "12 34",
        "--5",
        "½",
        "#REF!",
    ],
)
def test_a_text_that_is_no_number_is_wrong(text: str):
    assert numbers(text).wrong[0]


@pytest.mark.parametrize(
    ("others", "meaning"),
    [
        (["12,50", "3,20"], 1234),
        (["12.50", "3.20"], 1.234),
        (["1.234.567"], 1234),
        (["15", "200"], 1234),
    ],
)
def test_three_digits_after_one_mark_follow_the_columns_votes(others: list[str], meaning: float):
    assert numbers("1.234", *others).figures[0] == pytest.approx(meaning)


def test_the_owners_word_outvotes_nobody_and_decides_where_nothing_tells():
    assert numbers("1.234").figures[0] == 1234
    assert numbers("1.234", decimal=".").figures[0] == 1.234
    assert numbers("1.234", decimal=",").figures[0] == 1234


def test_prices_that_end_in_noughts_are_thousands():
    read = numbers("15.000", "8.500", "12.990")
    assert read.figures.tolist() == [15_000, 8_500, 12_990]
    assert read.voted == ","


def test_siblings_and_country_decide_only_what_the_column_leaves_open():
    assert numbers("1.234", otherwise=".").figures[0] == 1.234
    assert numbers("1.234", "12,50", otherwise=".").figures[0] == 1234
    assert numbers("1.234", otherwise=".").unsure.tolist() == [True]


def test_a_column_that_contradicts_itself_names_the_texts_of_the_rarer_mark():
    read = numbers("1.234,50", "12,50", "1,234.50")
    assert read.figures.tolist() == [1234.5, 12.5, 1234.5]
    assert read.contrary.tolist() == [False, False, True]
    assert not numbers("1.234,50", "1.234").contrary.any()


def test_debit_and_credit_in_one_column_have_opposite_signs():
    assert numbers("125,00 D", "25,00 H").figures.tolist() == [125, -25]


def test_a_share_is_told_from_an_amount():
    assert numbers("21 %", "21").percent.tolist() == [True, False]


def test_cells_stored_as_numbers_have_a_decimal_point():
    assert numbers("1.234", stored_as_numbers=True).figures[0] == 1.234


@given(
    st.lists(st.decimals(-999_999, 999_999, places=2), min_size=1, max_size=30),
    st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("\u00a0", ","), ("", "."), ("", ",")]),
    st.sampled_from(["{}", "{} €", "$ {}", "S/{}", "{} USD"]),
    st.sampled_from(["-{}", "({})", "{}-"]),
)
def test_a_written_amount_is_read_back(
    amounts: list[object], marks: tuple[str, str], currency: str, negative: str
):
    group, decimal = marks

    def written(amount: float) -> str:
        figure = f"{abs(amount):,.2f}".replace(",", "_").replace(".", decimal).replace("_", group)
        return negative.format(currency.format(figure)) if amount < 0 else currency.format(figure)

    wanted = [float(str(amount)) for amount in amounts]
    read = numbers(*map(written, wanted))
    assert not read.wrong.any()
    assert read.figures.tolist() == pytest.approx(wanted)
