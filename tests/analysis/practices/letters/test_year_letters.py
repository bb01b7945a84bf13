"""Year-end letters: everyone, quarrels first, each with a hook of their own; how far they have come."""

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.notebook import Letter, Notebook
from analysis.notebook.entries import OwnScore
from analysis.portfolio import Portfolio, analyse
from analysis.practices.letters.hooks import AFTER_A_QUARREL, candidates
from analysis.practices.letters.material import material
from analysis.practices.letters.year_letters import campaign, progress, status_of, statuses
from analysis.practices.needs import missing, would_add
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every

AS_OF = dt.date(2026, 10, 31)

REFERRED = ("Eva", "Luz")


@cache
def shop() -> Portfolio:
    """A shop since 18 August 2023, kept open by "Rosa" (every month, 40 times), with a client for every case."""
    bimonthly = {
        "rich": 60.0,
        "poor": 20.0,
        "open": 1.0,
        "badly": 2.0,
        "hates": 90.0,
        "fond": 500.0,
        "old": 5.0,
    }
    visits = [
        *every("Rosa", 30, 40, last="2026-10-31", service="Corte"),
        *(
            visit
            for who, amount in bimonthly.items()
            for visit in every(who, 60, 15, last="2026-10-20", amount=amount)
        ),
        *every("solved", 60, 10, last="2026-10-20"),
        *every("thanked", 60, 10, last="2026-10-20"),
        *every("solved_and_open", 60, 15, last="2026-10-20"),
        *(visit for who in REFERRED for visit in every(who, 30, 5, last="2026-10-01")),
        *every("back", 30, 10, last="2025-06-14"),  # monthly, then nothing for 300 days
        ("back", "2026-04-10", 30.0),
        *(
            (who, f"2026-{month:02}-05", 30.0)
            for who in ("ten", "nine", "one", "quarrels")
            for month in (1, 3, 5, 7, 9)
        ),
        ("seen", "2025-08-07", 30.0),
        ("seen", "2025-09-07", 30.0),
        *every("gone", 30, 5, last="2025-03-01"),
        *every("long", 30, 5, last="2024-01-01"),
        *every("4711", 30, 5, last="2026-10-01"),
        *every("refuses", 30, 5, last="2026-10-01"),
    ]
    problems = [
        {"client_id": "open", "opened": "2025-01-01"},  # unsolved to this day
        {"client_id": "badly", "opened": "2026-06-01", "closed": "2026-06-09", "solved": False},
        {"client_id": "old", "opened": "2025-10-01", "closed": "2025-10-30", "solved": False},
        {"client_id": "solved", "opened": "2026-06-01", "closed": "2026-06-09", "solved": True},
        {"client_id": "solved_and_open", "opened": "2026-06-01", "closed": "2026-06-09", "solved": True},
        {"client_id": "solved_and_open", "opened": "2026-05-01"},
    ]
    joined = {"ten": "2016-03-01", "nine": "2017-03-01", "one": "2025-03-01", "quarrels": "2025-03-01"}
    clients: list[dict[str, object]] = [
        *({"client_id": who, "client_name": who, "referred_by": "thanked"} for who in REFERRED),
        {"client_id": "thanked", "client_name": "thanked"},
        {"client_id": "refuses", "consent": False},
        *({"client_id": who, "joined": day} for who, day in joined.items()),
    ]
    portfolio = analyse(book_of(visits, problems=problems, clients=clients))
    # The owner's word, so that nothing but the order and the hooks is looked at here.
    scores = dict.fromkeys(portfolio.clients["client_id"], 5.0)
    scores |= {"hates": 1.0, "quarrels": 1.0, "fond": 9.0}
    said = {client: OwnScore(score, "", AS_OF) for client, score in scores.items()}
    return with_notebook(portfolio, Notebook(own_scores=said))


def letter_to(client: str) -> pd.Series:
    letters = campaign(shop(), 24).letters
    return letters[letters["client_id"] == client].iloc[0]


# --- Whom, in which order ---------------------------------------------------------------------------------


def test_quarrels_come_first_then_the_ignored_then_who_loves_us_and_money_decides_within() -> None:
    # Open problem before badly solved before hated without one; "rich" (60 a visit) before "poor" (20 a visit).
    letters = campaign(shop(), 24).letters
    shown = letters[letters["client_id"].isin(["rich", "poor", "open", "badly", "hates", "fond", "old"])]
    assert shown["client_id"].tolist() == ["open", "badly", "hates", "rich", "poor", "old", "fond"]
    assert shown["group"].tolist() == ["quarrel"] * 3 + ["ignored"] * 3 + ["loved"]


def test_a_problem_badly_solved_more_than_a_year_ago_is_no_quarrel_but_one_still_open_is() -> None:
    assert letter_to("old")["trouble"] == ""
    assert letter_to("open")[["group", "trouble", "trouble_on"]].tolist() == [
        "quarrel",
        "open",
        pd.Timestamp("2025-01-01"),
    ]


@pytest.mark.parametrize(("months", "expected"), [(12, set()), (24, {"gone"}), (600, {"gone", "long"})])
def test_everyone_who_came_within_the_time_asked_for_gets_one(months: int, expected: set[str]) -> None:
    ids = set(campaign(shop(), months).letters["client_id"])
    assert ids & {"gone", "long"} == expected
    assert "Rosa" in ids


def test_who_refused_stays_in_the_list_and_is_marked() -> None:
    letters = campaign(shop(), 24).letters
    assert letters.loc[letters["refused"], "client_id"].tolist() == ["refuses"]


def test_codes_are_no_names_and_without_names_it_says_what_to_add() -> None:
    found = campaign(shop(), 24)
    assert found.unnamed == 1
    assert "4711" not in set(found.letters["client_id"])
    days = [f"2026-{month:02}-05" for month in range(1, 10)]
    nameless = analyse(
        book_of(lines=[{"client_id": "C1", "date": day, "status": "completed"} for day in days])
    )
    assert missing(nameless, 12) == ("sales.client_name",)
    assert campaign(nameless, 24).letters.empty
    assert would_add(shop(), 12) == ("clients.email", "clients.phone")


# --- The hook ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "hook", "value"),
    [
        ("solved", "problem_solved", pd.Timestamp("2026-06-09")),
        ("thanked", "referred", 2),
        ("back", "came_back", pd.Timestamp("2026-04-10")),
        ("Eva", "first_year", pd.Timestamp("2026-06-03")),  # five visits, a month apart, up to 1 October
        ("ten", "round_years", 10),
        ("seen", "last_seen", pd.Timestamp("2025-09-07")),
        ("quarrels", "none", 0),  # five visits this year are nothing to thank for after a quarrel
        ("solved_and_open", "years", 2),  # an open problem: the solved one is not thanked for
    ],
)
def test_a_letter_begins_with_the_most_personal_thing_that_is_known(
    client: str, hook: str, value: object
) -> None:
    letter = letter_to(client)
    assert letter["hook"] == hook
    assert letter["hook_date" if isinstance(value, pd.Timestamp) else "hook_n"] == value


def test_years_are_those_of_31_december_and_one_year_is_not_many() -> None:
    found = candidates(shop())
    assert found["years"].loc["nine", "n"] == 9
    assert "one" not in found["years"].index
    assert found["visits"].loc["one", "n"] == 5


def test_the_service_is_named_where_most_of_this_year_s_visits_were_for_it() -> None:
    # Every 30 days back from 31 October to 4 January: eleven visits of this year, all for Corte.
    found = candidates(shop())["service"].loc["Rosa"]
    assert (found["n"], found["text"]) == (11, "Corte")


def test_after_a_quarrel_no_visit_is_thanked_for() -> None:
    letters = campaign(shop(), 24).letters
    assert set(letters.loc[letters["group"] == "quarrel", "hook"]) <= {*AFTER_A_QUARREL, "none"}


def test_the_owner_is_reminded_of_names_and_problems_that_the_letter_keeps_to_itself() -> None:
    assert material(shop(), "thanked").brought == REFERRED
    assert material(shop(), "Eva").brought_by == "thanked"
    assert [problem.state for problem in material(shop(), "solved_and_open").problems] == ["solved", "open"]


def test_of_many_names_and_problems_the_owner_is_reminded_of_four() -> None:
    """Five came on Ana's word, and five times something went wrong: the latest four, whichever day was typed first."""
    days = ("2026-02-01", "2026-06-01", "2025-12-01", "2026-04-01", "2026-08-01")
    told = material(
        analyse(
            book_of(
                [visit for who in ("ana", *"bcdef") for visit in every(who, 30, 6, last="2026-10-30")],
                clients=[{"client_id": who, "referred_by": "ana"} for who in "bcdef"],
                problems=[{"client_id": "ana", "opened": day, "kind": day} for day in days],
            )
        ),
        "ana",
    )
    assert [problem.kind for problem in told.problems] == sorted(days, reverse=True)[:4]
    assert len(told.brought) == 4


# --- The samples ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["salon_sample", "workshop_sample"])
def test_no_two_neighbours_are_told_the_same_in_the_same_words(
    name: str, request: pytest.FixtureRequest
) -> None:
    letters = campaign(request.getfixturevalue(name), 24).letters
    same = (letters["hook"] == letters["hook"].shift()) & (
        letters["variant"] % 2 == letters["variant"].shift() % 2
    )
    assert not (same & (letters["hook"] != "none")).any()


@pytest.mark.parametrize(
    ("name", "truth"), [("salon_sample", "salon_truth"), ("workshop_sample", "workshop_truth")]
)
def test_the_planted_troubles_are_written_to_first(
    name: str, truth: str, request: pytest.FixtureRequest
) -> None:
    portfolio: Portfolio = request.getfixturevalue(name)
    planted = request.getfixturevalue(truth).set_index("client_id")["trouble"]
    letters = campaign(portfolio, 600).letters
    order = letters["group"].map({"quarrel": 0, "ignored": 1, "loved": 2}).to_numpy()
    assert (np.diff(order) >= 0).all()
    quarrels = set(letters.loc[letters["group"] == "quarrel", "client_id"])
    still_open = set(planted[planted == "open"].index) & set(letters["client_id"])
    assert still_open
    assert still_open <= quarrels
    solved = set(planted[planted == "solved"].index) & set(letters["client_id"]) - quarrels
    recent = set(candidates(portfolio)["problem_solved"].index)
    assert solved & recent
    hooks = letters.set_index("client_id")["hook"]
    assert set(hooks[sorted(solved & recent)]) == {"problem_solved"}


def test_a_letter_for_every_named_client_of_the_sample_once(salon_sample: Portfolio) -> None:
    letters = campaign(salon_sample, 600).letters
    assert sorted(letters["client_id"]) == sorted(salon_sample.clients["client_id"])


# --- How far they have come -------------------------------------------------------------------------------


def test_a_letter_is_to_do_then_ready_then_sent_and_never_for_who_refused() -> None:
    sent = Letter(own_words="Feliz boda", ready=True, sent=AS_OF)
    assert status_of(None, refuses=False) == "to_do"
    assert status_of(Letter(own_words="Feliz boda"), refuses=False) == "to_do"
    assert status_of(Letter(own_words="Feliz boda", ready=True), refuses=False) == "ready"
    assert status_of(sent, refuses=False) == "sent"
    assert status_of(Letter(own_words="Feliz boda", ready=True), refuses=True) == "refused"
    assert status_of(sent, refuses=True) == "sent"


def five_letters(**kept: Letter) -> tuple[pd.DataFrame, Notebook]:
    letters = pd.DataFrame({"client_id": list("abcde"), "refused": [False, False, False, False, True]})
    return letters, Notebook(letters={**kept, "stranger": Letter(sent=dt.date(2026, 11, 5))})


def test_time_left_is_counted_by_hand() -> None:
    letters, book = five_letters(a=Letter(sent=dt.date(2026, 12, 20)), b=Letter(own_words="x", ready=True))
    found = progress(letters, book, as_of=AS_OF, today=dt.date(2026, 12, 22), minutes=6.0)
    # One sent, one ready, two to write (e refused); 22 to 31 December are ten days; three letters at one a day.
    assert (found.to_do, found.ready, found.sent, found.letters) == (2, 1, 1, 4)
    assert found.minutes_left == 12.0
    assert (found.days, found.a_day, found.pace) == (10, 1, 1.0)
    assert (found.done_on, found.in_time) == (dt.date(2026, 12, 24), True)


def test_a_slow_pace_does_not_make_it_to_year_end() -> None:
    kept = {"a": Letter(sent=dt.date(2026, 12, 30))}
    letters, book = five_letters(**kept)
    found = progress(letters, book, as_of=AS_OF, today=dt.date(2026, 12, 30), minutes=5.0)
    assert (found.days, found.a_day, found.done_on, found.in_time) == (2, 2, dt.date(2027, 1, 1), False)


@pytest.mark.parametrize("today", [dt.date(2027, 3, 1), dt.date(2026, 5, 1)])
def test_outside_the_year_of_the_data_days_count_from_its_last_day(today: dt.date) -> None:
    letters, book = five_letters()
    found = progress(letters, book, as_of=AS_OF, today=today, minutes=5.0)
    assert (found.days, found.pace, found.done_on) == (62, None, None)


def test_statuses_stand_beside_their_letters() -> None:
    letters, book = five_letters(c=Letter(ready=True))
    assert statuses(letters, book).tolist() == ["to_do", "to_do", "ready", "to_do", "refused"]
