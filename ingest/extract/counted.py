"""Events counted from a day of their own sentence: "on 19 January, six days after she told Congress" (on 13 January).

The words behind the comma say again when the first event was, by the second one; so they date the second by the first.
More may stand between: "on Saturday named a judge, six days after she told Congress".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ingest.extract.dating import root_of
from ingest.extract.grammar import Reading, has_to, is_verb, tokens_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.errors import TimeValueError
from kb.model import TimeMention
from kb.ontology.model import Ontology
from kb.timevalue import Basis, Interval, Precision, add_units

_LENGTH = re.compile(r"P(\d{1,4})([DWMY])")
_EXACT = ("D", "W")
"""Units of lengths that people count to the day."""
_SIDES = {"after": -1, "before": 1}
_COMMAS = (",", "(", "—", "–", "-")
_REACH = 5
"""Tokens between the length and its "after": "two years to the day after"."""
_LONGEST = 40
"""Tokens behind "after" that are looked at."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A length that tells an event's day, and the word of that event."""

    mention: TimeMention
    event: Token


def counted_events(reading: Reading, ontology: Ontology, times: Sequence[TimeMention]) -> Iterator[Counted]:
    """Every event of `times` (in text order) that lies a length before or after the day right before that length."""
    for first, second in pairwise(times):
        if first.time.precision is not Precision.DAY:
            continue
        length = _length_of(second)
        side = _side_behind(reading, second) if length and _is_behind_comma(reading, second) else None
        event = _event_behind(reading, side, second) if side is not None else None
        if event is None or not _tells_day_of(reading, first, second, event):
            continue
        if length and side is not None and first.time.interval is not None and not _only_wanted(ontology, event):
            when = _counted(first.time.interval.start, second, length, _SIDES[side.lower_])
            yield from (Counted(mention, event) for mention in when)


def _tells_day_of(reading: Reading, first: TimeMention, length: TimeMention, event: Token) -> bool:
    """True if `first` is the day from which `length` counts to `event`."""
    if _is_apposed(reading, first, length):
        return True
    exact = length.time.interval is None and (length.time.value or "").endswith(_EXACT)
    return exact and _dates_clause_over(reading, first, event)


def _only_wanted(ontology: Ontology, verb: Token) -> bool:
    """True for "five days before the law required": what is wanted for a day did not begin to be wanted on it."""
    name = lemma(verb, ontology.status.governors)
    return name in ontology.status.governors and name not in ontology.speech.verbs


def _length_of(mention: TimeMention) -> tuple[int, str] | None:
    offset, found = mention.time.offset, _LENGTH.fullmatch(mention.time.value or "")
    if mention.time.mod is not None:
        return None
    if found is not None:
        return int(found.group(1)), found.group(2)
    return (abs(offset.amount), offset.unit) if offset is not None and mention.time.basis is Basis.RELATIVE else None


def _is_apposed(reading: Reading, first: TimeMention, second: TimeMention) -> bool:
    """True if nothing but a comma stands between the two."""
    before, behind = (tokens_of(reading.doc, m.span.start, m.span.end) for m in (first, second))
    return len(before) > 0 and len(behind) > 0 and behind.start - before.end == 1


def _is_behind_comma(reading: Reading, length: TimeMention) -> bool:
    expression = tokens_of(reading.doc, length.span.start, length.span.end)
    return len(expression) > 0 and expression.start > 0 and reading.doc[expression.start - 1].text in _COMMAS


def _dates_clause_over(reading: Reading, first: TimeMention, event: Token) -> bool:
    """True if `first` hangs on the verb of which the clause of `event` is a part, and limits nothing ("by Monday")."""
    expression = tokens_of(reading.doc, first.span.start, first.span.end)
    if len(expression) == 0 or not expression[0].has_dep() or expression.sent.start != event.sent.start:
        return False
    if event.dep_ not in ("advcl", "pcomp") or expression.end > event.i:
        return False
    main = event.head if event.dep_ == "advcl" else event.head.head
    before = reading.doc[expression.start - 1] if expression.start > 0 else None
    if before is not None and before.pos_ in ("ADP", "SCONJ") and before.lower_ not in ("on", "at"):
        return False
    return is_verb(main) and _hangs_on(root_of(expression), main)


def _side_behind(reading: Reading, mention: TimeMention) -> Token | None:
    """The "after" or "before" that the length counts from."""
    start = tokens_of(reading.doc, mention.span.start, mention.span.end).start
    behind = reading.doc[start + 1 : min(start + 2 + _REACH, len(reading.doc))]
    return next((t for t in behind if t.lower_ in _SIDES), None)


def _event_behind(reading: Reading, side: Token, length: TimeMention) -> Token | None:
    """The verb of the clause behind `side`; None if that clause has a date of its own."""
    verb = side.head if side.dep_ == "mark" else next((t for t in side.children if t.dep_ == "pcomp"), None)
    if verb is None or not is_verb(verb) or verb.i < side.i or verb.i > side.i + _LONGEST:
        return None
    clause = reading.doc[side.i + 1 : min(verb.i + _LONGEST, side.sent.end)]
    own = (t for t in clause if t.i in reading.times and t.idx >= length.span.end)
    if next((t for t in own if _hangs_on(t, verb)), None) is not None:
        return None
    aim = next((t for t in verb.rights if t.dep_ == "xcomp" and has_to(t)), None) if verb.lemma_ == "be" else None
    return aim or verb


def _hangs_on(token: Token, verb: Token) -> bool:
    node = token
    for _ in range(_REACH):
        if verb.i in (node.head.i, node.i):
            return True
        if node.head.i == node.i:
            return False
        node = node.head
    return False


def _counted(anchor: date, mention: TimeMention, length: tuple[int, str], sign: int) -> Iterator[TimeMention]:
    """`mention` as the day that lies the length from `anchor`; nothing if there is no such day."""
    try:
        day = add_units(anchor, sign * length[0], length[1])
    except TimeValueError:
        return
    time = replace(mention.time, interval=Interval.day(day), precision=Precision.DAY, basis=Basis.RELATIVE, offset=None)
    yield TimeMention(mention.span, time)
