"""What can stand in the notebook. All of it is by client id and all of it is the owner's own word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar, get_args

from msgspec import Meta

from analysis.settings import Settings

#: What came of a call, a message or a visit. `slip` to `left` say why the client had not come; `snoozed` asks again on
#: `Outcome.until`; `do_not_contact` holds from then on.
OutcomeCode = Literal[
    "appointment",
    "answered",
    "no_answer",
    "message_sent",
    "slip",
    "problem",
    "price",
    "moved",
    "left",
    "do_not_contact",
    "snoozed",
]
OUTCOMES: tuple[OutcomeCode, ...] = get_args(OutcomeCode)

#: What was offered to keep a client who cannot or will not go on.
Offer = Literal["other_terms", "smaller_amount", "card_or_credit", "extra"]
OFFERS: tuple[Offer, ...] = get_args(Offer)

_Entry = TypeVar("_Entry")


def _nothing() -> Mapping[str, _Entry]:
    return MappingProxyType({})


@dataclass(frozen=True)
class OwnScore:
    """The owner's affection for a client, 0-10, in place of what the signs say."""

    score: Annotated[float, Meta(ge=0, le=10)]
    note: str
    on: dt.date


@dataclass(frozen=True)
class RedFlag:
    """A client the owner put on the red line, with why and what was promised them."""

    on: dt.date
    why: str = ""
    promised: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of getting in touch with a client on a day."""

    client_id: str
    on: dt.date
    code: OutcomeCode
    note: str = ""
    channel: str = ""  # of analysis.records.CHANNELS, "" where not said
    offer: Offer | None = None
    until: dt.date | None = None  # snoozed: ask again on this day


@dataclass(frozen=True)
class ProblemNote:
    """A client's problem that the export does not know of; or, `about_export`, more about one that it does.

    The export's problem is that of the same client, day and kind; what is left out here is as the export has it.
    """

    client_id: str
    opened: dt.date
    kind: str = ""
    staff: str = ""  # who owns it
    detail: str = ""
    promised: dt.date | None = None
    closed: dt.date | None = None
    solved: bool | None = None
    about_export: bool = False


@dataclass(frozen=True)
class Letter:
    """What the owner wrote into a client's year-end letter, and how far it has come."""

    own_words: str = ""
    text: str = ""  # the whole letter, where the owner changed more than the blank
    ready: bool = False
    sent: dt.date | None = None
    register: str = ""  # formal or familiar; "" as the others
    language: str = ""  # es or en; "" as the others


@dataclass(frozen=True)
class Goal:
    """A figure to reach by a day, with what it was on the day the owner set it (by the data of that day)."""

    target: float
    by: dt.date
    start: float
    on: dt.date


@dataclass(frozen=True)
class Notebook:
    """All of it. Empty is what a shop begins with.

    `goals` are by their name (`analysis.practices.affection.goals` says which there are), `choices` other figures
    that the owner set on a page, such as the target share of new clients.
    """

    settings: Settings = field(default_factory=Settings)
    gentle_bands: bool = False
    own_scores: Mapping[str, OwnScore] = field(default_factory=_nothing)
    red_flags: Mapping[str, RedFlag] = field(default_factory=_nothing)
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[ProblemNote, ...] = ()
    letters: Mapping[str, Letter] = field(default_factory=_nothing)
    signature: str = ""  # under the letters
    goals: Mapping[str, Goal] = field(default_factory=_nothing)
    choices: Mapping[str, float] = field(default_factory=_nothing)

    def __bool__(self) -> bool:
        return self != Notebook()
