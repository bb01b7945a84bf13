"""Who asked not to be contacted, and what a list tells of them."""

import pandas as pd

from analysis.consent import reachable, refused

PEOPLE = pd.DataFrame(
    {
        "phone": ["1", "2", "3"],
        "email": ["a@x.es", "b@x.es", None],
        "consent": pd.array([True, False, None], dtype="boolean"),
    },
    index=[7, 8, 9],
)


def test_only_a_no_is_a_refusal():
    assert refused(PEOPLE).to_dict() == {7: False, 8: True, 9: False}


def test_an_export_that_says_nothing_of_consent_has_nobody_who_refused():
    unknown = PEOPLE.assign(consent=pd.array([None] * 3, dtype=object))
    assert not refused(unknown).any()


def test_who_refused_stands_on_the_list_without_a_way_to_be_reached():
    found = reachable(PEOPLE)
    assert found["phone"].fillna("").tolist() == ["1", "", "3"]
    assert found["email"].fillna("").tolist() == ["a@x.es", "", ""]
    assert PEOPLE["phone"].tolist() == ["1", "2", "3"]
