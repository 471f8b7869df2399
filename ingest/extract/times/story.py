"""Dates without a year in a story told in years of its own: "signed on 24 April 2024 … On 7 May it was challenged".

They follow each other forwards, rather than lie around publication, unless they are news of the last days.
"""

from __future__ import annotations

from datetime import date

from ingest.extract.times.clause import Direction
from ingest.extract.times.expressions import Partial
from ingest.extract.times.history import History, Place
from ingest.extract.times.lexicon import lexicon
from ingest.extract.times.nearest import candidates, distance, nearest
from ingest.extract.times.spans import in_year
from kb.timevalue import Basis, Interval, Precision, TimeValue

_LONG = 150
"""Days from publication up to which a date needs no story to be placed."""
_NEWS = 8
"""Days before publication within which a date without a year is this year's."""
_STORY_REACH = 130
"""Days that a date without a year may lie behind the last one of a story told in other years."""


class Story:
    """The stories of one article, as far as its history has come."""

    def __init__(self, published: date | None, history: History) -> None:
        self._published = published
        self._history = history

    def date(self, p: Partial, place: Place) -> TimeValue | None:
        """The date `p` in the years of the story, or None if it lies around publication."""
        if p.weekday and not p.month:
            return None
        to_come = self._is_to_come(place)
        if year := self._history.year_of_sentence(place):
            value = in_year(p, year, Basis.RELATIVE)
            if not (to_come and self._is_over(value)):
                return value
        if to_come:
            return None
        story = self._history.story(place, self._published) or self._beside_told(place) or self._story_before(p, place)
        if story is None or place.clause.verb is None or self._just_happened(p, place):
            return None
        if p.day and self._history.has_near(p.month, p.day):
            return None
        if place.clause.pluperfect and place.clause.direction is Direction.PAST and not self._goes_on(place):
            return nearest(p, story.start, Direction.PAST, strict=True)
        following = [c for c in candidates(p, story.start) if c.interval and c.interval.last >= story.start]
        interval = following[0].interval if following else None
        if interval is None or distance(interval, story.last) > _STORY_REACH:
            return None
        if place.clause.present and self._published and interval.start > self._published:
            return None
        return following[0]

    def moved_up(self, p: Partial, place: Place) -> TimeValue | None:
        """The date `p` before the day it was moved from: "due on Dec. 31, it was moved up to Nov. 20"; else None."""
        seen = self._history.near(place, {Precision.DAY, Precision.MONTH}) if place.clause.sooner else None
        if seen is None:
            return None
        clause = seen.place.clause
        fixed = clause.direction is not Direction.PAST or clause.verb in lexicon().cues.setting
        return nearest(p, seen.interval.start, Direction.PAST, strict=True) if fixed else None

    def _is_to_come(self, place: Place) -> bool:
        """True for what is ahead of publication, whatever was told before; a present may go on a story told in it."""
        return place.clause.comes and not (place.clause.present and self._history.is_chronicle(place))

    def _is_over(self, value: TimeValue) -> bool:
        """True before publication: "is due to reveal 2004 earnings on 19 January" is told in the January of 2005."""
        return bool(self._published and value.interval and value.interval.end <= self._published)

    def _goes_on(self, place: Place) -> bool:
        """True for the later dates of a list: "he had signed orders on 20 January, 4 April and 19 June"."""
        seen = self._history.near(place, {Precision.DAY, Precision.MONTH})
        return seen is not None and seen.place.sentence == place.sentence and seen.place.clause == place.clause

    def _story_before(self, p: Partial, place: Place) -> Interval | None:
        """The story of the paragraph before, for a date that would else lie long before or after publication."""
        now = self._published
        if now is None or any(c.interval and abs(distance(c.interval, now)) < _LONG for c in candidates(p, now)):
            return None
        return self._history.story(place, now, paragraphs=1)

    def _beside_told(self, place: Place) -> Interval | None:
        """What the sentence has told just before: "an order signed on April 4 extended the deadline to June 19"."""
        seen = self._history.near(place, {Precision.DAY, Precision.MONTH})
        if seen is None or self._published is None or seen.place.sentence != place.sentence:
            return None
        long_ago = (self._published - seen.interval.start).days > _LONG
        if place.clause.direction is not Direction.OPEN and not (place.clause.onward and long_ago):
            return None
        told = seen.place.clause.direction is Direction.PAST and not seen.since
        return seen.interval if told and seen.interval.start <= self._published else None

    def _just_happened(self, p: Partial, place: Place) -> bool:
        """True for a date in the days before publication: news, even in a paragraph that has told an older story."""
        now = self._published
        if now is None or place.clause.pluperfect or place.clause.direction is not Direction.PAST:
            return False
        return any(c.interval and -_NEWS < distance(c.interval, now) <= 0 for c in candidates(p, now))
