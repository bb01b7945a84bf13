"""The page of year-end letters, run as the app runs it: one letter open, a blank to fill, ready, sent, the next."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from analysis.notebook import Letter, Notebook, Outcome
from analysis.practices.letters.year_letters import campaign
from tests.pages.conftest import Open, notebook_of, results, texts, write_down
from words import Language, speak

TODAY = dt.date.today()  # noqa: DTZ011 - the owner's own calendar day


def letters_of(shop: str) -> list[str]:
    """The clients to write to, in order, without those who refused."""
    portfolio = results(shop)[2]
    assert portfolio is not None
    letters = campaign(portfolio, 24).letters
    return [str(client) for client in letters.loc[~letters["refused"], "client_id"]]


def kept(app: AppTest) -> dict[str, Letter]:
    return dict(notebook_of(app).letters)


def words_box(app: AppTest) -> object:
    return next(box for box in app.text_area if str(box.key).startswith("letters_words_"))


def letter_box(app: AppTest) -> object:
    return next(box for box in app.text_area if str(box.key).startswith("letters_text_"))


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def write(app: AppTest, text: str) -> AppTest:
    words_box(app).set_value(text).run()  # type: ignore[attr-defined]
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_begins_with_the_quarrels_and_the_first_letter_is_open(
    open_page: Open, language: Language
) -> None:
    app = open_page("letters", shop="sample", language=language)
    everyone = letters_of("sample")
    w = speak(language)
    assert f"**{len(everyone)}**" in app.markdown[0].value
    assert [card.value for card in app.metric][:3] == [w.number(len(everyone)), "0", "0"]
    portfolio = results("sample")[2]
    assert portfolio is not None
    names = portfolio.clients.set_index("client_id")["client_name"]
    assert names[everyone[0]] in app.button(key="letters_client").label.replace("\\", "")
    assert w("letters.blank") in letter_box(app).value  # type: ignore[attr-defined]


def test_a_letter_without_the_owner_s_words_is_not_ready(open_page: Open) -> None:
    app = click(open_page("letters", shop="sample", language="es"), "letters_ready")
    assert speak("es")("letters.not_ready") in texts(app)
    assert kept(app) == {}


def test_filled_ready_sent_and_on_to_the_next(open_page: Open) -> None:
    app = open_page("letters", shop="sample", language="es")
    first, second = letters_of("sample")[:2]
    write(app, "¿Qué tal la mudanza?")
    assert "¿Qué tal la mudanza?" in letter_box(app).value  # type: ignore[attr-defined]
    assert kept(app)[first] == Letter(own_words="¿Qué tal la mudanza?")
    click(app, "letters_ready")
    assert kept(app)[first].ready
    assert (kept(app)[first].register, kept(app)[first].language) == ("formal", "es")
    click(app, "letters_sent")
    assert kept(app)[first].sent == TODAY
    assert "¿Qué tal la mudanza?" in kept(app)[first].text
    assert [card.value for card in app.metric][1:3] == ["0", "1"]
    assert app.session_state["letters_open"] == second
    written = Outcome(first, TODAY, "message_sent", channel="letter")
    assert notebook_of(app).outcomes == (written,)  # a word from us, as any other


def test_a_letter_that_was_not_sent_after_all_is_taken_back(open_page: Open) -> None:
    app = write(open_page("letters", shop="sample", language="es"), "Feliz boda")
    first = letters_of("sample")[0]
    click(click(app, "letters_ready"), "letters_sent")
    app.session_state["letters_open"] = first
    click(app.run(), "letters_not_sent")
    assert kept(app)[first].sent is None
    assert kept(app)[first].ready
    assert notebook_of(app).outcomes == ()


def test_an_emptied_blank_is_not_ready_any_more(open_page: Open) -> None:
    app = click(write(open_page("letters", shop="sample", language="es"), "Feliz boda"), "letters_ready")
    write(app, " ")
    assert not kept(app)[letters_of("sample")[0]].ready


def test_the_whole_letter_can_be_changed_and_taken_back(open_page: Open) -> None:
    app = open_page("letters", shop="sample", language="es")
    letter_box(app).set_value("Querida amiga: enhorabuena por la boda.").run()  # type: ignore[attr-defined]
    client = letters_of("sample")[0]
    assert kept(app)[client].text == "Querida amiga: enhorabuena por la boda."
    click(app, "letters_ready")
    assert kept(app)[client].ready
    click(app, "letters_back")
    assert speak("es")("letters.blank") in letter_box(app).value  # type: ignore[attr-defined]
    assert not kept(app)[client].ready


def test_language_and_form_of_address_are_chosen_for_all_and_for_one(open_page: Open) -> None:
    app = open_page("letters", shop="sample", language="es")
    app.segmented_control(key="letters_register").set_value("familiar").run()
    assert "escribirte" in letter_box(app).value  # type: ignore[attr-defined]
    one = next(box for box in app.segmented_control if str(box.key).startswith("letters_language_"))
    one.set_value("en").run()
    assert letter_box(app).value.startswith("Hi ")  # type: ignore[attr-defined]
    assert kept(app)[letters_of("sample")[0]].language == "en"
    click(app, "letters_next")
    assert letter_box(app).value.startswith("Hola, ")  # type: ignore[attr-defined]


def test_the_same_words_twice_are_warned_about(open_page: Open) -> None:
    app = write(
        open_page("letters", shop="sample", language="es"), "Que tengas un año precioso y lleno de salud."
    )
    click(app, "letters_next")
    write(app, "Que tengas un año precioso, lleno de salud.")
    said = texts(app)
    assert speak("es")("letters.alike", n=1) in said
    assert "Dice casi lo mismo que la de" in said


def test_who_refused_has_neither_a_letter_nor_a_link(open_page: Open) -> None:
    app = open_page("letters", shop="sample", language="es", letters_status="refused")
    assert speak("es")("letters.refused") in texts(app)
    assert not app.text_area
    assert not [button for button in app.button if button.key in {"letters_ready", "letters_sent"}]


def test_the_time_that_is_left_follows_the_minutes_a_letter_takes(open_page: Open) -> None:
    app = open_page("letters", shop="till", language="en")
    n = len(letters_of("till"))
    app.number_input(key="letters_minutes").set_value(12.0).run()
    assert app.metric[3].value == f"{round(n * 12 / 60)} h"
    assert notebook_of(app).choices["letters.minutes"] == 12.0


def test_minutes_that_a_changed_file_says_are_kept_to_what_the_box_takes(open_page: Open) -> None:
    app = open_page("start", shop="till", language="en")
    write_down(app, Notebook(choices={"letters.minutes": 900.0}))
    app.switch_page("pages/letters.py").run()
    assert not app.exception
    assert app.number_input(key="letters_minutes").value == 60.0


def test_the_signature_goes_under_every_letter_and_into_the_notebook(open_page: Open) -> None:
    app = open_page("letters", shop="till", language="es")
    app.text_input(key="letters_signature").set_value("Rosa").run()
    assert letter_box(app).value.endswith("\nRosa")  # type: ignore[attr-defined]
    assert notebook_of(app).signature == "Rosa"


def test_without_names_it_says_what_to_add(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.practices.needs.has", lambda _, column: column != "sales.client_name")
    app = open_page("letters", shop="till", language="es")
    assert not app.exception
    assert speak("es")("missing.adds.12") in texts(app)
    assert not app.text_area
