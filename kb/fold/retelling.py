"""What one article says again in another word, and what it tells as two things.

"Police detained three men. The arrests came at dawn": a noun that points back names what was told. Two verbs do only if
nothing that their clauses speak of parts them: "the director was arrested", "one of the bosses was captured".
"""

from __future__ import annotations

from kb.fold.claim import ReportedClaim, once
from kb.fold.evidence import deed_in_common, duties, same_sense, same_word, title_in_common, under_headline
from kb.fold.identity import ANY, EFFECTS, rules
from kb.fold.timing import is_day, is_planned, moves, timing
from kb.fold.undated import points_back
from kb.fold.words import stem, stems


def told_apart(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if one article tells of both in two words, not of a plan and what came of it or a deadline that moved."""
    if one.article != other.article:
        return False
    if moves(one) and moves(other):
        return timing(one, other) is None and _are_two_duties(one, other)
    if same_word(one, other) or is_planned(one) != is_planned(other) or _is_headed(one, other):
        return False
    return not (_may_be_of_one_type(one, other) and _told_again(one, other))


def _are_two_duties(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both say what has to be done, and of that have nothing in common."""
    return bool(duties(one) and duties(other)) and not (same_word(one, other) or deed_in_common(one, other))


def _is_headed(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if the headline tells in other words of the same thing what the text below does."""
    if not under_headline(one, other) or are_opposite(one, other):
        return False
    if {rules().family(one.type), rules().family(other.type)} == {EFFECTS}:
        return bool(title_in_common(one, other))
    return same_sense(one, other) and (one.type == other.type or ANY in (one.type, other.type))


def _may_be_of_one_type(one: ReportedClaim, other: ReportedClaim) -> bool:
    return one.type == other.type or (ANY in (one.type, other.type) and (one.undated or other.undated))


def _told_again(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if an article may well tell of one event, of the type of both, in two words."""
    undated = (one.undated or other.undated) and not {one.type, other.type} & rules().common - {ANY}
    light = bool({stem(one.trigger), stem(other.trigger)} & rules().light)
    if undated and same_sense(one, other) and (light or not _named_beside(one, other)):
        return ANY not in (one.type, other.type) or not _of_two_things(one, other)
    if undated and light:
        return True
    if one.type in rules().rare and title_in_common(one, other) and same_sense(one, other):
        return True
    if _on_one_day(one, other) and same_sense(one, other) and one.type in rules().of_parts:
        return points_back(one) or points_back(other)
    other_day = one.type in rules().single and one.first_day != other.first_day
    return other_day or (one.type in rules().named_twice and _said_twice(one, other))


def _on_one_day(one: ReportedClaim, other: ReportedClaim) -> bool:
    return is_day(one) and (one.first_day, one.last_day) == (other.first_day, other.last_day)


def _said_twice(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for two words of one sentence for one time: "the litigation began in May, when the complaint was filed"."""
    same_time = (one.quote, one.time_text, one.last_day) == (other.quote, other.time_text, other.last_day)
    return same_time and not one.undated and not are_opposite(one, other)


def _named_beside(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True for two words of one sentence, unless there are few of both: "its answer to the rival, which bought Roe"."""
    return one.quote == other.quote and not {one.type, other.type} <= rules().rare


def _of_two_things(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if both say who or what it befell, and have no word of that in common, nor anybody."""
    if points_back(one) or points_back(other) or frozenset(one.actors) & frozenset(other.actors):
        return False
    ours, theirs = (_besides(claim) for claim in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


@once
def _besides(claim: ReportedClaim) -> frozenset[str]:
    """What a title says besides the word that names the event."""
    own = stem(claim.trigger)[:3]
    return rules().meant(word for word in stems(claim.title) if word[:3] != own)


def are_opposite(one: ReportedClaim, other: ReportedClaim) -> bool:
    """True if the word of one says the opposite of the other's: convicted, acquitted."""
    ours, theirs = stem(one.trigger), stem(other.trigger)
    return any((ours in yes and theirs in no) or (ours in no and theirs in yes) for yes, no in rules().opposites)
