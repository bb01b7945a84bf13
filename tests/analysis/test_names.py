import pytest

from analysis.names import fingerprint


@pytest.mark.parametrize("written", ["lucia peña", "Peña, Lucía", "LUCÍA  PEÑA", "Lucía Peña.", "Lucia Pena"])
def test_a_name_written_in_another_way_is_the_same_person(written: str):
    assert fingerprint(written) == fingerprint("Lucía Peña")


@pytest.mark.parametrize("other", ["Lucía Peñas", "Lucía", "Lucía Peña Gil"])
def test_another_name_is_another_person(other: str):
    assert fingerprint(other) != fingerprint("Lucía Peña")
