"""Offices with their places: what parts two people of one name at one time, the mayors of Leeds and of York.

They are read where a text gives them right beside a name ("the Leeds mayor, John Smith", "John Smith, mayor of Leeds",
"Sen. John Smith (R-Ohio)"), and kept among what an article says that somebody is: "mayor of Leeds". Which offices there
are, and how texts call them, is in `offices.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from kb.gazetteer import Gazetteer, Use, load_gazetteer
from kb.ids import name_key
from kb.model import Entity, EntityKind, Extraction, Span
from kb.shipped import read_form

_BESIDE = 80
"""Characters before and behind a name that are looked at."""
_BODIES = (
    EntityKind.COMPANY,
    EntityKind.ORGANIZATION,
    EntityKind.AGENCY,
    EntityKind.PRODUCT,
    EntityKind.OTHER,
)
_WORDS = r"(?P<before>(?:[\w.’'-]+ ){0,3}?)"
_IS = r"(?:, | \(| is |, who is |, who has been )"


class Level(StrEnum):
    """What an office is held in."""

    COUNTRY = "country"
    STATE = "state"
    TOWN = "town"
    """A place that is neither a country nor a state: a constituency, a county."""
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that a text names."""

    start: int
    end: int
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Held:
    """An office, and where it is held."""

    office: str
    seat: str


class OfficeReader:
    """Reads the offices of one article's people."""

    def __init__(self, extraction: Extraction, gazetteer: Gazetteer) -> None:
        self._text = extraction.article.text
        self._known = gazetteer
        self._seats = sorted(_seats_of(extraction.entities, gazetteer), key=lambda seat: seat.start)
        self._starts = [seat.start for seat in self._seats]

    def roles_of(self, person: Entity) -> frozenset[str]:
        """What a text says that somebody is by each office it gives with its place: {"mayor", "mayor of Leeds"}."""
        sheet, roles = _load(), set[str]()
        for mention in person.mentions:
            for office, seat in self._beside(mention):
                calling = sheet.offices[office].calling
                roles |= {_role(office, seat), *([calling] if calling else [])}
        return frozenset(roles)

    def _beside(self, name: Span) -> Iterator[tuple[str, str]]:
        """Each office and its seat that stand beside one mention."""
        sheet, text = _load(), self._text
        start, end = max(0, name.start - _BESIDE), name.end + _BESIDE
        if not sheet.title.search(text[start:end]):
            return
        for seat in self._near(start, end):
            found = self._ahead(seat, name) if seat.end <= name.start else self._behind(name, seat)
            for match, by_seat in found:
                if office := sheet.held(match, seat, by_seat=by_seat):
                    yield office, seat.name

    def _near(self, start: int, end: int) -> Iterator[Seat]:
        here, known = self._text[start:end], _load()
        yield from self._seats[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        for hit in self._known.find(here):
            if hit.use is Use.DEMONYM and len(hit.listed) == 1:
                yield Seat(start + hit.start, start + hit.end, hit.listed[0].name, Level.COUNTRY)
        for match in known.state.finditer(here):
            yield Seat(start + match.start(), start + match.end(), known.states[match.group()], Level.STATE)

    def _ahead(self, seat: Seat, name: Span) -> Iterator[tuple[re.Match[str] | None, bool]]:
        """ "Leeds's mayor, John Smith"; "the mayor of Leeds, John Smith"."""
        sheet, text = _load(), self._text
        between = text[seat.end : name.start]
        if not self._is_past(seat):
            yield sheet.seat_title.fullmatch(between), True
        if between in (" ", ", "):
            yield sheet.title_of.search(text[max(0, seat.start - _BESIDE) : seat.start]), False

    def _behind(self, name: Span, seat: Seat) -> Iterator[tuple[re.Match[str] | None, bool]]:
        """ "John Smith, mayor of Leeds"; "John Smith, the Leeds mayor"; "Sen. John Smith (R-Ohio)"."""
        sheet, text = _load(), self._text
        between = text[name.end : seat.start]
        yield sheet.is_title_of.fullmatch(between), False
        if sheet.of_seat.fullmatch(between):
            yield sheet.titled.search(text[max(0, name.start - _BESIDE) : name.start]), False
        if sheet.is_the.fullmatch(between):
            yield sheet.seat_title_ends.match(text, seat.end, seat.end + _BESIDE), True

    def _is_past(self, seat: Seat) -> bool:
        """True for "former Florida", "then-Florida", whatever comes behind."""
        words = re.split(r"[ -]", self._text[max(0, seat.start - _BESIDE) : seat.start].lower().rstrip(" -"))
        return words[-1] in _load().without


def are_held_apart(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """True if both hold an office of one kind, in places that nobody can hold it in at once, and share no office."""
    one, other = _held(ours), _held(theirs)
    pairs = [(a, b) for a in one for b in other if a.office == b.office]
    return bool(pairs) and all(_are_two(a.seat, b.seat) for a, b in pairs)


def offices_of(roles: Iterable[str]) -> frozenset[str]:
    """Those of what somebody is said to be that are offices with their places: {"mayor of Leeds"}."""
    return frozenset(role for role in roles if _parsed(role))


def _held(roles: Iterable[str]) -> list[Held]:
    return [held for role in roles if (held := _parsed(role))]


def _are_two(ours: str, theirs: str) -> bool:
    """True for two places of one level, neither named within the other: "York" may be "New York", or in England."""
    one, other = set(name_key(ours).split()), set(name_key(theirs).split())
    return not (one <= other or other <= one) and _level_of(ours) is _level_of(theirs)


def _level_of(place: str) -> Level:
    """Of a place; a body counts as a town, as the two are never compared."""
    if place in _load().states.values():
        return Level.STATE
    return Level.COUNTRY if place in _countries() else Level.TOWN


@cache
def _countries() -> frozenset[str]:
    """What has a people of its own."""
    forms = load_gazetteer().forms.values()
    return frozenset(one.name for form in forms if form.use is Use.DEMONYM for one in form.listed)


def _seats_of(entities: Iterable[Entity], known: Gazetteer) -> Iterator[Seat]:
    for entity in entities:
        listed = known.get(entity.name)
        name = listed.name if listed else entity.name
        if entity.kind is EntityKind.PLACE:
            level = _level_of(name)
        elif entity.kind in _BODIES:
            level = Level.BODY
        else:
            continue
        yield from (Seat(mention.start, mention.end, name, level) for mention in entity.mentions)


def _role(office: str, seat: str) -> str:
    return f"{office} {_load().offices[office].of[0]} {seat}"


def _parsed(role: str) -> Held | None:
    match = _load().role.match(role)
    return Held(match["office"], role[match.end() :]) if match else None


class _Office(BaseModel):
    model_config = ConfigDict(extra="forbid")

    called: list[str]
    calling: str | None = None
    of: list[str]
    seats: list[Level]
    ahead: bool = True


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    offices: dict[str, _Office]
    without: list[str]
    parties: list[str]
    states: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The words of `offices.yaml`, and how they stand beside a name."""

    offices: Mapping[str, _Office]
    by_title: Mapping[str, str]
    """What an office is called -> the office."""
    without: frozenset[str]
    states: Mapping[str, str]
    """How a state is written -> the state."""
    state: re.Pattern[str]
    role: re.Pattern[str]
    """How what somebody is begins where it is an office: "mayor of "."""
    title: re.Pattern[str]
    seat_title: re.Pattern[str]
    """Between a place and a name: "'s Labour mayor, "."""
    seat_title_ends: re.Pattern[str]
    """Behind a name and a place: "'s mayor,"."""
    title_of: re.Pattern[str]
    """Before a place: "the mayor of "."""
    is_title_of: re.Pattern[str]
    """Between a name and a place: ", the Labour mayor of "."""
    titled: re.Pattern[str]
    """Before a name: "Mayor "."""
    of_seat: re.Pattern[str]
    """Between a name with a title and a place: " of "; " (R-"."""
    is_the: re.Pattern[str]

    def held(self, match: re.Match[str] | None, seat: Seat, *, by_seat: bool) -> str | None:
        """The office that a match tells somebody holds in this seat. `by_seat` if the place stands before its name."""
        if match is None or not self.without.isdisjoint(re.split(r"[ -]", match["before"].lower())):
            return None
        office = self.by_title[match["office"].lower()]
        about = self.offices[office]
        given = match.groupdict().get("of")
        fits = about.ahead if by_seat else given is None or given in about.of
        return office if fits and seat.level in about.seats else None


@cache
def _load() -> _Sheet:
    form = read_form("kb.resolve", "offices.yaml", _Form)
    by_title = {title: office for office, about in form.offices.items() for title in about.called}
    states = {way: state for state, short in form.states.items() for way in (state, *short)}
    title = rf"(?<![\w-])(?P<office>(?i:{_any_of(by_title)}))(?![\w-])"
    of = rf" (?P<of>{_any_of({word for about in form.offices.values() for word in about.of})}) (?:the )?"
    return _Sheet(
        offices=form.offices,
        by_title=by_title,
        without=frozenset(form.without),
        states=states,
        state=re.compile(rf"(?<!\w)(?:{_any_of(states)})(?!\w)"),
        role=re.compile(
            rf"(?P<office>{_any_of(form.offices)}) (?:{_any_of({about.of[0] for about in form.offices.values()})}) "
        ),
        title=re.compile(title),
        seat_title=re.compile(rf"(?:['’]s?)? {_WORDS}{title},? "),
        seat_title_ends=re.compile(
            rf"(?:['’]s?)? {_WORDS}{title}(?=\Z|[,.;:)\n]| (?:and|who|said|says|told|has|is|since)\b)"
        ),
        title_of=re.compile(rf"(?<!, )\b[Tt]he {_WORDS}{title}{of}\Z"),
        is_title_of=re.compile(rf"{_IS}(?:the |a |an )?{_WORDS}{title}{of}"),
        titled=re.compile(rf"{_WORDS}{title} \Z"),
        of_seat=re.compile(
            rf",? (?:of|from|for) (?:the )?|,? \(?(?:a |an )?(?:{_any_of(form.parties)})(?:-| of | from )"
        ),
        is_the=re.compile(rf"{_IS}(?:the )?"),
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
