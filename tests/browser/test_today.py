"""A morning of calls in a real browser: links, outcomes, the list and the notebook out of the door and back."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from analysis.notebook import Notebook, OwnScore
from analysis.notebook.notebook_file import notebook_bytes
from tests.browser.journeys import go, table
from tests.browser.steps import arrive, download, see_results, settle, unfold, upload
from tests.browser.visits import Visits
from tests.shops import till

SCORED = Notebook(own_scores={"Cliente 27": OwnScore(1.0, "discutimos por una factura", dt.date(2026, 9, 1))})


def exports(folder: Path) -> list[Path]:
    """The till, and the phones of its clients."""
    sales, people = folder / "ventas.csv", folder / "clientes.csv"
    sales.write_bytes(till().data)
    rows = [f"Cliente {n:02};+34 600 000 {n:03};cliente{n}@example.com" for n in range(1, 50)]
    people.write_text("\n".join(["Cliente;Teléfono;Correo", *rows]) + "\n")
    return [sales, people]


def caller(stay: Visits, folder: Path) -> Page:
    """A visitor on the page of today's calls, who has given their notebook with the exports."""

    def welcome() -> Page:
        notebook = folder / "cuaderno.json"
        notebook.write_bytes(notebook_bytes(SCORED))
        page = stay(language="es-ES")
        upload(page, notebook, *exports(folder))
        see_results(page)
        return page

    page = stay.regular("caller", welcome)
    go(page, "today")
    return page


def links(page: Page) -> dict[str, str]:
    found = page.locator(".st-key-today_card a[data-testid^='stBaseLinkButton']")
    expect(found).to_have_count(3)
    return {href.partition(":")[0]: href for link in found.all() if (href := link.get_attribute("href"))}


def name_on_card(page: Page) -> str:
    settle(page)
    return page.locator(".st-key-today_card").get_by_role("heading").first.inner_text()


def test_the_card_s_buttons_carry_the_draft_and_an_outcome_brings_the_next(stay: Visits, tmp_path: Path):
    page = caller(stay, tmp_path)
    first = name_on_card(page)
    draft = page.locator(".st-key-today_card textarea").input_value()
    assert draft.startswith("Buenos días")
    carried = links(page)
    assert re.fullmatch(r"tel:\+34600000\d\d\d", carried["tel"])
    assert parse_qs(urlsplit(carried["https"]).query)["text"] == [draft]
    assert parse_qs(urlsplit(carried["mailto"]).query)["body"] == [draft.replace("\n", "\r\n")]
    page.locator(".st-key-today_appointment button").click()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("1 nota tuya sin guardar")
    assert name_on_card(page) != first
    page.locator(".st-key-today_undo_last").get_by_role("button").first.click()
    expect(page.get_by_test_id("stSidebar")).not_to_contain_text("sin guardar")
    assert name_on_card(page) == first


def test_the_list_goes_out_is_filled_in_and_comes_back_with_the_export(stay: Visits, tmp_path: Path):
    page = caller(stay, tmp_path)
    rows = list(csv.reader(io.StringIO(download(page, "download_csv").decode("utf-8-sig")), delimiter=";"))
    header, lines = rows[0], rows[1:]
    outcome, day = header.index("Resultado de la llamada"), header.index("Fecha de la llamada")
    for line, word in zip(lines[:3], ("no contesta", "cita", "verde"), strict=True):
        line[outcome], line[day] = word, "31/10/2026"
    out = io.StringIO()
    csv.writer(out).writerows([header, *lines])  # commas and no mark, as Google Sheets saves it
    filled = tmp_path / "llamadas (1).csv"
    filled.write_text(out.getvalue(), encoding="utf-8")
    other = stay(language="es-ES")
    upload(other, filled, *exports(tmp_path))
    told = other.locator(".st-key-own_files")
    expect(told).to_contain_text("2 resultados apuntados")
    expect(told).to_contain_text("Una fila de tus listas no se entendió entera")
    see_results(other)
    expect(other.get_by_test_id("stSidebar")).to_contain_text("2 notas tuyas sin guardar")


def test_the_notebook_goes_to_another_browser_and_all_of_it_is_there(stay: Visits, tmp_path: Path):
    page = caller(stay, tmp_path)
    called = name_on_card(page)
    page.locator(".st-key-today_answered button").click()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("1 nota tuya sin guardar")
    settle(page)
    data = download(page, "notebook_save_sidebar")
    expect(page.get_by_test_id("stSidebar")).not_to_contain_text("sin guardar")
    assert json.loads(data)["format"] == "puntual-notebook"
    notebook = tmp_path / "de vuelta.json"
    notebook.write_bytes(data)
    other = stay(language="es-ES")
    upload(other, *exports(tmp_path), notebook)
    expect(other.locator(".st-key-own_files")).to_contain_text(
        "habla de 2 clientes, y 2 están en este archivo"
    )
    see_results(other)
    go(other, "today")
    unfold(other, "today_made")
    expect(other.locator(".st-key-today_made")).to_contain_text(f"{called}: Contestó")
    go(other, "segments")
    own_word = table(other, "segments").get_by_text("tu palabra")
    expect(own_word).to_have_text("Odiado · tu palabra")


def test_a_problem_told_is_begun_on_its_page_and_a_price_leads_to_offers(stay: Visits, tmp_path: Path):
    page = caller(stay, tmp_path)
    called = name_on_card(page)
    page.locator("[class*='st-key-today_note_'] input").fill("el agua salía fría")
    page.locator(".st-key-today_problem button").click()
    expect(page.get_by_test_id("stToast")).to_contain_text(f"{called}: Hay un problema.")
    page.get_by_test_id("stMain").get_by_role("link", name="Anotar el problema").first.click()
    arrive(page, "problems")
    form = page.locator(".st-key-problem_write_fold")
    expect(form.locator("[class*='st-key-problem_new_client'] input")).to_have_value(called)
    expect(form.get_by_label("Qué pasó")).to_have_value("el agua salía fría")
    form.locator(".st-key-problem_new_keep button").click()
    expect(page.locator(".st-key-problems_written")).to_be_visible()
    settle(page)
    assert "client=" not in page.url
    go(page, "today")
    expect(page.get_by_test_id("stMain").get_by_role("link", name="Anotar el problema")).to_have_count(0)
    called = name_on_card(page)
    page.locator(".st-key-today_price button").click()
    page.get_by_test_id("stMain").get_by_role("link", name="Ver qué ofrecerle").first.click()
    arrive(page, "offers")
    expect(page.locator(".st-key-offer_client input")).to_have_value(called)
    expect(page.locator(".st-key-offer_steps")).to_contain_text("Es por el precio")
