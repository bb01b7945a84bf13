"""A hair salon in Spain: about 600 clients and 25,000 lines in three years."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from sample_data import early_signs, people, promises, relations, shop, till
from sample_data.arrays import Bools, Floats
from sample_data.lives import Plan, Seller
from sample_data.opening_days import days_between, holidays_in_spain, opening_days
from sample_data.sample import Sample
from sample_data.shop import Shop
from sample_data.streams import Service
from sample_data.till import Prices

FIRST, LAST = dt.date(2023, 11, 1), dt.date(2026, 10, 31)
YEARS = range(FIRST.year, LAST.year + 2)

#: Sundays and Mondays closed, two weeks in August; December is the best month.
DAYS = opening_days(
    FIRST,
    LAST,
    weekdays=(0.0, 0.9, 0.9, 1.1, 1.5, 1.7, 0.0),
    months=(0.85, 0.95, 1.0, 1.0, 1.1, 1.1, 1.0, 0.9, 1.0, 1.0, 1.0, 1.3),
    closed=[
        *(day for year in YEARS for day in holidays_in_spain(year)),
        *(day for year in YEARS for day in days_between(dt.date(year, 8, 10), dt.date(year, 8, 23))),
    ],
)

SELLERS = (
    Seller("Lucía Ferrer", 0.24),
    Seller("Carmen Soto", 0.22),
    Seller("Noelia Bravo", 0.2, until=dt.date(2026, 6, 27)),
    Seller("Javier Peris", 0.2),
    Seller("Irene Lara", 0.14, since=dt.date(2025, 3, 4)),
)

PLAN = Plan(
    kinds={"regular": 0.67, "erratic": 0.17, "seasonal": 0.04, "yearly": 0.03, "one_time": 0.09},
    fates={"stays": 0.54, "drift": 0.16, "drifting": 0.1, "moved": 0.08, "bad_problem": 0.05, "price": 0.07},
    sellers=SELLERS,
    seasons=((6, 7, 8, 9), (12, 1), (3, 4, 5)),
    regular_k=5.5,
    erratic_k=1.3,
    already_clients=0.55,
    follow_seller=0.4,
    price_rise=(1, 2),
)

#: Paula does the nails and nothing else, so nobody's usual seller is she.
CUT, BEARD, NAILS, COLOUR = "Corte", "Barba", "Uñas", "Color"
MENU = (
    Service(CUT, 24.0, 30.0, joins=(NAILS, BEARD), join_days=4),
    Service(BEARD, 13.0, 21.0, sized=False),
    Service(NAILS, 22.0, 21.0, specialist="Paula Vives", sized=False),
    Service(COLOUR, 42.0, 60.0, joins=(CUT,), join_days=9),
    Service("Mechas", 68.0, 90.0, joins=(CUT,), join_days=12),
    Service("Tratamiento", 28.0, 45.0, joins=(CUT, COLOUR), join_days=8),
    Service("Peinado", 26.0, 130.0, k=0.8),
    Service("Producto", 17.0, 110.0, joins=(CUT, COLOUR, NAILS, BEARD), join_days=25, k=1.0, sized=False),
)
TAKEN_BY_WOMEN = (0.87, 0.0, 0.36, 0.52, 0.26, 0.3, 0.42, 0.45)
TAKEN_BY_MEN = (0.97, 0.5, 0.03, 0.03, 0.0, 0.03, 0.0, 0.15)

#: A treatment voucher: paid in three monthly instalments.
VOUCHER, VOUCHER_PRICE, INSTALMENTS = "Bono tratamientos", 180.0, 3

#: Who is offered one: clients with this many visits, of whom this share buys.
OFFERED_AFTER, BUY_IT = 8, 0.14

SALON = Shop(
    days=DAYS,
    names=people.SPANISH,
    women=0.78,
    plan=PLAN,
    menu=MENU,
    prices=Prices({2023: 1.0, 2024: 1.04, 2025: 1.09, 2026: 1.13, 2027: 1.17}, rounding=0.5, spread=0.16),
    id_format="C{:04d}",
    walk_in_share=0.06,
    walk_in_wants={CUT: 5.0, "Peinado": 2.0, BEARD: 1.0, NAILS: 1.0, "Producto": 1.5},
    problem_kinds=(
        *("Color mal igualado", "Espera larga", "Cita duplicada", "Cobro incorrecto"),
        *("Corte demasiado corto", "Picor tras el tinte", "Uñas levantadas a los dos días"),
    ),
    sources=("Instagram", "Google", "Pasaba por aquí", "Vive cerca"),
)

#: What is written down of each kind of problem.
WHAT_HAPPENED = {
    "Color mal igualado": (
        "Raíces más claras que las puntas; repetir el tono sin coste",
        "No era el tono del catálogo; se ofreció matizar",
    ),
    "Espera larga": ("Cuarenta minutos de espera con cita", "Se fue sin atender; llamar para disculparse"),
    "Cita duplicada": ("Dos citas a la misma hora", "La agenda la tenía para el día siguiente"),
    "Cobro incorrecto": ("Se cobró un tratamiento de más; devolver", "No se aplicó el bono"),
    "Corte demasiado corto": ("Pidió solo las puntas", "Trajo una foto y no se siguió"),
    "Picor tras el tinte": (
        "Picor toda la noche; cambiar de marca",
        "Pide prueba de alergia antes del próximo",
    ),
    "Uñas levantadas a los dos días": ("Se levantaron tres uñas", "Repetir sin coste esta semana"),
}

#: Five clients of the newest seller call off their appointments in this week.
CANCELLED_IN, CANCELLED_WITH = dt.date(2026, 10, 12), "Irene Lara"
#: Clients whose last instalment is the first they pay late.
FIRST_LATE = 3

BEST_RATING = 10
PAYMENT_METHODS = {"Tarjeta": 0.66, "Efectivo": 0.22, "Bizum": 0.12}


def salon(seed: int = 20261031, clients: int = 600) -> Sample:
    """The salon's export and its planted truth; the same seed gives the same content."""
    rng = np.random.default_rng(seed)
    book = shop.register(rng, SALON, clients)
    planned, came, lines = shop.simulate(rng, SALON, book, *wants(rng, book))
    problems = relations.problems(rng, DAYS, book, came, SALON.problem_kinds)
    given_back = till.refunds(rng, DAYS, lines, shop.to_refund(rng, lines, problems))
    lines = pd.concat([lines, given_back], ignore_index=True)
    lines["rating"] = shop.rate(rng, lines, book, problems, BEST_RATING)
    bought = _vouchers(rng, lines)
    book["pays"] = relations.ways_of_paying(rng, book.index.isin(bought["client"]))
    book = book.assign(meter_per_day=np.nan, meter_fault="", meter_fault_on=np.datetime64("NaT", "s"))
    payments = relations.payments(rng, DAYS, _instalments(bought), book["pays"].to_numpy())
    lines = pd.concat([lines, bought], ignore_index=True)
    lines["payment_method"] = shop.paid_with(rng, lines, PAYMENT_METHODS)
    contacts = relations.contacts(rng, DAYS, book, came)
    problems = promises.told(np.random.default_rng([seed, 3]), DAYS, problems, WHAT_HAPPENED)
    payments, book["pays"], slipped = early_signs.first_late(
        np.random.default_rng([seed, 4]), DAYS, payments, book["pays"], FIRST_LATE
    )
    week = DAYS.day(CANCELLED_IN)
    lines, called_off = early_signs.cancelled_together(
        np.random.default_rng([seed, 5]), DAYS, book, lines, problems["client"], CANCELLED_WITH, week
    )
    together = called_off.loc[called_off["fact"].eq("cancelled_together"), "client"]
    came = came[~(came["client"].isin(together) & (came["day"] >= week))]
    contacts = contacts[~(contacts["client"].isin(together) & (contacts["day"] >= week - 7))]
    return Sample(
        name="salon",
        file="peluqueria.xlsx",
        language="es",
        currency="€",
        best_rating=BEST_RATING,
        as_of=LAST,
        tables=shop.tables(SALON, book, lines, contacts, problems, payments),
        truth=shop.truth(SALON, book, came, problems),
        rhythms=shop.rhythms(SALON, book, planned),
        facts=shop.facts(SALON, book, [called_off, slipped]),
    )


def wants(rng: np.random.Generator, book: pd.DataFrame) -> tuple[Bools, Floats]:
    """Who takes which service and every how many days, clients x menu: a client has one pace for everything."""
    taken = np.where(book["woman"].to_numpy()[:, None], TAKEN_BY_WOMEN, TAKEN_BY_MEN)
    takes = rng.random(taken.shape) < taken
    pace = np.exp(rng.normal(0.0, 0.2, (len(book), 1)))
    usual = np.array([service.interval for service in MENU])
    return takes, usual * pace * np.exp(rng.normal(0.0, 0.06, taken.shape))


def _vouchers(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of vouchers, sold to some of those who come often, on the day of one of their visits."""
    done = lines[lines["status"].eq("completed") & (lines["client"] >= 0)].drop_duplicates(["client", "day"])
    visits = done.groupby("client")["day"].size()
    often = visits.index[visits >= OFFERED_AFTER].to_numpy()
    buyers = often[rng.random(len(often)) < BUY_IT]
    sold = done[done["client"].isin(buyers)].groupby("client").sample(1, random_state=rng)
    return sold.assign(service=VOUCHER, amount=VOUCHER_PRICE, rating=np.nan)


def _instalments(bought: pd.DataFrame) -> pd.DataFrame:
    parts = bought.loc[bought.index.repeat(INSTALMENTS), ["client", "day"]].reset_index(drop=True)
    nth = parts.groupby("client").cumcount()
    return pd.DataFrame(
        {
            "client": parts["client"],
            "due": parts["day"] + 30 * (nth + 1),
            "amount": VOUCHER_PRICE / INSTALMENTS,
        }
    )
