"""What stands behind a verb, cut out of its sentence, where the parser ties nothing of it to the verb."""

from __future__ import annotations

from ingest.extract.grammar import Reading, is_passive, is_verb
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.wanted import leads_to_time
from ingest.nlp.words import Token

_OPENING = frozenset(("NOUN", "PROPN", "PRON", "DET", "NUM", "SYM"))
_OPENERS = frozenset(("that", "if", "whether"))
_ENDS = frozenset((",", ";", ":", ".", "-", "–", "—", "(", ")"))
_QUOTES = frozenset(('"', "“", "”"))
_JOINS = frozenset(("mark", "cc"))
_LONGEST_RUN = 30
"""Tokens."""
_SHORTEST = 2


def run_behind(reading: Reading, verb: Token) -> list[Token]:
    """The words behind `verb` and a time up to the next comma: "it was near" of "warned in May it was near".

    Without times and articles. Empty behind a passive, and where an aside or a clause of its own begins there.
    """
    words = title_lexicon()
    if not is_verb(verb) or is_passive(verb) or verb.lemma_ in words.coming or verb.lemma_ in words.empty:
        return []
    found: list[Token] = []
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + _LONGEST_RUN, verb.sent.end)]:
        timed = token.i in reading.times or leads_to_time(reading, token)
        if token.text in _ENDS or (found and (timed or _opens_other(token))):
            break
        if not (timed or token.lower_ in words.articles or token.text in _QUOTES):
            found.append(token)
    return found if len(found) >= _SHORTEST and _can_open(found[0]) and found[-1].tag_ != "POS" else []


def _can_open(token: Token) -> bool:
    """True for what completes a verb: "it" of "warned in May it was near", "of" of "learned on Monday of the plan"."""
    if token.lower_ == "of":
        return token.head.dep_ in ("npadvmod", "dobj")
    return token.pos_ in _OPENING or token.lower_ in _OPENERS


def _opens_other(token: Token) -> bool:
    """True for the "and", "who" or "after" that goes on with another clause."""
    return token.dep_ in _JOINS or token.tag_ in ("WDT", "WP", "WRB")
