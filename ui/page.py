"""The frame every page stands in: width, question and answer, panels, figures in cards, the empty state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.mutable_status_container import StatusContainer

from analysis.errors import PuntualError
from analysis.portfolio import Portfolio
from analysis.progress import Progress
from ui import session, wanted
from ui.buttons import main_button, template_button
from ui.charts.house import CONFIG
from ui.client import drawer as client_drawer
from ui.markdown import escape, muted, muted_body
from ui.menu import routed
from ui.palette import Palette
from words import Words

PAGE_WIDTH = 1120
#: A line of text longer than this tires the eye.
TEXT_WIDTH = 760


@contextmanager
def frame() -> Iterator[None]:
    """The column a page's content stands in; after it, the drawer of the client whose name was clicked."""
    with st.container(width=PAGE_WIDTH, gap="medium"):
        yield
    client_drawer.show_if_asked(session.words())


def header(question: str, answer: str) -> None:
    """The page's question as its title, and the answer in one sentence (markdown: numbers in bold)."""
    with st.container(gap="xsmall"):
        st.title(question, anchor=False)
        st.markdown(answer, width=TEXT_WIDTH)


def opened() -> Words:
    """What every page starts with: the reader's words, once the router is known to lead here."""
    routed()
    return session.words()


def results(w: Words, question: str) -> tuple[Portfolio, Palette]:
    """The current results and palette; without them the page ends here, saying what is missing or wrong.

    `question` is the page's title, which stands above the empty state too.
    """
    if not session.is_ready():
        _prepare(w, question)
    portfolio = session.portfolio()
    if portfolio is None:  # only where the files went away between the two calls
        st.stop()
    return portfolio, session.palette()


def _prepare(w: Words, question: str) -> None:
    """The question, and under it how to give a file, the steps of working it out, or what is wrong with it."""
    with frame():
        if not session.uploads():
            wanted.note()
            header(question, w("empty.no_file.answer"))
            no_file(w)
            st.stop()
        st.title(question, anchor=False)
        place, problem = st.empty(), None
        with place, st.status(w("progress.working")) as status:
            try:
                session.portfolio(steps(w, status))
            except PuntualError as error:
                problem = error
        place.empty()
        if problem is not None:
            with trouble(w, problem):
                st.page_link("pages/start.py", label=w("empty.upload_another"), icon=":material/upload_file:")
            st.stop()
    st.rerun()


def steps(w: Words, status: StatusContainer) -> Progress:
    """What tells each step of long work as the label of a status."""

    def tell(code: str, _share: float, /, **values: object) -> None:
        status.update(label=w(f"progress.{code}", **values))

    return tell


def panel(
    w: Words,
    finding: str,
    note: str,
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    numbers: pd.DataFrame | None = None,
) -> None:
    """A chart under its finding: title, one muted line (unit, period, how to read), figure, its numbers as a table.

    `finding` and `note` are markdown; `alt` says the finding and its key numbers to a screen reader; `numbers`
    has its column names in the reader's language already.
    """
    with st.container(gap="xsmall"):
        finding_line(finding, note)
        st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=alt)
        if numbers is not None:
            chart_numbers(w, numbers, key=key, alt=alt)


def chart_numbers(w: Words, numbers: pd.DataFrame, *, key: str, alt: str) -> None:
    """A chart's numbers as a table, folded away under it; columns are named in the reader's language already."""
    with st.expander(w("common.chart_numbers")):
        st.dataframe(numbers, hide_index=True, placeholder="–", alt=alt, key=f"{key}_numbers")


def finding_line(finding: str, note: str = "") -> None:
    """A panel's title and the muted line under it."""
    with st.container(gap="xsmall"):
        st.header(finding, anchor=False)
        if note:
            st.markdown(muted(note), width=TEXT_WIDTH)


@dataclass(frozen=True)
class Card:
    """One figure of the row at the top of a page. `delta_colour`: blue is good, red is bad, off is neither."""

    label: str
    value: str
    delta: str = ""
    delta_colour: Literal["blue", "red", "off"] = "off"
    arrow: Literal["up", "down", "off"] = "off"
    trend: Sequence[float] = ()
    flow: bool = False  # a flow is drawn as bars, a level as a line
    help: str | None = None


def cards(row: Sequence[Card]) -> None:
    """The figures a page opens with; a sparkline for all of them or for none."""
    with_trend = all(len(card.trend) > 1 for card in row)
    with st.grid(len(row), min_column_width=150, gap="small"):
        for card in row:
            st.metric(
                card.label,
                card.value,
                card.delta or None,
                delta_color=card.delta_colour,
                delta_arrow=card.arrow,
                help=card.help,
                border=True,
                height="stretch",
                chart_data=list(card.trend) if with_trend else None,
                chart_type="bar" if card.flow else "line",
            )


def notice(title: str, body: str, icon: str) -> None:
    """A quiet box: a title, what it means, an icon. Both texts are markdown."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/{icon}: **{title}**")
        st.markdown(muted_body(body), width=TEXT_WIDTH)


def no_file(w: Words) -> None:
    """What a page shows before there is a file: how to give it one, or to look at a sample."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/upload_file: **{w('empty.no_file.title')}**")
        st.markdown(muted_body(w("empty.no_file.body")), width=TEXT_WIDTH)
        st.space("xxsmall")
        with st.container(horizontal=True):
            if st.button(
                w("empty.upload"), icon=":material/upload_file:", type=main_button(), key="empty_upload"
            ):
                st.switch_page("pages/start.py")
            st.button(
                w("empty.sample"),
                icon=":material/play_circle:",
                key="empty_sample",
                on_click=session.open_sample,
                args=(w.language,),
            )
            template_button(w, w("empty.template"))


@contextmanager
def trouble(w: Words, error: PuntualError) -> Iterator[None]:
    """A box that says what went wrong with the file, where, and how to mend it; what follows stands in it too."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/help: **{w('problem.title')}**")
        for line in w.error(error).split("\n"):
            st.markdown(escape(line), width=TEXT_WIDTH)
        yield
