"""Candidates that the gazetteer knows, and which of several namesakes a short name means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.entities.candidate import Candidate, Evidence
from ingest.extract.entities.page import Page
from ingest.extract.entities.wording import wording
from kb.gazetteer import Gazetteer, Hit, Listed, Use
from kb.model import EntityKind

_PUBLIC = (EntityKind.AGENCY, EntityKind.COURT, EntityKind.LEGISLATURE, EntityKind.GOVERNMENT, EntityKind.LAW)
_ABROAD = (EntityKind.COMPANY, EntityKind.PRODUCT)
"""What is in the news of other countries than its own as well."""
_AT_HOME = 3
"""How much more what is only at home in its country says of it."""
_MODEL = re.compile(r" (?!(?:19|20)\d\d\b)(?:[A-Z]{0,3}-?\d{2,4}[A-Za-z]{0,3}(?:-\d{2,4}[A-Z]{0,3})?)(?![\w%-]|[.,]\d)")
"""Behind a company's name: "Boeing 737-800", "Airbus A320"."""
_NAMED_BEFORE = 4_000
"""Characters before a short name in which its full name is looked for."""
_BY_NAME = 2
"""How much oftener a country is spoken of whose body is meant, though nobody has listed it, and not a known one."""
_FOREIGN = 5
"""An article that speaks this often of another country means a body of that one, which is not listed."""
_NATION = re.compile(r"(?:U\.S\.|US|United States)\s\Z")


def listed_candidates(page: Page, hits: list[Hit], gazetteer: Gazetteer) -> Iterator[Candidate]:
    """A candidate for each of the gazetteer's `hits` that is a name where it stands.

    Ordinary words and names that are everyday words need the tagger's consent. A bare "Commission" or "Council" is
    one that the article names in full, or of whose country it speaks most; a "Labour Party" is another country's where
    nothing is said of Britain.
    """
    text, words = page.text, gazetteer.words
    named = {hit.listed[0].name for hit in hits if hit.use is Use.FULL}
    countries = _countries_of(hits)
    for previous, hit, following in zip((None, *hits), hits, (*hits[1:], None), strict=False):
        owner = _owner_before(text, previous, hit) or _owner_behind(text, hit, following)
        doubtful = hit.use is Use.LOOSE or text[hit.start : hit.end] in words["ordinary_words"]
        if hit.use is Use.DEMONYM or (doubtful and not page.is_tagged_name(hit.start, hit.end)):
            continue
        listed = hit.listed[0] if hit.use is not Use.SHORT else _resolve_short(hit.listed, owner, named, countries)
        if listed and hit.use is Use.SHORT and text[hit.start : hit.end] in words["not_names"]:
            own = _is_at_home(listed, named, countries) and not _names_another(text, hit, listed)
            listed = listed if own else None
        start, end = _with_nation(text, hit.start, listed), hit.end
        shared = listed is not None and listed.name in words["shared_parties"]
        country = _other_country(hit, owner, hits) if shared else None
        if owner and listed and (country or hit.use is Use.SHORT):
            start, end = owner.with_name(start, end)
        kind = listed.kind if listed else hit.listed[0].kind
        name = f"{hit.listed[0].name} ({gazetteer.countries.get(country, country)})" if country else None
        known = gazetteer.get(name) if name else listed
        yield Candidate(start, end, text[start:end], Evidence.LISTED, kind, name, known)
        if kind is EntityKind.COMPANY and (model := _MODEL.match(text, hit.end)):
            yield Candidate(start, model.end(), text[start : model.end()], Evidence.LISTED, EntityKind.PRODUCT)


def _countries_of(hits: list[Hit]) -> Counter[str]:
    """How often a text speaks of each country, by what belongs to it; a company tells little."""
    counts: Counter[str] = Counter()
    for hit in hits:
        one = hit.listed[0]
        if hit.use is not Use.SHORT and one.country:
            counts[one.country] += 1 if one.kind in _ABROAD else _AT_HOME
    return counts


def _other_country(hit: Hit, owner: _Owner | None, hits: list[Hit]) -> str | None:
    """Of which country a party is whose name another country's has: the one before it, else the article's."""
    party = hit.listed[0]
    if owner and owner.country:
        return None if owner.country == party.country else owner.country
    countries = _countries_of([one for one in hits if one.listed[0].name != party.name])
    most = max(countries, key=lambda code: countries[code], default=None)
    return None if countries[party.country or ""] or most == "EU" else most


@dataclass(frozen=True, slots=True)
class _Owner:
    """Of which country a short name is said to be: by "Chinese" or "China's" before it, by "of China" behind it."""

    country: str | None
    start: int | None = None
    """Of an adjective, which belongs to the name."""
    end: int | None = None
    """Of "of China"."""

    def with_name(self, start: int, end: int) -> tuple[int, int]:
        """The name from `start` to `end` with what belongs to it."""
        return (start if self.start is None else self.start), (end if self.end is None else self.end)


def _owner_before(text: str, previous: Hit | None, hit: Hit) -> _Owner | None:
    between = text[previous.end : hit.start] if previous else ""
    if previous is None or between not in (" ", "'s ", "’s ", "' ", "’ "):
        return None
    adjective = between == " " and previous.use is Use.DEMONYM
    return _Owner(previous.listed[0].country, start=previous.start if adjective else None)


def _owner_behind(text: str, hit: Hit, following: Hit | None) -> _Owner | None:
    if following is None or text[hit.end : following.start] not in (" of ", " of the "):
        return None
    place = following.listed[0]
    is_country = hit.use is Use.SHORT and following.use in (Use.FULL, Use.LOOSE) and place.kind is EntityKind.PLACE
    return _Owner(place.country, end=following.end) if is_country else None


def _resolve_short(
    namesakes: tuple[Listed, ...], owner: _Owner | None, named: set[str], countries: Counter[str]
) -> Listed | None:
    """Which namesake a short form means: the one named in full, else the country's next to it, else the article's."""
    if namesakes[0].kind is EntityKind.PERSON:
        return namesakes[0]
    if owner and owner.country:
        return next((one for one in namesakes if one.country == owner.country), None)
    in_full = [one for one in namesakes if one.name in named]
    if len(in_full) == 1:
        return in_full[0]
    best = max(namesakes, key=lambda one: countries[one.country or ""] * (1 if one.everywhere else _BY_NAME))
    told = countries[best.country or ""]
    return best if told and told * _FOREIGN >= max(countries.values()) else None


def _is_at_home(listed: Listed, named: set[str], countries: Counter[str]) -> bool:
    most = max(countries.values(), default=0)
    return listed.name in named or 0 < most == countries[listed.country or ""]


def _names_another(text: str, hit: Hit, listed: Listed) -> bool:
    """True if "the Council" may be one that the article names before it, such as the "Human Rights Council"."""
    word = text[hit.start : hit.end]
    before = re.findall(rf"([A-Z][\w.]+) {word}\b", text[max(0, hit.start - _NAMED_BEFORE) : hit.start])
    return any(other not in listed.name and other not in wording().leading for other in before)


def _with_nation(text: str, start: int, listed: Listed | None) -> int:
    """Takes "U.S." into the name of a body of the United States."""
    if listed and listed.country == "US" and listed.kind in _PUBLIC:
        nation = _NATION.search(text, max(0, start - 14), start)
        return nation.start() if nation else start
    return start
