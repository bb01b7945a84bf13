"""The two sample shops, analysed once, and the truth that was planted in them."""

import pandas as pd
import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.reading import Upload, read
from dev import ROOT
from sample_data import SAMPLES


def analysed(language: str) -> Portfolio:
    path = SAMPLES[language]  # type: ignore[index]
    return analyse(read([Upload(path.name, path.read_bytes())]))


def planted(shop: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "sample_data" / f"{shop}_truth.csv", keep_default_na=False)


def facts(shop: str) -> pd.DataFrame:
    """What was planted beside the simulation, each with its day: see `sample_data.sample.FACTS`."""
    path = ROOT / "sample_data" / f"{shop}_facts.csv"
    return pd.read_csv(path, keep_default_na=False).assign(on=lambda rows: pd.to_datetime(rows["on"]))


@pytest.fixture(scope="session")
def salon_sample() -> Portfolio:
    return analysed("es")


@pytest.fixture(scope="session")
def workshop_sample() -> Portfolio:
    return analysed("en")


@pytest.fixture(scope="session")
def salon_truth() -> pd.DataFrame:
    return planted("salon")


@pytest.fixture(scope="session")
def workshop_truth() -> pd.DataFrame:
    return planted("workshop")


@pytest.fixture(scope="session")
def salon_facts() -> pd.DataFrame:
    return facts("salon")


@pytest.fixture(scope="session")
def workshop_facts() -> pd.DataFrame:
    return facts("workshop")
