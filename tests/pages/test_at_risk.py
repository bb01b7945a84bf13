"""The call list: as long as asked for, narrowed by the filters, and downloaded exactly as shown."""

import csv
import io

import openpyxl
import pytest

from analysis.export import CsvStyle, csv_bytes, xlsx_bytes
from analysis.practices.calling.calls import call_list
from analysis.practices.calling.how_early import how_early
from tests.pages.conftest import Open, results, texts
from words import speak
from words.files.call_list import call_list_file


def table(app: object) -> list[str]:
    return app.dataframe[0].value["client"].tolist()  # type: ignore[attr-defined,no-any-return]


def names(shop: str) -> list[str]:
    _, _, portfolio = results(shop)
    assert portfolio is not None
    return call_list(portfolio)["client_name"].tolist()


def test_the_list_is_as_long_as_the_calls_that_fit_in_a_week(open_page: Open) -> None:
    app = open_page("at_risk", shop="sample", language="es")
    assert table(app) == names("sample")[:20]
    app.slider[0].set_value(5).run()
    assert table(app) == names("sample")[:5]


def test_a_service_narrows_the_list(open_page: Open) -> None:
    app = open_page("at_risk", shop="till", language="es")
    app.selectbox(key="service").select("Color").run()
    _, _, portfolio = results("till")
    assert portfolio is not None
    color = portfolio.clients.loc[portfolio.clients["service"] == "Color"]
    assert table(app) == call_list(portfolio, color)["client_name"].tolist()
    assert table(app) != names("till")


def test_a_link_with_a_service_opens_the_narrowed_list(open_page: Open) -> None:
    app = open_page("at_risk", shop="till", language="es", service="Color")
    assert app.selectbox(key="service").value == "Color"


@pytest.mark.parametrize(("language", "separator"), [("es", ";"), ("en", ",")])
def test_the_call_list_s_file_has_the_marks_of_the_place(language: str, separator: str) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    w = speak(language, None, "EUR")  # type: ignore[arg-type]
    data = csv_bytes(*call_list_file(w, call_list(portfolio)), CsvStyle.of(w.formats.decimal_mark))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))
    assert rows[0][:2] == [w("call_list.client_id"), w("call_list.client_name")]
    assert [row[1] for row in rows[1:]] == names("till")


def test_a_shop_with_too_short_a_past_says_so_and_promises_nothing(open_page: Open) -> None:
    app = open_page("at_risk", shop="one_client", language="es")
    assert speak("es")("at_risk.untested.title") in texts(app)


def test_it_names_how_the_past_list_did(open_page: Open) -> None:
    app = open_page("at_risk", shop="sample", language="en")
    assert "did not return" in texts(app)


def test_it_compares_the_method_in_use_with_the_rules_and_says_how_early_it_warns(open_page: Open) -> None:
    app = open_page("at_risk", shop="sample", language="en")
    _, _, portfolio = results("sample")
    assert portfolio is not None
    w = speak("en")
    methods, warnings = (table.value for table in app.table[-2:])
    used = w("at_risk.methods.in_use", method=w(f"method.{portfolio.back_test.method}"))
    assert methods.iloc[:, 0].tolist().count(used) == 1
    assert set(warnings.iloc[:, 0]) == set(methods.iloc[:, 0]) - {w("method.chance")}
    early = how_early(portfolio.back_test)
    assert early is not None
    assert f"{early.days:.0f} days ahead" in texts(app)
    assert w("rule." + early.rule) in texts(app)


def test_nobody_to_call_is_said_in_a_sentence(open_page: Open) -> None:
    app = open_page("at_risk", shop="one_client", language="en")
    assert speak("en")("at_risk.answer.nobody") in texts(app)


def test_an_xlsx_of_the_list_opens() -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    data = xlsx_bytes(*call_list_file(speak("es"), call_list(portfolio)), title="Lista")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.max_row == len(names("till")) + 1
