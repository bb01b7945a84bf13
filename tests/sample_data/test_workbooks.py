"""The committed workbooks: what a reader opening them finds."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import sample_data
from analysis.book import TABLES
from sample_data import SAMPLES, Sample
from sample_data.sheets import Wording
from sample_data.workbooks import WORDINGS, sheets, workbook_bytes, write_sample

SHEETS = {
    "es": ["Ventas", "Clientes", "Contactos", "Incidencias", "Pagos"],
    "en": ["Sales", "Clients", "Contacts", "Problems", "Payments"],
}


@pytest.fixture(scope="module", params=["es", "en"])
def workbook(request: pytest.FixtureRequest):
    return request.param, CalamineWorkbook.from_path(str(SAMPLES[request.param]))


def test_a_workbook_is_the_same_bytes_every_time():
    sample = sample_data.workshop(seed=3, clients=25)
    assert workbook_bytes(sample) == workbook_bytes(sample_data.workshop(seed=3, clients=25))


def test_no_moment_of_saving_stands_in_the_file():
    for path in SAMPLES.values():
        with zipfile.ZipFile(path) as archive:
            assert len({member.date_time for member in archive.infolist()}) == 1
            core = archive.read("docProps/core.xml").decode()
        assert core.count("2026-11-02T09:00:00Z") == 2


def test_the_committed_workbooks_are_what_the_generator_writes(
    workbook: tuple[str, CalamineWorkbook], salon: Sample, workshop: Sample
):
    language, book = workbook
    expected = sheets({"es": salon, "en": workshop}[language])
    assert book.sheet_names == SHEETS[language] == list(expected)
    for name, frame in expected.items():
        header, *rows = book.get_sheet_by_name(name).to_python()
        assert header == list(frame.columns)
        assert len(rows) == len(frame)
        for position, column in enumerate(frame.columns):
            written = [row[position] for row in rows]
            wanted = [
                "" if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
                for value in frame[column]
            ]
            assert written == wanted, (name, column)


def test_the_committed_truth_is_what_the_generator_plants(tmp_path: Path, salon: Sample, workshop: Sample):
    for sample in (salon, workshop):
        for part in ("truth", "rhythms", "facts"):
            frame: pd.DataFrame = getattr(sample, part)
            committed = (SAMPLES["es"].parent / f"{sample.name}_{part}.csv").read_text(encoding="utf-8")
            assert committed == frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    small = sample_data.salon(seed=1, clients=20)
    assert [path.name for path in write_sample(small, tmp_path)] == [
        "peluqueria.xlsx",
        "salon_truth.csv",
        "salon_rhythms.csv",
        "salon_facts.csv",
    ]


def test_each_workbook_is_under_a_megabyte_and_a_half():
    assert all(path.stat().st_size < 1_500_000 for path in SAMPLES.values())


@pytest.mark.parametrize("language", ["es", "en"])
def test_headers_are_frozen_and_dates_and_money_are_numbers_with_a_format(language: str):
    sample = {"es": sample_data.salon, "en": sample_data.workshop}[language](seed=1, clients=20)
    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sample)))[SHEETS[language][0]]
    headers = [cell.value for cell in page[1]]
    date, money = (
        headers.index({"es": "Fecha", "en": "Date"}[language]),
        next(n for n, header in enumerate(headers) if header.endswith(("(€)", "(£)"))),
    )
    assert page.freeze_panes == "A2"
    assert page[2][date].is_date
    assert page[2][date].number_format == "dd/mm/yyyy"
    assert isinstance(page[2][money].value, int | float)
    assert {"es": "€", "en": "£"}[language] in page[2][money].number_format


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS)
def test_a_sheet_has_a_header_for_every_column_of_its_table(wording: Wording):
    assert [sheet.table for sheet in wording.sheets] == list(TABLES)
    for sheet in wording.sheets:
        fields = [column.field for column in sheet.columns]
        assert set(TABLES[sheet.table]) <= set(fields)
        assert len({column.header for column in sheet.columns}) == len(fields)


def test_both_languages_have_the_same_sheets_fields_kinds_and_choices():
    spanish, english = WORDINGS["es"], WORDINGS["en"]
    for ours, theirs in zip(spanish.sheets, english.sheets, strict=True):
        assert [(c.field, c.kind, c.required, c.choices) for c in ours.columns] == [
            (c.field, c.kind, c.required, c.choices) for c in theirs.columns
        ]
    assert set(spanish.words) == set(english.words)


def test_every_code_of_the_tables_has_a_word(salon: Sample, workshop: Sample):
    for sample in (salon, workshop):
        words = set(WORDINGS[sample.language].words)
        assert set(sample.tables["sales"]["status"]) <= words
        assert set(sample.tables["contacts"]["channel"]) <= words
        assert set(sample.tables["contacts"]["outcome"]) <= words


def test_write_puts_both_samples_and_both_templates_into_a_directory(tmp_path: Path):
    written = sample_data.write(tmp_path / "new")
    assert [path.name for path in written] == [
        "peluqueria.xlsx",
        "car_workshop.xlsx",
        "plantilla_puntual.xlsx",
        "puntual_template.xlsx",
    ]
    assert written[0].read_bytes() == SAMPLES["es"].read_bytes()


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


SYNONYMS = Path(__file__).parents[3] / "shared" / "data" / "synonyms.json"


@pytest.mark.skipif(not SYNONYMS.exists(), reason="the collected header names are not part of the project")
@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS)
def test_headers_of_sales_are_names_seen_in_the_wild(wording: Wording):
    seen = {
        plain(name) for names in json.loads(SYNONYMS.read_text(encoding="utf-8")).values() for name in names
    }
    uncollected = {
        "subject",
        "promised",
        "delivered",
        "discount",
    }  # none was for plates or pets, nor for days of delivery or what is taken off
    collected = [c for c in wording.sheets[0].columns if c.field not in uncollected]
    unseen = [c.header for c in collected if plain(c.header) not in seen]
    assert unseen == []
