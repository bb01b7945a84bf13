"""What the growth page says first: its answer, and four figures."""

from __future__ import annotations

import math

from analysis.practices.growth.cohorts import AFTER, Cohorts
from analysis.practices.growth.growth_split import GrowthSplit
from analysis.practices.growth.new_and_existing import NewAndExisting
from analysis.practices.growth.second_visit import SecondVisits
from ui.growth.choice import Shown, amount, change
from ui.page import Card
from words import Words

#: A change of less than this share is none.
_FLAT = 0.01
_SHORT = 14  # what fits under a figure


def answer(w: Words, shown: Shown, split: GrowthSplit | None, fresh: NewAndExisting) -> str:
    """How sales changed, who brought most of it and who took most away, and what new clients are of them."""
    parts = [_growth(w, shown, split)]
    if fresh.share.known:
        parts.append(
            w(
                "growth.answer.new.money" if fresh.money else "growth.answer.new.visits",
                share=fresh.share.share,
            )
        )
    return " ".join(parts)


def _growth(w: Words, shown: Shown, split: GrowthSplit | None) -> str:
    if split is None:
        return w("growth.answer.short")
    if math.isnan(split.growth):
        return w("growth.answer.from_nothing", amount=amount(w, split.total_now, money=split.money))
    code = "up" if split.growth >= _FLAT else "down" if split.growth <= -_FLAT else "flat"
    unit = "money" if split.money else "visits"
    text = w(
        f"growth.answer.{code}.{unit}",
        share=abs(split.growth),
        against=w(f"growth.against.{shown.basis}"),
    )
    gain, loss = greatest(split, 1), greatest(split, -1)
    if gain and loss:
        text += " " + w("growth.answer.parts", gain=_brought(w, gain, split), loss=_brought(w, loss, split))
    return text


def greatest(split: GrowthSplit, sign: int) -> str:
    """The part that added (1) or took away (-1) most; "" where none did."""
    table = split.parts
    place = int((sign * table["change"]).to_numpy().argmax())
    return str(table["part"].iloc[place]) if sign * table["change"].iloc[place] > 0 else ""


def _brought(w: Words, part: str, split: GrowthSplit) -> str:
    return w(f"growth.who.{part}", change=change(w, split.of(part, "change"), money=split.money))


def figures(
    w: Words, split: GrowthSplit | None, fresh: NewAndExisting, second: SecondVisits, stay: Cohorts
) -> list[Card]:
    """The share of new clients, the growth, who comes a second time and who stays."""
    lasting = next((months for months in reversed(AFTER) if stay.active[months].known), AFTER[0])
    active = stay.active[lasting]
    grown = split is not None and not math.isnan(split.growth)
    changed = change(w, split.change, money=split.money) if split is not None else ""
    return [
        Card(
            w("growth.card.growth"),
            _signed_percent(w, split.growth) if split is not None and grown else w.percent(None),
            changed if len(changed) <= _SHORT else "",
            "off" if split is None or not round(split.change) else "blue" if split.change > 0 else "red",
            help=w("growth.card.growth.help"),
        ),
        Card(
            w("growth.card.new"),
            w.percent(fresh.share.share),
            "" if math.isnan(fresh.usual) else w("growth.card.before", share=fresh.usual),
            help=w("growth.card.new.help"),
        ),
        Card(
            w("growth.card.second"),
            w.percent(second.last_year.share),
            w("growth.card.before", share=second.year_before.share) if second.year_before.known else "",
            help=w("growth.card.second.help"),
        ),
        Card(
            w("growth.card.stay", n=lasting),
            w.percent(active.share),
            w("growth.card.of", n=active.clients) if active.known else "",
            help=w("growth.card.stay.help", days=round(stay.silence_days)),
        ),
    ]


def _signed_percent(w: Words, share: float) -> str:
    text = w.percent(share, 1)
    return f"+{text}" if share > 0 else text
