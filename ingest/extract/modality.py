"""Words in an event's own clause that colour it: modals, negation, conditions, questions.

Each function yields at most the readings that some word gives, with that word. What stands above the clause is read by
`embedding`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ingest.extract.grammar import (
    ANY_SUBJECT,
    ARGUMENTS,
    TENSES,
    auxiliaries,
    has_to,
    is_verb,
)
from ingest.nlp.words import Span, Token
from kb.model import Status
from kb.ontology.model import StatusLexicon

_EXCEPT = frozenset(("until", "only", "merely"))
"""Beside a negation they say that it does happen: "did not go out until November"; so does "before" in the past."""
_ABLE = frozenset(("can", "ca", "could", "may", "shall", "must", "will", "wo", "'ll", "’ll"))
"""With these "not before" forbids or rules out; with others it is only later ("might not rule before June")."""
_PLAIN = frozenset(("does", "do", "is", "are"))
"""So it is in the plain present: "does not apply before June", but "is not expected before June"."""
_BE = frozenset(("be", "have", "do"))
"""Verbs with a "not" behind them; behind another it negates something else: "said absolutely not"."""
_DONE_BY = frozenset(("had", "has", "have"))
_INVERTED = frozenset(("should", "had", "were"))
_CONCEDING = frozenset(("even", "as"))
"""Before "if" they make no condition of it: "even if", "as if"."""
_WOULD = frozenset(("would", "'d", "’d"))
_LACKING = frozenset(("without", "absent", "barring"))
_NO_OF = frozenset(("confidence", "campaign", "camp", "side", "vote", "objection"))
"""Behind "no" they name a thing: "a motion of no confidence", "the No campaign"."""
_NEGATING = ("neg", "advmod", "preconj", "det", "cc")
_CLAUSES = frozenset(("xcomp", "ccomp", "acl", "pcomp", "oprd", "conj", "acomp", "attr", "prep", "pobj", "advcl"))
_CLIMB = 5


class Reality(NamedTuple):
    """A status and the words that give it."""

    status: Status
    cues: tuple[str, ...] = ()
    settled: bool = False
    """True where no opinion outweighs these words."""


def carrier_of(trigger: Token) -> Token | None:
    """The verb whose tense and mood the trigger has."""
    node = trigger
    for _ in range(4):
        if is_verb(node):
            return node
        if node.head.i == node.i or node.dep_ in ("relcl", "acl", "advcl"):
            return None
        node = node.head
    return None


def modal(lexicon: StatusLexicon, verb: Token) -> Iterator[Reality]:
    """The first modal before the verb."""
    found = next((t for t in auxiliaries(verb) if t.lower_ in lexicon.modals and not _is_named_may(t, verb)), None)
    if found is not None:
        yield Reality(lexicon.modals[found.lower_], (found.lower_,))


def negated(lexicon: StatusLexicon, verb: Token, *, past: bool, awaited: bool = False) -> Iterator[Reality]:
    """A "not" or a "no" on the verb, or on the verb that an infinitive hangs on.

    `awaited` says that the date stands behind "before": "might not rule before June" denies nothing.
    """
    node = verb
    negation = negation_of(lexicon, node)
    while negation is None and node.dep_ == "xcomp" and node.tag_ == "VB" and is_verb(node.head):
        node = node.head
        if lexicon.governors.get(node.lemma_.lower()) is Status.DENIED:
            return
        negation = negation_of(lexicon, node)
    words = {t.lower_ for t in (*node.children, *verb.children)}
    plain = node is verb and not words.isdisjoint(_PLAIN) and lexicon.governors.get(verb.lemma_) is not Status.PROPOSED
    not_yet = ("before" in words or awaited) and (past or (words.isdisjoint(_ABLE) and not plain))
    if negation is None:
        return
    if past and (till := _till(verb)) is not None:
        yield Reality(Status.OCCURRED, (negation.lower_, till.lower_), settled=True)
    elif words.isdisjoint(_EXCEPT) and not not_yet:
        yield _not_so(lexicon, negation, node, verb)


def _till(verb: Token) -> Token | None:
    """The "until" of "was not passed until May", which then was the time; not that of "had not been passed until"."""
    if not {t.lower_ for t in auxiliaries(verb)}.isdisjoint(_DONE_BY):
        return None
    return next((t for t in verb.rights if t.dep_ == "prep" and t.lower_ in ("until", "till")), None)


def _not_so(lexicon: StatusLexicon, negation: Token, *clauses: Token) -> Reality:
    """Denied, or cancelled where it was to be: "did not open on Sunday as planned"."""
    fixed = next((t for clause in clauses if (t := _as_fixed(lexicon, clause)) is not None), None)
    if fixed is None:
        return Reality(Status.DENIED, (negation.lower_,))
    return Reality(Status.CANCELLED, (negation.lower_, f"as {fixed.lower_}"))


def _as_fixed(lexicon: StatusLexicon, verb: Token) -> Token | None:
    """The "planned" of "as planned" behind `verb`: right behind "as", for "as he planned" may tell of anything."""
    behind = (t for child in verb.rights for t in (child, *child.children))
    found = (t for t in behind if t.lower_ in lexicon.as_fixed and t.i > verb.i and t.nbor(-1).lower_ == "as")
    return next(found, None)


def negation_of(lexicon: StatusLexicon, verb: Token) -> Token | None:
    """The word that negates `verb`: its own, or that of a subject or object such as "nobody" or "no court"."""
    own = (t for t in verb.children if t.dep_ in _NEGATING and t.lower_ in lexicon.negations and not _is_after(t, verb))
    found = next(own, None)
    if found is not None:
        return found if not _is_not_only(found) else None
    for argument in (t for t in verb.children if t.dep_ in ARGUMENTS):
        words = (argument, *(t for t in argument.children if t.dep_ in ("det", "preconj", "cc", "neg")))
        found = next((t for t in words if t.lower_ in lexicon.negations and not _is_named(t, argument)), None)
        if found is not None:
            return found
    return None


def _is_named(negation: Token, argument: Token) -> bool:
    """True for a "no" that is what is said, or a part of a name: "voted no", "No 10", "its no-objection"."""
    if negation.lower_ != "no":
        return False
    following = negation.doc[negation.i + 1 : negation.i + 2]
    return negation is argument or any(t.is_digit or t.text in ("-", ".") or t.lower_ in _NO_OF for t in following)


def _is_after(negation: Token, verb: Token) -> bool:
    """True for the "not" of "said absolutely not" and the "no" of "voted no"."""
    if negation.i < verb.i or verb.tag_ == "MD":
        return False
    return negation.lower_ == "no" or (negation.lower_ == "not" and verb.lemma_ not in _BE)


def is_no_longer(verb: Token) -> bool:
    """True with a "no longer": "may no longer be sold"."""
    return any(t.lower_ == "longer" and t.nbor(-1).lower_ == "no" for t in verb.children if t.i > 0)


def conditional(lexicon: StatusLexicon, verb: Token) -> Iterator[Reality]:
    """Inside an if-clause, or in the main clause of one that is not told as a fact."""
    for node in (verb, *_clauses_above(verb)):
        mark = _condition(lexicon, node)
        if mark is not None:
            yield Reality(Status.HYPOTHETICAL, (mark,), settled=mark == "had")
            return
        if node.dep_ in ("ccomp", "relcl") or (node.dep_ == "advcl" and any(t.dep_ == "mark" for t in node.children)):
            break
    for node in (verb, *_clauses_above(verb)):
        if (lack := _lack(node)) is not None:
            yield Reality(Status.HYPOTHETICAL, (lack,))
            return
        if not _is_told(node):
            clauses = (t for t in node.children if t.dep_ == "advcl")
            marks = (m for clause in clauses if (m := _condition(lexicon, clause)) is not None)
            mark = next((m for m in marks if m != "whether" and not (m == "unless" and _is_simple(node))), None)
            if mark is not None:
                yield Reality(Status.HYPOTHETICAL, (mark,))
                return
        if node.dep_ not in ("conj", "xcomp"):
            return


def questioned(verb: Token) -> Iterator[Reality]:
    """Asked, not told: "Will the bank cut rates in April?", "Wasn't the deadline in March?"."""
    if not ends_in_question(verb.sent) or verb.dep_ in ("relcl", "acl"):
        return
    standing = verb if verb.lemma_ == "be" else None
    first = next((t for t in auxiliaries(verb) if t.tag_ != "TO"), standing)
    subjects = ANY_SUBJECT | {"attr"} if first is standing else ANY_SUBJECT
    subject = next((t for t in verb.children if t.dep_ in subjects), None)
    asks = any(t.tag_ in ("WP", "WRB", "WDT") and t.i < verb.i for t in verb.children)
    if first is not None and subject is not None and first.i < subject.i and not asks:
        yield Reality(Status.HYPOTHETICAL, ("?",), settled=True)


def ends_in_question(sentence: Span) -> bool:
    """True if the sentence ends with a question mark, whatever white space or quotation mark stands behind it."""
    last = sentence.doc.tokens[max(sentence.start, sentence.end - 3) : sentence.end]
    return any(t.text == "?" for t in last)


def is_finite(verb: Token) -> bool:
    """True for a verb with a tense, of its own or of an auxiliary."""
    return verb.tag_ in TENSES or any(t.tag_ in TENSES for t in verb.children if t.dep_ in ("aux", "auxpass"))


def _condition(lexicon: StatusLexicon, clause: Token) -> str | None:
    """The word that opens `clause` as a condition: "if", "in case", "should the talks fail"."""
    for token in clause.lefts:
        word = token.lower_
        if token.dep_ in ("mark", "advmod", "prep") and word in lexicon.conditions:
            conceding = token.i > 0 and token.nbor(-1).lower_ in _CONCEDING
            return None if conceding else word
        pair = f"{word} {token.nbor(1).lower_}"
        if token.dep_ == "prep" and pair in lexicon.conditions:
            return pair
        inverted = token.dep_ in ("aux", "auxpass") and word in _INVERTED and clause.dep_ in ("advcl", "ccomp")
        if inverted and any(t.dep_ in ANY_SUBJECT and t.i > token.i for t in clause.lefts):
            return word
    return None


def _lack(verb: Token) -> str | None:
    """The "without" of "would close in May without new cash": what it speaks of hangs on a thing that is not there."""
    if not any(t.lower_ in _WOULD for t in auxiliaries(verb)):
        return None
    lacks = (t for t in verb.children if t.dep_ == "prep" and t.lower_ in _LACKING)
    return next((t.lower_ for t in lacks if any(c.dep_ == "pobj" for c in t.children)), None)


def _is_simple(verb: Token) -> bool:
    """True for the simple present, which an "unless" leaves as fixed as it is: "it lapses on Friday unless …"."""
    return verb.tag_ in ("VBZ", "VBP") and not auxiliaries(verb)


def _is_told(verb: Token) -> bool:
    """True for a verb in a past tense: an "if" beside it is no condition of it ("said that, if …")."""
    own = auxiliaries(verb)
    if verb.tag_ == "VB" and has_to(verb):
        return False
    return verb.tag_ in ("VBD", "VBN") and not any(t.tag_ == "MD" or t.lower_ in ("are", "is") for t in own)


def is_run_on(clause: Token) -> bool:
    """True for a clause that only a semicolon joins to the next one, of which the parser makes its head."""
    above = clause.head
    return clause.i < above.i and any(t.text == ";" and t.i > clause.i for t in above.lefts)


def _clauses_above(verb: Token) -> Iterator[Token]:
    node = verb
    for _ in range(_CLIMB):
        joined = node.dep_ == "conj" and any(t.dep_ in ANY_SUBJECT for t in node.children)
        if node.head.i == node.i or joined or node.dep_ not in _CLAUSES or is_run_on(node):
            return
        node = node.head
        yield node


def _is_named_may(token: Token, verb: Token) -> bool:
    """True for the month of "received till 15 May they have to", and for the person of "May said"."""
    if token.text != "May":
        return False
    return token.i > token.sent.start or (verb.tag_ in ("VBD", "VBN", "VBZ") and len(auxiliaries(verb)) == 1)


def _is_not_only(negation: Token) -> bool:
    return negation.i + 1 < len(negation.doc) and negation.nbor(1).lower_ in ("only", "just", "merely", "least")
