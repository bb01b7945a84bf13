"""How clients are told apart in a box of names: those who share a name are shown with their id."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from words import Words


def client_labels(w: Words, clients: pd.DataFrame) -> dict[str, str]:
    """From id to label, in the order of `clients`; no two labels are the same."""
    ids = clients["client_id"].astype(str)
    names = [w.client(name, client_id) for name, client_id in zip(clients["client_name"], ids, strict=True)]
    shared = {name for name, count in Counter(names).items() if count > 1}
    return {
        client_id: f"{name} · {client_id}" if name in shared else name
        for client_id, name in zip(ids, names, strict=True)
    }
