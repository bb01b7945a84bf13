"""What becomes of a loss: what changed in months already closed, and what of it could be won back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import tallies
from analysis.portfolio import Portfolio
from ui.lost_revenue.chosen_loss import Loss
from ui.markdown import muted
from ui.page import TEXT_WIDTH, finding_line
from words import Words

#: Nobody has measured it for this shop: a cautious start, which the page asks the owner to put right.
USUAL_RESPONSE, RESPONSE_STEP = 30, 5
_PERCENT = 100


def corrections_panel(w: Words, portfolio: Portfolio, loss: Loss) -> None:
    """The months closed last: what was said of them when they closed, what is said today, and the difference.

    Of the whole business by the clients' own rhythm alone: that is the figure that was published.
    """
    if loss.lens != "own" or not loss.whole or portfolio.published_losses.empty:
        return
    table = tallies.month_corrections(portfolio.published_losses, portfolio.losses, loss.measure)
    if not (table["then"].any() or table["now"].any()):
        return
    last = table.iloc[-1]
    finding = w(
        "late_revenue.corrected",
        month=last["month"],
        then=loss.amount(w, last["then"]),
        now=loss.amount(w, last["now"]),
        change=_signed(w, loss, last["change"]),
    )
    rows = pd.DataFrame(
        {
            w("late_revenue.column.month"): [w.month(month) for month in table["month"]],
            w("late_revenue.corrected.then"): [loss.amount(w, value) for value in table["then"]],
            w("late_revenue.corrected.now"): [loss.amount(w, value) for value in table["now"]],
            w("late_revenue.corrected.change"): [_signed(w, loss, value) for value in table["change"]],
        }
    )
    with st.container(gap="xsmall"):
        finding_line(finding, w("late_revenue.corrected.note"))
        st.table(rows, border="horizontal", hide_index=True, alt=finding)


def _signed(w: Words, loss: Loss, change: float) -> str:
    amount = loss.amount(w, abs(change))
    if amount == loss.amount(w, 0.0):
        return amount
    return f"{'+' if change > 0 else '−'}{amount}"


def win_back_panel(w: Words, portfolio: Portfolio, loss: Loss) -> None:
    """Loss x P(still a client) x response, the last being the owner's own assumption."""
    reach = tallies.reachable_loss(loss.rows, portfolio.clients, loss.measure)
    if not sum(reach.values()):
        return
    with st.container(gap="xsmall"):
        heading = st.container(gap="xsmall")
        response = (
            st.slider(
                w("late_revenue.win_back.slider"),
                RESPONSE_STEP,
                _PERCENT,
                USUAL_RESPONSE,
                RESPONSE_STEP,
                format="%d%%",
                key="response",
                bind="query-params",
                persist_state="session",
            )
            / _PERCENT
        )
        late, gone = (loss.amount(w, reach[kind] * response) for kind in ("late", "gone"))
        with heading:
            total = loss.amount(w, sum(reach.values()) * response)
            title = w("late_revenue.win_back.title", share=response, amount=total)
            finding_line(title, w("late_revenue.win_back.note"))
        with st.grid(2, min_column_width=140, gap="small"):
            st.metric(w("late_revenue.win_back.late"), late)
            st.metric(w("late_revenue.win_back.gone"), gone)
        st.markdown(muted(w("late_revenue.win_back.why", share=USUAL_RESPONSE / _PERCENT)), width=TEXT_WIDTH)
