"""Which clients stay and pay: a better source is found, equal ones are not told apart, nobody is guessed at."""

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.comparing import FALSE_ALARMS
from analysis.practices.growth.sources import FEWEST, MEASURES, groupings, origins
from analysis.practices.needs import missing, would_add
from tests.analysis.practices.drawn_shops import drawn_shop, joined, shop_of, with_records

SOURCES = ("calle", "google", "instagram", "radio", "vecina")
_DAYS = 900


def standing(shop: Portfolio, measure: str) -> dict[str, str]:
    return origins(shop, "source").table.set_index("name")[f"{measure}_standing"].to_dict()


def test_a_source_whose_clients_leave_a_quarter_as_often_is_found() -> None:
    """Of 300 newcomers by five ways, those of the radio leave with 0.05 after a visit, the others with 0.2."""
    leaves = dict.fromkeys(SOURCES, 0.2) | {"radio": 0.05}
    stays, pays, wrong = 0, 0, 0
    for seed in range(12):
        shop, _ = drawn_shop(newcomers=300, old=60, leaves=leaves, seed=seed)
        stay, value = standing(shop, "stay"), standing(shop, "value")
        stays, pays = stays + (stay["radio"] == "better"), pays + (value["radio"] == "better")
        wrong += sum(found == "better" for name, found in (*stay.items(), *value.items()) if name != "radio")
    assert stays >= 11
    assert pays >= 11
    assert wrong <= 1


def test_a_source_whose_visits_are_dearer_pays_more_and_does_not_stay_longer() -> None:
    leaves = dict.fromkeys(SOURCES, 0.1)
    pays, stays = 0, 0
    for seed in range(8):
        shop, _ = drawn_shop(newcomers=300, old=60, leaves=leaves, dearer={"google": 1.8}, seed=seed)
        pays += standing(shop, "value")["google"] == "better"
        stays += standing(shop, "stay")["google"] != "cannot_tell"
    assert pays >= 7
    assert stays <= 1


def test_sources_that_are_all_alike_are_told_apart_in_one_shop_of_ten_at_most() -> None:
    leaves, told = dict.fromkeys(SOURCES, 0.1), []
    for seed in range(30):
        table = origins(drawn_shop(newcomers=200, old=40, leaves=leaves, seed=100 + seed)[0], "source").table
        told.append([(table[f"{measure}_standing"] != "cannot_tell").any() for measure in MEASURES])
    # Thirty shops at one in ten: three, and six by bad luck at most (one time in thirty).
    assert (np.sum(told, axis=0) <= 2 * FALSE_ALARMS * len(told)).all()


def shop() -> Portfolio:
    """Twenty newcomers of the first days, 8 sent by a client, 8 by Google (two spellings), 2 by a flyer, 2 unsaid.

    The first ticket of number n is 10 + n; those sent come every 30 days to the end, the others never again.
    """
    rows = []
    for number in range(20):
        times = _DAYS // 30 if number < 8 else 1
        rows += [(f"n{number:02}", number + 30 * visit, 10.0 + number) for visit in range(times)]
    ids = [f"n{number:02}" for number in range(18)]
    told = pd.DataFrame(
        {
            "client_id": ids,
            "referrer_id": ["x"] * 8 + [""] * 10,
            "source": [""] * 8 + ["Google"] * 5 + ["GOOGLE "] * 3 + ["Folleto"] * 2,
        }
    )
    return with_records(joined(shop_of(rows, _DAYS, {})), referrals=told)


def test_groups_by_hand() -> None:
    table = origins(shop(), "source").table
    assert list(zip(table["code"], table["name"], table["clients"], strict=True)) == [
        ("client", "", 8),
        ("", "Google", 8),
        ("other", "", 2),
        ("unknown", "", 2),
    ]
    by_code = table.set_index("code")
    assert by_code["second"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert by_code["active_12"].tolist() == [1.0, 0.0, 0.0, 0.0]
    # Those sent come 13 times in a year, at 10 to 17: 13 x 13.50. Google's came once, at 18 to 25: 21.50.
    assert by_code.loc["client", "value"] == pytest.approx(13 * 13.5)
    assert by_code.loc[""]["value"] == pytest.approx(21.5)


def test_a_clear_difference_is_told_and_the_rest_takes_no_part() -> None:
    table = origins(shop(), "source").table.set_index("code")
    assert table["stay_standing"].to_dict() == {
        "": "worse",
        "client": "better",
        "other": "cannot_tell",
        "unknown": "cannot_tell",
    }
    assert table.loc[["other", "unknown"], "stay_drawn"].isna().all()


def test_thirds_of_the_first_ticket_rise_and_hold_everyone() -> None:
    table = origins(shop(), "ticket").table
    assert table["code"].tolist() == ["low", "middle", "high"]
    assert table["clients"].tolist() == [7, 6, 7]
    assert table["from"].tolist() == [10.0, 17.0, 23.0]
    assert table["to"].tolist() == [16.0, 22.0, 29.0]


def test_where_all_pay_the_same_there_is_one_third() -> None:
    rows = [(f"n{n:02}", n, 20.0) for n in range(20)]
    table = origins(joined(shop_of(rows, _DAYS, {})), "ticket").table
    assert table["clients"].tolist() == [20]


def test_shares_stay_between_none_and_all() -> None:
    for seed in range(3):
        table = origins(
            drawn_shop(newcomers=80, old=30, leaves={"a": 0.01, "b": 0.6}, seed=seed)[0], "source"
        ).table
        for measure in ("second", "stay"):
            known = table[table[f"{measure}_drawn"].notna()]
            assert (known[f"{measure}_low"] >= 0).all()
            assert (known[f"{measure}_high"] <= 1).all()
            assert (known[f"{measure}_low"] <= known[f"{measure}_drawn"]).all()


def test_the_samples_sources_were_drawn_alike_and_come_out_so(salon_sample: Portfolio) -> None:
    """Planted: how a client came has nothing to do with what becomes of them."""
    found = origins(salon_sample, "source")
    assert found.stay_after == 12
    assert {"client", "unknown", ""} == set(found.table["code"])
    assert len(found.table) == 6
    for measure in MEASURES:
        assert set(found.table[f"{measure}_standing"]) == {"cannot_tell"}


def test_the_sample_s_one_timers_buy_little_at_first(salon_sample: Portfolio) -> None:
    """Planted: one-timers come for a cut; who begins with colour comes again and brings more."""
    ticket = origins(salon_sample, "ticket").table.set_index("code")
    assert (ticket.loc["low", "value_standing"], ticket.loc["high", "value_standing"]) == ("worse", "better")
    service = origins(salon_sample, "service").table.set_index("name")
    assert service.loc["Corte", "stay_standing"] == "worse"
    assert service["clients"].sum() == origins(salon_sample, "seller").table["clients"].sum()
    assert (service.loc[service["code"] == "", "clients"] >= FEWEST).all()


def test_without_sources_and_services_it_goes_by_the_first_ticket() -> None:
    bare = with_records(shop(), referrals=pd.DataFrame(columns=["client_id", "referrer_id", "source"]))
    assert groupings(bare) == ("service", "ticket")
    assert groupings(type(bare)(**(vars(bare) | {"has_services": False}))) == ("ticket",)


def test_without_amounts_visits_of_the_first_year_are_compared() -> None:
    bare = shop()
    found = origins(type(bare)(**(vars(bare) | {"has_amounts": False})), "source")
    assert not found.money
    assert found.table.set_index("code").loc["client", "value"] == pytest.approx(13.0)


def test_nothing_is_needed_and_it_says_what_would_add(salon_sample: Portfolio) -> None:
    bare = type(salon_sample)(**(vars(salon_sample) | {"known": frozenset({"sales.date"})}))
    assert missing(bare, 27) == ()
    assert would_add(bare, 27) == ("clients.referred_by", "sales.service", "sales.amount")
    assert would_add(salon_sample, 27) == ()
