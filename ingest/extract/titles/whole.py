"""Titles without holes: what stands between two words that are kept is kept too, unless it can go for a plain reason.

A time, an article, an adverb of telling and what is set apart by commas can go. What else the parse would leave out of
the middle of a clause, or right behind its last word, it has mostly tied to a wrong word: "10 percent to (14 percent)
lower", "voted (to ban it)".
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from ingest.extract.grammar import (
    ANY_SUBJECT,
    AUXILIARIES,
    MODIFIERS,
    OBJECTS,
    TENSES,
    Reading,
    auxiliaries,
    is_relative,
    is_verb,
    own_subject,
)
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.line import LONGEST
from ingest.extract.titles.room import length
from ingest.extract.titles.wanted import PARTS_OF_DAY
from ingest.nlp.words import Token

_FEWEST = 3
"""Words of a title between which others may be missing."""
_LONGEST_RUN = 40
"""Tokens that a line may have room for."""
_CLOSING = {",": ",", "(": ")", "[": "]", "-": "-", "--": "--", "–": "–", "—": "—"}
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_BESIDE = frozenset(("npadvmod", "advmod", "pobj", "pcomp", "prep", "conj"))
"""How a time hangs on what goes without it."""
_LEADING = frozenset(("det", "cc", "advmod", "amod", "compound", "nummod", "case", "quantmod"))
"""How words hang on a time that go with it."""
_TELLING = frozenset(("NOUN", "PROPN", "NUM", "VERB", "AUX"))
"""Parts of speech before which a comma would part what belongs together."""
_LINKS = frozenset(("ADP", "PART"))
"""Parts of speech that tie what is behind them to a relative clause."""
_OPEN = frozenset(("ADP", "DET", "AUX", "SCONJ", "CCONJ", "PART", "ADV"))
"""Parts of speech that no title is made longer for."""


def without_holes(reading: Reading, kept: list[Token], head: Token, trigger: Token, end: int) -> list[Token]:
    """`kept` with what it lacks inside the clause of `head`, and up to its next mark before `end`, if there is room."""
    if not is_verb(head):
        return kept
    found = kept if len(kept) < _FEWEST else _filled(reading, kept, head, trigger)
    found = found if length(found) <= LONGEST else kept
    for rest in _rests(reading, found[-1], trigger, min(end, head.right_edge.i + 1)):
        led = head.dep_ != "relcl" or (rest and rest[0].pos_ in _LINKS)  # "prices that rose in May hurt shoppers"
        if led and length(found) + length(rest) <= LONGEST:
            return [*found, *rest]
    return found


def _filled(reading: Reading, kept: list[Token], head: Token, trigger: Token) -> list[Token]:
    found, words = list(kept), head.doc.tokens
    for hole in _holes(words[kept[0].i : kept[-1].i + 1], {t.i for t in kept}):
        if len(hole) < _LONGEST_RUN and (_is_behind(hole, head) or _is_in_subject(hole, head)):
            told = _told(reading, hole, trigger)
            found += told[:-1] if told and told[-1].text == "," and words[hole[-1].i + 1].pos_ in _TELLING else told
    return sorted(found, key=lambda t: t.i)


def _is_behind(hole: list[Token], head: Token) -> bool:
    return head.i < hole[0].i and hole[-1].i <= head.right_edge.i


def _is_in_subject(hole: list[Token], head: Token) -> bool:
    """True for what says which one is meant, not for a clause that tells of it, nor for what stands behind a comma."""
    subject = own_subject(head)
    inside = subject is not None and subject.left_edge.i <= hole[0].i and hole[-1].i <= subject.right_edge.i
    return inside and hole[0].text not in _CLOSING and not any(t.tag_ in TENSES for t in hole)


def _holes(words: Sequence[Token], inside: set[int]) -> Iterator[list[Token]]:
    """The runs of words that are left out between two that are kept."""
    hole: list[Token] = []
    for token in words:
        if token.i not in inside:
            hole.append(token)
        elif hole:
            yield hole
            hole = []


def _rests(reading: Reading, last: Token, trigger: Token, end: int) -> Iterator[list[Token]]:
    """What stands behind the last word before a mark or another clause, and the same before an "and".

    Behind an "and" with another time another thing is told; behind a time only what is to be done by then.
    """
    words = last.doc.tokens[last.i + 1 : min(end, last.i + 1 + _LONGEST_RUN)]
    run = [*takewhile(lambda t: not _ends(reading, t), words)]
    if last.i in reading.times and not (run and run[0].tag_ == "TO"):
        return
    first = [*takewhile(lambda t: t.dep_ != "cc", run)]
    joined = run[len(first) : len(first) + 1]
    retold = any(t.lower_ == "and" for t in joined) and any(t.i in reading.times for t in run[len(first) :])
    for part in (first,) if retold else (run, first):
        told = _told(reading, part, trigger)
        while told and _is_loose(reading, told[-1]):
            told.pop()
        yield told


def _ends(reading: Reading, token: Token) -> bool:
    """True for a mark, and for what opens another clause, or a clause joined to a time by the parser."""
    if token.is_punct:
        return (
            not _is_in_date(reading, token)
            and token.text not in _QUOTES
            and (token.text != "-" or token.nbor(-1).whitespace_ != "")
        )
    if token.dep_ == "cc":
        joined = next(_joined_by(token), token.head)
        return is_verb(joined) or (token.head.i in reading.times and joined.i not in reading.times)
    clause = token.head
    led = clause.dep_ == "advcl" and clause.left_edge is token and own_subject(clause) is not None  # "once he had left"
    active = token.tag_ in TENSES or (token.tag_ == "VBN" and any(t.dep_ in OBJECTS for t in token.rights))
    goes_on = active and token.dep_ not in AUXILIARIES and not auxiliaries(token) and own_subject(token) is None
    return led or goes_on or token.dep_ == "mark" or token.tag_ in ("WDT", "WP", "WRB") or is_relative(token)


def _is_in_date(reading: Reading, mark: Token) -> bool:
    """True for the comma of "May 3, 2024"."""
    around = mark.text == "," and reading.times.issuperset((mark.i - 1, mark.i + 1))
    return around and mark.nbor().text.isdigit() and mark.nbor(-1).text.isdigit()


def _is_loose(reading: Reading, last: Token) -> bool:
    """True for what a title does not end with: little words, and a verb that something is left out behind."""
    words = title_lexicon()
    if last.i in reading.times:
        return False
    cut_off = is_verb(last) and any(t.i > last.i and not t.is_punct for t in last.children)
    return (
        last.pos_ in _OPEN or cut_off or last.dep_ in ANY_SUBJECT or last.lower_ in words.loose_ends | words.stretches
    )


def _told(reading: Reading, words: Sequence[Token], trigger: Token) -> list[Token]:
    """Those of the words that say something, but for what stands between two marks; empty if those are marks only."""
    told: list[Token] = []
    inside = {t.i for t in words}
    left = [*words]
    while left:
        token = left.pop(0)
        close = None if _is_glued(token) or _is_in_date(reading, token) else _CLOSING.get(token.text)
        closing = next((i for i, t in enumerate(left) if t.text == close), None)
        if closing is not None:
            del left[: closing + (token.text != ",")]  # one comma may close an aside and open another
        elif not _says_nothing(reading, token, trigger, inside):
            told.append(token)
    told = [t for t in told if not _is_left_alone(reading, t, told, inside)]
    told = told[1:] if [t.lower_ for t in told[:2]] == [",", "that"] else told
    return told if any(not t.is_punct for t in told) else []


def _is_left_alone(reading: Reading, token: Token, told: list[Token], inside: Container[int]) -> bool:
    """True for the "as" of "as early as May", without what it stands before."""
    if token.i + 1 == len(token.doc) or token.nbor().i not in inside or token.nbor() in told:
        return False
    words, behind = title_lexicon(), token.nbor()
    leads = token.lower_ in words.before_time and behind.lower_ not in words.articles
    return leads or (token.pos_ == "ADV" and behind.i in reading.times)


def _says_nothing(reading: Reading, token: Token, trigger: Token, inside: Container[int]) -> bool:
    """True for articles, marks of quotations, and times beside the clause with all that leads to them.

    A time that another of the words `inside` hangs on is not beside it: "10 years in prison".
    """
    words, word = title_lexicon(), token.lower_
    little = word in words.articles or (word == "that" and _is_right_behind(token, inside))
    little = little or (
        token.pos_ == "NUM" and token.dep_ == "conj" and token.head.i in reading.times
    )  # "June 9 and 10"
    if token.is_space or token.text in _QUOTES or little or _is_in_date(reading, token):
        return True
    if token.i in reading.times or (token.dep_ == "advmod" and word in words.adverbs):
        return not _is_glued(token) and _is_beside(reading, token, trigger, inside)
    if token.tag_ == "POS" or token.dep_ == "cc":
        timed = [t for t in (token.head, *_joined_by(token)) if t.i in reading.times]
        return bool(timed) and _is_beside(reading, timed[-1], trigger, inside)
    if word in words.emphatic and token.dep_ not in OBJECTS and token.dep_ != "pobj":
        return True
    if token.pos_ in ("ADP", "SCONJ", "ADV") or word in words.stretches or token.dep_ == "acl":
        below = [t for t in token.children if t.i in inside and (t.children or t.lower_ not in words.before_time)]
        return bool(below) and all(_says_nothing(reading, t, trigger, inside) for t in below)
    return False


def _is_right_behind(that: Token, inside: Container[int]) -> bool:
    """True for a "that" which opens what a verb says, if only words of the hole stand between the two."""
    verb = that.head.head
    opens = that.head.dep_ == "ccomp" and that.dep_ not in ("det", *ANY_SUBJECT)
    return opens and verb.i < that.i and all(i in inside for i in range(verb.i + 1, that.i))


def _is_beside(reading: Reading, time: Token, trigger: Token, inside: Container[int]) -> bool:
    """True for a time that its clause does without, for the "Friday" of "Friday's vote", and for the trigger's own."""
    top = time
    while top.head is not top and top.head.i in reading.times:
        top = top.head
    owns = any(t.tag_ == "POS" for t in top.children)
    own = top.head.i == trigger.i and top.dep_ in MODIFIERS and trigger.pos_ != "PROPN"
    if top.pos_ in ("PROPN", "NUM"):
        inside = ()  # nothing belongs to a day of the calendar, whatever the parser ties to it
    below = (t for t in top.children if t.i in inside and t.i not in reading.times and not t.is_punct)
    return (own or owns or top.dep_ in _BESIDE or top.lower_ in PARTS_OF_DAY) and all(
        t.tag_ == "POS" or t.dep_ in _LEADING for t in below
    )


def _joined_by(joint: Token) -> Iterator[Token]:
    """What the parser joins to something by an "and"; nothing for another word."""
    return (t for t in joint.head.children if joint.dep_ == "cc" and t.dep_ == "conj" and t.i > joint.i)


def _is_glued(token: Token) -> bool:
    """True for a part of a word with hyphens: the "year" of "27-year-old", not the 13 of "March 13-15"."""
    chain = [token, *_linked(token, 1), *_linked(token, -1)]
    return len(chain) > 1 and not all(t.text == "-" or t.text.isdigit() for t in chain)


def _linked(token: Token, step: int) -> Iterator[Token]:
    """The words that follow in one direction without a space between, with their hyphens."""
    words, at = token.doc.tokens, token.i
    while 0 <= at + step < len(words):
        before, here = sorted((at, at + step))
        if words[before].whitespace_ or "-" not in (words[before].text, words[here].text):
            return
        at += step
        yield words[at]
