"""What is said of an upload that holds no table of ours."""

from __future__ import annotations

import pytest

from analysis.errors import MissingColumnError, ProblemsError
from analysis.reading import Upload
from tests.analysis.reading.exports import book_of, csv, xlsx


def test_a_missing_column_is_named_with_what_was_found_and_what_comes_near():
    with pytest.raises(MissingColumnError) as caught:
        book_of(csv("Cliente,Servicio,Importe", "Ana,Corte,5", "Ana,Color,5"))
    values = caught.value.values
    assert (values["field"], values["file"]) == ("date", "ventas.csv")
    assert values["found"] == ("Cliente", "Servicio", "Importe")


def test_all_missing_columns_are_told_at_once():
    with pytest.raises(ProblemsError) as caught:
        book_of(csv("Producto,Precio", "Champú,5", "Tinte,6"))
    assert [problem.values["field"] for problem in caught.value.problems] == ["client_name", "date"]


@pytest.mark.parametrize("upload", [xlsx({"Hoja1": []}), xlsx({"Hoja1": [["Hola"]]})])
def test_an_empty_sheet_lacks_all_columns(upload: Upload):
    with pytest.raises(ProblemsError):
        book_of(upload)
