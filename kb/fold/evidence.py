"""What speaks for and against two claims being about one event: how much of each, without a weight yet.

Every kind has a weight in `identity.yaml`; `tools.quality.identity` fits them to stories whose events are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kb.fold.claim import MENTIONED, ReportedClaim, once
from kb.fold.identity import ANY, rules
from kb.fold.notices import tells_due
from kb.fold.phrases import phrases
from kb.fold.quantities import disagree
from kb.fold.strangers import names_little
from kb.fold.timing import Timing, is_day, is_planned, moved, moves, replaces
from kb.fold.undated import points_back
from kb.fold.words import stem, stems
from kb.model import Status
from kb.timevalue import parse_day

WHILE = 14
"""Days after which a day told is one looked back at."""
_SAME_THING, _SAME_WORD = 0.1, 0.05
"""What a thing and a word that both articles are about add to their being of one story: 1 at most."""
_OF_LITTLE = 1.5
"""How much more that counts between short texts of known days, of which one tells of its event without: they name
hardly anything else."""
_FEW = 12
"""Things and words below which it counts what share of them two articles have in common."""
_SOME = 2
_SENTENCE = 30
"""Characters from which on two equal sentences are one sentence printed twice."""
_MOST_WORDS = 3
_CLOSE = 4
"""Words behind a verb among which the rest of its phrase stands."""
_VOTES = "votes"
"""Numbers that reports of one vote get wrong; those of money and shares are mostly of two things."""
_ADDRESSEE = "addressee"
SPEECH = "statement"
"""The type of what is said."""
_DEADLINE, _DUE = stem("deadline"), stem("due")
_CALENDAR = stems(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday year month week day today said say "
    "told according last next earlier later"
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"), 1)
    for word in words.split()
}
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=\s)[A-Z]\S*|^(?:[A-Z]\S*\s+){2,}")
"""Words with a capital letter, other than a first one that stands alone."""


class Evidence(NamedTuple):
    """One kind of it, how much, and in words for a reader."""

    name: str
    amount: float
    text: str


NAMES = (
    "same_type rare_type common_type untyped pointed_at akin_types other_types speech_and_deed "
    "same_day same_span in_month in_season in_year moved few_days awaited expected untold "
    "same_actors actor_named same_names same_places other_actors other_places "
    "same_story looked_back same_word same_sense title_words context_words same_numbers other_numbers same_sentence "
    "same_duty other_duty the_deadline one_article but_for_type plan_and_fact as_planned told_and_denied"
).split()
"""All kinds of evidence, in the order in which they are looked for."""


def evidence(one: ReportedClaim, other: ReportedClaim, found: Timing) -> Iterator[Evidence]:
    """All that is known of the two, for and against; `found` is how their days go together."""
    yield from _kind(one, other)
    yield Evidence(found.value, 1.0, _when(one, other, found))
    yield from _parties(one, other)
    yield from _story(one, other)
    yield from _words(one, other)
    if found is Timing.SAME_DAY and one.type != other.type and _agree_but_for_type(one, other):
        yield Evidence("but_for_type", 1.0, "who, what and when agree; only the types differ")
    if moves(one) and moves(other):
        yield from _duties(one, other)
    yield from _apart(one, other)


_TIMES = {
    Timing.SAME_DAY: "same days ({inner})",
    Timing.SAME_SPAN: "same days ({inner})",
    Timing.IN_MONTH: "{inner} falls within {outer}",
    Timing.IN_SEASON: "{inner} falls within {outer}",
    Timing.IN_YEAR: "{inner} falls within {outer}",
    Timing.MOVED: "a deadline that moved",
    Timing.FEW_DAYS: "a few days apart ({inner}, {outer})",
    Timing.AWAITED: "expected on one day, reported on another ({inner}, {outer})",
    Timing.EXPECTED: "expected on two different days ({inner}, {outer})",
    Timing.UNTOLD: "reported without a date",
}


def _agree_but_for_type(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if the same parties act, and the titles say the same of what they do."""
    return bool(one.acting & other.acting) and len(title_in_common(one, other)) >= _MOST_WORDS


def _when(one: ReportedClaim, other: ReportedClaim, found: Timing) -> str:
    if found is Timing.UNTOLD:
        return _TIMES[found]
    return _told_when(found, (one.first_day, one.last_day), (other.first_day, other.last_day))


@lru_cache(maxsize=1024)
def _told_when(found: Timing, one: tuple[str, str], other: tuple[str, str]) -> str:
    spans = sorted((parse_day(last) - parse_day(first), first, last) for first, last in (one, other))
    inner, outer = (first if first == last else f"{first} to {last}" for _, first, last in spans)
    return _TIMES[found].format(inner=inner, outer=outer)


def _kind(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    if _is_untyped(one, other):
        if points_back(one) or points_back(other):
            yield Evidence("pointed_at", 1.0, "referred to as already known")
        yield Evidence("untyped", 1.0, "words for one thing, without a definite type")
    elif one.type == other.type:
        yield Evidence("same_type", 1.0, f"same type ({one.type})")
        if one.type in rules().rare:
            yield Evidence("rare_type", 1.0, f"a rare type ({one.type})")
        if one.type in rules().common:
            yield Evidence("common_type", 1.0, f"a common type ({one.type})")
    elif rules().akin(one.type, other.type) or _is_loosely_typed(one, other):
        yield Evidence("akin_types", 1.0, f"types that can describe one event ({one.type}, {other.type})")
    else:
        yield Evidence("other_types", 1.0, "different types")
        if "statement" in (one.type, other.type):
            yield Evidence("speech_and_deed", 1.0, "one is a statement, the other a deed")


def _is_loosely_typed(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for what is reported without a date by a word for one thing: of such words the type says little."""
    return (one.undated or other.undated) and (same_word(one, other) or same_sense(one, other))


def _is_untyped(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for what is reported without a date by a word that no type knows, and by the same word or one for it."""
    loose = any(claim.undated and claim.type == ANY for claim in (one, other))
    return loose and (same_word(one, other) or same_sense(one, other))


def _parties(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    """Who acts in both, or acts in one and is named by the other, or is named by both."""
    ours, theirs = frozenset(one.names), frozenset(other.names)
    if doing(one) & doing(other):
        yield Evidence("same_actors", 1.0, "same actors")
    elif one.acting & theirs or other.acting & ours:
        yield Evidence("actor_named", 1.0, "the actor of one is named in the other")
    elif _roles(one) & _roles(other):
        yield Evidence("other_actors", 1.0, "different actors")
    if shared := (ours & theirs) - (one.acting & other.acting):
        yield Evidence("same_names", float(min(2, len(shared))), "same names")
    here, there = _places(one), _places(other)
    if here & there:
        yield Evidence("same_places", 1.0, "same place")
    elif here and there:
        yield Evidence("other_places", 1.0, "different places")


@once
def doing(claim: ReportedClaim) -> frozenset[str]:
    """Who has a part in it, without those whom somebody only told: an agency is told a dozen things a day."""
    return claim.acting - claim.filling(_ADDRESSEE)


@once
def _roles(claim: ReportedClaim) -> frozenset[str]:
    """The parts that somebody has in it: the judge of one report and a party of the other are no two of a kind."""
    return frozenset(role for role, _ in claim.actors if role != MENTIONED)


@once
def _places(claim: ReportedClaim) -> frozenset[str]:
    return frozenset(entity for role, entity in claim.actors if role == MENTIONED) - frozenset(claim.names)


def _story(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    alike = alike_stories(one, other)
    if alike:
        yield Evidence("same_story", alike, "same story")
        if looked_back_at(one, other):
            yield Evidence("looked_back", 1.0, "a past day looked back on")


def looked_back_at(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both tell of a day, and one when it was long over: only what mattered is told then."""
    return is_day(one) and is_day(other) and (_looks_back(one) or _looks_back(other))


def alike_stories(one: ReportedClaim, other: ReportedClaim) -> float:
    """How much the two articles are about the same, 0 to 1."""
    (things, words), (other_things, other_words) = _profile(one), _profile(other)
    both, words_of_both = len(things & other_things), len(words & other_words)
    told = _SAME_THING * both + _SAME_WORD * words_of_both
    loose = (one.undated or other.undated) and one.first_day and other.first_day
    if both and loose and names_little(one) and names_little(other):
        told *= _OF_LITTLE
    least, shared = min(len(things) + len(words), len(other_things) + len(other_words)), both + words_of_both
    return min(1.0, max(told, shared / least if least < _FEW and shared > _SOME else 0.0))


@once
def _profile(claim: ReportedClaim) -> tuple[frozenset[str], frozenset[str]]:
    """The things, and the words, that its article is about."""
    about = frozenset(claim.profile) | frozenset(claim.topics)
    words = frozenset(topic for topic in about if topic.startswith("word:"))
    return about - words, words


def _looks_back(claim: ReportedClaim) -> bool:
    if claim.published is None or claim.undated:
        return False
    return (parse_day(claim.published) - parse_day(claim.last_day)).days > WHILE


def _words(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    if same_word(one, other):
        yield Evidence("same_word", 1.0, f"same word ({one.trigger})")
    elif same_sense(one, other):
        yield Evidence("same_sense", 1.0, f"words for one thing ({one.trigger}, {other.trigger})")
    title = title_in_common(one, other)
    if title:
        yield Evidence("title_words", float(min(_MOST_WORDS, len(title))), "same words in the titles")
    context = (_said(one) & _said(other)) - title
    if context:
        yield Evidence("context_words", float(min(2 * _MOST_WORDS, len(context))), "same surrounding words")
    if same_numbers(one, other):
        yield Evidence("same_numbers", 1.0, "same numbers")
    elif (differing := disagree(one.quote, other.quote)) and differing[0] != _VOTES:
        yield Evidence("other_numbers", 1.0, "different numbers")
    if same_sentence(one, other):
        yield Evidence("same_sentence", 1.0, "the same sentence")


def under_headline(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one stands in the headline and the other in the text below, and both tell of the same days."""
    if one.article != other.article or one.undated or other.undated or _heads(one) == _heads(other):
        return False
    return (one.first_day, one.last_day) == (other.first_day, other.last_day)


@once
def _heads(claim: ReportedClaim) -> bool:
    """True if its sentence is the first of its article."""
    return claim.at == claim.quote.find(claim.trigger)


def same_word(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one word names both; the title has a verb in its plain form."""
    return bool(naming(one) & naming(other)) and _phrase(one) == _phrase(other)


def same_sense(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if the words that name both are words for one thing."""
    return bool(saying(one) & saying(other))


@once
def saying(claim: ReportedClaim) -> frozenset[str]:
    """What the word that names an event may mean; of a light verb, what those with it mean: "takes into custody".

    Who "announced that it will buy" only spoke.
    """
    if phrase := _phrase(claim):
        return rules().may_mean((phrase,))
    named = naming(claim)
    light = claim.type != SPEECH and stem(claim.trigger) in rules().light
    told = light and not phrases().denies.search(claim.title)
    own = phrases().other_deed.sub("", claim.title)
    beside = stems(_NAME.sub("", own)) & rules().senses.keys() if told else frozenset()
    return rules().may_mean(named | beside)


@once
def happenings(claim: ReportedClaim) -> frozenset[str]:
    """Of the happenings that go together and are never one event, those that its word may tell of."""
    return frozenset(rules().happenings[sense] for sense in saying(claim) if sense in rules().happenings)


@once
def _phrase(claim: ReportedClaim) -> str | None:
    """The stem of a verb with a word close behind that makes it say another thing, "call off", if the rules know it."""
    behind = _WORD.findall(claim.quote[:2000].partition(claim.trigger)[2])[:_CLOSE]
    own = stem(claim.trigger)
    phrases = (stem(f"{own} {word.casefold()}") for word in behind)
    return next((phrase for phrase in phrases if phrase in rules().all_senses), None)


def title_in_common(one: ReportedClaim, other: ReportedClaim) -> frozenset[str]:
    """What both titles say besides the words that name the events."""
    return (_title(one) & _title(other)) - _named(one) - _named(other)


def said_in_common(one: ReportedClaim, other: ReportedClaim) -> frozenset[str]:
    """What both sentences or titles speak of, besides the words that name the events and verbs that say little."""
    return (_said(one) & _said(other)) - _named(one) - _named(other) - rules().light


def deed_in_common(one: ReportedClaim, other: ReportedClaim) -> frozenset[str]:
    """What both titles say besides names and the words that name the events."""
    return (_deed(one) & _deed(other)) - _named(one) - _named(other)


def say_the_same(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two statements have something in common besides who speaks: a word, a number, or a word for the speech.

    That both "said" something that day makes them no more one than two deeds of one day.
    """
    if told_in_common(one, other) or same_numbers(one, other) or same_sentence(one, other):
        return True
    return (same_word(one, other) or same_sense(one, other)) and not (naming(one) | naming(other)) & rules().saying


def told_in_common(one: ReportedClaim, other: ReportedClaim) -> frozenset[str]:
    """What both titles say of what happened: besides their first word, which may be a name, all that
    `deed_in_common` leaves out, and words for saying something."""
    return (_told(one) & _told(other)) - _named(one) - _named(other)


@once
def _told(claim: ReportedClaim) -> frozenset[str]:
    behind = _NAME.sub("", claim.title).strip()
    if behind[:1].isupper():
        behind = behind.partition(" ")[2]
    return rules().meant(stems(behind) - naming(claim) - rules().saying)


@once
def _deed(claim: ReportedClaim) -> frozenset[str]:
    return rules().meant(stems(_NAME.sub("", claim.title)))


@once
def _title(claim: ReportedClaim) -> frozenset[str]:
    return rules().meant(stems(claim.title))


@once
def naming(claim: ReportedClaim) -> frozenset[str]:
    """Stems of the word that names the event, as the sentence has it and as the title has it."""
    if not claim.trigger:
        return frozenset()
    own = stem(claim.trigger)
    return frozenset((own, *(word for word in stems(claim.title) if word[:3] == own[:3])))


@once
def _named(claim: ReportedClaim) -> frozenset[str]:
    return rules().meant(naming(claim))


def same_sentence(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if two articles print one sentence, and mean the same word of it."""
    printed = one.quote == other.quote and len(one.quote) >= _SENTENCE and one.article != other.article
    return printed and one.trigger == other.trigger


def same_numbers(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both sentences tell a number, besides their dates."""
    return not numbers(one).isdisjoint(numbers(other))


@once
def _context(claim: ReportedClaim) -> frozenset[str]:
    """What the sentence speaks of, besides what its title has and when."""
    return rules().meant(stems(claim.quote) - stems(claim.title) - stems(claim.time_text) - _CALENDAR)


@once
def _said(claim: ReportedClaim) -> frozenset[str]:
    """What the sentence and its title speak of."""
    return _context(claim) | _title(claim)


@once
def numbers(claim: ReportedClaim) -> frozenset[str]:
    """Numbers of the sentence, besides those of its date and those that may be a year or a day."""
    told = frozenset(_NUMBER.findall(claim.quote[:2000])) - frozenset(_NUMBER.findall(claim.time_text))
    return frozenset(number for number in told if not (number.isdigit() and (int(number) < 32 or len(number) == 4)))


@once
def duties(claim: ReportedClaim) -> frozenset[str]:
    """What a deadline is for: sell, file, pay …; none for one that does not say. An "Election Commission" is a name."""
    told = _duties_in(f"{claim.trigger} {_NAME.sub('', claim.title)}")
    if told or not (tells_due(claim) or (moves(claim) and _calls_it(claim))):
        return told
    asked = phrases().deadline_for.search(claim.quote)  # "waived the deadline for airlines to pay": no title has it all
    return _duties_in(_NAME.sub("", asked["what"])) if asked else told


def _duties_in(text: str) -> frozenset[str]:
    return frozenset(duty for word in stems(text) for duty in rules().duties.get(word, ()))


def _duties(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    ours, theirs = duties(one), duties(other)
    same_day = one.last_day == other.last_day
    of_story = (_calls_it(one) and _calls_it(other)) or (same_day and _gives_time(one) and _gives_time(other))
    calling = [claim for claim in (one, other) if _only_calls_it(claim)]
    given_up = same_day and any(claim.status is Status.CANCELLED for claim in calling)
    if of_story or given_up or (calling and replaces(one, other)):
        yield Evidence("the_deadline", 1.0, "the deadline of the story")
    if ours and theirs:
        same = bool(ours & theirs)
        yield Evidence("same_duty" if same else "other_duty", 1.0, "same duty" if same else "different duties")


def _calls_it(claim: ReportedClaim) -> bool:
    return stem(claim.trigger) == _DEADLINE


def _only_calls_it(claim: ReportedClaim) -> bool:
    """True for "the old deadline was December 20": what it was for, its article says beside the new one.

    So for "it had been due on December 20".
    """
    return (_calls_it(claim) or stem(claim.trigger) == _DUE) and not duties(claim)


def _gives_time(claim: ReportedClaim) -> bool:
    """True for "the first delay was to end on April 5": which deadline it is, its story knows."""
    return not duties(claim) and (_calls_it(claim) or moved(claim))


def _apart(one: ReportedClaim, other: ReportedClaim) -> Iterator[Evidence]:
    """Of deadlines a status says what became of them, and an article comes back to one: by its day, or the old one."""
    due = moves(one) and moves(other)
    again = due and (replaces(one, other) or one.last_day == other.last_day)
    again = again or under_headline(one, other)
    if one.article == other.article and not again and not (one.undated or other.undated):
        yield Evidence("one_article", 1.0, "one article that reports them separately")
    if due:
        return
    if _as_planned(one, other):
        yield Evidence("as_planned", 1.0, "planned for a day and reported on that day")
    elif is_planned(one) != is_planned(other):
        yield Evidence("plan_and_fact", 1.0, "one reports it in advance, the other afterwards")
    if {one.status, other.status} & {Status.DENIED, Status.CANCELLED} and one.status != other.status:
        yield Evidence("told_and_denied", 1.0, "one says it did not happen")


def _as_planned(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one article tells on which day something will be that there are few of, and another that it was then."""
    came = [claim.status in (Status.OCCURRED, Status.ONGOING) for claim in (one, other)]
    planned = [is_planned(claim) for claim in (one, other)]
    few = one.type == other.type and one.type in rules().rare
    same_day = is_day(one) and is_day(other) and one.first_day == other.first_day
    return any(came) and any(planned) and few and same_day and one.article != other.article


def other_ordinal(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one is called the second, the other the third."""
    ours, theirs = _ordinals(one), _ordinals(other)
    return bool(ours and theirs) and not ours & theirs


@once
def _ordinals(claim: ReportedClaim) -> frozenset[int]:
    words = (match.group().casefold() for match in _WORD.finditer(claim.title))
    return frozenset(_ORDINALS[word] for word in words if word in _ORDINALS)
