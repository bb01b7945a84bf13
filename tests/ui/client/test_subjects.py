"""Whom a client brings, each with what is due."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def _panel(client: str) -> None:
    from analysis.portfolio import analyse  # noqa: PLC0415 - AppTest runs the body alone
    from tests.analysis.books import book_of, line  # noqa: PLC0415
    from ui.client.subjects import client_subjects  # noqa: PLC0415
    from words import speak  # noqa: PLC0415

    rows = [
        line("Ana", f"2026-{month:02}-{day:02}", service="Baño", subject=pet, amount=20.0)
        for pet, day in (("Luna", 1), ("Toby", 15))
        for month in range(1, 9)
    ]
    rows += [line("Pau", f"2026-{month:02}-10", service="Baño", subject="Kira") for month in range(1, 9)]
    rows += [line("Eva", f"2026-{month:02}-20", service="Baño", amount=20.0) for month in range(1, 9)]
    client_subjects(speak("es"), analyse(book_of(lines=rows)), client, "panel")


def test_each_pet_has_a_line_with_its_own_rhythm():
    app = AppTest.from_function(_panel, args=("Ana",), default_timeout=60).run()
    assert not app.exception
    (table,) = app.dataframe
    assert table.value["Para"].tolist() == ["Luna", "Toby"]
    assert table.value["Servicio"].tolist() == ["Baño", "Baño"]
    assert app.markdown[0].value == "**Viene por dos, cada uno a su ritmo**"


@pytest.mark.parametrize("client", ["Eva", "Pau"])
def test_who_comes_alone_or_for_one_has_no_such_table(client: str):
    app = AppTest.from_function(_panel, args=(client,), default_timeout=60).run()
    assert not app.exception
    assert not app.dataframe
