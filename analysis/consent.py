"""Who asked not to be contacted: on every list, and on none to be reached."""

from __future__ import annotations

import pandas as pd


def refused(people: pd.DataFrame) -> pd.Series:
    """Per row of `people`, by their `consent`: they said no. Not having said anything is no refusal."""
    return ~people["consent"].astype("boolean").fillna(value=True).astype(bool)


def reachable(people: pd.DataFrame) -> pd.DataFrame:
    """The same people, with telephone and mail only of those who did not refuse."""
    no = refused(people)
    return people.assign(phone=people["phone"].mask(no), email=people["email"].mask(no))
