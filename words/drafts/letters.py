"""A client's year-end letter: one or two paragraphs from their own facts, with a blank that only the owner can fill.

Nothing in it names a band, a score, what a problem was or who came on whose word. With whom there was a quarrel, it
sells nothing: it owns up to what is known, and offers to talk.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from words.drafts.messages import Register, greeting
from words.speaker import LANGUAGES, Words, speak

#: What divides several names in one text.
UNIT = "\x1f"
#: What stands in the place of the owner's words until there are any, in every language.
BLANKS = tuple(speak(language)("letters.blank") for language in LANGUAGES)
_SENTENCE = re.compile(r"(?<=[.!?:,])\s+|\n{2,}")
_OPENINGS, _WISHES, _TALKS, _HOOKS = 3, 3, 2, 2


@dataclass(frozen=True)
class LetterFacts:
    """What a letter may say. `place` is its place in the list: neighbours begin and end in other words."""

    name: str
    place: int = 0
    quarrel: bool = False
    trouble: str = ""  # open, badly_solved, or "" where nothing is known to have gone wrong
    trouble_on: dt.date | None = None
    hook: str = "none"
    variant: int = 0
    date: dt.date | None = None
    n: int = 0
    text: str = ""


def letter(w: Words, facts: LetterFacts, register: Register, own_words: str = "", signature: str = "") -> str:
    """The letter in the language of `w`; without `own_words` the blank stands in their place."""
    own = own_words.strip() or w("letters.blank")
    story = [w(f"letters.open.{facts.place % _OPENINGS}.{register}"), _hook(w, facts, register)]
    if facts.quarrel:
        story.append(_trouble(w, facts, register))
        end = w(f"letters.talk.{facts.place % _TALKS}.{register}")
    else:
        end = w(f"letters.wish.{facts.place % _WISHES}.{register}")
    goodbye = "\n".join(part for part in (w(f"message.goodbye.{register}"), signature.strip()) if part)
    first = " ".join(part for part in (*story, own) if part)
    return "\n\n".join([greeting(w, facts.name, register), first, end, goodbye])


def has_blank(text: str) -> bool:
    """Whether the blank still stands in a text, in any language."""
    return any(blank in text for blank in BLANKS)


def is_filled(own_words: str, text: str) -> bool:
    """Whether the owner has put something of their own into it: words in the blank, or a text without one."""
    return not has_blank(text) if text else bool(own_words.strip())


def own_part(own_words: str, text: str, draft: str) -> str:
    """What in a letter is the owner's own: their words, or the sentences of their `text` that the draft has not."""
    if not text or (own_words and own_words in text):
        return own_words
    drafted = set(_SENTENCE.split(draft))
    return " ".join(sentence for sentence in _SENTENCE.split(text) if sentence not in drafted)


def _hook(w: Words, facts: LetterFacts, register: Register) -> str:
    if facts.hook == "none":
        return ""
    sentence = f"letters.hook.{facts.hook}.{facts.variant % _HOOKS}.{register}"
    names = facts.text.split(UNIT) if facts.text else []
    what = w.listing([_in_a_sentence(name) for name in names] if facts.hook == "service" else names)
    return w(sentence, n=facts.n, date=facts.date, what=what)


def _in_a_sentence(service: str) -> str:
    """A service's name as it stands within a sentence: "oil and filter", but "MOT test"."""
    return service[:1].lower() + service[1:] if service[1:2].islower() else service


def _trouble(w: Words, facts: LetterFacts, register: Register) -> str:
    return w(f"letters.trouble.{facts.trouble or 'unknown'}.{register}", date=facts.trouble_on)
