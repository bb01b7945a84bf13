"""One reason written in several ways is one reason; two reasons that look alike stay two."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.practices.problems.kinds_alike import joined_kinds


def joined(*texts: str | None) -> list[str]:
    return joined_kinds(pd.Series(texts, dtype=object)).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Espera larga", "ESPERAS  LARGAS"),
        ("Espera larga", "larga espera"),
        ("Espera larga", "Espra larga"),
        ("Color mal igualado", "Color mal igualada"),
        ("Cobro incorrecto", "Corbo incorrecto"),
        ("Atención", "atencion"),
        ("Scratch on the door", "Scratches on the doors"),
        ("Parts not in stock", "Part not in stock."),
    ],
)
def test_two_ways_to_write_one_reason(one: str, other: str) -> None:
    assert joined(one, one, other) == [one, one, one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sin cita", "con cita"),
        ("Error 12", "Error 13"),
        ("Espera larga", "Espera corta"),
        ("Cita duplicada", "Cita cancelada"),
        ("Mancha", "Marcha"),
        ("Corte", "Corte mal hecho"),
        ("Ready", "Not ready"),
    ],
)
def test_two_reasons_stay_two(one: str, other: str) -> None:
    assert joined(one, one, other) == [one, one, other]


def test_the_most_usual_way_to_write_it_is_its_name_and_no_reason_stays_none() -> None:
    assert joined("RETRASO", "Retrasos", "Retrasos", "", None) == ["Retrasos", "Retrasos", "Retrasos", "", ""]
    assert joined("RETRASO", "Retraso") == ["Retraso", "Retraso"]


@given(st.lists(st.text(alphabet="abcdes 12áÉ", max_size=14), max_size=20))
def test_what_is_joined_is_named_by_one_of_its_ways_and_the_same_text_is_one(texts: list[str]) -> None:
    named = joined(*texts)
    ways = {" ".join(text.split()) for text in texts}
    assert set(named) <= ways | {""}
    of = dict(zip(texts, named, strict=True))
    assert [of[text] for text in texts] == named
