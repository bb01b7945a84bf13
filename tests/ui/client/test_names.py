"""In a box of names no two clients look the same."""

import pandas as pd

from ui.client.names import client_labels, place_of
from ui.client.picker import MOST_NAMES, names_with
from words import speak


def test_clients_who_share_a_name_are_told_apart_by_their_id() -> None:
    clients = pd.DataFrame({"client_id": ["a", "b", "c", "d"], "client_name": ["Ana", "Luis", "Ana", None]})
    assert client_labels(speak("es"), clients) == {
        "a": "Ana · a",
        "b": "Luis",
        "c": "Ana · c",
        "d": "Cliente d",
    }


def test_a_box_begins_with_the_client_it_is_asked_for_and_else_with_nobody() -> None:
    labels = {"a": "Ana", "b": "Luis"}
    assert [place_of(client_id, labels) for client_id in ("a", "b", "c", None)] == [0, 1, None, None]


def test_a_client_far_down_a_long_list_is_offered_too_and_nobody_twice() -> None:
    ids = [f"C{n}" for n in range(MOST_NAMES + 50)]
    clients = pd.DataFrame({"client_id": ids})
    most = ids[:MOST_NAMES]
    assert names_with(clients, ids[-1])["client_id"].tolist() == [*most, ids[-1]]
    assert names_with(clients, "C7")["client_id"].tolist() == most
    assert names_with(clients, None)["client_id"].tolist() == most
