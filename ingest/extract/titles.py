"""Short titles for events, of the sentence's own words: who, does what, to whom, and what the verb needs besides.

On December 6, 2024, a federal appeals court upheld a law requiring the firm to divest.
-> Federal appeals court upholds law requiring firm to divest
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import takewhile

from ingest.extract.ellipsis import Gap, done_before, in_form_of
from ingest.extract.grammar import (
    AUXILIARIES,
    OBJECTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    TENSES,
    Reading,
    antecedents,
    auxiliaries,
    has_to,
    is_outcome,
    is_passive,
    is_relative,
    is_verb,
    object_of,
    own_subject,
    subject_of,
)
from ingest.extract.naming import (
    ORDINALS,
    counted_before,
    genitive,
    is_subject_again,
    meant_alone,
    name_before,
    short_name,
    thing_meant,
)
from ingest.extract.triggers import lemma
from ingest.nlp.words import Span, Token
from kb.model import EntityKind

LONGEST = 100
_ARTICLES = frozenset(("the", "a", "an"))
_ASIDES = frozenset(("advcl", "appos", "parataxis", "relcl", "punct", "cc", "conj", "dep", "meta", "intj", "npadvmod"))
_CONDITIONS = frozenset(("if", "unless", "whether", "to", "for"))
_ADVERBS = frozenset(
    (
        "also",
        "then",
        "however",
        "meanwhile",
        "separately",
        "still",
        "again",
        "earlier",
        "later",
        "late",
        "finally",
        "first",
    )
)
_PRESENT = {"be": "is", "have": "has", "do": "does", "go": "goes", "fin": "fines", "tim": "times"}
_NO_E = re.compile(r"(?:[lnr]d|[cflnpr]t|[lr][mk]|[nr]k|[lmr]p|ck|wn|rn)e")
"""Ends of no verb: what is left of "rebranded" by a lemmatizer that does not know the verb."""
_PARTICIPLE = re.compile(r"(?:ed|[nplhu]t|id|ade|en|own)$")
"""Ends of past forms that may be participles: "sent", not "ran"."""
_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", ")", "%", "'s", "’s", "n't", "n’t", "'", "’"))
_LOOSE_END = re.compile(
    r"(?:[ ,;:-]+(?:a|an|the|and|or|but|of|in|on|at|to|for|by|with|from|into|as|than|over|under|about|against|"
    r"that|which|who|is|are|was|were|be|been|has|have|had|will|would|could|may|its|his|her|their|more|least|most|because|\d[\d.,]*))+$",
    re.IGNORECASE,
)
"""Words that say nothing at the end of a line that was cut."""
_EMPTY = ("be", "take", "have")
_PICKING = frozenset(("face", "offer", "name", "pick", "choose", "propose", "fix", "mark", "celebrate"))
"""Verbs of which a day may be the object: "offered May 22"."""
_CLAUSE = ("ccomp", "parataxis")
_FINDING = frozenset(("rule", "hold", "find", "decide", "conclude"))
"""Verbs that, as those of saying, have their clause before them: "It is a monopoly, the judge ruled"."""
_PERSONS = frozenset(("he", "she"))
_ANYBODY = frozenset("those anyone anybody whoever everyone everybody anything everything something nothing".split())
"""Pronouns that say nothing without their clause: "those who want cover"."""
_WHEN = frozenset(("day", "date", "moment", "time"))
"""Nouns that say nothing without the clause right behind them: "the day when dealing must stop"."""
_MANY = frozenset(
    "they we i you few many several both others some most all those these dozens hundreds thousands police".split()
)
"""Pronouns, and "police", whose verb has no "s"."""
_ONE = (EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.COURT, EntityKind.PLACE, EntityKind.PERSON)
"""Kinds whose names take the singular, whatever they end in: "Acme Services", "the United States"."""
_INITIALS = re.compile(r"[A-Z]{2,}s")
_LOOK_BACK = 80
"""Tokens before a pronoun in which whom it means must be named."""
_PRONOUNS = {"he": "he", "she": "she", "it": "it", "they": "they", "him": "he", "her": "she", "them": "they"}
_NAMED_PRONOUNS = frozenset(("he", "she", "it"))
"""Pronouns, as they stand before a verb."""
_WHICH = frozenset(("which", "whom"))
_LETTING = frozenset(("let", "make", "see", "watch", "help"))
_SETTINGS = frozenset("after before amid despite following since during in at with without as like unlike".split())
"""Prepositions of what is told beside the clause: "the agency, after a review, modified it"."""
_TELLING = frozenset(
    "tell warn inform assure convince remind persuade notify promise show ask advise teach make".split()
)
_WANTING = frozenset(("want", "have", "get", "see", "need", "like", "prefer"))
_GIVERS = frozenset(("give", "grant", "allow", "leave", "offer"))
_WAITING = frozenset(("take", "wait", "need", "get"))
_LIMITS = ("until", "till", "by")
_BEFORE_TIME = ("as", "first", "originally", "initially", "once", "now", "only", "just")
_BEFORE_OR_AFTER = ("before", "after")
_THIN = 2
"""Words of a title up to which more is looked for."""
_INSIDE = frozenset("pobj pcomp prep compound amod conj dobj nsubj nsubjpass attr agent acomp npadvmod".split())
_CLIMB = 6
_DASHES = ("-", "–", "—", "--")
_DATELINE = 12
"""Tokens of a dateline, with its dash."""
_SHORT_LINE = 3
"""Words before the dash of a dateline in small letters."""
_HEADLINE = 150
"""Characters of a headline."""
_SHORT = 60
"""Tokens of a quotation that still fit into a title."""
_PARTS = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS | {"acomp", "attr"}


def title_of(reading: Reading, trigger: Token, *, saying: Container[str], gap: Gap | None = None) -> str:
    """A line of at most 100 characters that reads like an entry of a timeline.

    `saying` holds the lemmas of the verbs that a quotation may stand before; `gap` is what the clause leaves out.
    """
    reading = _without_clause(reading, trigger)
    head = _with_subject(reading, _clause_head(trigger))
    words = _title_words(reading, head, trigger, saying, gap)
    adverbial = not is_verb(head) or head.dep_ in ("pobj", "pcomp")
    if len(words) <= _THIN and adverbial and (verb := _clause_around(trigger)) is not None:
        fuller = _title_words(reading, verb, trigger, saying)
        words = fuller if len(fuller) > _THIN else words
    if len(words) == 1 and (noun := _noun_before(reading, head)) is not None:
        words = [short_name(reading, noun), words[0][:1].lower() + words[0][1:]]
    return _cut(words) or trigger.text


def phrase_title(reading: Reading, noun: Token, *, saying: Container[str]) -> str:
    """The noun with what belongs to it, without the clause it stands in: "Theft of jewels"."""
    return _cut(_title_words(reading, noun, noun, saying)) or noun.text


def _without_clause(reading: Reading, trigger: Token) -> Reading:
    """`reading` as if an expression that `trigger` is part of were no time: "weeks after the parties offered them"."""
    if trigger.i not in reading.times:
        return reading
    clause = (t.i for t in trigger.subtree if t.ent_type_ not in ("DATE", "TIME") and t.pos_ not in ("ADP", "NUM"))
    return replace(reading, times=reading.times.difference(clause))


def _noun_before(reading: Reading, verb: Token) -> Token | None:
    """The noun right before a verb of which nothing else is known: "platforms, launched in December"."""
    at = verb.i - 1
    while at > verb.sent.start and (verb.doc[at].text == "," or verb.doc[at].dep_ in AUXILIARIES):
        at -= 1
    noun = verb.doc[at]
    known = is_verb(verb) and verb.sent.start <= at < verb.i and noun.i not in reading.times
    return noun if known and noun.pos_ in ("NOUN", "PROPN") else None


def _title_words(
    reading: Reading, head: Token, trigger: Token, saying: Container[str], gap: Gap | None = None
) -> list[str]:
    start, end = _dateline_end(head), _clause_end(head)
    found = {t for t in (*_kept_behind(reading, head, start), head) if t.i < end}
    kept = sorted(found, key=lambda t: t.i)
    while len(kept) > 1 and _is_left_behind(kept[-1], trigger):
        kept.pop()
    ends_bare = kept[-1].i == head.i and head.lemma_ in ("have", "become", *_PICKING)
    days = set(_told_day(reading, head)) if len(kept) <= _THIN or ends_bare else set()
    if days:
        kept = sorted(found | days, key=lambda t: t.i)
    kept = _without_empty(reading, kept, head)
    fronted = _fronted(reading, head, saying)
    own = _told_in_full(reading, kept, head, gap)
    behind = _behind(reading, head)
    if behind and kept[0].i == head.i:
        own[0] = own[0].lower()
    return [*behind, *own, *fronted]


def _is_of_another_day(reading: Reading, preposition: Token) -> bool:
    """True for the "by 149" of "was beaten by 230 votes on Monday and by 149 on Friday"."""
    doc, noun = preposition.doc, next(iter(preposition.children), None)
    if preposition.pos_ != "ADP" or noun is None or noun.dep_ != "pobj" or preposition.i < preposition.head.i:
        return False
    if preposition.nbor(-1).lower_ != "and":
        return False
    behind = (t for t in doc[noun.right_edge.i + 1 : noun.right_edge.i + 3] if t.pos_ != "ADP")
    another = any(t.i in reading.times for t in doc[preposition.head.i : preposition.i])
    return another and any(t.i in reading.times for t in behind)


def _without_empty(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` without an "is" whose subject is the day: "Saturday is the anniversary" tells of the anniversary."""
    first = next((t for t in kept if t.i > head.i), None)
    day = any(t.i in reading.times for t in head.lefts if t.dep_ in (*SUBJECTS, "npadvmod"))
    if head.lemma_ != "be" or not day or first is None or first.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return kept
    led = [t for t in kept if t.i < head.i]
    empty = all(t.dep_ in AUXILIARIES for t in led) and not any(t.dep_ == "neg" for t in kept)
    behind = [t for t in kept if t.i > head.i]
    return behind if empty and len(behind) > 1 else kept


def _told_in_full(reading: Reading, kept: list[Token], head: Token, gap: Gap | None) -> list[str]:
    """The words of the clause, with what it leaves out: "do so" said again, or another subject for its verb."""
    if gap is not None and gap.verb.i == head.i:
        inside = {t.i for t in gap.old.subtree if t.i != head.i}
        at = next((i for i, t in enumerate(kept) if t.i in inside), 0)
        inside |= {gap.new.i, gap.new.head.i} - {head.i}
        rest = [t for t in kept[at:] if t.i not in inside]
        new = sorted(set(_phrase(reading, gap.new, depth=1)), key=lambda t: t.i)
        subject = gap.new if gap.old.dep_ in SUBJECTS | PASSIVE_SUBJECTS else None
        parts = (_words(reading, part, head, subject) for part in (kept[:at], new, rest) if part)
        return [word for part in parts for word in part]
    meant = done_before(reading, head)
    if meant is None:
        return _words(reading, kept, head)
    subject = _subject(reading, head)
    form = in_form_of(head, meant)
    if form is None:
        form = _present_of(meant.lemma_, plural=subject is not None and _is_plural(reading, subject))
    before = [t for t in kept if t.i < head.i]
    behind = [t for t in kept if t.i > head.i + 1 or (t.i == head.i + 1 and t.lower_ != "so")]
    said = sorted({t for t in _kept(reading, meant) if t.i > meant.i}, key=lambda t: t.i)
    told = _words(reading, said, meant) if said else []
    return [*(_words(reading, before, head) if before else []), form, *told, *_words(reading, behind, head)]


def _with_subject(reading: Reading, head: Token) -> Token:
    """`head`, or the verb above an infinitive of which only a pronoun is the subject: "(the court told) it to sell"."""
    if (letting := _letting(head)) is not None:
        return letting
    if head.dep_ == "ccomp" and head.tag_ == "VBN" and not auxiliaries(head) and head.head.lemma_ in _WANTING:
        return head.head
    for _ in range(_CLIMB):
        subject = _subject(reading, head) if is_verb(head) and has_to(head) else None
        above = _clause_around(head) if subject is not None else None
        if subject is None or above is None or above.i > head.i or head.dep_ in ("ROOT", "conj", "relcl"):
            return head
        if _named(reading, subject, head).lower() not in _PRONOUNS or _has_to(head, subject):
            return head
        head = above
    return head


def _letting(verb: Token) -> Token | None:
    """The "let" of "let the sale go ahead": a bare infinitive says by itself that something does not happen."""
    bare = verb.tag_ == "VB" and verb.dep_ == "ccomp" and not auxiliaries(verb)
    return verb.head if bare and verb.head.lemma_ in _LETTING and verb.head.i < verb.i else None


def _clause_around(noun: Token) -> Token | None:
    """The verb above an event noun that is only an adverbial ("In an order, the court blocked"), or an infinitive."""
    node = noun
    for _ in range(_CLIMB):
        if node.head.i == node.i or (node.dep_ not in _INSIDE and not (is_verb(node) and has_to(node))):
            return None
        node = node.head
        if is_verb(node):
            return node
    return None


def _told_day(reading: Reading, head: Token) -> Iterator[Token]:
    """The day that is all a clause tells: "the new deadline is June 19", "many missed that date"."""
    if not is_verb(head) or head.lemma_ not in (*_EMPTY, *_PICKING, "miss", "become"):
        return
    picking = head.lemma_ in _PICKING
    told = [t for t in head.rights if t.dep_ == "dobj" or not picking]
    days = [t for t in told if t.i in reading.times or _leads_to_time(reading, t)]
    yield from (t for day in days for t in day.subtree if t.i == day.i or t.i in reading.times)


def _clause_end(head: Token) -> int:
    """Index of the semicolon behind `head`, or the end of its sentence."""
    end = min(head.i + _LOOK_BACK, head.sent.end)
    return next((t.i for t in head.doc[head.i : end] if t.text == ";"), head.sent.end)


def _clause_start(head: Token) -> int:
    """Index behind the semicolon before `head`, or a colon with no comma between, or the start of its sentence."""
    start = max(head.i - _LOOK_BACK, head.sent.start)
    parting = [";", ":"]
    for token in reversed(head.doc[start : head.i]):
        if token.text in parting:
            return token.i + 1
        if token.text == ",":
            parting = [";"]
    return head.sent.start


def _kept_behind(reading: Reading, head: Token, start: int) -> Iterator[Token]:
    """What is kept from `start` on, and the real subject where the parser took the dateline or a clause for it."""
    outer = _outer_subject(reading, head) if is_verb(head) and own_subject(head) is None else None
    clause = start if outer is not None else max(start, _clause_start(head))
    for token in _kept(reading, head):
        if token.i >= clause:
            yield token
        elif token.i < start:
            behind = (t for t in token.children if t.dep_ == "appos" and start <= t.i < head.i)
            yield from (t for real in behind for t in _phrase(reading, real, depth=1) if t.i >= start)


def _dateline_end(head: Token) -> int:
    """Index behind a dateline at the head of the sentence: "WASHINGTON - The House …", "GUATEMALA CITY (Wire) — …"."""
    start = head.sent.start
    line = head.doc[start : min(start + _DATELINE, head.sent.end)]
    dash = next((t.i for t in line if t.text in _DASHES and t.i > start and t.nbor(-1).whitespace_), start)
    place = [t for t in head.doc[start:dash] if t.is_alpha]
    shouted = bool(place) and place[0].is_upper and len(place[0]) > 1
    named = shouted and all(t.is_upper or t.pos_ == "PROPN" for t in place)
    return dash + 1 if dash < head.i and (named or _opens_story(head.doc[start : dash + 1])) else start


def _opens_story(line: Span) -> bool:
    """True for the "Oakdale — " and "Newswire -- " before the first sentence of a story, which begins as one does."""
    names, dash, doc = line[:-1], line[-1], line.doc
    if not 0 < len(names) <= _SHORT_LINE or dash.text == "-" or not all(t.text[:1].isupper() for t in names):
        return False
    opening = line.start == 0 or "\n" in doc[line.start - 1].text_with_ws
    return opening and line.end < len(doc) and doc[line.end].text[:1].isupper()


def _is_left_behind(token: Token, trigger: Token) -> bool:
    """True for what a dropped time leaves at the end: the "is" of "The new deadline is (June 19)"."""
    if token.i == trigger.i:
        return False
    if token.dep_ in AUXILIARIES and token.head.i > token.i:
        return True
    if token.dep_ in ("ccomp", "pcomp") and any(_asks(t) for t in token.subtree if t.tag_ == "WRB"):
        return False
    dangling = token.dep_ == "prep" and not _is_particle(token)
    return dangling or token.dep_ == "cc" or (is_verb(token) and token.lemma_ in _EMPTY)


def _is_particle(token: Token) -> bool:
    """True for the "in" of "plans must be in by June 30": right behind its verb, and before a preposition."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return is_verb(token.head) and token.head.i == token.i - 1 and any(t.pos_ == "ADP" for t in behind)


def _clause_head(trigger: Token) -> Token:
    """The verb whose subject, object or "into force" an event noun is; any other trigger itself."""
    if is_verb(trigger):
        return trigger
    if trigger.dep_ in _PARTS and is_verb(trigger.head):
        return trigger.head
    above, by = trigger.head.head, trigger.head.lower_
    in_phrase = trigger.dep_ == "pobj" and is_verb(above) and (by == "into" or (by == "in" and above.lemma_ == "be"))
    return above if in_phrase else trigger


def _kept(reading: Reading, head: Token) -> Iterator[Token]:
    yield head
    subject = own_subject(head)
    if is_verb(head):
        outer = _outer_subject(reading, head) if subject is None else None
        if outer is not None:
            clause = head.left_edge.i if head.dep_ in ("acl", "relcl") else head.i
            yield from (t for t in _phrase(reading, outer, depth=1) if t.i < clause)
        yield from (t for t in auxiliaries(head) if t.head.i != head.i)
        if _goes_on(head) or (is_verb(head.head) and head.dep_ == "xcomp" and _is_only_thought(head)):
            yield from _above(head)
        elif is_verb(head.head) and outer is not None and _has_to(head, outer):
            yield head.head
    having = _having(head)
    for child in head.children:
        opens = child is having or (child.dep_ == "mark" and child.lower_ == "for")
        opens = opens or (child.tag_ == "WRB" and child.i < head.i) or _is_of_another_day(reading, child)
        if not opens and _wanted(reading, child) and not _leads_in(reading, child, head, subject):
            yield from _phrase(reading, child, depth=0)
    if head.lemma_ in _GIVERS or (head.lemma_ in _WAITING and not any(t.dep_ in OBJECTS for t in head.children)):
        yield from _given_time(reading, head)


def _goes_on(doing: Token) -> bool:
    """True for a gerund right under a verb, or behind its "on": "must stop issuing", "must go on doing so"."""
    if doing.tag_ != "VBG":
        return False
    if doing.dep_ == "xcomp":
        return is_verb(doing.head)
    on = doing.doc[doing.i - 1] if doing.i else doing
    verb = on.head.i if doing.dep_ == "advcl" else doing.head.head.i
    kept_up = on.lower_ == "on" and on.head.lemma_ in ("go", "keep", "carry")
    return kept_up and doing.dep_ in ("advcl", "pcomp") and on.head.i == verb


def _above(doing: Token) -> Iterator[Token]:
    """The "must go on" of "must go on doing so"."""
    verb = doing.head if is_verb(doing.head) else doing.head.head
    yield from auxiliaries(verb)
    yield from (t for t in verb.children if t.dep_ in ("neg", "prt") or (t.i == doing.i - 1 and t.dep_ == "prep"))
    yield verb


def _is_only_thought(verb: Token) -> bool:
    """True for "is thought to have entered": without "is thought" it would be a plan."""
    return is_passive(verb.head) and has_to(verb) and any(t.lower_ == "have" for t in auxiliaries(verb))


def _having(verb: Token) -> Token | None:
    """The "having" of "having announced in July that it would not sign": a finite verb in other words."""
    helping = auxiliaries(verb) if verb.dep_ == "advcl" else []
    return helping[0] if len(helping) == 1 and helping[0].lower_ == "having" else None


def _given_time(reading: Reading, giver: Token) -> Iterator[Token]:
    """The time and what it is for, of "gave them until Friday to reply"."""
    aim = next((t for t in giver.rights if t.dep_ in ("advcl", "xcomp") and has_to(t)), None)
    limit = next((t for t in giver.rights if t.lower_ in _LIMITS and _leads_to_time(reading, t)), None)
    if aim is not None and limit is not None and limit.i < aim.i:
        yield from (t for t in limit.subtree if t.i == limit.i or t.i in reading.times)
        yield from _phrase(reading, aim, depth=0)


def _has_to(verb: Token, subject: Token) -> bool:
    """True for "has until May to sell": the duty is all that "has" says."""
    above = verb.head
    infinitive = has_to(verb) and verb.dep_ in ("xcomp", "advcl")
    return infinitive and above.lemma_ == "have" and subject.i < above.i < verb.i and not auxiliaries(above)


def _leads_in(reading: Reading, child: Token, head: Token, subject: Token | None) -> bool:
    """True for what stands before the clause itself: "In New York, the governor …", a quotation before "she said"."""
    if child.dep_ in _CLAUSE and (child.i < head.i or _is_glued(reading, child, head)):
        return True
    if subject is not None and subject.i < child.i < head.i and child.lower_ in _SETTINGS:
        return child.left_edge.i > subject.i + 1 and child.left_edge.nbor(-1).text == ","
    if subject is not None and child.dep_ in SUBJECTS | PASSIVE_SUBJECTS and child.i < subject.i:
        return True
    return subject is not None and child.i < subject.i and child.dep_ in ("prep", "advmod", "ccomp")


def _is_glued(reading: Reading, clause: Token, verb: Token) -> bool:
    """True for a full clause behind the object of a verb of no telling: "blocked it a month before it was to start"."""
    if is_verb(clause) and own_subject(clause) is None and _joined_to_day(reading, clause) is not None:
        return True
    behind = any(t.dep_ == "dobj" and t.i < clause.i for t in verb.rights)
    return behind and verb.lemma_ not in _TELLING and own_subject(clause) is not None and clause.tag_ in TENSES


def _fronted(reading: Reading, head: Token, saying: Container[str]) -> list[str]:
    """What is said, where it stands before the saying: "I will go, she said" -> She says … I will go."""
    said = next((t for t in head.children if t.dep_ == "ccomp" and t.i < head.i), None)
    found = head.lemma_ in _FINDING and not is_passive(head)
    if said is None or not (lemma(head, saying) in saying or found) or said.i < _clause_start(head):
        return []
    if len(list(said.subtree)) > _SHORT:
        return []
    start = _dateline_end(said)
    kept = sorted({t for t in _kept(reading, said) if t.i >= start or t.i == said.i}, key=lambda t: t.i)
    words = _words(reading, kept, said)
    return [_within(reading, kept[0], words[0]), *words[1:]]


def _within(reading: Reading, first: Token, words: str) -> str:
    """`words` as they stand inside a sentence, the first of which is `first`."""
    named = first.i in reading.entities or first.pos_ == "PROPN" or first.ent_type_ or first.text == "I"
    return words if named or not words.startswith(first.text) else words[:1].lower() + words[1:]


def _joined_to_day(reading: Reading, verb: Token) -> Token | None:
    """The "Bailey" of "one leaves on Sunday and Bailey takes over": joined to the day before it by the parser."""
    before = [t for t in verb.doc[max(verb.i - 3, verb.sent.start) : verb.i] if t.dep_ not in ("aux", "auxpass", "neg")]
    noun = before[-1] if before else None
    if noun is None or noun.dep_ != "conj" or noun.head.i not in reading.times or noun.i in reading.times:
        return None
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def _outer_subject(reading: Reading, verb: Token) -> Token | None:
    """The subject where it stands outside the verb's own words."""
    found: Token | None
    if (joined := _joined_to_day(reading, verb)) is not None:
        return joined
    if (receiver := _receiver(reading, verb)) is not None:
        return receiver
    if verb.dep_ in ("acl", "relcl"):
        found = verb.head
    elif verb.dep_ in ("conj", "xcomp", "advcl"):
        found = object_of(verb) if is_passive(verb) else subject_of(verb)
    else:
        return None
    if found is not None and found.i in reading.times:
        found = next((t for a in verb.ancestors if is_verb(a) and (t := own_subject(a)) is not None), None)
    if verb.dep_ == "conj" and (found is None or found.i > verb.i):
        found = _shared_subject(verb)
    if found is None and verb.dep_ == "xcomp":
        found = next((t for a in verb.ancestors if is_verb(a) and (t := own_subject(a)) is not None), None)
    return None if found is None or found.i > verb.i or found.i in reading.times else found


def _shared_subject(verb: Token) -> Token | None:
    """The subject of the first verb of a row that has one: the form of "the form opened, drew many and was closed"."""
    node = verb
    for _ in range(_CLIMB):
        if node.dep_ != "conj":
            return None
        node = node.head
        if (found := own_subject(node)) is not None:
            return found
    return None


def _receiver(reading: Reading, verb: Token) -> Token | None:
    """Who is given time for the infinitive: the bank of "gave the bank until May to pay"."""
    giver = verb.head
    if verb.dep_ not in ("advcl", "xcomp") or not has_to(verb) or giver.lemma_ not in _GIVERS or is_passive(giver):
        return None
    given = (t for t in giver.children if t.dep_ in OBJECTS and giver.i < t.i < verb.i and t.i not in reading.times)
    return next((t for t in given if not t.lower_.endswith(("self", "selves"))), None)


def _behind(reading: Reading, head: Token) -> list[str]:
    """Whom a participle before its clause is about: the draft of "First read in May, the draft was revised"."""
    main = head.head
    if head.dep_ != "advcl" or head.tag_ not in ("VBN", "VBD") or head.i > main.i or not is_verb(main):
        return []
    subject = own_subject(main)
    bare = not auxiliaries(head) and own_subject(head) is None and not any(t.dep_ in OBJECTS for t in head.children)
    if subject is None or subject.i < head.i or subject.i in reading.times or not bare:
        return []
    if subject.lower_ in _PRONOUNS:
        return []
    return _words(reading, sorted(set(_phrase(reading, subject, depth=1)), key=lambda t: t.i), subject)


def _wanted(reading: Reading, token: Token) -> bool:
    if token.i in reading.times or token.is_space or _is_left_out(token) or _is_source(token):
        return False
    if (token.dep_ in _ASIDES and not _says_what(token)) or (is_relative(token) and not _is_of_which(token)):
        return False
    if _is_only_when(reading, token) or _is_only_with(reading, token):
        return False
    if (first := token.left_edge.i) > 0 and token.doc[first - 1].text in ("(", "["):
        return False
    if token.dep_ == "acl" and (_is_set_off(token) or _is_bare(reading, token)):
        return False
    return not (token.pos_ in ("ADP", "SCONJ") and any(t.i in reading.times for t in _behind_all(token)))


def _is_bare(reading: Reading, participle: Token) -> bool:
    """True for the "called" of "a strike called (for Monday)", of which only the time is left out."""
    return participle.tag_ == "VBN" and not any(_wanted(reading, t) for t in participle.children)


def _is_set_off(clause: Token) -> bool:
    """True behind a comma, where a participle only explains the noun: "the app, translated as Little Red Book, led"."""
    first, noun = clause.left_edge, clause.head
    return noun.dep_ in SUBJECTS | PASSIVE_SUBJECTS and first.i > noun.i and first.nbor(-1).text == ","


def _behind_all(preposition: Token) -> Iterator[Token]:
    """What stands behind it, and behind another one that goes with it: "on or before June 1"."""
    for child in preposition.children:
        yield child
        if child.dep_ == "conj" and child.pos_ == "ADP":
            yield from child.children


def _says_what(aside: Token) -> bool:
    """True for an aside that says something of its own: a part of the name, how much, what for, a plain yes or no."""
    named = _is_hyphened(aside) or _is_named_by(aside) or _is_amount(aside)
    return named or _is_for_to(aside) or _is_answer(aside) or _is_what_for(aside)


def _is_named_by(name: Token) -> bool:
    """True for the "Acme" of "the French investor Acme": a name right behind the noun."""
    first = name.left_edge
    return name.dep_ == "appos" and name.pos_ == "PROPN" and first.i == name.head.i + 1 and not first.is_punct


def _is_amount(token: Token) -> bool:
    """True for the "€3bn" of "fined the group €3bn"."""
    return token.dep_ == "npadvmod" and is_verb(token.head) and token.ent_type_ in ("MONEY", "PERCENT")


def _is_for_to(clause: Token) -> bool:
    """True for "for Parliament to be suspended"."""
    first = clause.left_edge
    bound = clause.dep_ == "advcl" and is_verb(clause.head) and first.i == clause.head.i + 1
    return bound and first.dep_ == "mark" and first.lower_ == "for" and has_to(clause)


def _is_what_for(token: Token) -> bool:
    """True for the "to get" of "harder to get a visa", and the "lapse" of "due to lapse", taken for a noun."""
    if token.dep_ == "npadvmod":
        return token.head.pos_ == "ADJ" and token.i > token.head.i and token.nbor(-1).lower_ == "to"
    return token.dep_ == "advcl" and has_to(token) and token.head.pos_ == "ADJ" and token.i > token.head.i


def _is_answer(token: Token) -> bool:
    """True for the "no" of "it said no"."""
    return token.dep_ == "intj" and token.lower_ in ("no", "yes") and token.i == token.head.i + 1


def _is_of_which(relative: Token) -> bool:
    """True for the "which" of "talks, none of which succeeded": without it nothing would be left of the "of"."""
    return relative.lower_ in _WHICH and relative.dep_ == "pobj" and relative.head.lower_ == "of"


def _is_only_when(reading: Reading, token: Token) -> bool:
    """True for what only leads to a time that is left out: "(a delivery,) due in May", "as early as this week"."""
    if token.pos_ not in ("ADJ", "ADV", "ADP") or token.dep_ not in ("amod", "advmod", "prep", "acl"):
        return False
    aside = token.i < token.head.i if is_verb(token.head) else token.i > token.head.i
    compared = [t for t in token.children if t.lower_ == "as"]
    rest = [t for t in token.children if not t.is_punct and t.lower_ not in _BEFORE_TIME]
    times = [*rest, *(t for one in compared for t in one.children)]
    if not times or not (aside or len(compared) > 1):
        return False
    return all(t.i in reading.times or _leads_to_time(reading, t) for t in times)


def _leads_to_time(reading: Reading, token: Token) -> bool:
    below = list(token.children)
    return token.pos_ in ("ADP", "SCONJ") and len(below) > 0 and all(t.i in reading.times for t in below)


def _is_left_out(token: Token) -> bool:
    """True for articles, adverbs of telling ("then", "also") and the "that" of a clause."""
    mark = token.dep_ == "mark" and token.lower_ not in _CONDITIONS
    told = token.dep_ == "advmod" and (token.lower_ in _ADVERBS or _is_how_long_before(token))
    article = token.lower_ in _ARTICLES and not _is_in_name(token)
    return article or (token.tag_ == "WRB" and not _asks(token)) or mark or told or _is_that_of_clause(token)


def _asks(adverb: Token) -> bool:
    """True for the "how" of "showed how important it is" and the "where" of "stay where they are"."""
    clause = adverb.head if is_verb(adverb.head) else adverb.head.head
    return clause.dep_ in ("ccomp", "pcomp") and adverb.i > clause.head.i


def _is_that_of_clause(token: Token) -> bool:
    """True for the "that" of "recommend that banks be ready", which the parser ties to the plural behind it."""
    noun = token.head
    plural = noun.tag_ in ("NNS", "NNPS") and token.i < noun.i
    return plural and token.lower_ == "that" and token.tag_ in ("DT", "IN")


def _is_source(preposition: Token) -> bool:
    """True for "according to police" and "per the ministry": who says so has a place of its own."""
    if preposition.lower_ == "per" and is_verb(preposition.head):
        return any(t.dep_ == "pobj" and any(c.dep_ == "det" for c in t.children) for t in preposition.children)
    return preposition.lower_ == "according" and preposition.dep_ == "prep"


def _is_how_long_before(adverb: Token) -> bool:
    """True for the "immediately" of "(shuts,) immediately before the party": without the rest it says another thing."""
    behind = next((t for t in adverb.doc[adverb.i + 1 : adverb.i + 3] if not t.is_space), None)
    return behind is not None and behind.lower_ in _BEFORE_OR_AFTER and behind.pos_ in ("ADP", "SCONJ")


def _is_only_with(reading: Reading, token: Token) -> bool:
    """True for the ", with a report expected soon" that a clause goes on with, if its participle is left out."""
    if token.lower_ != "with" or token.i == 0 or token.nbor(-1).text != ",":
        return False
    parts = (t for noun in token.children for t in noun.children if t.dep_ == "acl")
    return any(t.tag_ == "VBN" and not _wanted(reading, t) for t in parts)


def _is_in_name(article: Token) -> bool:
    """True for the "a" of "Mar-a-Lago": nothing but hyphens beside it."""
    doc, i = article.doc, article.i
    return 0 < i < len(doc) - 1 and doc[i - 1].text == "-" == doc[i + 1].text


def _is_hyphened(token: Token) -> bool:
    """True for the "state" of "state-owned"."""
    doc = token.doc
    return token.dep_ == "npadvmod" and token.i + 1 < len(doc) and doc[token.i + 1].text == "-"


def _phrase(reading: Reading, token: Token, *, depth: int) -> Iterator[Token]:
    """A constituent without asides, times and articles; clauses inside a subject are left out.

    Walked without recursion: a name of thousands of words is a tree as deep.
    """
    waiting = [token]
    while waiting:
        here = waiting.pop()
        yield here
        if here.lower_ in _ANYBODY or here.lower_ in _WHEN:
            yield from _who(reading, here)
        waiting += reversed([child for child in here.children if _is_of_phrase(reading, here, child, depth=depth)])


def _who(reading: Reading, anybody: Token) -> Iterator[Token]:
    """What tells who is meant by "those": "those who bought before May", "those taking part"."""
    kinds = ("relcl", "acl") if anybody.lower_ in _ANYBODY else ("relcl",)
    near = (t for t in anybody.children if t.dep_ in kinds and t.left_edge.i == anybody.i + 1)
    which = (t for clause in near for t in takewhile(lambda t: t.text != ",", clause.subtree))
    return (t for t in which if t.i not in reading.times and t.lower_ not in _ARTICLES)


def _is_of_phrase(reading: Reading, token: Token, child: Token, *, depth: int) -> bool:
    in_list = child.dep_ in ("conj", "cc") or (child.text == "," and _is_listed(token))
    in_list = in_list and not (child.pos_ == "ADP" and any(t.i in reading.times for t in child.children))
    joins = child.text in ("-", "/", "’", "'") and not (child.i > 0 and child.nbor(-1).whitespace_)
    inside_name = in_list or (child.dep_ == "punct" and joins)
    if not (_wanted(reading, child) or (inside_name and child.i not in reading.times)):
        return False
    clause = child.dep_ in ("acl", "ccomp", "prep", "conj", "cc", "punct") and child.lower_ not in ("of", "-")
    return not (depth and clause) or _is_named_with(reading, child)


def _is_named_with(reading: Reading, child: Token) -> bool:
    """True for the "and Jo Moe" of "Ann Roe and Jo Moe": two who are named."""
    conj = next((t for t in child.head.children if t.dep_ == "conj"), None)
    if conj is None or child not in (conj, *(t for t in child.head.children if t.dep_ == "cc")):
        return False
    kinds = {reading.kind(child.head), reading.kind(conj)}
    return kinds == {EntityKind.PERSON} and child.head.i < child.i <= conj.i


def _is_listed(token: Token) -> bool:
    deps = {t.dep_ for t in token.children}
    return not is_verb(token) and "conj" in deps and "appos" not in deps


def _words(reading: Reading, kept: list[Token], head: Token, subject: Token | None = None) -> list[str]:
    """The words of `kept`, the verb `head` in the present, as its subject, or `subject`, asks for."""
    words: list[str] = []
    gap = _gap(head)
    for token in kept:
        text = _named(reading, token, head)
        told = token.tag_ == "VBD" and _is_finite(token) and not _is_in_headline(reading, token)
        told = told and not _goes_on_passive(token)
        if token.i == head.i and (is_outcome(token) or told or _having(token) is not None):
            doer = subject or _subject(reading, token)
            text = _present(token, plural=_are_there(token) or (doer is not None and _is_plural(reading, doer)))
        glued = words and (
            text in _NO_SPACE_BEFORE or (token.i > 0 and not token.nbor(-1).whitespace_ and kept[0].i != token.i)
        )
        if glued and token.nbor(-1) in kept:
            words[-1] += text
        else:
            words.append(text)
        if gap is not None and token.i == head.i:
            words += [t.text for t in head.rights if _is_stranded(t)]
            words += _words(reading, sorted(set(_phrase(reading, gap, depth=1)), key=lambda t: t.i), gap)
    return words


def _is_in_headline(reading: Reading, verb: Token) -> bool:
    """True in the line that the text begins with: its past forms are participles, "Asylum granted, police outside"."""
    sentence = verb.sent
    if sentence.start_char > _HEADLINE or verb.idx > _HEADLINE:
        return False
    end = reading.text.find("\n", 0, _HEADLINE)
    asks = verb.dep_ == "relcl" or any(t.tag_ in ("WRB", "WP", "WDT") for t in verb.lefts)
    return verb.idx < end and not asks and not reading.text[:end].rstrip().endswith((".", "!", "?", '"', "”"))


def _is_stranded(token: Token) -> bool:
    """True for the "to" of "lawyers we have spoken to think that …"."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.dep_ == "prep" and not token.children and any(is_verb(t) or t.is_punct for t in behind)


def _is_finite(verb: Token) -> bool:
    """False for the participle in "the session, announced in May", even where the tagger takes it for a past tense."""
    return verb.dep_ in ("ROOT", "conj", "relcl", "ccomp") or any(t.dep_ in SUBJECTS for t in verb.children)


def _goes_on_passive(verb: Token) -> bool:
    """True for the "sent" of "the inquiry was opened and the charges sent": it may be a participle too."""
    first = verb.head
    bare = not auxiliaries(verb) and not any(t.dep_ in (*OBJECTS, "ccomp", "xcomp") for t in verb.rights)
    joint = next((t for t in first.rights if t.dep_ == "cc" and t.i < verb.i), None)
    told_apart = own_subject(verb) is not None and (joint is None or joint.nbor(-1).text == ",")
    may_be = bare and not told_apart and verb.dep_ == "conj" and _PARTICIPLE.search(verb.lower_) is not None
    return may_be and is_verb(first) and is_passive(first) and bool(auxiliaries(first))


def _gap(verb: Token) -> Token | None:
    """What a relative clause is about, where it is the object: the law of "the law that the king signed"."""
    if not is_verb(verb) or verb.dep_ != "relcl" or is_passive(verb) or own_subject(verb) is None:
        return None
    found = None if any(t.tag_ == "WP$" for t in verb.doc[verb.left_edge.i : verb.i]) else object_of(verb)
    named = found is not None and found.pos_ in ("NOUN", "PROPN") and found.lower_ not in _WHEN
    return found if named and found is not None and found.i == verb.head.i else None


def _named(reading: Reading, token: Token, head: Token) -> str:
    """The token, or in the subject the name of whom a pronoun stands for: a person who is meant, or all it can be."""
    if token.tag_ == "WP$":
        owner = _owner(token, head)
        return token.text if owner is None else _possessive(reading, owner)
    if token.tag_ == "PRP$" and token.head.dep_ in SUBJECTS | PASSIVE_SUBJECTS and token.i < head.i:
        whose = meant_alone(reading, token)
        return token.text if whose is None else genitive(name_before(whose, token))
    if token.lower_ in ORDINALS and token.dep_ in SUBJECTS | PASSIVE_SUBJECTS and token.pos_ in ("ADJ", "ADV"):
        counted = counted_before(reading, token)
        return token.text if counted is None else f"{token.text} {counted.lemma_}"
    if token.head.i == head.i and (noun := thing_meant(reading, token)) is not None:
        return _noun_phrase(reading, noun)
    subject = _subject(reading, head) if token.lower_ in _PRONOUNS else None
    return token.text if subject is None or subject.i != token.i else _meant_by(reading, token)


def _noun_phrase(reading: Reading, noun: Token) -> str:
    """The noun with what belongs to it: "code of practice for models"."""
    kept = sorted(set(_phrase(reading, noun, depth=1)), key=lambda t: t.i)
    return _within(reading, kept[0], " ".join(_words(reading, kept, noun)))


def _meant_by(reading: Reading, pronoun: Token) -> str:
    """What the pronoun that is the subject is called: a name, a noun, or itself as it stands before a verb."""
    word = pronoun.lower_
    if pronoun.dep_ not in SUBJECTS | PASSIVE_SUBJECTS or word not in _NAMED_PRONOUNS:
        return pronoun.text if word == _PRONOUNS[word] else _PRONOUNS[word]
    if (meant := meant_alone(reading, pronoun)) is not None:
        return name_before(meant, pronoun)
    found = {e for t in antecedents(pronoun) if (e := reading.entities.get(t.i)) is not None}
    fitting = {e.name for e in found if (e.kind is EntityKind.PERSON) == (word in _PERSONS)}
    nouns = [t for t in antecedents(pronoun) if t.i not in reading.entities]
    if len(fitting) == 1 and not nouns:
        return fitting.pop()
    if (told := _told_to(pronoun)) is not None:
        return short_name(reading, told)
    again = len(nouns) == 1 and not found and word == "it" and is_subject_again(nouns[0], pronoun)
    return short_name(reading, nouns[0]) if again else pronoun.text


def _told_to(pronoun: Token) -> Token | None:
    """The company of "told the company it must sell": who is told what to do is who has to."""
    clause = pronoun.head
    above = clause.head
    if clause.dep_ != "ccomp" or not any(t.tag_ == "MD" for t in clause.lefts) or above.i > pronoun.i:
        return None
    told = (t for t in above.children if t.dep_ in OBJECTS and t.i < pronoun.i and t.pos_ in ("NOUN", "PROPN"))
    return next(told, None)


def _owner(whose: Token, head: Token) -> Token | None:
    """The noun that "whose" stands for: by the parse, or right before it."""
    if head.dep_ == "relcl":
        return head.head
    before = whose.doc[max(whose.i - 2, whose.sent.start) : whose.i]
    return next((t for t in reversed(before) if t.pos_ in ("NOUN", "PROPN")), None)


def _possessive(reading: Reading, owner: Token) -> str:
    entity = reading.entities.get(owner.i)
    phrase = sorted((t for t in _phrase(reading, owner, depth=1) if t.i <= owner.i), key=lambda t: t.i)
    return genitive(entity.name if entity is not None else " ".join(t.text for t in phrase))


def _subject(reading: Reading, verb: Token) -> Token | None:
    """Its own subject, or the one it shares: "they" of "they tried and succeeded", "rules" of "rules that ended it"."""
    return own_subject(verb) or _outer_subject(reading, verb)


def _is_plural(reading: Reading, subject: Token) -> bool:
    """True for "judges", "MEPs", "Ann and Bob", "they", not for names such as "Acme Services"."""
    if subject.lower_ in _MANY or _is_number(reading, subject):
        return True
    if subject.tag_ == "NNS" and reading.kind(subject) is not EntityKind.PERSON:
        return True
    if subject.tag_ == "NNPS" and reading.kind(subject) not in _ONE:
        return True
    return _INITIALS.fullmatch(subject.text) is not None or any(
        t.dep_ == "conj" and not is_verb(t) for t in subject.children
    )


def _are_there(verb: Token) -> bool:
    """True for the "were" of "there were incidents"."""
    there = any(t.dep_ == "expl" and t.lower_ == "there" for t in verb.lefts)
    return there and any(t.dep_ == "attr" and t.tag_ in ("NNS", "NNPS") for t in verb.rights)


def _is_number(reading: Reading, token: Token) -> bool:
    """True for "three (did)", not for the number of "H.R. 7521", nor for "one"."""
    bare = token.i not in reading.entities and not any(t.dep_ in ("compound", "nmod") for t in token.children)
    return token.tag_ == "CD" and bare and token.lower_ not in ("one", "1")


def _present(verb: Token, *, plural: bool) -> str:
    """The simple present of a past form: "upheld" -> "upholds", "agreed" (they) -> "agree"."""
    base = verb.lemma_[:-1] if _NO_E.fullmatch(verb.lemma_[-3:]) else verb.lemma_
    was_to = base == "be" and any(t.dep_ == "xcomp" and has_to(t) for t in verb.rights)
    if was_to or (auxiliaries(verb) and _having(verb) is None) or not base.isalpha():
        return verb.text
    return _present_of(base, plural=plural)


def _present_of(base: str, *, plural: bool) -> str:
    """The simple present of an infinitive."""
    if plural:
        return "are" if base == "be" else _PRESENT[base].removesuffix("s") if base in ("fin", "tim") else base
    if base in _PRESENT:
        return _PRESENT[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2:-1] not in "aeiou" else base + "s"


def _cut(words: list[str]) -> str:
    """The words as one line of at most 100 characters, which does not break off behind "the", "of" or "and"."""
    text = ""
    for word in words:
        longer = f"{text} {word}".strip()
        if len(longer) > LONGEST - 1:
            text = _LOOSE_END.sub("", text).rstrip(" ,;:-") + "…"
            break
        text = longer
    text = text.strip(' ,;:-–—“”"')
    return text[:1].upper() + text[1:]
