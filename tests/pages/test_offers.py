"""The page of offers: a price for one client and for all, the ladder, what is written down, and who pays late."""

import pytest
from streamlit.testing.v1 import AppTest

from analysis.export import CsvStyle, csv_bytes
from analysis.portfolio import Portfolio
from analysis.practices.offers.capacity import answer, capacities, verdicts, who_for
from analysis.practices.offers.ladder import ladder
from analysis.practices.offers.payments import owed, payers
from tests.pages.conftest import Open, notebook_of, results, texts
from words import Language, speak
from words.files.prices import price_file


def portfolio_of(shop: str) -> Portfolio:
    portfolio = results(shop)[2]
    assert portfolio is not None
    return portfolio


def priced(open_page: Open, price: float, client: str | None = None, shop: str = "sample") -> AppTest:
    app = open_page("offers", shop=shop, language="es" if shop == "sample" else "en")
    app.number_input(key="offer_price").set_value(price)
    if client is not None:
        app.selectbox(key="offer_client").set_value(client)
    return app.run()


@pytest.mark.parametrize(("language", "shop"), [("es", "sample"), ("en", "workshop")])
def test_the_answer_says_whose_reason_is_known_and_who_owes(
    open_page: Open, language: Language, shop: str
) -> None:
    portfolio, w = portfolio_of(shop), speak(language, None, portfolio_of(shop).currency)
    said = str(open_page("offers", shop=shop, language=language).markdown[0].value)
    at_risk = ladder(portfolio)
    known = (~at_risk["why"].isin(["unknown", "no_contact"])).sum()
    assert f"**{known}**" in said
    assert f"**{len(at_risk)}**" in said
    assert w.number(owed(portfolio).overdue_clients) in said
    assert w.number(round(owed(portfolio).overdue_money)) in said


def test_the_cards_are_the_shops_bills(open_page: Open) -> None:
    app = open_page("offers", shop="workshop", language="en")
    now = owed(portfolio_of("workshop"))
    cards = {metric.label: metric.value for metric in app.metric}
    assert cards["First time late"] == str(now.first_late)
    assert cards["Overdue"] == f"£{now.overdue_money:,.0f}"
    assert cards["Paid on time"] == f"{now.on_time_share:.0%}"


@pytest.mark.parametrize("verdict", ["comfortable", "stretch", "too_much"])
def test_a_price_for_a_client_is_told_with_its_reason(open_page: Open, verdict: str) -> None:
    portfolio = portfolio_of("sample")
    able = capacities(portfolio)
    row = able[(able["basis"] == "own") & ~able["lowered"]].iloc[0]
    price = {
        "comfortable": float(row["comfortable"]),
        "stretch": float(row["stretch"]),
        "too_much": float(row["stretch"]) + 50,
    }[verdict]
    told = answer(able, str(row["client_id"]), price)
    assert told is not None
    assert told.verdict == verdict
    app = priced(open_page, price, str(row["client_id"]))
    w = speak("es", "es-ES", "EUR")
    said = texts(app)
    assert w(f"offers.verdict.{verdict}") in said
    assert f"**{w.money(float(row['comfortable' if verdict == 'comfortable' else 'top']))}**" in said


def test_borrowed_figures_say_whose_they_are(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    able = capacities(portfolio)
    row = able[(able["basis"] == "service") & (able["tickets"] == 0)].iloc[0]
    app = priced(open_page, 1.0, str(row["client_id"]))
    assert "lo que pagan otros por lo mismo" in texts(app)


def test_a_debt_lowers_the_answer_and_says_how_much_is_owed(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    debtor = payers(portfolio).iloc[0]
    app = priced(open_page, 1.0, str(debtor["client_id"]))
    w = speak("es", "es-ES", "EUR")
    assert w("offers.verdict.stretch") in texts(app)
    assert f"debe **{w.money(float(debtor['overdue_money']))}**" in texts(app)


def test_the_title_counts_those_it_is_comfortable_for_and_the_table_lists_them(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    found = who_for(portfolio, capacities(portfolio), 40.0)
    comfortable = int((found["verdict"] == "comfortable").sum())
    app = priced(open_page, 40.0)
    titles = [str(header.value) for header in app.header]
    assert any(f"cómodo para **{comfortable}** de tus {len(found)}" in title for title in titles)


def test_the_file_has_every_client_of_the_choice_and_no_phone_of_who_refused() -> None:
    portfolio = portfolio_of("sample")
    found = who_for(portfolio, capacities(portfolio), 40.0)
    w = speak("en", "en-GB", "EUR")
    written = price_file(w, found, 40.0, with_bills=True)
    rows = csv_bytes(*written, CsvStyle.of(w.formats.decimal_mark)).decode("utf-8-sig").splitlines()
    assert len(rows) == len(found) + 1
    header = rows[0].split(",")
    assert {"Client", "For them it is", "Comfortable up to", "How they pay", "Phone"} <= set(header)
    no = found["consent"].eq(False).fillna(value=False)
    assert no.any()
    for client_id in found.loc[no, "client_id"]:
        (row,) = [row for row in rows if row.startswith(f"{client_id},")]
        assert row.split(",")[header.index("Phone")] == ""


def test_each_reason_there_is_has_a_box_with_its_steps(open_page: Open) -> None:
    app = open_page("offers", shop="sample", language="en")
    w, said = speak("en"), texts(app)
    at_risk = ladder(portfolio_of("sample"))
    for row in at_risk.drop_duplicates("why").itertuples():
        assert f"**{w(f'offers.why.{row.why}')}**" in said
        assert w("offers.ladder.never", what=w(f"offers.never.{row.never}")) in said


def test_an_offer_written_down_is_kept_counts_and_can_be_taken_back(open_page: Open) -> None:
    app = open_page("offers", shop="sample", language="en")
    assert speak("en")("offers.saved.none") in [str(header.value) for header in app.header]
    client = str(app.selectbox(key="offer_to").options[0])
    app.text_input(key="offer_note").set_value("on the phone")
    next(button for button in app.button if button.label == "Write it down").click().run()
    (made,) = notebook_of(app).outcomes
    assert (made.offer, made.code, made.note) == ("other_terms", "answered", "on the phone")
    assert "After 1 offer, 0 came again" in [str(header.value) for header in app.header]
    assert client.split(" · ", maxsplit=1)[0] in texts(app)
    app.button(key="offer_undo_0").click().run()
    assert notebook_of(app).outcomes == ()


def test_nobody_who_refused_contact_can_be_offered_anything(open_page: Open) -> None:
    app = open_page("offers", shop="sample", language="en")
    at_risk = ladder(portfolio_of("sample"))
    refusing = at_risk.loc[at_risk["why"] == "no_contact", "client_name"]
    assert len(refusing) > 0
    offered = " ".join(map(str, app.selectbox(key="offer_to").options))
    assert not any(name in offered for name in refusing)


@pytest.mark.parametrize(("shop", "missing"), [("no_amounts", ("Amount",)), ("till", ("Due on", "Paid on"))])
def test_what_the_file_lacks_is_said_and_the_rest_works(
    open_page: Open, shop: str, missing: tuple[str, ...]
) -> None:
    app = open_page("offers", shop=shop, language="en")
    assert not app.exception
    said, w = texts(app), speak("en")
    assert w("missing.adds.31") in said
    for column in missing:
        assert column.lower() in said.lower()
    keys = {widget.key for widget in app.number_input}
    assert ("offer_price" in keys) == (shop == "till")


def test_a_price_above_everyones_top_is_comfortable_for_none(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    assert set(verdicts(capacities(portfolio), 9_999.0)) == {"too_much"}
    app = priced(open_page, 9_999.0)
    assert any("no es cómodo para ninguno" in str(header.value) for header in app.header)


def test_who_pays_late_is_listed_and_everyone_on_request(open_page: Open) -> None:
    found = payers(portfolio_of("workshop"))
    telling = found["record"].isin(["owes", "first_late"])
    app = open_page("offers", shop="workshop", language="en")
    sizes = [len(frame.value) for frame in app.dataframe]
    assert int(telling.sum()) in sizes
    app.segmented_control(key="payers").set_value("all").run()
    assert len(found) in [len(frame.value) for frame in app.dataframe]


def test_a_link_about_a_client_at_no_risk_lets_an_offer_to_them_be_written_down(open_page: Open) -> None:
    portfolio = portfolio_of("sample")
    at_risk = set(ladder(portfolio)["client_id"])
    clients = portfolio.clients[portfolio.clients["consent"].ne(False)]
    calm = str(clients.loc[~clients["client_id"].isin(at_risk), "client_id"].iloc[0])
    app = open_page("offers", shop="sample", language="es", client=calm)
    assert app.selectbox(key="offer_client").value == calm
    assert app.selectbox(key="offer_to").value == calm


def test_a_link_about_nobody_of_the_file_chooses_nobody(open_page: Open) -> None:
    app = open_page("offers", shop="sample", language="es", client="nobody")
    assert not app.exception
    assert app.selectbox(key="offer_client").value is None
