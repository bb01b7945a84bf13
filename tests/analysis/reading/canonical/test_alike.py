"""Clients who may be one person: what is suggested, what is vetoed, and what the owner's word does."""

from __future__ import annotations

import datetime as dt
import random
import time

import numpy as np
import pytest

from analysis.book import Book
from analysis.reading import Corrections
from analysis.suggestions import Evidence, Suggestion
from tests.analysis.reading.exports import book_of, csv


def suggested(*lines: str, header: str = "Cliente;Fecha;Importe;Teléfono;Correo") -> tuple[Suggestion, ...]:
    return book_of(csv(header, *lines)).suggestions


def visit(name: str, day: int, phone: str = "", mail: str = "") -> str:
    return f"{name};{day:02}/03/2026;20,00;{phone};{mail}"


def codes(found: Suggestion) -> tuple[list[str], list[str]]:
    return [one.code for one in found.alike], [one.code for one in found.apart]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Lucía Fernández", "Lucía Fernándes", "near_name"),
        ("Petronila Sáenz", "Petornila Sáenz", "near_name"),
        ("Carla Vidal", "Carla Bidal", "near_name"),
        ("José Luis Giménez Baca", "Jose Luis Jimenez Vaca", "near_name"),
        ("Mª Carmen Ruiz", "María Carmen Ruiz", "abbreviation"),
        ("Fco. Javier Soto", "Francisco Javier Soto", "abbreviation"),
        ("Ana Fdez. Gil", "Fernández Gil, Ana", "abbreviation"),
        ("Ana Pérez", "Ana Pérez Gómez", "short_name"),
        ("Talleres Ruiz", "Talleres Ruiz, S.L.", "abbreviation"),
        ("A. López Gil", "Ana López Gil", "initial"),
    ],
)
def test_two_names_of_one_person(one: str, other: str, code: str):
    (found,) = suggested(visit(one, 2), visit(other, 9), visit("Eva Sanz", 4))
    assert codes(found) == ([code], [])
    assert not found.sure  # names alone never make it sure
    assert {found.first.name, found.second.name} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario López", "María López"),
        ("Juan Ruiz Gil", "Juana Ruiz Gil"),
        ("Ana Gil", "Eva Gil"),
        ("Cliente 001", "Cliente 002"),
        ("Ana Pérez", "Luis Gómez"),
        ("Ana", "Ana Pérez"),
    ],
)
def test_two_people(one: str, other: str):
    assert suggested(visit(one, 2), visit(other, 9)) == ()


def test_words_that_many_have_are_no_slips_of_each_other():
    lines = [visit(f"{first} Martín {last}", 3) for first, last in zip("ABCDEF", "UVWXYZ", strict=True)]
    lines += [visit(f"{first} Marín {last}", 4) for first, last in zip("GHIJKL", "MNOPQR", strict=True)]
    assert suggested(*lines, visit("Rosalía Martín Soto", 5), visit("Rosalía Marín Soto", 6)) == ()


def test_a_shared_phone_makes_it_sure():
    (found,) = suggested(
        visit("Lucía Fernández", 2, "600 112 233"), visit("Lucia Fernandes", 9, "+34 600112233")
    )
    assert codes(found) == (["near_name", "same_phone"], [])
    assert found.alike[1] == Evidence("same_phone", "233")
    assert found.sure


def test_a_shared_phone_under_two_names_is_a_question_and_a_family_no_merge():
    found = suggested(
        visit("Ana Ruiz", 2, "600112233"), visit("Pablo Ruiz", 9, "600112233"), visit("Eva Sanz", 4)
    )
    assert [codes(one) for one in found] == [(["same_phone"], ["other_words"])]
    assert not found[0].sure


def test_a_phone_that_everybody_has_is_the_shops_own():
    names = ["Ana Ruiz", "Pablo Gil", "Eva Sanz", "Luz Soto", "Noé Vega"]
    assert suggested(*(visit(name, 2, "910000001") for name in names)) == ()


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        (
            "Cliente;Fecha;Teléfono",
            "Lucía Fernández;02/03/2026;600112233",
            "Lucía Fernándes;09/03/2026;611222333",
        ),
        ("Cliente;Fecha;DNI", "Lucía Fernández;02/03/2026;12345678Z", "Lucía Fernándes;09/03/2026;87654321X"),
        (
            "Cliente;Fecha;Fecha de nacimiento",
            "Lucía Fernández;02/03/2026;15/03/1990",
            "Lucía Fernándes;09/03/2026;30/07/1961",
        ),
    ],
)
def test_another_phone_document_or_birthday_vetoes(header: str, one: str, other: str):
    assert suggested(one, other, header=header) == ()


def test_days_in_common_speak_against():
    (found,) = suggested(
        visit("Lucía Fernández", 2, "600112233"),
        visit("Lucía Fernández", 9, "600112233"),
        visit("Lucia Fernandes", 2, "600112233"),
        visit("Lucia Fernandes", 9, "600112233"),
    )
    assert found.apart == (Evidence("same_days", 2),)
    assert not found.sure


def test_likeness_is_not_passed_on():
    """A like B and B like C: two pairs, and nothing of A and C."""
    found = suggested(visit("Ana Pérez", 1), visit("Ana Pérez Gómez", 2), visit("Ana Péres Gómes", 3))
    pairs = {tuple(sorted((one.first.name, one.second.name))) for one in found}
    assert pairs == {("Ana Pérez", "Ana Pérez Gómez"), ("Ana Péres Gómes", "Ana Pérez Gómez")}


def test_two_ids_of_one_name_are_suggested_and_the_name_of_a_crowd_is_not():
    header = "Código cliente;Cliente;Fecha"
    two = suggested("C1;Ana Pérez;02/03/2026", "C2;ANA PEREZ;03/03/2026", header=header)
    assert [codes(one)[0] for one in two] == [["same_name"]]
    assert two[0].pair == ("id:C1", "id:C2")
    crowd = [f"C{n};Ana Pérez;02/03/2026" for n in range(5)]
    assert suggested(*crowd, header=header) == ()


def test_a_glance_tells_visits_money_and_the_end_of_the_phone():
    (found,) = suggested(
        visit("Lucía Fernández", 2, "600112233"),
        visit("Lucía Fernández", 9, "600112233"),
        visit("Lucia Fernandes", 4, "600112233", "lu@example.com"),
    )
    glance = {one.name: one for one in (found.first, found.second)}
    lucia = glance["Lucía Fernández"]
    assert (lucia.visits, lucia.last_visit, lucia.money, lucia.phone_end) == (
        2,
        dt.date(2026, 3, 9),
        40.0,
        "233",
    )
    assert glance["Lucia Fernandes"].email == "lu@example.com"


# --- The owner's word -------------------------------------------------------------------------------------

SALES = csv(
    "Cliente;Fecha;Importe;Teléfono",
    "Lucía Fernández;02/03/2026;20,00;600112233",
    "Lucía Fernández;09/03/2026;20,00;600112233",
    "Lucía Fernández;12/03/2026;20,00;600112233",
    "Lucia Fernandes;16/03/2026;30,00;",
    "Eva Sanz;16/03/2026;30,00;",
)
CALLS = csv("Cliente;Fecha de contacto;Canal", "Lucia Fernandes;20/03/2026;Llamada", name="llamadas.csv")


def decided(**said: str) -> Book:
    (found,) = book_of(SALES, CALLS).suggestions
    return book_of(SALES, CALLS, corrections=Corrections(**{what: frozenset({found.pair}) for what in said}))


def test_accepting_makes_them_one_in_every_table():
    book = decided(same="")
    assert book.sales["client_id"].tolist() == ["Lucía Fernández"] * 4 + ["Eva Sanz"]
    assert book.sales["client_name"].tolist() == ["Lucía Fernández"] * 4 + ["Eva Sanz"]
    assert book.table("contacts")["client_id"].tolist() == ["Lucía Fernández"]
    assert book.table("clients")["client_id"].tolist() == ["Lucía Fernández", "Eva Sanz"]
    assert book.table("clients")["phone"].tolist()[0] == "600112233"
    assert [one.decided for one in book.suggestions] == ["same"]


def test_refusing_keeps_them_apart_and_is_remembered():
    book = decided(apart="")
    assert book.sales["client_id"].nunique() == 3
    assert [one.decided for one in book.suggestions] == ["apart"]


def test_undoing_is_the_book_as_it_was():
    before = book_of(SALES, CALLS)
    assert decided(same="").digest != before.digest
    assert book_of(SALES, CALLS, corrections=Corrections()).sales.equals(before.sales)


def test_of_three_said_to_be_one_by_two_pairs_all_are_one():
    lines = [visit("Ana Pérez", 1), visit("Ana Pérez Gómez", 2), visit("Ana Péres Gómes", 3)]
    upload = csv("Cliente;Fecha;Importe;Teléfono;Correo", *lines)
    pairs = frozenset(one.pair for one in book_of(upload).suggestions)
    assert book_of(upload, corrections=Corrections(same=pairs)).sales["client_id"].nunique() == 1


def test_a_pair_that_these_files_do_not_have_changes_nothing():
    said = Corrections(same=frozenset({("name:ana perez", "name:nadie")}))
    assert book_of(SALES, corrections=said).sales.equals(book_of(SALES).sales)


# --- What always holds ------------------------------------------------------------------------------------


def test_the_order_of_rows_changes_no_suggestion():
    lines = [
        visit("Lucía Fernández", 2, "600112233"),
        visit("Lucia Fernandes", 9, "600112233"),
        visit("Ana Pérez", 1),
        visit("Ana Pérez Gómez", 2),
        visit("Mª Carmen Ruiz", 5),
        visit("María Carmen Ruiz", 6),
    ]
    dice = random.Random(4)
    first = suggested(*lines)
    assert len(first) == 3
    for _ in range(5):
        dice.shuffle(lines)
        assert suggested(*lines) == first


def test_fifty_thousand_clients_take_no_two_seconds():
    rng = np.random.default_rng(8)
    parts = [
        "an",
        "lu",
        "mar",
        "jo",
        "pe",
        "car",
        "lau",
        "pau",
        "nor",
        "vic",
        "ser",
        "raf",
        "tom",
        "bel",
        "fab",
    ]
    ends = [
        "a",
        "ia",
        "io",
        "ela",
        "ito",
        "ina",
        "elo",
        "uel",
        "ez",
        "ero",
        "illo",
        "ado",
        "al",
        "ares",
        "on",
    ]
    words = np.array([f"{one}{two}{end}" for one in parts for two in parts for end in ends])
    names = [" ".join(three).title() for three in words[rng.integers(0, len(words), (50_000, 3))]]
    names[::500] = [f"{name[:-1]}x" for name in names[1::500]]
    upload = csv("Cliente;Fecha", *(f"{name};{1 + n % 28:02}/03/2026" for n, name in enumerate(names)))
    start = time.process_time()
    book = book_of(upload)
    assert len(book.suggestions) >= 90
    assert time.process_time() - start < 8  # the whole reading, on a machine that is busy


def test_namesakes_with_other_mails_who_came_on_the_same_days_are_two_people():
    header = "Código cliente;Cliente;Fecha;Correo"
    lines = [f"C1;Ana Pérez;{day:02}/03/2026;ana@example.com" for day in (2, 9)]
    lines += [f"C2;Ana Pérez;{day:02}/03/2026;aperez@example.org" for day in (2, 9)]
    assert suggested(*lines, header=header) == ()
