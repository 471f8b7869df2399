"""Where the clause of a title begins and ends in its sentence."""

from __future__ import annotations

from ingest.extract.grammar import is_verb
from ingest.nlp.words import Span, Token

_FAR = 80
"""Tokens around a verb among which the end of its clause is looked for."""
_SAID = ("ccomp", "parataxis", "acl", "appos")
_DASHES = ("-", "–", "—", "--")
_LONGEST_BRACKET = 20
"""Tokens."""
_SHORTEST_LABEL = 4
_DATELINE = 12
"""Tokens of a dateline, with its dash."""
_SHORT_LINE = 3
"""Words before the dash of a dateline in small letters."""


def clause_end(head: Token) -> int:
    """Index of the semicolon behind `head`, a colon with no clause of `head` behind, or the end of its sentence."""
    end = min(head.i + _FAR, head.sent.end)
    said = max((t.i for t in head.children if t.dep_ in _SAID or is_verb(t)), default=-1)
    parting = (t for t in head.doc[head.i : end] if t.text == ";" or (t.text == ":" and said < t.i))
    mark = next((t for t in parting if not _is_bracketed(t)), None)
    return head.sent.end if mark is None else _label_start(mark, head)


def clause_start(head: Token) -> int:
    """Index behind the semicolon before `head`, or a colon with no comma between, or the start of its sentence."""
    start = max(head.i - _FAR, head.sent.start)
    parting = [";", ":"]
    for token in reversed(head.doc[start : head.i]):
        if token.text in parting and not _is_bracketed(token):
            return token.i + 1
        if token.text == ",":
            parting = [";"]
    return head.sent.start


def _label_start(mark: Token, head: Token) -> int:
    """Index of the label in capitals before a colon, "knife attack ATTACKER: a man", or of the colon or semicolon."""
    label = mark.nbor(-1)
    labels = mark.text == ":" and len(label) >= _SHORTEST_LABEL and label.text.isalpha() and label.text.isupper()
    if not labels or label.i <= head.i + 1 or label.nbor(-1).text.isupper():
        return mark.i
    before = label.nbor(-1)
    return label.i if before.pos_ in ("NOUN", "PROPN", "NUM", "PUNCT") or before.tag_ == "VBG" else mark.i


def _is_bracketed(mark: Token) -> bool:
    """True for a semicolon inside brackets: "20 million (£2 million; €3 million)"."""
    before = (t.text for t in reversed(mark.doc[max(mark.i - _LONGEST_BRACKET, 0) : mark.i]))
    behind = (t.text for t in mark.doc[mark.i : mark.i + _LONGEST_BRACKET])
    return next((t for t in before if t in "()"), ")") == "(" and next((t for t in behind if t in "()"), "(") == ")"


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
