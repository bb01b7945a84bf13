import pytest

from words import Words, speak


@pytest.fixture
def w() -> Words:
    return speak("es", "es-ES", "EUR")


@pytest.fixture
def english() -> Words:
    return speak("en", "en-US", "EUR")
