"""What the owner set: intervals, points, the day to count up to, and how the bands are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.settings import Settings
from ui.session.state import current, of_files


def settings() -> Settings:
    return of_files().settings


def set_settings(new: Settings) -> None:
    of_files().settings = new


def set_standards(standards: Mapping[str, float]) -> None:
    """The owner's own standard intervals, in days per service."""
    set_settings(replace(settings(), standards=dict(standards)))


def set_unit_intervals(intervals: Mapping[str, float]) -> None:
    """The owner's own intervals in units (km, miles, hours) per service."""
    set_settings(replace(settings(), unit_intervals=dict(intervals)))


def set_affection_weights(weights: Mapping[str, float]) -> None:
    """The owner's own points of affection, as `Settings.affection_weights`."""
    set_settings(replace(settings(), affection_weights=dict(weights)))


def gentle_bands() -> bool:
    """The owner asked for softer names of the bands."""
    return current().gentle_bands


def set_gentle_bands(*, gentle: bool) -> None:
    current().gentle_bands = gentle
