"""What the analysis finds in the sample workbooks against what was planted in them.

The bounds are wide enough for another seed (both shops were tried with several) and narrow enough that a broken step
breaks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import gamma
from sklearn.metrics import roc_auc_score

import sample_data
from analysis.book import Book
from analysis.portfolio import Portfolio, analyse
from analysis.quality import quality_of
from analysis.reading import Upload, read
from analysis.report import summary
from sample_data import SAMPLES, car_workshop, hair_salon
from sample_data.people import WITH_EMAIL, WITH_PHONE

#: Silence after which a departure must have been noticed: this many usual gaps (erratic clients have longer ones).
NOTICED_AFTER = {"regular": 2.5, "erratic": 4.0}
AT_LEAST_DAYS = 60

#: A client with this many visits for a service shows its rhythm well.
WELL_KNOWN = 12


@dataclass(frozen=True)
class Found:
    """A shop's results with the truth beside each client (`left_on`, `why`, ... ; its seller is `first_seller`)."""

    name: str
    book: Book
    portfolio: Portfolio
    clients: pd.DataFrame
    rhythms: pd.DataFrame

    @property
    def stays(self) -> pd.Series:
        return self.clients["left_on"].isna()

    @property
    def drifting(self) -> pd.Series:
        return self.stays & self.clients["drift_from"].notna()

    @property
    def steady(self) -> pd.Series:
        clients = self.clients
        return self.stays & ~self.drifting & clients["kind"].eq("regular") & clients["visits"].ge(3)

    @property
    def long_gone(self) -> pd.Series:
        """Those who left so long ago that their silence says it."""
        usual = self.clients["kind"].map(NOTICED_AFTER) * self.clients["main_interval"]
        silence = (pd.Timestamp(self.portfolio.as_of) - self.clients["left_on"]).dt.days
        return silence > np.maximum(usual, AT_LEAST_DAYS)

    def has(self, code: str) -> pd.Series:
        return self.clients["reasons"].map(lambda reasons: any(reason.code == code for reason in reasons))

    def states(self, who: pd.Series) -> pd.Series:
        return self.clients.loc[who, "state"]


def _planted(path: Path, *dates: str) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False).assign(
        **{date: lambda planted, date=date: pd.to_datetime(planted[date]) for date in dates}
    )


def _found(language: str) -> Found:
    path = SAMPLES[language]
    name = {"es": "salon", "en": "workshop"}[language]
    truth = _planted(path.parent / f"{name}_truth.csv", "drift_from", "left_on")
    rhythms = _planted(path.parent / f"{name}_rhythms.csv", "given_up_on")
    book = read([Upload(path.name, path.read_bytes())])
    portfolio = analyse(book)
    truth = truth.rename(columns={"seller": "first_seller", "visits": "visits_planted"})
    truth = truth.drop(columns=["client_name", "first_visit", "last_visit"])
    main = rhythms.loc[rhythms["main"]].set_index("client_id")["interval_days"]
    clients = portfolio.clients.merge(truth, on="client_id", validate="one_to_one")
    clients = clients.assign(main_interval=clients["client_id"].map(main))
    return Found(name, book, portfolio, clients, rhythms)


@pytest.fixture(scope="module")
def salon() -> Found:
    return _found("es")


@pytest.fixture(scope="module")
def workshop() -> Found:
    return _found("en")


@pytest.fixture(scope="module", params=["salon", "workshop"])
def shop(request: pytest.FixtureRequest) -> Found:
    found: Found = request.getfixturevalue(request.param)
    return found


def test_every_row_of_the_samples_is_read_and_used(shop: Found):
    assert shop.book.left_out.empty
    assert all(sheet.table and sheet.rows_read == sheet.rows_used for sheet in shop.book.sheets)
    assert not shop.book.questions
    assert shop.book.currency == {"salon": "EUR", "workshop": "GBP"}[shop.name]


def test_what_is_read_is_what_was_simulated(shop: Found):
    sample = getattr(sample_data, shop.name)()
    for table, expected in sample.tables.items():
        read_back = shop.book.table(table)
        assert len(read_back) == len(expected)
        for column in set(read_back.columns) & set(expected.columns) - {"outcome", "channel"}:
            if shop.book.knows(table, column):
                assert list(read_back[column].isna()) == list(expected[column].isna()), (table, column)
    sales, simulated = shop.book.sales, sample.tables["sales"]
    assert sales["status"].tolist() == simulated["status"].tolist()
    assert sales["amount"].sum() == pytest.approx(simulated["amount"].sum())
    # Stars and marks land on one scale in their own ways; which is better than which must stay.
    ranks = [rows["rating"].dropna().rank(method="dense").tolist() for rows in (sales, simulated)]
    assert ranks[0] == ranks[1]


def test_visits_are_counted_as_they_were_planted(shop: Found):
    assert (shop.clients["visits"] == shop.clients["visits_planted"]).all()


def test_whoever_left_long_ago_is_found_gone_or_late_and_never_on_time(shop: Found):
    states = shop.states(shop.long_gone)
    assert len(states) >= 45
    assert not states.isin(["on_time", "new"]).any()
    assert states.isin(["lapsed", "late"]).mean() >= 0.97
    assert states.eq("lapsed").mean() >= 0.9


def test_steady_clients_are_not_called_gone_and_seldom_late(shop: Found):
    states = shop.states(shop.steady)
    assert len(states) >= 90
    assert states.eq("lapsed").mean() <= 0.02
    assert states.eq("late").mean() <= 0.08
    assert shop.clients.loc[shop.steady, "flagged"].mean() <= 0.2


def test_each_service_interval_is_found_close_to_the_planted_one(shop: Found):
    steady = shop.clients.loc[shop.steady, ["client_id"]]
    streams = shop.portfolio.streams.merge(
        shop.rhythms, on=["client_id", "service"], suffixes=("", "_planted")
    )
    streams = streams.merge(steady, on="client_id")
    # Found is the middle of a client's gaps, planted their mean: of a gamma distribution the median is a little less.
    k = streams["regularity_k"]
    error = np.log(streams["interval_days"] / (streams["interval_days_planted"] * gamma.median(k) / k))
    well_known = streams["visits"] >= WELL_KNOWN
    assert well_known.sum() >= 60
    assert error[well_known].abs().median() <= 0.1
    assert abs(error[well_known].median()) <= 0.08
    assert (error[well_known].abs() > 0.4).mean() <= 0.03
    some_visits = streams["visits"].between(3, WELL_KNOWN - 1)
    assert error[some_visits].abs().median() <= 0.18


def test_the_salons_standards_are_the_planted_cadences_within_a_week(salon: Found):
    standards = salon.portfolio.services.set_index("service")["standard_days"]
    for service, days in {"Corte": 30, "Uñas": 21, "Barba": 21, "Tratamiento": 45, "Mechas": 90}.items():
        assert standards[service] == pytest.approx(days, abs=11), service


def test_erratic_clients_are_told_from_regular_and_yearly_ones(shop: Found):
    erratic = shop.clients["regularity"].eq("erratic").groupby(shop.clients["kind"]).mean()
    assert erratic["erratic"] >= 0.75
    assert erratic["yearly"] == 0.0
    # In the salon; a workshop's regular clients come for services months apart and look less regular as a whole.
    if shop.name == "salon":
        assert erratic["regular"] <= 0.45


def test_whoever_drifts_away_ranks_above_the_steady_in_the_salon(salon: Found):
    active = salon.clients["active"] & (salon.steady | salon.drifting)
    assert roc_auc_score(salon.drifting[active], salon.clients.loc[active, "p_no_visit"]) >= 0.68


def test_the_alarm_names_the_drifting_more_often_than_the_steady(salon: Found):
    flagged = salon.clients["flagged"]
    assert flagged[salon.drifting].mean() >= 1.7 * flagged[salon.steady].mean()


def test_a_good_part_of_the_flagged_really_leave(shop: Found):
    flagged = shop.clients[shop.clients["flagged"]]
    leaving = flagged["left_on"].notna() | flagged["drift_from"].notna()
    everyone_else = shop.clients[shop.clients["active"]]
    base = (everyone_else["left_on"].notna() | everyone_else["drift_from"].notna()).mean()
    assert len(flagged) >= 20
    assert leaving.mean() >= 0.25
    assert leaving.mean() >= 1.8 * base


def test_longer_gaps_are_named_as_a_reason_of_those_who_drift(salon: Found):
    trend = salon.has("gap_trend")
    assert trend[salon.drifting].mean() >= 0.4
    assert trend[salon.drifting].mean() >= 1.8 * trend[salon.steady].mean()


def test_a_service_given_up_is_named(salon: Found):
    given_up = salon.rhythms.loc[salon.rhythms["given_up_on"].notna(), "client_id"]
    dropped = salon.has("service_dropped")
    assert dropped[salon.clients["client_id"].isin(given_up) & salon.stays].mean() >= 0.5
    assert dropped[salon.steady].mean() <= 0.2


def test_the_back_test_beats_the_simple_rules_on_a_planted_past(shop: Found):
    back_test = shop.portfolio.back_test
    assert back_test.usable
    assert back_test.method in {"puntual", "rhythm"}
    auc = back_test.methods.set_index("method")["auc"]
    assert auc[back_test.method] >= 0.8
    assert auc[back_test.method] > max(auc["recency"], auc["own_gap"]) + 0.02


def test_a_seller_who_left_is_found_behind_the_clients_who_followed(shop: Found):
    reason = shop.has("staff_left")
    followed = shop.clients["why"].eq("seller_left")
    still_served = (
        shop.clients["first_seller"].eq(shop.clients["seller_now"]) & ~followed & shop.clients["visits"].ge(3)
    )
    assert followed.sum() >= 10
    assert reason[followed].mean() >= 0.7
    assert reason[still_served].mean() <= 0.12


def test_open_problems_are_found_all_and_only(shop: Found):
    assert shop.has("problem_open").equals(shop.clients["trouble"].eq("open"))


def test_badly_solved_problems_are_found_and_no_others(shop: Found):
    badly = shop.clients["trouble"].eq("badly_solved")
    assert not (shop.has("problem_badly_solved") & ~badly).any()
    assert shop.has("problem_badly_solved")[badly].any()


def test_only_those_who_owe_are_said_to_pay_late(shop: Found):
    payments = shop.book.table("payments")
    days_over = (pd.Timestamp(shop.portfolio.as_of) - payments["due"]).dt.days.where(payments["paid"].isna())
    owes, owes_long = (
        shop.clients["client_id"].isin(payments.loc[days_over > days, "client_id"]) for days in (0, 31)
    )
    assert not (shop.has("payment_late") & ~owes).any()
    assert shop.has("payment_late")[owes_long].all()


def test_hate_needs_a_sign_and_those_who_quarrelled_show_it(shop: Found):
    hated = shop.clients["band"].eq("hated")
    quarrelled = shop.clients["why"].eq("bad_problem")
    assert hated[quarrelled].mean() >= 0.5
    lowest = shop.book.sales.groupby("client_id")["rating"].min()
    rated_low = shop.clients["client_id"].map(lowest).le(5)
    owes = shop.clients["pays"].isin(["late", "unpaid"])
    assert not (hated & ~rated_low & ~owes & shop.clients["trouble"].eq("")).any()
    assert hated.mean() <= 0.08


def test_loved_clients_are_the_happier_ones_and_none_is_long_gone(shop: Found):
    loved = shop.clients["band"].eq("loved")
    assert 0.15 <= loved.mean() <= 0.45
    assert shop.clients.loc[loved, "mood"].mean() >= shop.clients.loc[~loved, "mood"].mean() + 0.5
    assert loved[shop.long_gone].mean() <= 0.05


def test_seasonal_clients_out_of_season_are_neither_late_nor_gone(shop: Found):
    states = shop.states(shop.clients["kind"].eq("seasonal"))
    assert not states.isin(["late", "lapsed"]).any()


def test_the_salons_winter_and_spring_clients_are_seasonal_in_october(salon: Found):
    away = salon.clients["season"].isin(["3 4 5", "12 1"])
    assert away.sum() >= 8
    assert salon.states(away).isin(["seasonal", "booked"]).mean() >= 0.75
    assert not salon.clients.loc[away, "flagged"].any()


def test_yearly_clients_are_waited_for(shop: Found):
    states = shop.states(shop.clients["kind"].eq("yearly"))
    assert states.isin(["on_time", "due", "new", "booked"]).mean() >= 0.9
    assert states.eq("lapsed").mean() <= 0.1  # a year skipped looks like leaving


def test_the_months_and_closed_days_of_the_year_are_the_planted_ones(shop: Found):
    planted = {"salon": hair_salon.DAYS, "workshop": car_workshop.DAYS}[shop.name]
    dates = pd.date_range(planted.first, periods=planted.end)
    busyness = pd.Series(planted.busyness[: planted.end], dates)
    year = shop.portfolio.year
    assert year.season == "known"
    months = busyness.groupby(busyness.index.month).mean()
    off = year.months["factor"].to_numpy() - (months / months.mean()).to_numpy()
    # The workshop's motorhomes come on top of its planted months, from April to September.
    assert np.abs(off).mean() <= {"salon": 0.05, "workshop": 0.15}[shop.name]
    weekdays = busyness.groupby(busyness.index.day_of_week).sum()
    assert list(year.closed_weekdays) == weekdays.index[weekdays == 0].tolist()
    shut = {(day.month, day.day) for day in busyness.index[busyness == 0]}
    assert set(year.holidays) <= shut
    if shop.name == "salon":  # the workshop's Christmas is one of its closed weeks
        assert (12, 25) in year.holidays
    assert not shop.clients["next_visit"].dt.day_of_week.isin(year.closed_weekdays).any()
    [(start, end)] = year.closed_runs
    week = {"salon": "2027-08-16", "workshop": "2026-12-28"}[shop.name]
    assert start <= pd.Timestamp(week).date() <= end


def test_one_visit_is_a_new_client_or_one_who_went_and_never_an_alarm(shop: Found):
    one_time = shop.clients["kind"].eq("one_time")
    assert shop.states(one_time).isin(["new", "lapsed"]).all()
    assert not shop.clients.loc[one_time, "flagged"].any()


def test_whoever_has_a_booking_is_booked(shop: Found):
    sales = shop.book.sales
    booked = shop.clients["client_id"].isin(sales.loc[sales["status"].eq("booked"), "client_id"])
    assert booked.sum() >= 20
    assert shop.clients["state"].eq("booked").equals(booked)


def test_walk_ins_are_counted_apart(shop: Found):
    sales = shop.book.sales
    assert shop.portfolio.totals.walk_in_lines == sales["client_id"].isna().sum()
    assert len(shop.clients) == shop.book.sales["client_id"].nunique()


def test_homonyms_stay_two_people(shop: Found):
    same = shop.clients[shop.clients["client_name"].duplicated(keep=False)]
    assert len(same) >= 10
    assert same["client_id"].is_unique


def test_the_samples_are_tidy_but_for_what_was_left_out_of_them(shop: Found):
    """Phones and addresses that were not put on file, lines without a name, and no fault that nobody planted."""
    quality = quality_of(shop.book, shop.portfolio.as_of)
    found = {one.code: one.n for one in quality.findings}
    clients = len(shop.clients)
    assert found.pop("no_phone") / clients == pytest.approx(1 - WITH_PHONE, abs=0.03)
    assert found.pop("no_email") / clients == pytest.approx(1 - WITH_EMAIL, abs=0.03)
    assert found.pop("walk_ins") == shop.book.sales["client_id"].isna().sum()
    # Two of one name of whom no phone is known may be one person: asked, not decided.
    assert found.pop("duplicates", 0) <= 1
    assert found == {}
    assert quality.band == "tidy"


def test_lost_visits_of_those_who_stay_add_up_to_the_planted_ones(salon: Found):
    """Visits skipped or put off: counted when simulated, estimated from the dates alone."""
    missed = salon.rhythms.groupby("client_id")["missed_12m"].sum()
    stays = salon.clients[salon.stays & salon.clients["kind"].isin(["regular", "erratic"])]
    planted = stays["client_id"].map(missed).sum()
    made = stays["visits_12m"].sum()
    # The own lens is a floor by design: what a client's ups and downs could explain is not counted.
    assert 0.55 * planted <= stays["lost_visits"].sum() <= 1.15 * planted
    assert stays["lost_visits"].sum() <= 0.12 * made


# --- The workshop's meters --------------------------------------------------------------------------------

#: Fault planted -> what it is called; the truth tells the day of the first two.
METER_FAULTS = {"misread": "digit_missing", "reset": "reset", "two_cars": "two_meters"}


def test_the_planted_faults_of_the_meters_are_found_all_and_only(workshop: Found):
    planted = workshop.clients.loc[
        workshop.clients["meter_fault"].ne(""), ["client_id", "meter_fault", "meter_fault_on"]
    ]
    found = workshop.portfolio.usage.faults.drop_duplicates(["client_id", "fault"])
    both = planted.merge(found, on="client_id", how="outer")
    assert both["meter_fault"].map(METER_FAULTS).eq(both["fault"]).all()
    dated = both[both["meter_fault"].ne("two_cars")]
    assert pd.to_datetime(dated["meter_fault_on"]).eq(dated["date"]).all()
    assert workshop.portfolio.usage.unit == "miles"


def test_what_each_one_drives_is_found_within_a_tenth(workshop: Found):
    each = workshop.portfolio.usage.clients.drop_duplicates("client_id").set_index("client_id")
    own = each[each["source"].eq("own")]
    planted = workshop.clients.set_index("client_id")["meter_per_day"].astype(float).reindex(own.index)
    error = np.log(own["units_per_day"] / planted).abs()
    assert len(own) >= 0.8 * len(each)
    assert error.median() <= 0.03
    assert (error <= 0.1).mean() >= 0.85


def test_services_by_the_mile_are_told_from_those_by_the_calendar(workshop: Found):
    services = workshop.portfolio.usage.services.set_index("service")
    planted = {"Oil and filter": 6_000, "Full service": 12_000, "Tyres": 20_000, "Brake pads": 25_000}
    for service, miles in planted.items():
        assert services.loc[service, "unit_interval"] == pytest.approx(miles, rel=0.15), service
    assert services.loc["Oil and filter", "limit_days"] == pytest.approx(180, rel=0.1)
    assert services.loc["Full service", "limit_days"] == pytest.approx(365, rel=0.1)
    calendar = ["MOT test", "Safety inspection", "Valet", "Repair"]
    assert services.loc[calendar, "unit_interval"].isna().all()


def test_the_report_tells_of_the_meters(workshop: Found):
    told = summary(workshop.book, workshop.portfolio)["usage"]
    assert isinstance(told, dict)
    assert told["unit"] == "miles"
    assert told["clients_with_own_rate"] <= told["clients"] <= len(workshop.clients)
    assert told["faults"] == workshop.portfolio.usage.faults["fault"].value_counts().to_dict()


def test_the_salon_has_no_meter(salon: Found):
    assert salon.portfolio.usage.clients.empty
    assert salon.portfolio.usage.faults.empty
    assert summary(salon.book, salon.portfolio)["usage"] is None
