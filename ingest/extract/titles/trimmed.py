"""The words that are kept, without what says nothing at their ends, and with a day that is all they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice, pairwise, takewhile, zip_longest

from ingest.extract.grammar import AUXILIARIES, SUBJECTS, TENSES, Reading, is_verb, own_subject
from ingest.extract.titles.bounds import clause_end, dateline_end
from ingest.extract.titles.cutting import run_behind
from ingest.extract.titles.kept import kept_behind, told_day
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.phrase import phrase_of
from ingest.extract.titles.room import with_room
from ingest.extract.titles.wanted import asks, leads_to_time
from ingest.extract.titles.whole import without_holes
from ingest.extract.titles.wording import called
from ingest.nlp.words import Token

THIN = 2
"""Words of a title up to which more is looked for."""
_CLIMB = 6
_SIDES = ("after", "before")
_DASHES = ("-", "--", "–", "—")
_POINTING = frozenset(("it", "this", "that", "these", "those"))
_MORE = frozenset(("prep", "compound", "nummod"))
"""What belongs to a noun that says something without its sentence."""


def trimmed(
    reading: Reading, head: Token, trigger: Token, limit: int | None, besides: Iterable[Token] = ()
) -> list[Token]:
    """What is kept of the clause of `head` before the index `limit`, and the words `besides`, in text order."""
    start, end = dateline_end(head), clause_end(head)
    end = end if limit is None else min(end, limit)
    found = {t for t in (*kept_behind(reading, head, start), *besides, head) if t.i < end}
    if trigger not in found:
        found.update(_way_to(reading, head, trigger))
    kept = _without_dashed(_without_brackets(sorted(found, key=lambda t: t.i), head, trigger), head, trigger)
    while len(kept) > 1 and _is_left_behind(kept[-1], trigger):
        kept.pop()
    kept = _dated_back(reading, kept, head)
    words = title_lexicon()
    bare = head.lemma_ in ("be", "have", "become", "fall") or head.lemma_ in words.picking | words.coming
    ends_bare = bare and (kept[-1].i == head.i or (kept[-1].dep_ == "neg" and kept[-1].i == head.i + 1))
    days = set(_told_day(reading, head)) if len(kept) <= THIN or ends_bare else set()
    if days:
        kept = sorted(found | days, key=lambda t: t.i)
    if len(kept) > 1 and kept[-1].i == head.i and not days:
        kept += run_behind(reading, head)
    kept = _with_day(reading, _without_empty(reading, kept, head), head)
    return with_room(reading, without_holes(reading, kept, head, trigger, end), head, trigger)


def _without_brackets(kept: list[Token], head: Token, trigger: Token) -> list[Token]:
    """`kept` without parts of what stands in brackets: the "euros" of "invested $7bn (6bn euros) in canals"."""
    brackets = [t for t in kept[0].doc[kept[0].i : kept[-1].i + 1] if t.text in ("(", ")")]
    inside: set[int] = set()
    for opening, closing in pairwise(brackets):
        if opening.text == "(" and closing.text == ")" and opening.nbor(-1).whitespace_ and opening not in kept:
            inside.update(range(opening.i, closing.i))
    return kept if trigger.i in inside or head.i in inside else [t for t in kept if t.i not in inside]


def _without_dashed(kept: list[Token], head: Token, trigger: Token) -> list[Token]:
    """`kept` without what stands between dashes, or behind a single one: "banned two executives - Roe and Moe"."""
    words = kept[0].doc[kept[0].i : kept[-1].i + 1]
    dashes = [t.i for t in words if t.text in _DASHES and t.whitespace_ and t.i and t.nbor(-1).whitespace_]
    if not dashes:
        return kept
    inside: set[int] = set()
    for opening, closing in zip_longest(dashes[::2], dashes[1::2], fillvalue=kept[-1].i + 1):
        inside.update(range(opening, closing))
    return kept if trigger.i in inside or head.i in inside else [t for t in kept if t.i not in inside]


def _dated_back(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` with the time that something "dates back to"."""
    back = kept[-1]
    if back.lower_ != "back" or back.i + 1 == len(back.doc) or head.lemma_ not in title_lexicon().dating:
        return kept
    behind = back.nbor()
    times = [t for t in behind.subtree if t.i in reading.times or t.pos_ == "ADP"]
    timed = any(t.i in reading.times for t in times)
    return [*kept, *(t for t in times if t.lower_ not in title_lexicon().articles)] if timed else kept


def _way_to(reading: Reading, head: Token, trigger: Token) -> Iterator[Token]:
    """The "to protest the toll" of "took to the streets to protest the toll", if that is told at `trigger`."""
    above = islice(takewhile(lambda t: t.i != head.i, trigger.ancestors), _CLIMB)
    way = [*dropwhile(lambda t: not is_verb(t), (trigger, *above))]
    if way and way[-1].head.i == head.i and all(t.tag_ == "VB" and t.i > head.i for t in way):
        yield from (t for verb in way for t in phrase_of(reading, verb, depth=0))


def _told_day(reading: Reading, head: Token) -> Iterator[Token]:
    """The day that is all a clause tells: "the new deadline is June 19", "many missed that date"."""
    words, name = title_lexicon(), head.lemma_
    if name in words.coming or name == "fall":
        yield from _day_of_another(reading, head)
    picking = name in words.picking
    if not is_verb(head) or not (picking or name in words.empty or name in ("miss", "become", "fall")):
        return
    told = [t for t in head.rights if t.dep_ == "dobj" or not picking]
    told = [t for t in told if t.pos_ == "ADP"] if name == "fall" else told
    days = [t for t in told if t.i in reading.times or leads_to_time(reading, t)]
    yield from (t for day in days for t in day.subtree if t.i == day.i or t.i in reading.times)


def _day_of_another(reading: Reading, coming: Token) -> Iterator[Token]:
    """The "on the same day the fair closed" of a thing that "came on the same day the fair closed", "after a raid"."""
    for told in coming.rights:
        if told.lower_ in _SIDES and any(t.dep_ == "pobj" and t.i not in reading.times for t in told.rights):
            yield from (t for t in told.subtree if t.lower_ not in title_lexicon().articles)
        day = next((t for t in told.subtree if t.i in reading.times and t.head.i in (told.i, coming.i)), None)
        if day is not None and any(is_verb(t) and own_subject(t) is not None for t in day.subtree):
            yield from (t for t in told.subtree if t.lower_ not in title_lexicon().articles)


def _without_empty(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` without an "is" whose subject is the day: "Saturday is the anniversary" tells of the anniversary."""
    first = next((t for t in kept if t.i > head.i), None)
    day = any(t.i in reading.times for t in head.lefts if t.dep_ in (*SUBJECTS, "npadvmod"))
    if head.lemma_ != "be" or not (day or _only_points(reading, head)) or first is None or first.dep_ == "acomp":
        return kept
    if first.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return kept
    led = [t for t in kept if t.i < head.i and t.lower_ not in _POINTING]
    empty = all(t.dep_ in AUXILIARIES for t in led) and not any(t.dep_ == "neg" for t in kept)
    behind = [t for t in kept if t.i > head.i]
    return behind if empty and len(behind) > 1 else kept


def _only_points(reading: Reading, verb: Token) -> bool:
    """True for the "was" of "it was the second vote of the two", where nothing says what "it" is."""
    subject = own_subject(verb)
    if subject is None or subject.lower_ not in _POINTING or subject.children or verb.tag_ not in TENSES:
        return False
    told = [t for t in verb.rights if t.dep_ not in ("prep", "npadvmod", "punct", "advmod")]
    noun = told[0] if len(told) == 1 else None
    more = noun is not None and noun.dep_ == "attr" and any(t.dep_ in _MORE for t in noun.children)
    return more and called(reading, subject, verb) == subject.text


def _with_day(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` with the day that is the subject of an "is" that stays: "2017 will be harder"."""
    subject = own_subject(head) if head.lemma_ == "be" else None
    bare = kept[0].i == head.i or (kept[0].dep_ in AUXILIARIES and kept[0].head.i == head.i)
    if subject is None or subject.i not in reading.times or not bare or subject.i > kept[0].i:
        return kept
    return [*told_day(reading, subject, head), *kept]


def _is_left_behind(token: Token, trigger: Token) -> bool:
    """True for what a dropped time leaves at the end: the "is" of "The new deadline is (June 19)"."""
    if token.i == trigger.i:
        return False
    if token.dep_ in AUXILIARIES and token.head.i > token.i:
        return True
    if token.dep_ in ("ccomp", "pcomp") and any(asks(t) for t in token.subtree if t.tag_ == "WRB"):
        return False
    dangling = token.dep_ == "prep" and not _is_particle(token) and not any(t.tag_ == "WP" for t in token.children)
    return dangling or token.dep_ == "cc" or (is_verb(token) and token.lemma_ in title_lexicon().empty)


def _is_particle(token: Token) -> bool:
    """True for the "in" of "plans must be in by June 30": right behind its verb, and before a preposition."""
    behind = token.doc[token.i + 1 : token.i + 2]
    way = token.lower_ in title_lexicon().ways
    return way and is_verb(token.head) and token.head.i == token.i - 1 and any(t.pos_ == "ADP" for t in behind)
