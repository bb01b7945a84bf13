"""The start page about people and tidiness: suggestions answered and taken back, the score, its list as a file."""

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from analysis.book import Book
from tests.pages.conftest import Open, session_of, texts
from ui.start import quality as start_quality
from words import LANGUAGES, Language, speak

TWICE = "\n".join(
    [
        "Cliente;Fecha;Importe (€);Teléfono",
        *(f"Lucía Fernández;{day}/01/2026;20,50;600112233" for day in range(13, 20)),
        *(f"Lucia Fernandes;{day}/02/2026;20,50;+34 600 112 233" for day in range(13, 16)),
        *(f"Ana Pérez;{day}/02/2026;31,50;" for day in range(13, 16)),
        *(f"Ana Pérez Gómez;{day}/03/2026;31,50;" for day in range(13, 16)),
        "Consumidor final;14/03/2026;12,00;",
        "=Eva Sanz;31/02/2026;12,00;",
    ]
)
#: Twelve pairs, more than are asked about at once.
MANY = "\n".join(
    [
        "Cliente;Fecha;Importe (€)",
        *(
            f"Clienta {letter}osario Fernández;13/0{1 + n % 9}/2026;20,50"
            for n, letter in enumerate("ABCDEFGHIJKL")
        ),
        *(
            f"Clienta {letter}osario Fernándes;14/0{1 + n % 9}/2026;20,50"
            for n, letter in enumerate("ABCDEFGHIJKL")
        ),
    ]
)


def give(app: AppTest, text: str) -> AppTest:
    app.file_uploader[0].set_value([("ventas.csv", text.encode(), "text/csv")])
    app.run()
    assert not app.exception
    return app


def book(app: AppTest) -> Book:
    files = session_of(app).files
    return files.books[files.key]


def pairs(app: AppTest) -> list[str]:
    return [control.key for control in app.segmented_control if str(control.key).startswith("pair_")]


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if str(button.key).startswith(key)).click()
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_who_look_like_one_stand_side_by_side_with_the_reasons(
    open_page: Open, language: Language
) -> None:
    app = give(open_page("start", language=language), TWICE)
    w = speak(language, None, "EUR")
    said = texts(app).replace("\\", "")
    assert f":material/group: {w('duplicates.title', n=2)}" in [box.label for box in app.expander]
    assert w("duplicates.visits", n=7) in said
    assert w("duplicates.phone", end="233") in said
    assert w("alike.same_phone", value="233") in said
    assert w("alike.short_name", value="Gómez") in said
    assert len(pairs(app)) == 2


def test_the_answers_are_put_to_use_together_and_can_be_taken_back(open_page: Open) -> None:
    app = give(open_page("start", language="es"), TWICE)
    assert book(app).sales["client_id"].nunique() == 4
    first, second = app.segmented_control(key=pairs(app)[0]), app.segmented_control(key=pairs(app)[1])
    first.set_value("same")
    second.set_value("apart")
    press(app, "duplicates_save")
    assert book(app).sales["client_id"].nunique() == 3
    assert pairs(app) == []
    said = session_of(app).files.corrections
    assert (len(said.same), len(said.apart)) == (1, 1)
    press(app, "undo_")
    press(app, "undo_")
    assert book(app).sales["client_id"].nunique() == 4
    assert len(pairs(app)) == 2


def test_all_the_sure_ones_at_once(open_page: Open) -> None:
    app = give(open_page("start", language="en"), TWICE)
    press(app, "duplicates_sure")
    assert [one.decided for one in book(app).suggestions] == ["same", None]
    assert len(pairs(app)) == 1


def test_saving_without_an_answer_changes_nothing(open_page: Open) -> None:
    app = give(open_page("start", language="es"), TWICE)
    before = book(app)
    press(app, "duplicates_save")
    assert book(app) is before


def test_of_many_a_few_are_asked_about_at_once(open_page: Open) -> None:
    app = give(open_page("start", language="es"), MANY)
    waiting = len(book(app).suggestions)
    assert waiting >= 12
    assert len(pairs(app)) == 8
    assert speak("es")("duplicates.more", n=waiting - 8) in texts(app)


def test_a_file_without_twins_has_no_panel(open_page: Open) -> None:
    app = give(open_page("start", language="es"), "Cliente;Fecha;Importe\nAna Pérez;13/01/2026;20,50\n")
    assert pairs(app) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_score_is_told_with_the_three_worst(open_page: Open, language: Language) -> None:
    app = give(open_page("start", language=language), TWICE)
    quality = next(iter(session_of(app).files.qualities.values()))
    w = speak(language, None, "EUR")
    said = texts(app).replace("\\", "")
    assert w("quality.title", score=quality.score, band=quality.band) in said
    worst = [found.code for found in quality.findings[:3]]
    assert "duplicates" in worst
    assert w("quality_todo.duplicates") in said
    assert w("quality_found.no_phone", n=2, of=4) in said


def test_the_list_names_rows_and_texts_in_csv_and_excel(open_page: Open) -> None:
    app = give(open_page("start", language="es"), TWICE)
    quality = next(iter(session_of(app).files.qualities.values()))
    w = speak("es", "es", "EUR")
    lines = start_quality._csv(w, quality).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Archivo;Hoja;Fila;Qué;Lo que dice;Qué hacer"
    bad = next(line for line in lines if w("quality_what.bad_dates") in line)
    assert bad.startswith("ventas.csv;;19;")
    assert "'=Eva Sanz" in bad  # harmless in a spreadsheet
    sheet = openpyxl.load_workbook(io.BytesIO(start_quality._xlsx(w, quality))).active
    assert sheet is not None
    cells = [row for row in sheet.iter_rows(values_only=True) if row[3] == w("quality_what.bad_dates")]
    assert [(row[0], row[2]) for row in cells] == [("ventas.csv", 19)]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_tidy_file_is_told_so(open_page: Open) -> None:
    app = give(open_page("start", language="es"), "Cliente;Fecha;Importe\nAna Pérez;13/01/2026;20,50\n")
    assert speak("es")("quality.clean") in texts(app)
