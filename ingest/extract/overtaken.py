"""Days that no longer hold, by their own sentence: "was to open today", "once due in May", "the fair set for May fell".

Read before any other reading of a status, for each of them says more than tense or a governing word. What a later
sentence takes back is read in `supersession`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.dating import Dating
from ingest.extract.embedding import ending_of, is_unreal, main_verb, moves_day, undone_by
from ingest.extract.grammar import (
    ANY_SUBJECT,
    ARGUMENTS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    auxiliaries,
    has_to,
    is_passive,
    is_verb,
)
from ingest.extract.modality import Reality, carrier_of, conditional, is_no_longer, negation_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Token
from kb.model import Status
from kb.ontology.model import Ontology, StatusLexicon

AT_FIRST = ("originally", "initially", "previously")
"""Beside a day: it was the first one, and there is another now."""
_EARLY = frozenset(("originally", "initially", "once", "formerly"))
_WHEN = ("prep", "npadvmod", "advmod", "acomp")
_WAS = ("was", "were")
_NOW = frozenset(("until", "till", "now", "instead", "waived"))
"""Behind a day on which something was due they give another one, or none."""
_STILL = ("still", "yet")
_SPANS = ("from", "after", "since")
_PLANS = (Status.SCHEDULED, Status.PROPOSED)
_COPULAS = ("be", "look", "seem")
_ENDED = (Status.CANCELLED, Status.DENIED)
_LATER = ("later", "late", "instead")
_OTHER_CLAUSES = ("conj", "ccomp", "advcl", "parataxis", "cc")
_BESIDE = 3
"""Tokens before a day among which the word stands that puts something on it: "hoped for in May"."""
_SOON = 3
"""Days from publication within which "was to" may be news of what comes."""
_COMPLEMENTS = ("acomp", "attr", "oprd", "advmod", "prep")
_CLIMB = 4


def overtaken(ontology: Ontology, trigger: Token, dating: Dating | None, *, deadline: bool) -> Iterator[Reality]:
    """Cancelled, with the words for it, where the event was to be on the date and something came in its way.

    `deadline` says that it is one: "the bank was to report by Wednesday" still stands, until it gets another day.
    """
    if dating is not None:
        yield from _was_to(ontology, trigger, dating, deadline=deadline)
        yield from _at_first(ontology, trigger)
        if not deadline:
            yield from _for_a_day_gone(ontology, trigger, dating)
        yield from _came_to_nothing(ontology, trigger, dating)
        yield from _no_longer(ontology.status, trigger, dating, deadline=deadline)
    if deadline:
        yield from _superseded(ontology, trigger, dating)


def _no_longer(lexicon: StatusLexicon, trigger: Token, dating: Dating, *, deadline: bool) -> Iterator[Reality]:
    """A plan or a duty that is none any more: "need no longer file by May", "is no longer foreseen in 2024".

    What no longer applies from a day on is a rule that changes then.
    """
    node = carrier_of(trigger)
    if node is None or dating.past or dating.word_before in _SPANS:
        return
    for verb in (node, *((node.head,) if node.dep_ == "xcomp" else ())):
        planned = lexicon.governors.get(lemma(verb, lexicon.governors)) in _PLANS
        if (deadline or planned) and is_no_longer(verb):
            yield Reality(Status.CANCELLED, ("no longer",))
            return


def _was_to(ontology: Ontology, trigger: Token, dating: Dating, *, deadline: bool) -> Iterator[Reality]:
    """ "The shares were to be listed on Tuesday", told before Tuesday and in nobody's mouth; "was meant to open".

    A sentence that says nothing else, of these days, is how agencies tell what comes: "the House was to vote".
    """
    verb = carrier_of(trigger)
    if verb is None or dating.past or (deadline and not dating.future):
        return
    first = verb.head if verb.dep_ == "conj" and has_to(verb.head) else verb
    above = first.head
    be = _past_be(ontology.status, above)
    if be is None or first.dep_ not in ("xcomp", "ccomp") or not has_to(first) or _is_reported(ontology, above):
        return
    news = above.dep_ == "ROOT" and dating.days_off <= _SOON
    news = news and not any(_says_more(t) or t.lower_ == "first" for t in above.children)
    if not news and next(conditional(ontology.status, above), None) is None:
        yield Reality(Status.CANCELLED, (be.lower_, "to"))


def _says_more(part: Token) -> bool:
    """True for a clause beside a plan that may overtake it; not for a second plan: "…, and they would publish it"."""
    if part.dep_ == "cc":
        return part.lower_ != "and"
    return part.dep_ in _OTHER_CLAUSES and not any(t.lower_ in ("would", *_WAS) for t in auxiliaries(part))


def _past_be(lexicon: StatusLexicon, above: Token) -> Token | None:
    """The "was" of "was to open", "was meant to open" and "was about to open"; None of "was likely to open"."""
    meant = above.lemma_.lower() in lexicon.meant
    if meant and is_verb(above) and is_passive(above):
        be = next((t for t in auxiliaries(above) if t.lower_ in _WAS), None)
        return None if len(auxiliaries(above)) > 1 else be
    if meant and above.head.lower_ in _WAS and above.dep_ in _COMPLEMENTS:
        return above.head
    bare = above.lower_ in _WAS and not any(t.dep_ in ("acomp", "attr", "oprd", "neg") for t in above.children)
    return above if bare else None


def _is_reported(ontology: Ontology, verb: Token) -> bool:
    """True in a clause that somebody says: "she said that talks were to resume on Monday" speaks of what will be."""
    node = verb
    for _ in range(_CLIMB):
        if node.dep_ == "ccomp":
            return lemma(node.head, ontology.speech.verbs) in ontology.speech.verbs
        if node.dep_ not in ("conj", "relcl", "advcl") or node.head.i == node.i:
            return False
        node = node.head
    return False


def superseding(lexicon: StatusLexicon, noun: Token) -> Token | None:
    """The adjective that says of a date that there is another now: "the old date", "a first target"."""
    return next((t for t in noun.children if t.dep_ == "amod" and t.lower_ in lexicon.superseded), None)


def _at_first(ontology: Ontology, trigger: Token) -> Iterator[Reality]:
    """A day that was only the first one: "once due in May", "was first set for April 26", "originally to lapse"."""
    if trigger.lemma_.lower() in ontology.words.day_nouns:
        lexicon = ontology.status
        gone = superseding(lexicon, trigger) or undone_date(lexicon, trigger)
        if gone is not None:
            yield Reality(Status.CANCELLED, (gone.lower_,))
    for word in _plan_words(ontology, trigger):
        early = next((t.lower_ for t in _beside(word) if t.lower_ in _EARLY or _is_first(word, t)), None)
        if early is not None:
            yield Reality(Status.CANCELLED, (early, word.lower_))


def _plan_words(ontology: Ontology, trigger: Token) -> Iterator[Token]:
    """What puts the trigger on its day: itself, a word above its infinitive, a participle on a noun, a passive."""
    above = trigger.head
    hosts = [trigger, *((above,) if above.i != trigger.i and (has_to(trigger) or not is_verb(trigger)) else ())]
    if not is_verb(trigger):
        hosts += [t for t in trigger.children if t.dep_ in ("acl", "amod", "relcl")]
    for word in hosts:
        name = lemma(word, ontology.words.fixing)
        planned = name in ontology.words.only_planned or (
            name == "set" and any(t.lower_ in ("for", "to") for t in word.children)
        )
        if (planned and (word.lower_ == "due" or word.tag_ == "VBN")) or (is_verb(word) and has_to(word)):
            yield word


def _beside(word: Token) -> Iterator[Token]:
    """Adverbs on the word, on the "be" above its infinitive, and what stands right before it."""
    yield from (t for t in word.children if t.dep_ in ("advmod", "mark", "amod"))
    if word.head.lower_ in ("was", "were") and word.dep_ == "xcomp":
        yield from (t for t in word.head.children if t.dep_ == "advmod")
    first = next((t for t in word.lefts if t.tag_ == "TO"), word)
    if first.i > first.sent.start:
        yield first.nbor(-1)


def _is_first(word: Token, token: Token) -> bool:
    return token.lower_ == "first" and token.i == word.i - 1 and not has_to(word)


def _came_to_nothing(ontology: Ontology, trigger: Token, dating: Dating) -> Iterator[Reality]:
    """What was put on a day, and what its sentence says became of it: "the fair, planned for June, is off"."""
    word = _plan_word(ontology, trigger, dating)
    thing = _thing(word) if word is not None else trigger
    if thing is None or thing.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ") or is_verb(thing):
        return
    lexicon, verb = ontology.status, main_verb(thing.head)
    undone = undone_by(lexicon, thing) if word is not None else None
    if undone is not None:
        yield Reality(Status.CANCELLED, (undone.lower_,))
    elif thing.dep_ in ANY_SUBJECT and is_verb(verb):
        if word is not None and _is_plan(ontology, word) and (other := _other_day(ontology, verb, dating)) is not None:
            yield Reality(Status.CANCELLED, (verb.lower_, other.lower_))
        if word is not None and _is_only_plan(ontology, word):
            yield from _left_undone(lexicon, verb, past=dating.past)
        yield from _fate(ontology, verb, planned=word is not None, past=dating.past)


def _is_only_plan(ontology: Ontology, word: Token) -> bool:
    """True for "planned" and for "set for May"; not for the posts that were set up in July."""
    name = lemma(word, ontology.words.fixing)
    return (
        name in ontology.words.only_planned
        or name in ontology.status.promised
        or any(t.lower_ == "for" for t in word.children)
    )


def _left_undone(lexicon: StatusLexicon, verb: Token, *, past: bool) -> Iterator[Reality]:
    """What is told of a thing that was put on a day: "is held up", "looks unlikely", "has still to be published"."""
    inner = _leads_down_to(verb)
    if negation_of(lexicon, verb) is not None or negation_of(lexicon, inner) is not None or _is_open(lexicon, verb):
        return
    phrases = (lemma(inner, lexicon.stopped), *(f"{inner.lemma_} {t.lower_}" for t in inner.children))
    if is_passive(inner) and any(phrase in lexicon.stopped for phrase in phrases):
        yield Reality(Status.CANCELLED, (inner.lower_,))
    if inner.i != verb.i and inner.lemma_ in lexicon.failing:
        yield Reality(Status.CANCELLED, (inner.lower_,))
    if inner.i != verb.i and (moves_day(lexicon, inner) or ending_of(lexicon, inner) in _ENDED):
        yield Reality(Status.CANCELLED, (inner.lower_,))
    if verb.lemma_ in _COPULAS and (cue := _complement_in(verb, lexicon.unmet)) is not None:
        yield Reality(Status.CANCELLED, (cue,))
    waits = (t for host in (verb, inner) for t in host.children if t.lower_ in _STILL)
    if past and inner.i != verb.i and verb.lemma_ in ("have", "be") and (still := next(waits, None)) is not None:
        yield Reality(Status.CANCELLED, (still.lower_, "to"))


def _is_open(lexicon: StatusLexicon, verb: Token) -> bool:
    """True under "may" and the like, and under a condition; not under "will"."""
    moods = (lexicon.modals.get(t.lower_) for t in auxiliaries(verb))
    return any(m is not None and m is not Status.SCHEDULED for m in moods) or (
        next(conditional(lexicon, verb), None) is not None
    )


def _leads_down_to(verb: Token) -> Token:
    """The infinitive that "are likely to be put off" and "has still to be published" come down to; else `verb`."""
    node = verb
    for _ in range(_CLIMB):
        below = (t for t in node.rights if t.dep_ in ("acomp", "oprd") or (t.dep_ == "xcomp" and has_to(t)))
        found = next(below, None)
        if found is None:
            break
        node = found
    return node if is_verb(node) else verb


def _for_a_day_gone(ontology: Ontology, trigger: Token, dating: Dating) -> Iterator[Reality]:
    """ "An ethics body, promised for 2020, may be proposed soon": a day that is over, and nobody says that it came.

    What is told to have taken place is left alone: "the hearing planned for Tuesday went ahead".
    """
    doc, start = dating.expression.doc, dating.start
    if not dating.past or start == 0 or doc[start - 1].lower_ != "for":
        return
    promised, happening = (
        ontology.status.promised,
        ontology.words.happening | ontology.words.taking_place | ontology.words.appearing,
    )
    word = next((t for t in (trigger, doc[start - 1].head) if lemma(t, promised) in promised), None)
    if word is None or word.tag_ not in ("VBN", "VBD") or trigger.i not in (word.i, word.head.i):
        return
    thing = _thing(word) if not _is_main(word) else None
    verb = main_verb(thing.head) if thing is not None else word
    if lemma(verb, happening) not in happening or negation_of(ontology.status, verb) is not None:
        yield Reality(Status.CANCELLED, (word.lower_, "for"))


def _other_day(ontology: Ontology, verb: Token, dating: Dating) -> Token | None:
    """What gives the thing another day: "the primary, due on April 4, will be held on June 20", "will come later"."""
    name = lemma(verb, ontology.words.happening)
    if (
        name not in ontology.words.happening | ontology.words.taking_place | ontology.words.appearing
        or verb.i < dating.start
    ):
        return None
    if negation_of(ontology.status, verb) is not None or next(conditional(ontology.status, verb), None) is not None:
        return None
    behind = [t for host in verb.rights if host.dep_ in _WHEN for t in (host, *host.children)]
    days = (t for t in behind if t.lower_ in _LATER or (t.ent_type_ == "DATE" and not dating.holds(t)))
    return next(days, None)


def _plan_word(ontology: Ontology, trigger: Token, dating: Dating) -> Token | None:
    """The participle or "due" without a verb of its own that ties the trigger to its date."""
    doc, start = trigger.doc, max(dating.start - _BESIDE, trigger.sent.start)
    near = [*doc[start : dating.start]]
    beside: list[Token] = [trigger, trigger.head, *_before_infinitive(trigger), *near]
    for word in (*beside, *(due for verb in near for due in _before_infinitive(verb))):
        participle = word.tag_ == "VBN" or (word.tag_ == "VBD" and word.dep_ == "acl")
        if word.lower_ != "due" and (not participle or (auxiliaries(word) and word.dep_ != "relcl")):
            continue
        if (_is_plan(ontology, word) or any(t.lower_ == "for" for t in word.children)) and not _is_main(word):
            return word
    return None


def _is_plan(ontology: Ontology, word: Token) -> bool:
    """True for words that put something on a day by themselves: "due", "planned", "promised"."""
    name = lemma(word, ontology.words.fixing)
    return word.lower_ == "due" or name in ontology.words.fixing or name in ontology.status.promised


def _before_infinitive(verb: Token) -> Iterator[Token]:
    """The "due" of "due to begin", wherever the parser hangs the two."""
    yield from (t.nbor(-1) for t in verb.lefts if t.tag_ == "TO" and t.i > t.sent.start)


def _is_main(word: Token) -> bool:
    """True for the "due" of "is due" and for a participle that is the verb of its clause."""
    return word.dep_ in ("acomp", "ROOT", "conj", "ccomp", "oprd", "attr", "xcomp")


def _thing(word: Token) -> Token | None:
    """The noun that `word` puts on a day, out of the phrases inside it: "exams for civil servants set for July"."""
    node: Token = word.head
    if is_verb(node):
        nouns: list[Token] = [t for t in node.children if t.dep_ in ARGUMENTS and t.i < word.i]
        return nouns[-1] if nouns else None
    for _ in range(_CLIMB):
        if node.dep_ not in ("pobj", "prep", "compound"):
            break
        node = node.head
    return node


def _fate(ontology: Ontology, verb: Token, *, planned: bool, past: bool) -> Iterator[Reality]:
    """What the verb says of a subject that was put on a day (`planned`), or that has one to come."""
    lexicon, name = ontology.status, lemma(verb, ontology.words.happening)
    if not planned and past:
        return
    takes_place = name in ontology.words.happening or name in ontology.words.taking_place
    negation = negation_of(lexicon, verb)
    now = next((t for t in verb.children if t.lower_ == "now" and t.dep_ == "advmod"), None)
    undone = takes_place or (past and (is_passive(verb) or not any(t.dep_ in OBJECTS for t in verb.children)))
    if negation is not None and ((planned and undone) or (takes_place and name in ontology.words.held)):
        yield Reality(Status.CANCELLED, (negation.lower_,))
    elif negation is None and not is_unreal(lexicon, verb):
        cue = _failing(lexicon, verb) or (_complement_in(verb, lexicon.dead) if verb.lemma_ in _COPULAS else None)
        moved = verb.lower_ if planned and moves_day(lexicon, verb) and is_passive(verb) else None
        cue = cue or moved or (now.lower_ if now is not None and planned else None)
        if cue is not None:
            yield Reality(Status.CANCELLED, (cue,))
    elif now is not None and planned:
        yield Reality(Status.CANCELLED, (now.lower_,))


def _failing(lexicon: StatusLexicon, verb: Token) -> str | None:
    base = verb.lemma_.lower()
    if ending_of(lexicon, verb) is Status.CANCELLED and is_passive(verb):
        return verb.lower_
    phrases = (f"{base} {t.lower_}" for t in verb.children if t.dep_ in ("prt", "advmod", "prep"))
    found = base in lexicon.failing or any(phrase in lexicon.failing for phrase in phrases)
    nothing = base == "come" and any(c.lower_ == "nothing" for t in verb.children for c in t.children)
    return verb.lower_ if (found or nothing) and not is_passive(verb) else None


def _complement_in(verb: Token, words: frozenset[str]) -> str | None:
    """What the complement of `verb` says of its subject, if that is among `words`."""
    for child in verb.rights:
        if child.dep_ in _COMPLEMENTS:
            said = (child.lower_, *(f"{child.lower_} {t.lower_}" for t in child.children))
            found = next((word for word in said if word in words), None)
            if found is not None:
                return found
    return None


def _superseded(ontology: Ontology, trigger: Token, dating: Dating | None) -> Iterator[Reality]:
    """A date that no longer holds: "originally due in May", "the old deadline", "the May 1 deadline was extended"."""
    lexicon = ontology.status
    past = dating is not None and dating.past
    if trigger.lower_ == "due" and any(t.lower_ == "had" for t in auxiliaries(trigger.head)):
        yield Reality(Status.CANCELLED, ("had", trigger.lower_))
    if trigger.lower_ == "due" and past and dating is not None and trigger.head.lower_ in _WAS:
        behind = trigger.doc[dating.expression.end : trigger.sent.end]
        later = (t for t in behind if t.lower_ in _NOW or lemma(t, lexicon.moves) in lexicon.moves)
        yield from (Reality(Status.CANCELLED, ("due", t.lower_)) for t in later)
    near = trigger.doc[max(trigger.i - 8, trigger.sent.start) : min(trigger.i + 8, trigger.sent.end)]
    word = next((t.lower_ for t in near if t.lower_ in AT_FIRST or _is_at_first(t)), None)
    if word and (past or word != "previously"):
        yield Reality(Status.CANCELLED, (word,))
    if is_verb(trigger) or dating is None:
        return
    old = superseding(lexicon, trigger)
    moved = moving_verb(lexicon, trigger)
    if moved is not None and not is_unreal(lexicon, moved) and _leads_off(dating):
        yield Reality(Status.CANCELLED, (moved.lower_,))
    elif old is not None and old.lower_ != "first" and not _is_gone(ontology, trigger):
        yield Reality(Status.CANCELLED, (old.lower_,))


def undone_date(lexicon: StatusLexicon, day: Token) -> Token | None:
    """The verb that moves `day` or gives it up, told as a fact; whoever missed a date has not undone it."""
    verb = moving_verb(lexicon, day) or undone_by(lexicon, day)
    return None if verb is None or verb.lemma_ == "miss" or is_unreal(lexicon, verb) else verb


def moving_verb(lexicon: StatusLexicon, deadline: Token) -> Token | None:
    """The verb that gives `deadline` another day: "extended", "was pushed back"."""
    verb = deadline.head
    if not is_verb(verb) or not (deadline.dep_ in OBJECTS or deadline.dep_ in PASSIVE_SUBJECTS):
        return None
    return verb if moves_day(lexicon, verb) else None


def _leads_off(dating: Dating) -> bool:
    """True unless the date is the new one: "to June 1", "until June 1"."""
    start = dating.start
    return start == 0 or dating.expression.doc[start - 1].lower_ not in ("to", "until", "till", "through", "by")


def _is_gone(ontology: Ontology, deadline: Token) -> bool:
    return any(t.lemma_ in ontology.words.passing and t.dep_ != "aux" for t in deadline.sent if is_verb(t))


def came_and_went(ontology: Ontology, verb: Token) -> Token | None:
    """The "went" of "the date came and went", the "passed" of "the deadline passed without a deal"."""
    told = (t for t in (verb, *verb.rights) if t.i == verb.i or t.dep_ == "conj")
    return next((t for t in told if t.lemma_ in ontology.words.passing and t.tag_ == "VBD" and is_verb(t)), None)


def _is_at_first(token: Token) -> bool:
    """True for "at first" and for the "first" of "comments were first due"."""
    if token.lower_ != "first" or token.i == 0 or token.i + 1 == len(token.doc):
        return False
    return token.nbor(-1).lower_ == "at" or token.nbor(1).lower_ in ("due", "set", "scheduled", "planned", "expected")
