"""One client at a URL of their own: rhythm, links, score and draft."""

import pytest

from tests.pages.conftest import Open, notebook_of, results, texts
from words import LANGUAGES, Language, speak


def a_client(shop: str, **wanted: object) -> str:
    _, _, portfolio = results(shop)
    assert portfolio is not None
    clients = portfolio.clients
    for column, value in wanted.items():
        clients = clients.loc[clients[column] == value]
    return str(clients["client_id"].iloc[0])


def links(app: object) -> list[str]:
    return [element.proto.url for element in app.get("link_button")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["late", "lapsed", "on_time", "due", "new", "booked", "seasonal"])
def test_a_client_in_every_state_has_a_panel(open_page: Open, state: str, language: Language) -> None:
    app = open_page("client", shop="sample", language=language, id=a_client("sample", state=state))
    assert not app.exception
    assert len(app.metric) == 3
    assert speak(language)("client.do") in texts(app)


def test_the_title_is_the_client_s_name(open_page: Open) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    first = portfolio.clients.iloc[0]
    app = open_page("client", shop="till", id=str(first["client_id"]))
    assert app.title[0].value == first["client_name"]


def test_an_unknown_id_is_told_and_not_an_error(open_page: Open) -> None:
    app = open_page("client", shop="till", language="es", id="![](http://x)")
    assert not app.exception
    assert speak("es")("client.unknown") in texts(app)
    assert "![](" not in texts(app)


def test_the_draft_travels_in_the_links_as_the_reader_left_it(open_page: Open) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    clients = portfolio.clients
    reachable = clients.loc[
        clients["phone"].notna() & clients["email"].notna() & clients["consent"].fillna(value=False)
    ]
    app = open_page("client", shop="sample", language="es", id=str(reachable["client_id"].iloc[0]))
    assert sorted(link.split(":")[0] for link in links(app)) == ["https", "mailto", "tel"]
    app.text_area[0].set_value("Hola otra vez").run()
    assert sum("Hola%20otra%20vez" in link for link in links(app)) == 2


def test_a_number_without_its_country_has_no_chat_and_says_why(open_page: Open) -> None:
    _, _, portfolio = results("workshop")
    assert portfolio is not None
    clients = portfolio.clients
    local = clients.loc[
        clients["phone"].notna()
        & ~clients["phone"].str.startswith("+")
        & clients["consent"].fillna(value=True)
    ]
    app = open_page("client", shop="workshop", language="en", id=str(local["client_id"].iloc[0]))
    chat = next(button for button in app.button if button.label == speak("en")("client.whatsapp"))
    assert chat.disabled
    assert chat.help == speak("en")("client.no_country_code")
    assert not [link for link in links(app) if "wa.me" in link]


def test_the_draft_says_usted_until_the_reader_chooses_otherwise(open_page: Open) -> None:
    app = open_page("client", shop="till", language="es", id=a_client("till", state="late"))
    assert "Su última visita" in app.text_area[0].value
    app.segmented_control(key="client_page_register").set_value("familiar").run()
    assert "Tu última visita" in app.text_area[0].value
    app.segmented_control(key="client_page_language").set_value("en").run()
    assert "Your last visit" in app.text_area[0].value


def test_who_asked_not_to_be_contacted_gets_no_links(open_page: Open) -> None:
    app = open_page("client", shop="sample", language="en", id=a_client("sample", consent=False))
    assert links(app) == []
    assert speak("en")("client.no_consent") in texts(app)


def test_without_phone_and_mail_the_panel_says_what_is_missing(open_page: Open) -> None:
    app = open_page("client", shop="till", language="en", id=a_client("till"))
    assert speak("en")("client.unreachable") in texts(app)


def test_who_asked_not_to_be_contacted_gets_no_draft_either(open_page: Open) -> None:
    app = open_page("client", shop="sample", language="en", id=a_client("sample", consent=False))
    assert not app.text_area


def test_since_when_a_client_is_on_the_list_is_told(open_page: Open) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    clients = portfolio.clients[portfolio.clients["flagged"]]
    since = clients[clients["first_signal"].dt.date < portfolio.as_of].iloc[0]
    w = speak("es")
    told = w("client.first_signal", date=since["first_signal"])
    assert told in texts(open_page("client", shop="sample", language="es", id=str(since["client_id"])))
    new = clients[clients["first_signal"].dt.date == portfolio.as_of].iloc[0]
    page = texts(open_page("client", shop="sample", language="es", id=str(new["client_id"])))
    assert w("client.first_signal", date=new["first_signal"]) not in page


def test_the_owner_s_word_wins_is_shown_as_such_and_can_be_taken_back(open_page: Open) -> None:
    _, _, portfolio = results("sample")
    assert portfolio is not None
    who = portfolio.clients.iloc[0]
    client = str(who["client_id"])
    w = speak("es")
    app = open_page("client", shop="sample", language="es", id=client)
    key = f"own_word_page_{client}"
    app.slider(key=f"{key}_signs_score").set_value(9.5)
    app.text_input(key=f"{key}_signs_note").set_value("Nos trae a *toda* su familia")
    app.button(key=f"{key}_keep").click().run()
    assert not app.exception
    said = texts(app)
    assert w("own_word.heading", score=9.5) in said
    assert w("own_word.badge") in said
    assert w("own_word.said", score=9.5, band=w.band("loved"), computed=float(who["affection"])) in said
    assert "*toda*" not in said.replace("\\*", "")  # their note is text, not markdown
    assert w("sign.own_word") in app.get("plotly_chart")[1].proto.alt  # the waterfall's last step
    assert app.slider(key=f"{key}_own_score").value == 9.5
    app.button(key=f"{key}_take_back").click().run()
    assert w("own_word.heading", score=9.5) not in texts(app)
    assert app.slider(key=f"{key}_signs_score").value == who["affection"]


def test_the_owner_s_word_holds_though_they_go_on_before_the_page_is_drawn(open_page: Open) -> None:
    client = a_client("till")
    app = open_page("client", shop="till", language="es", id=client)
    app.slider(key=f"own_word_page_{client}_signs_score").set_value(2.5)
    app.button(key=f"own_word_page_{client}_keep").click()
    app.switch_page("pages/start.py").run()
    assert not app.exception
    assert notebook_of(app).own_scores[client].score == 2.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signs_of_each_band_are_yes_no_or_not_known(open_page: Open, language: Language) -> None:
    _, _, portfolio = results("till")
    assert portfolio is not None
    w = speak(language)
    said = texts(open_page("client", shop="till", language=language, id=a_client("till")))
    for sign in ("praises", "recommends", "complains", "speaks_badly"):
        assert w("known.answer.unknown", sign=w(f"band_sign.{sign}")) in said
    assert w("known.client.lacks", sign=w("sign.rating"), most=4.0, columns=[w("field.rating")]) in said
