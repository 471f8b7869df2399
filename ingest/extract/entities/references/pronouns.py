"""Which thing a personal pronoun means, where that is clear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from ingest.extract.entities.references.discourse import Discourse, Referent
from ingest.extract.entities.references.nouns import BODIES, Sex, load_nouns
from ingest.extract.entities.references.phrases import is_subject, subjects_beside
from ingest.extract.grammar import OBJECTS, SUBJECTS
from ingest.nlp.words import Token
from kb.model import EntityKind

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
_PARALLEL, _NAMED = 1.3, 1.1
_WEATHER = frozenset("seem appear happen rain snow matter suffice remain turn".split())
_SHARES = frozenset("most all some part much half none rest any".split())
_COUNTED = frozenset("first second third fourth fifth latest last next".split())
_OF_FACTS = frozenset("deny say know do doubt confirm believe report see hear mean regret".split())
_JUDGED = frozenset("make find think consider have get".split())
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
    if form is _IT and (is_empty(pronoun) or _means_what_was_said(pronoun)):
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
    best = scores[0][2]
    return None if form.plural and not _is_subject_above(best, pronoun, discourse) else best


def _lead_for(form: _Form, pronoun: Token) -> float:
    """By how much the likeliest referent must lead over the next: "it" is oftener something without a name."""
    if form.sex is not None:
        return _CLEAR
    is_bare_object = pronoun.tag_ != "PRP$" and not is_subject(pronoun)
    return _CLEARER if form.plural or is_bare_object else _CLEAR


def _is_subject_above(referent: Referent, pronoun: Token, discourse: Discourse) -> bool:
    """True if a body is called "they" where it is beyond doubt: "Boeing says they have 800 orders"."""
    if referent.entity is None or not is_subject(pronoun):
        return referent.entity is None
    subjects = (t for verb in pronoun.ancestors for t in verb.lefts if t.dep_ in SUBJECTS and t.i < pronoun.i)
    return any(discourse.at.get(t.i) is referent and not t.conjuncts for t in subjects)


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
    if pronoun.dep_ == "nsubj" and verb.dep_ == "ccomp" and verb.pos_ in ("ADJ", "ADV"):
        return True  # "made it clear", "has it right"
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


def _means_what_was_said(pronoun: Token) -> bool:
    """True where what was told is meant, or a share: "JOYY denied it", "it was the second blow", "most of it"."""
    head = pronoun.head
    if pronoun.dep_ in OBJECTS:
        return head.lemma_.lower() in _OF_FACTS
    if pronoun.dep_ == "pobj":
        return head.lower_ == "of" and head.head.lower_ in _SHARES
    told = [t for t in head.rights if t.dep_ == "attr" and t.pos_ == "NOUN"] if head.lemma_ == "be" else []
    named = load_nouns().nouns  # "it was a hard decision", not "it is an airline"
    return any(noun.lower_ not in named or any(t.lower_ in _COUNTED for t in noun.lefts) for noun in told)


def _can_bar(pronoun: Token) -> bool:
    return pronoun.tag_ != "PRP$" and not pronoun.lower_.endswith(("self", "selves"))


def _agrees(form: _Form, referent: Referent) -> float:
    """How well a referent goes with a form of the pronoun: 0 for not at all, 1 for well."""
    if form.sex is not None:
        fits = referent.is_person and not referent.plural and referent.sex in (None, form.sex)
        return float(fits)
    if form.plural:
        return 1.0 if referent.plural else 0.4 * bool(referent.kinds & BODIES)
    if referent.plural or (referent.is_person and len(referent.kinds) == 1):
        return 0.0
    if referent.kinds & _PLACES:
        return 0.6 if any(one.subject for one in referent.seen) else 0.4
    return 1.0


def _score(referent: Referent, pronoun: Token, sentence: int) -> float:
    weight = referent.salience(sentence)
    if is_subject(pronoun) and any(one.subject and one.sentence >= sentence - 1 for one in referent.seen):
        weight *= _PARALLEL
    return weight * _NAMED if referent.entity is not None else weight
