"""The start page: a file is given, understood, asked about and corrected; rows left out are told."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from analysis.book import ColumnReading
from analysis.reading import ColumnKey, Corrections
from analysis.reading.memory.store import SWITCH_VARIABLE
from tests.pages.conftest import Open, session_of, texts
from tests.shops import till
from ui import memory
from ui.markdown import escape
from ui.start.columns import corrected
from words import LANGUAGES, Language, speak


def give(app: AppTest, *files: tuple[str, str]) -> AppTest:
    app.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files])
    return app.run()


def doubts(app: AppTest) -> list[Radio]:
    """The questions only the owner can answer."""
    return list(app.radio)


def sales(header: str, *lines: str) -> str:
    return "\n".join([header, *lines]) + "\n"


AMBIGUOUS = sales(
    "Cliente;Fecha;Importe (€)", *(f"Ana {n};0{1 + n % 9}/0{1 + n % 7}/2025;{20 + n},50" for n in range(30))
)
PLAIN = sales(
    "Cliente;Fecha;Importe", *(f"Ana {n % 5};{1 + n % 28:02}/03/2025;{20 + n},50" for n in range(60))
)


def test_an_upload_is_read_and_its_columns_are_shown(open_page: Open) -> None:
    upload = till()
    app = give(open_page("start", language="es"), (upload.name, upload.data.decode()))
    assert not app.exception
    rows = len(upload.data.decode().strip().split("\n")) - 1
    w = speak("es", "es", "EUR")
    assert w("start.sum.rows", used=rows, n=rows) in texts(app)
    assert w("start.see_results") in [button.label for button in app.button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ambiguous_date_is_asked_with_an_example_from_the_file(
    open_page: Open, language: Language
) -> None:
    app = give(open_page("start", language=language), ("ventas.csv", AMBIGUOUS))
    w = speak(language)
    (question,) = doubts(app)
    assert w("start.doubt.date_order", example="")[:10] in question.label
    assert len(question.options) == 2
    question.set_value("mdy").run()
    assert not app.exception
    assert list(session_of(app).files.corrections.date_orders.values()) == ["mdy"]


def test_an_unambiguous_file_asks_nothing(open_page: Open) -> None:
    upload = till()
    app = give(open_page("start", language="es"), (upload.name, upload.data.decode()))
    assert doubts(app) == []


def test_an_unknown_currency_is_asked_and_then_used(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", PLAIN))
    app.selectbox(key="currency_None").select("PEN").run()
    assert not app.exception
    assert session_of(app).files.corrections.currency == "PEN"


def test_rows_left_out_are_counted_with_their_reasons(open_page: Open) -> None:
    text = PLAIN + "Ana 1;31/02/2025;10,00\nTOTAL;;1200,00\n"
    app = give(open_page("start", language="es"), ("ventas.csv", text))
    labels = [expander.label for expander in app.expander]
    assert any(label.startswith("2 filas quedaron fuera:") for label in labels), labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_no_table_is_named_for_what_it_is(open_page: Open, language: Language) -> None:
    app = give(open_page("start", language=language), ("ventas.csv", "%PDF-1.7\n%âãÏÓ\n1 0 obj"))
    assert not app.exception
    assert "PDF" in texts(app)
    assert escape(speak(language)("start.refused", file="ventas.csv")) in texts(app).replace("**", "")


def test_a_file_s_name_is_shown_never_acted_upon(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("![](https:x).csv", PLAIN))
    assert "![](" not in texts(app)


def test_where_no_column_is_the_client_the_owner_points_it_out(open_page: Open) -> None:
    text = sales(
        "Aaa;Fecha;Total", *(f"x{n % 9}{n % 4}q;{1 + n % 28:02}/03/2025;{20 + n},50" for n in range(60))
    )
    app = give(open_page("start", language="es"), ("ventas.csv", text))
    assert not app.exception
    app.selectbox(key="missing_client_name").select_index(0).run()
    assert not app.exception
    assert speak("es")("start.see_results") in [button.label for button in app.button]


def test_a_changed_choice_becomes_a_correction_and_only_that() -> None:
    columns = [
        ColumnReading("v.csv", "", name, place, (), "sales", "service", "sure")
        for place, name in enumerate("ab")
    ]
    a, b = (ColumnKey("v.csv", "", name, place) for place, name in enumerate("ab"))
    nothing = Corrections()
    assert corrected(nothing, columns, {}, {}) == nothing
    assert corrected(nothing, columns, {1: "service"}, {}) == nothing
    assert corrected(nothing, columns, {1: "staff"}, {}).fields == {b: "staff"}
    assert corrected(nothing, columns, {0: None}, {}).fields == {a: None}
    by_month = corrected(nothing, columns, {}, {0: "mdy"})
    assert (by_month.date_orders, by_month.decimals, by_month.fields) == ({a: "mdy"}, {}, {})
    with_comma = corrected(by_month, columns, {}, {1: ","})
    assert (with_comma.date_orders, with_comma.decimals) == ({a: "mdy"}, {b: ","})


def test_removing_the_file_forgets_it(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", PLAIN))
    app.file_uploader[0].set_value([])
    app.run()
    assert session_of(app).uploads == ()
    assert not session_of(app).files.books


def test_the_whole_way_from_the_file_to_the_results(open_page: Open) -> None:
    upload = till()
    app = give(open_page("start", language="en"), (upload.name, upload.data.decode()))
    next(button for button in app.button if button.key == "see_results").click().run()
    assert not app.exception
    assert app.title[0].value == speak("en")("overview.question")
    assert len(app.metric) == 5


def test_the_day_to_count_up_to_can_be_set(open_page: Open) -> None:
    upload = till()
    app = give(open_page("start", language="en"), (upload.name, upload.data.decode()))
    earlier = app.date_input[0].value.replace(month=6)
    app.date_input[0].set_value(earlier).run()
    assert session_of(app).files.settings.as_of == earlier


def test_softer_names_for_the_bands_can_be_chosen(open_page: Open) -> None:
    upload = till()
    app = give(open_page("start", language="es"), (upload.name, upload.data.decode()))
    app.toggle(key="gentle_False").set_value(True).run()
    assert session_of(app).gentle_bands is True


def test_a_sheet_without_rows_has_nothing_to_go_on_to(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", "Cliente;Fecha;Importe\n"))
    assert not app.exception
    assert speak("es")("start.no_sales") in texts(app)
    assert "see_results" not in [button.key for button in app.button]


def test_reading_leaves_no_trace_of_its_steps(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", PLAIN))
    assert not app.status


# --- Doubts, answers and what they change -----------------------------------------------------------------

MARKS = sales(
    "Cliente;Fecha;Importe", *(f"Ana {n % 5};{13 + n % 9}/03/2025;{1 + n % 4}.{234 + n}" for n in range(40))
)
TOTALS = sales(
    "Cliente;Fecha;Importe;Total", *(f"Ana {n % 5};{13 + n % 9}/03/2025;100;121" for n in range(40))
)


def said(app: AppTest) -> Corrections:
    return session_of(app).files.corrections


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_rows_clients_days_and_money(open_page: Open, language: Language) -> None:
    app = give(open_page("start", language=language), ("ventas.csv", TOTALS))
    heading = app.header[0].value
    w = speak(language)
    for part in (
        w("start.sum.rows", used=40, n=40),
        w("start.sum.clients", n=5),
        w("start.sum.total", total=4840),
    ):
        assert part in heading


def test_a_mark_of_decimals_is_asked_with_the_total_of_each_answer(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", MARKS))
    (question,) = doubts(app)
    assert question.label == "¿Cuánto es 1\\.234?"
    whole, fraction = question.options
    assert whole.startswith("1.234, sin decimales: el total sería ")
    assert fraction.startswith("1,234, con decimales: el total sería ")
    question.set_value(".").run()
    assert not app.exception
    assert list(said(app).decimals.values()) == ["."]
    assert "antes" in texts(app)


def test_an_answered_question_stays_and_can_be_answered_anew(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", MARKS))
    doubts(app)[0].set_value(".").run()
    (question,) = doubts(app)
    assert question.value == "."
    question.set_value(",").run()
    assert not app.exception
    assert list(said(app).decimals.values()) == [","]


def test_of_two_totals_the_other_one_can_be_chosen(open_page: Open) -> None:
    app = give(open_page("start", language="en"), ("ventas.csv", TOTALS))
    (question,) = doubts(app)
    assert [option.split(":")[0] for option in question.options] == ["Total", "Importe"]
    question.set_value("2").run()
    assert not app.exception
    assert "4,000 in all" in app.header[0].value
    assert "4,840 in all" in texts(app)


def test_what_a_sheet_is_can_be_said_and_taken_back(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("citas.csv", PLAIN))
    role = next(box for box in app.selectbox if (box.key or "").startswith("role_"))
    assert role.value == "sales"
    role.select("no_shows").run()
    assert not app.exception
    assert list(said(app).roles.values()) == ["no_shows"]
    assert "see_results" not in [button.key for button in app.button]
    press(app, "undo")
    assert not app.exception
    assert said(app) == Corrections()
    assert "see_results" in [button.key for button in app.button]


def test_an_answer_holds_though_its_reader_goes_on_before_the_page_is_drawn(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", AMBIGUOUS))
    doubts(app)[0].set_value("mdy")
    press(app, "see_results")
    assert not app.exception
    assert list(said(app).date_orders.values()) == ["mdy"]


def test_an_answer_taken_back_is_asked_anew(open_page: Open) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", AMBIGUOUS))
    assumed = doubts(app)[0].value
    doubts(app)[0].set_value("mdy").run()
    press(app, "undo")
    assert not app.exception
    assert (said(app), doubts(app)[0].value) == (Corrections(), assumed)
    app.run()
    assert said(app) == Corrections()


def test_a_correction_does_not_open_the_bytes_again(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = give(open_page("start", language="es"), ("ventas.csv", MARKS))

    def opened_again(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ui.session.files.open_uploads", opened_again)
    doubts(app)[0].set_value(".").run()
    assert not app.exception


def test_a_file_of_clients_alone_is_told_what_is_missing(open_page: Open) -> None:
    clients = sales("Cliente;Teléfono;Email", *(f"Ana {n};60010010{n};ana{n}@x.es" for n in range(9)))
    app = give(open_page("start", language="es"), ("clientes.csv", clients))
    assert not app.exception
    assert speak("es")("start.no_sales") in texts(app)
    assert "se unen por el cliente" in texts(app)


def test_of_two_currencies_the_owner_says_which_counts(open_page: Open) -> None:
    mixed = sales(
        "Cliente;Fecha;Importe;Moneda",
        *(f"Ana {n % 5};{13 + n % 9}/03/2025;100;{'USD' if n % 4 == 0 else 'EUR'}" for n in range(40)),
    )
    app = give(open_page("start", language="en"), ("ventas.csv", mixed))
    (question,) = doubts(app)
    assert question.options == ["EUR: 3,000 in all", "USD: 1,000 in all"]
    assert "€3,000 in all" in app.header[0].value
    question.set_value("USD").run()
    assert not app.exception
    assert "$1,000 in all" in app.header[0].value
    assert doubts(app)[0].value == "USD"


# --- What is remembered -----------------------------------------------------------------------------------


def test_next_month_s_file_needs_no_click(open_page: Open) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    doubts(first)[0].set_value("mdy").run()
    again = give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS.replace("Ana", "Eva")))
    assert not again.exception
    assert list(said(again).date_orders.values()) == ["mdy"]
    assert "Reconocido: las mismas columnas que el" in texts(again)
    assert doubts(again) == []


def test_going_on_confirms_what_was_assumed(open_page: Open) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    assert len(doubts(first)) == 1
    press(first, "see_results")
    again = give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS))
    assert doubts(again) == []
    assert list(said(again).date_orders.values()) == ["dmy"]


def test_what_is_remembered_can_be_forgotten(open_page: Open) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    doubts(first)[0].set_value("mdy").run()
    again = give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS))
    press(again, "forget_known")
    assert not again.exception
    assert said(again) == Corrections()
    assert len(doubts(again)) == 1
    third = give(open_page("start", language="es"), ("diciembre.csv", AMBIGUOUS))
    assert len(doubts(third)) == 1


def test_the_memory_can_be_switched_off(open_page: Open) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    first.toggle(key="memory").set_value(False).run()
    assert not first.exception
    doubts(first)[0].set_value("mdy").run()
    again = give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS))
    assert again.toggle(key="memory").value is False
    assert len(doubts(again)) == 1


def test_where_it_is_forbidden_there_is_no_memory_and_no_switch(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH_VARIABLE, "off")
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    assert "memory" not in [toggle.key for toggle in first.toggle]
    doubts(first)[0].set_value("mdy").run()
    assert len(doubts(give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS)))) == 1


def test_what_no_longer_fits_is_said(open_page: Open) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    doubts(first)[0].set_value("mdy").run()
    clear = sales(
        "Cliente;Fecha;Importe (€)", *(f"Ana {n % 5};{13 + n % 9}/03/2025;20,50" for n in range(40))
    )
    again = give(open_page("start", language="es"), ("noviembre.csv", clear))
    assert not again.exception
    assert "ya no encaja" in texts(again)


def test_a_visitor_from_another_computer_has_no_part_in_the_memory(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = give(open_page("start", language="es"), ("octubre.csv", AMBIGUOUS))
    doubts(first)[0].set_value("mdy").run()
    monkeypatch.setattr(memory, "is_here", lambda: False)
    stranger = give(open_page("start", language="es"), ("noviembre.csv", AMBIGUOUS))
    assert "Reconocido" not in texts(stranger)
    assert doubts(stranger)[0].value == "dmy"
    assert "memory" not in [toggle.key for toggle in stranger.toggle]
