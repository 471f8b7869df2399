"""What stands behind a verb, cut out of its sentence, where the parser ties nothing of it to the verb."""

from __future__ import annotations

from itertools import dropwhile, takewhile

from ingest.extract.grammar import Reading, is_passive, is_verb
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.wanted import leads_to_time
from ingest.nlp.words import Token

_OPENING = frozenset(("NOUN", "PROPN", "PRON", "DET", "NUM", "SYM"))
_OPENERS = frozenset(("that", "if", "whether"))
_ENDS = frozenset((",", ";", ":", ".", "-", "–", "—", "(", ")"))
_QUOTES = frozenset(('"', "“", "”"))
_BEFORE_QUOTE = frozenset((":", ","))
_LEFT_OUT = frozenset((".", "'", "‘", "’"))
"""Marks inside a quotation that a line does without."""
_LONGEST_RUN = 30
"""Tokens."""
_SHORTEST = 2


def run_behind(reading: Reading, verb: Token) -> list[Token]:
    """The words behind `verb` and a time up to the next comma: "it was near" of "warned in May it was near".

    Without times and articles, or a quotation that begins there: 'wrote in May: "It is near"'. Empty behind a passive,
    and where an aside or a clause of its own begins there.
    """
    words = title_lexicon()
    if not is_verb(verb) or is_passive(verb) or verb.lemma_ in words.coming or verb.lemma_ in words.empty:
        return []
    behind = verb.doc[verb.i + 1 : min(verb.i + 1 + _LONGEST_RUN, verb.sent.end)]
    rest = [*dropwhile(lambda t: _is_of_time(reading, t), behind)]
    if len(rest) > _SHORTEST and rest[0].text in _BEFORE_QUOTE and rest[0].whitespace_ and rest[1].text in _QUOTES:
        said = takewhile(lambda t: t.text not in _QUOTES, rest[2:])
        return [t for t in said if t.text not in _LEFT_OUT]
    found = [*takewhile(lambda t: not _ends(reading, t), rest)]
    run = [t for t in found if t.lower_ not in words.articles and t.text not in _QUOTES]
    return run if len(run) >= _SHORTEST and _can_open(run[0]) and run[-1].tag_ != "POS" else []


def _is_of_time(reading: Reading, token: Token) -> bool:
    return token.i in reading.times or leads_to_time(reading, token)


def _ends(reading: Reading, token: Token) -> bool:
    """True for a comma, for another time, and for what goes on with another clause: "and", "who", "after"."""
    joins = token.dep_ == "cc" or (token.dep_ == "mark" and token.lower_ not in _OPENERS)
    joins = joins or token.tag_ in ("WDT", "WP", "WRB")
    return token.text in _ENDS or joins or _is_of_time(reading, token)


def _can_open(token: Token) -> bool:
    """True for what completes a verb: "it" of "warned in May it was near", "of" of "learned on Monday of the plan"."""
    if token.lower_ == "of":
        return token.head.dep_ in ("npadvmod", "dobj")
    return token.pos_ in _OPENING or token.lower_ in _OPENERS
