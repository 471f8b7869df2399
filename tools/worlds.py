"""Many articles out of few, for measuring: the fixtures' stories told again in other worlds.

In each world other people, companies, products and laws take part, the days are others, and seven of eight common
nouns, adjectives and adverbs are another one of their kind, so that a world's articles are no copies of another's and
fold into events of their own. Courts, governments, agencies and places are those of a country, and worlds take turns
at countries: were they the same in all, a tenth of all articles would be before one trade commission. Names of people
come up again with other first names, two companies, products or laws of one name are rare. Words that name events or
times stay, so that a world's text says as much as the original's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zlib import crc32

from spacy.tokens import Doc

from kb.ids import claim_id, entity_id
from kb.model import Claim, Entity, EntityKind, Extraction, Span
from kb.store.record import version_of

SPREAD = 520
"""Weeks over which the worlds are spread; whole weeks, so that a Tuesday stays one."""
_STEP = 321
"""Weeks from a world to the next, around: about the golden part of all, so that no two of few worlds lie close."""
COUNTRIES = 40
"""How many countries the worlds are in. Of 50,000 articles in ten years each has 18 worlds then: the twin of any story
is told before the same bodies twice a year."""
_NAMES = 6000
"""How many words there are to name people by."""
_BRANDS = 24**3 * 14
"""How many words there are to name companies, products, cases and laws by: two of one name are rare."""
_RENAMED = (
    EntityKind.PERSON,
    EntityKind.COMPANY,
    EntityKind.PRODUCT,
    EntityKind.ORGANIZATION,
    EntityKind.CASE,
    EntityKind.LAW,
)
_SWAPPED = ("NN", "NNS", "JJ", "RB")
_SYLLABLES = "bar cel dor fen gal hul jor kel lan mir nor pel quil ros sav tam vel wen yar zin bri clo dra gre".split()
_ENDS = "den ton ley man sky field wick mar ris low ham stead vic nor".split()
_WORD = re.compile(r"\w+")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?(?!\d)"
    rf"|(?P<dayb>\d{{1,2}}) (?P<monthb>{'|'.join(_MONTHS)})(?: (?P<yearb>\d{{4}}))?(?!\d)"
    rf"|(?P<monthc>{'|'.join(_MONTHS)}) (?P<yearc>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<only>(?:19|20)\d\d))\b"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the original articles that may be others in another world."""

    names: frozenset[str]
    """Those of people."""
    brands: frozenset[str]
    """Those of companies, products and the like that are in no name of a person."""
    bodies: frozenset[str]
    """Those of courts, governments, agencies and places."""
    kinds: Mapping[str, tuple[str, ...]]
    """For a common word, all of its kind."""
    plain: Mapping[str, str]
    """Names of common or short words only, "AI Act", with the name of what is called so."""


def originals() -> tuple[Vocabulary, list[Extraction]]:
    """What the fixtures say, and which of their words may be others."""
    from ingest.nlp.pipeline import load_pipeline
    from kb.config import load_settings
    from tests.golden.extracted import extract_fixtures, read_fixtures
    from tests.golden.gold import ARTICLES

    extractions = list(extract_fixtures(read_fixtures()).values())
    nlp = load_pipeline(load_settings({}, ARTICLES).model)
    docs = nlp.pipe(extraction.article.text for extraction in extractions)
    return vocabulary_of(docs, extractions), extractions


def vocabulary_of(docs: Iterable[Doc], extractions: Iterable[Extraction]) -> Vocabulary:
    """What can be replaced in these articles: words of names, and words that neither name events nor times."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    small: set[str] = set()
    for doc in docs:
        for token in doc:
            small.update([token.text] if token.is_lower else ())
            if token.tag_ in _SWAPPED and token.is_lower and token.is_alpha and len(token) >= 4:
                words[token.tag_].add(token.text)
    telling: set[str] = set()
    renamed: defaultdict[bool, set[str]] = defaultdict(set)
    """Words of names of people, and of others."""
    bodies: set[str] = set()
    names: defaultdict[bool, dict[str, str]] = defaultdict(dict)
    """What may have other names in another world, and what has not, by all that they are called."""
    for extraction in extractions:
        telling.update(word.casefold() for span in _telling(extraction) for word in _WORD.findall(span.text))
        for entity in extraction.entities:
            called = dict.fromkeys((entity.name, *(mention.text for mention in entity.mentions)))
            names[entity.kind in _RENAMED].update(dict.fromkeys(called, entity.name))
            words_of = [word for name in called for word in _WORD.findall(name) if _names_it(word, name, entity.kind)]
            words_of = [word for word in words_of if word.casefold() not in small] or words_of[:1]
            person = entity.kind is EntityKind.PERSON
            (renamed[person] if entity.kind in _RENAMED else bodies).update(words_of)
    free = {tag: tuple(sorted(found - telling)) for tag, found in words.items()}
    kinds = {word: free[tag] for tag in _SWAPPED if tag in free for word in free[tag]}
    happening = {
        word for extraction in extractions for claim in extraction.claims for word in _WORD.findall(claim.trigger.text)
    }
    people, brands = renamed[True] - bodies, renamed[False] - renamed[True] - bodies
    people, brands, bodies = (words - happening - set(_MONTHS) for words in (people, brands, bodies))
    plain = {called: name for called, name in names[True].items() if _is_plain(called, people | brands)}
    kept = {called: name for called, name in plain.items() if called not in names[False]}
    return Vocabulary(frozenset(people), frozenset(brands), frozenset(bodies), kinds, kept)


def _names_it(word: str, name: str, kind: EntityKind) -> bool:
    """True for a word with a capital, be it inside ("iPhone"): of two letters or one only where that is all ("X")."""
    capital = word != word.casefold()
    return capital and (len(word) > 2 or (word == name and kind in _RENAMED))


def _is_plain(name: str, renamed: Set[str]) -> bool:
    """True for a name of two words or more ("AI Act", "H.R. 815") of which none is another one in another world."""
    words = _WORD.findall(name)
    named = name[:1].isupper() and (words[-1][:1].isupper() or words[-1].isdecimal())
    return len(words) > 1 and named and renamed.isdisjoint(words)


def _telling(extraction: Extraction) -> Iterable[Span]:
    yield from (claim.trigger for claim in extraction.claims)
    yield from (mention.span for mention in extraction.times)


@dataclass(slots=True)
class World:
    """World `number`; world 0 is as the fixtures tell it."""

    vocabulary: Vocabulary
    number: int
    _known: dict[str, str] = field(default_factory=dict)
    _plain: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.vocabulary.plain, key=lambda name: (-len(name), name))
        self._plain = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b|\w+")

    def day(self, day: date) -> date:
        """A day as it is in this world."""
        return day - self._shift

    @property
    def country(self) -> int:
        """The country that it is in; country 0 is as the fixtures tell it."""
        return self.number % COUNTRIES

    @property
    def _shift(self) -> timedelta:
        return timedelta(weeks=self.number * _STEP % SPREAD)

    def text(self, text: str, published: date | None) -> str:
        """A text as it is told in this world."""
        if not self.number:
            return text
        year = (published or date(2024, 6, 1)).year
        told: list[str] = []
        at = 0
        for match in _DATE.finditer(text):
            told += (self.words(text[at : match.start()]), self._date(match, year))
            at = match.end()
        return "".join((*told, self.words(text[at:])))

    def words(self, text: str) -> str:
        """A text without dates as it is told in this world."""
        return self._plain.sub(lambda match: self._word(match.group()), text) if self.number else text

    def own(self, called: str, name: str = "") -> str:
        """What a law, a company or anybody of common words only is called in this world; `name` is its own in full."""
        return (
            f"{_brand(crc32(f'{self.number} {name or called}'.encode()) % _BRANDS)} {called}" if self.number else called
        )

    def _word(self, word: str) -> str:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._other(word)
        return known

    def _other(self, word: str) -> str:
        if word in self.vocabulary.plain:
            return self.own(word, self.vocabulary.plain[word])
        chance = crc32(f"{self.number} {word}".encode())
        if word in self.vocabulary.names:
            return _name(chance % _NAMES)
        if word in self.vocabulary.brands:
            return _brand(chance % _BRANDS)
        if word in self.vocabulary.bodies and self.country:
            return _brand(crc32(f"country {self.country} {word}".encode()) % _BRANDS)
        kind = self.vocabulary.kinds.get(word)
        return kind[chance // 8 % len(kind)] if kind and chance % 8 else word

    def _date(self, match: re.Match[str], year: int) -> str:
        found = match.groupdict()
        try:
            return _told(found, year, self._shift)
        except ValueError:
            return match.group()


def _told(found: Mapping[str, str | None], year: int, shift: timedelta) -> str:
    """A date as it was written, moved back."""
    if iso := found["iso"]:
        return (date.fromisoformat(iso) - shift).isoformat()
    if only := found["only"]:
        return str((date(int(only), 7, 1) - shift).year)
    if month := found["monthc"]:
        day = date(int(found["yearc"] or year), _MONTHS.index(month) + 1, 15) - shift
        return f"{_MONTHS[day.month - 1]} {day.year}"
    month, number = found["month"] or found["monthb"], found["day"] or found["dayb"]
    told = found["year"] or found["yearb"]
    day = date(int(told or year), _MONTHS.index(month or "January") + 1, int(number or 1)) - shift
    name = _MONTHS[day.month - 1]
    if found["month"]:
        return f"{name} {day.day}" + (f", {day.year}" if told else "")
    return f"{day.day} {name}" + (f" {day.year}" if told else "")


def _name(number: int) -> str:
    first, rest = divmod(number, len(_SYLLABLES))
    second, last = divmod(first, len(_ENDS))
    middle = _SYLLABLES[second % len(_SYLLABLES)] if second % 3 else ""
    return (_SYLLABLES[rest] + middle + _ENDS[last]).capitalize()


def _brand(number: int) -> str:
    number, end = divmod(number, len(_ENDS))
    syllables = (_SYLLABLES[number // len(_SYLLABLES) ** place % len(_SYLLABLES)] for place in range(3))
    return ("".join(syllables) + _ENDS[end]).capitalize()


def told_again(source: Extraction, world: World, id_: str) -> Extraction:
    """What is read from an article, as it would be in another world: ids, names, words and days fit that one's."""
    old = source.article
    article = replace(
        old,
        id=id_,
        url=f"https://outlet-{crc32(id_.encode()) % 50}.example/{id_}",
        text=world.text(old.text, old.published),
        title=old.title and world.text(old.title, old.published),
        published=old.published and world.day(old.published),
    )
    renamed = {entity.id: _entity(entity, world) for entity in source.entities}
    unique = {entity.id: entity for entity in renamed.values()}
    told = replace(source, article=article, entities=tuple(unique.values()), times=(), claims=())
    ids = {before: entity.id for before, entity in renamed.items()}
    claims = {claim.id: claim for claim in (_claim(one, told, world, ids) for one in source.claims)}
    return replace(told, claims=tuple(claims.values()))


def _entity(entity: Entity, world: World) -> Entity:
    name = world.words(entity.name)
    mentions = tuple(_span(span, world) for span in entity.mentions)
    if entity.kind in _RENAMED and name == entity.name:
        name = world.own(name)
        mentions = tuple(replace(span, text=world.own(span.text)) for span in mentions)
    return replace(entity, id=entity_id(name), name=name, mentions=mentions)


def _claim(claim: Claim, told: Extraction, world: World, ids: Mapping[str, str]) -> Claim:
    shift = world.day(date(2020, 1, 1)) - date(2020, 1, 1)
    when = claim.when and replace(claim.when, interval=claim.when.interval.shift(shift.days))
    at = claim.when.span.start if claim.when else None
    return replace(
        claim,
        id=claim_id(version_of(told.article), claim.trigger.start, at),
        title=world.text(claim.title, None),
        sentence=_span(claim.sentence, world),
        when=when,
        actors=tuple(replace(actor, entity=ids.get(actor.entity, actor.entity)) for actor in claim.actors),
    )


def _span(span: Span, world: World) -> Span:
    return replace(span, text=world.text(span.text, None))
