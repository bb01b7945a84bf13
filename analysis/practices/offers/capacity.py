"""Whether a proposed price is comfortable for a client, a stretch, or too much (practice 26).

Told by what they have paid, never by what they may have: the tickets of their visits in the last two years, what they
leave in a year, and how they pay their bills.

- comfortable: up to the amount that four in five of their tickets do not pass (`COMFORTABLE`);
- a stretch: up to their top ticket, or two months of what they leave in a year (`YEAR_SHARE`), whichever is more;
- too much: beyond that.

Who owes something or often pays late is told one step less. With fewer than `OWN_TICKETS` tickets of their own the
amounts are those that others pay for the same usual service (else in the whole shop), and it says so; what they paid
themselves is never too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.offers.payments import payers

Verdict = Literal["comfortable", "stretch", "too_much"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
#: Under the usual tickets, their top one, a share of their year, what others pay for the same, or beyond all of it.
Because = Literal["within_usual", "within_top", "within_year", "within_others", "beyond"]
Basis = Literal["own", "service", "business"]

SINCE_DAYS = 730
OWN_TICKETS = 5
COMFORTABLE = 0.8
#: Of what others pay, the amount that one in twenty passes stands for a top ticket: the very highest is an oddity.
OTHERS_TOP = 0.95
YEAR_SHARE = 1 / 6
#: Records that lower the answer by a step.
LOWERS = frozenset({"owes", "slow"})

#: One row per client, see `capacities`.
CAPACITIES = (
    "client_id",
    "client_name",
    "tickets",  # visits with an amount in the last two years
    "basis",  # Basis: whose tickets the amounts are
    "usual",  # median ticket
    "comfortable",  # up to here it is comfortable
    "top",  # the top ticket, NaN where the amounts are borrowed and they paid nothing
    "year",  # money of the last twelve months
    "stretch",  # up to here it is a stretch; before the payment record is looked at
    "record",  # payments.PayRecord
    "lowered",  # whether the record lowers the answer
)


@dataclass(frozen=True)
class Answer:
    """What a price is for a client, and why: `because` is told of the price, `lowered` of the payment record."""

    verdict: Verdict
    because: Because
    lowered: bool
    client: pd.Series  # CAPACITIES


def capacities(portfolio: Portfolio, paying: pd.DataFrame | None = None) -> pd.DataFrame:
    """CAPACITIES of every client of the portfolio, in its order; `paying`: `payments.PAYERS` where they are at hand."""
    clients = portfolio.clients
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=SINCE_DAYS)
    visits = portfolio.visits
    tickets = visits[(visits["date"] > since) & (visits["amount"] > 0)]
    by_client = tickets.groupby("client_id")["amount"]
    own = pd.DataFrame(
        {
            "tickets": by_client.size(),
            "usual": by_client.median(),
            "comfortable": by_client.quantile(COMFORTABLE),
            "top": by_client.max(),
        }
    ).reindex(clients["client_id"])
    own["tickets"] = own["tickets"].fillna(0).astype(int)
    others, basis = _of_others(portfolio, tickets)
    enough = own["tickets"].to_numpy() >= OWN_TICKETS
    year = clients["revenue_12m"].fillna(0.0).to_numpy(dtype=float)
    top = own["top"].to_numpy()
    high = np.where(enough, top, np.fmax(others["top"].to_numpy(), top))
    comfortable = np.where(enough, own["comfortable"], others["comfortable"])
    record = _records(portfolio, clients["client_id"], paying)
    return pd.DataFrame(
        {
            "client_id": clients["client_id"].to_numpy(),
            "client_name": clients["client_name"].to_numpy(),
            "tickets": own["tickets"].to_numpy(),
            "basis": np.where(enough, "own", basis),
            "usual": np.where(enough, own["usual"], others["usual"]),
            "comfortable": comfortable,
            "top": top,
            "year": year,
            "stretch": np.fmax(np.fmax(high, YEAR_SHARE * year), comfortable),
            "record": record,
            "lowered": np.isin(record, list(LOWERS)),
        }
    )[list(CAPACITIES)]


def limits(table: pd.DataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Up to which price it is comfortable, and up to which a stretch, for each row of CAPACITIES; the record counted.

    Minus infinity where nothing is comfortable.
    """
    lowered = table["lowered"].to_numpy(dtype=bool)
    comfortable = table["comfortable"].to_numpy(dtype=float)
    stretch = table["stretch"].to_numpy(dtype=float)
    return np.where(lowered, -np.inf, comfortable), np.where(lowered, comfortable, stretch)


def verdicts(table: pd.DataFrame, price: float) -> npt.NDArray[np.object_]:
    """What a price is for each row of CAPACITIES; "" where the shop has no ticket to compare it with."""
    comfortable, stretch = limits(table)
    told = np.select([price <= comfortable, price <= stretch], ["comfortable", "stretch"], "too_much")
    return np.where(table["comfortable"].isna(), "", told).astype(object)


def answer(table: pd.DataFrame, client_id: str, price: float) -> Answer | None:
    """Whether a price is for one client of CAPACITIES; None where no amounts tell."""
    row = table[table["client_id"] == client_id]
    verdict = verdicts(row, price)[0]
    if not verdict:
        return None
    client = row.iloc[0]
    if price <= client["comfortable"]:
        because: Because = "within_usual"
    elif price <= client["top"]:
        because = "within_top"
    elif price <= YEAR_SHARE * client["year"]:
        because = "within_year"
    elif price <= client["stretch"]:
        because = "within_others"
    else:
        because = "beyond"
    return Answer(verdict, because, bool(client["lowered"]), client)


def who_for(portfolio: Portfolio, table: pd.DataFrame, price: float) -> pd.DataFrame:
    """Every client of CAPACITIES who still comes, with what a price is for them; the most comfortable first.

    Rows of CAPACITIES with verdict, phone, email, consent, annual_value and state.
    """
    extra = portfolio.clients[["client_id", "phone", "email", "consent", "annual_value", "state"]]
    told = table.assign(verdict=verdicts(table, price))
    told = told.merge(extra, on="client_id", how="left", validate="one_to_one")
    told = told[(told["state"] != "lapsed") & (told["verdict"] != "")]
    order = told["verdict"].map({verdict: place for place, verdict in enumerate(VERDICTS)})
    ranked = told.assign(order=order).sort_values(
        ["order", "annual_value"], ascending=[True, False], kind="stable", ignore_index=True
    )
    return ranked.drop(columns="order")


def reach(table: pd.DataFrame, prices: npt.NDArray[np.float64]) -> pd.DataFrame:
    """For each price: how many of CAPACITIES it is comfortable for, and for how many that or a stretch."""
    comfortable, stretch = (np.sort(limit[~np.isnan(limit)]) for limit in limits(table))
    return pd.DataFrame(
        {
            "price": prices,
            "comfortable": len(comfortable) - np.searchsorted(comfortable, prices, side="left"),
            "possible": len(stretch) - np.searchsorted(stretch, prices, side="left"),
        }
    )


def _of_others(portfolio: Portfolio, tickets: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.object_]]:
    """Per client what is paid on visits for their usual service, or in the whole shop, and which of the two it is."""
    service = portfolio.clients["service"]
    amounts = tickets["amount"]
    whole = (amounts.median(), amounts.quantile(COMFORTABLE), amounts.quantile(OTHERS_TOP))
    by_service = tickets[tickets["service"] != ""].groupby("service")["amount"]
    known = by_service.size()
    table = pd.DataFrame(
        {
            "usual": by_service.median(),
            "comfortable": by_service.quantile(COMFORTABLE),
            "top": by_service.quantile(OTHERS_TOP),
        }
    )[known >= OWN_TICKETS]
    of_client = table.reindex(service).reset_index(drop=True)
    borrowed = of_client["usual"].notna().to_numpy()
    filled = of_client.fillna(dict(zip(("usual", "comfortable", "top"), whole, strict=True)))
    return filled, np.where(borrowed, "service", "business")


def _records(
    portfolio: Portfolio, client_ids: pd.Series, paying: pd.DataFrame | None
) -> npt.NDArray[np.object_]:
    if portfolio.records.payments.empty or "payments.paid" not in portfolio.known:
        return np.full(len(client_ids), "unknown", dtype=object)
    table = payers(portfolio) if paying is None else paying
    of = table.set_index("client_id")["record"]
    return of.reindex(client_ids).fillna("unknown").to_numpy(dtype=object)
