"""Where claims are filed, and where to look for those that one may be linked to: never among all.

A claim is filed under what it names and what its article is about, together with its exact days. Whoever may be linked
to it by another day (a month that holds the day, a report a day off) looks there too: looking costs little where
nothing is filed, and what is filed under one day stays few however many articles there are. What keeps its identity on
another day, a deadline or what was awaited, is filed under the story and the year besides. For more than a day, only
what few stories have in common counts: names, but not of courts and agencies, and words two by two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, combinations, repeat, starmap
from typing import NamedTuple

from kb.fold.claim import ReportedClaim, once
from kb.fold.evidence import saying
from kb.fold.identity import ANY, DEADLINES, rules
from kb.fold.reported import WORD
from kb.fold.strangers import bodies, is_brief, names_little, telling_things
from kb.fold.ties import filed_keys, sought_days, sought_keys
from kb.fold.timing import AWAITED, SLIP, is_day, is_planned, length, may_move, moves
from kb.fold.undated import MOST_VAGUE
from kb.fold.words import stems
from kb.model import Status
from kb.timevalue import parse_day

_LONG = 100
"""Days from which on a span is filed under its years, not its months: longer than a season."""
_MOST_NAMES = 6
_MOST_SCENE = 3
_MOST_YEARS = 4
_OPEN, _FIXED = "open", "fixed"
"""A deadline that moved, and what was only awaited, may be one with any other of its kind; the rest only with these."""
_NEVER = "no day"
"""Where the claims are filed that have neither a day nor an article with one."""


class Posting(NamedTuple):
    """A place to file a claim at: under a key; where that is of a month, with its day, by which alone or within some
    days it is looked for."""

    key: str
    day: str | None = None


class Search(NamedTuple):
    """Where to look: at all that is filed under some keys, and at the days of a month from the first to the last."""

    days: frozenset[tuple[str, str | None]]
    """Places of what is told of the same day, or of one that hardly differs: of a single day each. As `Posting` has
    them, but plain: of these there are hundreds for each article, and a name for each half costs as much again."""
    keys: frozenset[str]
    """Keys of what else there may be."""
    months: frozenset[str]
    first: str
    last: str


_NOWHERE = Search(frozenset(), frozenset(), frozenset(), "", "")


@once
def postings(claim: ReportedClaim) -> tuple[Posting, ...]:
    """Where a claim is filed: nowhere twice."""
    tied = () if claim.undated else filed_keys(claim)
    return (*_linked_postings(claim), *(Posting(key) for key in tied))


@once
def _linked_postings(claim: ReportedClaim) -> tuple[Posting, ...]:
    """Where those look that may be about the same event."""
    lasting = () if claim.undated else _lasting(claim, [_OPEN if _is_open(claim) else _FIXED])
    return (*_postings_by_day(claim), *(Posting(key) for key in lasting))


@once
def _postings_by_day(claim: ReportedClaim) -> tuple[Posting, ...]:
    """Where those look that tell of it on its own days."""
    about, matters = _about(claim), _matters(claim)
    if claim.undated and not is_brief(claim):
        return ()  # its own article alone tells of it again
    if claim.undated:
        told = (*(f"{thing}|" for thing in about), *(f"{thing} " for thing in _scene(claim)))
        return tuple([Posting(f"{thing}{month}") for month in _recent_months(claim) for thing in told])
    if is_day(claim):
        day, month = claim.first_day, claim.first_day[:7]
        spoken_of = _scene(claim) if _is_spoken_of(claim) else ()
        return (
            *starmap(Posting, _places_of(claim, [day])),
            *[Posting(f"{thing} in {month}", day) for thing in spoken_of],
        )
    spans = _months(claim) if length(claim) <= _LONG else _years(claim)
    return (
        *[Posting(f"{thing}|{span}") for span in spans for thing in matters],
        *[Posting(f"{thing} {span}") for span in spans for thing in _vague_scene(claim)],
    )


@once
def search_for(claim: ReportedClaim) -> Search:
    """Where all are filed that a claim could be linked or tied to.

    Besides where it is filed itself: spans that hold its day, days that its span holds, and days close by.
    """
    about, matters = _about(claim), _matters(claim)
    if claim.undated and not is_brief(claim):
        return _NOWHERE
    if claim.undated:
        here = frozenset([posting.key for posting in _postings_by_day(claim)])
        told = (*(f"{thing}|" for thing in about), *(f"{thing} " for thing in _scene(claim)))
        within = frozenset(f"{thing}in {month}" for thing in told for month in _recent_months(claim))
        return Search(frozenset(), here, within, claim.first_day, claim.last_day)
    spans = (*_months(claim), *_years(claim))
    keys = {posting.key for posting in _postings_by_day(claim) if posting.day is None}
    keys.update(_lasting(claim, [_OPEN, _FIXED] if _is_open(claim) else [_OPEN]))
    keys.update(sought_keys(claim), [f"{thing}|{span}" for span in spans for thing in matters])
    months: set[str] = set()
    if is_day(claim) and is_brief(claim):
        keys.update(f"{thing}|{month}" for thing in about for month in _months(claim))  # told without a day
    if not is_day(claim):
        months.update(f"{thing}|in {month}" for thing in matters for month in _months(claim))
        months.update(f"{thing} in {month}" for thing in _vague_scene(claim) for month in _months(claim))
    if is_day(claim) and _is_spoken_of(claim):
        keys.update(f"{thing} {claim.first_day[:7]}" for thing in _scene(claim))
    near = _places_of(claim, _close_days(claim)) if is_day(claim) else ()
    days = frozenset([*near, *((key, None) for key in sought_days(claim))])
    first, last = claim.first_day, claim.last_day
    if _vague_scene(claim) and not is_day(claim):  # all days of its months: each of them finds it
        first, last = (_moved(day, days).isoformat() for day, days in ((first, -MOST_VAGUE), (last, MOST_VAGUE)))
    return Search(days, frozenset(keys.difference(key for key, _ in days)), frozenset(months), first, last)


def _places_of(claim: ReportedClaim, days: Collection[str]) -> list[tuple[str, str | None]]:
    """Where what a claim tells of one day is filed on these days, and what it is found by on its own alone."""
    things, months = {*_about(claim), *_matters(claim)}, [(f"|in {day[:7]}", day) for day in days]
    return [
        *((thing + month, day) for month, day in months for thing in things),
        *((f"{thing} {claim.first_day}", None) for thing in (*_scene(claim), *_happening(claim))),
    ]


def finds(claim: ReportedClaim, other: ReportedClaim) -> bool:
    """True if `other` is filed where `claim` looks."""
    search = search_for(claim)
    places = postings(other)
    return not search.days.isdisjoint(places) or any(key in search.keys or key in search.months for key, _ in places)


@dataclass(slots=True)
class Files:
    """Claims in memory, filed and found as the store files and finds them."""

    _claims: tuple[ReportedClaim, ...] = ()
    _filed: defaultdict[str | tuple[str, str | None], list[int]] = field(default_factory=lambda: defaultdict(list))
    """Where in `_claims` those stand that are filed under a key, and at a place of one day: numbers are soon sorted
    out."""

    @classmethod
    def of(cls, claims: Iterable[ReportedClaim]) -> Files:
        """Files that hold these claims."""
        files = cls(tuple(claims))
        for number, claim in enumerate(files._claims):
            for posting in postings(claim):
                files._filed[posting.key].append(number)
                if posting.day:
                    files._filed[posting].append(number)
        return files

    def near(self, claim: ReportedClaim) -> Iterator[ReportedClaim]:
        """Those that `claim` could be linked or tied to, each once; not itself."""
        search = search_for(claim)
        days = (place if place[1] else place[0] for place in search.days)
        places = chain(days, search.keys, search.months)
        numbers = set(chain.from_iterable(map(self._filed.get, places, repeat(()))))
        return (other for other in map(self._claims.__getitem__, sorted(numbers)) if other.id != claim.id)


@once
def _about(claim: ReportedClaim) -> tuple[str, ...]:
    """What it names and what its article is about: enough to be found by on one day."""
    return tuple(sorted({*_named(claim), *claim.topics}))


@once
def _matters(claim: ReportedClaim) -> tuple[str, ...]:
    """What it is found by in a month or a year: what few stories have in common.

    Of what there are few of, but for disasters, that is more: "in May it was paused" names nobody, its article does.
    """
    few = _is_rare(claim) and claim.type not in rules().of_parts
    known = frozenset(claim.profile) & telling_things(claim) if few and 1 < length(claim) <= _LONG else ()
    return _telling({*_named(claim), *claim.topics, *known}, claim.topics)


@once
def _topics(claim: ReportedClaim) -> tuple[str, ...]:
    """What its article is about, of that."""
    return _telling(set(claim.topics), claim.topics)


def _obliging(claim: ReportedClaim) -> tuple[str, ...]:
    """What a deadline is found by on another day. A short text has one: all that it names may tell of that again."""
    if not is_brief(claim):
        return _matters(claim)
    named = (thing for thing in claim.profile if not thing.startswith(WORD))
    return _telling({*_named(claim), *claim.topics, *named}, claim.topics)


def _named(claim: ReportedClaim) -> tuple[str, ...]:
    return (*claim.acting, *claim.names[:_MOST_NAMES])


def _telling(things: Collection[str], topics: Collection[str]) -> tuple[str, ...]:
    """`things` without bodies that are in the news every day, and of words those of the article, two by two.
    All of it if that is nothing.

    A tenth of an archive comes back to "commission", or tells of one ministry: that finds more the more there is.
    """
    words, pairs = _words_of(tuple(topics))
    found = {*pairs, *things} - words - bodies()
    return tuple(sorted(found or things))


@lru_cache(maxsize=256)
def _words_of(topics: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Those of an article's topics that are words, and any two of these together."""
    words = sorted(topic for topic in topics if topic.startswith(WORD))
    return frozenset(words), tuple(f"{one}+{other}" for one, other in combinations(words, 2))


@once
def _scene(claim: ReportedClaim) -> tuple[str, ...]:
    """For what there are few of: its places, or what its title says. Short texts have nothing else in common.

    Of disasters and attacks both, with a day and without: whom they befell, the next text does not name. These are
    found by what their word may mean too, as is what no type knows, and all that a short text tells.
    """
    parts, rare = claim.type in rules().of_parts, _is_rare(claim)
    loose = _is_spoken_of(claim) or (claim.undated and claim.type == ANY)
    if not (loose or rare):
        return ()
    places = sorted({entity for _, entity in claim.actors} - claim.acting - set(claim.names))
    words = sorted(f"title {word}" for word in rules().meant(stems(claim.title)))
    things = [*places, *words][: 2 * _MOST_SCENE] if loose else (places or words)[:_MOST_SCENE]
    kinds = ([claim.type] if parts or rare else []) + (sorted(saying(claim)) if loose else [])
    return tuple(f"{thing}|{kind}" for thing in things for kind in kinds)


@once
def _happening(claim: ReportedClaim) -> tuple[str, ...]:
    """For a disaster or an attack that a short text tells of, what its word may mean: the next text may call all that
    it befell otherwise, and of a day there are few."""
    if not (claim.type in rules().of_parts and is_day(claim) and is_brief(claim)):
        return ()
    return tuple(sorted(saying(claim)))


def _is_rare(claim: ReportedClaim) -> bool:
    """True for what there are few of on a day: a ruling, and what is due then."""
    if claim.undated:
        return False
    return claim.type in rules().rare or (moves(claim) and is_day(claim))


def _vague_scene(claim: ReportedClaim) -> tuple[str, ...]:
    """The same for what is told of a week or a month, if others may speak of it without a day."""
    return _scene(claim) if _is_spoken_of(claim) and length(claim) <= MOST_VAGUE else ()


def _is_spoken_of(claim: ReportedClaim) -> bool:
    """True for what other articles may tell of without a day, and without anybody whom this one names."""
    return claim.type in rules().of_parts or (bool(claim.first_day) and names_little(claim))


def _lasting(claim: ReportedClaim, states: Collection[str]) -> list[str]:
    """Keys of what is found on other days too, in its years: deadlines, which move, and what was awaited."""
    if not (moves(claim) or claim.type in rules().awaited):
        return []
    kind, things = (DEADLINES, _obliging(claim)) if moves(claim) else (claim.type, _topics(claim))
    kinds = [f"{kind} {state} {year}" for state in states for year in _years_about(claim)]
    return [f"{thing}|{kind}" for kind in kinds for thing in things]


def _years_about(claim: ReportedClaim) -> range:
    """Years in which other days of it may lie: since it was told, and as long as it may be missed by.

    What is told in March of a day that moved stood on one in December.
    """
    first, last = int(claim.first_day[:4]), int(claim.last_day[:4])
    if moves(claim):
        told = claim.published or claim.first_day
        first = min(first, _moved(told, -_LONG).year if _is_open(claim) else int(told[:4]))
    elif is_planned(claim):
        first, last = _moved(claim.first_day, -AWAITED).year, _moved(claim.last_day, AWAITED).year
    else:
        last = first
    return range(first, last + 1)[:_MOST_YEARS]


def _is_open(claim: ReportedClaim) -> bool:
    """True if it may be one with whatever is told of another day: a deadline that is not what it was, a plan.

    So may a legal clock be whose start moved.
    """
    if moves(claim):
        return may_move(claim) or claim.status is Status.CANCELLED
    return is_planned(claim)


def _years(claim: ReportedClaim) -> list[str]:
    years = range(int(claim.first_day[:4]), int(claim.last_day[:4]) + 1)
    return [str(year) for year in years[:_MOST_YEARS]]


def _months(claim: ReportedClaim) -> tuple[str, ...]:
    """Those that its days lie in, of a long span the first ones."""
    return _months_of(claim.first_day[:7], claim.last_day[:7])


@lru_cache(maxsize=1024)
def _months_of(first: str, last: str) -> tuple[str, ...]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)[: 12 * _MOST_YEARS])


def _recent_months(claim: ReportedClaim) -> Sequence[str]:
    """Those in which the event of a claim without a day may lie.

    Places apart if nobody knows when it was told, by its type and by what its word may mean: not all types are known.
    """
    return _months(claim) if claim.first_day else sorted(f"{_NEVER} {kind}" for kind in {claim.type, *saying(claim)})


def _close_days(claim: ReportedClaim) -> list[str]:
    """Its day, and of what is done in a day those by which another article may be off."""
    if claim.type not in rules().single:
        return [claim.first_day]
    return [_moved(claim.first_day, days).isoformat() for days in range(-SLIP, SLIP + 1)]


def _moved(day: str, days: int) -> date:
    """`day` some days on, or itself at the ends of the calendar."""
    try:
        return parse_day(day) + timedelta(days=days)
    except OverflowError:
        return parse_day(day)
