"""Which thing a personal pronoun means, where that is clear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from ingest.extract.entities.references.discourse import Discourse, Referent
from ingest.extract.entities.references.nouns import Sex
from ingest.extract.entities.references.phrases import is_subject, subjects_beside
from ingest.extract.grammar import OBJECTS
from kb.model import EntityKind

_BODIES = frozenset(
    (
        EntityKind.COMPANY,
        EntityKind.ORGANIZATION,
        EntityKind.AGENCY,
        EntityKind.COURT,
        EntityKind.LEGISLATURE,
        EntityKind.GOVERNMENT,
    )
)
_PLACES = frozenset((EntityKind.PLACE,))


@dataclass(frozen=True, slots=True)
class _Form:
    plural: bool = False
    sex: Sex | None = None


_HE, _SHE, _IT, _THEY = _Form(sex=Sex.MALE), _Form(sex=Sex.FEMALE), _Form(), _Form(plural=True)
FORMS = {
    **dict.fromkeys(("he", "him", "his", "himself"), _HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), _SHE),
    **dict.fromkeys(("it", "its", "itself"), _IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), _THEY),
}
"""The personal pronouns of the third person."""

_WITHIN, _WITHIN_FOR_PERSONS = 1, 3
"""Sentences back that are looked at."""
_CLEAR, _CLEARER = 1.2, 1.6
_PARALLEL, _NAMED = 1.15, 1.1
_WEATHER = frozenset("seem appear happen rain snow matter suffice remain turn".split())
_OF_FACTS = frozenset("deny say know do doubt confirm believe report see hear mean regret".split())
_JUDGED = frozenset("make find think consider".split())
_VERDICTS = ("acomp", "oprd", "ccomp")
_CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl")
_CLAUSE_WITHIN = 14
_FACTS = frozenset("be become make find think consider take mean".split())


def resolve_pronoun(
    pronoun: Token, discourse: Discourse, sentence: int, *, speaker: Referent | None
) -> Referent | None:
    """The referent that a pronoun of the third person means; None where several might be meant, or nothing is.

    `speaker` is who says the quotation that the pronoun stands in, if it does: he does not speak of himself as "he".
    """
    form = FORMS[pronoun.lower_]
    if form is _IT and (is_empty(pronoun) or _means_a_fact(pronoun)):
        return None
    beside = subjects_beside(pronoun) if _can_bar(pronoun) else ()
    barred = {id(discourse.at[t.i]) for t in beside if t.i in discourse.at}
    if speaker is not None:
        barred.add(id(speaker))
    scores: list[tuple[float, int, Referent]] = []
    for referent in discourse.recent(sentence, within=_WITHIN if form.sex is None else _WITHIN_FOR_PERSONS):
        if id(referent) not in barred and (share := _agrees(form, referent)):
            scores.append((share * _score(referent, pronoun, sentence), len(scores), referent))
    scores.sort(key=lambda one: (-one[0], one[1]))
    lead = _lead_for(form, pronoun)
    if not scores or (len(scores) > 1 and scores[0][0] < lead * scores[1][0]) or _looks_ahead(pronoun):
        return None
    return scores[0][2]


def _lead_for(form: _Form, pronoun: Token) -> float:
    """By how much the likeliest referent must lead over the next: "it" is oftener something without a name."""
    if form.sex is not None:
        return _CLEAR
    is_bare_object = pronoun.tag_ != "PRP$" and not is_subject(pronoun)
    return _CLEARER if form.plural or is_bare_object else _CLEAR


def _looks_ahead(pronoun: Token) -> bool:
    """True in a clause that stands before its main clause: "Although it can fly ..., the 777 will"."""
    clause = pronoun.head
    return is_subject(pronoun) and clause.dep_ == "advcl" and clause.i < clause.head.i and pronoun.i < clause.head.i


def is_empty(pronoun: Token) -> bool:
    """True for an "it" that means nothing: "it is clear that", "it rained", "made it possible to"."""
    verb = pronoun.head
    lemma = verb.lemma_.lower()
    if pronoun.dep_ == "nsubjpass":
        return any(t.dep_ == "ccomp" for t in verb.children)  # "it was reported that"
    if pronoun.dep_ == "nsubj":
        return lemma in _WEATHER or (lemma in _FACTS and _awaits_clause(verb))
    return pronoun.dep_ == "expl" or (lemma in _JUDGED and any(t.dep_ in _VERDICTS for t in verb.children))


def _awaits_clause(verb: Token) -> bool:
    """True for "(it) is clear that ...", "(it) took years to ...", "(it) was Monday"."""
    said = [t for t in verb.rights if t.dep_ in ("acomp", "attr", "oprd", "advmod")]
    if any(t.ent_type_ in ("DATE", "TIME") for t in said):
        return True
    after = islice((t for t in verb.subtree if t.i > verb.i), _CLAUSE_WITHIN)
    return (bool(said) or verb.lemma_ in ("take", "mean")) and any(t.dep_ in _CLAUSES for t in after)


def _means_a_fact(pronoun: Token) -> bool:
    """True for the object of a verb that takes what was said: "JOYY denied it"."""
    return pronoun.dep_ in OBJECTS and pronoun.head.lemma_.lower() in _OF_FACTS


def _can_bar(pronoun: Token) -> bool:
    return pronoun.tag_ != "PRP$" and not pronoun.lower_.endswith(("self", "selves"))


def _agrees(form: _Form, referent: Referent) -> float:
    """How well a referent goes with a form of the pronoun: 0 for not at all, 1 for well."""
    if form.sex is not None:
        fits = referent.is_person and not referent.plural and referent.sex in (None, form.sex)
        return float(fits)
    if form.plural:
        if referent.plural:
            return 1.0
        return 0.4 if referent.entity is not None and referent.kinds & _BODIES else 0.0
    if referent.plural or (referent.is_person and len(referent.kinds) == 1):
        return 0.0
    if referent.kinds & _PLACES and not any(one.subject for one in referent.seen):
        return 0.4
    return 1.0


def _score(referent: Referent, pronoun: Token, sentence: int) -> float:
    weight = referent.salience(sentence)
    if referent.seen[-1].subject and is_subject(pronoun):
        weight *= _PARALLEL
    return weight * _NAMED if referent.entity is not None else weight
