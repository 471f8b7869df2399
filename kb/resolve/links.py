"""Which entities are one, how sure that is, and why.

A name in common is not enough: kinds must go together, the gazetteer must not know them for two, no third candidate may
be as good, and what was said of them and who stands beside them has to fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from kb.gazetteer import load_gazetteer
from kb.ids import entity_id
from kb.model import EntityKind
from kb.resolve.blocks import candidates, is_full
from kb.resolve.lives import births, were_born_apart
from kb.resolve.names import Likeness, is_surname, likeness
from kb.resolve.offices import are_held_apart, offices_of
from kb.resolve.profile import Profile
from kb.resolve.roles import fields_differ

JUDGED = 100.0
"""Points of a link that a person made."""
ENOUGH = 50.0
"""Points from which two entities are taken for one."""
_NAMES = {
    Likeness.SAME: 45.0,
    Likeness.ALIAS: 20.0,
    Likeness.INITIALS: 40.0,
    Likeness.NICKNAME: 35.0,
    Likeness.ACRONYM: 35.0,
    Likeness.TAIL: 45.0,
    Likeness.WHERE: 35.0,
    Likeness.SURNAME: 25.0,
}
_PER_NEIGHBOUR, _MOST_FOR_NEIGHBOURS = 8.0, 40.0
_SAME_KIND, _ROLE, _DIFFERENT_FIELDS, _FAR_APART, _RIVAL = 5.0, 10.0, -40.0, -20.0, -60.0
_YEARS_APART = 25
_MOVED = 365
"""Days from which on somebody may hold an office elsewhere."""
_NOBODY_KNOWS = "~"
"""Since when, of what no article of a known day names: comes last."""
_BODIES = frozenset((EntityKind.COMPANY, EntityKind.ORGANIZATION, EntityKind.OTHER))
_PUBLIC = frozenset(
    (
        EntityKind.PLACE,
        EntityKind.PERSON,
        EntityKind.COURT,
        EntityKind.AGENCY,
        EntityKind.LEGISLATURE,
        EntityKind.GOVERNMENT,
    )
)
_COMPATIBLE = (
    _BODIES,
    frozenset((EntityKind.AGENCY, EntityKind.ORGANIZATION, EntityKind.GOVERNMENT, EntityKind.OTHER)),
    frozenset((EntityKind.LEGISLATURE, EntityKind.ORGANIZATION, EntityKind.GOVERNMENT)),
    frozenset((EntityKind.LAW, EntityKind.ORDER, EntityKind.OTHER)),
    frozenset((EntityKind.PRODUCT, EntityKind.OTHER)),
)


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities that are one, and what speaks for it."""

    one: str
    other: str
    points: float
    because: str


def find_links(
    profiles: Iterable[Profile], *, telling: Set[str] | None = None, near: Set[str] | None = None
) -> list[Link]:
    """Every pair that is one thing as far as the evidence goes; whoever a judgement parts is not left out here.

    `telling` and `near` are for `candidates`.
    """
    found = candidates(profiles, telling=telling, near=near)
    return [link for one, other, around in found if (link := compare(one, other, around))]


def compare(one: Profile, other: Profile, around: Sequence[Profile] = ()) -> Link | None:
    """The link of two entities, or None. `around` are all that stand in a block with one of them: its rivals.

    One rival more can only speak against a link.
    """
    if not is_conceivable(one, other) or _hold_office_apart(one, other):
        return None
    like = _best_likeness(one, other)
    if like is None or (
        like is Likeness.SURNAME and one.listed is None and other.listed is None and not _meet(one, other)
    ):
        return None
    evidence = [
        (_NAMES[like], str(like)),
        (_SAME_KIND if one.kind is other.kind else 0.0, f"same kind ({one.kind})"),
        _neighbourhood(one, other),
        _roles(one, other),
        _times(one, other),
    ]
    if sum(weight for weight, _ in evidence) < ENOUGH:
        return None
    evidence += [
        _rivalry(one, other, like, around),
        _namesakes(one, other, around),
        _born_at_another_time(one, other, around),
        _in_office_elsewhere(one, other, around),
    ]
    points = sum(weight for weight, _ in evidence)
    if points < ENOUGH:
        return None
    return Link(one.id, other.id, points, "; ".join(reason for weight, reason in evidence if weight > 0))


def is_conceivable(one: Profile, other: Profile) -> bool:
    """True if names and kinds allow that they are one, whoever stands beside them."""
    apart = _are_known_for_two(one, other) or were_born_apart(one.roles, other.roles)
    return not apart and are_alike(one, other)


def are_alike(one: Profile, other: Profile) -> bool:
    """True if one has a name and a kind that the other could have: nobody else is a rival to it."""
    return _kinds_agree(one, other) and _best_likeness(one, other) is not None


def resolve(
    links: Iterable[Link], parted: Iterable[tuple[str, str]], since: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, str]:
    """The canonical entity of each that is not its own.

    Of those that are one it is the one that was named first, by the day `since` which articles name it, then by id. So
    it stays the same whatever else somebody is called later on, and no article that names it has to be filed anew.

    The best links come first; one that would bring together two of `parted` is left out. Order changes nothing.
    """
    members: dict[str, set[str]] = {}
    enemies: dict[str, set[str]] = {}
    for a, b in parted:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)
    for link in sorted(links, key=lambda link: (-link.points, *sorted((link.one, link.other)))):
        ours, theirs = members.get(link.one, {link.one}), members.get(link.other, {link.other})
        few, many = sorted((ours, theirs), key=len)
        if ours is theirs or any(not enemies.get(id_, set()).isdisjoint(many) for id_ in few):
            continue
        many |= few
        members.update(dict.fromkeys((*few, link.one, link.other), many))
    groups = {id(group): group for group in members.values()}.values()
    firsts = [(min(group, key=lambda id_: (since.get(id_) or _NOBODY_KNOWS, id_)), group) for group in groups]
    return {id_: first for first, group in firsts for id_ in group if id_ != first}


def _kinds_agree(one: Profile, other: Profile) -> bool:
    ours, theirs = one.kind, other.kind
    return ours is theirs or any(ours in group and theirs in group for group in _COMPATIBLE)


def _are_known_for_two(one: Profile, other: Profile) -> bool:
    return one.listed is not None and other.listed is not None and one.listed.name != other.listed.name


class _Called(NamedTuple):
    """Who it is, and by which names."""

    id: str
    names: frozenset[str]
    shouted: frozenset[str]
    offices: frozenset[str]
    """One of which may be part of its id."""


def _best_likeness(one: Profile, other: Profile) -> Likeness | None:
    first, second = sorted(
        (_Called(who.id, who.names, who.shouted, offices_of(who.roles)) for who in (one, other)), key=lambda one: one.id
    )
    return _likeness_of(first, second, one.kind)


@lru_cache(maxsize=16_384)
def _likeness_of(one: _Called, other: _Called, kind: EntityKind) -> Likeness | None:
    shouted = one.shouted | other.shouted
    found = {
        like for a in one.names for b in other.names if a != b and (like := likeness(a, b, kind, acronyms=shouted))
    }
    found |= {like for name in one.names & other.names if (like := _in_common(name, (one, other), kind))}
    if kind is EntityKind.PERSON:
        found |= {Likeness.SURNAME} if one.names & other.names else set()
        found -= {Likeness.SURNAME} if is_full(one.names) and is_full(other.names) else set()
    return max(found, key=lambda like: (_NAMES[like], like), default=None)


def _in_common(name: str, who: tuple[_Called, _Called], kind: EntityKind) -> Likeness | None:
    """What it tells that both are called by one name: nothing for a surname, or a word like "the Act"."""
    if kind is EntityKind.PERSON and is_surname(name):
        return None
    if any(one.id == _called(name, office) for one in who for office in (None, *one.offices)):
        return Likeness.SAME
    return Likeness.ALIAS if " " in name else None


@lru_cache(maxsize=16_384)
def _called(name: str, office: str | None) -> str:
    """Whom a name names by itself, or with an office."""
    return entity_id(name, office)


def _hold_office_apart(one: Profile, other: Profile) -> bool:
    """True for the mayors of two towns at one time, unless somebody stands beside both whom few stand beside."""
    if not are_held_apart(one.roles, other.roles):
        return False
    return _gap(one, other) < _MOVED and one.neighbours & other.neighbours <= _known_to_all()


@cache
def _known_to_all() -> frozenset[str]:
    """Places, people and public bodies of the gazetteer: who is named beside them is not thereby one of their own."""
    listed = (one for form in load_gazetteer().forms.values() for one in form.listed)
    return frozenset(entity_id(one.name) for one in listed if one.kind in _PUBLIC)


def _meet(one: Profile, other: Profile) -> bool:
    return bool(one.neighbours & other.neighbours)


def _neighbourhood(one: Profile, other: Profile) -> tuple[float, str]:
    shared = one.neighbours & other.neighbours
    points = min(_MOST_FOR_NEIGHBOURS, _PER_NEIGHBOUR * len(shared))
    return points, f"{len(shared)} of the names found beside one are also found beside the other"


def _roles(one: Profile, other: Profile) -> tuple[float, str]:
    if shared := one.roles & other.roles:
        return _ROLE, f"both are described as {', '.join(sorted(shared))}"
    differ = fields_differ(one.roles, other.roles) and not _meet(one, other)
    return (_DIFFERENT_FIELDS if differ else 0.0), "they have different occupations"


def _times(one: Profile, other: Profile) -> tuple[float, str]:
    return (_FAR_APART if _gap(one, other) > _YEARS_APART * 365 else 0.0), "they are named decades apart"


def _gap(one: Profile, other: Profile) -> int:
    """Days between what tells of one and of the other; below 0 where these overlap, 0 where it is not known."""
    if not (one.first and one.last and other.first and other.last):
        return 0
    return max((other.first - one.last).days, (one.first - other.last).days)


def _rivalry(one: Profile, other: Profile, like: Likeness, around: Sequence[Profile]) -> tuple[float, str]:
    """A short name that fits a third entity as well as this one tells nothing, unless the third is far less likely."""
    if like not in (Likeness.SURNAME, Likeness.NICKNAME, Likeness.ACRONYM, Likeness.WHERE):
        return 0.0, ""
    short, full = sorted((one, other), key=lambda p: (max(map(len, p.names)), p.id))
    ours = _fit(short, full)
    for third in around:
        if third.id in (one.id, other.id) or not _kinds_agree(short, third):
            continue
        if (
            _best_likeness(short, third) is not None
            and _best_likeness(full, third) is None
            and 2 * _fit(short, third) >= ours
        ):
            return _RIVAL, "another fits as well"
    return 0.0, ""


def _namesakes(one: Profile, other: Profile, around: Sequence[Profile]) -> tuple[float, str]:
    """One of whom no calling is told may be either of two namesakes: who stands beside it has to tell which."""
    silent, telling = sorted((one, other), key=lambda profile: (bool(profile.roles), profile.id))
    if silent.roles or not telling.roles or one.kind is not EntityKind.PERSON:
        return 0.0, ""
    rivals = (
        third
        for third in around
        if third.id not in (one.id, other.id) and third.roles and _is_namesake(third, silent, telling)
    )
    for third in rivals:
        if fields_differ(third.roles, telling.roles) and 2 * _fit(silent, third) > _fit(silent, telling):
            return _RIVAL, "a namesake fits as well"
    return 0.0, ""


def _born_at_another_time(one: Profile, other: Profile, around: Sequence[Profile]) -> tuple[float, str]:
    """One whose birth is not told may be either of two namesakes: who stands beside it has to tell which."""
    open_, dated = sorted((one, other), key=lambda profile: (bool(births(profile.roles)), profile.id))
    if births(open_.roles) or not births(dated.roles):
        return 0.0, ""
    for third in around:
        named = third.id not in (one.id, other.id) and _is_namesake(third, open_, dated)
        if named and were_born_apart(third.roles, dated.roles) and 2 * _fit(open_, third) > _fit(open_, dated):
            return _RIVAL, "a namesake born at another time fits as well"
    return 0.0, ""


def _in_office_elsewhere(one: Profile, other: Profile, around: Sequence[Profile]) -> tuple[float, str]:
    """One whose office is not told may be either of two namesakes: who stands beside it has to tell which."""
    for third in around:
        if third.id in (one.id, other.id):
            continue
        for open_, seated in ((one, other), (other, one)):
            if (
                _hold_office_apart(third, seated)
                and not _hold_office_apart(third, open_)
                and are_alike(third, open_)
                and 2 * _fit(open_, third) > _fit(open_, seated)
            ):
                return _RIVAL, "a namesake with that office elsewhere fits as well"
    return 0.0, ""


def _is_namesake(third: Profile, one: Profile, other: Profile) -> bool:
    """True if all three have a whole name in common, which makes them alike: a surname alone is no namesake's.

    So whoever is one is found with the two, whatever else is weighed at the same time.
    """
    whole = is_full(third.names & one.names & other.names)
    return whole and _kinds_agree(third, one) and _kinds_agree(third, other)


def _fit(one: Profile, other: Profile) -> float:
    return 1.0 + len(one.neighbours & other.neighbours) + 3.0 * len(one.roles & other.roles)
