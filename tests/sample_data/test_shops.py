"""What the simulated exports hold, and that the planted truth is really in their rows."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import sample_data
from analysis.book import STATUSES, TABLES
from sample_data.car_workshop import MISREAD, RESETS, SECOND_CAR_MILES, TWO_CARS
from sample_data.car_workshop import PLAN as WORKSHOP_PLAN
from sample_data.hair_salon import DAYS as SALON_DAYS
from sample_data.hair_salon import MENU
from sample_data.hair_salon import PLAN as SALON_PLAN
from sample_data.lives import Plan
from sample_data.opening_days import easter
from sample_data.people import HOMONYMS
from sample_data.relations import LEFT_UNPAID
from sample_data.sample import RHYTHMS, TRUTH, Sample
from sample_data.till import SERVED_BY_ANOTHER


def completed(sample: Sample) -> pd.DataFrame:
    sales = sample.tables["sales"]
    return sales[sales["status"].eq("completed") & sales["client_id"].notna()]


def gaps(sample: Sample, service: str) -> pd.Series:
    """Days between successive visits for a service, by client id."""
    lines = completed(sample)
    days = lines[lines["service"].eq(service)].drop_duplicates(["client_id", "date"])
    days = days.sort_values(["client_id", "date"])
    return days.set_index("client_id").groupby(level=0)["date"].diff().dt.days.dropna()


def steady(sample: Sample) -> pd.DataFrame:
    """Regular clients who neither drift nor leave."""
    truth = sample.truth
    return truth[truth["kind"].eq("regular") & truth["left_on"].isna() & truth["drift_from"].isna()]


def test_the_same_seed_gives_the_same_content_and_another_does_not():
    one, same, other = (sample_data.salon(seed, clients=60) for seed in (1, 1, 2))
    for table in one.tables:
        assert_frame_equal(one.tables[table], same.tables[table])
    assert_frame_equal(one.truth, same.truth)
    assert_frame_equal(one.rhythms, same.rhythms)
    assert not one.tables["sales"].equals(other.tables["sales"])


#: What neither shop ever gives: their prices are the same for everybody.
GIVEN_BY_NEITHER = {("sales", "discount")}


def test_every_canonical_table_and_column_is_present_and_filled(salon: Sample, workshop: Sample):
    for table, columns in TABLES.items():
        for column in columns:
            if (table, column) in GIVEN_BY_NEITHER:
                assert all(column not in s.tables[table] for s in (salon, workshop))
                continue
            holders = [s for s in (salon, workshop) if column in s.tables[table]]
            assert holders, (table, column)
            assert all(s.tables[table][column].notna().any() for s in holders)
    for of_workshops in ("meter", "subject", "promised", "delivered"):
        assert of_workshops not in salon.tables["sales"]
        assert of_workshops in workshop.tables["sales"]


def test_the_salon_has_600_clients_three_years_and_about_25_000_lines(salon: Sample):
    sales = salon.tables["sales"]
    done = sales[sales["status"].eq("completed")]
    assert len(salon.tables["clients"]) == len(salon.truth) == 600
    assert 24_000 < len(sales) < 27_000
    assert done["date"].min() <= pd.Timestamp("2023-11-04")
    assert done["date"].max() == pd.Timestamp("2026-10-31") == pd.Timestamp(salon.as_of)


def test_the_workshop_has_350_clients_and_four_years(workshop: Sample):
    done = completed(workshop)
    assert len(workshop.truth) == 350
    assert 8_000 < len(workshop.tables["sales"]) < 12_000
    assert done["date"].min() <= pd.Timestamp("2022-11-03")
    assert done["date"].max() >= pd.Timestamp("2026-10-30")


def test_truth_and_rhythms_have_their_documented_columns(shop: Sample):
    assert tuple(shop.truth.columns) == TRUTH
    assert tuple(shop.rhythms.columns) == RHYTHMS
    assert shop.truth["client_id"].is_unique
    assert set(shop.rhythms["client_id"]) <= set(shop.truth["client_id"])


def test_every_kind_of_client_and_every_reason_to_leave_is_planted(shop: Sample):
    assert set(shop.truth["kind"]) == {"regular", "erratic", "seasonal", "yearly", "one_time"}
    assert set(shop.truth["why"]) == {"", "drift", "seller_left", "bad_problem", "moved", "price"}
    assert set(shop.truth["trouble"]) == {"", "solved", "badly_solved", "open"}
    assert set(shop.truth["pays"]) == {"", "on_time", "late", "unpaid", "first_late"}
    assert shop.truth.loc[shop.truth["why"].ne(""), ["left_on", "drift_from"]].notna().any(axis=1).all()


def test_every_status_occurs_and_refunds_alone_are_negative(shop: Sample):
    sales = shop.tables["sales"]
    assert set(sales["status"]) == set(STATUSES)
    assert (sales["amount"].lt(0) == sales["status"].eq("refund")).all()


def test_bookings_lie_after_the_last_day_and_everything_else_before(shop: Sample):
    sales = shop.tables["sales"]
    later = sales["date"] > pd.Timestamp(shop.as_of)
    assert (later == sales["status"].eq("booked")).all()
    assert sales.loc[later].groupby("client_id")["date"].nunique().eq(1).all()


def test_a_cancelled_or_missed_appointment_is_never_on_a_day_the_client_came(shop: Sample):
    sales = shop.tables["sales"]
    missed = sales[sales["status"].isin(["cancelled", "no_show"])]
    came = pd.MultiIndex.from_frame(completed(shop)[["client_id", "date"]])
    assert not pd.MultiIndex.from_frame(missed[["client_id", "date"]]).isin(came).any()


def test_the_salon_is_closed_on_sundays_mondays_holidays_and_two_weeks_of_august(salon: Sample):
    dates = salon.tables["sales"]["date"]
    assert not dates.dt.day_of_week.isin([0, 6]).any()
    august = dates.dt.month.eq(8) & dates.dt.day.between(10, 23)
    assert not august.any()
    assert not dates.isin(pd.to_datetime(["2024-03-29", "2025-01-01", "2025-12-25", "2026-10-12"])).any()


def test_december_is_the_best_month_and_august_the_worst(salon: Sample):
    done = completed(salon)
    by_month = done.groupby([done["date"].dt.year, done["date"].dt.month])["amount"].sum()
    for year in (2024, 2025):
        assert by_month[year].idxmin() == 8
        assert by_month[year, 12] > by_month[year].median()


def test_prices_rise_every_january(shop: Sample):
    done = completed(shop)
    main = done["service"].mode()[0]
    means = done[done["service"].eq(main)].groupby(done["date"].dt.year)["amount"].mean().iloc[1:]
    assert means.is_monotonic_increasing


@pytest.mark.parametrize(
    ("service", "days"), [("Corte", 30), ("Uñas", 21), ("Barba", 21), ("Color", 60), ("Mechas", 90)]
)
def test_each_service_of_the_salon_keeps_its_own_cadence(salon: Sample, service: str, days: int):
    steady_gaps = gaps(salon, service).loc[lambda g: g.index.isin(steady(salon)["client_id"])]
    by_client = steady_gaps.groupby(level=0).median()
    assert by_client.median() == pytest.approx(days, rel=0.12)


def test_the_workshops_services_follow_the_calendar_or_the_miles(workshop: Sample):
    truth = steady(workshop).set_index("client_id")
    oil = gaps(workshop, "Oil and filter").groupby(level=0).agg(["median", "size"])
    oil = oil[oil["size"] >= 6].join(truth["meter_per_day"], how="inner")
    miles_between = oil["median"] * oil["meter_per_day"]
    assert miles_between.median() == pytest.approx(6_000, rel=0.12)
    mot = gaps(workshop, "MOT test").loc[lambda g: g.index.isin(truth.index)]
    assert mot.median() == pytest.approx(365, abs=15)


def test_a_steady_clients_gaps_average_their_planted_interval(shop: Sample):
    planted = shop.rhythms.set_index(["client_id", "service"])["interval_days"]
    found = pd.concat(
        {
            service: gaps(shop, service).groupby(level=0).agg(["mean", "size"])
            for service in shop.rhythms["service"].unique()
        }
    ).swaplevel()
    found = found[(found["size"] >= 12) & found.index.get_level_values(0).isin(steady(shop)["client_id"])]
    ratio = found["mean"] / planted.reindex(found.index)
    assert len(ratio) > 60
    # Skipped visits lengthen the mean by 4%; closed weeks belong to the rhythm, as the shop's clock stands still.
    assert ratio.median() == pytest.approx(1.04, abs=0.04)
    assert ratio.between(0.75, 1.4).mean() > 0.95


def test_regular_clients_are_regular_and_erratic_ones_are_not(salon: Sample):
    main = salon.rhythms[salon.rhythms["main"] & salon.rhythms["service"].eq("Corte")]
    cut = gaps(salon, "Corte").groupby(level=0).agg(["mean", "std", "size"])
    cut = (
        cut[cut["size"] >= 10]
        .join(salon.truth.set_index("client_id"))
        .loc[lambda f: f.index.isin(main["client_id"])]
    )
    cut = cut[cut["drift_from"].isna()]
    variation = (cut["std"] / cut["mean"]).groupby(cut["kind"]).median()
    assert variation["regular"] < 0.5
    assert variation["erratic"] > 0.7


def test_hairdos_follow_occasions_not_a_rhythm(salon: Sample):
    hairdos = gaps(salon, "Peinado")
    assert (hairdos.std() / hairdos.mean()) > 0.9
    assert "Peinado" not in set(salon.rhythms["service"])


def test_nobody_who_left_ever_comes_again(shop: Sample):
    last_line = completed(shop).groupby("client_id")["date"].max()
    left = shop.truth.set_index("client_id")["left_on"].dropna()
    assert (
        last_line.reindex(left.index).dropna() <= left.reindex(last_line.index).dropna().reindex(left.index)
    ).all()
    assert last_line.reindex(left.index).notna().all()


def test_truth_counts_the_visits_that_the_rows_show(shop: Sample):
    done = completed(shop)
    shown = done.groupby("client_id")["date"].agg(["nunique", "min", "max"])
    truth = shop.truth.set_index("client_id")
    assert (shown["nunique"].reindex(truth.index).fillna(0) == truth["visits"]).all()
    pd.testing.assert_series_equal(
        shown["max"].reindex(truth.index), truth["last_visit"], check_names=False, check_dtype=False
    )


def test_gaps_lengthen_and_tickets_fall_while_a_client_drifts(salon: Sample):
    done = completed(salon)[["client_id", "date", "amount"]].merge(salon.truth, on="client_id")
    done = done[done["drift_from"].notna() & done["kind"].eq("regular")]
    visits = done.groupby(["client_id", "date", "drift_from"], as_index=False)["amount"].sum()
    visits["gap"] = visits.groupby("client_id")["date"].diff().dt.days
    drifting = visits["date"] > visits["drift_from"] + pd.Timedelta(days=30)
    assert visits.loc[drifting, "gap"].mean() > 1.35 * visits.loc[~drifting, "gap"].mean()
    assert visits.loc[drifting, "amount"].mean() < 0.93 * visits.loc[~drifting, "amount"].mean()


def test_drifting_clients_give_up_services(shop: Sample):
    given_up = shop.rhythms[shop.rhythms["given_up_on"].notna()]
    assert len(given_up) >= 15
    assert not given_up["main"].any()
    last = completed(shop).groupby(["client_id", "service"])["date"].max()
    merged = given_up.set_index(["client_id", "service"])["given_up_on"].to_frame().join(last).dropna()
    late = (merged["date"] - merged["given_up_on"]).dt.days
    assert late.max() <= 20  # a service done together with another falls a few days later


def test_seasonal_clients_come_in_their_months_only_and_in_several_years(shop: Sample):
    done = completed(shop)
    seasonal = shop.truth[shop.truth["kind"].eq("seasonal")].set_index("client_id")["season"]
    theirs = done[done["client_id"].isin(seasonal.index)]
    allowed = theirs["client_id"].map(seasonal).str.split()
    rhythmic = [str(month) in months for month, months in zip(theirs["date"].dt.month, allowed, strict=True)]
    bought = theirs["service"].eq("Bono tratamientos")
    assert (np.array(rhythmic) | bought.to_numpy()).all()
    years = theirs.groupby("client_id")["date"].agg(lambda dates: dates.dt.year.nunique())
    assert (years >= 3).mean() > 0.85


def test_yearly_and_one_time_clients_are_what_they_are_called(shop: Sample):
    done = completed(shop)
    by_client = done.groupby("client_id")["date"].nunique()
    kinds = shop.truth.set_index("client_id")["kind"]
    assert (by_client[kinds[kinds.eq("one_time")].index] == 1).all()
    yearly = done[done["client_id"].isin(kinds[kinds.eq("yearly")].index)].drop_duplicates(
        ["client_id", "date"]
    )
    between = yearly.sort_values("date").groupby("client_id")["date"].diff().dt.days.dropna()
    assert between.median() == pytest.approx(365, abs=12)


@pytest.mark.parametrize(("name", "plan"), [("salon", SALON_PLAN), ("workshop", WORKSHOP_PLAN)])
def test_the_seller_who_leaves_serves_nobody_afterwards_and_part_of_her_clients_go(
    request: pytest.FixtureRequest, name: str, plan: Plan
):
    sample: Sample = request.getfixturevalue(name)
    leaver = next(seller for seller in plan.sellers if seller.until)
    done = completed(sample)
    hers = done[done["staff"].eq(leaver.name)]
    assert len(hers) > 500
    assert hers["date"].max() <= pd.Timestamp(leaver.until)
    followed = sample.truth[sample.truth["why"].eq("seller_left")]
    stayed = sample.truth[
        sample.truth["seller"].eq(leaver.name)
        & sample.truth["left_on"].isna()
        & (sample.truth["last_visit"] > pd.Timestamp(leaver.until))
    ]
    assert len(followed) >= 15
    assert len(stayed) >= 15
    assert (followed["left_on"] == pd.Timestamp(leaver.until)).all()
    assert stayed["seller_now"].ne(leaver.name).all()


def test_clients_are_mostly_served_by_their_usual_seller(salon: Sample):
    specialists = {service.name for service in MENU if service.specialist}
    done = completed(salon)
    done = done[~done["service"].isin(specialists) & (done["date"] <= pd.Timestamp("2026-06-27"))]
    usual = done["client_id"].map(salon.truth.set_index("client_id")["seller"])
    share = (done["staff"] == usual).mean()
    assert share == pytest.approx(1 - SERVED_BY_ANOTHER * 0.75, abs=0.04)


def test_problems_agree_with_the_truth(shop: Sample):
    problems = shop.tables["problems"].merge(shop.truth, on="client_id")
    assert (problems["closed"].isna() == problems["trouble"].eq("open")).all()
    assert (problems["solved"].fillna(False) == problems["trouble"].eq("solved")).all()
    assert problems["solved"].isna().equals(problems["closed"].isna())
    assert (problems["closed"] > problems["opened"]).reindex(problems.index[problems["closed"].notna()]).all()
    quarrels = problems[problems["why"].eq("bad_problem")]
    assert len(quarrels) >= 8
    assert set(quarrels["trouble"]) <= {"badly_solved", "open"}
    assert ((quarrels["opened"] - quarrels["last_visit"]).dt.days.between(0, 3)).all()
    assert problems["staff"].isna().any()


def test_payments_agree_with_the_truth(shop: Sample):
    bills = shop.tables["payments"].merge(shop.truth, on="client_id")
    as_of = pd.Timestamp(shop.as_of)
    due = bills[bills["due"] <= as_of - pd.Timedelta(days=60)]
    late = (due["paid"] - due["due"]).dt.days
    assert late[due["pays"].eq("on_time")].le(0).all()
    assert late[due["pays"].eq("late")].between(5, 45).all()
    overdue = bills[(bills["due"] <= as_of) & bills["paid"].isna()]
    owing = overdue.loc[overdue["pays"].eq("unpaid"), "client_id"].value_counts()
    assert len(owing) >= 2
    assert owing.max() == LEFT_UNPAID
    assert not due.loc[due["pays"].isin(["on_time", "late"]), "paid"].isna().any()
    assert (bills["due"] > as_of).any()
    assert not (bills["paid"] > as_of).any()


def test_nobody_who_refused_is_contacted(shop: Sample):
    refused = shop.tables["clients"].loc[lambda c: c["consent"].eq(False).fillna(False), "client_id"]
    assert len(refused) > 20
    assert not shop.tables["contacts"]["client_id"].isin(refused).any()
    assert {"whatsapp", "call", "email"} == set(shop.tables["contacts"]["channel"])
    assert {"moved", "price", "not_interested", "confirmed"} <= set(shop.tables["contacts"]["outcome"])


def test_people_are_invented_and_some_share_their_name(shop: Sample):
    clients = shop.tables["clients"]
    same_name = clients[clients["client_name"].duplicated(keep=False)]
    assert len(same_name) >= 2 * HOMONYMS
    assert clients["client_id"].is_unique
    assert clients["phone"].dropna().str.fullmatch(r"\+34 600 000 \d{3}|07700 900\d{3}").all()
    assert clients["phone"].dropna().is_unique
    assert clients["email"].dropna().str.fullmatch(r"[a-z.\-]+\d+@example\.com").all()
    assert clients["birthday"].dropna().between(pd.Timestamp("1945-01-01"), pd.Timestamp("2007-01-01")).all()


def test_clients_refer_each_other_to_people_who_were_there_before(shop: Sample):
    clients = shop.tables["clients"]
    sent = clients[clients["referred_by"].isin(clients["client_name"])]
    assert len(sent) > len(clients) * 0.12
    joined = clients.groupby("client_name")["joined"].min()
    assert (sent["referred_by"].map(joined) <= sent["joined"]).mean() > 0.97


def test_walk_ins_have_neither_id_nor_name(shop: Sample):
    sales = shop.tables["sales"]
    assert sales["client_id"].isna().equals(sales["client_name"].isna())
    assert 0.02 < sales["client_id"].isna().mean() < 0.1


def readings(workshop: Sample) -> pd.DataFrame:
    """One row per client and day with a reading, and what the truth says is wrong with that client's."""
    read = completed(workshop).dropna(subset=["meter"]).drop_duplicates(["client_id", "date"])
    truth = workshop.truth[["client_id", "meter_fault", "meter_fault_on"]]
    return read.sort_values(["client_id", "date"]).merge(truth, on="client_id")


def test_mileage_rises_but_for_the_faults_that_the_truth_tells(workshop: Sample):
    read = readings(workshop)
    falls = read.groupby("client_id")["meter"].diff() < 0
    here = read["date"].eq(read["meter_fault_on"])
    assert falls[read["meter_fault"].ne("two_cars")].sum() <= MISREAD + RESETS
    assert not falls[~here & read["meter_fault"].ne("two_cars")].any()
    assert workshop.truth["meter_fault"].value_counts().drop("").to_dict() == {
        "misread": MISREAD,
        "reset": RESETS,
        "two_cars": TWO_CARS,
    }


def test_a_misread_value_lost_its_last_digit_and_a_new_meter_begins_low_and_goes_on(workshop: Sample):
    read = readings(workshop)
    before, after = (read.groupby("client_id")["meter"].shift(by) for by in (1, -1))
    here = read["date"].eq(read["meter_fault_on"])
    misread, reset = (here & read["meter_fault"].eq(fault) for fault in ("misread", "reset"))
    assert misread.sum() == MISREAD
    assert (read["meter"] * 10 / before)[misread].between(1.0, 1.3).all()
    assert reset.sum() == RESETS
    assert read.loc[reset, "meter"].lt(1_000).all()
    assert (after > read["meter"])[reset].all()


def test_each_client_of_the_workshop_has_one_plate_on_every_line(workshop: Sample):
    """Those with two cars, too: only their readings tell."""
    sales = workshop.tables["sales"]
    theirs = sales[sales["client_id"].notna()]
    assert theirs["subject"].str.fullmatch(r"[A-Z]Q\d\d [A-Z]{3}").all()
    assert theirs.groupby("client_id")["subject"].nunique().eq(1).all()
    assert theirs.groupby("subject")["client_id"].nunique().eq(1).all()
    assert sales.loc[sales["client_id"].isna(), "subject"].isna().all()


def test_two_cars_under_one_name_are_far_apart_and_each_goes_up(workshop: Sample):
    read = readings(workshop)
    theirs = read[read["meter_fault"].eq("two_cars")]
    second = theirs["meter"] > theirs.groupby("client_id")["meter"].transform("min") + SECOND_CAR_MILES
    assert second.groupby(theirs["client_id"]).sum().ge(3).all()
    steps = theirs.groupby(["client_id", second])["meter"].diff().dropna()
    assert (steps >= 0).mean() >= 0.75  # a car driven much gets to where the other one began


def test_mileage_grows_by_what_each_one_drives(workshop: Sample):
    read = readings(workshop)
    read = read[read["meter_fault"].eq("")]
    paces = read.groupby("client_id").filter(lambda g: len(g) >= 10).groupby("client_id")
    slope = paces.apply(
        lambda g: np.polyfit((g["date"] - g["date"].min()).dt.days, g["meter"], 1)[0], include_groups=False
    )
    ratio = slope / workshop.truth.set_index("client_id")["meter_per_day"].reindex(slope.index)
    assert ratio.median() == pytest.approx(1.0, abs=0.05)


def test_ratings_follow_the_mood_and_fall_where_something_went_wrong(salon: Sample):
    rated = salon.tables["sales"].dropna(subset=["rating"])
    assert rated["rating"].between(1, 10).all()
    mood = rated["client_id"].map(salon.truth.set_index("client_id")["mood"])
    assert np.corrcoef(rated["rating"], mood)[0, 1] > 0.5
    problems = salon.tables["problems"]
    quarrels = problems.loc[~problems["solved"].fillna(False), "client_id"]
    low = rated.groupby("client_id")["rating"].min()
    assert low[low.index.isin(quarrels)].median() <= 5
    assert low[~low.index.isin(problems["client_id"])].median() >= 7


def test_workshop_ratings_are_whole_stars(workshop: Sample):
    stars = workshop.tables["sales"]["rating"].dropna() / 2
    assert set(stars) <= {1.0, 2.0, 3.0, 4.0, 5.0}


@pytest.mark.parametrize(
    "sunday", ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"]
)
def test_easter_falls_on_the_published_dates(sunday: str):
    date = dt.date.fromisoformat(sunday)
    assert easter(date.year) == date


def test_the_clock_stands_still_on_good_friday():
    clock = SALON_DAYS.busyness
    assert clock[SALON_DAYS.day(dt.date(2024, 3, 29))] == 0.0
    assert clock[SALON_DAYS.day(dt.date(2025, 4, 18))] == 0.0
    assert clock.mean() == pytest.approx(1.0)


def test_moments_and_days_are_each_others_inverse():
    days = np.flatnonzero(SALON_DAYS.busyness)[:500]
    opening = SALON_DAYS.moments(days)
    assert (SALON_DAYS.days_at(opening + 1e-9) == days).all()


def planted(sample: Sample, fact: str) -> pd.DataFrame:
    return sample.facts[sample.facts["fact"].eq(fact)]


def test_five_clients_of_one_seller_call_off_in_one_week_and_are_not_seen_again(salon: Sample):
    together = planted(salon, "cancelled_together")
    assert len(together) == 5
    assert set(together["value"]) == {"Irene Lara"}
    assert together["on"].between("2026-10-12", "2026-10-18").all()
    sales = salon.tables["sales"].merge(together[["client_id", "on"]], on="client_id")
    since = sales[sales["date"] >= "2026-10-12"]
    assert since["status"].eq("cancelled").all()
    assert since.groupby("client_id")["date"].first().eq(together.set_index("client_id")["on"]).all()
    came = sales[sales["status"].eq("completed")].groupby("client_id")["date"]
    assert came.nunique().ge(8).all()
    assert came.max().ge("2026-08-15").all()


def test_before_them_a_cancellation_was_followed_by_a_visit_for_half_a_year(salon: Sample):
    alone = planted(salon, "cancelled_alone")
    assert len(alone) == 8
    assert alone["on"].max() < pd.Timestamp("2026-04-26")
    sales = salon.tables["sales"]
    last_visit = completed(salon).groupby("client_id")["date"].max()
    off = sales[sales["status"].eq("cancelled")]
    final = off[(off["date"] > off["client_id"].map(last_visit)) & (off["date"] < "2026-10-12")]
    assert set(final.loc[final["date"] < "2026-09-01", "client_id"]) == set(alone["client_id"])


@pytest.mark.parametrize(("name", "least"), [("salon", 1), ("workshop", 6)])
def test_some_pay_late_for_the_first_time(name: str, least: int, request: pytest.FixtureRequest):
    sample: Sample = request.getfixturevalue(name)
    bills = planted(sample, "first_late_bill")
    assert len(bills) == least
    payments = sample.tables["payments"].merge(bills[["client_id", "on"]], on="client_id")
    before = payments[payments["due"] < payments["on"]]
    assert before.groupby("client_id").size().ge(2).all()
    assert before["paid"].le(before["due"]).all()
    last = payments[payments["due"] == payments["on"]]
    assert not (last["paid"] <= last["due"]).any()
    pays = sample.truth.set_index("client_id")["pays"]
    assert set(pays.index[pays == "first_late"]) == set(bills["client_id"])


def test_the_workshop_keeps_most_promises_and_repairs_seldom(workshop: Sample):
    lines = workshop.tables["sales"]
    told = lines[lines["promised"].notna() & lines["delivered"].notna()]
    kept = told["delivered"] <= told["promised"]
    assert kept.mean() == pytest.approx(0.88, abs=0.01)
    by_service = kept.groupby(told["service"]).mean()
    assert by_service.idxmin() == planted(workshop, "slow_service")["value"].item() == "Repair"
    assert by_service["Repair"] < 0.7
    assert by_service.drop("Repair").min() > 0.88
    assert (told["promised"] >= told["date"]).all()
    late = (told["delivered"] - told["promised"]).dt.days
    assert set(told.loc[late > 10, "client_id"]) == set(planted(workshop, "delivered_very_late")["client_id"])


def test_some_promises_are_open_at_the_end_and_some_of_them_overdue(workshop: Sample):
    lines = workshop.tables["sales"]
    still = lines[lines["promised"].notna() & lines["delivered"].isna()]
    waiting = planted(workshop, "promise_open")
    assert set(still["client_id"]) == set(waiting["client_id"])
    assert (waiting["on"] < pd.Timestamp("2026-10-30")).sum() >= 4
    assert lines["delivered"].max() <= pd.Timestamp(workshop.as_of)


def test_problems_say_what_happened_and_when_an_answer_was_promised(shop: Sample):
    problems = shop.tables["problems"]
    assert problems["detail"].notna().mean() == pytest.approx(0.85, abs=0.12)
    told = problems[problems["promised"].notna()]
    assert len(told) / len(problems) == pytest.approx(0.8, abs=0.12)
    assert (told["promised"] > told["opened"]).all()
