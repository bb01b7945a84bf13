"""Both samples, simulated once."""

from __future__ import annotations

import pytest

import sample_data
from sample_data.sample import Sample


@pytest.fixture(scope="session")
def salon() -> Sample:
    return sample_data.salon()


@pytest.fixture(scope="session")
def workshop() -> Sample:
    return sample_data.workshop()


@pytest.fixture(scope="session", params=["salon", "workshop"])
def shop(request: pytest.FixtureRequest) -> Sample:
    sample: Sample = request.getfixturevalue(request.param)
    return sample
