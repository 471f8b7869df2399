"""One kind per thing: the gazetteer and the rules decide, else its mentions vote, with the words beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.references.introductions import How, Introduction
from ingest.extract.entities.references.nouns import Noun, load_nouns
from ingest.extract.entities.variants import Variant
from kb.gazetteer import Gazetteer
from kb.model import EntityKind

Introductions = Mapping[int, Sequence[Introduction]]
"""Offset of a mention -> what is said of it beside it."""

_BESIDE = re.compile(r"\s*(?:['’]s?)?[\s(\"“]*(?P<word>\w+)")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}\Z")
_WHERE = frozenset(("in", "near", "outside"))
_DATELINE = re.compile(
    r"(?:, [A-Z][\w.]+){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?(?:(?:\([^)\n]{2,40}\) ?)?[-–—] |\. ?/)"
)
"""Behind the place that a report comes from: "OAKDALE, Ill. (Wire) - ", "OAKDALE, May 3. /Wire/"."""
_AGED = re.compile(r", \d{1,2}(?:,| and\b|[.)]\s)")
"""Behind a person's name: "Ada Roe, 43, and"."""
_PLACED_REACH = 25
"""Characters."""
_PLACED = re.compile(
    r"\b(?:province|town|city|village|district|region|suburb|county|island|municipality|prefecture) of\s+\Z"
)
_PLACE_BEHIND = re.compile(
    r" (?:province|district|village|town|county|neighbou?rhood|prefecture|governorate)\b"
    r"| (?:(?:army|military|air|naval) base|(?:gold|coal|copper) mine|refugee camp|mosque|dam|checkpoint)\b"
    r"| state(?=[,.;)]| (?:in|on|and|of)\b)"
)
_BEFORE = re.compile(r"(?P<word>\w+)[\s\"“(]+\Z")
_TAGGER_WEIGHT, _CONTEXT_WEIGHT, _CONTEXT_LIMIT, _WHO, _STRONG = 60, 20, 100, 140, 150
"""Points: all of the tagger's labels together, one word beside a mention and all of them, a "who", a telling word."""
_ACRONYM = range(3, 7)
"""Letters."""
_PERSONS_NAME = 2
"""Words."""
_NEXT = re.compile(r" (?P<word>[a-z]+)\b")


def vote_kind(
    text: str, name: str, variants: list[Variant], gazetteer: Gazetteer, introduced: Introductions
) -> EntityKind:
    """The kind of the thing that `variants` name; `introduced` holds what the text says of the mention at an offset."""
    candidates = [candidate for variant in variants for candidate in variant.candidates]
    listed = max((v.listed for v in variants if v.listed), key=lambda one: len(one.name), default=None)
    if listed:
        return listed.kind
    ruled = Counter(c.kind for c in candidates if c.evidence in (Evidence.PATTERN, Evidence.LISTED) and c.kind)
    if ruled:
        return ruled.most_common(1)[0][0]
    if any(_has_legal_form(variant.text, gazetteer) for variant in variants):
        return EntityKind.COMPANY
    votes = _tagger_votes(_in_full(variants) or candidates)
    if any(c.evidence is Evidence.HONORIFIC for c in candidates):
        votes[EntityKind.PERSON] += _STRONG
    votes.update(_name_votes(name, gazetteer))
    votes.update(_context_votes(text, candidates, gazetteer))
    votes.update(_introduction_votes(name, candidates, introduced))
    if _is_acronym(name):
        votes[EntityKind.ORGANIZATION] += votes.pop(EntityKind.PERSON, 0)
    if not votes:
        return EntityKind.OTHER
    winner = max(votes, key=lambda kind: (votes[kind], kind))
    if winner is EntityKind.ORGANIZATION and votes[EntityKind.COMPANY]:
        return EntityKind.COMPANY
    return winner


def is_guess(name: str, variants: list[Variant], gazetteer: Gazetteer) -> bool:
    """True if neither a list, nor a rule, nor the words of the name tell what it names."""
    sure = any(c.listed or c.evidence in (Evidence.PATTERN, Evidence.LISTED) for v in variants for c in v.candidates)
    formal = any(_has_legal_form(variant.text, gazetteer) for variant in variants)
    return not (sure or formal or _name_votes(name, gazetteer))


def _is_acronym(name: str) -> bool:
    """True for what is written in capitals throughout: "TEPCO" is nobody's name."""
    return name.isalpha() and name.isupper() and len(name) in _ACRONYM


def _in_full(variants: list[Variant]) -> list[Candidate]:
    """The full names of a person who is called by one word, too, which the tagger takes for anything."""
    full = [variant for variant in variants if " " in variant.key]
    words = {word for variant in full for word in variant.key.split()}
    bare = [variant.key for variant in variants if " " not in variant.key]
    if not bare or not words.issuperset(bare) or not all(variant.is_person for variant in full):
        return []
    return [candidate for variant in full for candidate in variant.candidates]


def _tagger_votes(candidates: list[Candidate]) -> Counter[EntityKind]:
    """Shares of the tagger's labels, so that a name it misreads often is not judged by number alone."""
    labels = Counter(c.kind for c in candidates if c.evidence is Evidence.TAGGED and c.kind)
    return Counter({kind: round(_TAGGER_WEIGHT * count / labels.total()) for kind, count in labels.items()})


def _name_votes(name: str, gazetteer: Gazetteer) -> Counter[EntityKind]:
    """What the words of the name itself say: "University", "Ministry", a first name.

    A first name tells nothing of a longer name that ends in such a word: "John Wayne Cancer Institute".
    """
    votes: Counter[EntityKind] = Counter()
    words = name.replace(",", "").split()
    if len(words) > 1:
        joint = next((at for at, word in enumerate(words) if word in ("of", "for")), 0)
        for word in (words[joint - 1], words[-1], words[0]):
            if kind := gazetteer.head_words.get(word):
                votes[kind] += _STRONG
                break
        named_after = votes and len(words) > _PERSONS_NAME
        if not named_after and (words[0].casefold() in load_nouns().sexes or _INITIALS.match(words[0])):
            votes[EntityKind.PERSON] += _CONTEXT_LIMIT
    return votes


def _has_legal_form(name: str, gazetteer: Gazetteer) -> bool:
    words = name.replace(",", "").split()
    return len(words) > 1 and words[-1] in gazetteer.words["legal_forms"]


def _introduction_votes(name: str, candidates: list[Candidate], introduced: Introductions) -> Counter[EntityKind]:
    """What the text says it is: "Ardagh, a bottle maker", "Judge Mehta", "Artigas, who led the talks"."""
    votes: Counter[EntityKind] = Counter()
    nouns = load_nouns().nouns
    for candidate in candidates:
        for one in introduced.get(candidate.start, ()):
            meaning = nouns.get(one.noun.lower_)
            if one.how is How.CLAUSE:
                votes[EntityKind.PERSON] = _WHO
            elif meaning and len(meaning.kinds) == 1 and one.how is not How.COMPOUND:
                sure = one.how is How.BEHIND or _is_called(name, one, candidate, meaning)
                votes[next(iter(meaning.kinds))] += _CONTEXT_LIMIT if sure else _CONTEXT_LIMIT // 2
    return votes


def _is_called(name: str, one: Introduction, candidate: Candidate, meaning: Noun) -> bool:
    """True for the "manufacturer" of "manufacturer Zorvex", the "governor" of "governor Ada Roe" and "her aunt, Roe".

    Who is named after a thing alone ("manufacturer Ada Roe") has a first name, too; a thing after a person has none.
    """
    is_person = EntityKind.PERSON in meaning.kinds
    if one.how is How.BEFORE:
        return is_person or " " not in name
    beside = one.how is How.TITLE and one.noun.idx + len(one.noun) + 1 == candidate.start
    return beside and (" " in name) is is_person


def _context_votes(text: str, candidates: list[Candidate], gazetteer: Gazetteer) -> Counter[EntityKind]:
    """What stands right beside its mentions: "the X app", "X shares"."""
    votes: Counter[EntityKind] = Counter()
    for candidate in candidates:
        beside = _BESIDE.match(text, candidate.end)
        before = _BEFORE.search(text, max(0, candidate.start - 25), candidate.start)
        words = {match["word"] for match in (beside, before) if match}
        if before and before["word"].casefold() == "the" and " " not in candidate.text:
            votes[EntityKind.PERSON] -= _CONTEXT_WEIGHT  # "the Spurs" is a team
            votes[EntityKind.ORGANIZATION] += _CONTEXT_WEIGHT
        if before and before["word"] in _WHERE and votes[EntityKind.PLACE] < _CONTEXT_LIMIT:
            votes[EntityKind.PLACE] += _CONTEXT_WEIGHT
        if _AGED.match(text, candidate.end):
            votes[EntityKind.PERSON] = _STRONG
        placed = _PLACED.search(text, max(0, candidate.start - _PLACED_REACH), candidate.start)
        if placed or _PLACE_BEHIND.match(text, candidate.end):
            votes[EntityKind.PLACE] = _STRONG
        if _DATELINE.match(text, candidate.end) and text[: candidate.start].rpartition("\n")[2].strip() == "":
            votes[EntityKind.PLACE] += _STRONG
        behind = _NEXT.match(text, candidate.end)
        if behind and (named := gazetteer.things_behind.get(behind["word"])):
            votes[named] = _STRONG
        for kind, cues in gazetteer.contexts.items():
            if words & cues and votes[kind] < _CONTEXT_LIMIT:
                votes[kind] += _CONTEXT_WEIGHT
    return votes
