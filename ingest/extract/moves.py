"""Dates that were moved: "moved the deadline from March 1 to June 1" speaks of its old day and its new one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.dating import Dating, root_of
from ingest.extract.embedding import moves_day
from ingest.extract.grammar import OBJECTS, PASSIVE_SUBJECTS, Reading, has_to, is_verb, tokens_of
from ingest.extract.modality import Reality
from ingest.nlp.words import Span, Token
from kb.model import Status, TimeMention
from kb.ontology.model import Ontology, WordLexicon

_OLD, _NEW, _LASTING = ("from",), ("to", "until", "till"), ("until", "till")
MOVES = (("from",), ("to",))
"""Evidence that a day is the old one, or the new one."""
_THINGS = OBJECTS | PASSIVE_SUBJECTS
"""Places of what is moved."""
_CLIMB = 8
_REACH = 12
"""Tokens between the old day and the new one, or back."""


def without_moves(reading: Reading, ontology: Ontology, times: Sequence[TimeMention]) -> list[TimeMention]:
    """`times` without the ranges that are none: "from 18 July to 29 August" behind "moved" are two days."""
    kept: list[TimeMention] = []
    for mention in times:
        expression = tokens_of(reading.doc, mention.span.start, mention.span.end)
        range_ = len(expression) > 3 and expression[0].lower_ in _OLD and expression[0].has_dep()
        if not (range_ and _moving_verb(ontology, expression) is not None):
            kept.append(mention)
    return kept


def moved_thing(ontology: Ontology, dating: Dating) -> Token | None:
    """What was moved from one day to another, if the expression is one of the two; the verb if that is a pronoun."""
    end = _end_of(dating)
    if end is None or not _has_other_end(dating, end):
        return None
    verb = _moving_verb(ontology, dating.expression)
    if verb is None:
        return None
    thing = next((t for t in verb.children if t.dep_ in _THINGS), None)
    if thing is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        thing = verb.head
    return thing if thing is None or thing.pos_ in ("NOUN", "PROPN") else verb


def mover_to(ontology: Ontology, dating: Dating) -> Token | None:
    """The verb that gives something its new day: "extended the deadline for a sale to Sept. 17" dates no sale."""
    return _moving_verb(ontology, dating.expression) if _end_of(dating) in _NEW else None


def reality_of_move(dating: Dating) -> Reality:
    """The old day no longer holds; the new one does."""
    if _end_of(dating) in _OLD:
        return Reality(Status.CANCELLED, MOVES[0])
    return Reality(Status.OCCURRED if dating.past else Status.SCHEDULED, MOVES[1])


def _end_of(dating: Dating) -> str | None:
    before = _leads(dating.expression)
    return before if before in _OLD or before in _NEW else None


def _has_other_end(dating: Dating, end: str) -> bool:
    doc, sentence = dating.expression.doc, dating.expression.sent
    if end in _OLD:
        after = doc[dating.expression.end : min(dating.expression.end + _REACH, sentence.end)]
        return any(t.lower_ in _NEW for t in after)
    before = doc[max(dating.start - _REACH, sentence.start) : dating.start - 1]
    return any(t.lower_ in _OLD for t in before)


def _leads(expression: Span) -> str:
    return expression.doc[expression.start - 1].lower_ if expression.start else ""


def _says_for_what(verb: Token, *, of_term: bool, words: WordLexicon) -> bool:
    """True for the infinitive in "extend the deadline to sell the app to May 3", on which the parser hangs the day.

    With `of_term` only a deadline or the like counts: "delayed a plan to keep ships in port until July" moves nothing.
    """
    if verb.tag_ != "VB" or not has_to(verb) or verb.dep_ not in ("acl", "relcl", "advcl"):
        return False
    above = verb.head
    nouns = (t for t in above.children if t.dep_ in _THINGS) if is_verb(above) else (above,)
    return any(not of_term or t.lemma_.lower() in words.terms for t in nouns)


def _verb_before(expression: Span) -> Token | None:
    """The verb right before "to" or "until", to which the day belongs wherever the parser hangs it."""
    if expression.start <= expression.sent.start + 1 or _leads(expression) not in _NEW:
        return None
    verb = expression.doc[expression.start - 2]
    return verb if is_verb(verb) else None


def _moving_verb(ontology: Ontology, expression: Span) -> Token | None:
    node = _verb_before(expression) or root_of(expression)
    for _ in range(_CLIMB):
        if is_verb(node) and node.dep_ != "pcomp":
            if moves_day(ontology.status, node):
                return node
            if not _says_for_what(node, of_term=_leads(expression) in _LASTING, words=ontology.words):
                return None
        if node.head.i == node.i:
            return None
        node = node.head
    return None
