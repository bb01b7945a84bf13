"""How many gaps of each length there were: what the fitted rhythm is drawn against."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.pace.gaps import Gaps
from analysis.services import Streams


def gap_counts(found: Streams | None, all_visits: Gaps) -> pd.DataFrame:
    """Closed gaps of all visits (service "") and of each service's stream: service, days, gaps (how many)."""
    frames = [_counts("", _closed(all_visits))]
    if found is not None:
        service = found.service[found.gaps.row[~found.gaps.is_open]]
        days = _closed(found.gaps)
        frames += [_counts(str(name), days[service == place]) for place, name in enumerate(found.names)]
    return pd.concat(frames, ignore_index=True)


def _closed(gaps: Gaps) -> np.ndarray:
    closed = ~gaps.is_open
    return (gaps.closed - gaps.opened)[closed]


def _counts(service: str, days: np.ndarray) -> pd.DataFrame:
    lengths, how_many = np.unique(days, return_counts=True)
    return pd.DataFrame(
        {"service": service, "days": lengths.astype("int64"), "gaps": how_many.astype("int64")}
    )
