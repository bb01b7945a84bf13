"""The page of problems: its answer, the owner's own notes, the reasons, the promised days, what solving is worth."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from analysis.portfolio import Portfolio
from analysis.practices.problems.deliveries import on_time, promises
from analysis.practices.problems.open_problems import open_problems, standing
from analysis.practices.problems.recovery import recovered
from analysis.practices.problems.repeated_reasons import exposed
from tests.pages.conftest import Open, notebook_of, results, texts
from words import Language, speak


def shop(name: str) -> Portfolio:
    _, _, portfolio = results(name)
    assert portfolio is not None
    return portfolio


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_answers_with_how_many_are_open_and_for_how_long(open_page: Open, language: Language) -> None:
    app = open_page("problems", shop="sample", language=language)
    w, now = speak(language), standing(shop("sample"))
    said = texts(app)
    assert f"**{now.open}" in said
    assert w.number(now.oldest_days) in said
    assert figures(app)[w("problems.card.open")] == str(now.open)
    assert figures(app)[w("problems.card.overdue")] == str(now.overdue)
    assert app.dataframe[0].value["client"].tolist() == open_problems(shop("sample"))["client_name"].tolist()


def test_an_owner_narrows_the_list(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="es")
    found = open_problems(shop("sample"))
    owner = found["staff"].iloc[0]
    app.selectbox(key="problem_owner").select(owner).run()
    assert app.dataframe[0].value["owner"].tolist() == [owner] * int((found["staff"] == owner).sum())


def test_a_problem_is_given_an_owner_and_closed_and_that_is_taken_back(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="es")
    w, before = speak("es"), standing(shop("sample")).open
    key = app.selectbox(key="problem_which").value
    place = f"problem_{key.client_id}_{key.opened}_{key.kind}"
    app.selectbox(key=f"{place}_owner").select("Javier Peris")
    app.segmented_control(key=f"{place}_outcome").set_value("solved").run()
    day = shop("sample").as_of
    assert app.date_input(key=f"{place}_closed").value == day
    app.button(key="problem_save").click().run()
    (note,) = notebook_of(app).problems
    assert (note.client_id, note.staff, note.closed, note.solved) == (
        key.client_id,
        "Javier Peris",
        day,
        True,
    )
    assert note.about_export
    assert figures(app)[w("problems.card.open")] == str(before - 1)
    app.button(key=f"problem_back_{key.client_id}_{key.opened}_{key.kind}").click().run()
    assert notebook_of(app).problems == ()
    assert figures(app)[w("problems.card.open")] == str(before)


def test_without_a_table_of_problems_the_owner_writes_one_down(open_page: Open) -> None:
    app = open_page("problems", shop="till", language="en")
    w = speak("en")
    assert w("problems.answer.nothing") in texts(app)
    assert w("missing.adds.21") in texts(app)
    assert w("missing.adds.18") in texts(app)
    client_id = shop("till").clients["client_id"].iloc[0]
    app.selectbox(key="problem_new_client").select(client_id)
    app.text_input(key="problem_new_kind").input("Long wait")
    app.date_input(key="problem_new_opened").set_value(shop("till").as_of - dt.timedelta(days=3))
    app.text_area(key="problem_new_detail").input("Forty minutes")
    app.button(key="problem_new_keep").click().run()
    (note,) = notebook_of(app).problems
    assert (note.client_id, note.kind, note.detail, note.about_export) == (
        client_id,
        "Long wait",
        "Forty minutes",
        False,
    )
    assert app.dataframe[0].value[["kind", "days", "owner"]].to_numpy().tolist() == [
        ["Long wait", 3, w("problems.nobody")]
    ]
    assert figures(app)[w("problems.card.unowned")] == "1"


def test_a_problem_of_nobody_is_not_written_down(open_page: Open) -> None:
    app = open_page("problems", shop="till", language="es")
    app.button(key="problem_new_keep").click().run()
    assert speak("es")("problems.write.nobody") in texts(app)
    assert not notebook_of(app)


def test_the_times_are_told_by_reason_too(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="es", times="kind")
    kinds = set(shop("sample").records.problems["kind"])
    w = speak("es")
    told = next(table.value for table in app.dataframe if w("problems.times.half") in table.value)
    assert set(told[w("problems.times.kind")]) <= kinds


def test_another_reason_and_place_list_other_clients(open_page: Open) -> None:
    app = open_page("problems", shop="workshop", language="en")
    w = speak("en")
    for spot in app.selectbox(key="exposed_place_").options[:2]:
        app.selectbox(key="exposed_place_").select(spot).run()
        by, name = app.selectbox(key="exposed_place_").value
        found = exposed(shop("workshop"), "", by, name)
        assert w("problems.exposed", n=len(found), name=name) in {header.value for header in app.header}


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_says_how_many_promised_days_were_kept(open_page: Open, language: Language) -> None:
    app = open_page("problems", shop="workshop", language=language)
    w, whole = speak(language), on_time(promises(shop("workshop")))
    headers = {header.value for header in app.header}
    assert w("problems.on_time.finding", share=whole.share) in headers
    assert w("problems.worst", n=whole.overdue) in headers
    assert w("missing.adds.18") not in texts(app)


def test_what_solving_is_worth_is_said_to_be_observed(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="en")
    said = texts(app)
    assert "not an experiment" in said
    assert "Well solved" in said
    won_back = recovered(shop("sample"))
    assert speak("en")("problems.recovered", n=len(won_back)) in said


def test_a_shop_without_sellers_or_services_is_told_what_to_add(open_page: Open) -> None:
    app = open_page("problems", shop="no_services", language="es")
    assert speak("es")("missing.adds.23") in texts(app)


def test_who_refused_is_marked_and_never_reached(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="es")
    found = open_problems(shop("sample"))
    refused = found["consent"].eq(False).fillna(value=False).astype(bool)
    assert refused.any()
    said = app.dataframe[0].value["detail"].fillna("")
    told = said.str.startswith(speak("es")("client.no_consent"))
    assert told.tolist() == refused.tolist()


def test_a_link_about_a_client_with_a_problem_open_chooses_that_one_too(open_page: Open) -> None:
    last = str(open_problems(shop("sample"))["client_id"].iloc[-1])
    app = open_page("problems", shop="sample", language="es", client=last)
    assert app.selectbox(key="problem_which").value.client_id == last
    begun = [box.value for box in app.selectbox if str(box.key).startswith("problem_new_client")]
    assert begun == [last]


def test_a_link_about_nobody_of_the_file_begins_nothing(open_page: Open) -> None:
    app = open_page("problems", shop="sample", language="es", client="nobody")
    assert not app.exception
    assert app.selectbox(key="problem_new_client").value is None
