"""Dates that were moved: "moved the deadline from March 1 to June 1" speaks of its old day and its new one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.dating import Dating, root_of
from ingest.extract.embedding import moves_day
from ingest.extract.grammar import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, Reading, has_to, is_verb, tokens_of
from ingest.extract.modality import Reality
from ingest.extract.triggers import lemma
from ingest.nlp.words import Span, Token
from kb.model import Status, TimeMention
from kb.ontology.model import Ontology, WordLexicon

_OLD, _NEW, _LASTING = ("from",), ("to", "until", "till"), ("until", "till")
_THINGS = OBJECTS | PASSIVE_SUBJECTS
"""Places of what is moved."""
_DEADLINES = frozenset(("deadline", "cutoff", "cut-off"))
_OWNERS = ("DT", "PRP$", "POS")
"""Before "October 16, 2024 deadline"."""
_IN_PHRASE = ("DET", "PRON", "ADJ", "NUM", "NOUN", "PROPN", "PUNCT", "PART")
_PHRASE = 9
"""Tokens of "the October 16, 2024 filing deadline" at most."""
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
    thing = next((t for t in verb.children if t.dep_ in _THINGS), None) or _slipping(verb)
    if thing is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        thing = verb.head
    return thing if thing is None or thing.pos_ in ("NOUN", "PROPN") else verb


def _slipping(verb: Token) -> Token | None:
    """The launch of "the launch has slipped from March to July", which nobody moves."""
    return next((t for t in verb.lefts if t.dep_ in SUBJECTS), None)


def mover_to(ontology: Ontology, dating: Dating) -> Token | None:
    """The verb that gives something its new day: "extended the deadline for a sale to Sept. 17" dates no sale."""
    return _moving_verb(ontology, dating.expression) if _end_of(dating) in _NEW else None


def changed_on(ontology: Ontology, dating: Dating, found: Token) -> Token | None:
    """The verb of "extended the deadline for paying on Wednesday", where the parser hangs the day on what it is for.

    What is done to a deadline was done on a day; behind "on", or with nothing before it, that is no day until which
    anything runs. None if `found` is not below a deadline that something is done to.
    """
    if dating.future or (dating.word_before != "on" and not _stands_bare(dating)):
        return None
    node = found
    for _ in range(_CLIMB):
        if node.lemma_.lower() in _DEADLINES:
            return _changing_verb(ontology, node, dating)
        tensed = is_verb(node) and not (node.tag_ == "VB" and has_to(node)) and node.dep_ != "pcomp"
        if tensed or node.head.i == node.i:
            return None
        node = node.head
    return None


def _stands_bare(dating: Dating) -> bool:
    """True for the "Wednesday" of "to pay the levy Wednesday": nothing ties it to what is before it."""
    first = dating.expression[0]
    before = first.doc[first.i - 1] if first.i > first.sent.start else None
    return before is not None and len(dating.expression) == 1 and before.pos_ in ("NOUN", "PROPN")


def _changing_verb(ontology: Ontology, deadline: Token, dating: Dating) -> Token | None:
    """What was done to a deadline before the words of a day: moved, dropped or held up."""
    lexicon = ontology.status
    verb = deadline.head if deadline.dep_ in _THINGS else _verb_beside(deadline)
    if verb is None or not is_verb(verb) or not verb.i < dating.start:
        return None
    changes = moves_day(lexicon, verb) or lemma(verb, lexicon.holds_up) in lexicon.holds_up
    return verb if changes and verb.tag_ in ("VBD", "VBN") else None


def _verb_beside(deadline: Token) -> Token | None:
    """The verb before "the October 16, 2024 deadline", where the parser does not see what its object is."""
    doc = deadline.doc
    before = range(deadline.i - 1, max(deadline.sent.start, deadline.i - _PHRASE) - 1, -1)
    first = next((i for i in before if doc[i].pos_ not in _IN_PHRASE), None)
    return None if first is None or not is_verb(doc[first]) else doc[first]


def dated_deadline(dating: Dating) -> Token | None:
    """The noun of "the October 16, 2024 deadline", whose parts the parser hangs elsewhere."""
    doc, sentence = dating.expression.doc, dating.expression.sent
    end, start = dating.expression.end, dating.start
    if not sentence.start < start or end >= sentence.end or doc[start - 1].tag_ not in _OWNERS:
        return None
    return doc[end] if doc[end].lemma_.lower() in _DEADLINES and doc[end].pos_ == "NOUN" else None


def reality_of_move(dating: Dating) -> Reality:
    """The old day no longer holds; the new one does."""
    if _end_of(dating) in _OLD:
        return Reality(Status.CANCELLED, ("from",), settled=True)
    return Reality(Status.OCCURRED if dating.past else Status.SCHEDULED, ("to",), settled=True)


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
