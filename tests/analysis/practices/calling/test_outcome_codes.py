"""What an outcome in somebody's own words says, in both languages."""

import pandas as pd
import pytest

from analysis.notebook import OUTCOMES
from analysis.practices.calling.outcome_codes import outcome_code, outcome_codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le parece caro", "price"),
        ("dice que el PRECIO ha subido", "price"),
        ("Finds it expensive", "price"),
        ("can't afford it now", "price"),
        ("Se ha mudado", "moved"),
        ("se mudó a Valencia", "moved"),
        ("Moved away", "moved"),
        ("Se le olvidó", "slip"),
        ("un despiste", "slip"),
        ("Forgot the appointment", "slip"),
        ("Tiene una queja de la última vez", "problem"),
        ("está descontenta", "problem"),
        ("Had a problem with the colour", "problem"),
        ("No le interesa", "left"),
        ("Se fue con su profesional", "left"),
        ("va a otro salón", "left"),
        ("Followed their technician", "left"),
        ("Not interested", "left"),
        ("won't be back", "left"),
        ("Pide cita", "appointment"),
        ("Asked for an appointment", "appointment"),
        ("No contesta", "no_answer"),
        ("No contestó", "no_answer"),
        ("No answer", "no_answer"),
        ("left a message", "message_sent"),
        ("No volver a llamar", "do_not_contact"),
        ("Confirma", "answered"),
        ("Confirmed", "answered"),
        ("todo bien, sin problemas", "answered"),
        ("no complaints", "answered"),
        ("", None),
        ("   ", None),
    ],
)
def test_what_is_written_says_its_code(text: str, code: str | None) -> None:
    assert outcome_code(text) == code


@pytest.mark.parametrize("code", OUTCOMES)
def test_the_notebook_s_own_codes_say_themselves(code: str) -> None:
    assert outcome_code(code) == code


def test_a_column_keeps_its_index() -> None:
    found = outcome_codes(pd.Series(["Pide cita", "", "Pide cita"], index=[3, 5, 9]))
    assert found[3] == found[9] == "appointment"
    assert pd.isna(found[5])
