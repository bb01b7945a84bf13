"""Sentences filled with values; reasons, errors and names in words."""

import datetime as dt
import typing

import pytest

from analysis.errors import MissingColumnError, NoVisitsError, ProblemsError, UnreadableFileError
from analysis.reasons import ActionCode, Reason, ReasonCode
from analysis.schema import BANDS, STATES
from words import LANGUAGES, Words, speak

SPANISH = speak("es", "es-ES", "EUR")
ENGLISH = speak("en", "en-GB", "EUR")

AUGUST = dt.date(2026, 8, 3)
LATE = Reason(
    "late", {"days": 58, "usual": 31, "low": 27, "high": 38, "visits": 9, "beyond": 0.93, "borrowed": False}
)
BY_USE = {
    "per_month": 1250.0,
    "interval": 5000.0,
    "reading": 84_000.0,
    "unit": "km",
    "date": AUGUST,
    "borrowed": False,
}

#: A reason of every code with the values its contract lists.
REASONS: tuple[Reason, ...] = (
    LATE,
    Reason("due", {"days": 31, "usual": 31, "low": 27, "high": 38, "visits": 9}),
    Reason("on_rhythm", {"days": 10, "usual": 31}),
    Reason("due_by_use", {"service": "Aceite", **BY_USE}),
    Reason("visit_by_use", BY_USE),
    Reason("new", {"visits": 1}),
    Reason("lapsed", {"days": 400, "usual": 31}),
    Reason("booked", {"date": AUGUST}),
    Reason("seasonal", {"months": (6, 7)}),
    Reason("season_open", {"date": AUGUST}),
    Reason("early_signal", {"p": 0.42, "typical": 0.18}),
    Reason("contact_silence", {"days": 71}),
    Reason("gap_trend", {"before": 21.4, "now": 39.9}),
    Reason("ticket_trend", {"before": 60.0, "now": 34.5}),
    Reason("service_dropped", {"service": "Color", "last": AUGUST}),
    Reason("no_show", {"count": 1, "last": AUGUST}),
    Reason("cancelled", {"count": 3, "last": AUGUST}),
    Reason("problem_open", {"count": 2, "days": 40}),
    Reason("problem_badly_solved", {"last": AUGUST}),
    Reason("payment_late", {"count": 1, "days": 33}),
    Reason("refund", {"count": 1, "last": AUGUST}),
    Reason("staff_left", {"staff": "Inés", "last": AUGUST}),
    Reason("low_rating", {"rating": 4.0, "last": AUGUST}),
)


def test_every_code_of_a_reason_is_tried_here() -> None:
    assert {reason.code for reason in REASONS} == set(typing.get_args(ReasonCode))


@pytest.mark.parametrize("w", [SPANISH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_a_reason_is_a_whole_sentence(w: Words, reason: Reason, *, full: bool) -> None:
    sentence = w.reason(reason, full=full)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_flag_says_why_in_one_sentence_with_the_client_s_own_facts() -> None:
    assert SPANISH.reason(LATE) == "Viene cada 31 días; lleva 58."
    assert SPANISH.reason(LATE, full=True) == (
        "Suele venir cada 31 días (27–38, de 9 visitas); lleva 58, más que 9 de cada 10 de sus esperas."
    )
    assert ENGLISH.reason(LATE, full=True) == (
        "Usually every 31 days (27–38, from 9 visits); 58 days today, longer than 9 in 10 of their waits."
    )


def test_a_borrowed_rhythm_is_never_told_as_the_client_s_own() -> None:
    borrowed = Reason("late", {**LATE.values, "borrowed": True})
    assert SPANISH.reason(borrowed) == "En este negocio se viene cada 31 días; lleva 58."
    assert SPANISH.reason(borrowed, full=True) == SPANISH.reason(borrowed)


def test_a_visit_due_by_use_says_how_much_they_drive_and_at_which_reading() -> None:
    due = Reason("due_by_use", {"service": "Aceite", **BY_USE})
    assert SPANISH.reason(due) == "Por uso le toca «Aceite»: 3 ago 2026."
    assert SPANISH.reason(due, full=True) == (
        "Hace unos 1.250 km al mes y «Aceite» va cada 5.000: le toca a unos 84.000 km (3 ago 2026)."
    )
    miles = Reason("due_by_use", {**due.values, "unit": "miles"})
    assert "1,250 miles a month" in ENGLISH.reason(miles, full=True)
    assert "lo normal aquí" in SPANISH.reason(Reason("visit_by_use", {**BY_USE, "borrowed": True}))


def test_who_comes_daily_comes_every_day_not_every_1_days() -> None:
    daily = Reason("late", {"days": 9, "usual": 1.4, "borrowed": False})
    assert SPANISH.reason(daily) == "Viene cada día; lleva 9."
    assert ENGLISH.reason(daily) == "Every day; 9 now."
    every_other = Reason("lapsed", {"days": 9, "usual": 1.5, "borrowed": False})
    assert SPANISH.reason(every_other) == "Solía venir cada 2 días; lleva 9."
    assert ENGLISH.reason(every_other) == "Used to come every 2 days; 9 now."
    every_half_day = Reason("due", {"days": 2, "usual": 0.4, "borrowed": False})
    assert SPANISH.reason(every_half_day) == "Viene cada día; lleva 2."


def test_reasons_are_as_many_as_asked_for() -> None:
    both = [LATE, Reason("problem_open", {"count": 1, "days": 12})]
    assert SPANISH.reasons(both) == "Viene cada 31 días; lleva 58. Una queja sin resolver."
    assert SPANISH.reasons(both, 1) == "Viene cada 31 días; lleva 58."


def test_small_counts_are_written_out_and_open_a_sentence_with_a_capital() -> None:
    problems = Reason("problem_open", {"count": 2, "days": 40})
    assert SPANISH.reason(problems) == "Dos quejas sin resolver."
    assert ENGLISH.reason(problems) == "Two complaints unsolved."
    assert [SPANISH.numeral(n) for n in (1, 2, 10, 11)] == ["1", "dos", "diez", "11"]


@pytest.mark.parametrize("w", [SPANISH, ENGLISH], ids=LANGUAGES)
def test_every_state_band_and_action_has_a_word(w: Words) -> None:
    words = [w.state(code) for code in STATES] + [w.band(code) for code in BANDS]
    words += [w.action(code) for code in typing.get_args(ActionCode)]
    assert len(set(words)) == len(STATES) + len(BANDS) + len(typing.get_args(ActionCode))


def test_the_bands_are_named_plainly_and_softer_for_those_who_ask() -> None:
    assert [SPANISH.band(code) for code in BANDS] == ["Amado", "Ignorado", "Odiado"]
    gentle = speak("es", gentle=True)
    assert [gentle.band(code) for code in BANDS] == ["Querido", "Olvidado", "En conflicto"]


def test_a_plural_follows_its_count() -> None:
    assert [ENGLISH("common.clients", n=n) for n in (0, 1, 1.5, 2)] == [
        "0 clients",
        "1 client",
        "1.5 clients",
        "2 clients",
    ]


def test_a_client_without_a_name_is_called_by_their_id() -> None:
    assert SPANISH.client("Ana Ruiz", "C7") == "Ana Ruiz"
    assert SPANISH.client("499", "499") == "Cliente 499"
    assert (
        SPANISH.client("", "C7")
        == SPANISH.client(None, "C7")
        == SPANISH.client(float("nan"), "C7")
        == "Cliente C7"
    )


def test_an_owner_s_value_is_never_taken_for_a_template() -> None:
    assert SPANISH.client("{n:money}", "x") == "{n:money}"
    assert "{0.__class__}" in SPANISH.reason(
        Reason("service_dropped", {"service": "{0.__class__}", "last": AUGUST})
    )


@pytest.mark.parametrize("w", [SPANISH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize(
    "kind",
    [
        "empty",
        "folder",
        "pdf",
        "image",
        "word",
        "database",
        "compressed",
        "numbers_app",
        "encrypted",
        "xml",
        "web_page",
        "login_page",
        "json",
        "email",
        "shortcut",
        "google_sheet",
        "calendar",
        "contacts",
        "dbase",
        "old_excel",
        "several_packed",
        "unsafe",
        "too_much",
        "too_wide",
        "endless_line",
        "took_too_long",
        "reader_died",
        "binary",
        "damaged",
    ],
)
def test_an_unreadable_file_is_named_with_what_it_is(w: Words, kind: str) -> None:
    sentence = w.error(UnreadableFileError(file="ventas.xlsx", kind=kind))
    assert "ventas.xlsx" in sentence
    assert sentence.endswith(".")


def test_a_missing_column_names_the_nearest_headers() -> None:
    near = MissingColumnError(field="date", file="v.csv", found=("Dia", "Total"), nearest=("Dia",))
    assert (
        SPANISH.error(near)
        == "En «v.csv» no encontramos la columna de fecha. ¿Será «Dia»? Si es así, cambia su título y vuelve a subirlo."
    )
    far = MissingColumnError(field="date", file="v.csv", found=("Total", "Neto"), nearest=())
    assert ENGLISH.error(far) == "In “v.csv” we found no column for date. There are: “Total” and “Neto”."
    assert "titles" not in SPANISH.error(
        MissingColumnError(field="client_name", file="", found=(), nearest=())
    )


def test_a_missing_column_lists_no_more_headers_than_anyone_reads() -> None:
    many = MissingColumnError(field="date", file="v.csv", found=tuple(f"h{n}" for n in range(40)), nearest=())
    assert ENGLISH.error(many).count("“h") == 12


def test_all_problems_of_an_upload_are_told_one_a_line() -> None:
    problems = ProblemsError((UnreadableFileError(file="a.pdf", kind="pdf"), NoVisitsError(rows=1200)))
    lines = SPANISH.error(problems).split("\n")
    assert len(lines) == 2
    assert "1.200" in lines[1]
