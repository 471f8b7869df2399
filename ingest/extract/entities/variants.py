"""Names of one thing joined: "Donald Trump" and "Trump", "Securities and Exchange Commission" and "SEC"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from ingest.extract.entities.acronyms import defined_acronym, foreign_acronym, is_given_for
from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.references.nouns import load_nouns
from ingest.extract.entities.repeats import surnames
from kb.gazetteer import Gazetteer, Listed
from kb.ids import name_key
from kb.model import EntityKind

_YEAR = re.compile(r" of \d{4}\Z")
_LETTERS = re.compile(r"[^\W\d_][\w'’]*")
_DOCKET = re.compile(r"(?:[Cc]ase |[Dd]ocket |[Nn]os?\.|C-|T-)")


@dataclass(slots=True)
class Variant:
    """One way of writing a name, with every place it stands."""

    key: str
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def listed(self) -> Listed | None:
        """What the gazetteer says about it."""
        return next((c.listed for c in self.candidates if c.listed), None)

    @property
    def text(self) -> str:
        """Its longest spelling, in capitals only if there is no other."""
        return _best_spelling(c.text for c in self.candidates)

    @property
    def is_person(self) -> bool:
        """True if the gazetteer, a honorific or most of the tagger's votes take it for a person."""
        if self.listed:
            return self.listed.kind is EntityKind.PERSON
        if any(c.evidence is Evidence.PATTERN for c in self.candidates):
            return False
        kinds = [c.kind for c in self.candidates if c.kind]
        return any(c.evidence is Evidence.HONORIFIC for c in self.candidates) or (
            2 * kinds.count(EntityKind.PERSON) >= len(kinds) > 0
        )


def join_variants(text: str, chosen: list[Candidate], gazetteer: Gazetteer) -> Iterator[list[Variant]]:
    """The variants of each thing; every candidate is in exactly one."""
    variants: dict[str, Variant] = {}
    for candidate in chosen:
        key = _key(candidate)
        variants.setdefault(key, Variant(key)).candidates.append(candidate)
    graph = nx.Graph()
    graph.add_nodes_from(variants)
    graph.add_edges_from(_acronym_edges(text, chosen))
    graph.add_edges_from(_alias_edges(text, chosen))
    graph.add_edges_from(_docket_edges(text, chosen))
    graph.add_edges_from(_short_name_edges(variants, gazetteer))
    graph.add_edges_from(_surname_edges(variants, gazetteer))
    graph.add_edges_from(_longer_surname_edges(variants))
    graph.add_edges_from(_first_name_edges(variants))
    graph.add_edges_from(_initials_edges(variants))
    graph.add_edges_from(_part_edges(text, variants))
    order = {key: at for at, key in enumerate(variants)}
    for component in nx.connected_components(graph):
        yield [variants[key] for key in sorted(component, key=order.__getitem__)]


def name_of(variants: list[Variant]) -> str:
    """The gazetteer's name, else a rule's official form, else the longest spelling."""
    listed = [variant.listed for variant in variants if variant.listed]
    if listed:
        return max(listed, key=lambda one: len(one.name)).name
    official = [c.name for variant in variants for c in variant.candidates if c.name]
    return _best_spelling(official or [variant.text for variant in variants])


def _best_spelling(names: Iterable[str]) -> str:
    return max(names, key=lambda name: (not (name.isupper() and len(name) > 5), len(name)))


def _key(candidate: Candidate) -> str:
    if candidate.listed:
        return name_key(candidate.listed.name)
    return name_key(candidate.name or candidate.text)


def _acronym_edges(text: str, chosen: list[Candidate]) -> Iterator[tuple[str, str]]:
    starts = {candidate.start: candidate for candidate in chosen}
    for candidate in chosen:
        span = defined_acronym(text, candidate)
        if span and span[0] in starts:
            yield _key(candidate), _key(starts[span[0]])
        foreign = None if span else foreign_acronym(text, candidate)
        if foreign and (other := starts.get(foreign[0])) and not other.listed:
            yield _key(candidate), _key(other)


def _alias_edges(text: str, chosen: list[Candidate]) -> Iterator[tuple[str, str]]:
    for first, second in pairwise(chosen):
        if is_given_for(text, first, second):
            yield _key(first), _key(second)


def _docket_edges(text: str, chosen: list[Candidate]) -> Iterator[tuple[str, str]]:
    """ "TikTok v. Garland, No. 24-656": the number is another name of the case."""
    for first, second in pairwise(chosen):
        are_cases = first.kind is second.kind is EntityKind.CASE
        one_is_docket = bool(_DOCKET.match(first.text)) != bool(_DOCKET.match(second.text))
        if are_cases and one_is_docket and text[first.end : second.start] in (", ", " (", ", in "):
            yield _key(first), _key(second)


def _short_name_edges(variants: dict[str, Variant], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """ "Acme Group" is also "Acme"; the "Clean Air Act of 1970" is also the "Clean Air Act"."""
    tails = {word.casefold() for word in gazetteer.words["company_tails"]}
    longer: dict[str, list[str]] = defaultdict(list)
    for key, variant in variants.items():
        short = _YEAR.sub("", key)
        while short.rpartition(" ")[2] in tails:
            short = short.rpartition(" ")[0]
        if short != key and short in variants and not _is_apart(variants[short], variant):
            longer[short].append(key)
    for short, keys in longer.items():
        if len(keys) == 1 or not any(key.rpartition(" ")[2] in tails for key in keys):
            yield from ((key, short) for key in keys)


def _is_apart(short: Variant, long: Variant) -> bool:
    """True for "Qatar" and "Qatar Airways"."""
    return short.listed is not None and (long.listed is not None or short.listed.kind is EntityKind.PLACE)


def _surname_edges(variants: dict[str, Variant], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """A surname alone is the one person of that name, or the one whom the text has named before it.

    So is a name without its middle.
    """
    families: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants.values():
        if variant.is_person and " " in variant.key:
            for family in surnames(variant.text, gazetteer):
                families[name_key(family)].append(variant)
    for family, members in families.items():
        by_first: dict[str, list[Variant]] = defaultdict(list)
        for member in members:
            by_first[_given_name(member.key, family)].append(member)
        for same in by_first.values():
            yield from ((a.key, b.key) for a, b in pairwise(same) if not (a.listed and b.listed))
        if family in variants and _may_be_person(variants[family]):
            bare = _first_place(variants[family])
            before = [member for member in members if _first_place(member) < bare]
            if len(by_first) == 1 or len(before) == 1:
                yield family, (before or members)[0].key


def _longer_surname_edges(variants: dict[str, Variant]) -> Iterator[tuple[str, str]]:
    """ "de Lima" is the one person whose name ends so."""
    people = [variant.key for variant in variants.values() if variant.is_person and variant.key.count(" ") > 1]
    given = load_nouns().sexes
    for key in variants if people else ():
        may_be = " " in key and key.split(maxsplit=1)[0] not in given  # "Bio Axel Weber" is no longer name of his
        longer = [name for name in people if name.endswith(f" {key}")] if may_be else []
        if len(longer) == 1 and not variants[key].listed:
            yield key, longer[0]


def _given_name(key: str, family: str) -> str:
    """The first word of a name, or the rest of it if that is the surname."""
    first, _, rest = key.partition(" ")
    return rest if first == family else first


def _first_place(variant: Variant) -> int:
    return min(candidate.start for candidate in variant.candidates)


def _first_name_edges(variants: dict[str, Variant]) -> Iterator[tuple[str, str]]:
    """A first name alone that is taken for a person is the one person of that name."""
    namesakes: dict[str, list[str]] = defaultdict(list)
    for variant in variants.values():
        if variant.is_person and " " in variant.key:
            namesakes[variant.key.split()[0]].append(variant.key)
    for first, keys in namesakes.items():
        if len(keys) == 1 and first in variants and variants[first].is_person and not variants[first].listed:
            yield first, keys[0]


def _initials_edges(variants: dict[str, Variant]) -> Iterator[tuple[str, str]]:
    """ "SBI" is the one "State Bank of India", though no parenthesis says so; the "NHI Act" the "National Health …"."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for variant in variants.values():
        if not variant.is_person and len(words := _LETTERS.findall(variant.text)) > 1:
            for kept in (words, [word for word in words if word[0].isupper()]):
                spelled["".join(word[0] for word in kept)].add(variant.key)
                spelled[" ".join(("".join(word[0] for word in kept[:-1]), *kept[-1:]))].add(variant.key)
    for variant in variants.values():
        letters, _, head = variant.text.partition(" ")
        if letters.isupper() and 2 <= len(letters) < 7 and " " not in head and not variant.listed:
            names = spelled.get(variant.text, set()) - {variant.key}
            if len(names) == 1:
                yield variant.key, min(names)


def _part_edges(text: str, variants: dict[str, Variant]) -> Iterator[tuple[str, str]]:
    """ "the Chamber" is the one "U.S. Chamber of Commerce" of the text."""
    whole: dict[str, set[str]] = defaultdict(set)
    for variant in variants.values():
        if " " in variant.key and not variant.is_person and not _is_case(variant):
            for word in variant.key.split():
                whole[word].add(variant.key)
    for variant in variants.values():
        names = whole.get(variant.key, set())
        if len(names) == 1 and not variant.listed and _has_article(text, variant):
            yield variant.key, min(names)


def _is_case(variant: Variant) -> bool:
    return any(c.kind is EntityKind.CASE for c in variant.candidates)


def _has_article(text: str, variant: Variant) -> bool:
    """True if "the" stands before it more often than not."""
    with_article = sum(text[max(0, c.start - 4) : c.start].casefold() == "the " for c in variant.candidates)
    return 2 * with_article > len(variant.candidates)


def _may_be_person(variant: Variant) -> bool:
    if variant.listed:
        return variant.listed.kind is EntityKind.PERSON
    return not any(c.evidence is Evidence.PATTERN for c in variant.candidates)
