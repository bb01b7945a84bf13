"""Whose seller is gone: the clients they leave behind, who has come since and to whom, and who should take each.

A client belongs to a seller by service (`analysis.practices.team.sellers.usual_sellers`): who has the cut with one
and the nails with another loses one of them only.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.practices.team.sellers import gone_sellers, sellers, served, usual_sellers_on

#: Where a client stands since their seller left, in the order in which they want doing.
Standing = Literal["missing", "without_service", "waiting", "booked", "said_goodbye", "returned"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
#: Those who have not come back to another seller of the house yet.
NOT_BACK: tuple[Standing, ...] = ("missing", "without_service", "waiting", "booked")

#: Why a seller is proposed: has served them since, did so before, or does this service today (or the team does).
Proposal = Literal["since", "before", "service"]

HAND_OVER = (
    "client_id",
    "client_name",
    "former",  # the seller who is gone
    "gone_on",  # the seller's last day
    "service",  # of which they were the usual seller, the one they did most often; "" where services are unknown
    "times",  # of the client's latest `of` visits for it
    "of",
    "last_with",  # the client's last day with them
    "visits_since",
    "first_since",  # NaT while they have not come
    "now_with",  # who has served them most since, "" while nobody
    "standing",
    "take",  # who should take them, "" where nobody of the shop can be named
    "take_why",  # since | before | service
    "days_silent",
    *("annual_value", "days_late", "state", "band", "staff", "phone", "email", "consent", "last_visit"),
)
#: Who does a service today: of the lines of so many days.
_TODAY_DAYS = 91
_YEAR_DAYS = 365


@once_for(
    *("as_of", "clients", "visits", "services", "streams"),
    *("records.services", "records.staff_days", "records.left"),
)
def hand_over(portfolio: Portfolio) -> pd.DataFrame:
    """The clients whose usual seller left in the last year (HAND_OVER), one row each, the most urgent first.

    Only those who were still clients when it happened: a silence longer than `gone_after_days` by then is another
    story. Who lost two sellers stands under the later one.
    """
    gone = gone_sellers(portfolio)
    gone = gone[gone["last"] > pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_YEAR_DAYS)]
    rows = served(portfolio)
    found = [
        _left_by(portfolio, rows, str(staff), last)
        for staff, last in zip(gone["staff"], gone["last"], strict=True)
    ]
    found = [part for part in found if len(part)]
    if not found:
        return pd.DataFrame(columns=list(HAND_OVER))
    theirs = pd.concat(found, ignore_index=True).drop_duplicates("client_id", ignore_index=True)
    theirs = _since(portfolio, rows, theirs)
    theirs = _proposed(portfolio, rows, theirs)
    order = theirs["standing"].map({standing: place for place, standing in enumerate(STANDINGS)})
    worth = theirs["annual_value"].fillna(0.0)
    ranked = theirs.assign(order=order, worth=worth).sort_values(
        ["order", "worth", "client_id"], ascending=[True, False, True], kind="stable", ignore_index=True
    )
    return ranked[list(HAND_OVER)]


def _left_by(portfolio: Portfolio, rows: pd.DataFrame, staff: str, gone_on: pd.Timestamp) -> pd.DataFrame:
    """Whose usual seller `staff` was on their last day, with the service they did for them most often."""
    usual = usual_sellers_on(portfolio, gone_on)
    theirs = usual[usual["staff"] == staff]
    # A service by its name says more than the visit as a whole.
    theirs = theirs.assign(named=theirs["service"] != "").sort_values(
        ["client_id", "named", "visits", "last", "service"], ascending=[True, False, False, False, True]
    )
    theirs = theirs.drop_duplicates("client_id").rename(columns={"last": "last_with"})
    clients = portfolio.clients.set_index("client_id")
    until = rows[((rows["service"] == "") & (rows["date"] <= gone_on)).to_numpy()]
    before = until.drop_duplicates("client_id", keep="last").set_index("client_id")["date"]
    silence = (gone_on - theirs["client_id"].map(before)).dt.days
    limit = theirs["client_id"].map(clients["gone_after_days"])
    still: pd.DataFrame = theirs[(silence <= limit.fillna(_TODAY_DAYS)).to_numpy()]
    told = still.assign(former=staff, gone_on=gone_on)
    return told[["client_id", "former", "gone_on", "service", "times", "of", "last_with"]]


def _since(portfolio: Portfolio, rows: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """What each client did since, and where they stand."""
    mine = rows[rows["client_id"].isin(theirs["client_id"])]
    later = mine.merge(theirs[["client_id", "gone_on", "service"]], on="client_id", suffixes=("", "_of"))
    later = later[later["date"] > later["gone_on"]]
    whole = (
        later[later["service"] == ""].groupby("client_id")["date"].agg(visits_since="size", first_since="min")
    )
    of_service = later[later["service"] == later["service_of"]].groupby("client_id")["date"].size()
    # Of the service itself where they have had it since, else of whatever they came for.
    helped = later[later["staff"] != ""].assign(own=later["service"] == later["service_of"])
    most = (
        helped.groupby(["client_id", "own", "staff"])["date"]
        .agg(times="size", last="max")
        .reset_index()
        .sort_values(["client_id", "own", "times", "last"], kind="stable")
        .drop_duplicates("client_id", keep="last")
    )
    columns = [
        "client_id",
        "client_name",
        "annual_value",
        "days_late",
        "state",
        "band",
        "staff",
        "phone",
        "email",
    ]
    clients = portfolio.clients[
        [*columns, "consent", "last_visit", "late_after_days", "recency_days", "booked_for"]
    ]
    told = theirs.join(whole, on="client_id").merge(clients, on="client_id", how="left")
    told["visits_since"] = told["visits_since"].fillna(0).astype(np.int64)
    told["now_with"] = _names(told["client_id"], most.set_index("client_id")["staff"])
    told["days_silent"] = told["recency_days"]
    had_it = told["client_id"].map(of_service).fillna(0).gt(0) | (told["service"] == "")
    return told.assign(standing=_standing(portfolio, told, had_it))


def _names(ids: pd.Series, name_of: pd.Series) -> pd.Series:
    """What `name_of` says of each id, "" where nothing."""
    return ids.map(name_of.to_dict()).astype(object).fillna("")


def _standing(portfolio: Portfolio, told: pd.DataFrame, had_it: pd.Series) -> np.ndarray:
    streams = portfolio.streams
    overdue = streams[streams["days_late"] > 0][["client_id", "service"]].drop_duplicates()
    late_for_it = pd.MultiIndex.from_frame(told[["client_id", "service"]]).isin(
        pd.MultiIndex.from_frame(overdue)
    )
    came = told["visits_since"] > 0
    return np.select(
        [
            told["client_id"].isin(portfolio.records.left.index).to_numpy(),
            (came & ~had_it & late_for_it).to_numpy(),
            came.to_numpy(),
            told["booked_for"].notna().to_numpy(),
            (told["recency_days"] <= told["late_after_days"]).to_numpy(),
        ],
        ["said_goodbye", "without_service", "returned", "booked", "waiting"],
        "missing",
    )


def _proposed(portfolio: Portfolio, rows: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Who should take each client: whoever has served them since; else whoever did before; else who does it today."""
    team = sellers(portfolio)
    here = set(team.loc[~team["gone"], "staff"])
    known = rows[rows["client_id"].isin(theirs["client_id"]) & rows["staff"].isin(here)]
    known = known.merge(theirs[["client_id", "gone_on", "service"]], on="client_id", suffixes=("", "_of"))
    before = known[(known["date"] <= known["gone_on"]) & (known["service"] == known["service_of"])]
    familiar = (
        before.groupby(["client_id", "staff"])["date"]
        .agg(times="size", last="max")
        .reset_index()
        .sort_values(["client_id", "times", "last"], kind="stable")
        .drop_duplicates("client_id", keep="last")
        .set_index("client_id")["staff"]
    )
    since = theirs["now_with"].where(theirs["now_with"].isin(here), "")
    earlier = _names(theirs["client_id"], familiar)
    take = np.where(since != "", since, earlier).astype(object)
    why = np.select([since != "", earlier != ""], ["since", "before"], "service").astype(object)
    nobody = take == ""
    take[nobody] = _shared_out(portfolio, rows, theirs[nobody], here)
    why[take == ""] = ""
    return theirs.assign(take=take, take_why=why)


def _shared_out(portfolio: Portfolio, rows: pd.DataFrame, theirs: pd.DataFrame, here: set[str]) -> list[str]:
    """A seller for each client, in proportion to how much of the service each one does today.

    The most valuable clients choose first; who has been given most for their share waits longest.
    """
    today = pd.Timestamp(portfolio.as_of)
    recent = rows[(rows["date"] > today - pd.Timedelta(days=_TODAY_DAYS)) & rows["staff"].isin(here)]
    does: dict[str, dict[str, int]] = {}
    counts = recent.groupby(["service", "staff"])["date"].size().reset_index(name="lines")
    for service, staff, lines in zip(*(counts[name] for name in counts), strict=True):
        does.setdefault(str(service), {})[str(staff)] = int(lines)
    given: dict[tuple[str, str], int] = {}
    taken: dict[object, str] = {}
    for place in theirs["annual_value"].fillna(0.0).sort_values(ascending=False, kind="stable").index:
        service = str(theirs.loc[place, "service"])
        able = does.get(service) or does.get("", {})
        waits = {staff: (given.get((service, staff), 0) + 0.5) / lines for staff, lines in able.items()}
        chosen = min((wait, staff) for staff, wait in waits.items())[1] if waits else ""
        given[service, chosen] = given.get((service, chosen), 0) + 1
        taken[place] = chosen
    return [taken[place] for place in theirs.index]
