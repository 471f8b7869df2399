"""What a title that is too long does without: who its subject is besides its name, and asides at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.extract.grammar import Reading, auxiliaries, is_verb, own_subject
from ingest.extract.titles.lexicon import title_lexicon
from ingest.extract.titles.line import LONGEST
from ingest.nlp.words import Token
from kb.model import EntityKind

_BEFORE_VERB = 75
"""Characters before the verb that leave room for the rest."""
_LEAST = 45
"""Characters of a line that says enough without its end."""
_ADJUNCTS = frozenset(("prep", "advcl", "acl", "relcl", "conj", "appos", "advmod", "npadvmod", "agent"))
_ASIDES = frozenset(("prep", "advmod", "npadvmod", "advcl"))
_DETERRING = ("from", "of", "into")
_NEAR = 8
"""Tokens between "from" and "to"."""
_OPEN = frozenset(("ADP", "PART", "DET", "AUX", "SCONJ"))
"""Parts of speech that no line ends with."""


def with_room(reading: Reading, kept: list[Token], head: Token, trigger: Token) -> list[Token]:
    """`kept`, if too long, with less about its subject, without adjuncts at its end, or with both."""
    if kept[-1].idx + len(kept[-1].text) - kept[0].idx < LONGEST or length(kept) <= LONGEST:
        return kept
    plain = [t for t in kept if not (t.lower_ == "that" and t.dep_ == "mark")]
    if length(plain) <= LONGEST:
        return plain
    kept = _less_of_subject(reading, kept, head)
    if length(kept) > LONGEST and length(named := _less_of_subject(reading, plain, head)) <= LONGEST:
        return named
    told = next((t.i for t in head.rights if t.dep_ == "ccomp" and t in kept), None)
    if told is not None and length(kept) > LONGEST:
        kept = without_asides(kept, head, trigger, told)
    if length(kept) <= LONGEST:
        return kept
    shorter = without_end(kept, head, trigger)
    named = kept if length(shorter) <= LONGEST else with_name_alone(reading, kept, head)
    return shorter if named is kept else without_end(named, head, trigger)


def without_asides(kept: list[Token], head: Token, trigger: Token, told: int | None = None) -> list[Token]:
    """`kept` without where and how it is said, behind the verb and before `told`: "says (at a rally in Leeds) that"."""
    setting = title_lexicon().settings | {"to"}
    asides = (t for t in head.rights if t.dep_ in _ASIDES and (told is None or (t.i < told and t.lower_ in setting)))
    inside = {t.i for aside in asides for t in aside.subtree}
    return kept if trigger.i in inside else [t for t in kept if t.i not in inside]


def length(kept: Iterable[Token]) -> int:
    """Characters of a line of these words."""
    return sum([len(t.text) + 1 for t in kept])


def without_end(kept: list[Token], head: Token, trigger: Token, room: int = LONGEST) -> list[Token]:
    """`kept` up to the last whole phrase that leaves it no longer than `room`; `kept` if that says too little."""
    shorter: list[Token] | None = kept
    while shorter is not None and length(shorter) > room:
        shorter = _without_last(shorter, head, trigger)
    return kept if shorter is None or length(shorter) < min(_LEAST, room // 2) else shorter


def _without_last(kept: list[Token], head: Token, trigger: Token) -> list[Token] | None:
    """`kept` without the smallest adjunct at its end; None if it has none that may go."""
    node = kept[-1]
    while node.i > head.i and node.head.i != node.i:  # a root, where the parse is torn, is its own head
        if _can_go(node):
            inside = {t.i for t in node.subtree}
            if trigger.i in inside:
                break
            shorter = _without_loose_end([t for t in kept if t.i not in inside])
            if shorter[-1].i > head.i and not _needs_more(shorter[-1], node):
                return shorter
        node = node.head
    return None


def _can_go(node: Token) -> bool:
    """True for an adjunct without which its clause still holds: not for "without a visa", nor behind "not"."""
    if (
        node.dep_ not in _ADJUNCTS
        or node.lower_ == "of"
        or _is_glued(node)
        or _completes_noun(node)
        or _completes_preposition(node)
    ):
        return False
    opening = (node.left_edge, *(t for t in node.lefts if t.dep_ in ("mark", "cc")))
    if any(t.lower_ in title_lexicon().limiting for t in opening):
        return False
    if node.dep_ == "conj":
        joint = [t for t in node.head.rights if t.dep_ == "cc" and t.i < node.i]
        rows = node.head.dep_ == "conj" or node.head.head.lower_ == "between"
        return not rows and all(t.lower_ == "and" for t in joint)
    placed = node.dep_ == "prep" and node.head.lemma_ in title_lexicon().placing
    return not placed and not any(t.dep_ == "neg" for t in node.head.children)


def _is_glued(node: Token) -> bool:
    """True for the "on" of "year-on-year"."""
    before = node.left_edge.nbor(-1) if node.left_edge.i else node
    return not before.whitespace_ and before.i != node.i


def _completes_noun(clause: Token) -> bool:
    """True for the "to escape" of "in an attempt to escape", and for what "allegations" are made."""
    in_phrase = clause.head.dep_ == "pobj" and clause.tag_ not in ("VBN", "VBG")
    return clause.dep_ == "acl" and (in_phrase or own_subject(clause) is not None)


def _completes_preposition(preposition: Token) -> bool:
    """True for the "with" of "in line with", the "to" of "from coal to gas", the "from" of "stop her from going"."""
    noun = preposition.head
    if noun.dep_ == "pobj" and noun.tag_ == "NN" and not noun.lefts:
        return True
    if preposition.lower_ in _DETERRING and any(t.dep_ == "pcomp" for t in preposition.rights):
        return True
    before = preposition.doc[max(preposition.i - _NEAR, 0) : preposition.i]
    return preposition.lower_ == "to" and any(t.lower_ == "from" for t in before)


def _needs_more(last: Token, adjunct: Token) -> bool:
    """True for a verb or adjective that `adjunct` may complete, "calls for", "is responsible for", and for any "of"."""
    return (
        last.pos_ in _OPEN
        or last.dep_ == "acomp"
        or (last.i == adjunct.head.i and last.pos_ not in ("NOUN", "PROPN", "NUM"))
    )


def _without_loose_end(kept: list[Token]) -> list[Token]:
    while len(kept) > 1 and (
        kept[-1].dep_ == "cc" or (kept[-1].is_punct and kept[-1].text != "%") or _is_focus(kept[-1])
    ):
        kept.pop()
    return kept


def _is_focus(token: Token) -> bool:
    """True for an "especially" of which what it stands before is left out."""
    return token.dep_ == "advmod" and token.lower_ in title_lexicon().focusing


def _less_of_subject(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` without what tells more of its subject than a name: who a person is, which road it is."""
    subject = own_subject(head) if is_verb(head) else None
    if subject is None or subject.i > head.i:
        return kept
    if length(named := with_name_alone(reading, kept, head)) <= LONGEST:
        return named
    first = min(t.i for t in (head, *auxiliaries(head)))
    before, behind = [t for t in kept if t.i < first], [t for t in kept if t.i >= first]
    if length(before) <= _BEFORE_VERB:
        return kept
    besides = {t.i for t in _besides(reading, subject)}
    return [*_without_loose_end([t for t in before if t.i not in besides]), *behind]


def with_name_alone(reading: Reading, kept: list[Token], head: Token) -> list[Token]:
    """`kept` with nothing but the full name of who its subject is: "Ada Roe says"."""
    subject = own_subject(head) if is_verb(head) else None
    if subject is None:
        return kept
    who = {t.i for t in subject.subtree}
    name = _name_alone(reading, [t for t in kept if t.i in who], subject)
    return [t for t in kept if t.i not in who or t in name] if name else kept


def _name_alone(reading: Reading, before: list[Token], subject: Token) -> list[Token]:
    """The "Ada Roe" of "Former prime minister Ada Roe"; nothing for two people, nor without the full name."""
    person = reading.entities.get(subject.i)
    alone = subject.pos_ == "PROPN" and not any(t.dep_ == "conj" for t in subject.children)
    if person is None or person.kind is not EntityKind.PERSON or not alone:
        return []
    name = [t for t in before if reading.entities.get(t.i) is person]
    others = any(t.dep_ == "cc" or reading.kind(t) is EntityKind.PERSON for t in before if t not in name)
    return name if len(name) > 1 and not others else []


def _besides(reading: Reading, noun: Token) -> Iterator[Token]:
    """What stands behind the noun, and behind those joined to it, other than names and what follows an "of"."""
    left = [noun]
    while left:
        above = left.pop()
        for child in above.rights:
            named = child.dep_ == "appos" or above.pos_ == "PROPN"
            if child.dep_ == "conj" or child.lower_ == "of":
                left += (t for t in (child, *child.rights) if t.pos_ != "ADP")
            elif child.dep_ not in ("cc", "case", "punct") and not (named and child.right_edge.i in reading.entities):
                yield from child.subtree
