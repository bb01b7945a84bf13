"""Who is who depends on what the lines say, and on nothing else."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.book import Book
from analysis.reading.canonical.people.mentions import made_comparable
from analysis.reading.canonical.people.resolution import resolve
from tests.analysis.reading.exports import book_of, csv

PERSON = st.tuples(
    st.sampled_from(["", "", "C1", "C2", "C3"]),
    st.sampled_from(["Ana Pérez", "PEREZ ANA", "Luz Gil", "Luz Gil Soto", "", "Consumidor final"]),
    st.sampled_from(["", "", "12345678Z", "12.345.678-Z", "87654321X"]),
    st.sampled_from(["", "", "600112233", "+34 600 112 233", "655443322"]),
    st.sampled_from(["", "", "ana@example.com", "ANA@example.com", "luz@example.com"]),
)
HEADER = "Código cliente;Cliente;DNI;Teléfono;Correo;Fecha;Importe"
#: Enough lines of others for each column to be what its header says; nothing in them is anybody else's.
OTHERS = tuple(
    f"Z{n};Clienta {name};{20000000 + n}H;7001122{n:02};z{n}@example.org;{13 + n}/01/2026;9,50"
    for n, name in enumerate(
        ("Alba Roca", "Berta Saz", "Celia Toro", "Delia Uría", "Elsa Vives", "Flor Wals")
    )
)


def lines_of(people: list[tuple[str, ...]]) -> list[str]:
    """A line each, known by its amount."""
    return [f"{';'.join(person)};{1 + n % 28:02}/03/2026;{100 + n},25" for n, person in enumerate(people)]


def groups(book: Book) -> set[frozenset[float]]:
    """Which lines (by amount) are one client's; a walk-in's line stands alone."""
    sales = book.sales[book.sales["amount"] >= 100]
    named = {
        frozenset(map(float, amounts))
        for _, amounts in sales.dropna(subset=["client_id"]).groupby("client_id")["amount"]
    }
    return named | {
        frozenset({float(amount), -1.0}) for amount in sales.loc[sales["client_id"].isna(), "amount"]
    }


def marks_of(people: list[tuple[str, ...]]) -> dict[tuple[str, ...], str | None]:
    """Whose each distinct mention is."""
    columns = ["id", "name", "document", "phone", "mail"]
    table = pd.DataFrame(
        [[text or None for text in person] for person in people], columns=columns, dtype=object
    )
    resolved = resolve(made_comparable(table.assign(rows=1)))
    return dict(zip(people, resolved.marks, strict=True))


@settings(max_examples=25)
@given(st.lists(PERSON, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_mentions_in_any_order_are_the_same_people(people: list[tuple[str, ...]], dice: random.Random):
    mixed = [*people, *people[:3]]  # said twice is said once
    dice.shuffle(mixed)
    assert marks_of(mixed) == marks_of(people)


@settings(max_examples=8)
@given(st.lists(PERSON, min_size=1, max_size=9), st.randoms(use_true_random=False), st.sampled_from([1, 2]))
def test_neither_the_order_of_rows_nor_their_files_matter(
    people: list[tuple[str, ...]], dice: random.Random, count: int
):
    lines = lines_of(people)
    mixed = [*lines]
    dice.shuffle(mixed)
    middle = len(mixed) // 2
    files = [csv(HEADER, *OTHERS, *mixed)]
    if count > 1:
        files = [
            csv(HEADER, *OTHERS, *mixed[:middle], name="a.csv"),
            csv(HEADER, *OTHERS[:5], *mixed[middle:], name="b.csv"),
        ]
    assert groups(book_of(*files)) == groups(book_of(csv(HEADER, *OTHERS, *lines)))


@settings(max_examples=5)
@given(st.lists(PERSON, min_size=1, max_size=8))
def test_a_file_about_others_changes_nobody(people: list[tuple[str, ...]]):
    lines = lines_of(people)
    alone = book_of(csv(HEADER, *OTHERS, *lines))
    joined = book_of(
        csv(HEADER, *OTHERS, *lines),
        csv(
            HEADER,
            "Y1;Noé Vega;30000001K;711222333;noe@example.net;15/02/2026;5,50",
            *OTHERS,
            name="otros.csv",
        ),
    )
    assert groups(joined) == groups(alone)


@settings(max_examples=5)
@given(st.lists(PERSON, min_size=1, max_size=8))
def test_an_id_is_never_two_clients_nor_two_ids_one(people: list[tuple[str, ...]]):
    sales = book_of(csv(HEADER, *OTHERS, *lines_of(people))).sales
    ids = pd.Series([person[0] for person in people if "final" not in person[1]])
    keys = sales[sales["amount"] >= 100].sort_values("amount")["client_id"]
    told = [key for key, person in zip(keys, people, strict=True) if "final" not in person[1]]
    for given_id, key in zip(ids, told, strict=True):
        if given_id:
            assert key == given_id
