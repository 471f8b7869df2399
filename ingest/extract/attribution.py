"""Who says it: the subject of a speech verb over the event, or the name after "according to"."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.extract.grammar import Reading, is_verb, subject_of
from kb.ontology.model import Ontology

_CLIMB = 8
_CLAUSES = frozenset(
    ("ccomp", "xcomp", "parataxis", "conj", "advcl", "relcl", "acl", "dobj", "pobj", "prep", "nsubj", "nsubjpass")
)


def source_of(reading: Reading, ontology: Ontology, trigger: Token) -> str | None:
    """The text of whoever the article lets say that the event happened, or None if the article says it itself."""
    node = trigger
    for _ in range(_CLIMB):
        head = node.head
        if head.i == node.i:
            break
        if node.dep_ == "ccomp" and is_verb(head) and head.lemma_.lower() in ontology.speech.verbs:
            speaker = subject_of(head)
            if speaker is not None:
                return name_of(reading, speaker)
        node = head
    return _according_to(reading, trigger.sent.root)


def name_of(reading: Reading, token: Token) -> str:
    """The canonical name of the entity that `token` belongs to, else its phrase without what follows it."""
    entity = reading.entities.get(token.i)
    if entity is not None:
        return entity.name
    left = [
        t for t in token.children if t.i < token.i and t.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod")
    ]
    start = min((t.left_edge.i for t in left), default=token.i)
    return token.doc[start : token.i + 1].text


def _according_to(reading: Reading, root: Token) -> str | None:
    for token in root.children:
        if token.lower_ == "according":
            noun = next((t for to in token.children for t in to.children if t.dep_ == "pobj"), None)
            if noun is not None:
                return name_of(reading, noun)
    return None
