"""What set a case off, as badges on the board and as a sentence in its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from analysis.cases import Trigger, TriggerCode
from ui.markdown import escape
from ui.palette import NamedColour
from words import Words

#: Icon and colour of each trigger: red is lateness and money lost, the slot of "gone" is for who is leaving.
LOOKS: Mapping[TriggerCode, tuple[str, NamedColour]] = {
    "flag": ("flag", "gray"),
    "goodbye": ("waving_hand", "orange"),
    "cancelled": ("event_busy", "orange"),
    "no_show": ("event_busy", "orange"),
    "problem": ("report", "gray"),
    "payment": ("payments", "red"),
    "low_rating": ("thumb_down", "gray"),
    "top_late": ("running_with_errors", "red"),
}


def badges(w: Words, triggers: Iterable[Trigger]) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for trigger in triggers:
            icon, colour = LOOKS[trigger.code]
            if trigger.values.get("broken"):  # an answer promised and not given is late too
                colour = "red"
            st.badge(escape(trigger_words(w, trigger)), icon=f":material/{icon}:", color=colour)


def triggers_words(w: Words, triggers: Iterable[Trigger]) -> str:
    """All of them in one line; plain text."""
    return " · ".join(trigger_words(w, trigger) for trigger in triggers)


def trigger_words(w: Words, trigger: Trigger) -> str:
    """A few words with the number that matters."""
    values = trigger.values
    form = f"red_line.trigger.{trigger.code}"
    if trigger.code == "problem":
        form += ".broken" if values["broken"] else "" if values["staff"] else ".unowned"
    if trigger.code == "payment" and values["amount"] is None:
        form += ".plain"
    told = {name: values[name] for name in ("amount", "rating") if name in values}
    if "days" in values:
        days = int(str(values["days"]))
        told |= {"n": days, "ago": _day(w, "ago", days), "since": _day(w, "since", days)}
    return w(form, **told)


def _day(w: Words, form: str, days: int) -> str:
    """How many days ago something was, or since when it is so."""
    if days <= 0:
        return w(f"red_line.{form}.today")
    return w(f"red_line.{form}.yesterday") if days == 1 else w(f"red_line.{form}", n=days)
