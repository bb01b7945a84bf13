"""How often does each client come? Gaps and their fit, standards to edit, who is out of rhythm, the coming weeks."""

from __future__ import annotations

from ui.page import frame, header, opened, results
from ui.rhythms import intervals_panels as panels
from ui.rhythms.season_panels import closed_days_panel, season_panel
from ui.rhythms.standards_editor import standards_panel
from ui.rhythms.usage_panels import usage_panel

w = opened()
portfolio, palette = results(w, w("intervals.question"))

with frame():
    header(w("intervals.question"), panels.answer(w, portfolio))
    panels.gaps_panel(w, portfolio, palette)
    standards_panel(w, portfolio)
    usage_panel(w, portfolio)
    panels.late_panel(w, portfolio, palette)
    panels.expected_panel(w, portfolio, palette)
    season_panel(w, portfolio.year, palette)
    closed_days_panel(w, portfolio.year)
