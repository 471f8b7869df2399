"""Days that a later sentence takes back: "gave the public until March 20 to comment. It later extended the period"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.dating import Dating
from ingest.extract.deadlines import DEADLINE
from ingest.extract.embedding import ending_of, moves_day
from ingest.extract.grammar import is_verb, object_of
from ingest.nlp.words import Token
from kb.model import Claim, Status
from kb.ontology.model import Ontology

_PRONOUNS = frozenset(("it", "this", "that", "them", "they"))
_NEW = ("to", "until", "till", "through")
_HOLDING = (Status.OCCURRED, Status.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the words it was read from."""

    claim: Claim
    trigger: Token
    dating: Dating | None


def take_back(ontology: Ontology, told: Sequence[Told]) -> list[Claim]:
    """The claims of `told` (in text order), those cancelled whose day a later one moves or calls off."""
    claims = [one.claim for one in told]
    for at, later in enumerate(told):
        thing = _undone_thing(ontology, later)
        if thing is None:
            continue
        for earlier in range(at - 1, -1, -1):
            if not _is_near(told[earlier].trigger, later.trigger):
                break
            if claims[earlier].status in _HOLDING and _is_taken_back(ontology, told[earlier], later, thing):
                cues = (later.trigger.lower_,)
                claims[earlier] = replace(claims[earlier], status=Status.CANCELLED, cues=cues)
                break
    return claims


def _undone_thing(ontology: Ontology, later: Told) -> Token | None:
    """What a verb told as a fact moves or calls off."""
    verb = later.trigger
    if not is_verb(verb) or verb.tag_ == "VB" or later.claim.status is not Status.OCCURRED:
        return None
    if not moves_day(ontology.status, verb) and ending_of(ontology.status, verb) is not Status.CANCELLED:
        return None
    return object_of(verb)


def _is_taken_back(ontology: Ontology, earlier: Told, later: Told, thing: Token) -> bool:
    """True if `earlier` is a limit, or an event to come, that `thing` stands for, on a day that a new one replaces."""
    if earlier.dating is None or later.trigger.i in (earlier.trigger.i, earlier.trigger.head.i):
        return False
    due = earlier.claim.type == DEADLINE or earlier.claim.status is Status.SCHEDULED
    if later.dating is not None and _is_new_day(later.dating):
        if earlier.claim.type == later.claim.type:
            return False
        before = earlier.dating.interval.start < later.dating.interval.start or _is_sooner(later.trigger)
        named = thing.lower_ in _PRONOUNS or thing.lemma_.lower() in ontology.words.terms
        return before and named and (due or earlier.dating.limit)
    if earlier.claim.status is not Status.SCHEDULED:
        return False
    if thing.lower_ in _PRONOUNS:
        return not is_verb(earlier.trigger) or earlier.trigger.lemma_ in ontology.words.calendared
    return thing.lemma_.lower() == earlier.trigger.lemma_.lower()


def _is_sooner(verb: Token) -> bool:
    """True for "moved up", "brought forward": the new day lies before the old one."""
    return any(t.lower_ in ("up", "forward") for t in verb.rights)


def _is_near(earlier: Token, later: Token) -> bool:
    """True in one sentence, and in two that follow each other."""
    first = later.sent.start
    return earlier.i >= first or (first > 0 and later.doc[first - 1].sent.start <= earlier.i)


def _is_new_day(dating: Dating) -> bool:
    return dating.start > 0 and dating.expression.doc[dating.start - 1].lower_ in _NEW
