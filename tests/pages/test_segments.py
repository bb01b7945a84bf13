"""The affection page: what it answers, what it lets one narrow, and what it says where something is missing."""

import datetime as dt
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from analysis.affection_weights import rows
from analysis.errors import AffectionWeightError
from analysis.notebook import Notebook, OwnScore
from analysis.portfolio import Portfolio
from analysis.practices.affection.band_worth import band_worth, worth
from analysis.practices.affection.referrals import to_thank
from analysis.settings import Settings
from tests.pages.conftest import SHOPS, Open, results, session_of, texts, write_down
from tests.shops import till
from ui import session
from ui.affection import weights_editor as affection_weights_editor
from words import Language, speak


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def answer(app: AppTest) -> str:
    return str(app.markdown[0].value)


def test_the_answer_counts_every_client_once(open_page: Open) -> None:
    counts = portfolio_of("sample").clients["band"].value_counts()
    said = answer(open_page("segments", shop="sample", language="es"))
    assert f"**{counts['loved']}** clientes nos quieren" in said
    assert f"**{counts['ignored']}** están ignorados" in said
    assert f"con **{counts['hated']}** hay conflicto" in said


def test_each_band_has_a_card_with_its_worth(open_page: Open) -> None:
    clients = portfolio_of("sample").clients
    said = texts(open_page("segments", shop="sample", language="en"))
    for band in ("loved", "ignored", "hated"):
        of_band = clients[clients["band"] == band]
        worth = speak("en", "en", "EUR").money(float(of_band["annual_value"].sum()))
        assert f"**{len(of_band)}** clients · **{worth}** a year" in said


def test_a_band_chosen_narrows_cards_and_table(open_page: Open) -> None:
    app = open_page("segments", shop="sample", language="en", band="hated")
    hated = int((portfolio_of("sample").clients["band"] == "hated").sum())
    assert len(app.dataframe[0].value) == hated
    assert texts(app).count("**0** clients") == 2


def test_filters_that_nobody_meets_say_so(open_page: Open) -> None:
    app = open_page("segments", shop="till", language="en", band="hated")
    assert portfolio_of("till").clients["band"].ne("hated").all()
    assert speak("en")("common.nobody_matches") in texts(app)


def test_without_amounts_the_map_counts_visits_and_no_money_is_named(open_page: Open) -> None:
    said = texts(open_page("segments", shop="no_amounts", language="es"))
    assert "que más vienen" in said
    assert "€" not in said


def test_from_behaviour_alone_it_says_why_nobody_is_hated(open_page: Open) -> None:
    why = speak("es")("segments.behaviour.title")
    assert why in texts(open_page("segments", shop="till", language="es"))
    assert why not in texts(open_page("segments", shop="sample", language="es"))


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_says_on_the_owner_s_own_past_who_came_back(open_page: Open, language: Language) -> None:
    past = portfolio_of("sample").affection_past
    app = open_page("segments", shop="sample", language=language)
    tables = [frame.value for frame in app.dataframe]
    halves = next(table for table in tables if len(table) == len(past.by_half_point) and table.shape[1] == 6)
    assert halves.iloc[:, 1].tolist() == past.by_half_point["windows"].tolist()
    w = speak(language, language, "EUR")
    highest = past.by_half_point.iloc[-1]
    assert any(w.percent(highest["returned_share"]) in heading.value for heading in app.header)
    assert str(round(100 * past.stay.share)) in texts(app)


def test_without_amounts_no_spending_is_shown(open_page: Open) -> None:
    assert speak("es")("segments.returns.column.spend") not in [
        column
        for frame in open_page("segments", shop="no_amounts", language="es").dataframe
        for column in frame.value
    ]


def test_where_the_past_is_too_short_it_says_what_is_missing(open_page: Open) -> None:
    past = portfolio_of("one_visit_each").affection_past
    assert past.why
    said = texts(open_page("segments", shop="one_visit_each", language="es"))
    assert speak("es")("segments.returns.unknown") in said
    assert speak("es")(f"segments.returns.why.{past.why}", days=91) in said


def test_points_of_the_owner_are_worked_out_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page("segments", shop="till", language="en")
    usual = answer(page)
    session_of(page).files.settings = Settings(affection_weights={"frequency.adds": 5.0, "visits.adds": 5.0})
    page.run()
    assert not page.exception
    assert answer(page) != usual
    assert any("2 changes of yours" in box.label for box in page.expander)
    next(button for button in page.button if button.label == "Back to the original points").click().run()
    assert answer(page) == usual


def edit(
    monkeypatch: pytest.MonkeyPatch, key: str, value: float | None, before: dict[str, float]
) -> dict[str, object]:
    """What the session holds after that edit of one cell: the owner's points, or what was refused."""
    name, side = key.split(".")
    row = next(place for place, (family, sign) in enumerate(rows()) if (sign or family) == name)
    state: dict[str, object] = {"editor": {"edited_rows": {row: {side: value}}}}
    monkeypatch.setattr(affection_weights_editor, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(session, "settings", lambda: Settings(affection_weights=before))
    monkeypatch.setattr(session, "set_affection_weights", lambda weights: state.update(kept=weights))
    affection_weights_editor._edited("editor")
    return state


def test_what_is_typed_becomes_the_owner_s_points(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = edit(monkeypatch, "tenure.adds", 0.5, {"visits.takes": -1.0})["kept"]
    assert kept == {"visits.takes": -1.0, "tenure.adds": 0.5}


@pytest.mark.parametrize("value", [None, 0.75])
def test_an_emptied_cell_goes_back_to_its_value_and_so_does_the_value_itself(
    monkeypatch: pytest.MonkeyPatch, value: float | None
) -> None:
    assert edit(monkeypatch, "tenure.adds", value, {"tenure.adds": 0.5})["kept"] == {}


def test_a_complaint_that_adds_is_refused_and_said(monkeypatch: pytest.MonkeyPatch, open_page: Open) -> None:
    state = edit(monkeypatch, "problems.adds", 1.0, {})
    assert "kept" not in state
    refused = state[affection_weights_editor._REFUSED]
    assert isinstance(refused, AffectionWeightError)
    monkeypatch.undo()
    page = open_page("segments", shop="till", language="es")
    page.session_state[affection_weights_editor._REFUSED] = refused
    page.run()
    assert "nunca suma afecto" in texts(page)


def with_word(page: AppTest, client_id: str, score: float, note: str = "") -> AppTest:
    """The page once the owner gave their word on a client."""
    write_down(page, Notebook(own_scores={client_id: OwnScore(score, note, dt.date(2026, 10, 31))}))
    return page.run()


def test_the_owner_s_word_holds_on_the_page_and_is_marked(open_page: Open) -> None:
    clients = portfolio_of("sample").clients
    who = clients.iloc[0]
    page = with_word(open_page("segments", shop="sample", language="es"), who["client_id"], 9.5, "amiga")
    table = page.dataframe[0].value
    row = table[table["client"] == who["client_name"]].iloc[0]
    assert (row["affection"], row["band"]) == (9.5, "Amado · tu palabra")
    loved = int((clients["band"] == "loved").sum()) + int(who["band"] != "loved")
    assert f"**{loved}** clientes nos quieren" in answer(page)
    said = next(frame.value for frame in page.dataframe if "computed" in frame.value)
    assert said["computed"].tolist() == [who["affection"]]
    assert said["why"].tolist() == ["amiga"]
    assert "1 por tu palabra" in texts(page)


def test_without_words_of_the_owner_it_says_how_to_give_one(open_page: Open) -> None:
    said = texts(open_page("segments", shop="sample", language="en"))
    assert speak("en")("own_word.list.none.title") in said


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_a_conflict_costs_is_the_title_of_its_table(open_page: Open, language: Language) -> None:
    found = worth(band_worth(portfolio_of("sample")))
    w = speak(language, language, "EUR")
    title = w(
        "band_worth.costs.days",
        revenue=round(found.revenue),
        other=round(found.other_revenue),
        days=found.problem_days,
    )
    assert title in [
        header.value for header in open_page("segments", shop="sample", language=language).header
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_discounts_stand_in_what_a_band_costs_where_the_export_has_them(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setitem(SHOPS, "discounts", lambda: till(discounts=True))
    w = speak(language, language, "EUR")
    app = open_page("segments", shop="discounts", language=language)
    assert w("missing.adds.11") not in texts(app)
    shown = next(frame.value for frame in app.dataframe if w("band_worth.each") in frame.value)
    told = shown.set_index(w("band_worth.each")).loc[w("band_worth.measure.discounted")]
    clients = portfolio_of("discounts").clients
    given = clients["client_id"].str[-2:].astype(int).mod(5).eq(0) & clients["visits_12m"].gt(0)
    for band in clients["band"].unique():
        share = float(given[clients["band"] == band].mean())
        (cell,) = [text for name, text in told.items() if str(name).startswith(w.band(band))]
        assert str(cell).startswith(w.percent(share))
    without = open_page("segments", shop="till", language=language)
    assert w("missing.adds.11") in texts(without)
    assert w("field.discount") in texts(without)


def test_without_who_brought_whom_it_says_which_column_to_add(open_page: Open) -> None:
    said = texts(open_page("segments", shop="till", language="en"))
    assert speak("en")("missing.adds.13") in said
    assert speak("en")("missing.adds.13") not in texts(open_page("segments", shop="sample", language="en"))


def test_what_is_not_known_stands_with_the_column_that_tells_it(open_page: Open) -> None:
    page = open_page("segments", shop="till", language="es")
    unknown = next(frame.value for frame in page.dataframe if "add" in frame.value)
    rating = unknown[unknown["sign"] == speak("es")("sign.rating")].iloc[0]
    assert rating["share"] == 0
    assert speak("es")("field.rating") in rating["add"]
    assert unknown.iloc[0]["sign"] == speak("es")("sign.rating")  # what could move most stands first


def test_whom_to_thank_is_listed(open_page: Open) -> None:
    page = open_page("segments", shop="sample", language="es")
    thanks = next(frame.value for frame in page.dataframe if "brought" in frame.value)
    assert len(thanks) == len(to_thank(portfolio_of("sample")))
    assert thanks["brought"].is_monotonic_decreasing
