"""A notebook file that an editor or a slip of the finger has been at."""

import codecs
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from analysis.notebook import Notebook, Outcome, OwnScore
from analysis.notebook.notebook_file import NotebookError, notebook_bytes, read_notebook
from analysis.settings import Settings

DAY = dt.date(2026, 10, 31)
NOTEBOOK = Notebook(
    settings=Settings(standards={"Corte": 35.0}),
    own_scores={"ana": OwnScore(10.0, "", DAY)},
    outcomes=(Outcome("ana", DAY, "snoozed", until=DAY),),
)


def test_the_mark_that_an_editor_puts_before_the_text_is_passed_over() -> None:
    assert read_notebook(codecs.BOM_UTF8 + notebook_bytes(NOTEBOOK)) == NOTEBOOK


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
