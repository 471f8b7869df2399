"""Calendar expressions that date no event: dates inside names, bases of comparison, and dates of what only is."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from ingest.extract.dating import root_of
from ingest.extract.grammar import Reading, is_verb
from kb.model import EntityKind, TimeMention

_NAMING = frozenset((EntityKind.LAW, EntityKind.CASE, EntityKind.PRODUCT, EntityKind.EVENT_NAME))
_NAMED = frozenset("act acts amendments law code bill budget treaty agreement protocol directive regulation".split())
_COMPARED = frozenset(("compare", "versus", "vs", "relative"))
_SUPERLATIVES = frozenset(("first", "only", "record"))
_STATES = frozenset(("own", "contain", "cost", "include", "mean", "depend", "belong", "consist", "amount"))


def outermost(times: Sequence[TimeMention]) -> list[TimeMention]:
    """The mentions that lie in no longer one with calendar days of its own, in text order."""
    kept: list[TimeMention] = []
    for mention in sorted(times, key=lambda m: (m.span.start, -m.span.end)):
        if mention.time.interval is not None and not (kept and mention.span.end <= kept[-1].span.end):
            kept.append(mention)
    return kept


def dates_nothing(reading: Reading, expression: Span) -> bool:
    """True for a date in a name ("the Trade Act of 1974") or one that others are measured by ("than in 2019")."""
    return _in_name(reading, expression) or _is_yardstick(expression)


def is_mere_state(trigger: Token) -> bool:
    """True for what is rather than happens ("had a list price of $527 in 2023"), and for an untyped question."""
    if trigger.sent.text.rstrip().endswith("?"):
        return True
    if not is_verb(trigger):
        return trigger.pos_ in ("NUM", "SYM") or trigger.ent_type_ in ("MONEY", "PERCENT", "CARDINAL")
    return trigger.lemma_ in _STATES or (trigger.tag_ == "VBG" and trigger.head.lower_ == "with")


def _in_name(reading: Reading, expression: Span) -> bool:
    entities = [reading.entities.get(t.i) for t in expression]
    if all(e is not None and e.kind in _NAMING for e in entities):
        return True
    preposition = root_of(expression).head
    return preposition.lower_ == "of" and preposition.head.pos_ == "PROPN" and preposition.head.lower_ in _NAMED


def _is_yardstick(expression: Span) -> bool:
    node = root_of(expression)
    for _ in range(3):
        above = node.head
        if above.i == node.i:
            return False
        if above.lower_ == "than" and above.i > 0 and above.nbor(-1).lower_ not in ("later", "earlier", "less", "more"):
            return True
        if above.lemma_.lower() in _COMPARED:
            return True
        if above.lower_ == "since" and above.head.pos_ == "NOUN" and _is_superlative(above.head):
            return True
        if above.pos_ not in ("ADP", "SCONJ"):
            return False
        node = above
    return False


def _is_superlative(noun: Token) -> bool:
    return any(t.lower_ in _SUPERLATIVES or t.tag_ in ("JJS", "RBS") for t in noun.children)
