"""What only the owner can say is asked, with what would follow from each answer; what a file tells is not."""

import datetime as dt

import pytest

from analysis.book import Book, Question
from analysis.reading import Corrections, Upload, read
from analysis.reading.answers import answer_of, answered

TODAY = dt.date(2026, 11, 2)


def book(header: str, *lines: str, corrections: Corrections | None = None) -> Book:
    upload = Upload("v.csv", ("\n".join([header, *lines]) + "\n").encode())
    return read([upload], corrections, today=TODAY)


def asked(found: Book, code: str) -> Question:
    (question,) = (one for one in found.questions if one.code == code)
    return question


def codes(found: Book) -> list[str]:
    return [question.code for question in found.questions]


AMBIGUOUS = [f"Ana {n % 5};{13 + n % 9}/03/2026;{1 + n % 4}.{234 + n}" for n in range(12)]


# --- The mark of decimals ---------------------------------------------------------------------------------


def test_three_digits_after_a_mark_are_asked_about_with_both_totals() -> None:
    question = asked(book("Cliente;Fecha;Importe", *AMBIGUOUS), "decimal")
    thousands = sum((1 + n % 4) * 1000 + 234 + n for n in range(12))
    assert (question.header, question.example, question.row, question.assumed) == ("Importe", "1.234", 2, ",")
    assert question.consequences[","] == {"example": 1234.0, "total": pytest.approx(thousands)}
    assert question.consequences["."] == {"example": 1.234, "total": pytest.approx(thousands / 1000)}


def test_the_answer_about_a_mark_holds_and_is_not_asked_again() -> None:
    first = book("Cliente;Fecha;Importe", *AMBIGUOUS)
    question = asked(first, "decimal")
    said = answered(question, ".", Corrections())
    assert answer_of(question, said) == "."
    second = book("Cliente;Fecha;Importe", *AMBIGUOUS, corrections=said)
    assert codes(second) == []
    assert second.sales["amount"].sum() == pytest.approx(question.consequences["."]["total"])


@pytest.mark.parametrize(
    "lines",
    [
        [*AMBIGUOUS, "Eva;14/03/2026;1.234,50"],
        [*AMBIGUOUS, "Eva;14/03/2026;850", "Eva;15/03/2026;90", "Eva;16/03/2026;120"],
        [f"Ana {n};13/03/2026;{n + 1}.000" for n in range(9)],
    ],
    ids=["another figure tells", "figures under a thousand have no mark", "round thousands"],
)
def test_a_mark_that_the_column_tells_is_not_asked_about(lines: list[str]) -> None:
    assert codes(book("Cliente;Fecha;Importe", *lines)) == []


def test_where_money_is_in_thousands_no_mark_is_asked_about() -> None:
    lines = [f"{line};COP" for line in AMBIGUOUS]
    found = book("Cliente;Fecha;Importe;Moneda", *lines)
    assert (found.currency, codes(found)) == ("COP", [])


# --- Which column -----------------------------------------------------------------------------------------


def test_of_two_totals_of_different_size_the_owner_says_which_counts() -> None:
    lines = [f"Ana {n % 5};{13 + n % 9}/03/2026;{100 + n};{121 + n}" for n in range(12)]
    found = book("Cliente;Fecha;Importe;Total", *lines)
    question = asked(found, "column")
    assert (question.taken_for, question.header, question.choices) == ("amount", "Total", ("3", "2"))
    assert question.consequences["2"] == {
        "header": "Importe",
        "samples": ("100", "101", "102"),
        "total": 1266.0,
    }
    assert question.consequences["3"]["total"] == 1518.0
    said = answered(question, "2", Corrections())
    other = book("Cliente;Fecha;Importe;Total", *lines, corrections=said)
    assert (other.sales["amount"].sum(), codes(other)) == (1266.0, [])


def test_changing_the_answer_takes_the_first_one_back() -> None:
    lines = [f"Ana {n % 5};{13 + n % 9}/03/2026;{100 + n};{121 + n}" for n in range(12)]
    question = asked(book("Cliente;Fecha;Importe;Total", *lines), "column")
    said = answered(question, "3", answered(question, "2", Corrections()))
    assert answer_of(question, said) == "3"
    assert list(said.fields.values()) == ["amount"]


@pytest.mark.parametrize("header", ["Subtotal", "Importe neto", "Base imponible", "Total sin IVA", "IVA"])
def test_an_amount_that_says_what_it_leaves_out_is_no_rival(header: str) -> None:
    lines = [f"Ana {n % 5};{13 + n % 9}/03/2026;{100 + n};{121 + n}" for n in range(12)]
    assert codes(book(f"Cliente;Fecha;{header};Total", *lines)) == []


def test_two_totals_that_agree_are_one_question_less() -> None:
    lines = [f"Ana {n % 5};{13 + n % 9}/03/2026;{100 + n};{100 + n}" for n in range(12)]
    assert codes(book("Cliente;Fecha;Importe;Total", *lines)) == []


def test_a_plain_till_asks_nothing() -> None:
    lines = [f"{n % 5};Ana {n % 5};{13 + n % 9}/03/2026;Corte;Rosa;{20 + n},50 €" for n in range(30)]
    assert codes(book("Código cliente;Cliente;Fecha;Servicio;Vendedor;Importe", *lines)) == []


def test_whether_who_pays_or_who_is_served_is_the_client_is_asked() -> None:
    lines = [f"Ana {n % 9};Toby {n % 14};{13 + n % 9}/03/2026;{20 + n},50 €" for n in range(60)]
    header = "Titular;Paciente;Fecha;Importe"
    found = book(header, *lines)
    question = asked(found, "column")
    assert (question.taken_for, question.header, question.choices) == ("client_name", "Titular", ("0", "1"))
    assert [question.consequences[choice]["clients"] for choice in question.choices] == [9, 14]
    assert found.sales["client_id"].nunique() == 9
    other = book(header, *lines, corrections=answered(question, "1", Corrections()))
    assert (other.sales["client_id"].nunique(), codes(other)) == (14, [])
    same = book(header, *lines, corrections=answered(question, "0", Corrections()))
    assert (same.sales["client_id"].nunique(), codes(same)) == (9, [])


def test_a_pet_is_nobody_to_ask_about() -> None:
    lines = [f"Ana {n % 9};Toby {n % 14};{13 + n % 9}/03/2026;{20 + n},50 €" for n in range(60)]
    assert codes(book("Cliente;Mascota;Fecha;Importe", *lines)) == []
