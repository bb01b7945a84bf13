"""Which data the pages show: what the session tells the sidebar, which must not wait for the session's imports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Where in `st.session_state` the session says it; a `DataLine`.
DATA_LINE = "puntual_data_line"


@dataclass(frozen=True)
class DataLine:
    """The files the results come from and the date they reach."""

    files: tuple[str, ...]
    as_of: dt.date
