"""Names found in one place and repeated in others, where the tagger overlooked or misread them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.extract.entities.acronyms import defined_acronym, foreign_acronym
from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.references.nouns import load_nouns
from ingest.extract.entities.runs import PARTICLE
from kb.gazetteer import Gazetteer, NameIndex, Use
from kb.model import EntityKind

_OF_THINGS = frozenset("the a an this that its their our each every new".split())
"""Words that stand before the name of a product or a team, and before nobody's surname: "the Fold", "a Fold"."""
_MISREAD = (None, EntityKind.ORGANIZATION)
"""What the tagger may take a person for whom it does not know; a name that ends in "s" is oftener a team's."""
_NAME = 2
"""Words of a name that is looked at for whether its second one is a surname."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"\b[a-z][\w-]+")


def find_repeats(page: Page, chosen: list[Candidate], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Further mentions of the chosen names, of their acronyms and of people's surnames.

    A surname that the text never writes small is a name even where a sentence starts with it.
    """
    text = page.text
    free = _free_ranges(len(text), chosen)
    people = [one.text for one in chosen if one.kind is EntityKind.PERSON and " " in one.text]
    families = {family for name in people for family in surnames(name, gazetteer)}
    written_small = set(_SMALL.findall(text)) if families else set()
    unusual = families - gazetteer.words["ordinary_words"]
    sure_anyway = {name for name in unusual if written_small.isdisjoint(name.casefold().split())}
    names = _names_to_look_for(text, chosen, gazetteer)
    for start, end, sure in NameIndex(names).find(text):
        if (
            free[start]
            and free[end - 1]
            and page.is_article(start)
            and (sure or text[start:end] in sure_anyway or page.is_tagged_name(start, end))
        ):
            yield Candidate(start, end, text[start:end], Evidence.REPEATED)


def _names_to_look_for(text: str, chosen: list[Candidate], gazetteer: Gazetteer) -> dict[str, bool]:
    """Names by whether they are sure to be names wherever they stand."""
    names: dict[str, bool] = {}
    for candidate in chosen:
        if candidate.listed is None or candidate.name:
            names.setdefault(candidate.text, " " in candidate.text)
        if candidate.kind is EntityKind.PERSON and " " in candidate.text:
            for family in surnames(candidate.text, gazetteer):
                names.setdefault(family, False)
        if span := defined_acronym(text, candidate) or foreign_acronym(text, candidate):
            names[text[slice(*span)]] = True
    for word in gazetteer.words["ordinary_words"]:
        if word in names:
            names[word] = False
    return names


def settle_surnames(text: str, chosen: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates, where a well-known surname means the person the article names in full, not the well-known one.

    Nor the place of that name, unless the text speaks of the place, too: "Ms London went to London". The well-known one
    is meant, though, where the article calls him so before it names another of the family, or gives him his title.
    """
    families: dict[str, dict[str, int]] = defaultdict(dict)
    for one in chosen:
        if _is_full_name(one):
            named = one.listed.name if one.listed else one.text
            for family in surnames(one.text, gazetteer):
                families[family].setdefault(named, one.start)
    known = _known_by_surname(text, chosen, families, gazetteer)
    first = {family: min(members.values()) for family, members in families.items()}
    places = {one.text for one in chosen if one.kind is EntityKind.PLACE and _is_place(text, one, first)}
    kept = places | known
    return [_of_family(one) if _is_other(one, families) and one.text not in kept else one for one in chosen]


def _is_full_name(one: Candidate) -> bool:
    first, _, rest = one.text.partition(" ")
    if one.kind is EntityKind.PERSON or not rest:
        return bool(rest)
    return one.listed is None and one.kind in _MISREAD and first.casefold() in load_nouns().sexes


def _known_by_surname(
    text: str, chosen: list[Candidate], families: Mapping[str, Mapping[str, int]], gazetteer: Gazetteer
) -> set[str]:
    """The surnames by which the article means the person who is known by them, though it names others who have them."""
    found: set[str] = set()
    for one in chosen:
        if one.listed is None or one.listed.kind is not EntityKind.PERSON or one.text not in families:
            continue
        others = (start for name, start in families[one.text].items() if name != one.listed.name)
        own = min(families[one.text].get(one.listed.name, one.start), one.start)
        title = _TITLE.search(text, max(0, one.start - _LONGEST_TITLE), one.start)
        if own < min(others, default=len(text)) or (title and title["word"] in gazetteer.words["offices"]):
            found.add(one.text)
    return found


_TITLE = re.compile(r"(?P<word>[A-Z][a-z]+(?:-elect)?) \Z")
_LONGEST_TITLE = 20


def _is_other(one: Candidate, families: Mapping[str, Mapping[str, int]]) -> bool:
    """True for the name of a well-known person or a place that is the surname of others whom the text names."""
    return one.listed is not None and bool(families.get(one.text, {}).keys() - {one.listed.name})


def _is_place(text: str, one: Candidate, first: Mapping[str, int]) -> bool:
    """True for what is named before anybody of that surname is (by its place in `first`), or has somebody in it."""
    there = text[max(0, one.start - 5) : one.start].endswith((" in ", " at ", " to ", "from ", "near "))
    return there or one.start < first.get(one.text, 0)


def _of_family(one: Candidate) -> Candidate:
    if one.kind is not EntityKind.PLACE:
        return replace(one, listed=None)
    return replace(one, listed=None, kind=EntityKind.PERSON, evidence=Evidence.TAGGED)


def surname(name: str, gazetteer: Gazetteer) -> str:
    """The last word of a person's name that is not "Jr."."""
    words = [word.rstrip(",") for word in name.split()]
    while len(words) > 1 and words[-1] in gazetteer.words["suffixes"]:
        words.pop()
    return words[-1]


def surnames(name: str, gazetteer: Gazetteer) -> list[str]:
    """The surname, also without its "al-", and the first word where it may be that: "Wang Yi" is called Wang, or Yi.

    None that is the word for a people: "Hillary-Russian".
    """
    first, last = name.split(maxsplit=1)[0], surname(name, gazetteer)
    found = dict.fromkeys((last, PARTICLE.sub("", last)) if "-" in last else (last,))
    if first in gazetteer.words["family_first"] and first.casefold() not in load_nouns().sexes:
        found[first] = None
    return [word for word in found if not _is_people(word, gazetteer)]


def _is_people(word: str, gazetteer: Gazetteer) -> bool:
    form = gazetteer.forms.get(word)
    return form is not None and form.use is Use.DEMONYM


def settle_people(text: str, chosen: list[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates, where names of two words that the text shortens to their last are those of people.

    "Amara Diallo … Diallo" is a person, whatever the tagger says: a company is shortened to its first word.
    """
    names = {one.text: tuple(one.text.split()) for one in chosen if _may_be_shortened(one, gazetteer)}
    if not names:
        return chosen
    firsts, lasts = ({words[at] for words in names.values()} for at in (0, -1))
    before, behind = defaultdict(set), defaultdict(set)
    words = _WORD.findall(text)
    for previous, word, following in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word in lasts and not following[:1].isupper():
            before[word].add(previous.casefold())
        if word in firsts:
            behind[word].add(following)
    people = {
        name
        for name, (first, last) in names.items()
        if before[last] - {first.casefold()} and not before[last] & _OF_THINGS and behind[first] == {last}
    }
    return [replace(one, kind=EntityKind.PERSON) if one.text in people else one for one in chosen]


def _may_be_shortened(one: Candidate, gazetteer: Gazetteer) -> bool:
    words = one.text.split()
    guessed = one.listed is None and one.evidence is Evidence.TAGGED and one.kind in _MISREAD
    if not guessed or one.text.endswith("s") or len(words) != _NAME or not all(word.isalpha() for word in words):
        return False
    telling = words[-1] in gazetteer.head_words or words[-1] in gazetteer.words["company_tails"]
    return not telling and words[-1] not in gazetteer.forms


def _free_ranges(length: int, chosen: list[Candidate]) -> bytearray:
    free = bytearray(b"\x01") * length
    for candidate in chosen:
        free[candidate.start : candidate.end] = bytes(candidate.end - candidate.start)
    return free
