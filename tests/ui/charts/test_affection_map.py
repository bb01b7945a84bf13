import pandas as pd
import pytest

from ui.charts.affection_map import MOST_POINTS, affection_map, cell_names, picked_clients
from ui.palette import LIGHT
from words import Words


def crowd(n: int) -> pd.DataFrame:
    """N clients over the whole scale of affection and three decades of value."""
    steps = pd.Series(range(n))
    affection = (steps % 101) / 10
    return pd.DataFrame(
        {
            "client_id": "client-" + steps.astype(str),
            "client_name": "Client " + steps.astype(str),
            "affection": affection,
            "band": affection.map(lambda a: "loved" if a >= 7 else "hated" if a <= 3 else "ignored"),
            "value": 10 ** (1 + (steps % 37) / 12),
        }
    )


def marks(figure: object) -> list[dict[str, object]]:
    """What Streamlit reports when every mark is selected."""
    return [{"customdata": data} for trace in figure.data for data in trace.customdata]  # type: ignore[attr-defined]


def test_a_client_is_a_mark_of_their_band(w: Words) -> None:
    figure = affection_map(crowd(101), w, LIGHT, money=True)
    symbols = {trace.name: trace.marker.symbol for trace in figure.data}
    assert symbols == {w.band("loved"): "circle", w.band("ignored"): "square", w.band("hated"): "diamond"}
    assert sum(len(trace.x) for trace in figure.data) == 101


@pytest.mark.parametrize("n", [60, MOST_POINTS, MOST_POINTS + 1, 9000])
def test_selecting_every_mark_selects_every_client(w: Words, n: int) -> None:
    clients = crowd(n)
    picked = picked_clients(clients, marks(affection_map(clients, w, LIGHT, money=True)))
    assert sorted(picked) == sorted(clients["client_id"])


def test_selecting_one_cell_selects_its_clients_alone(w: Words) -> None:
    clients = crowd(5000)
    cell = marks(affection_map(clients, w, LIGHT, money=True))[0]
    picked = picked_clients(clients, [cell])
    inside = clients[clients["client_id"].isin(picked)]
    assert 0 < len(inside) < len(clients)
    assert len(set(inside["band"])) == 1
    assert inside["affection"].max() - inside["affection"].min() <= 0.5
    assert inside["value"].max() / inside["value"].min() <= 10 ** (1 / 6) + 1e-9


def test_a_crowd_is_drawn_as_cells_and_stays_light(w: Words) -> None:
    assert len(affection_map(crowd(30_000), w, LIGHT, money=True).to_json()) < 60_000


def test_two_thousand_clients_are_still_points_and_bearable(w: Words) -> None:
    figure = affection_map(crowd(MOST_POINTS), w, LIGHT, money=True)
    assert sum(len(trace.x) for trace in figure.data) == MOST_POINTS
    assert len(figure.to_json()) < 120_000


def test_a_cell_s_area_is_its_number_of_clients(w: Words) -> None:
    rare = pd.DataFrame({"affection": 9.8, "band": "loved", "value": 20.0}, index=range(900))
    common = pd.DataFrame({"affection": 7.3, "band": "loved", "value": 500.0}, index=range(3600))
    clients = pd.concat([rare, common], ignore_index=True)
    clients = clients.assign(client_id=clients.index.astype(str), client_name="x")
    loved = next(t for t in affection_map(clients, w, LIGHT, money=True).data if len(t.x))
    assert sorted(size / max(loved.marker.size) for size in loved.marker.size) == [0.5, 1.0]


def test_cells_break_on_the_edges_of_the_bands() -> None:
    clients = pd.DataFrame({"affection": [2.9, 3.0, 3.1, 6.9, 7.0, 7.1], "band": "ignored", "value": 100.0})
    low, edge, above, below, start, inside = cell_names(clients)
    assert low == edge != above
    assert below != start == inside


def test_the_scale_is_told_in_visits_where_there_are_no_amounts(w: Words) -> None:
    figure = affection_map(crowd(50), w, LIGHT, money=False)
    assert not any("€" in label for label in figure.layout.yaxis.ticktext)
    assert "visitas" in figure.data[0].hovertemplate
