"""Which predicate a calendar expression dates: read off the parse, and repaired where the parse is known to err.

The expression hangs, through prepositions, on a verb or a noun. A verb is the event, or leads down to it (`descent`);
so is an event noun; any other noun passes the time on to the verb above it. `sharing` then adds the predicates that
have the same date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ingest.extract.dating import Dating, root_of
from ingest.extract.deadlines import duty_cue
from ingest.extract.descent import step_in
from ingest.extract.ellipsis import gap_before
from ingest.extract.embedding import ending_of, main_verb
from ingest.extract.grammar import (
    ANY_SUBJECT,
    AUXILIARIES,
    OBJECTS,
    PASSIVE_SUBJECTS,
    RELATIVES,
    SUBJECTS,
    TENSES,
    Reading,
    has_to,
    is_passive,
    is_verb,
)
from ingest.extract.lasting import is_state
from ingest.extract.moves import changed_on, dated_deadline, mover_to
from ingest.extract.nearer import nearer_noun
from ingest.extract.overtaken import AT_FIRST, superseding, undone_date
from ingest.extract.participles import taken_for_participle
from ingest.extract.sayings import is_of_saying, what_is_said
from ingest.extract.things import is_of_thing
from ingest.extract.triggers import is_event_noun, lemma
from ingest.nlp.words import Span, Token
from kb.model import Status
from kb.ontology.model import Ontology

_LATELY = timedelta(days=8)
"""Before the day of publication, within which a day is told by its weekday alone."""
_CLIMB = 12
"""Steps up the tree before an attachment counts as hopeless."""
_CONTENT = ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
_BULLETS = ("-", "–", "—", "*", "•", "·", "▪", "◦", "(")
_BARE_FORMS = ("NN", "JJ")
_PLURALS = ("NNS", "NNPS")
_THESE = frozenset(("these", "those", "they", "we", "both", "all"))
"""Before what may be a verb, as plurals are: "these convene on 23 March"."""
_LABEL_ENDS = (":", "–", "—", "-", "--")
_LINE = 40
"""Tokens behind a label that may hold what it dates."""
_REDUCED = ("acl", "advcl", "prep", "pcomp", "relcl", "amod")
_TRANSPARENT = frozenset(("against", "about", "over", "on", "with", "regarding", "concerning", "upon"))
"""Prepositions whose noun is what a verb is about: "appealed against the ruling in May" dates the appeal."""


def governor_of(reading: Reading, ontology: Ontology, dating: Dating) -> Token | None:
    """The verb or noun that the expression puts in time; None if it dates nothing."""
    found = _found(reading, ontology, dating)
    if found is not None and (changed := changed_on(ontology, dating, found)) is not None:
        return changed
    if found is not None and (nearer := nearer_noun(reading, ontology, dating, found)) is not None:
        return nearer if is_event_noun(reading, ontology, nearer) else None
    if found is None or is_of_saying(ontology, found, dating):
        return None if found is not None and is_of_thing(reading, ontology, dating, found) else found
    inner = what_is_said(found, dating)
    return None if inner is None else step_in(reading, ontology, inner, dating)


def _found(reading: Reading, ontology: Ontology, dating: Dating) -> Token | None:
    return (
        dated_deadline(dating)
        or _time_for(ontology, dating)
        or _distance(reading, ontology, dating.expression)
        or _labelled(reading, ontology, dating.expression)
        or mover_to(ontology, dating)
        or _old_date(ontology, dating)
        or _first_date_of(dating)
        or _told_before(dating)
        or _state_since(dating)
        or _counted_since(reading, dating)
        or _undone_subject(ontology, dating)
        or _told_for_two(reading, dating)
        or _told_by_participle(dating)
        or _climb(reading, ontology, dating)
        or _taken_for_noun(ontology, dating)
    )


def _told_for_two(reading: Reading, dating: Dating) -> Token | None:
    """The verb that has its word in another clause: "the Senate voted on May 3 and the House on May 5"."""
    gap = gap_before(reading, dating.expression)
    return None if gap is None else gap.verb


def _taken_for_noun(ontology: Ontology, dating: Dating) -> Token | None:
    """The "docks" of "a ship with petrol docks tomorrow", taken for a noun by the tagger: nothing else has a tense."""
    doc, sentence = dating.expression.doc, dating.expression.sent
    at = dating.start - 1
    if at > sentence.start and doc[at].pos_ == "ADP":
        at -= 1
    if at <= sentence.start or len(sentence) > _LINE or any(t.tag_ in TENSES for t in sentence):
        return None
    word, before = doc[at], doc[at - 1]
    many = before.tag_ in _PLURALS or before.lower_ in _THESE
    if word.tag_ != "NNS" and not (word.tag_ in _BARE_FORMS and many):
        return None
    return word if lemma(word, ontology.verbs) in ontology.verbs else None


def _told_by_participle(dating: Dating) -> Token | None:
    """The "capped" of "The bank capped card fees on Friday", which the parser takes for a part of its object."""
    noun = root_of(dating.expression).head
    noun = noun.head if noun.pos_ == "ADP" else noun
    return taken_for_participle(noun) if noun.i < dating.start else None


def _undone_subject(ontology: Ontology, dating: Dating) -> Token | None:
    """The "trip" of "a trip to Rome this week was scrapped": a day before its verb is that of what was to be."""
    verb = root_of(dating.expression).head
    verb = verb.head if verb.pos_ == "ADP" else verb
    if not is_verb(verb) or not is_passive(verb) or ending_of(ontology.status, verb) is not Status.CANCELLED:
        return None
    subject = next((t for t in verb.lefts if t.dep_ in PASSIVE_SUBJECTS), None)
    first = min((t.i for t in verb.lefts if t.dep_ in AUXILIARIES), default=verb.i)
    if subject is None or subject.pos_ != "NOUN" or not subject.i < dating.start < first:
        return None
    return subject


def _old_date(ontology: Ontology, dating: Dating) -> Token | None:
    """The noun of "the old date of 31 December was moved", which has a day of its own beside that of the moving.

    So has "the vote of July 7" that somebody put off.
    """
    doc, start = dating.expression.doc, dating.start
    if start < dating.expression.sent.start + 2 or doc[start - 1].lower_ != "of":
        return None
    noun, lexicon = doc[start - 2], ontology.status
    if noun.lemma_.lower() in ontology.words.day_nouns and superseding(lexicon, noun) is not None:
        return noun
    dated = noun.lemma_.lower() in ontology.words.day_nouns or (not dating.past and noun.pos_ == "NOUN")
    return noun if dated and undone_date(lexicon, noun) is not None else None


def _first_date_of(dating: Dating) -> Token | None:
    """The "deadline" of "the deadline for bids, originally May 1, was extended"."""
    doc, start = dating.expression.doc, dating.start
    if start < dating.expression.sent.start + 3 or doc[start - 1].lower_ not in AT_FIRST:
        return None
    node = doc[start - 3] if doc[start - 2].text in (",", "(") else None
    for _ in range(_CLIMB):
        if node is None or node.dep_ not in ("pobj", "prep", "compound", "conj"):
            break
        node = node.head
    return node if node is not None and node.pos_ == "NOUN" else None


def _told_before(dating: Dating) -> Token | None:
    """The "said" of "said on Monday it would appeal", where the parser hangs the day on the clause behind it."""
    node = root_of(dating.expression)
    for _ in range(_CLIMB):
        if is_verb(node) or node.head.i == node.i:
            break
        node = node.head
    above = node.head
    if node.dep_ not in ("ccomp", "advcl") or not above.i < dating.start < node.i or above.tag_ != "VBD":
        return None
    subjects = [t for t in node.lefts if t.dep_ in ANY_SUBJECT]
    if not is_verb(node) or not subjects or dating.future or _is_in_subject(dating, above, subjects):
        return None
    opened = any(t.dep_ in ("mark", "advmod") and above.i < t.i < dating.start for t in node.lefts)
    return None if opened else above


def _is_in_subject(dating: Dating, above: Token, subjects: Sequence[Token]) -> bool:
    """True for "said profits for 2004 rose" and "said supply last month fell": the clause has begun before the day."""
    begun = (t for t in subjects if above.i < t.i < dating.start)
    around = (t for t in subjects if t.pos_ != "PRON" and t.left_edge.i <= dating.start <= t.right_edge.i)
    return next(begun, None) is not None or next(around, None) is not None


def _state_since(dating: Dating) -> Token | None:
    """The "strike" of "writers, on strike since May, met them": a state, and no part of what the sentence tells."""
    before = dating.start - (1 if dating.expression[0].lower_ == "since" else 2)
    if not dating.since or before < dating.expression.sent.start:
        return None
    noun = dating.expression.doc[before]
    return noun if is_state(noun) else None


def _counted_since(reading: Reading, dating: Dating) -> Token | None:
    """What is counted since a past day under a duty: "give details of all purchases since April 12" dates purchases."""
    before = dating.start - (1 if dating.expression[0].lower_ == "since" else 2)
    if not (dating.since and dating.past) or before < dating.expression.sent.start:
        return None
    noun, verb = reading.doc[before], _anchor(reading, dating.expression)
    to_do = verb is not None and verb.tag_ == "VB" and before > verb.i
    return noun if to_do and noun.pos_ == "NOUN" else None


def _climb(reading: Reading, ontology: Ontology, dating: Dating) -> Token | None:
    node = _anchor(reading, dating.expression)
    for _ in range(_CLIMB):
        if node is None:
            break
        if is_verb(node):
            above = _step_out(reading, ontology, node, dating)
            if above is None:
                return step_in(reading, ontology, node, dating)
            if not is_verb(above) and is_event_noun(reading, ontology, above):
                return above
        elif is_event_noun(reading, ontology, node) and not _passes_on(ontology, node, dating):
            return node
        elif _is_premodifier(dating.expression, node) and not is_verb(node.head):
            return _told_in(ontology, node)
        elif node.head.i == node.i:
            nouns = (t for t in node.sent if is_event_noun(reading, ontology, t))
            return _told_under(node, dating) or next(nouns, None)
        else:
            above = node.head
        node = above
    return None


def _told_in(ontology: Ontology, document: Token) -> Token | None:
    """The "withdrew" of "in today's filing, the agency withdrew": what a document of a day tells was done in it."""
    verb = document.head.head
    inside = document.dep_ == "pobj" and document.head.lower_ == "in" and document.i < verb.i
    told = inside and is_verb(verb) and verb.tag_ == "VBD"
    return verb if told and document.lemma_.lower() in ontology.words.documents else None


def _told_under(noun: Token, dating: Dating) -> Token | None:
    """The "sailed" of "On 5 May, her brother Jan sailed to Oslo", which the parser takes for a relative clause."""
    opens = dating.start - dating.expression.sent.start <= 1
    clauses = (t for t in noun.rights if t.dep_ == "relcl" and t.tag_ in TENSES and is_verb(t)) if opens else ()
    subjects = ((t, next((c for c in t.lefts if c.dep_ in SUBJECTS), None)) for t in clauses)
    return next((t for t, own in subjects if own is not None and own.lower_ not in RELATIVES), None)


def _anchor(reading: Reading, expression: Span) -> Token | None:
    """The first token above the expression that is neither time nor preposition."""
    node = root_of(expression)
    for _ in range(_CLIMB):
        if node.head.i == node.i:
            return node if node.i not in reading.times and node.pos_ in _CONTENT else None
        dep, node = node.dep_, node.head
        inside = node.i in reading.times and not (is_verb(node) and not expression.start <= node.i < expression.end)
        if inside or (node.pos_ in ("ADP", "SCONJ", "PUNCT") and dep != "nsubj"):
            continue
        return _main_verb_over(node) if _opens_sentence(expression, dep) else node
    return None


def _opens_sentence(expression: Span, dep: str) -> bool:
    """True for "On Monday Chief Justice Roe told …", where the parser takes the day for a part of the name."""
    start = expression.sent.start
    leads = expression.start == start + 1 and expression.doc[start].pos_ == "ADP"
    return leads and dep in ("compound", "nmod", "amod", "npadvmod", "nummod")


def _main_verb_over(node: Token) -> Token:
    above = node
    for _ in range(_CLIMB):
        if is_verb(above) or above.head.i == above.i:
            break
        above = above.head
    return above if is_verb(above) else node


def _time_for(ontology: Ontology, dating: Dating) -> Token | None:
    """What there is time for: "had 30 days to answer", "has until June 30 to pay"."""
    expression = dating.expression
    nouns = (t for t in expression if t.pos_ in ("NOUN", "PROPN", "NUM"))
    hosts = [child for noun in nouns for child in noun.children]
    above = root_of(expression).head
    verb = above.head if above.pos_ == "ADP" else above
    if verb.lemma_ in ontology.words.timing and verb.i < expression.start:
        hosts += verb.children
    return next((t for t in hosts if t.i >= expression.end and is_verb(t) and has_to(t)), None)


def _distance(reading: Reading, ontology: Ontology, expression: Span) -> Token | None:
    """What is "eight days away": the event noun right before the expression."""
    doc, end = expression.doc, expression.end
    away = expression[-1].lower_ == "away" or (end < len(doc) and doc[end].lower_ == "away")
    if not away or expression.start == 0:
        return None
    before = doc[expression.start - 1]
    return next((t for t in (before, *before.lefts) if is_event_noun(reading, ontology, t)), None)


def _labelled(reading: Reading, ontology: Ontology, expression: Span) -> Token | None:
    """What a date at the head of a line is a label of: "June 2019: Parliament passes the act"."""
    doc, end = expression.doc, expression.end
    before = doc[expression.start - 1] if expression.start else None
    leads = before is None or "\n" in before.text_with_ws or before.text in _BULLETS
    if not leads or end + 1 >= len(doc) or doc[end].text not in _LABEL_ENDS:
        return None
    line = doc[end + 1 : min(end + _LINE, len(doc))]
    stop = next((t.i for t in line if "\n" in t.text_with_ws), len(doc))
    words = [t for t in line if t.i <= stop and t.i not in reading.times]
    roots = (t for t in words if is_verb(t) and t.dep_ in ("ROOT", "ccomp", "conj", "acl", "relcl"))
    return next(roots, None) or next((t for t in words if is_event_noun(reading, ontology, t)), None)


def _step_out(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Token | None:
    """The token to climb to when `verb` is not what the expression dates; None if it is."""
    if main_verb(verb).i != verb.i and verb.lemma_.lower() in ontology.words.fixing:
        return next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    outside = verb.dep_ in ("acl", "relcl") and (dating.start < verb.head.i < verb.i or _is_to_come(verb, dating))
    over = (
        dating.past
        and not dating.limit
        and (
            _is_act_over(ontology, verb)
            or _is_purpose(verb)
            or _is_planned(ontology, verb)
            or _is_charge(ontology, verb, dating)
        )
    )
    if verb.dep_ in AUXILIARIES or outside or over:
        return verb.head
    if (duty := _duty_over(ontology, verb, dating)) is not None:
        return duty
    reduced = verb.dep_ in _REDUCED and (
        not any(t.dep_ in AUXILIARIES for t in verb.children) or _is_fixed(ontology, verb)
    )
    return _out_of_participle(reading, ontology, verb, dating) if reduced else None


def _out_of_participle(reading: Reading, ontology: Ontology, verb: Token, dating: Dating) -> Token | None:
    words, name = ontology.words, verb.lemma_.lower()
    if verb.tag_ == "VBG" and name in words.starting:
        return _host(verb)
    if verb.tag_ == "VBN" and (name in words.fixing or _stands_for(dating)):
        return _event_noun_above(reading, ontology, verb)
    if (
        verb.tag_ == "VBN"
        and name in words.naming
        and dating.start
        and dating.expression.doc[dating.start - 1].is_punct
    ):
        return verb.head
    return None


def _is_fixed(ontology: Ontology, verb: Token) -> bool:
    """True for "that was planned": a relative clause that puts its noun on a date."""
    passive = any(t.dep_ in PASSIVE_SUBJECTS and t.lower_ in RELATIVES for t in verb.children)
    return passive and verb.lemma_.lower() in ontology.words.fixing


def _stands_for(dating: Dating) -> bool:
    """True behind "for": "a session announced for May" is in May."""
    return dating.start > 0 and dating.expression.doc[dating.start - 1].lower_ == "for"


def _is_to_come(verb: Token, dating: Dating) -> bool:
    """True for "showed the plan which will be debated last week": what is over is no day of a clause under "will"."""
    will = any(t.dep_ == "aux" and t.lower_ in ("will", "shall", "'ll") for t in verb.lefts)
    over = dating.published is not None and dating.interval.start < dating.published >= dating.interval.last
    return will and over and not dating.limit and verb.i < dating.start


def _is_act_over(ontology: Ontology, verb: Token) -> bool:
    """True for the infinitive in "had tried to ban the app in August": the trying is past, the ban never came."""
    head = verb.head
    if verb.tag_ == "VBG" and verb.dep_ == "xcomp" and head.tag_ == "VB" and head.dep_ in ("xcomp", "ccomp"):
        return _is_act_over(ontology, head)
    embedded = verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp")
    return embedded and head.tag_ in ("VBD", "VBN") and head.lemma_.lower() in ontology.words.acts


def _is_purpose(verb: Token) -> bool:
    """True for the infinitive in "a motion to dismiss" and "paid to settle": the date is that of the whole."""
    if verb.tag_ != "VB" or not has_to(verb):
        return False
    return verb.dep_ in ("acl", "relcl") or (verb.dep_ == "advcl" and verb.head.tag_ in ("VBD", "VBN"))


def _is_planned(ontology: Ontology, verb: Token) -> bool:
    """True for the "fixing" of "filed its plan for fixing the brakes on Friday": the date is that of the whole."""
    preposition = verb.head
    noun = preposition.head
    if verb.tag_ != "VBG" or preposition.lower_ != "for" or noun.dep_ not in OBJECTS or noun.head.tag_ != "VBD":
        return False
    return noun.pos_ == "NOUN" and ontology.status.governors.get(noun.lemma_.lower()) is Status.PROPOSED


def _duty_over(ontology: Ontology, verb: Token, dating: Dating) -> Token | None:
    """The "submit" of "must submit a plan to bring down soot by June 30": what is due on a day is the thing to be done.

    So is the "cap" of "must cap leaking wells by then". A year may well be that of what the plan is for.
    """
    if not dating.limit or dating.interval.length > 1 or not (verb.tag_ == "VBG" or has_to(verb)):
        return None
    noun = _host(verb)
    if verb.dep_ == "xcomp" and verb.i == noun.i + 1:
        above = noun
    elif verb.dep_ in ("acl", "pcomp") and noun.pos_ == "NOUN" and noun.dep_ in OBJECTS:
        above = noun.head
    else:
        return None
    goes_on = lemma(above, ontology.words.aspect) in ontology.words.aspect
    duty = is_verb(above) and not goes_on and duty_cue(ontology.status, above, dating.expression, dating.word_before)
    return above if duty else None


def _is_charge(ontology: Ontology, verb: Token, dating: Dating) -> bool:
    """True for "charged him with plotting a coup on Monday": a day of this week is that of the charge, not the deed."""
    above = _host(verb)
    above = above if is_verb(above) else above.head
    if verb.tag_ != "VBG" or verb.dep_ != "pcomp" or above.tag_ not in ("VBD", "VBN") or dating.published is None:
        return False
    near = dating.interval.length == 1 and dating.interval.start > dating.published - _LATELY
    return near and lemma(above, ontology.words.charging) in ontology.words.charging


def _event_noun_above(reading: Reading, ontology: Ontology, participle: Token) -> Token | None:
    """The event noun of "a meeting between Ann and Bob planned for May", where the parser picks Bob."""
    node = participle.head
    for _ in range(5):
        if is_event_noun(reading, ontology, node):
            return node
        if node.dep_ not in ("pobj", "prep", "conj", "appos", "compound") or node.head.i == node.i:
            return None
        node = node.head
    return None


def _host(participle: Token) -> Token:
    """Past the prepositions above a participle."""
    node = participle.head
    while node.pos_ == "ADP" and node.head.i != node.i:
        node = node.head
    return node


def _passes_on(ontology: Ontology, noun: Token, dating: Dating) -> bool:
    """True if the time behind an event noun is really the verb's: "appealed the ruling on Friday"."""
    if dating.start < noun.i or _opens(dating, noun):
        return False
    if noun.lemma_.lower() in ontology.words.documents:
        return True
    through = noun.head.lower_ in _TRANSPARENT or (noun.head.lower_ == "for" and dating.past)
    if noun.dep_ == "pobj" and through and is_verb(noun.head.head):
        return True
    if noun.dep_ in OBJECTS and is_verb(noun.head):
        head = lemma(noun.head, ontology.verbs)
        return head not in ontology.words.light and head not in ontology.words.aspect
    return False


def _opens(dating: Dating, noun: Token) -> bool:
    """True between an event noun and its "of": "the announcement today of a task force"."""
    doc, end = noun.doc, dating.expression.end
    return dating.start == noun.i + 1 and end < len(doc) and doc[end].lower_ == "of" and doc[end].head.i == noun.i


def _is_premodifier(expression: Span, noun: Token) -> bool:
    return expression.start < noun.i and root_of(expression).dep_ in ("compound", "nmod", "amod", "nummod", "poss")
