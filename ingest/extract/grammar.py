"""Grammar read off the parse: who does what to whom, in the active and the passive, in full and in reduced clauses.

spaCy's English labels (ClearNLP) are known here and in `attach` only; the rest of the extraction asks this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ingest.nlp.words import Span, Token, Words
from kb.model import Entity, EntityKind, TimeMention

SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
ANY_SUBJECT = SUBJECTS | PASSIVE_SUBJECTS
OBJECTS = frozenset(("dobj", "dative", "obj"))
ARGUMENTS = ANY_SUBJECT | OBJECTS
COMPLEMENTS = frozenset(("acomp", "attr", "oprd", "xcomp", "ccomp", "advmod", "prt", "pcomp"))
MODIFIERS = frozenset(("amod", "compound", "nmod", "poss", "nummod", "npadvmod", "advmod", "det"))
AUXILIARIES = frozenset(("aux", "auxpass"))
TENSES = ("VBD", "VBZ", "VBP", "MD")
"""Tags of words that have a tense: of a finite verb, or the modal before it."""
RELATIVES = frozenset(("who", "which", "that", "whom"))
_BELOW = ("ccomp", "xcomp", "advcl", "conj", "acl")
"""Clauses that an infinitive stands in under the verb that a past form goes on from."""
_CONTROLLED = frozenset(("conj", "xcomp", "advcl", "aux", "pcomp", "prep", "acomp", "oprd", "attr"))
PERFECT = frozenset(("has", "have", "'ve", "’ve"))
"""Auxiliaries of what has been done by now."""
_GIVING = ("give", "grant", "allow", "leave")
_DETERRING = ("of", "from", "into")
"""Prepositions before what the object of their verb does: "accused him of lying", "barred him from entering"."""
_PRONOUNS = frozenset(("it", "they", "them", "he", "she", "him", "her"))
_LOOK_BACK = 60
_AT_HAND = 512
"""Words of which is kept in mind what was found of them: those of the sentences that are being read."""
_WHOLE = -1
_SHARE, _LEAST = 0.012, 3
"""Share of the words of a text, and their least number, that make a topic what the whole is about."""
_MANY = 2
"""Words of a topic in a sentence and its neighbours that make it what the passage is about."""
PREPOSITIONS = frozenset(("prep", "agent", "dative", "mark"))
_LENT = frozenset(("dobj", "acomp", "attr", "prt", "advmod", "prep"))
"""What hangs on a verb and may carry its prepositions."""


class Typing(NamedTuple):
    """A type, and how much speaks for it: 1 for a bare word, more for a phrase or an argument, 0 for no evidence."""

    type: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed article with its entities and times laid over the tokens."""

    doc: Words
    entities: Mapping[int, Entity]
    """Token index -> the entity whose mention covers it."""
    times: frozenset[int]
    """Indexes of the tokens inside time expressions."""
    text: str
    typings: dict[int, Typing | None] = field(default_factory=dict)
    """Types found so far: of verbs by their index, of nouns by -1 minus theirs."""
    _words: dict[int, frozenset[str]] = field(default_factory=dict)
    _topics: dict[int, list[str]] = field(default_factory=dict)
    _near: dict[int, frozenset[str]] = field(default_factory=dict)

    def kind(self, token: Token) -> EntityKind | None:
        """Kind of the entity that `token` belongs to."""
        entity = self.entities.get(token.i)
        return entity.kind if entity else None

    def words_near(self, token: Token) -> frozenset[str]:
        """Lemmas and lower-cased words of the sentence of `token`."""
        sentence = token.sent
        if sentence.start not in self._words:
            words = (word for t in sentence for word in (t.lower_, t.lemma_.lower()))
            self._words[sentence.start] = frozenset(words)
        return self._words[sentence.start]

    def topics_near(self, token: Token, by_word: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """What the sentence of `token` and its neighbours are about, by the words of `by_word`.

        What the whole text is about counts in every sentence of it.
        """
        sentence = token.sent
        if sentence.start not in self._near:
            about = [*self._topics_in(sentence, by_word)]
            for i in (sentence.start - 1, sentence.end):
                if 0 <= i < len(sentence.doc):
                    about += self._topics_in(sentence.doc[i].sent, by_word)
            counts = Counter(about)
            near = frozenset(topic for topic, count in counts.items() if count >= _MANY)
            self._near[sentence.start] = self._main_topics(by_word) | near
        return self._near[sentence.start]

    def _main_topics(self, by_word: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """What the whole text is about: topics with a good share of its words."""
        if _WHOLE not in self._topics:
            counts: Counter[str] = Counter()
            for word, times in Counter(token.lower_ for token in self.doc).items():
                for topic in by_word.get(word, ()):
                    counts[topic] += times
            least = max(_SHARE * len(self.doc), _LEAST)
            self._topics[_WHOLE] = [topic for topic, count in counts.items() if count >= least]
        return frozenset(self._topics[_WHOLE])

    def _topics_in(self, sentence: Span, by_word: Mapping[str, frozenset[str]]) -> list[str]:
        """Each topic as often as the sentence has a word of it."""
        if sentence.start not in self._topics:
            words = [t.lower_ for t in sentence if t.lower_ in by_word]
            self._topics[sentence.start] = [topic for word in words for topic in by_word[word]]
        return self._topics[sentence.start]


def read(words: Words, times: Sequence[TimeMention], entities: Sequence[Entity]) -> Reading:
    """Lays entities and times over `words`: names first, then references, the inner before the outer."""
    by_token: dict[int, Entity] = {}
    named = [(0, 0, mention, entity) for entity in entities for mention in entity.mentions]
    meant = [(1, ref.end - ref.start, ref, entity) for entity in entities for ref in entity.references]
    for _, _, place, entity in sorted((*named, *meant), key=lambda one: one[:2]):
        for token in tokens_of(words, place.start, place.end):
            by_token.setdefault(token.i, entity)
    timed = frozenset(t.i for mention in times for t in tokens_of(words, mention.span.start, mention.span.end))
    return Reading(words, by_token, timed, words.text)


def tokens_of(doc: Words, start: int, end: int) -> Span:
    """The tokens that the characters `start` to `end` touch; empty if there are none."""
    return doc.covering(start, end)


def is_verb(token: Token) -> bool:
    """True for a verb form, auxiliaries that stand alone included."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in AUXILIARIES


def is_passive(verb: Token) -> bool:
    """True for "was signed" and for the reduced "(a bill) signed by"."""
    if verb.tag_ != "VBN":
        return False
    own = [t for t in verb.children if t.dep_ in AUXILIARIES]
    if own:
        return any(t.dep_ == "auxpass" or t.lemma_ in ("be", "get") for t in own)
    if verb.dep_ == "conj" and verb.head.tag_ == "VBD":
        return False  # "opened an inquiry and fined it"
    return not any(t.dep_ in SUBJECTS or (t.dep_ == "ccomp" and t.i > verb.i) for t in verb.children)


@lru_cache(maxsize=_AT_HAND)
def subject_of(verb: Token) -> Token | None:
    """Who does it: subject of an active verb, agent of a passive one, controller of an infinitive."""
    if is_passive(verb):
        return _agent(verb)
    return _grammatical_subject(verb)


@lru_cache(maxsize=_AT_HAND)
def object_of(verb: Token) -> Token | None:
    """What it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(verb) and (sufferer := _sufferer(verb)) is not None:
        return sufferer
    found = next((t for t in verb.children if t.dep_ in OBJECTS and t.pos_ != "ADP"), None)
    if found is not None:
        return _antecedent(found)
    if verb.dep_ == "relcl" and not _has_gap_filler(verb) and any(t.dep_ in SUBJECTS for t in verb.children):
        return verb.head
    return None


def _sufferer(verb: Token) -> Token | None:
    """The subject of a passive, written out, shared, or the noun that a participle stands behind."""
    own = next((t for t in verb.children if t.dep_ in PASSIVE_SUBJECTS), None)
    if own is not None:
        return _antecedent(own)
    if verb.dep_ in ("acl", "relcl", "amod"):
        return verb.head
    if verb.dep_ == "conj" and is_verb(verb.head) and is_passive(verb.head):
        return _fronted_noun(verb) or object_of(verb.head)
    return _fronted_noun(verb) or (_grammatical_subject(verb) if verb.dep_ == "xcomp" else None)


def objects_of(verb: Token) -> Iterator[Token]:
    """The object and what is coordinated with it."""
    found = object_of(verb)
    if found is not None:
        yield from with_conjuncts(found)
    if found is None or not is_passive(verb):
        yield from (
            t for t in verb.children if t.dep_ in OBJECTS and t.pos_ != "ADP" and (found is None or t.i != found.i)
        )


def with_conjuncts(token: Token) -> Iterator[Token]:
    """`token` and the nouns coordinated with it."""
    yield token
    yield from (t for t in token.children if t.dep_ in ("conj", "appos"))


def filling(token: Token, slot: str, *, guess: bool = True) -> Iterator[Token]:
    """The tokens that stand in `slot` of `token`: subject, object, complement, modifier, governor, or a preposition.

    With `guess`, a pronoun is followed by the nouns it may stand for.
    """
    if slot == "subject":
        subject = subject_of(token)
        nouns = with_conjuncts(subject) if subject is not None else iter(())
        yield from _with_antecedents(nouns) if guess else nouns
    elif slot == "object":
        yield from _with_antecedents(objects_of(token)) if guess else objects_of(token)
    elif slot == "complement":
        yield from _complements(token)
    elif slot == "modifier":
        yield from _modifiers(token)
    elif slot == "governor":
        yield from _governors(token)
    else:
        yield from after_preposition(token, slot)


def _with_antecedents(tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from antecedents(token)


def antecedents(pronoun: Token) -> Sequence[Token]:
    """Nouns that a personal pronoun may stand for, nearest first: subjects and objects at most a sentence back.

    A guess, good enough to tell what kind of thing is meant, not to name it.
    """
    return _nouns_before(pronoun) if pronoun.lower_ in _PRONOUNS else ()


@lru_cache(maxsize=_AT_HAND)
def _nouns_before(pronoun: Token) -> Sequence[Token]:
    sentence = pronoun.sent
    start = sentence.doc[sentence.start - 1].sent.start if sentence.start > 0 else sentence.start
    wanted = ANY_SUBJECT if pronoun.dep_ in ANY_SUBJECT else ARGUMENTS
    before = reversed(pronoun.doc.tokens[max(start, pronoun.i - _LOOK_BACK) : pronoun.i])
    nouns = (t for t in before if t.dep_ in wanted and t.pos_ in ("NOUN", "PROPN") and _agrees(pronoun, t))
    return tuple(islice(nouns, 2))


def _agrees(pronoun: Token, noun: Token) -> bool:
    person = noun.ent_type_ == "PERSON"
    if pronoun.lower_ in ("he", "she", "him", "her"):
        return noun.tag_ in ("NN", "NNP")
    if pronoun.lower_ in ("they", "them"):
        return noun.tag_ in ("NNS", "NNPS") or not person
    return noun.tag_ in ("NN", "NNP", "NNPS") and not person


def after_preposition(token: Token, preposition: str) -> Sequence[Token]:
    """Nouns (and clause heads) that `preposition` ties to `token`, or to the object of the verb `token`."""
    return behind_prepositions(token).get(preposition, ())


@lru_cache(maxsize=_AT_HAND)
def behind_prepositions(token: Token) -> Mapping[str, Sequence[Token]]:
    """The same for all prepositions."""
    found: dict[str, list[Token]] = {}
    for host in (token, *(t for t in token.children if t.dep_ in _LENT)):
        for child in host.children:
            if child.dep_ in PREPOSITIONS:
                nouns = (t for t in child.children if t.dep_ in ("pobj", "pcomp"))
                found.setdefault(child.lower_, []).extend(n for t in nouns for n in with_conjuncts(t))
    return found


def has_to(verb: Token) -> bool:
    """True for an infinitive with "to"."""
    return any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children)


@lru_cache(maxsize=_AT_HAND)
def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """Auxiliaries of `verb` in order; those of the first conjunct when it has none and shares them."""
    own = tuple([t for t in verb.children if t.dep_ in AUXILIARIES])
    if own or verb.dep_ != "conj" or any(t.dep_ in ANY_SUBJECT for t in verb.children):
        return own
    return auxiliaries(verb.head) if verb.head.tag_ == verb.tag_ else own


@lru_cache(maxsize=_AT_HAND)
def joined_to(verb: Token) -> Token:
    """What a verb is coordinated with: "said", for the "signed" of "said it would wait and signed a bill".

    A past form goes with no infinitive, though the parser often joins it to the nearest verb. For others their head.
    """
    host = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or verb.lower_ == verb.lemma_ or host.tag_ != "VB":
        return host
    if any(t.dep_ in (*ANY_SUBJECT, "mark") or t.dep_ in AUXILIARIES for t in verb.children):
        return host
    while host.tag_ == "VB" and host.dep_ in _BELOW:
        host = host.head
    return host if host.tag_ == "VBD" and is_verb(host) else verb.head


def is_outcome(verb: Token) -> bool:
    """True for a participle that goes on after a fact: "killing" of "a plane crashed, killing 77 people".

    So does a second one: "and injuring dozens".
    """
    if (verb.tag_, verb.dep_) == ("VBG", "conj") and verb.head.dep_ == "advcl":
        return is_outcome(verb.head) and not auxiliaries(verb)
    if (verb.tag_, verb.dep_) != ("VBG", "advcl") or verb.i < verb.head.i:
        return False
    leading = any(t.dep_ in ("mark", "advmod") for t in verb.lefts)
    return not (leading or auxiliaries(verb) or any(t.tag_ in ("MD", "TO") for t in auxiliaries(verb.head)))


def _is_town_in(place: Token) -> bool:
    """True for the "Nevada" of "Henderson, Nevada", which the parser takes for a subject."""
    before = place.doc[max(place.i - 2, 0) : place.i]
    return len(before) == 2 and before[1].text == "," and before[0].ent_type_ == "GPE" == place.ent_type_


@lru_cache(maxsize=_AT_HAND)
def own_subject(head: Token) -> Token | None:
    """The subject beside the verb, other than a relative pronoun: behind a comma or dash, the second of two."""
    subjects = [t for t in head.children if t.dep_ in ANY_SUBJECT and not is_relative(t)]
    if len(subjects) > 1 and subjects[1].i < head.i:
        between = head.doc[subjects[0].i : subjects[1].i]
        apart = any(
            t.text == "," or (t.text in ("-", "–", "—") and t.nbor(-1).whitespace_) for t in between
        ) and not _is_town_in(subjects[1])
        return subjects[1] if apart else subjects[0]
    return subjects[0] if subjects else None


def is_relative(token: Token) -> bool:
    """True for "who" and "which", and for a "that" that stands for a noun."""
    return token.lower_ in RELATIVES and token.tag_ != "DT"


def _grammatical_subject(verb: Token) -> Token | None:
    node = verb
    for _ in range(6):
        own = _subject_beside(node)
        if own is not None:
            return _antecedent(own)
        above = _doer_above(node)
        if above is not None:
            return above
        if node.dep_ not in _CONTROLLED or node.head.i == node.i:
            return None
        node = joined_to(node)
    return None


def _doer_above(clause: Token) -> Token | None:
    """The noun above a clause without a subject of its own that does what it tells, as far as the words above say."""
    if clause.dep_ in ("acl", "relcl"):
        host = _given_time(clause)
        if host is not None:
            return _controller_of(host, clause) or _grammatical_subject(host)
        return clause.head if clause.tag_ in ("VBG", "VB") or clause.dep_ == "relcl" else None
    if clause.dep_ == "pcomp" and clause.head.lower_ in _DETERRING:
        return object_of(clause.head.head)
    return _controller(clause) if clause.dep_ == "xcomp" or _is_for_time_given(clause) else None


def _is_for_time_given(infinitive: Token) -> bool:
    """True for the infinitive of "gave the firm until June 30 to answer": who is given the time answers."""
    verb = infinitive.head
    if infinitive.dep_ != "advcl" or verb.lemma_ not in _GIVING or not has_to(infinitive):
        return False
    if any(t.dep_ in OBJECTS and t.lower_.endswith("self") for t in verb.rights):  # "gave himself until June 30"
        return False
    return any(t.dep_ == "prep" and t.lower_ in ("until", "till") and t.i < infinitive.i for t in verb.rights)


def _subject_beside(verb: Token) -> Token | None:
    """The subject that hangs on the verb; of the pieces of "co-founder Devi Ramasamy" the last."""
    subjects = [t for t in verb.children if t.dep_ in ANY_SUBJECT]
    pieces = len(subjects) > 1 and any(t.text == "-" for t in subjects)
    return subjects[-1 if pieces else 0] if subjects else None


def _controller(infinitive: Token) -> Token | None:
    """The object that does the infinitive: "requires ByteDance to divest"."""
    return _controller_of(infinitive.head, infinitive)


def _controller_of(verb: Token, infinitive: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ in OBJECTS and verb.i < t.i < infinitive.i), None)


def _given_time(infinitive: Token) -> Token | None:
    """The verb of "gave the committee until June 30 to report", whose infinitive the parser hangs on the day."""
    day = infinitive.head
    if day.ent_type_ != "DATE" or day.dep_ != "pobj" or not has_to(infinitive):
        return None
    return day.head.head if is_verb(day.head.head) else None


def _agent(verb: Token) -> Token | None:
    by = (t for t in verb.children if t.dep_ == "agent" or (t.dep_ == "prep" and t.lower_ == "by"))
    nouns = (t for prep in by for t in prep.children if t.dep_ == "pobj" and t.ent_type_ not in ("DATE", "TIME"))
    return next(nouns, None)


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token itself."""
    clause = token.head
    if token.lower_ in RELATIVES and clause.dep_ in ("relcl", "conj"):
        while clause.dep_ == "conj" and is_verb(clause.head):
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def _fronted_noun(participle: Token) -> Token | None:
    """The order of "In the order, issued in May, he said", where the parser hangs it on the participle."""
    left = [t for t in participle.lefts if t.dep_ == "prep"]
    nouns = [t for prep in left for t in prep.children if t.dep_ == "pobj"]
    return nouns[-1] if nouns and participle.i > 0 and participle.nbor(-1).text == "," else None


def _has_gap_filler(verb: Token) -> bool:
    """True if a relative clause already has what the relative pronoun stands for, or needs none ("the day he left")."""
    if any(t.lower_ in ("when", "where", "why") for t in verb.children):
        return True
    return any(t.dep_ in ANY_SUBJECT and t.lower_ in RELATIVES for t in verb.children)


def _complements(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in COMPLEMENTS or (child.dep_ == "advcl" and child.tag_ == "VB"):
            yield child
            if child.dep_ == "ccomp":
                yield from (t for t in child.children if t.dep_ in ("attr", "acomp"))
        if child.dep_ == "prep":
            yield from (t for t in child.children if t.dep_ in ("amod", "pcomp", "acomp"))


def _modifiers(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in MODIFIERS:
            yield child
            yield from (t for t in child.children if t.dep_ in ("compound", "amod"))
    if noun.dep_ == "compound":
        yield from (t for t in noun.head.children if t.i < noun.i and t.dep_ in MODIFIERS)


def _governors(token: Token) -> Iterator[Token]:
    node = token
    for _ in range(3):
        if node.head.i == node.i:
            return
        node = node.head
        yield node
        if is_verb(node):
            return
