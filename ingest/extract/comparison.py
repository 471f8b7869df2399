"""Dates that something is measured by: "than in 2019", "up 2% on the year before", "from 95 euros in May".

They say when the old value was, not when anything came about.
"""

from __future__ import annotations

from ingest.extract.dating import root_of
from ingest.extract.grammar import is_verb
from ingest.nlp.words import Span, Token

_COMPARED = frozenset(("compare", "versus", "vs", "relative", "unlike"))
_SUPERLATIVES = frozenset(("first", "only", "record", "any"))
_MORE = frozenset(("more", "less", "fewer", "later", "earlier", "rather", "other"))
"""Before a "than" that says how many or how late, if no definite value is behind it."""
_NO_MEASURE = frozenset(("later", "earlier", "less", "more", "rather"))
"""Before a "than" behind which a day may be that of an event: "no later than May 3", "in June rather than in May"."""
_AS_BEFORE = frozenset(("be", "do", "have"))
"""Verbs of a clause behind "than" that only stand for what was so then."""
_DEFINITE = frozenset(("the", "that", "those"))
_AT_VALUE = frozenset(("in", "at", "on", "during", "for"))
_IN_VALUE = frozenset(("NUM", "NOUN", "SYM", "DET", "ADV", "ADJ", "PROPN"))
"""Parts of speech of an amount: "about 95 euros", "a record 3.4 percent", "$ 38.60"."""
_LINKS = frozenset(("of", "per", "or", ",", "those", "that", "seen", "recorded", "reported", "posted", "registered"))
"""Further words of an amount: "1.18 dollars, or 2 percent of sales", "the 5 percent seen"."""
_VALUE, _LEAST_VALUE = 16, 3
"""Tokens of an amount with the words before and behind it: the most, and the fewest."""
_BEHIND_RECORD = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "ADP", "ADV", "DET", "PART"))
_RECORD = 8
"""Tokens between a superlative and the "since" behind it."""
_PERIODS = frozenset("year years month months quarter quarters half period season decade".split())
_EARLIER = frozenset("earlier ago before previous prior preceding same corresponding last".split())
_ALIKE = frozenset("earlier ago before same corresponding".split())
_AMOUNTS = frozenset(("up", "down", "%", "percent", "pct", "cent", "points"))
_CHANGES = frozenset("rise fall drop increase decrease decline gain improvement growth change".split())


def is_measure(expression: Span) -> bool:
    """True for a date that only tells what is compared with, or when an old value was."""
    return (
        _is_yardstick(expression)
        or _is_like(expression)
        or _is_since_record(expression)
        or _is_base(expression)
        or _is_value(expression)
    )


def _is_yardstick(expression: Span) -> bool:
    node = root_of(expression)
    for _ in range(3):
        above = node.head
        if above.i == node.i:
            return False
        if _compares(above) or _is_as_it_was(above):
            return True
        if above.pos_ not in ("ADP", "SCONJ"):
            return False
        node = above
    return False


def _compares(above: Token) -> bool:
    """True for "than (in 2019)", "compared with", "the first since", "the worst day since the attacks of"."""
    if above.lower_ == "than" and above.i > 0 and above.nbor(-1).lower_ not in _NO_MEASURE:
        return True
    if above.lemma_.lower() in _COMPARED:
        return True
    since = above if above.lower_ == "since" else above.head
    if since.lower_ != "since" or is_verb(above):  # "the first since listing in June" is about a listing in June
        return False
    if is_verb(since.head):
        return any(t.dep_ == "dobj" and t.i < since.i and _is_superlative(t) for t in since.head.rights)
    return _is_superlative(since.head)


def _is_as_it_was(verb: Token) -> bool:
    """True for the "was" of "is better than it was 20 years ago"."""
    if verb.lemma_ not in _AS_BEFORE or verb.dep_ != "advcl":
        return False
    return any(t.lower_ == "than" and t.nbor(-1).lower_ not in _NO_MEASURE for t in verb.lefts if t.i > 0)


def _is_superlative(noun: Token) -> bool:
    return any(t.lower_ in _SUPERLATIVES or t.tag_ in ("JJS", "RBS") for t in (noun, *noun.children) if not is_verb(t))


def _is_like(expression: Span) -> bool:
    """True behind "unlike", and for "not as quickly as in 2004"."""
    before = _before(expression)
    at = before is not None and before.lower_ in _AT_VALUE and before.i > expression.sent.start
    word = before.nbor(-1) if before is not None and at else before
    return word is not None and (word.lower_ == "unlike" or (at and word.lower_ == "as"))


def _is_since_record(expression: Span) -> bool:
    """True for "their lowest level since 2001", "at any time since May", wherever the parser hangs the date."""
    since = expression[0] if expression[0].lower_ == "since" else _before(expression)
    return since is not None and since.lower_ == "since" and is_record(since)


def is_record(since: Token) -> bool:
    """True if a superlative stands before the "since": "the first victory since the talks began"."""
    for token in reversed(since.doc[max(since.i - _RECORD, since.sent.start) : since.i]):
        if token.lower_ in ("least", "most"):
            return token.lower_ == "most" and token.nbor(1).pos_ in ("ADJ", "ADV")
        if token.lower_ in _SUPERLATIVES or token.tag_ in ("JJS", "RBS"):
            return True
        if token.pos_ not in _BEHIND_RECORD:
            return False
    return False


def _is_base(expression: Span) -> bool:
    """True for "2% up on the previous year", "up from a month earlier", "ahead of last year", "a drop from 1999"."""
    before = _before(expression)
    if before is None or before.i == expression.sent.start:
        return False
    outer = before.nbor(-1)
    if _is_year(expression):
        changed = outer.lower_ in _AMOUNTS or outer.lemma_.lower() in _CHANGES
        return changed and before.lower_ in ("on", "from")
    words = {t.lower_ for t in expression}
    if root_of(expression).lower_ not in _PERIODS | _ALIKE or words.isdisjoint(_PERIODS):
        return False
    if _owns_event(expression, outer):
        return False
    earlier = not words.isdisjoint(_EARLIER)
    bases = {
        "on": earlier,
        "above": earlier,
        "below": earlier,
        "from": earlier,
        "of": earlier and outer.lower_ == "ahead",
        "over": expression[0].lower_ == "last" or not words.isdisjoint(_ALIKE),
    }
    return bases.get(before.lower_, False)


def _owns_event(expression: Span, outer: Token) -> bool:
    """True for "hurt by last year's recession", not for "fell from last year's profit", "up on last year's 5%"."""
    doc, end = expression.doc, expression.end
    if end + 1 >= len(doc) or doc[end].tag_ != "POS" or doc[end + 1].pos_ == "NUM":
        return False
    return outer.lower_ not in _AMOUNTS and outer.lemma_.lower() not in _CHANGES


def _is_value(expression: Span) -> bool:
    """True for the time of the value behind "from", "than", "against", "compared with": it says when that was.

    "Fell to 80 euros from about 95 euros in May", "less than the 5% seen a year earlier", ", against 72 last year".
    """
    doc, first, start = expression.doc, expression.sent.start, expression.start
    if start < _LEAST_VALUE:
        return False
    tied = doc[start - 1].lower_ in _AT_VALUE
    counted = figured = False
    for token in reversed(doc[max(first, start - _VALUE) : start - tied]):
        match token.lower_:
            case "from":
                return figured and (tied or any(t.lower_ in _EARLIER for t in expression))
            case "than":
                return _is_definite(token, first, counted=counted)
            case "with" | "to" | "against" | "versus" | "vs":
                return _sets_against(token, first, counted=counted)
        counted = counted or ((token.pos_ == "NUM" or token.is_digit) and not _is_designation(token))
        figured = counted and (figured or not _is_spelled(token))
        if token.pos_ not in _IN_VALUE and token.lower_ not in _LINKS:
            return False
    return False


def _is_spelled(number: Token) -> bool:
    """True for the number of "met ministers from three states on Monday", which says how many and is no value."""
    return number.is_alpha and number.dep_ == "nummod" and number.head.tag_ == "NNS" and not number.head.ent_type_


def _is_designation(number: Token) -> bool:
    """True for the number of "Chapter 11", which counts nothing."""
    return number.dep_ == "nummod" and number.head.i < number.i


def _is_definite(than: Token, first: int, *, counted: bool) -> bool:
    """True for "than the 5 percent", "lower than 5 percent"; not for "more than 30 people", which is one amount."""
    behind = than.nbor(1).lower_
    if than.i > first and than.nbor(-1).lower_ in _MORE and behind not in _DEFINITE:
        return False
    return counted or behind in ("that", "those")


def _sets_against(word: Token, first: int, *, counted: bool) -> bool:
    """True for "compared with" and the like, and for an "against" behind a comma with a number behind it."""
    if word.i == first:
        return False
    before = word.nbor(-1)
    if word.lower_ in ("with", "to"):
        return before.lower_ in ("compared", "comparing", "compares")
    return counted and before.is_punct


def _is_year(expression: Span) -> bool:
    return len(expression) == 1 and expression[0].is_digit and len(expression[0]) == 4


def _before(expression: Span) -> Token | None:
    """The word before the expression, if that is in its sentence."""
    return expression.doc[expression.start - 1] if expression.start > expression.sent.start else None
