"""A car workshop in England: about 350 clients over four years, with the mileage of their cars.

Some rhythms follow the calendar (the MOT, the safety inspection of vans and taxis), some follow use (oil every
6,000 miles): how many days those take depends on how much each client drives.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from sample_data import early_signs, people, promises, relations, shop, till
from sample_data.arrays import Bools, Floats
from sample_data.lives import Plan, Seller
from sample_data.opening_days import days_between, holidays_in_england, opening_days
from sample_data.promises import Delivery
from sample_data.sample import Sample
from sample_data.shop import Shop
from sample_data.streams import Service
from sample_data.till import Prices

FIRST, LAST = dt.date(2022, 11, 1), dt.date(2026, 10, 31)
YEARS = range(FIRST.year, LAST.year + 2)

#: Saturdays are half days; closed on Sundays and between Christmas and New Year; March and September are MOT months.
DAYS = opening_days(
    FIRST,
    LAST,
    weekdays=(1.2, 1.1, 1.0, 1.0, 1.2, 0.5, 0.0),
    months=(1.0, 1.0, 1.2, 1.0, 1.0, 1.0, 0.9, 0.85, 1.2, 1.05, 1.05, 0.8),
    closed=[
        *(day for year in YEARS for day in holidays_in_england(year)),
        *(day for year in YEARS for day in days_between(dt.date(year, 12, 24), dt.date(year, 12, 31))),
    ],
)

PLAN = Plan(
    kinds={"regular": 0.6, "erratic": 0.15, "seasonal": 0.06, "yearly": 0.09, "one_time": 0.1},
    fates={"stays": 0.57, "drift": 0.15, "drifting": 0.1, "moved": 0.06, "bad_problem": 0.05, "price": 0.07},
    sellers=(
        Seller("Dave Ashworth", 0.28),
        Seller("Priya Nair", 0.24),
        Seller("Gareth Lloyd", 0.24, until=dt.date(2026, 5, 29)),
        Seller("Ewan Reid", 0.24),
    ),
    seasons=((4, 5, 6, 7, 8, 9),),  # motorhomes and convertibles
    regular_k=7.0,
    erratic_k=1.3,
    already_clients=0.6,
    follow_seller=0.4,
    price_rise=(1, 2),
)

OIL, INSPECTION, VALET, SERVICE, MOT = (
    "Oil and filter",
    "Safety inspection",
    "Valet",
    "Full service",
    "MOT test",
)
BY_MAIN = (OIL, INSPECTION, VALET, SERVICE)
MENU = (
    Service(OIL, 89.0, 63.0),
    Service(INSPECTION, 68.0, 56.0, joins=(OIL,), join_days=8, sized=False),
    Service(VALET, 32.0, 28.0, joins=(OIL, INSPECTION), join_days=4),
    Service(SERVICE, 195.0, 365.0, joins=(OIL, INSPECTION), join_days=15),
    Service(MOT, 45.0, 365.0, joins=(SERVICE, INSPECTION), join_days=20, k=90.0, sized=False),
    Service("Tyres", 260.0, 365.0, joins=BY_MAIN, join_days=15),
    Service("Brake pads", 180.0, 365.0, joins=BY_MAIN, join_days=15),
    Service("Repair", 240.0, 300.0, k=0.8),
)

#: Miles after which a service is due, and days after which it is due however little was driven (inf = never).
DUE_MILES = np.array([6_000.0, np.inf, np.inf, 12_000.0, np.inf, 20_000.0, 25_000.0, np.inf])
DUE_DAYS = np.array([180.0, 56.0, 28.0, 365.0, 365.0, np.inf, np.inf, 300.0])

#: Vans, taxis and reps: a third of the clients, who drive 35,000 miles a year and pay by invoice.
TRADE = 0.34
TRADE_MILES_A_DAY, PRIVATE_MILES_A_DAY = 95.0, 22.0
TAKEN_BY_TRADE = (1.0, 0.5, 0.15, 0.6, 0.9, 0.85, 0.75, 0.6)
TAKEN_BY_PRIVATE = (0.15, 0.0, 0.3, 0.85, 0.85, 0.5, 0.4, 0.6)
TRADE_VEHICLES = ("Ford Transit", "Vauxhall Vivaro", "Toyota Prius", "Mercedes Sprinter", "Skoda Octavia")
PRIVATE_VEHICLES = (
    "Ford Fiesta",
    "Vauxhall Corsa",
    "VW Golf",
    "Nissan Qashqai",
    "Kia Sportage",
    "Mini Cooper",
)
SEASONAL_VEHICLES = ("Fiat Ducato motorhome", "Mazda MX-5")

#: A plate as Britain writes it, "AQ64 BCD", but nobody's: no mark on the road holds a Q.
PLATE_AREAS, PLATE_LETTERS = "ABCDEFGHKLMNOPRSVWY", "ABCDEFGHJKLMNOPRSTUVWXY"
#: The half-year a car was first on the road: March to August of 2008 to 2022, September to February 50 later.
PLATE_HALF_YEARS = (*range(8, 23), *range(58, 73))

#: Invoices are due after this many days.
TERMS = 30

#: Share of visits whose mileage nobody wrote down, and how many readings lost their last digit.
NO_READING = 0.06
MISREAD = 4

#: Clients whose meter was replaced at their middle visit, clients who bring two cars in turn, and visits they have
#: at least, so that it shows.
RESETS, TWO_CARS, VISITS_TO_SHOW = 3, 2, 10
#: The second car has been driven so much further.
SECOND_CAR_MILES = 70_000

WORKSHOP = Shop(
    days=DAYS,
    names=people.ENGLISH,
    women=0.4,
    plan=PLAN,
    menu=MENU,
    prices=Prices(
        {2022: 1.0, 2023: 1.05, 2024: 1.1, 2025: 1.14, 2026: 1.18, 2027: 1.22}, rounding=1.0, spread=0.22
    ),
    id_format="W{:04d}",
    walk_in_share=0.04,
    walk_in_wants={"Repair": 3.0, "Tyres": 2.0, MOT: 3.0},
    problem_kinds=(
        *("Fault came back", "Car not ready on time", "Bill higher than quoted"),
        *("Scratch on the door", "Parts not in stock", "Warning light still on"),
    ),
    sources=("Google", "Local paper", "Drove past", "Fleet contract"),
)

#: What is written down of each kind of problem.
WHAT_HAPPENED = {
    "Fault came back": (
        "Same noise after two days; look again at no charge",
        "Juddering again on the motorway",
    ),
    "Car not ready on time": ("Promised for Friday, ready on Tuesday", "Had to take a taxi to work"),
    "Bill higher than quoted": (
        "Quoted 180, billed 240; explain the difference",
        "Nobody rang before the extra work",
    ),
    "Scratch on the door": ("Scratch by the handle; polish it out", "Says it was not there in the morning"),
    "Parts not in stock": ("Pads on back order; call when they arrive", "Second visit for nothing"),
    "Warning light still on": ("Engine light on again the next day", "Sensor to be changed under warranty"),
}

#: Repairs wait for parts and are seldom ready in time; the rest mostly is.
DELIVERY = Delivery(
    takes={SERVICE: 1, "Tyres": 1, "Brake pads": 1, "Repair": 4},
    on_time=0.91,
    slow_service="Repair",
    slow_on_time=0.62,
    very_late=6,
    overdue=4,
)
#: Clients whose last invoice is the first they pay late.
FIRST_LATE = 6

BEST_RATING = 5
PAYMENT_METHODS = {"Card": 0.6, "Cash": 0.1, "Bank transfer": 0.3}


def workshop(seed: int = 20261031, clients: int = 350) -> Sample:
    """The workshop's export and its planted truth; the same seed gives the same content."""
    rng = np.random.default_rng(seed)
    book = _with_cars(rng, shop.register(rng, WORKSHOP, clients))
    planned, came, lines = shop.simulate(rng, WORKSHOP, book, *_wants(rng, book))
    problems = relations.problems(rng, DAYS, book, came, WORKSHOP.problem_kinds)
    given_back = till.refunds(rng, DAYS, lines, shop.to_refund(rng, lines, problems))
    lines = pd.concat([lines, given_back], ignore_index=True)
    lines["rating"] = shop.rate(rng, lines, book, problems, BEST_RATING)
    lines["meter"], book = _readings(rng, np.random.default_rng([seed, 1]), book, lines)
    lines["vehicle"] = lines["client"].map(book["vehicle"])
    # The clients with two cars have one plate on file: the slip that only their readings show.
    lines["subject"] = lines["client"].map(_plates(np.random.default_rng([seed, 2]), clients))
    lines["payment_method"] = shop.paid_with(rng, lines, PAYMENT_METHODS)
    book["pays"] = relations.ways_of_paying(rng, book["trade"].to_numpy())
    payments = relations.payments(rng, DAYS, _invoices(book, lines), book["pays"].to_numpy())
    contacts = relations.contacts(rng, DAYS, book, came)
    problems = promises.told(np.random.default_rng([seed, 3]), DAYS, problems, WHAT_HAPPENED)
    payments, book["pays"], slipped = early_signs.first_late(
        np.random.default_rng([seed, 4]), DAYS, payments, book["pays"], FIRST_LATE
    )
    promised, handed_over = promises.deliveries(np.random.default_rng([seed, 5]), DAYS, lines, DELIVERY)
    lines = pd.concat([lines, promised], axis=1)
    slow = pd.DataFrame({"fact": ["slow_service"], "value": [DELIVERY.slow_service]})
    return Sample(
        name="workshop",
        file="car_workshop.xlsx",
        language="en",
        currency="£",
        best_rating=BEST_RATING,
        as_of=LAST,
        tables=shop.tables(WORKSHOP, book, lines, contacts, problems, payments),
        truth=shop.truth(WORKSHOP, book, came, problems),
        rhythms=shop.rhythms(WORKSHOP, book, planned),
        facts=shop.facts(WORKSHOP, book, [handed_over, slipped, slow]),
    )


def _with_cars(rng: np.random.Generator, book: pd.DataFrame) -> pd.DataFrame:
    """The book with each client's vehicle, whether they drive for a living, and how many miles a day."""
    count = len(book)
    ordinary = book["kind"].isin(["regular", "erratic"]).to_numpy()
    trade = ordinary & (rng.random(count) < TRADE / ordinary.mean())
    miles = np.where(trade, TRADE_MILES_A_DAY, PRIVATE_MILES_A_DAY) * np.exp(rng.normal(0.0, 0.32, count))
    vehicle = np.where(trade, rng.choice(TRADE_VEHICLES, count), rng.choice(PRIVATE_VEHICLES, count))
    vehicle = np.where(book["kind"].eq("seasonal"), rng.choice(SEASONAL_VEHICLES, count), vehicle)
    return book.assign(trade=trade, meter_per_day=miles.round(1), vehicle=vehicle)


def _wants(rng: np.random.Generator, book: pd.DataFrame) -> tuple[Bools, Floats]:
    """Who takes which service and every how many days, clients x menu: whichever of miles and months comes first."""
    trade = book["trade"].to_numpy()[:, None]
    takes = rng.random((len(book), len(MENU))) < np.where(trade, TAKEN_BY_TRADE, TAKEN_BY_PRIVATE)
    names = np.array([service.name for service in MENU])
    takes = np.where(book["kind"].eq("yearly").to_numpy()[:, None], names == MOT, takes)
    takes |= book["kind"].eq("seasonal").to_numpy()[:, None] & (names == VALET)
    by_use = DUE_MILES / book["meter_per_day"].to_numpy()[:, None]
    keeps_to_it = np.exp(rng.normal(0.0, 0.1, takes.shape))
    return takes, np.minimum(by_use, DUE_DAYS) * np.where(names == MOT, 1.0, keeps_to_it)


def _readings(
    rng: np.random.Generator, faulty: np.random.Generator, book: pd.DataFrame, lines: pd.DataFrame
) -> tuple[pd.Series[float], pd.DataFrame]:
    """The mileage on completed lines, and the book with what is wrong with whose readings.

    Driven since the last visit at the client's pace, give or take.
    """
    done = lines[lines["status"].eq("completed") & (lines["client"] >= 0)]
    seen = done[["client", "day"]].drop_duplicates().sort_values(["client", "day"], ignore_index=True)
    since = seen.groupby("client")["day"].diff().fillna(0.0)
    pace = seen["client"].map(book["meter_per_day"])
    driven = (since * pace * np.exp(rng.normal(0.0, 0.1, len(seen)))).groupby(seen["client"]).cumsum()
    reading = (seen["client"].map(pd.Series(rng.integers(4_000, 90_000, len(book)))) + driven).round()
    misread = rng.permutation(len(seen))[:MISREAD]
    reading.iloc[misread] = reading.iloc[misread] // 10
    unread = rng.random(len(seen)) < NO_READING
    wrong = seen.iloc[misread].assign(fault="misread").drop_duplicates("client")
    replaced = _new_meters(faulty, seen.assign(meter=reading), wrong["client"])
    reading = replaced["meter"]
    wrong = pd.concat([wrong, replaced.loc[replaced["fault"].ne(""), ["client", "day", "fault"]]])
    seen["meter"] = reading.mask(unread & ~seen.index.isin(wrong.index))
    wrong = wrong.drop_duplicates("client").set_index("client").reindex(book.index)
    book = book.assign(
        meter_fault=wrong["fault"].fillna(""),
        meter_fault_on=DAYS.dates(wrong["day"].where(wrong["fault"].ne("two_cars"))),
    )
    with_reading = done.reset_index().merge(seen, on=["client", "day"], how="left").set_index("index")
    return with_reading["meter"].reindex(lines.index), book


def _new_meters(rng: np.random.Generator, seen: pd.DataFrame, taken: pd.Series[int]) -> pd.DataFrame:
    """Readings with a few meters replaced and a few second cars, and at which reading that begins (`fault`)."""
    visits = seen["client"].value_counts()
    often = np.sort(visits.index[(visits >= VISITS_TO_SHOW) & ~visits.index.isin(taken)])
    chosen = rng.choice(often, RESETS + TWO_CARS, replace=False)
    place = seen.groupby("client").cumcount()
    middle = seen["client"].map(visits) // 2
    new = seen["client"].isin(chosen[:RESETS])
    counted = seen["meter"].where(new & place.eq(middle)).groupby(seen["client"]).transform("max")
    begins = seen["client"].map(pd.Series(rng.uniform(20, 400, int(seen["client"].max()) + 1).round()))
    meter = seen["meter"].mask(new & (place >= middle), seen["meter"] - counted + begins)
    second = seen["client"].isin(chosen[RESETS:]) & place.mod(2).eq(1)
    fault = np.select([new & place.eq(middle), second & place.eq(1)], ["reset", "two_cars"], "")
    return seen.assign(meter=meter.mask(second, meter + SECOND_CAR_MILES), fault=fault)


def _plates(rng: np.random.Generator, count: int) -> pd.Series[str]:
    """A plate for each of so many clients, no two alike."""
    halves, areas = rng.choice(PLATE_HALF_YEARS, count), rng.choice(list(PLATE_AREAS), count)
    endings = rng.choice(len(PLATE_LETTERS) ** 3, count, replace=False)
    letters = np.array(list(PLATE_LETTERS))
    three = [letters[of_ending] for of_ending in np.unravel_index(endings, (len(letters),) * 3)]
    marks = zip(areas, halves, *three, strict=True)
    return pd.Series([f"{area}Q{half:02} {''.join(ending)}" for area, half, *ending in marks])


def _invoices(book: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """One bill per visit of a trade client."""
    owed = lines[lines["status"].eq("completed") & lines["client"].isin(book.index[book["trade"]])]
    bills = owed.groupby(["client", "day"], as_index=False)["amount"].sum()
    return pd.DataFrame({"client": bills["client"], "due": bills["day"] + TERMS, "amount": bills["amount"]})
