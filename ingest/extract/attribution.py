"""Who says it: the subject of a speech verb around the event, the speaker of a quote, the name after "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.extract.grammar import (
    ANY_SUBJECT,
    Reading,
    auxiliaries,
    is_passive,
    is_verb,
    joined_to,
    subject_of,
)
from ingest.extract.quotes import Quote, find_quotes, find_turns, quote_around
from ingest.extract.speakers import name_of
from ingest.extract.triggers import lemma
from ingest.nlp.words import Span, Token
from kb.ontology.model import Ontology

UNNAMED = "unnamed sources"
_CLIMB = 10
_TAG = 30
"""Tokens at the end of a sentence in which its speaker may be named."""
_RECORD = 3
"""Words within which a record is named behind the comma: "documents", "federal court records"."""
_ASIDE = ("parataxis", "ccomp")
_OF_ONESELF = frozenset(("claim", "admit", "profess", "boast", "report", "confess"))
"""Verbs whose subject speaks of what it did itself: "claimed to have won"."""
_ACCUSING = frozenset(("accuse", "suspect", "charge"))
_IT = frozenset(("it", "there"))


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in one article: its quotes, and the sources its sentences name, found once."""

    reading: Reading
    ontology: Ontology
    quotes: Sequence[Quote]
    turns: Sequence[Quote]
    _named: dict[int, str | None] = field(default_factory=dict)

    def source_of(self, trigger: Token) -> str | None:
        """Whoever the article lets say that the event happened, or None if the article says it itself."""
        return (
            self._reported(trigger)
            or self._quoted(trigger)
            or self._named_in(trigger.sent)
            or self._tagged(trigger)
            or self._recorded(trigger)
            or self._hearsay(trigger)
        )

    def _reported(self, trigger: Token) -> str | None:
        """ "X said that …", "…, X said, …", "X accused Y of …"."""
        node = trigger
        for _ in range(_CLIMB):
            aside = next((t for t in node.children if self._is_aside(t, node)), None)
            if aside is not None and aside.i != trigger.i:
                return self._speaker(aside)
            head = node.head
            if head.i == node.i or node.dep_ == "relcl" or _stands_apart(node):
                return None
            if (host := joined_to(node)).i != head.i:
                node = host
                continue
            if node.dep_ == "ccomp" and head.pos_ == "ADV" and head.dep_ == "advmod":
                head = head.head  # "insisted as late as Sunday that"
            if self._is_said(node, head) or self._is_accused(node, head):
                return self._holder(head) if node.dep_ == "xcomp" else self._speaker(head)
            node = head
        return None

    def _holder(self, verb: Token) -> str | None:
        """Who holds that somebody did something: of "a man thought to have left" nobody says who thinks so."""
        own = is_passive(verb) or verb.lemma_ in _OF_ONESELF
        return self._speaker(verb) if own else UNNAMED

    def _is_said(self, node: Token, head: Token) -> bool:
        if not (is_verb(head) and self._speaks(head)) or any(t.dep_ == "neg" for t in head.children):
            return False
        if node.i < head.i and any(t.dep_ == "cc" and node.i < t.i < head.i for t in (*head.children, *node.children)):
            return False
        if node.dep_ == "ccomp":
            another = any(t.dep_ == "ccomp" and t.i > head.i for t in head.children)
            return node.i > head.i or not another
        words = [t.lower_ for t in auxiliaries(node)]
        return node.dep_ == "xcomp" and ("have" in words or "having" in words)

    def _is_aside(self, verb: Token, node: Token) -> bool:
        """True for a verb of saying that the sentence puts between commas, or behind one."""
        if verb.dep_ not in _ASIDE or not self._speaks(verb) or any(t.dep_ == "mark" for t in verb.children):
            return False
        if any(t.dep_ in ("ccomp", "dobj") and t.i > verb.i for t in verb.children):
            return False
        edge = verb.left_edge
        return (edge.i > 0 and edge.nbor(-1).is_punct) or verb.dep_ == "parataxis" or verb.i < node.left_edge.i

    def _is_accused(self, node: Token, head: Token) -> bool:
        return node.dep_ == "pcomp" and head.dep_ == "prep" and head.head.lemma_ in _ACCUSING

    def _quoted(self, trigger: Token) -> str | None:
        quote = quote_around(self.quotes, trigger) or quote_around(self.turns, trigger)
        return quote.speaker if quote is not None else None

    def _named_in(self, sentence: Span) -> str | None:
        """The name after "according to" or the like."""
        if sentence.start not in self._named:
            self._named[sentence.start] = next(self._sources(sentence), None)
        return self._named[sentence.start]

    def _sources(self, sentence: Span) -> Iterator[str]:
        near = self.reading.words_near(sentence[0])
        phrases = [words for words in _in_words(self.ontology.speech.sources) if near.issuperset(words)]
        if not phrases:
            return
        for token in sentence:
            if any(token.lower_ == words[-1] and _preceded(token, words) for words in phrases):
                noun = next((t for t in token.children if t.dep_ in ("pobj", "dobj")), None)
                if noun is not None and noun.pos_ in ("NOUN", "PROPN", "PRON") and not _is_rate(token, noun):
                    yield name_of(self.reading, self.ontology, noun)

    def _tagged(self, trigger: Token) -> str | None:
        """The speaker at the end of the sentence, however the parser reads it: "…, the ministry said"."""
        sentence = trigger.sent
        for verb in reversed(sentence.doc[max(sentence.start, sentence.end - _TAG) : sentence.end]):
            if not (verb.pos_ == "VERB" and verb.tag_ in ("VBD", "VBZ", "VBP") and self._speaks(verb)):
                continue
            subject = _nearest_subject(verb)
            if subject is None or any(t.dep_ == "ccomp" and t.i > verb.i for t in verb.children):
                return None
            start = next(
                (i for i in range(verb.i, max(sentence.start, verb.i - _TAG), -1) if sentence.doc[i - 1].text == ","),
                None,
            )
            behind = start is not None and trigger.i < start == min(subject.left_edge.i, verb.i)
            return self._speaker(verb) if behind else None
        return None

    def _recorded(self, trigger: Token) -> str | None:
        """What has been written down, at the end of the sentence: "…, court records show"."""
        speech, sentence = self.ontology.speech, trigger.sent
        if speech.shows.isdisjoint(self.reading.words_near(trigger)):
            return None
        last = next((t for t in reversed(sentence) if not (t.is_punct or t.is_space)), trigger)
        if last.lower_ not in speech.shows:
            return None
        tail = sentence.doc[max(trigger.i, last.i - _TAG) : last.i]
        comma = next((t.i for t in reversed(tail) if t.text == ","), last.i)
        named = next((t.i for t in sentence.doc[comma + 1 : comma + 1 + _RECORD] if t.lower_ in speech.records), None)
        return sentence.doc[comma + 1 : named + 1].text if named is not None else None

    def _hearsay(self, trigger: Token) -> str | None:
        verb = trigger if is_verb(trigger) else trigger.head
        if any(t.lower_ in self.ontology.speech.hearsay for t in verb.children):
            return UNNAMED
        return None

    def _speaker(self, verb: Token) -> str | None:
        verb = verb if is_verb(verb) else verb.head
        if is_passive(verb):
            agent = subject_of(verb)
            return name_of(self.reading, self.ontology, agent) if agent is not None else UNNAMED
        subject = _nearest_subject(verb) or subject_of(verb)
        if subject is None or (subject.lower_ in _IT and subject.i + 1 == verb.i and verb.lemma_ == "be"):
            return None
        return name_of(self.reading, self.ontology, subject)

    def _speaks(self, verb: Token) -> bool:
        return lemma(verb, self.ontology.speech.verbs) in self.ontology.speech.verbs


@cache
def _in_words(phrases: frozenset[str]) -> list[list[str]]:
    return [phrase.split() for phrase in phrases]


def hear(reading: Reading, ontology: Ontology) -> Voices:
    """The voices of one article."""
    return Voices(reading, ontology, find_quotes(reading, ontology), find_turns(reading))


def _stands_apart(node: Token) -> bool:
    """True for what the article adds to a report: "said that it would appeal, and the court set a date"."""
    if node.dep_ != "conj" or not any(t.dep_ in ANY_SUBJECT for t in node.children):
        return False
    if any(t.dep_ == "mark" for t in node.children):
        return False
    joint = next((t for t in node.head.children if t.dep_ == "cc" and t.i < node.i), None)
    return joint is not None and joint.i > 0 and joint.nbor(-1).text == ","


def _nearest_subject(verb: Token) -> Token | None:
    """The subject beside the verb, where the parser gives it two: "The border reopened, the ministry said"."""
    subjects = [t for t in verb.children if t.dep_ in ANY_SUBJECT]
    return min(subjects, key=lambda t: abs(t.i - verb.i), default=None)


def _is_rate(preposition: Token, noun: Token) -> bool:
    """True for "12 per cent" and "3 euros per tonne", not for "per the ministry" or "per Reuters"."""
    bare = noun.pos_ != "PROPN" and not any(t.dep_ in ("det", "poss") for t in noun.lefts)
    return preposition.lower_ == "per" and preposition.nbor(-1).lower_ != "as" and bare


def _preceded(token: Token, words: Sequence[str]) -> bool:
    start = token.i - len(words) + 1
    return start >= 0 and all(w == t.lower_ for w, t in zip(words, token.doc[start : token.i + 1], strict=True))
