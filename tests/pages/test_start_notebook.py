"""The notebook and filled lists on the start page: given with the export, told, saved, emptied."""

import datetime as dt
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from analysis.notebook import Notebook, Outcome, OwnScore
from analysis.notebook.notebook_file import notebook_bytes
from tests.pages.conftest import Open, notebook_of, session_of, texts
from tests.shops import till
from ui.data_line import DATA_LINE, DataLine
from ui.markdown import escape
from ui.session.state import KEY, OfTheFiles, Session
from words import LANGUAGES, Language, speak

NOTED = Notebook(
    outcomes=(Outcome("Cliente 01", dt.date(2026, 10, 30), "answered"),),
    own_scores={"Otro": OwnScore(2.0, "discutimos", dt.date(2026, 10, 1))},
    gentle_bands=True,
)
LIST = (
    "Código;Cliente;Resultado de la llamada;Fecha de la llamada\n"
    "Cliente 01;Cliente 01;Cita dada;31/10/2026\n"
    "Cliente 02;Cliente 02;azul;\n"
)


def give(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader(key="uploader").set_value([(name, data, "text/csv") for name, data in files]).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notebook_with_the_export_is_told_and_its_words_are_in_use(open_page: Open, language: Language):
    app = give(
        open_page("start", language=language), ("c.json", notebook_bytes(NOTED)), ("ventas.csv", till().data)
    )
    w = speak(language)
    assert escape(w("own.notebook", file="c.json", n=2, known=1)) in texts(app)
    assert notebook_of(app).outcomes == NOTED.outcomes
    assert session_of(app).gentle_bands


def test_a_filled_list_with_the_export_is_noted_and_its_odd_rows_are_shown(open_page: Open):
    files = (("lista.csv", LIST.encode("cp1252")), ("ventas.csv", till().data))
    app = give(open_page("start", language="es"), *files)
    assert "un resultado apuntado" in texts(app)
    assert [one.code for one in notebook_of(app).outcomes] == ["appointment"]
    odd = next(table.value for table in app.dataframe if "Fila" in table.value.columns)
    assert odd["Fila"].tolist() == [3]
    assert odd["Qué pasa"].tolist() == [speak("es")("own.fault.unknown_word", text="azul")]
    (book,) = session_of(app).files.books.values()
    assert {sheet.file for sheet in book.sheets} == {"ventas.csv"}


def test_own_files_without_an_export_say_what_is_missing(open_page: Open):
    app = give(open_page("start", language="es"), ("c.json", notebook_bytes(NOTED)))
    assert speak("es")("own.waiting") in texts(app)


def test_a_spoilt_notebook_is_told_and_the_export_is_read_all_the_same(open_page: Open):
    spoilt = notebook_bytes(NOTED)[:-30]
    app = give(open_page("start", language="es"), ("c.json", spoilt), ("ventas.csv", till().data))
    assert "está dañado o a medias" in texts(app)
    assert app.button(key="see_results")


def test_the_notebook_says_what_it_holds_and_can_be_emptied(open_page: Open):
    app = open_page("start", shop="till", language="es")
    assert speak("es")("notebook.nothing") in texts(app)
    give(app, ("c.json", notebook_bytes(NOTED)), ("ventas.csv", till().data))
    label = next(one.label for one in app.expander if "cuaderno" in one.label)
    assert "1 resultado de llamada, 1 palabra tuya sobre el afecto y 1 ajuste" in label
    app.button(key="notebook_empty").click().run()
    assert not notebook_of(app)


def test_what_is_noted_stands_in_the_sidebar_until_it_is_saved():
    def beside() -> None:
        from ui import sidebar  # noqa: PLC0415 - AppTest runs this function's text alone
        from words import speak  # noqa: PLC0415 - the same

        sidebar.show(speak("es"))

    app = AppTest.from_function(beside)
    app.session_state[DATA_LINE] = DataLine(("ventas.csv",), dt.date(2026, 10, 30))
    app.session_state[KEY] = Session(files=OfTheFiles(notebook=NOTED))
    assert speak("es")("notebook.unsaved", n=2) in texts(app.run())
    session_of(app).files.saved = replace(NOTED, gentle_bands=False)
    assert "sin guardar" not in texts(app.run())


def test_notes_of_another_business_are_asked_about(open_page: Open):
    app = open_page("today", shop="sample", language="es")
    app.button(key="today_answered").click().run()
    app.switch_page("pages/start.py").run()
    give(app, ("ventas.csv", till().data))
    assert speak("es")("notebook.aside.title") in texts(app)
    app.button(key="aside_drop").click().run()
    assert speak("es")("notebook.aside.title") not in texts(app)
    assert not notebook_of(app)
