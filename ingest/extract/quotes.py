"""Direct speech: what stands between quotation marks or behind a speaker's name in a transcript, and who says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.grammar import PASSIVE_SUBJECTS, SUBJECTS, Reading, is_verb, tokens_of
from ingest.extract.speakers import name_of
from ingest.extract.triggers import lemma
from ingest.nlp.broken import BROKEN_MARKS
from ingest.nlp.words import Span, Token, Words
from kb.ontology.model import Ontology

_OPEN, _CLOSE, _EITHER = ("“", "„", "«", "``"), ("”", "»", "''"), '"'
_LEAST = 4
"""Words: what is shorter is a scare quote, and nobody's claim."""
_NEAR = 40
"""Tokens beside a quote in which its speaker is looked for."""


_LABEL = re.compile(
    r"^[ \t]*(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}|"
    r"(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Judge|Justice|Senator|Chairman|Chairwoman)\.? [A-Z][\w'’-]+)"
    r"(?: \([^)\n]{1,40}\))?:[ \t]+(?=\S)",
    re.MULTILINE,
)
_LEAST_LABELS = 3
"""Lines with a speaker's name that make a text a transcript."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens `start` up to `end` between quotation marks, and the name of whoever says them, if the text tells."""

    start: int
    end: int
    speaker: str | None


def find_quotes(reading: Reading, ontology: Ontology) -> tuple[Quote, ...]:
    """All quotes of the article in text order. One whose speaker is not told has that of the one before it nearby."""
    found: list[Quote] = []
    for start, end in _stretches(reading.doc):
        if end - start < _LEAST or not reading.doc[start].has_dep():
            continue
        verb = _speech_verb(reading.doc, ontology, start, end)
        subject = None if verb is None else _speaker(verb)
        if subject is not None:
            name: str | None = name_of(reading, ontology, subject)
        else:
            last = found[-1] if found else None
            near = last is not None and not any("\n" in t.text_with_ws for t in reading.doc[last.end : start - 1])
            name = last.speaker if last is not None and near else None
        found.append(Quote(start, end, name))
    return tuple(found)


def find_turns(reading: Reading) -> tuple[Quote, ...]:
    """The turns of a transcript ("MS. ROE: It issued the rule in March."), one for each labelled line."""
    text = reading.text
    labels = list(_LABEL.finditer(text))
    if len(labels) < _LEAST_LABELS or len({m["name"] for m in labels}) == len(labels):
        return ()
    turns = []
    for match in labels:
        end = text.find("\n", match.end())
        tokens = tokens_of(reading.doc, match.end(), end if end >= 0 else len(text))
        name = tokens_of(reading.doc, *match.span("name"))
        entity = next((reading.entities[t.i] for t in reversed(name) if t.i in reading.entities), None)
        turns.append(Quote(tokens.start, tokens.end, entity.name if entity else match["name"]))
    return tuple(turns)


def quote_around(quotes: Sequence[Quote], token: Token) -> Quote | None:
    """The quote that `token` stands in."""
    at = bisect_right(quotes, token.i, key=lambda q: q.start) - 1
    return quotes[at] if at >= 0 and token.i < quotes[at].end else None


def _stretches(doc: Words) -> Iterator[tuple[int, int]]:
    """Ranges of tokens inside quotation marks; one that is not closed in its paragraph ends with it."""
    start: int | None = None
    for token in doc:
        if start is None and (token.text in _OPEN or token.text == _EITHER):
            start = token.i + 1
        elif start is not None and (token.text in _CLOSE or token.text == _EITHER or _sticks(token)):
            yield start, token.i
            start = None
        if start is not None and "\n" in token.text_with_ws:
            yield start, token.i + 1
            start = None
    if start is not None:
        yield start, len(doc)


def _sticks(token: Token) -> bool:
    """True for a mark that was broken and ends a quote: one before which a gap stands may have been a dash."""
    return token.text in BROKEN_MARKS and token.i > 0 and not token.nbor(-1).whitespace_


def _speech_verb(doc: Words, ontology: Ontology, start: int, end: int) -> Token | None:
    """The verb of saying outside the quote, in the sentence of its last or of its first word; the nearest one."""
    last, first = doc[end - 1].sent, doc[start].sent
    after = doc[end : min(last.end, end + _NEAR)] if last.end > end else _next_sentence(doc, end)
    before = doc[max(first.start, start - _NEAR) : start]
    candidates = [t for t in after if _speaks(ontology, t) or _is_tag(t, end)][:1]
    candidates += [t for t in before if _speaks(ontology, t)][-1:]
    return min(candidates, key=lambda t: min(abs(t.i - end), abs(t.i - start)), default=None)


def _next_sentence(doc: Words, end: int) -> Span:
    """The words behind a quote whose end the parser takes for the end of the sentence: '…" she said.'"""
    if end + 1 >= len(doc) or doc[end].text not in (*_CLOSE, _EITHER, *BROKEN_MARKS) or "\n" in doc[end].text_with_ws:
        return doc[0:0]
    sentence = doc[end + 1].sent
    tag = doc[end + 1].is_lower or doc[end + 1].pos_ in ("PRON", "PROPN", "DET")
    short = sentence.end - (end + 1) <= _LEAST + 2
    return doc[end + 1 : sentence.end] if tag and short else doc[0:0]


def _is_tag(token: Token, end: int) -> bool:
    """True for any verb with a subject right behind a quote: '…," enthused the project's manager'."""
    finite = token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP")
    return finite and token.i - end <= 2 and any(t.dep_ in SUBJECTS and t.i > token.i for t in token.children)


def _speaks(ontology: Ontology, token: Token) -> bool:
    return is_verb(token) and lemma(token, ontology.speech.verbs) in ontology.speech.verbs


def _speaker(verb: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ in SUBJECTS and t.dep_ not in PASSIVE_SUBJECTS), None)
