"""A loyal shop and its rhythms, learned once for all who look at them."""

import pytest

from analysis.rhythm import Prior, fit, grid
from tests.analysis.rhythm.shops import Truth


@pytest.fixture(scope="session")
def truth() -> Truth:
    return Truth.of(400, k=5.0)


@pytest.fixture(scope="session")
def prior(truth: Truth) -> Prior:
    """For horizons of up to half a year."""
    return fit(truth.known, grid(truth.known, 182))
