"""Where the clause of a title begins and ends in its sentence."""

from __future__ import annotations

from ingest.extract.grammar import is_verb
from ingest.nlp.words import Span, Token

_FAR = 80
"""Tokens around a verb among which the end of its clause is looked for."""
_SAID = ("ccomp", "parataxis", "acl", "appos")
_DASHES = ("-", "–", "—", "--")
_DATELINE = 12
"""Tokens of a dateline, with its dash."""
_SHORT_LINE = 3
"""Words before the dash of a dateline in small letters."""


def clause_end(head: Token) -> int:
    """Index of the semicolon behind `head`, a colon with no clause of `head` behind, or the end of its sentence."""
    end = min(head.i + _FAR, head.sent.end)
    said = max((t.i for t in head.children if t.dep_ in _SAID or is_verb(t)), default=-1)
    parting = (t.i for t in head.doc[head.i : end] if t.text == ";" or (t.text == ":" and said < t.i))
    return next(parting, head.sent.end)


def clause_start(head: Token) -> int:
    """Index behind the semicolon before `head`, or a colon with no comma between, or the start of its sentence."""
    start = max(head.i - _FAR, head.sent.start)
    parting = [";", ":"]
    for token in reversed(head.doc[start : head.i]):
        if token.text in parting:
            return token.i + 1
        if token.text == ",":
            parting = [";"]
    return head.sent.start


def dateline_end(head: Token) -> int:
    """Index behind a dateline at the head of the sentence: "WASHINGTON - The House …", "GUATEMALA CITY (Wire) — …"."""
    start = head.sent.start
    line = head.doc[start : min(start + _DATELINE, head.sent.end)]
    dash = next((t.i for t in line if t.text in _DASHES and t.i > start and t.nbor(-1).whitespace_), None)
    if dash is None or dash >= head.i:
        return start
    place = [t for t in head.doc[start:dash] if t.is_alpha]
    shouted = bool(place) and place[0].is_upper and len(place[0]) > 1
    named = shouted and all(t.is_upper or t.pos_ == "PROPN" for t in place)
    return dash + 1 if named or _opens_story(head.doc[start : dash + 1]) else start


def _opens_story(line: Span) -> bool:
    """True for the "Oakdale — " and "Newswire -- " before the first sentence of a story, which begins as one does."""
    names, dash, doc = line[:-1], line[-1], line.doc
    if not 0 < len(names) <= _SHORT_LINE or dash.text == "-" or not all(t.text[:1].isupper() for t in names):
        return False
    opening = line.start == 0 or "\n" in doc[line.start - 1].text_with_ws
    return opening and line.end < len(doc) and doc[line.end].text[:1].isupper()
