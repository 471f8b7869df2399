"""A date inside what somebody says is none of the saying: 'said: "This morning the premier was detained"'."""

from __future__ import annotations

from ingest.extract.dating import Dating
from ingest.extract.grammar import ANY_SUBJECT, SUBJECTS, is_verb
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.ontology.model import Ontology

_MARKS = frozenset(('"', "“", "”", "„", "«", "»", "``", "''"))
_PRESENT = ("VBZ", "VBP")


def is_of_saying(ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """False if `verb` says something and the date must be a part of that.

    So it is on the other side of a quotation mark; to come, where the saying is over ("said, by May, it would"); or
    over, where somebody says it now ("says last week he felt rushed").
    """
    if lemma(verb, ontology.speech.verbs) not in ontology.speech.verbs or not is_verb(verb):
        return True
    if _quoted_apart(verb, dating):
        return False
    if _ends_what_is_said(verb, dating):
        return False
    if not any(t.dep_ == "ccomp" and t.i > dating.start for t in verb.rights):
        return True
    now = verb.tag_ in _PRESENT and dating.start == verb.i + 1
    return not ((dating.future and verb.tag_ == "VBD") or (dating.past and now))


def _ends_what_is_said(verb: Token, dating: Dating) -> bool:
    """True for "sales will fall this year, officials said": the comma is behind the day, and the saying behind that."""
    doc, end = dating.expression.doc, dating.expression.end
    before = any(t.dep_ == "ccomp" and t.i < dating.start for t in verb.lefts)
    speakers = [t for t in verb.children if t.dep_ in SUBJECTS]
    return before and bool(speakers) and end < len(doc) and doc[end].text == "," and speakers[0].left_edge.i == end + 1


def what_is_said(verb: Token, dating: Dating) -> Token | None:
    """The verb of what `verb` says that a date inside it belongs to; None if there is none to be seen."""
    said = [t for t in verb.children if t.dep_ == "ccomp" and is_verb(t)]
    apart = [t for t in said if not _quoted_apart(t, dating)]
    if apart:
        return min(apart, key=lambda t: abs(t.i - dating.start))
    sentence = verb.sent
    behind = sentence.doc[dating.expression.end : verb.i if verb.i > dating.start else sentence.end]
    quoted = False
    for token in behind:
        quoted ^= token.text in _MARKS
        if not quoted and is_verb(token) and any(c.dep_ in ANY_SUBJECT for c in token.children):
            return token
    return None


def _quoted_apart(token: Token, dating: Dating) -> bool:
    """True if one of the two stands in a quotation that the other is no part of."""
    first, last = sorted((token.i, dating.start))
    return sum(t.text in _MARKS for t in token.doc[first:last]) % 2 == 1
