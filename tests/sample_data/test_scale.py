from __future__ import annotations

import time

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sample_data import Sample, scaled


@pytest.mark.parametrize("lines", [500, 10_000])
def test_a_scaled_export_has_exactly_the_lines_asked_for(lines: int):
    export = scaled(lines)
    assert len(export) == lines
    assert list(export.columns) == [
        *("Código cliente", "Cliente", "Fecha", "Servicio", "Atendido por", "Estado", "Importe (€)"),
    ]
    assert export["Fecha"].is_monotonic_increasing
    assert export["Código cliente"].isna().mean() == pytest.approx(0.06, abs=0.001)


def test_a_scaled_export_is_reproducible():
    assert_frame_equal(scaled(2_000), scaled(2_000))


def test_clients_of_a_scaled_export_are_as_busy_as_those_of_the_sample(salon: Sample):
    export = scaled(20_000)
    per_client = export["Código cliente"].value_counts().mean()
    of_sample = salon.tables["sales"]["client_id"].value_counts().mean()
    assert per_client == pytest.approx(of_sample, rel=0.15)


def test_a_hundred_thousand_lines_take_seconds_not_minutes():
    began = time.process_time()
    export = scaled(100_000)
    assert time.process_time() - began < 5.0
    assert export["Fecha"].max() >= pd.Timestamp("2026-10-31")
