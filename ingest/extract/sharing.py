"""Predicates that share one date: coordinated verbs, "when" clauses, and the event noun an adverbial hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.extract.attach import governor_of
from ingest.extract.comparison import is_record
from ingest.extract.dating import Dating, root_of
from ingest.extract.descent import step_in
from ingest.extract.embedding import ending_of, is_unreal
from ingest.extract.grammar import ANY_SUBJECT, SUBJECTS, Reading, auxiliaries, is_passive, is_verb
from ingest.extract.headword import trigger_of
from ingest.extract.triggers import is_event_noun, lemma
from ingest.nlp.words import Token
from kb.model import Status
from kb.ontology.model import Ontology

_SETTINGS = frozenset(("in", "at", "during", "after", "following", "with", "along", "within"))
"""Prepositions that make an event noun the setting of the verb: both then have the date."""
_PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i"))
_PAST = ("VBD", "VBN")
_DONE = (*_PAST, "VBG")
_JOINTS = frozenset((",", "and", "then"))
"""What may stand between two verbs that are done at one time: "shot and killed"."""
_DAYS = ("day", "date")
_CLIMB = 10


def dated_by(reading: Reading, ontology: Ontology, dating: Dating) -> tuple[Token, ...]:
    """The triggers that the expression puts in time, in text order; empty if it dates nothing."""
    first = governor_of(reading, ontology, dating)
    if first is None:
        return told_when(reading, ontology, dating)
    governors = (first, *_sharing(reading, ontology, dating, first), *_when_clause(reading, ontology, dating))
    if _calling_off(ontology, first, dating):
        return (first, *(t for t in _triggers(reading, ontology, governors[1:]) if t.i != first.i))
    return _triggers(reading, ontology, governors)


def _calling_off(ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """True for "the hearing was adjourned on Thursday": Thursday is the day of the adjourning, not of the hearing."""
    if not is_verb(verb) or dating.future or not is_passive(verb) or is_unreal(ontology.status, verb):
        return False
    behind = verb.i < dating.start and dating.expression.doc[dating.start - 1].lower_ not in ("for", "from", "to")
    return behind and ending_of(ontology.status, verb) is Status.CANCELLED


def told_when(reading: Reading, ontology: Ontology, dating: Dating) -> tuple[Token, ...]:
    """What a clause on a date tells that is only there to measure by: "the first since May 1961, when it fell"."""
    return _triggers(reading, ontology, _when_clause(reading, ontology, dating))


def _triggers(reading: Reading, ontology: Ontology, governors: Iterable[Token]) -> tuple[Token, ...]:
    found = {trigger.i: trigger for trigger in (trigger_of(reading, ontology, governor) for governor in governors)}
    return tuple(found[i] for i in sorted(found))


def _sharing(reading: Reading, ontology: Ontology, dating: Dating, first: Token) -> Iterator[Token]:
    if is_verb(first):
        yield from _coordinated(reading, ontology, first, dating)
        yield from _first_conjunct(reading, first)
        yield from _done_together(reading, first, dating)
        yield from _around_gerund(reading, ontology, first, dating)
        yield from _since_then(first)
        yield from _settings(reading, ontology, first, dating)
    elif not _before(dating, first) and not dating.since:
        yield from _verb_in_setting(first, dating)
    yield from _when_behind(dating, first)


def _before(dating: Dating, noun: Token) -> bool:
    """True for a date inside the noun phrase: "the April ruling", "Executive Order 14076 of July 8, 2022"."""
    preposition = root_of(dating.expression).head
    return dating.start < noun.i or (preposition.lower_ == "of" and preposition.head.i == noun.i)


def _coordinated(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Iterator[Token]:
    """Verbs joined to `verb` with its subject, tense and voice, and no time of their own."""
    for other in verb.children:
        if other.dep_ != "conj" or not is_verb(other) or _is_apart(ontology, other, dating):
            continue
        alike = _tense(other) == _tense(verb) and is_passive(other) == is_passive(verb)
        if alike and _same_subject(other, dating) and not _has_time(reading, ontology, other, dating):
            yield other
            yield from _coordinated(reading, ontology, other, dating)
    for other in _misplaced(verb):
        if dating.start < other.i and not _has_time(reading, ontology, other, dating):
            yield other


def _tense(verb: Token) -> str:
    """The tag of a verb; that of a past form for "did not embrace"."""
    did = verb.tag_ == "VB" and any(t.lower_ == "did" for t in auxiliaries(verb))
    return "VBD" if did else verb.tag_


def _done_together(reading: Reading, verb: Token, dating: Dating) -> Iterator[Token]:
    """ "was stopped, questioned and detained on March 10": verbs with nothing between them share what stands behind."""
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in _DONE or first.tag_ != verb.tag_ or dating.start < verb.i:
        return
    between = verb.doc[first.i + 1 : verb.i]
    if 0 < len(between) <= len(_JOINTS) and all(t.lower_ in _JOINTS for t in between) and is_verb(first):
        yield first
        yield from _done_together(reading, first, dating)


def _misplaced(verb: Token) -> Iterator[Token]:
    """ "On Monday it let a firm keep its files and told it to wait": joined by the parser to the bare infinitive."""
    if verb.tag_ in _PAST and not is_passive(verb):
        for below in verb.rights:
            if below.dep_ in ("ccomp", "xcomp") and below.tag_ in ("VB", "VBP") and not auxiliaries(below):
                joined = (t for t in below.rights if t.dep_ == "conj" and t.tag_ == "VBD" and is_verb(t))
                yield from (t for t in joined if not any(c.dep_ in SUBJECTS for c in t.children))


def _is_apart(ontology: Ontology, other: Token, dating: Dating) -> bool:
    """True for what comes after the time, or only if it is not kept: "but later shelved the plan"."""
    later = any(t.lower_ in ontology.words.afterwards and t.dep_ == "advmod" for t in other.lefts)
    return later or _is_threat(other, dating)


def _is_threat(other: Token, dating: Dating) -> bool:
    """ "divest by June or face a ban": what stands behind the date and an "or" is not due with the rest."""
    between = other.doc[dating.expression.end : other.i]
    return any(t.lower_ == "or" and t.head.i == other.head.i for t in between)


def _same_subject(other: Token, dating: Dating) -> bool:
    own = next((t for t in other.children if t.dep_ in ANY_SUBJECT), None)
    return own is None or (own.lower_ in _PRONOUNS and dating.start < other.head.i)


def _first_conjunct(reading: Reading, verb: Token) -> Iterator[Token]:
    """ "may switch or return until March 31": alternatives under one modal share what stands behind the last."""
    first = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VB" == first.tag_ and is_verb(first) and auxiliaries(first):
        own = [t for t in verb.children if t.dep_ in ANY_SUBJECT or t.tag_ == "MD"]
        if not own and not any(t.i in reading.times for t in first.doc[first.i : verb.i]):
            yield first


def _has_time(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """True if another time stands in the clause of `verb`, or in one that is not about a noun of it or what it says."""
    others = (t for t in verb.subtree if t.i in reading.times and not dating.holds(t))
    says = lemma(verb, ontology.speech.verbs) in ontology.speech.verbs
    return any(not _is_of_clause(t, verb, says=says) for t in others)


def _is_of_clause(token: Token, verb: Token, *, says: bool) -> bool:
    """True for the "July" of "stayed an order that she had given in July", and of "said it would act by July"."""
    node = token
    for _ in range(_CLIMB):
        if node.i == verb.i:
            return False
        said = says and node.dep_ in ("ccomp", "xcomp") and node.head.i == verb.i
        if said or node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ == "VBN"):
            return True
        node = node.head
    return False


def _around_gerund(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Iterator[Token]:
    """ "said after meeting the president in June": both are in June, unless the first has a time of its own."""
    if not dating.past or verb.tag_ != "VBG":
        return
    joined = verb.head.lower_ in ontology.words.alongside
    above = verb.head if _is_meanwhile(verb) else verb.head.head if joined else None
    if above is not None and above.tag_ in _PAST and not _has_time(reading, ontology, above, dating):
        yield above


def _is_meanwhile(verb: Token) -> bool:
    """True for the "travelling" of "were killed while travelling"."""
    return verb.dep_ == "advcl" and any(t.lower_ in ("while", "when") for t in verb.lefts)


def _since_then(verb: Token) -> Iterator[Token]:
    """ "Since I signed the law in March, it has delivered": what has gone on since is told with the same date."""
    above = verb.head
    since = next((t for t in verb.lefts if t.lower_ == "since" and t.dep_ in ("mark", "advmod", "prep")), None)
    if (
        since is not None
        and not is_record(since)
        and verb.dep_ == "advcl"
        and above.lemma_ != "be"
        and any(t.lower_ in ("has", "have") for t in auxiliaries(above))
    ):
        yield above


def _settings(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Iterator[Token]:
    """The event noun beside the verb: "died in the attack on Sunday", "with its results, the firm said on Monday"."""
    if not dating.past or verb.tag_ not in _PAST:
        return
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("in", "at", "during", "with"):
            for noun in preposition.children:
                if noun.dep_ == "pobj" and _is_occasion(reading, ontology, noun):
                    yield noun


def _is_occasion(reading: Reading, ontology: Ontology, noun: Token) -> bool:
    if noun.lemma_.lower() in ontology.words.documents or noun.lower_ not in ontology.words.occasions:
        return False
    return is_event_noun(reading, ontology, noun)


def _verb_in_setting(noun: Token, dating: Dating) -> Iterator[Token]:
    """The verb over the setting: "urged Congress in a speech on March 4"."""
    preposition = noun.head
    if not dating.past or noun.dep_ != "pobj" or preposition.lower_ not in _SETTINGS:
        return
    verb = preposition.head
    while (
        verb.dep_ in ("prep", "pcomp", "xcomp", "dobj", "advmod", "aux")
        and verb.head.i != verb.i
        and not (is_verb(verb) and verb.tag_ in _PAST)
    ):
        verb = verb.head
    if is_verb(verb) and verb.tag_ in (*_PAST, "VBZ") and verb.dep_ not in ("acl", "relcl"):
        yield verb


def _when_behind(dating: Dating, first: Token) -> Iterator[Token]:
    """ "killed on Nov. 13, when gunmen fired": the clause right behind the date, on the verb by the parse."""
    for clause in first.children:
        if clause.dep_ in ("relcl", "advcl") and clause.i > dating.start and is_verb(clause):
            opening, end = clause.left_edge, dating.expression.end
            told = clause.tag_ == first.tag_ or (clause.tag_ in _PAST and first.tag_ in _PAST)
            full = opening.i == end + 1 and any(t.dep_ in ANY_SUBJECT for t in clause.lefts)
            if opening.lower_ == "when" and opening.i - end <= 1 and (told or full):
                yield clause


def _when_clause(reading: Reading, ontology: Ontology, dating: Dating) -> Iterator[Token]:
    """A clause on the date: "until Monday, when the court may rule", "May 3, the day on which it sued"."""
    days = [t for t in root_of(dating.expression).children if t.dep_ == "appos" and t.lower_ in _DAYS]
    for host in (*dating.expression, *days):
        for clause in host.children:
            if clause.dep_ in ("relcl", "advcl") and clause.i > dating.start and is_verb(clause):
                opening = clause.left_edge
                near = opening.i - (dating.expression.end if dating.holds(host) else host.i + 1) <= 1
                leads = opening.lower_ == "when" or not dating.holds(host)
                if leads and near:
                    yield step_in(reading, ontology, clause, dating)
                    joined = _coordinated(reading, ontology, clause, dating)
                    yield from (t for t in joined if t.lemma_ != "be")
