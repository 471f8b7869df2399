"""How much speaks for two claims being about one event, and what.

Evidence is weighed and added up; enough of it joins two claims. Nothing joins claims whose days or parties cannot be
one event's: similarity alone never does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from dataclasses import dataclass

from kb.fold.claim import ReportedClaim, once
from kb.fold.evidence import (
    SPEECH,
    Evidence,
    alike_stories,
    deed_in_common,
    doing,
    evidence,
    happenings,
    looked_back_at,
    other_ordinal,
    said_in_common,
    same_numbers,
    same_sense,
    same_sentence,
    same_word,
    say_the_same,
    title_in_common,
    told_in_common,
)
from kb.fold.identity import ANY, DEADLINES, EFFECTS, rules
from kb.fold.notices import would_have_been
from kb.fold.proceedings import are_two_parts
from kb.fold.quantities import count_otherwise
from kb.fold.retelling import are_opposite, told_apart
from kb.fold.strangers import are_strangers, is_brief, things_of
from kb.fold.timing import Timing, is_day, is_planned, length, moved, moves, timing
from kb.fold.undated import looks_back, points_back
from kb.fold.words import stem, stems
from kb.model import Status

JUDGED = 100.0
"""Points of a link that a person made."""
MARGIN = 1.4
"""Points by which one event must fit a vague time, or a report without a day, better than any other."""
RETOLD = 0.25
"""Points by which it fits better for each further claim that tells of it."""
_MOST_NAMED = 10
"""Things that a text names which tells of one story, not of all that a court or a company did."""
_HELD = (Status.OCCURRED, Status.ONGOING)
_ONE_DAY = (Timing.SAME_DAY, Timing.FEW_DAYS)
_DISASTER = "disaster"
_ONESELF = re.compile(
    r"\b(?:himself|herself|themselves|suicide(?! (?:bomb|attack))|(?:his|her|their) own li(?:fe|ves))\b", re.IGNORECASE
)
_DEATHS = stems("die died dies dying dead death found")
_AFTERSHOCK = re.compile(r"\baftershocks?\b", re.IGNORECASE)
_MUCH = 3
"""Words that two titles share which tell of one thing, where no word for it and nothing of its duty says so."""
_ALIKE = 2
"""Words that two titles share when they tell the same thing."""
_RATHER, _SURELY = 1.0, 2.9
"""Points beyond enough from which on two reports are of one event, whenever they were written: where one article names
nothing else, and where both name who did it."""
_DOUBT = 1.0
"""Points that a doubtful time takes more, or a vague one less."""
_HARDLY = 2.0
"""Points that two reports of a time take more whose articles are hardly of one story."""
_OF_TWO_TYPES = 1.0
"""Points that they take more where one tells of another kind of event than the other."""
_UNTOLD = 0.2
"""Points that two reports take less where one tells no day but the days of both articles are known, else more."""
_OF_A_STORY, _SURELY_OF_A_STORY = 0.15, 0.3
"""How alike two articles are that may tell, and that do tell, of one story."""
_WEEK = 7
"""Days of a time that is told as exactly as news mostly does."""
_OF_ONE_MATTER, _OF_ONE_MEETING = 0.35, 0.7
"""How alike two articles are that have nothing else in common of what each tells of one day: something that there are
few of, and talks."""
_OF_LIKE_SUBJECTS, _OF_ONE_SUBJECT, _SURELY_OF_ONE_SUBJECT = 0.25, 0.5, 0.6
"""How alike two articles are of which each hardly speaks of anything that the other does not.

More is asked of those of which nobody knows when they were written: only what they say tells two quakes apart.
"""


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims about one event: `because` says why, in words fit for a reader."""

    one: str
    other: str
    points: float
    because: tuple[str, ...]
    clash: str | None = None
    """None for a link that joins. Else the two seem to be one event but for this: 'actor'."""


def liken(one: ReportedClaim, other: ReportedClaim) -> Link | None:
    """The link between two claims, or None if they are not to be taken for one event."""
    found = timing(one, other)
    if found is None or not _may_suffice(one, other, found):
        return None
    if are_strangers(one, other, one_day=found in _ONE_DAY) or are_two(one, other):
        return None
    clash = None if parties_agree(one, other) else "actor"
    if clash and not _contradict(one, other):
        return None
    told = list(evidence(one, other, found))
    points = sum(map(weigh, told))
    if points < needed(one, other, found) or not _sufficient(one, other, {item.name for item in told}):
        return None
    first, second = sorted((one.id, other.id))
    return Link(first, second, points, tuple(item.text for item in told if weigh(item) > 0), clash)


def needed(one: ReportedClaim, other: ReportedClaim, found: Timing) -> float:
    """Points that link two claims. A vague time takes fewer: their thread knows whether another event fits it too.

    Articles that are hardly of one story take more: everywhere people are killed, vote and meet. So do long ones that
    are read as telling of two types: on each day of a story something is said, and something done.
    """
    if found is Timing.UNTOLD:
        return rules().enough + (-_UNTOLD if one.first_day else _UNTOLD)
    enough = rules().enough + (_HARDLY if _are_hardly_of_a_story(one, other) else 0.0)
    if one.type != other.type and not (is_brief(one) and is_brief(other)):
        enough += _OF_TWO_TYPES
    if found is Timing.FEW_DAYS and not same_word(one, other):
        return enough + _DOUBT
    vague = found in (Timing.IN_MONTH, Timing.IN_SEASON, Timing.IN_YEAR, Timing.AWAITED)
    return enough - (_DOUBT if vague and one.type == other.type and not moves(one) else 0.0)


def _are_hardly_of_a_story(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if neither their articles nor the two themselves have much in common: the same party, or two things named.

    Of deadlines and of laws that take effect their days and duties say more, and two texts that each tell one piece of
    news name too little for it.
    """
    brief = is_brief(one) and is_brief(other)
    if brief or doing(one) & doing(other) or rules().family(one.type) in (DEADLINES, EFFECTS):
        return False
    known = len(frozenset(one.names) & frozenset(other.names)) >= _ALIKE
    return not known and alike_stories(one, other) < _SURELY_OF_A_STORY


def points_of(one: ReportedClaim, other: ReportedClaim) -> float | None:
    """What all evidence comes to; None if their days cannot be one event's."""
    found = timing(one, other)
    return None if found is None else sum(map(weigh, evidence(one, other, found)))


def weigh(item: Evidence) -> float:
    """Its points; below zero for what speaks against."""
    return rules().weights[item.name] * item.amount


def parties_agree(one: ReportedClaim, other: ReportedClaim) -> bool:
    """False if both name who fills a deciding role, and nobody is the same."""
    if moves(one) and moves(other) and (moved(one) or moved(other)):
        return True
    return not any(
        differ(role, (one.filling(role), frozenset(one.names)), (other.filling(role), frozenset(other.names)))
        for role in {*deciding_roles(one), *deciding_roles(other)}
    )


def are_two(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for what goes together and is never one event, however alike it is told."""
    if told_apart(one, other) or other_ordinal(one, other) or _by_another(one, other) or _by_another(other, one):
        return True
    if _of_others(one, other) or are_two_parts(one, other) or _happen_together(one, other):
        return True
    if moves(one) or moves(other):
        return _is_due_and_done(one, other) or _is_supposed(one) != _is_supposed(other)
    said = same_word(one, other) or ((one.undated or other.undated) and same_sense(one, other))
    return one.type != other.type and SPEECH in (one.type, other.type) and not said


def _happen_together(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for an arrest and a charge, the dead and the injured, a quake and its aftershocks."""
    ours, theirs = happenings(one), happenings(other)
    return bool(ours and theirs and ours.isdisjoint(theirs)) or _follows(one) != _follows(other)


@once
def _follows(claim: ReportedClaim) -> bool:
    return bool(_AFTERSHOCK.search(claim.title))


@once
def _to_oneself(claim: ReportedClaim) -> bool:
    """True for "he shot himself", which is another shooting than that of whom he shot."""
    return claim.type in (ANY, *rules().of_parts) and bool(_ONESELF.search(claim.title))


def _of_others(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one tells of many more people than the other, and a day is missing: not of the dead, who grow more."""
    loose = (one.undated or other.undated) and not {one.type, other.type} & rules().of_parts
    return loose and count_otherwise(one.title, other.title)


def _by_another(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if only the first was done to oneself, and the other is no mere "death"."""
    return _to_oneself(one) and not _to_oneself(other) and stem(other.trigger) not in _DEATHS


def _is_due_and_done(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for a deadline and what was done about it."""
    return any(moves(a) and not moves(b) and b.status is Status.OCCURRED for a, b in ((one, other), (other, one)))


def _is_supposed(claim: ReportedClaim) -> bool:
    return claim.status is Status.HYPOTHETICAL or would_have_been(claim)


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


def _contradict(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both tell, of one day and in the same words, what happens once: only who did it differs."""
    told = one.type == other.type and one.type in rules().rare and same_word(one, other)
    firm = one.status == other.status == Status.OCCURRED and one.article != other.article
    return told and firm and is_day(one) and is_day(other) and _told_alike(one, other)


def _told_alike(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both name something besides those who act, or their titles share what is done to what."""
    shared = frozenset(one.names) & frozenset(other.names)
    return bool(shared) and len(stems(one.title) & stems(other.title)) >= _ALIKE


_SAID = frozenset(("same_word", "same_sense"))
_SAID_ALIKE = frozenset((*_SAID, "same_duty", "same_numbers"))
"""What two types have in common that are said of one event, besides its day and those who were there."""
_PARTIES = frozenset(("same_actors", "actor_named", "same_names"))
_THERE = frozenset((*_PARTIES, "same_places"))
"""Who or where it was: told of in both."""
_NESTED = frozenset((Timing.IN_MONTH.value, Timing.IN_SEASON.value, Timing.IN_YEAR.value))
"""A time and a longer one that holds it."""
_SAID_OF_ONE = frozenset(("title_words", "context_words"))
"""What two sentences say in the same words of one thing."""


def _of_a_place(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """True for what there is one of on a day in a place, told in like words: an earthquake, an election."""
    alike = _SAID.intersection(told) and "title_words" in told
    return "same_places" in told and one.type == other.type and one.type in rules().rare and bool(alike)


def _of_a_duty(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """True if one thing is due on one day according to both, in the same words: short texts may name nobody."""
    due = {Timing.SAME_DAY.value, "same_duty"} <= set(told)
    return due and len(title_in_common(one, other)) >= _MUCH


def _points_at(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """Whether a report without a day points at what the other tells of: by its word, and who or what it is about.

    Two such reports have only each other, and have to say more.
    """
    numbers = (
        {"same_numbers", "title_words"} <= set(told) and one.article != other.article and "other_types" not in told
    )
    if not (numbers or _SAID.intersection(told)) or are_opposite(one, other):
        return False
    alike = alike_stories(one, other)
    if one.article != other.article and not _go_together(one, other, told, alike):
        return False
    if one.undated and other.undated and not _have_each_other(one, told, alike):
        return False
    surely = alike >= _OF_ONE_SUBJECT or ("rare_type" in told and alike >= _SURELY_OF_A_STORY)
    there = _THERE if "untyped" in told else _PARTIES
    return surely or bool(there.intersection(told)) or "title_words" in told


def _go_together(one: ReportedClaim, other: ReportedClaim, told: Collection[str], alike: float) -> bool:
    """Whether what two articles tell, of which one at least tells no day, may be one thing as far as the articles go.

    "The court had ruled" lies nobody knows how long before, so both must be about one subject.
    """
    if (looks_back(one) or looks_back(other)) and alike < _OF_ONE_SUBJECT:
        return False
    if "untyped" in told and not _says_of_whom(one, other, told, alike):
        return False
    if one.first_day:
        return True
    typed_alike = one.type == other.type or ANY in (one.type, other.type)
    return typed_alike and _of_one_subject(one, other, told, alike)


def _says_of_whom(one: ReportedClaim, other: ReportedClaim, told: Collection[str], alike: float) -> bool:
    """True if two reports by a word of no certain type share more than that: guards fire, and a warden is fired."""
    if _THERE.intersection(told) or "title_words" in told:
        return True
    return alike >= _OF_ONE_SUBJECT and (points_back(one) or points_back(other))


def _of_one_subject(one: ReportedClaim, other: ReportedClaim, told: Collection[str], alike: float) -> bool:
    """Whether two articles of which nobody knows the day tell of one thing, for all they say.

    They do not, if each names something and neither what the other does. They do, if they hardly differ, if one names
    nothing that the other does not, or if much speaks for one deed of somebody whom both name. Of disasters and attacks
    in one place there are many alike, and a long article tells of many deeds of one court.
    """
    here, there = things_of(one), things_of(other)
    if here and there and here.isdisjoint(there):
        return False
    if alike >= _SURELY_OF_ONE_SUBJECT:
        return True
    if max(len(here), len(there)) > _MOST_NAMED:
        return False
    points = (points_of(one, other) or 0.0) - rules().enough
    if points >= _RATHER and alike >= _OF_LIKE_SUBJECTS and _names_no_more(one.type, here, there):
        return True
    befell = same_sense(one, other) and _is_of_one_party(one, other)
    deed = befell or same_word(one, other) or deed_in_common(one, other)
    known = ANY not in (one.type, other.type) and one.type not in rules().of_parts
    return points >= _SURELY and known and bool(deed and _PARTIES.intersection(told))


def _names_no_more(type_: str, here: Set[str], there: Set[str]) -> bool:
    """True if all that one article names is named by the other: a place alone will do for disasters only."""
    least = 1 if type_ == _DISASTER else 2
    return (here <= there or there <= here) and min(len(here), len(there)) >= least


def _have_each_other(one: ReportedClaim, told: Collection[str], alike: float) -> bool:
    """True if two reports without a day say by themselves that they are of one event.

    They say who did it, are of what there are few of, or what they say alike is of one subject.
    """
    if {"same_actors", "rare_type"}.intersection(told):
        return True
    said = "untyped" in told or (one.first_day and _SAID.intersection(told))
    if said and alike >= _SURELY_OF_A_STORY and _THERE.intersection(told):
        return "other_actors" not in told
    if "title_words" in told and alike >= _OF_A_STORY and "other_actors" not in told:
        return True
    return alike >= _OF_ONE_SUBJECT and (one.type == ANY or one.type not in rules().common)


def _may_suffice(one: ReportedClaim, other: ReportedClaim, found: Timing) -> bool:
    """False if two claims say nothing alike of what `_sufficient` asks for. Most pairs do not, which is soon told."""
    if found is not Timing.UNTOLD:
        if one.type == other.type and one.type not in rules().of_parts:
            return True
        if (moves(one) and moves(other)) or (found is Timing.SAME_DAY and one.acting & other.acting):
            return True
    return same_word(one, other) or same_sense(one, other) or same_numbers(one, other) or same_sentence(one, other)


def _is_of_one_party(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for two short texts that tell of one type what befell one and the same, and nobody else in that role.

    A piece of news tells of one resignation of a minister, and of one takeover of a company, in whatever words.
    """
    if one.type != other.type or one.type in rules().common or not (is_brief(one) and is_brief(other)):
        return False
    roles = [role for role in deciding_roles(one) if one.filling(role) == other.filling(role) != frozenset()]
    return bool(roles) and not are_opposite(one, other)


def _sufficient(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """Whether the evidence is of a kind that may join at all, whatever it weighs."""
    alike = alike_stories(one, other)
    story = _SURELY_OF_A_STORY if Timing.MOVED.value in told else _OF_A_STORY
    of_one_thing = _PARTIES.intersection(told) or _of_a_place(one, other, told) or _of_a_duty(one, other, told)
    if alike < story and not of_one_thing:
        return False
    if {Timing.AWAITED.value, Timing.EXPECTED.value}.intersection(told) and not _awaits_one(one, other):
        return False
    if same_sentence(one, other):
        return True
    fits = _points_at if Timing.UNTOLD.value in told else _fits_dated
    return fits(one, other, told) and _fits_common(one, other, told)


def _fits_dated(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """Whether two reports that tell a time each are alike in what their kind asks for."""
    if not _anything_in_common(one, other, told):
        return False
    alike_told = _SAID_ALIKE.intersection(told) or "but_for_type" in told
    other_day = Timing.FEW_DAYS.value in told and one.type not in rules().rare
    other_kind = other_day or one.type != other.type or one.type in rules().of_parts or _is_of_many(one, other)
    if not (alike_told or not other_kind) or not _fits_vague(one, other, told):
        return False
    if _is_of_many(one, other) and _come_often(one.type) and not _is_of_one_meeting(one, other, told):
        return False
    return bool(alike_told) or _fits_without_a_word(one, other, told)


def _is_of_one_meeting(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """Whether talks that were to be, or were called off, may be those that were: the same ones meet, or titles say so.

    They say so by what happens, or by all that they name: "will travel to China from Japan".
    """
    return "same_actors" in told or bool(told_in_common(one, other)) or len(title_in_common(one, other)) >= _MUCH


def _fits_without_a_word(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """Whether two reports may be of one event of which no word says in both what happened.

    Whoever is in the news every day does a dozen things a month. So titles have to say much the same, there may hardly
    be two of the kind in a day, or the articles must be of one subject.
    """
    if moves(one) or len(title_in_common(one, other)) >= _MUCH or _is_of_one_party(one, other):
        return True
    if one.type == ANY and not told_in_common(one, other):
        return False
    if one.type in rules().rare and {Timing.SAME_DAY.value, Timing.FEW_DAYS.value}.intersection(told):
        return True
    return alike_stories(one, other) >= (_OF_ONE_MEETING if _come_often(one.type) else _OF_ONE_SUBJECT)


def _anything_in_common(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """False for two of one type and time in articles that are not of one subject, and share nothing that they say.

    Articles of one subject tell of attacks in two towns, too: with other places told they have to share more than that.
    More is asked of what there are several of in a day, and most of talks. What there are few of in a day may go by one
    word instead, if the sentences have another in common. A vote that was planned is not the one that was taken, if
    nothing says so.
    """
    said = _THERE.intersection(told) or "title_words" in told or "same_numbers" in told
    if said or moves(one):
        return True
    planned = one.type in rules().repeated and is_planned(one) != is_planned(other)
    if planned or "other_places" in told:
        return False
    few = one.type in rules().rare
    named_alike = one.type == other.type and {Timing.SAME_DAY.value, "same_word"} <= set(told)
    if few and named_alike and said_in_common(one, other):
        return True
    alike = _OF_ONE_MATTER if few else _OF_ONE_MEETING if _come_often(one.type) else _OF_ONE_SUBJECT
    return alike_stories(one, other) >= alike


def _come_often(type_: str) -> bool:
    """True for what there are many of in a month, and several of in a day: talks and visits."""
    return type_ in rules().recurring and type_ not in rules().rare


def _comes_again(type_: str) -> bool:
    """True for what a longer time has several of, told by one word: attacks, and the votes of one chamber."""
    return type_ in rules().repeated or (type_ in rules().of_parts and type_ not in rules().rare)


def _awaits_one(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if what is awaited and what came, or two expectations, are of one thing as far as articles and titles say.

    Talks, summits, hearings and votes come one after the other; a story has one verdict. Talks planned for two days are
    two.
    """
    if not set(one.topics) & set(other.topics):
        return False
    if _come_often(one.type) and is_planned(one) and is_planned(other) and is_day(one) and is_day(other):
        return False
    often = (*rules().proceedings, *rules().repeated, *rules().recurring)
    once_only = one.type in rules().rare and one.type not in often
    return once_only or bool(told_in_common(one, other))


def _fits_vague(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """False for two reports of a month or a year, of what may be many, that say too little alike of what happened.

    One party is arrested, or appointed, once in a while. The same ones meet and speak again and again, and every
    country has its election in the year: there a word for it is too little. So it is where one tells a shorter time
    within that of the other, and nobody has a part in both.
    """
    if moves(one) or max(length(one), length(other)) <= _WEEK:
        return True
    shared = len(told_in_common(one, other))
    if _NESTED.intersection(told) and not (one.type in rules().rare or _PARTIES.intersection(told)):
        return shared >= (1 if Timing.IN_MONTH.value in told else _ALIKE)
    if one.type in rules().recurring or (_NESTED.intersection(told) and _comes_again(one.type)):
        return shared >= _ALIKE or bool(_SAID.intersection(told) and (shared or "same_actors" in told))
    if one.type in rules().rare or _SAID_ALIKE.intersection(told) or shared >= _ALIKE:
        return True
    return "same_actors" in told and one.type in rules().deciding and one.type not in rules().common


def _say_more(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two statements, of which one gives no day, have more in common than words for the speech and a name."""
    alike = same_numbers(one, other) or same_sentence(one, other) or told_in_common(one, other)
    return bool(alike) or same_word(one, other) or len(title_in_common(one, other)) >= _ALIKE


def _is_of_many(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for what happened and what was to, or did not, of a type of which there are many: "will visit", "signed"."""
    came = [claim.status in _HELD for claim in (one, other)]
    return any(came) and not all(came) and one.type not in rules().rare and not moves(one)


def _fits_common(one: ReportedClaim, other: ReportedClaim, told: Collection[str]) -> bool:
    """False for two reports of what there are many of in a day, if nothing says that the same party acts.

    Of a day long past only what mattered is told: of that there are few.
    """
    if one.type != other.type or one.type not in rules().common:
        return True
    if one.type == SPEECH and not (one.undated or other.undated):
        exact = is_day(one) and is_day(other)
        if not say_the_same(one, other) or not (exact or _say_more(one, other)):
            return False
    if "same_actors" in told or (one.type == ANY and Timing.UNTOLD.value in told):
        return True
    if one.type == ANY and Timing.SAME_DAY.value in told and _SAID.intersection(told):
        return "title_words" in told
    about = one.type in rules().retold and _SAID_OF_ONE.intersection(told)
    said = "title_words" in told and _SAID.intersection(told)
    surely = alike_stories(one, other) >= _SURELY_OF_A_STORY and looked_back_at(one, other)
    return surely and bool(about or said)
