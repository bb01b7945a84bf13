"""In a box of names no two clients look the same."""

import pandas as pd

from ui.client.names import client_labels
from words import speak


def test_clients_who_share_a_name_are_told_apart_by_their_id() -> None:
    clients = pd.DataFrame({"client_id": ["a", "b", "c", "d"], "client_name": ["Ana", "Luis", "Ana", None]})
    assert client_labels(speak("es"), clients) == {
        "a": "Ana · a",
        "b": "Luis",
        "c": "Ana · c",
        "d": "Cliente d",
    }
