"""Which offer fits which reason, and what came of offers made: by hand, in the samples, and without columns."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from analysis.consent import refused
from analysis.notebook import OFFERS, Notebook, Offer, Outcome, OutcomeCode, ProblemNote
from analysis.portfolio import Portfolio, analyse
from analysis.practices.calling.calls import call_list
from analysis.practices.needs import missing
from analysis.practices.offers.capacity import capacities
from analysis.practices.offers.ladder import LADDER, LADDERS, client_steps, ladder
from analysis.practices.offers.offers_made import SAVED, saved
from analysis.practices.offers.why_leaving import WHYS
from analysis.with_notebook import with_notebook
from tests.analysis.books import Row, Visit, book_of, every

#: Leo, Ana and Eva came every thirty days, last seven weeks before the data ends; Ida and Noa not since winter.
LATE, LONG_GONE, LAST = "2026-05-10", "2026-01-20", "2026-06-28"


def shop(*, clients: Sequence[Row] = (), **tables: Sequence[Row]) -> Portfolio:
    last = {"Ana": LATE, "Eva": LATE, "Leo": LATE, "Ida": LONG_GONE, "Noa": LONG_GONE}
    late = [visit for who, day in last.items() for visit in every(who, 30, 14, last=day, service="Corte")]
    steady = [visit for n in range(12) for visit in every(f"c{n:02}", 30, 16, last=LAST, service="Corte")]
    visits: list[Visit] = [*late, *steady]
    return analyse(book_of(visits, clients=list(clients), **tables))


@pytest.fixture(scope="module")
def plain() -> Portfolio:
    return shop()


def of(portfolio: Portfolio, client: str) -> pd.Series:
    return ladder(portfolio).set_index("client_id").loc[client]


def said(
    code: OutcomeCode, on: str = "2026-05-20", client: str = "Ana", offer: Offer | None = None
) -> Outcome:
    return Outcome(client, dt.date.fromisoformat(on), code, offer=offer)


def noted(portfolio: Portfolio, *outcomes: Outcome, problems: Sequence[ProblemNote] = ()) -> Portfolio:
    return with_notebook(portfolio, Notebook(outcomes=tuple(outcomes), problems=tuple(problems)))


def test_every_reason_has_two_steps_and_something_never_to_do():
    assert set(LADDER) == set(WHYS)
    assert {step for first, following, _ in LADDER.values() for step in (first, following)} >= set(OFFERS)


def test_who_says_it_is_the_price_has_its_steps_though_they_are_not_at_risk(plain: Portfolio):
    told = noted(plain, said("price", on="2026-06-29", client="c00"))
    assert "c00" not in set(ladder(told)["client_id"])
    (row,) = client_steps(told, "c00").to_dict("records")
    assert (row["client_id"], row["why"], row["source"]) == ("c00", "price", "said")
    assert (row["first"], row["next"], row["never"]) == LADDER["price"]


def test_the_steps_of_one_client_are_those_of_the_ladder_and_none_where_nothing_is_known(plain: Portfolio):
    told = noted(plain, said("problem"))
    pd.testing.assert_series_equal(
        client_steps(told, "Ana").set_index("client_id").loc["Ana"], of(told, "Ana")
    )
    assert client_steps(told, "c01").empty


def test_everyone_at_risk_is_on_the_ladder_money_first(plain: Portfolio):
    table = ladder(plain)
    assert table["client_id"].tolist() == call_list(plain)["client_id"].tolist()
    assert {"Ana", "Eva", "Leo"} <= set(table["client_id"])
    assert tuple(table.columns) == LADDERS


def test_where_nobody_said_why_the_first_step_is_to_ask(plain: Portfolio):
    ana = of(plain, "Ana")
    assert (ana["why"], ana["source"], ana["first"], ana["never"]) == ("unknown", "none", "ask", "blind")


@pytest.mark.parametrize("code", ["price", "problem", "slip", "moved", "left"])
def test_what_they_said_when_called_decides(plain: Portfolio, code: OutcomeCode):
    ana = of(noted(plain, said(code)), "Ana")
    assert (ana["why"], ana["source"]) == (code, "said")
    assert (ana["first"], ana["next"], ana["never"]) == LADDER[code]
    assert ana["since"] == pd.Timestamp("2026-05-20")


def test_for_a_price_a_smaller_amount_comes_first_with_what_is_comfortable(plain: Portfolio):
    ana = of(noted(plain, said("price")), "Ana")
    assert (ana["first"], ana["next"]) == ("smaller_amount", "other_terms")
    # All visits were 30: comfortable up to 30, and a third of it is 10.
    assert (ana["comfortable"], ana["part"]) == (30.0, 10.0)


def test_the_last_thing_said_counts_and_what_was_said_before_the_last_visit_does_not(plain: Portfolio):
    assert of(noted(plain, said("price"), said("slip", "2026-06-02")), "Ana")["why"] == "slip"
    assert of(noted(plain, said("price", "2026-03-01")), "Ana")["why"] == "unknown"


def test_the_exports_own_contacts_are_heard_too():
    told = shop(contacts=[{"client_id": "Ana", "date": "2026-05-20", "outcome": "Le parece caro"}])
    assert of(told, "Ana")["why"] == "price"


def test_a_problem_is_solved_before_anything_is_offered():
    problems = [{"client_id": "Ana", "opened": "2026-04-02", "kind": "Espera larga"}]
    ana = of(shop(problems=problems), "Ana")
    assert (ana["why"], ana["first"], ana["next"], ana["never"]) == (
        "problem",
        "solve",
        "extra",
        "price_first",
    )
    assert ana["detail"] == "Espera larga"


def test_a_problem_of_the_notebook_counts_and_what_they_said_goes_before_it(plain: Portfolio):
    note = ProblemNote("Ana", dt.date(2026, 4, 2), kind="Espera")
    assert of(noted(plain, problems=[note]), "Ana")["source"] == "problem"
    assert of(noted(plain, said("price"), problems=[note]), "Ana")["source"] == "said"


def test_who_owes_is_offered_parts_of_the_debt_and_no_more_credit():
    bills = [
        {"client_id": "Ana", "due": "2026-04-01", "amount": 90.0},
        {"client_id": "Eva", "due": "2026-01-01", "paid": "2026-01-01", "amount": 10.0},
    ]
    ana = of(shop(payments=bills), "Ana")
    assert (ana["why"], ana["first"], ana["next"], ana["never"]) == LADDER_OF_OWES
    assert (ana["owed"], ana["part"]) == (90.0, 30.0)


LADDER_OF_OWES = ("owes", "other_terms", "card_or_credit", "own_credit")


def test_who_is_late_for_the_first_time_is_reminded_first():
    on_time = [
        {"client_id": "Ana", "due": day, "paid": day, "amount": 30.0} for day in ("2026-02-01", "2026-03-01")
    ]
    ana = of(shop(payments=[*on_time, {"client_id": "Ana", "due": "2026-05-01", "amount": 30.0}]), "Ana")
    assert (ana["why"], ana["first"], ana["never"]) == ("first_late", "remind_bill", "press")


def test_who_refused_contact_is_offered_nothing_whatever_the_reason():
    told = shop(
        clients=[{"client_id": "Ana", "consent": False}],
        problems=[{"client_id": "Ana", "opened": "2026-04-02", "kind": "Espera"}],
    )
    ana = of(told, "Ana")
    assert (ana["why"], ana["first"], ana["next"], ana["never"]) == ("no_contact", "wait", "wait", "contact")
    assert (ana["detail"], pd.isna(ana["since"])) == ("", True)


def test_the_offer_already_made_since_their_last_visit_stands_beside(plain: Portfolio):
    made = noted(plain, said("answered", offer="extra"), said("answered", "2026-02-01", "Eva", "extra"))
    assert of(made, "Ana")["offered"] == "extra"
    assert of(made, "Eva")["offered"] == ""  # they have come since
    twice = noted(
        plain, said("answered", offer="extra"), said("answered", "2026-06-01", offer="smaller_amount")
    )
    assert of(twice, "Ana")["offered"] == "smaller_amount"
    on_the_day = noted(plain, said("answered", LATE, offer="extra"))
    assert of(on_the_day, "Ana")["offered"] == "extra"  # whether they came again for it nobody knows yet


def test_saved_are_those_who_came_again_after_the_offer(plain: Portfolio):
    # c00 and c01 came after 1 May; Ida and Noa have not come since; Eva was offered three days ago: too soon to say.
    made = noted(
        plain,
        said("answered", "2026-05-01", "c00", "extra"),
        said("answered", "2026-05-01", "c01", "extra"),
        said("answered", "2026-05-01", "c01", "extra"),  # the same again counts once
        said("answered", "2026-02-05", "Ida", "extra"),
        said("answered", "2026-06-25", "Eva", "extra"),
        said("answered", "2026-02-05", "Noa", "smaller_amount"),
        said("answered", "2026-04-05", "nobody", "extra"),  # no client of this export
    )
    assert plain.settings.horizon_days == 91
    table = saved(made).set_index("offer")
    assert table.index.tolist() == ["smaller_amount", "extra"]
    extra = table.loc["extra"]
    assert (extra["made"], extra["came_again"], extra["did_not"], extra["waiting"]) == (4, 2, 1, 1)
    assert extra["share"] == pytest.approx(2 / 3)
    assert extra["low"] < extra["share"] < extra["high"]
    assert table.loc["smaller_amount", ["made", "came_again", "did_not"]].tolist() == [1, 0, 1]


def test_of_an_offer_on_the_day_of_a_visit_nobody_knows_yet_whether_they_come_again(plain: Portfolio):
    table = saved(noted(plain, said("answered", LAST, "c00", "extra")))
    assert table[["came_again", "waiting"]].to_numpy().tolist() == [[0, 1]]
    assert table["share"].isna().all()


def test_nothing_offered_is_an_empty_table_not_a_share_of_nothing(plain: Portfolio):
    assert saved(plain).empty
    assert tuple(saved(plain).columns) == SAVED


def test_who_left_with_the_seller_is_introduced_to_a_new_one(
    workshop_sample: Portfolio, workshop_truth: pd.DataFrame
):
    table = ladder(workshop_sample).set_index("client_id")
    seller = table[table["why"] == "seller"]
    assert len(seller) > 0
    assert seller["first"].eq("introduce").all()
    assert seller["detail"].eq("Gareth Lloyd").all()
    first_seller = workshop_truth.set_index("client_id")["seller"]
    assert first_seller.reindex(seller.index).eq("Gareth Lloyd").mean() > 0.8


def test_in_the_salon_every_open_problem_at_risk_is_solved_first(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
):
    table = ladder(salon_sample).set_index("client_id")
    trouble = salon_truth.set_index("client_id")["trouble"].reindex(table.index)
    still = table[(trouble == "open") & (table["why"] != "no_contact") & (table["source"] != "said")]
    assert len(still) > 0
    assert still["first"].eq("solve").all()
    assert table.loc[trouble == "", "why"].ne("problem").all()


def test_in_the_salon_what_was_planted_as_moved_or_price_is_what_they_said(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
):
    contacts = salon_sample.records.contacts
    table = ladder(salon_sample).set_index("client_id")
    heard = table[table["source"] == "said"]
    assert set(heard.index) <= set(contacts["client_id"])
    assert heard["why"].isin(["left", "moved", "price", "problem", "slip"]).all()
    why = salon_truth.set_index("client_id")["why"].reindex(heard.index)
    assert why.ne("").all()  # whoever gave a reason had one


def test_a_smaller_amount_is_one_the_client_pays_with_ease(salon_sample: Portfolio):
    table = ladder(salon_sample)
    able = capacities(salon_sample).set_index("client_id")["comfortable"]
    assert table["comfortable"].tolist() == able.reindex(table["client_id"]).tolist()


def test_without_payments_problems_or_contacts_the_ladder_stands_as_advice(plain: Portfolio):
    assert missing(plain, 30) == ()
    assert set(ladder(plain)["why"]) <= {"unknown", "seller", "ticket", "service"}
    assert ladder(plain)["owed"].eq(0.0).all()


def test_nobody_at_risk_is_an_empty_ladder(plain: Portfolio):
    clients = plain.clients.assign(flagged=False)
    assert ladder(replace(plain, clients=clients)).empty


def test_nobody_is_pressed_who_refused(salon_sample: Portfolio):
    table = ladder(salon_sample)
    assert table.loc[refused(table), "why"].eq("no_contact").all()
    assert table.loc[~refused(table), "why"].ne("no_contact").all()
