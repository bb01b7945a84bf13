"""A notebook file that an editor or a slip of the finger has been at."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analysis.notebook import Notebook, Outcome, OwnScore
from analysis.notebook.notebook_file import NotebookError, is_notebook, notebook_bytes, read_notebook
from analysis.settings import Settings

DAY = dt.date(2026, 10, 31)
NOTEBOOK = Notebook(
    settings=Settings(standards={"Corte": 35.0}),
    own_scores={"ana": OwnScore(10.0, "", DAY)},
    outcomes=(Outcome("ana", DAY, "snoozed", until=DAY),),
)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_notebook_is_known_however_an_editor_saved_it(coding: str) -> None:
    file = notebook_bytes(replace(NOTEBOOK, signature="Peluquería Núñez")).decode().encode(coding)
    assert is_notebook(file)
    assert read_notebook(file).signature == "Peluquería Núñez"


def test_a_notebook_cut_in_the_middle_of_a_letter_is_spoilt() -> None:
    file = notebook_bytes(NOTEBOOK).decode().encode("utf-16")[:-1]
    with pytest.raises(NotebookError):
        read_notebook(file)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("notebook.own_scores[...].score", lambda n: n["own_scores"]["ana"].update(score=100)),
        ("notebook.own_scores[...].score", lambda n: n["own_scores"]["ana"].update(score=-1)),
        ("notebook.own_scores[ana].on", lambda n: n["own_scores"]["ana"].update(on="0206-10-31")),
        ("notebook.outcomes[0].until", lambda n: n["outcomes"][0].update(until="9999-12-31")),
        ("notebook.settings.horizon_days", lambda n: n["settings"].update(horizon_days=0)),
        ("notebook.settings.horizon_days", lambda n: n["settings"].update(horizon_days=10**12)),
        ("notebook.settings.average_ticket", lambda n: n["settings"].update(average_ticket=-5)),
        ("notebook.settings.standards[...]", lambda n: n["settings"].update(standards={"Corte": 0})),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_its_place(
    place: str, change: Callable[[dict[str, Any]], None]
) -> None:
    file = json.loads(notebook_bytes(NOTEBOOK))
    change(file["notebook"])
    with pytest.raises(NotebookError) as refusal:
        read_notebook(json.dumps(file).encode())
    assert refusal.value.values["place"] == place
