"""Who says what stands before it, where the parser takes the saying for a part of that: "The bank closes, Roe told us".

The verb of saying then hangs on the verb of what is said, as if it were joined to it or said by it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import islice

from ingest.extract.grammar import OBJECTS, TENSES, auxiliaries, is_verb, own_subject
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.triggers import lemma
from ingest.nlp.words import Span, Token

_JOINED = frozenset(("conj", "ccomp", "parataxis"))
_CLIMB = 4
_NAMING = frozenset(("NOUN", "PROPN", "PRON"))
_LONGEST_TELLER = 30
"""Tokens."""


@dataclass(frozen=True, slots=True)
class Teller:
    """The `verb` of saying, the verb of what is `said`, and the words of `who` says it, which stand behind a comma."""

    verb: Token
    said: Token
    who: Span

    @property
    def end(self) -> int:
        """Index of the comma behind what is said."""
        return self.who.start - 1

    @property
    def subject(self) -> Token:
        """The word of `who` on which the others hang."""
        return next((t for t in self.who if not self.who.start <= t.head.i < self.who.end), self.who[0])


def teller_of(verb: Token, saying: Container[str]) -> Teller | None:
    """Who says what stands before `verb`; None for a verb of anything else, or one with what is said behind it."""
    said = _said_above(verb)
    if said is None or verb.tag_ not in TENSES or said.i > verb.i:
        return None
    if lemma(verb, saying) not in saying or auxiliaries(verb) or _goes_on(verb):
        return None
    subject = own_subject(verb)
    known = subject is not None and subject.i > said.i
    who = verb.doc[subject.left_edge.i : verb.i] if subject is not None and known else _run_before(verb, said)
    if not who or who.start < said.i + 2 or verb.doc[who.start - 1].text != ",":
        return None
    told = len(who) < _LONGEST_TELLER and not any(is_verb(t) for t in who)
    return Teller(verb, said, who) if told and any(t.pos_ in _NAMING for t in who) else None


def teller_behind(said: Token, saying: Container[str]) -> Teller | None:
    """Who says what `said` is the verb of, if the parser takes the saying for a part of it."""
    joined = (t for t in said.children if t.dep_ in _JOINED and t.i > said.i)
    return next((found for t in joined if (found := teller_of(t, saying)) is not None), None)


def told_by_the_way(verb: Token, saying: Container[str]) -> Token | None:
    """The verb of what is said where the saying stands beside it with "as": "As Roe said in May, the bank closes"."""
    said = verb.head
    if verb.dep_ != "advcl" or verb.tag_ not in TENSES or not is_verb(said) or own_subject(said) is None:
        return None
    led = [t.lower_ for t in verb.lefts if t.dep_ in ("mark", "neg") or t.tag_ == "WRB"]
    behind = any(t.dep_ in (*OBJECTS, "ccomp", "xcomp") for t in verb.rights)
    subject = own_subject(verb)
    known = subject is not None and subject.pos_ != "PRON" and lemma(verb, saying) in saying
    return said if led == ["as"] and known and not behind and not auxiliaries(verb) else None


def _said_above(verb: Token) -> Token | None:
    """The verb that `verb` is joined to, itself or by who says it, whom the parser takes for an apposition."""
    above = verb.head
    if verb.dep_ in _JOINED:
        return above if is_verb(above) else None
    if verb.dep_ != "acl" or above.dep_ not in ("appos", "conj"):
        return None
    return next((t for t in islice(above.ancestors, _CLIMB) if is_verb(t)), None)


def _goes_on(verb: Token) -> bool:
    """True if the verb has what is said, or another thing, behind it, or stands in a clause with "as" or "when"."""
    told = verb.lemma_ in title_lexicon().telling
    behind = any(t.dep_ in ("ccomp", "xcomp", "advcl") or (t.dep_ in OBJECTS and not told) for t in verb.rights)
    return behind or any(t.dep_ in ("mark", "cc", "neg") or t.tag_ == "WRB" for t in verb.lefts)


def _run_before(verb: Token, said: Token) -> Span:
    """The words between the last two commas before `verb`, or, if they only tell who somebody is, those before them."""
    doc, end = verb.doc, verb.i - (verb.nbor(-1).text == ",")
    first = _behind_comma(doc[said.i : end])
    if end < verb.i and doc[first].dep_ == "det":
        first, end = _behind_comma(doc[said.i : first - 1]), first - 1
    return doc[first:end]


def _behind_comma(words: Span) -> int:
    return next((t.i + 1 for t in reversed(words) if t.text == ","), words.start)
