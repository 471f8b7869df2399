"""How much speaks for two claims being about one event, and what.

Points are added up, evidence by evidence; `ENOUGH` of them join two claims. Nothing joins claims whose days or parties
cannot be one event's: similarity alone never does.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from kb.fold.claim import ReportedClaim
from kb.fold.identity import DEADLINES, rules
from kb.fold.words import any_of, stem, stems
from kb.model import Status
from kb.timevalue import parse_day

ENOUGH = 4.5
"""Points from which on two claims are taken for one event."""

SLIP = 3
"""Days by which two articles may differ about one event, each in good faith."""
_ALIKE = 2
"""Words that two titles share when they tell the same thing."""
_DEADLINE = stem("deadline")
_WHILE = 14
"""Days after which a day told is one looked back at."""
_SAME_THING, _SAME_WORD, _SAME_STORY = 0.6, 0.3, 2.0
"""Points for a thing and for a word that both articles are about, and the most for being of one story."""
_OF_A_STORY = 1.5
"""Points of story from which on little else is needed."""
_SENTENCE = 30
"""Characters from which on two equal sentences are one sentence printed twice."""
_CALENDAR = stems(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday year month week day today said say "
    "told according last next earlier later"
)
COARSE = frozenset(("week", "month", "quarter", "season", "range", "year"))
"""Precisions of days that may hold another claim's more exact ones."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims about one event: `because` says why, in words fit for a reader."""

    one: str
    other: str
    points: float
    because: tuple[str, ...]
    clash: str | None = None
    """None for a link that joins. Else the two seem to be one event but for this: 'date' or 'actor'."""


def liken(one: ReportedClaim, other: ReportedClaim) -> Link | None:
    """The link between two claims, or None if they are not to be taken for one event."""
    kind, time = _kind(one, other), _time(one, other)
    clash = _clash(one, other, dated=bool(time))
    if not kind or (not time and not clash) or (clash is None and not parties_agree(one, other)):
        return None
    parties = _parties(one, other)
    evidence = [*kind, *time, *parties, *_story(one, other), *_words(one, other)]
    points = sum(weight for weight, _ in evidence)
    if points < ENOUGH or not _sufficient(one, other, parties):
        return None
    first, second = sorted((one.id, other.id))
    return Link(first, second, points, tuple(text for weight, text in evidence if weight > 0), clash)


def parties_agree(one: ReportedClaim, other: ReportedClaim) -> bool:
    """False if both name who fills a deciding role, and nobody is the same."""
    shared = {*deciding_roles(one), *deciding_roles(other)}
    if moves(one) and moves(other) and (moved(one) or moved(other)):
        return True
    return not any(
        differ(role, (one.filling(role), frozenset(one.names)), (other.filling(role), frozenset(other.names)))
        for role in shared
    )


def told_apart(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one article tells of both on the same days, and not of a deadline that moved."""
    if one.article != other.article or (moves(one) and moves(other) and (moved(one) or moved(other))):
        return False
    return (one.first_day, one.last_day) == (other.first_day, other.last_day)


def deciding_roles(claim: ReportedClaim) -> tuple[str, ...]:
    """Roles of a claim that only one party fills. Who acts where a deadline moves may be who moved it."""
    return () if moves(claim) and moved(claim) else rules().deciding.get(claim.type, ())


def differ(role: str, one: tuple[Set[str], Set[str]], other: tuple[Set[str], Set[str]]) -> bool:
    """True if those who fill a role according to two sides, each with all that it names, cannot be the same.

    A law is passed as part of another: it is enough that one side names what the other calls it.
    """
    (ours, our_names), (theirs, their_names) = one, other
    if not ours or not theirs or ours & theirs:
        return False
    return role not in rules().nested or not (ours & their_names or theirs & our_names)


def _clash(one: ReportedClaim, other: ReportedClaim, *, dated: bool) -> str | None:
    """What keeps two claims apart that tell, in the same words, what happens once: a few days, or who did it."""
    told = one.type == other.type and one.type in rules().rare and _same_word(one, other)
    firm = one.status == other.status == Status.OCCURRED and one.article != other.article
    if not told or not firm or not _each_a_day(one, other):
        return None
    parties = parties_agree(one, other)
    if not dated and parties and _days_apart(one, other) <= SLIP and _told_alike(one, other):
        return "date"
    if dated and not parties and _told_alike(one, other):
        return "actor"
    return None


def _told_alike(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both name something besides those who act, or their titles share what is done to what."""
    shared = frozenset(one.names) & frozenset(other.names)
    return bool(shared) and len(stems(one.title) & stems(other.title)) >= _ALIKE


def _each_a_day(one: ReportedClaim, other: ReportedClaim) -> bool:
    return one.first_day == one.last_day and other.first_day == other.last_day


def _days_apart(one: ReportedClaim, other: ReportedClaim) -> int:
    return abs((parse_day(one.first_day) - parse_day(other.first_day)).days)


def moves(claim: ReportedClaim) -> bool:
    """True if its event stays itself when its day changes: a deadline."""
    return rules().family(claim.type) == DEADLINES


@lru_cache(maxsize=65_536)
def moved(claim: ReportedClaim) -> bool:
    """True if the sentence says of a deadline that it is not what it was."""
    return any_of(claim.quote, rules().moving)


@lru_cache(maxsize=65_536)
def duties(claim: ReportedClaim) -> frozenset[str]:
    """What a deadline is for: sell, file, pay …; none for one that does not say."""
    told = stems(f"{claim.trigger} {claim.title}")
    return frozenset(duty for word in told for duty in rules().duties.get(word, ()))


def _kind(one: ReportedClaim, other: ReportedClaim) -> list[tuple[float, str]]:
    if one.type == other.type:
        rare = one.type in rules().rare and _one_day(one, other)
        return [(2.0, f"same rare type ({one.type})") if rare else (1.0, f"same type ({one.type})")]
    if rules().family(one.type) == rules().family(other.type):
        return [(0.0, "types of one family")]
    if _same_word(one, other) and _one_day(one, other) and not moves(one) and not moves(other):
        return [(-0.5, "other types")]
    return []


def _one_day(one: ReportedClaim, other: ReportedClaim) -> bool:
    return one.first_day == one.last_day == other.first_day == other.last_day


def _time(one: ReportedClaim, other: ReportedClaim) -> list[tuple[float, str]]:
    if (one.first_day, one.last_day) == (other.first_day, other.last_day):
        day = one.first_day if one.first_day == one.last_day else f"{one.first_day} to {one.last_day}"
        return [(1.0 if one.precision == "day" else 0.5, f"same days ({day})")]
    if moves(one) and moves(other):
        return [(0.0, "a deadline that moved")] if moved(one) or moved(other) else []
    outer, inner = sorted((one, other), key=lambda claim: (claim.first_day, _negated(claim.last_day)))
    if outer.precision in COARSE and outer.first_day <= inner.first_day and inner.last_day <= outer.last_day:
        return [(-1.5 if outer.precision in ("year", "season") else -0.5, f"{inner.first_day} lies in {_span(outer)}")]
    return []


def _negated(day: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in day)


def _span(claim: ReportedClaim) -> str:
    return f"{claim.first_day} to {claim.last_day}"


def _parties(one: ReportedClaim, other: ReportedClaim) -> list[tuple[float, str]]:
    """Who acts in both, or acts in one and is named by the other, or is named by both."""
    if one.acting & other.acting:
        return [(3.0, "same actors")]
    if one.acting & frozenset(other.names) or other.acting & frozenset(one.names):
        return [(2.0, "who acts in one is named by the other")]
    if frozenset(one.names) & frozenset(other.names):
        return [(1.5, "same names")]
    return []


def _story(one: ReportedClaim, other: ReportedClaim) -> list[tuple[float, str]]:
    alike = _alike_stories(one, other)
    if not alike:
        return []
    found = [(alike, "same story")]
    if _looked_back_at(one, other):
        found.append((2.0, "a day looked back at"))
    return found


def _looked_back_at(one: ReportedClaim, other: ReportedClaim) -> bool:
    return _one_day(one, other) and (_looks_back(one) or _looks_back(other))


def _alike_stories(one: ReportedClaim, other: ReportedClaim) -> float:
    shared = _profile(one) & _profile(other)
    words = sum(topic.startswith("word:") for topic in shared)
    return min(_SAME_STORY, _SAME_THING * (len(shared) - words) + _SAME_WORD * words)


@lru_cache(maxsize=65_536)
def _profile(claim: ReportedClaim) -> frozenset[str]:
    return frozenset(claim.profile) | frozenset(claim.topics)


def _looks_back(claim: ReportedClaim) -> bool:
    """True if the day was over for a while when it was told: only what mattered is told then."""
    if claim.published is None:
        return False
    return (parse_day(claim.published) - parse_day(claim.last_day)).days > _WHILE


def _words(one: ReportedClaim, other: ReportedClaim) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    if _same_word(one, other):
        found.append((2.0, f"same word ({one.trigger})"))
    shared = len((stems(one.title) & stems(other.title)) - _naming(one) - _naming(other))
    if shared:
        found.append((min(2.25, 0.75 * shared), "same words in the titles"))
    if moves(one) and moves(other):
        ours, theirs = duties(one), duties(other)
        if stem(one.trigger) == stem(other.trigger) == _DEADLINE:
            found.append((0.75, "the deadline of the story"))
        if ours and theirs:
            found.append((1.5, "same duty") if ours & theirs else (-3.0, "other duties"))
    context = len(_context(one) & _context(other))
    if context:
        found.append((min(2.0, 0.5 * context), "same words around it"))
    if _same_sentence(one, other):
        found.append((4.0, "the same sentence"))
    if told_apart(one, other):
        found.append((-2.0, "one article, which tells of them apart"))
    return found


def _same_word(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one word names both; the title has a verb in its plain form."""
    return bool(_naming(one) & _naming(other))


@lru_cache(maxsize=65_536)
def _naming(claim: ReportedClaim) -> frozenset[str]:
    """Stems of the word that names the event, as the sentence has it and as the title has it."""
    if not claim.trigger:
        return frozenset()
    own = stem(claim.trigger)
    return frozenset((own, *(word for word in stems(claim.title) if word[:3] == own[:3])))


def _same_sentence(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two articles print one sentence, and mean the same word of it."""
    printed = one.quote == other.quote and len(one.quote) >= _SENTENCE and one.article != other.article
    return printed and one.trigger == other.trigger


@lru_cache(maxsize=65_536)
def _context(claim: ReportedClaim) -> frozenset[str]:
    """What the sentence speaks of, besides what its title has and when."""
    return stems(claim.quote) - stems(claim.title) - stems(claim.time_text) - _CALENDAR


def _sufficient(one: ReportedClaim, other: ReportedClaim, parties: list[tuple[float, str]]) -> bool:
    """Whether the evidence is of a kind that may join at all, whatever it weighs."""
    alike = _alike_stories(one, other)
    if not parties and (not alike or rules().family(one.type) != rules().family(other.type)):
        return False
    if _same_sentence(one, other):
        return True
    told_alike = bool(parties) or _same_word(one, other) or bool(stems(one.title) & stems(other.title))
    told_alike = told_alike or (moves(one) and bool(duties(one) & duties(other)))
    if not told_alike and one.type not in rules().rare:
        return False
    if one.type == other.type and one.type in rules().common:
        retold = one.type in rules().retold and alike >= _OF_A_STORY and _looked_back_at(one, other)
        return bool(one.acting & other.acting) or (retold and bool(stems(one.title) & stems(other.title)))
    if (one.first_day, one.last_day) != (other.first_day, other.last_day) and not moves(one):
        return bool(parties) or _same_word(one, other) or (one.type in rules().rare and alike >= _OF_A_STORY)
    return True
