"""Titles that say too little by themselves, and what is told around them in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice

from ingest.extract.grammar import ANY_SUBJECT, TENSES, Reading, auxiliaries, has_to, is_verb, own_subject
from ingest.extract.titles.bounds import dateline_end
from ingest.extract.titles.forms import present_of
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.line import LONGEST
from ingest.extract.titles.phrase import short_phrase
from ingest.extract.titles.wanted import leads_to_time
from ingest.nlp.words import Token

_CLIMB = 6
_RELATIVES = ("WDT", "WP")
_TELLING = 3
"""Words that a title needs besides little ones."""
_QUOTES = re.compile('[“”"]')
_BREAKS = frozenset((",", ";", ":", ".", "!", "?", "-", "--", "–", "—", "("))
_HYPHENS = ("-", "--")


def says_too_little(line: str) -> bool:
    """True for a bare noun, "Census", "Court ruling", and for a clause of a pronoun, "It was likely"."""
    words = line.split()
    known = (word for word in words if word.lower().strip("\"',:") not in title_lexicon().loose_ends)
    return words[0].lower() in title_lexicon().unnamed or sum(1 for _ in known) < _TELLING


def is_torn_off(reading: Reading, line: str, trigger: Token) -> bool:
    """True for a noun alone, and for a verb of which nobody is known who does or suffers it: "Known as Orania"."""
    first, _, rest = line.partition(" ")
    word = first.lower().removesuffix("n't").removesuffix("n’t")
    if not is_verb(trigger):
        return not rest or _is_doing(trigger.head, word) or _is_doing(trigger.head.head, word)
    if first.isupper():
        return False
    if word in title_lexicon().finite or _is_doing(trigger, word):
        return True
    if word[:1] == trigger.lower_[:1] and trigger.tag_ in (*TENSES, "VBN"):
        return word in (trigger.lower_, *(present_of(trigger, plural=plural) for plural in (False, True)))
    return any(t.lower_ == word for t in auxiliaries(trigger) if t.i not in reading.entities)  # a Ms May is none


def _is_doing(verb: Token, word: str) -> bool:
    """True for the "scheduling" of "began (…) scheduling a vote", told without who does it."""
    return verb.tag_ == "VBG" and verb.lower_ == word and is_verb(verb) and own_subject(verb) is None


def clauses_above(trigger: Token) -> Iterator[Token]:
    """The verbs that a noun stands under, and those above a clause that is said, of which the subject is a noun.

    None where another time lies between: "killed after the ruling", "was started when the war began".
    """
    apart, node = title_lexicon().apart_in_time, trigger
    for above in islice(trigger.ancestors, _CLIMB):
        clause = is_verb(node) and node.dep_ != "prep"  # "according to"
        if node.dep_ in ANY_SUBJECT or node.lower_ in apart or (clause and not _is_said_behind(node)):
            return
        subject = own_subject(above) if is_verb(above) else None
        told = subject is not None and subject.pos_ in ("NOUN", "PROPN") and subject.i < above.i
        if told and not has_to(above):
            yield above
        node = above


def _is_said_behind(clause: Token) -> bool:
    return clause.dep_ == "ccomp" and clause.i > clause.head.i


def way_down(reading: Reading, verb: Token, trigger: Token) -> list[Token]:
    """The part of the clause of `verb` that `trigger` stands in, up to what belongs to it: "for failure"."""
    node = trigger
    while node.head.i != verb.i:
        node = node.head
    left_out = title_lexicon().articles
    led = [t for t in node.subtree if t.i < trigger.i and t.i not in reading.times and t.lower_ not in left_out]
    led = [t for t in led if not (t.tag_ == "POS" and t.head.i in reading.times)]
    return sorted({*led, *short_phrase(reading, trigger)}, key=lambda t: t.i)


def sentence_around(reading: Reading, trigger: Token) -> str:
    """The sentence of the trigger from its beginning, or from the nearest subject above it, up to a comma or the like.

    Empty if that is too long, and if it begins with a pronoun that does something.
    Where the parse ties a noun to nothing that would say more, the sentence itself still does.
    """
    start = dateline_end(trigger)
    above = (own_subject(verb) for verb in islice(trigger.ancestors, _CLIMB) if is_verb(verb))
    starts = [t.left_edge.i for t in above if t is not None and start <= t.i < trigger.i and t.tag_ not in _RELATIVES]
    lines = (_line_from(reading, max(first, start), trigger) for first in (start, *starts))
    return next((line for line in lines if line), "")


def _line_from(reading: Reading, start: int, trigger: Token) -> str:
    words = [*trigger.doc[start : trigger.sent.end]]
    words = [*dropwhile(lambda t: t.is_punct or t.is_space or t.dep_ == "cc", words)]
    doer = next((t for t in words if t.dep_ in ANY_SUBJECT and t.tag_ != "WDT"), None)
    if not words or (doer is not None and doer.lower_ in title_lexicon().unnamed | title_lexicon().speakers):
        return ""
    told, first, end = False, words[0].idx, 0
    for token in words:
        last = token.i == words[-1].i
        behind = token.idx + len(token) if last and token.text not in _BREAKS else token.idx
        if behind - first > LONGEST:
            break
        told = told or (token.i != trigger.i and (token.tag_ in TENSES or token.tag_ == "VBN"))
        if told and (last or (token.i > trigger.i and _opens_another(reading, token))):
            end = behind
    text = _QUOTES.sub("", trigger.doc.text[first:end]).strip(" ,;:-–—")
    return text.removesuffix(".") if text.count(".") == 1 else text


def _opens_another(reading: Reading, token: Token) -> bool:
    """True for a comma, a dash and the like, for what opens another clause, and for what leads to a time."""
    if token.text in _BREAKS:
        return token.text not in _HYPHENS or token.nbor(-1).whitespace_ != ""
    return token.dep_ == "mark" or token.tag_ in ("WDT", "WP", "WRB") or leads_to_time(reading, token)
