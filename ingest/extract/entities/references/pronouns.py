"""Which thing a personal pronoun means, where that is clear."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from ingest.extract.entities.references.discourse import Discourse, Referent
from ingest.extract.entities.references.nouns import Sex
from ingest.extract.entities.references.phrases import is_subject, subjects_beside
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

_WITHIN = {True: 3, False: 2}
"""Sentences back that are looked at: for persons, for others."""
_CLEAR = 1.2
"""By how much the likeliest referent must lead over the next."""
_PARALLEL, _NAMED = 1.15, 1.1
_WEATHER = frozenset("seem appear happen rain snow matter suffice remain turn".split())
_FACTS = frozenset("be become make find think consider take mean".split())


def resolve_pronoun(pronoun: Token, discourse: Discourse, sentence: int, quoted: bool, speaker: Referent | None) -> Referent | None:
    """The referent that a pronoun of the third person means; None where several might be meant, or nothing is.

    `speaker` is who says the quotation that the pronoun stands in, if `quoted`: he does not speak of himself as "he".
    """
    form = FORMS[pronoun.lower_]
    if form is _IT and is_empty(pronoun):
        return None
    barred = {id(discourse.at[t.i]) for t in subjects_beside(pronoun) if t.i in discourse.at} if _can_bar(pronoun) else set()
    if quoted and speaker is not None:
        barred.add(id(speaker))
    scores = []
    for referent in discourse.recent(sentence, within=_WITHIN[form.sex is not None]):
        if id(referent) not in barred and (share := _agrees(form, referent)):
            scores.append((share * _score(referent, pronoun, sentence), len(scores), referent))
    scores.sort(key=lambda one: (-one[0], one[1]))
    if not scores or (len(scores) > 1 and scores[0][0] < _CLEAR * scores[1][0]):
        return None
    return scores[0][2]


def is_empty(pronoun: Token) -> bool:
    """True for an "it" that means nothing: "it is clear that", "it rained", "made it possible to"."""
    verb = pronoun.head
    if pronoun.dep_ == "expl":
        return True
    lemma = verb.lemma_.lower()
    if pronoun.dep_ in ("nsubj", "nsubjpass"):
        after = [t for t in verb.subtree if t.i > verb.i]
        if lemma in _WEATHER:
            return True
        if lemma in _FACTS:
            said = [t for t in verb.children if t.dep_ in ("acomp", "attr", "oprd", "advmod") and t.i > verb.i]
            clause = any(t.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "relcl", "acl") and t.i > verb.i for t in after[:14])
            time = any(t.ent_type_ in ("DATE", "TIME") for t in said)
            return time or (bool(said) and clause) or (lemma in ("take", "mean") and clause)
        return verb.tag_ == "VBN" and any(t.dep_ == "ccomp" for t in verb.children) and pronoun.dep_ == "nsubjpass"
    return lemma in ("make", "find", "think", "consider") and any(t.dep_ in ("acomp", "oprd", "ccomp") for t in verb.children)


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
        return 0.6 if referent.entity is not None and referent.kinds & _BODIES else 0.0
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
