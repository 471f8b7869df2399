"""What an event's clause depends on, and what that says of the event: "plans to cut", "refused to sign", "fears that".

A governing word has a status for what it governs (`lexicon/status.yaml`), which its own mood can change: "could plan
to", "scrapped plans to", "did not refuse to".
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.grammar import (
    ANY_SUBJECT,
    OBJECTS,
    PASSIVE_SUBJECTS,
    auxiliaries,
    has_to,
    is_passive,
    is_verb,
)
from ingest.extract.modality import Reality, carrier_of, conditional, is_finite, is_run_on, modal, negation_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.model import Status
from kb.ontology.model import Ontology, StatusLexicon

_CLIMB = 6
_CLAUSES = ("xcomp", "ccomp", "acl", "pcomp", "advcl", "csubj")
_UP = frozenset(
    (*_CLAUSES, *OBJECTS, *ANY_SUBJECT, "relcl", "conj", "oprd", "attr", "acomp", "prep", "pobj", "parataxis")
)
_SMALL_CLAUSES = ("acl", "ccomp", "xcomp", "oprd", "advcl")
_COMPLEMENTS = ("acomp", "attr", "oprd")
_PLANS = (Status.SCHEDULED, Status.PROPOSED)
_DONE = frozenset(("agree", "decide", "force", "order", "vote", "compel"))
"""Above an infinitive that undoes something they leave no doubt: "agreed to call off the strike"."""
_UNDONE = (Status.CANCELLED, Status.DENIED)
_NEAR = 5
"""Words behind a "for" among which its day stands."""
_LENGTHS = frozenset(("years", "months", "weeks", "days", "hours"))
_PRESENT_DO = frozenset(("do", "does"))
_DOUBTFUL = frozenset(("unlikely", "doubtful"))
_THROUGH = frozenset(("through",))
"""Particles of verbs that undo their subject: "the visit fell through"."""
_SAID_TO_BE = ("acomp", "amod", "pcomp")
_PREVENTING = frozenset(("without", "instead", "against"))
_COPULAS = frozenset(("be", "seem", "appear", "become", "remain", "look", "prove", "stay"))


def governed(ontology: Ontology, verb: Token, *, past: bool, awaited: bool = False) -> Iterator[Reality]:
    """What the verb depends on: "plans to", "is due to", "asked the court to", "refrained from"."""
    node = verb
    for above in _above(verb):
        if above.pos_ == "ADP":
            if above.lower_ in _PREVENTING and node.dep_ == "pcomp":
                yield Reality(Status.DENIED, (above.lower_,))
            continue
        if node.dep_ == "relcl":
            return
        if node.dep_ in _CLAUSES and not _is_reduced(node) and not _is_report(ontology, node, above):
            yield from _said_of(ontology, node, above, past=past, awaited=awaited)
        node = above


def opined(ontology: Ontology, verb: Token, *, past: bool) -> Iterator[Reality]:
    """What somebody only thinks, fears or denies, whatever modal stands with the verb: "think that it will sue"."""
    lexicon = ontology.status
    for node in _with_conjoined(verb):
        above = node.head
        if node.dep_ not in ("ccomp", "acl", "relcl", "pcomp") or above.i == node.i or _is_reduced(node):
            continue
        if is_run_on(node):
            continue
        names = _names(lexicon, above)
        if node.dep_ == "relcl" and not any(t.lower_ == "that" and t.dep_ == "mark" for t in node.children):
            names = [n for n in names if lexicon.governors.get(n) is Status.HYPOTHETICAL]
        if is_verb(above) and node.dep_ == "ccomp":
            denier = next((n for n in names if n in lexicon.deniers), None)
            negation = negation_of(lexicon, above)
            if denier is not None and negation is None:
                yield Reality(Status.DENIED, (denier,))
            elif denier is not None and negation is not None and past:
                yield Reality(Status.OCCURRED, (negation.lower_, denier), settled=True)
        if (rejected := _rejected(lexicon, above)) is not None and node.dep_ == "acl":
            yield Reality(Status.DENIED, (rejected.lower_, above.lower_))
        done = above.tag_ in ("VBD", "VBN") and is_verb(above) and not is_unreal(lexicon, above)
        names = [n for n in names if n not in lexicon.implied] if done else names
        word = next((n for n in names if lexicon.governors.get(n) is Status.HYPOTHETICAL), None)
        word = word or (_doubt(lexicon, above) if node.dep_ == "ccomp" else None)
        if word is not None:
            yield Reality(Status.HYPOTHETICAL, (word,))
        opinion = next((n for n in names if n in lexicon.opinions or n in lexicon.pledges), None)
        if negation_of(lexicon, node) is not None:
            continue
        if opinion is not None and node.dep_ == "ccomp" and any(t.lower_ in lexicon.modals for t in auxiliaries(node)):
            yield from (r for r in modal(lexicon, node) if r.status is Status.HYPOTHETICAL)
            yield Reality(Status.PROPOSED, (opinion,))


def _doubt(lexicon: StatusLexicon, above: Token) -> str | None:
    """The "not" of "it is not certain that", the "far" of "it is far from certain that"."""
    far = (word for t in above.rights if t.lower_ == "far" for from_ in t.rights for word in from_.rights)
    odds = (t for t in (above, *above.rights, *far) if t.dep_ in _SAID_TO_BE and t.lemma_ in lexicon.odds)
    for word in odds:
        if word.head.lower_ == "from":
            return word.head.head.lower_
        verb = carrier_of(word)
        negation = None if verb is None else negation_of(lexicon, verb)
        if negation is not None:
            return negation.lower_
    return None


def _rejected(lexicon: StatusLexicon, hearsay: Token) -> Token | None:
    """The "dismissed" of "dismissed claims that it had sold the data", told as a fact."""
    verb = hearsay.head
    if hearsay.dep_ not in OBJECTS or not is_verb(verb) or hearsay.lemma_.lower() not in lexicon.hearsay:
        return None
    rejects = not lexicon.deniers.isdisjoint((verb.lemma_, *_names(lexicon, verb))) or verb.lemma_ in lexicon.rejecting
    return verb if rejects and not is_unreal(lexicon, verb) else None


def unfulfilled(lexicon: StatusLexicon, verb: Token, *, past: bool) -> Iterator[Reality]:
    """Plans told in the past that did not come true: "would have become", "was to have begun", "had been due to"."""
    words = [t.lower_ for t in auxiliaries(verb)]
    if "have" in words and not {"would", "should"}.isdisjoint(words):
        yield Reality(Status.CANCELLED, tuple(words))
    if "have" in words and not {"could", "might", "may"}.isdisjoint(words):
        yield Reality(Status.HYPOTHETICAL, tuple(words))
    if (wish := _former_wish(lexicon, verb)) is not None:
        yield Reality(Status.CANCELLED, ("had", wish.lower_))
    governor = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "for" else verb.head
    carrier = carrier_of(governor)
    infinitive = has_to(verb) and verb.dep_ in ("xcomp", "acl", "ccomp", "advcl")
    if carrier is None or not (infinitive or governor.i != verb.head.i):
        return
    plan = _plan(lexicon, _names(lexicon, governor, carrier))
    told = [carrier.lower_, *(t.lower_ for t in auxiliaries(carrier))]
    was = "was" in told or "were" in told
    if "have" in words and governor.lemma_ in lexicon.supposing and past:
        yield Reality(Status.OCCURRED, ("to have",), settled=True)  # "is believed to have left in May"
        return
    if "had" in told and plan and (past or plan in lexicon.former or lexicon.governors[plan] is Status.SCHEDULED):
        yield Reality(Status.CANCELLED, ("had", plan))
    elif was and next(conditional(lexicon, carrier), None) is not None:
        return
    elif was and (plan or governor.lemma_ == "be") and (past or "have" in words):
        yield Reality(Status.CANCELLED, ("was", plan or "to"))
    elif "have" in words and governor.lower_ == "ought":
        yield Reality(Status.CANCELLED, ("ought", "have"))
    elif "have" in words and past:
        yield Reality(Status.OCCURRED, ("have",))


def _former_wish(lexicon: StatusLexicon, verb: Token) -> Token | None:
    """The "wanted" of "had wanted it done by July", and the verb itself in "had hoped for a text by May"."""
    bare = verb.tag_ in ("VBN", "VBG") and not auxiliaries(verb) and verb.dep_ in _SMALL_CLAUSES
    wish = verb.head if bare else verb
    had = is_verb(wish) and wish.lemma_ in lexicon.former and any(t.lower_ == "had" for t in auxiliaries(wish))
    goes_on = wish is verb and any(t.dep_ in _SMALL_CLAUSES for t in verb.children)
    return wish if had and not is_passive(wish) and not goes_on else None


def unfulfilled_noun(lexicon: StatusLexicon, noun: Token, carrier: Token) -> Iterator[Reality]:
    """Nouns under such a plan: "had been expected for a meeting", "had been due for hearing"."""
    if noun.dep_ in ("pobj", "dobj", "nsubjpass", "nsubj", "npadvmod"):
        plan = _plan(lexicon, [noun.head.lemma_.lower(), *_names(lexicon, noun.head.head, carrier)])
        if plan and "had" in [t.lower_ for t in auxiliaries(carrier)]:
            yield Reality(Status.CANCELLED, ("had", plan))


def planned(ontology: Ontology, verb: Token, *, past: bool, awaited: bool = False) -> Iterator[Reality]:
    """The verb itself puts its event in the future: "is scheduled for", "is expected on"; "had been expected".

    `awaited` says that the date stands behind "before": who does "not expect a ruling before June" expects one then.
    """
    lexicon = ontology.status
    name = lemma(verb, lexicon.governors)
    status = Status.SCHEDULED if lexicon.endings.get(name) is Status.SCHEDULED else lexicon.governors.get(name)
    wishes = name in lexicon.opinions or name in lexicon.wishes
    present = verb.tag_ in ("VBZ", "VBP") and not auxiliaries(verb)
    later = awaited and any(t.lower_ in _PRESENT_DO for t in auxiliaries(verb))
    if wishes and status is Status.PROPOSED and not past and (present or later):
        yield Reality(status, (verb.lower_,))
    promised = name in lexicon.promised and not any(t.dep_ == "xcomp" for t in verb.children)
    fixes = name in ontology.words.fixing or promised
    words = {t.lower_ for t in auxiliaries(verb)}
    if past and words <= {"was", "were", "had", "been"} and (fixes or name in lexicon.announced) and _is_for_day(verb):
        yield Reality(Status.CANCELLED, (verb.lower_, "for"))
    if status not in _PLANS or not fixes or not is_passive(verb):
        return
    if "had" in words or (past and name in lexicon.awaited and not words.isdisjoint(("was", "were"))):
        yield Reality(Status.CANCELLED, ("had" if "had" in words else "was", verb.lower_))
    elif not words.isdisjoint(("is", "are", "'s", "’s", "been", "be")):
        yield Reality(status, (verb.lower_,))


def _is_for_day(verb: Token) -> bool:
    """True for the passive of "had been listed for Tuesday", "pencilled in for May"."""
    behind = (t for t in verb.rights if t.dep_ in ("prep", "prt", "advmod"))
    for_ = next((t for host in behind for t in (host, *host.rights) if t.lower_ == "for"), None)
    if for_ is None or not is_passive(verb):
        return False
    words = for_.doc[for_.i + 1 : for_.i + _NEAR]
    return any(t.ent_type_ in ("DATE", "TIME") for t in words) and not any(t.lower_ in _LENGTHS for t in words)


def ending_of(lexicon: StatusLexicon, verb: Token) -> Status | None:
    """What `verb` does to an event that is its subject or object."""
    base = lemma(verb, lexicon.endings)
    phrases = (f"{base} {t.lower_}" for t in _particles(verb))
    return next((lexicon.endings[p] for p in phrases if p in lexicon.endings), lexicon.endings.get(base))


def moves_day(lexicon: StatusLexicon, verb: Token) -> bool:
    """True for what gives its object another day: "extended the deadline", "was put back to May"."""
    base = lemma(verb, lexicon.moves)
    return base in lexicon.moves or any(f"{base} {t.lower_}" in lexicon.moves for t in _particles(verb))


def _particles(verb: Token) -> Iterator[Token]:
    """Small words behind a verb; of "brought the deadline for replacing pipes forward" the parser hangs them deeper."""
    things = (t for t in verb.children if t.dep_ in OBJECTS)
    aims = (t for thing in things for p in thing.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pcomp")
    return (t for above in (verb, *aims) for t in above.children if t.dep_ in ("prt", "advmod", "prep"))


def undone_by(lexicon: StatusLexicon, noun: Token) -> Token | None:
    """The verb that undoes what `noun` names: "scrapped plans", "the proposal was rejected"."""
    verb = main_verb(noun.head)
    if noun.dep_ == "nsubj" and any(
        t.lower_ in _THROUGH and t.dep_ in ("prt", "advmod", "prep") for t in verb.children
    ):
        return verb if ending_of(lexicon, verb) is Status.CANCELLED and not is_unreal(lexicon, verb) else None
    if not is_verb(verb) or not (noun.dep_ in OBJECTS or noun.dep_ in PASSIVE_SUBJECTS or verb.i != noun.head.i):
        return None
    if ending_of(lexicon, verb) not in _UNDONE or is_unreal(lexicon, verb):
        return None
    return verb


def spared(lexicon: StatusLexicon, noun: Token, verb: Token) -> Iterator[Reality]:
    """What is not undone may still come: "did not rule out a vote in May", "has not cancelled the visit"."""
    negation = negation_of(lexicon, verb)
    if negation is not None and noun.dep_ in OBJECTS and ending_of(lexicon, verb) in _UNDONE:
        yield Reality(Status.HYPOTHETICAL, (negation.lower_, verb.lower_), settled=True)


def main_verb(verb: Token) -> Token:
    """The verb of the clause: "postponed" in "a meeting planned for May had been postponed", where the parser takes
    the participle for a verb and coordinates the real one to it without an "and", or takes it for the subject."""
    if verb.tag_ not in ("VBD", "VBN") or auxiliaries(verb):
        return verb
    if verb.dep_ in ANY_SUBJECT and is_verb(verb.head):
        return verb.head
    joined = (t for t in verb.children if t.dep_ == "conj" and t.i > verb.i and is_verb(t))
    real = next(joined, None)
    if real is None or any(t.dep_ == "cc" or t.text in (",", ";") for t in verb.children):
        return verb
    own = any(t.dep_ in ANY_SUBJECT for t in real.children)
    return real if is_passive(real) and not own else verb


def is_unreal(lexicon: StatusLexicon, verb: Token) -> bool:
    """True for a verb under a modal or a negation, and for an infinitive that is only asked for."""
    if verb.tag_ == "VB" and verb.head.i != verb.i and lexicon.governors.get(lemma(verb.head, lexicon.governors)):
        return verb.head.lemma_ not in _DONE
    return any(t.lower_ in lexicon.modals or t.dep_ == "neg" for t in verb.children)


def _said_of(ontology: Ontology, node: Token, above: Token, *, past: bool, awaited: bool) -> Iterator[Reality]:
    """What `above` says of the clause of `node` that it governs."""
    lexicon = ontology.status
    name = next((n for n in _names(lexicon, above) if n in lexicon.governors), None)
    if name in lexicon.ceasing and node.tag_ == "VBG" and node.dep_ in ("xcomp", "ccomp"):
        yield from _ceased(lexicon, above)
    elif name is not None:
        yield from _in_mood(lexicon, name, above, past=past, awaited=awaited)
    elif above.lemma_ == "be" and node.dep_ == "xcomp" and has_to(node):
        yield Reality(Status.SCHEDULED, ("is to",))
    elif not is_finite(node):
        yield from modal(lexicon, above)


def _ceased(lexicon: StatusLexicon, above: Token) -> Iterator[Reality]:
    """What ends on a date is as real as its ending: "stopped selling the car in May"."""
    if above.tag_ == "VBD" or (is_finite(above) and above.tag_ == "VBN"):
        denied = negation_of(lexicon, above)
        yield Reality(Status.OCCURRED, (above.lower_,)) if denied is None else Reality(Status.DENIED, (denied.lower_,))
    yield from modal(lexicon, above)


def _granted(lexicon: StatusLexicon, asking: Token) -> Token | None:
    """The verb of "granted a request to extend it to May 3" and "has agreed to one": what was asked is fixed."""
    if asking.pos_ != "NOUN" or asking.lemma_.lower() not in lexicon.requests:
        return None
    verb = asking.head.head if asking.dep_ == "pobj" and asking.head.lower_ == "to" else asking.head
    given = is_verb(verb) and lemma(verb, lexicon.grants) in lexicon.grants and verb.tag_ in ("VBD", "VBN", "VBZ")
    return verb if given and negation_of(lexicon, verb) is None and not is_unreal(lexicon, verb) else None


def _in_mood(lexicon: StatusLexicon, name: str, above: Token, *, past: bool, awaited: bool) -> Iterator[Reality]:
    """The status that `name` gives, in the light of what stands around it."""
    status = lexicon.governors[name]
    negation = negation_of(lexicon, above) if is_verb(above) else _no(lexicon, above)
    if awaited and (negation is not None or name in _DOUBTFUL):
        yield Reality(Status.PROPOSED, (name,))  # "unlikely to apply before 2026" expects it later
    elif negation is not None:
        came = Status.OCCURRED if past else Status.HYPOTHETICAL if name in lexicon.endings else Status.PROPOSED
        yield Reality(came if status is Status.DENIED else Status.DENIED, (negation.lower_, name))
    elif (verb := undone_by(lexicon, above)) is not None and status in _PLANS:
        yield Reality(Status.CANCELLED, (verb.lower_, name))
    elif past and name in lexicon.implied and not is_unreal(lexicon, above):
        yield Reality(Status.OCCURRED, (name,))
    elif (granted := _granted(lexicon, above)) is not None:
        yield Reality(Status.SCHEDULED, (granted.lower_, name))
    elif status in _PLANS and is_verb(above) and (mood := next(modal(lexicon, above), None)):
        yield mood if mood.status is not Status.SCHEDULED else Reality(status, (name,))
    else:
        yield Reality(status, (name,))


def _no(lexicon: StatusLexicon, noun: Token) -> Token | None:
    return next((t for t in noun.children if t.dep_ in ("det", "neg") and t.lower_ in lexicon.negations), None)


def _is_reduced(node: Token) -> bool:
    """True for a clause that describes a noun rather than completes it: "a bill passed on 13 March"."""
    bare = node.tag_ in ("VBN", "VBD") and not any(t.dep_ in ("aux", "auxpass", "mark") for t in node.children)
    return node.dep_ in ("acl", "relcl") and bare


def _is_report(ontology: Ontology, node: Token, above: Token) -> bool:
    """True for a finite clause that somebody says: the saying does not colour what is said."""
    if node.dep_ != "ccomp" or not is_finite(node) or lemma(above, ontology.speech.verbs) not in ontology.speech.verbs:
        return False
    wished = node.tag_ in ("VB", "VBP") and not any(t.tag_ in ("MD", "VBP", "VBZ") for t in auxiliaries(node))
    return not (wished and lemma(above, ontology.status.governors) in ontology.status.governors)


def _names(lexicon: StatusLexicon, governor: Token, carrier: Token | None = None) -> list[str]:
    """The words by which `governor` (and the verb that carries it) may stand in the lexicon, longest first."""
    base = lemma(governor, lexicon.governors)
    names = [f"{base} {t.lower_}" for t in governor.children if t.dep_ in ("prt", "advmod")]
    names += [governor.lower_, base]
    for verb in (governor, *((carrier,) if carrier is not None else ())):
        if verb.lemma_ in _COPULAS or (carrier is not None and verb.i == carrier.i):
            names += [t.lemma_.lower() for t in verb.children if t.dep_ in (*_COMPLEMENTS, "prep")]
            names += [t.lemma_.lower() for t in verb.children if t.dep_ == "nsubj" and t.pos_ == "NOUN"]
        names += [t.lower_ for t in verb.children if t.lower_ == "due"]
    if carrier is not None:
        names.append(carrier.lemma_.lower())
    elif is_verb(governor):
        names += [t.lemma_.lower() for t in governor.children if t.dep_ in _COMPLEMENTS]
    return names


def _plan(lexicon: StatusLexicon, names: list[str]) -> str | None:
    plans = (n for n in names if lexicon.governors.get(n) in _PLANS)
    return next((n for n in plans if n not in lexicon.no_plans and n not in lexicon.implied - {"set"}), None)


def _with_conjoined(verb: Token) -> Iterator[Token]:
    """`verb`, and the first of the verbs that it is coordinated with."""
    yield verb
    node = verb
    for _ in range(_CLIMB):
        if node.dep_ != "conj" or not is_verb(node.head):
            break
        node = node.head
    if node.i != verb.i:
        yield node


def _above(token: Token) -> Iterator[Token]:
    """Up through the clauses that `token` depends on, as far as they colour it."""
    node = token
    for _ in range(_CLIMB):
        if node.head.i == node.i or node.dep_ not in _UP or is_run_on(node):
            return
        if node.dep_ == "conj" and (any(t.dep_ in ANY_SUBJECT for t in node.children) or _leaves_infinitive(node)):
            return
        if node.dep_ == "advcl" and not _is_complement(node):
            return
        node = node.head
        yield node


def _leaves_infinitive(node: Token) -> bool:
    """True for "replaced" in "agreed to pay the fine and replaced its board": no infinitive, so not agreed to."""
    return node.tag_ in ("VBD", "VBZ", "VBP") and node.head.tag_ == "VB"


def _is_complement(clause: Token) -> bool:
    """True for an infinitive, and for a gerund right behind a phrasal verb ("ruled out running")."""
    if clause.tag_ == "VB":
        return True
    return clause.tag_ == "VBG" and any(t.dep_ == "prt" and t.i == clause.i - 1 for t in clause.head.children)
