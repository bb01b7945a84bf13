"""The board of cases that cannot wait, their briefs, and weeks of losses."""
