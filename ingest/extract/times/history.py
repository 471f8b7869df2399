"""The dates an article has given so far: what "that year", "a week later" and "after the ruling" count from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from ingest.extract.times.clause import NO_CLAUSE, Clause, Direction
from kb.timevalue import Basis, Interval, Precision, TimeValue

_PERIODS = frozenset({Precision.QUARTER, Precision.MONTH, Precision.SEASON, Precision.WEEK})
_TOO_WIDE = frozenset({Precision.YEAR, Precision.DECADE, Precision.RANGE})
_FINE = frozenset({"D", "W", "FN", "NI", "WE"})
_NEWS = 8
"""Days before publication that are news."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and what its clause says about it."""

    start: int = 0
    sentence: int = 0
    paragraph: int = 0
    clause: Clause = NO_CLAUSE
    words: frozenset[str] = frozenset()
    """Lemmas of what the expression dates: the nouns and the verb above it."""
    apposed: bool = False
    """True right behind another expression and a comma."""
    joined: bool = False
    """True right behind another expression and an "and" or "or": "on May 3 and June 7"."""
    since: bool = False
    """True right behind "since" or "than in"."""
    quoted: bool = False
    """True inside quotation marks."""
    anchor: frozenset[str] = frozenset()
    """Lemmas of what the expression counts from, where it says so: "three days after the ruling"."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One calendar date of the text."""

    value: TimeValue
    interval: Interval
    place: Place
    story: bool
    """True if its year is the text's own, not taken from publication."""
    comparison: bool
    """True for "a year earlier": what stands beside it counts from what it is compared with."""

    @property
    def since(self) -> bool:
        """True for "the lowest since 2008": a date to compare with, from which no story goes on."""
        return self.place.since

    @property
    def tells(self) -> bool:
        """True if a story may go on from it: "the Sept. 11 attacks" only names what it stands before."""
        clause = self.place.clause
        names = clause.of_noun and clause.direction is Direction.OPEN
        told = self.told or (clause.present and self.story)
        return told and not self.since and not names and self.value.precision not in _TOO_WIDE

    @property
    def told(self) -> bool:
        """True if it is told as something that happened."""
        clause = self.place.clause
        return clause.direction is Direction.OPEN or (clause.direction is Direction.PAST and clause.sure)


class History:
    """The calendar dates of one article, in text order."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._days: dict[str, list[Seen]] = {}
        """The days of the text by the lemmas that they date."""

    def add(self, value: TimeValue, place: Place, *, story: bool, comparison: bool = False) -> None:
        """Note a date; what has no interval is no date."""
        if value.interval:
            story = story or value.basis is Basis.EXPLICIT
            seen = Seen(value, value.interval, place, story, comparison)
            self._seen.append(seen)
            if value.precision is Precision.DAY:
                for word in place.words:
                    self._days.setdefault(word, []).append(seen)

    def focus(self, unit: str, place: Place, *, due: bool = False) -> Seen | None:
        """The date that an expression in `unit` counts from: for days and weeks the last day, else the last date.

        What is told as past does not count from what is still ahead, unless it counts from a due day (`due`).
        """
        seen = [s for s in self._backwards() if not (unit == "Y" and s.comparison)]
        if place.clause.direction is not Direction.FUTURE and not due:
            seen = [s for s in seen if s.place.clause.direction is not Direction.FUTURE] or seen
        if unit == "Y" and seen:
            seen = _told_beside(seen) or seen
        if not seen or unit not in _FINE or seen[0].value.precision is Precision.DAY:
            return seen[0] if seen else None
        days = [s for s in seen if s.value.precision is Precision.DAY and place.paragraph - s.place.paragraph <= 1]
        inside = (day for day in days if seen[0].interval.contains(day.interval))
        return next(inside, days[0] if days else seen[0])

    def last(self) -> TimeValue | None:
        """The last date."""
        return self._seen[-1].value if self._seen else None

    def joined(self, place: Place) -> Seen | None:
        """The date that an "and" joins to the one at `place`."""
        last = self._seen[-1] if self._seen and place.joined else None
        return last if last and last.place.sentence == place.sentence else None

    def day_near(self, place: Place, *, sentences: int) -> Seen | None:
        """The last day or month told as past, in the same paragraph and at most `sentences` sentences before."""
        for seen in self._backwards():
            if seen.place.paragraph != place.paragraph or place.sentence - seen.place.sentence > sentences:
                return None
            if seen.told and seen.value.precision in {Precision.DAY, Precision.MONTH}:
                return seen
        return None

    def year_of_sentence(self, place: Place) -> int | None:
        """The year that the sentence has named: "In 2011 Congress acted on 2 August"."""
        for seen in self._backwards():
            if seen.place.sentence != place.sentence:
                return None
            same = seen.place.clause.verb == place.clause.verb
            explicit = seen.value.precision is Precision.YEAR and seen.value.basis is Basis.EXPLICIT
            if same and explicit and not seen.value.mod and not seen.since:
                return seen.interval.start.year
        return None

    def story(self, place: Place, published: date | None, *, paragraphs: int = 0) -> Interval | None:
        """The date that a story in years of its own has come to, in this paragraph or so many before it."""
        for seen in self._backwards():
            if place.paragraph - seen.place.paragraph > paragraphs:
                return None
            ahead = published is not None and seen.interval.start > published
            if not ahead and seen.tells:
                return seen.interval if seen.story and not self._is_aside(seen, published) else None
        return None

    def _is_aside(self, seen: Seen, published: date | None) -> bool:
        """True for an old date in the news of these days: "ruled on Saturday on a site where a mosque fell in 1992"."""
        same = (s for s in self._backwards() if s.place.sentence == seen.place.sentence and s.told and not s.story)
        return published is not None and any(0 <= (published - s.interval.start).days <= _NEWS for s in same)

    def has_near(self, month: int | None, day: int) -> bool:
        """True if the text has told of that day of a month without a year before, as one around publication."""
        days = (s.interval.start for s in self._backwards() if s.value.precision is Precision.DAY and not s.story)
        return any((seen.month, seen.day) == (month, day) for seen in days)

    def is_chronicle(self, place: Place) -> bool:
        """True if the paragraph tells its story in the present, or behind a date as its label ("May 2019: …")."""
        for seen in self._backwards():
            if seen.place.paragraph != place.paragraph:
                return False
            clause = seen.place.clause
            if seen.story and (seen.tells or clause.verb is None):
                return clause.present or clause.verb is None
        return False

    def dated(self, words: Collection[str], *, before: int | None = None) -> Seen | None:
        """The day on which one of `words` (lemmas) is said to have happened; the last one, if there are several."""
        days = [self._days[word] for word in words if word in self._days]
        if not days:
            return None
        told = [seen for of_word in days if (seen := _last_before(of_word, before))]
        if told:
            return max(told, key=_where)
        return min((of_word[0] for of_word in days), key=_where)

    def period(self, place: Place) -> Seen | None:
        """The quarter, month or other part of a year that is spoken of: the sentence's first, else the last one."""
        coarse = [s for s in self._backwards() if s.value.precision in _PERIODS and not s.comparison]
        own = [s for s in coarse if s.place.sentence == place.sentence]
        return own[-1] if own else coarse[0] if coarse else None

    def near(self, place: Place, precisions: Collection[Precision], *, first: bool = False) -> Seen | None:
        """The last date of such a precision in this sentence or the one before; or the `first` of that sentence."""
        found: Seen | None = None
        for seen in self._backwards():
            away = place.sentence - (found or seen).place.sentence
            if seen.place.paragraph != place.paragraph or away > 1:
                break
            if found and seen.place.sentence != found.place.sentence:
                break
            if seen.value.precision in precisions and not seen.comparison:
                found = seen
                if not first:
                    break
        return found

    def _backwards(self) -> Iterator[Seen]:
        """The latest dates first; a bounded number, so that no text takes quadratic time."""
        return reversed(self._seen[-_MEMORY:])


def _told_beside(seen: list[Seen]) -> list[Seen]:
    """What the sentence of the last date tells as past, if that date is a later one that it only looks ahead to.

    "It was announced in January 2022, with chips to be made by 2025": "that year" is 2022.
    """
    last = seen[0]
    if last.place.clause.sure:
        return []
    same = (s for s in seen if s.place.sentence == last.place.sentence and s.place.clause.sure)
    return [s for s in same if s.place.clause.direction is Direction.PAST and s.interval.start < last.interval.start]


def _last_before(days: list[Seen], before: int | None) -> Seen | None:
    """The last of `days`, which are in text order, up to a sentence."""
    at = len(days) if before is None else bisect_right(days, before, key=lambda seen: seen.place.sentence)
    return days[at - 1] if at else None


def _where(seen: Seen) -> int:
    return seen.place.start


_MEMORY = 40
"""Dates that an expression can look back on."""
