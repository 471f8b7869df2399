"""Deadlines: something that must be done by a date. Read from the limit before the date and the duty above the verb."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import ANY_SUBJECT, AUXILIARIES, auxiliaries, has_to, is_verb
from ingest.nlp.words import Span, Token
from kb.ontology.model import StatusLexicon

DEADLINE = "deadline"
_LIMITS = frozenset(("by", "until", "till", "before", "within", "than", "through"))
_CLOCKS = ("within", "than")
"""Limits that run from a day: "within 30 days", "no later than 30 days after"."""
_SELF = frozenset(
    "order memorandum section rule act proclamation notice decision directive regulation law subsection".split()
)
_DUTY_MODALS = frozenset(("must", "shall"))
_LEAVE_MODALS = frozenset(("may", "can", "could"))
_CLAUSES = frozenset(("xcomp", "ccomp", "acl", "relcl", "advcl", "conj", "pcomp", "dobj", "pobj", "prep", "nsubjpass"))
_ASKING = ("have", "need", "ask", "tell", "give", "want", "urge", "warn", "allow", "invite")
"""Verbs that set a duty only with an infinitive: "told them to leave by Friday"."""
_HAVING = frozenset(("has", "have", "had"))
_MODALS = frozenset("must shall may can could will would should might".split())
_NEEDING = ("need", "require")
_CLIMB = 5


def limit_of(expression: Span, preposition: Token | None) -> str | None:
    """The word that makes the date a limit: "by", "until", "before", "within", "(no later) than"."""
    if preposition is not None and preposition.lower_ in _LIMITS:
        return preposition.lower_
    before = expression.doc[max(expression.start - 2, expression.sent.start) : expression.start]
    return next((t.lower_ for t in (*expression[:4], *before) if t.lower_ in _LIMITS), None)


def duty_verb(expression: Span, limit: str | None) -> Token | None:
    """What a fronted clock is for: the verb under "shall" in "Within 30 days, the Secretary, …, shall submit"."""
    if limit not in _CLOCKS:
        return None
    doc, end = expression.doc, expression.sent.end
    for i in range(expression.end, end):
        if doc[i].lower_ in _DUTY_MODALS and is_verb(doc[i].head) and doc[i].dep_ == "aux":
            fronted = not any(is_verb(t) and t.dep_ == "ROOT" for t in doc[expression.sent.start : expression.start])
            return doc[i].head if fronted else None
    return None


def duty_cue(lexicon: StatusLexicon, trigger: Token, expression: Span, limit: str | None) -> str | None:
    """The word that makes `trigger` something to be done by the date, or None."""
    if trigger.lower_ == "due":
        return "due"
    inside = expression.start <= trigger.head.i < expression.end and not is_verb(trigger.head)
    if trigger.tag_ == "VB" and inside and trigger.dep_ != "relcl":
        return limit or trigger.head.lower_
    if limit is None:
        return None
    if limit in _CLOCKS and _runs_from_text(expression):
        return limit
    return _own_duty(trigger, limit) if _is_modal(trigger) else _imposed_duty(lexicon, trigger, limit)


def _is_modal(trigger: Token) -> bool:
    words = {t.lower_ for t in auxiliaries(trigger)} if is_verb(trigger) else set()
    return not words.isdisjoint(_MODALS) or ("to" in words and not words.isdisjoint(_HAVING))


def _own_duty(trigger: Token, limit: str) -> str | None:
    """ "must … by", "has to … by"; "may … until", which sets a last day, and "may not … until", which sets none.

    Any other modal sets no duty.
    """
    words = [t.lower_ for t in auxiliaries(trigger)]
    if "to" in words and not _HAVING.isdisjoint(words):
        return "has to"
    modal = next((word for word in words if word in _MODALS), None)
    if modal in _LEAVE_MODALS and limit in ("until", "through", "till"):
        return None if any(t.dep_ == "neg" for t in trigger.children) else limit
    return modal if modal in _DUTY_MODALS else None


def _imposed_duty(lexicon: StatusLexicon, trigger: Token, limit: str) -> str | None:
    """What lays the duty on `trigger`: a word above it, a list of commands, the threat of an "or else"."""
    if _is_to_be(trigger):
        return "to"
    needing = trigger.lemma_ in _NEEDING and trigger.tag_ in ("VBZ", "VBP")
    demanding = trigger.lemma_ in lexicon.demands and any(t.dep_ == "dobj" for t in trigger.children)
    if (needing or demanding) and limit in ("by", "before"):
        return trigger.lower_
    if _is_command(trigger) and limit in _CLOCKS:
        return limit
    threat = _or_else(trigger) if limit in ("by", "before") else None
    above = threat or next((cue for t in _above(trigger) if (cue := _imposed(lexicon, t, trigger))), None)
    if above is None and limit in _CLOCKS and trigger.tag_ != "VBD":
        return next((t.lower_ for t in trigger.sent if t.lower_ in _DUTY_MODALS), None)
    return above


def clock_start(expression: Span, limit: str | None) -> Token | None:
    """The first verb behind a clock that hangs on nothing: "within 60 days of this order: (a) The Secretary shall"."""
    if limit not in _CLOCKS or not _runs_from_text(expression):
        return None
    sentence = expression.sent
    behind = (t for t in sentence.doc[expression.end : sentence.end] if is_verb(t))
    before = (t for t in reversed(sentence.doc[sentence.start : expression.start]) if is_verb(t) or t.pos_ == "NOUN")
    return next(behind, None) or next(before, None)


def _runs_from_text(expression: Span) -> bool:
    """True for a clock that runs from the document itself: "within 30 days of the date of this order"."""
    behind = expression.doc[expression.start : min(expression.end + 6, expression.sent.end)]
    return any(t.lower_ == "this" and t.head.lower_ in _SELF for t in behind)


def _imposed(lexicon: StatusLexicon, above: Token, trigger: Token) -> str | None:
    """The duty that `above` lays on `trigger`: its modal, or a word that orders."""
    if is_verb(above):
        modal = next((t.lower_ for t in auxiliaries(above) if t.lower_ in _DUTY_MODALS), None)
        if modal:
            return modal
    word = above.lemma_.lower()
    if word not in lexicon.obligations or (word in _ASKING and not _is_infinitive(trigger)):
        return None
    return word


def _is_infinitive(trigger: Token) -> bool:
    bare = trigger.tag_ == "VBN" and trigger.dep_ == "ccomp" and not auxiliaries(trigger)
    return bare or trigger.tag_ == "VB" or has_to(trigger)


def _is_command(trigger: Token) -> bool:
    """True for a bare verb without subject, as in a list of duties: "(i) within 60 days, establish procedures"."""
    return trigger.tag_ in ("VB", "VBP") and not any(t.dep_ in ANY_SUBJECT or t.dep_ == "aux" for t in trigger.children)


def _or_else(trigger: Token) -> str | None:
    """ "if it is not sold by June", "those that have not signed by June": what must be done, or else."""
    first = _first_of(trigger)
    mark = next((t.lower_ for t in first.children if t.dep_ == "mark" and t.lower_ in ("if", "unless")), None)
    subject = next((t for t in first.children if t.dep_ in ANY_SUBJECT), None)
    none = subject is not None and any(t.lower_ == "no" for t in subject.children)
    missing = next((t.lower_ for t in first.children if t.dep_ == "neg"), None)
    if mark == "unless" or (mark and (none or missing)):
        return mark
    return missing if any(t.lower_ in ("has", "have") for t in auxiliaries(first)) else None


def _first_of(verb: Token) -> Token:
    """The verb whose "not" `verb` shares: "raised" for the "suspended" of "is not raised or suspended"."""
    own = any(t.dep_ in ANY_SUBJECT | AUXILIARIES for t in verb.children)
    return verb.head if verb.dep_ == "conj" and verb.tag_ == verb.head.tag_ == "VBN" and not own else verb


def _is_to_be(trigger: Token) -> bool:
    """ "are to be published by": "be" with an infinitive as its complement."""
    first = trigger.head if trigger.dep_ == "conj" and trigger.tag_ == "VB" else trigger
    above = first.head
    bare = not any(t.dep_ in ("acomp", "attr") for t in above.children)
    return is_verb(first) and first.dep_ == "xcomp" and above.lemma_ == "be" and bare


def _above(trigger: Token) -> Iterator[Token]:
    """What `trigger` depends on, as far as a duty reaches down."""
    node = trigger
    for _ in range(_CLIMB):
        if node.head.i == node.i or node.dep_ not in _CLAUSES or _stands_alone(node):
            return
        node = node.head
        yield node


def _stands_alone(node: Token) -> bool:
    """True for a finite clause of its own: a duty above it is not a duty in it."""
    return (
        is_verb(node) and node.dep_ in ("relcl", "advcl", "conj") and any(t.dep_ in ANY_SUBJECT for t in node.children)
    )
