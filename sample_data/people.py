"""Names, phones and mail addresses of people who do not exist.

Mail addresses end in example.com, which nobody can own (RFC 2606). British numbers are Ofcom's 07700 900xxx, kept
free for drama; Spain reserves none, so the Spanish ones are 600 000 xxx, plainly made up.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.arrays import Bools, Texts

#: Pairs of different people with one name, as every book of clients has.
HOMONYMS = 5

#: Shares of clients whose phone, mail address and birthday the shop has.
WITH_PHONE, WITH_EMAIL, WITH_BIRTHDAY = 0.9, 0.72, 0.68


@dataclass(frozen=True)
class Names:
    """What a country's clients are called (names parted by spaces), and what their phone numbers look like."""

    women: str
    men: str
    surnames: str
    surnames_each: int  # two in Spain
    phone: str  # filled with three digits


SPANISH = Names(
    women=(
        "Lucía María Carmen Ana Laura Marta Cristina Elena Sara Paula Raquel Isabel Pilar Teresa "
        "Beatriz Nuria Silvia Patricia Rosa Alba Andrea Rocío Inés Julia Mónica Sonia Eva Irene "
        "Lorena Natalia Clara Amparo Begoña Concha Dolores Esther Gloria Lola Mercedes Montse "
        "Olga Verónica Yolanda Noemí Ángela Aitana"
    ),
    men=(
        "Antonio Manuel José Javier David Daniel Carlos Miguel Alejandro Rafael Pablo Álvaro "
        "Sergio Jorge Luis Iván Rubén Óscar Diego Adrián Raúl Íñigo Martín"
    ),
    surnames=(
        "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez "
        "Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres "
        "Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado "
        "Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos "
        "Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Vidal León Herrera Peña Flores "
        "Cabrera Campos Vega Fuentes Carrasco Caballero Reyes Nieto Aguilar Pascual Ibáñez Zubiri"
    ),
    surnames_each=2,
    phone="+34 600 000 {:03d}",
)

ENGLISH = Names(
    women=(
        "Olivia Amelia Grace Emily Sophie Hannah Charlotte Lucy Megan Rebecca Rachel Claire Helen "
        "Susan Margaret Joanne Priya Aisha Zoe Nicola Karen Siobhan"
    ),
    men=(
        "James Oliver George Harry Jack Thomas William Daniel Matthew Andrew Mark Paul Stephen "
        "Ian Gareth Callum Rhys Mohammed Imran Kwame Rohan Peter Alan Graham Neil Stuart Craig "
        "Darren Lee Simon Piotr Ravi Finn Toby"
    ),
    surnames=(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson "
        "Evans Walker White Roberts Green Hall Wood Jackson Clarke Khan Hughes Edwards Hill Moore "
        "Cooper Ward Turner Morris Bailey Bell Kelly O'Brien Murphy Begum Shaw Fraser Campbell "
        "Reid Hussain Singh Lloyd Okafor Nowak Mensah Ashworth Pritchard Fitzgerald Smith-Hughes "
        "MacDonald"
    ),
    surnames_each=1,
    phone="07700 900{:03d}",
)


def people(rng: np.random.Generator, names: Names, count: int, women: float) -> pd.DataFrame:
    """One row per person: client_name, woman, phone, email, birthday (days since 1970), NA where not on file.

    Names are told apart as far as the lists go (all but `HOMONYMS` pairs for a shop of ordinary size).
    """
    woman = rng.random(count) < women
    name = _full_names(rng, names, woman)
    for _ in range(30):
        again = pd.Series(name).duplicated().to_numpy()
        if not again.any():
            break
        name[again] = _full_names(rng, names, woman[again])
    twins = rng.permutation(count)[: 2 * min(HOMONYMS, count // 20)].reshape(2, -1)
    name[twins[1]] = name[twins[0]]
    woman[twins[1]] = woman[twins[0]]

    numbers = pd.Series([names.phone.format(n % 1000) for n in rng.permutation(max(count, 1000))[:count]])
    emails = pd.Series([f"{_plain(full)}{n:02d}@example.com" for n, full in enumerate(name)])
    years = rng.integers(-24 * 365, 37 * 365, count)  # born between 1946 and 2006
    return pd.DataFrame(
        {
            "client_name": name,
            "woman": woman,
            "phone": numbers.where(pd.Series(rng.random(count) < WITH_PHONE)),
            "email": emails.where(pd.Series(rng.random(count) < WITH_EMAIL)),
            "birthday": pd.to_datetime(years, unit="D", origin="unix").astype("datetime64[s]"),
        }
    ).assign(birthday=lambda p: p["birthday"].where(rng.random(count) < WITH_BIRTHDAY))


def _full_names(rng: np.random.Generator, names: Names, woman: Bools) -> Texts:
    women, men, surnames = (
        np.array(part.split(), dtype=object) for part in (names.women, names.men, names.surnames)
    )
    full = np.where(woman, rng.choice(women, len(woman)), rng.choice(men, len(woman)))
    for _ in range(names.surnames_each):
        full = full + " " + rng.choice(surnames, len(woman))
    return full


def _plain(name: str) -> str:
    """A name as it stands in a mail address: first name, dot, first surname, without accents."""
    first, *rest = name.lower().replace("'", "").split()
    letters = unicodedata.normalize("NFKD", f"{first}.{rest[0]}")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
