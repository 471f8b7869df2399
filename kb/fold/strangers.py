"""Articles that name several things each, and hardly one in common, tell of nothing in common.

They may well use the same words: a hundred laws say by when companies must comply. Nor does it say much that both name
one country, or a body that is in the news every day. What they tell of one day may be one event if they have one thing
in common; where one tells another day, or none, so much is alike in a large archive that two are asked for.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kb.fold.claim import ReportedClaim, once
from kb.fold.reported import WORD
from kb.gazetteer import Use, load_gazetteer
from kb.ids import entity_id
from kb.model import EntityKind

_SEVERAL, _MANY = 3, 5
"""Telling things an article names, from which on it would name one, and two, that another on its matter names."""
_LITTLE = 10
"""Things that a short text names at most."""
_BRIEF = 8
"""Things that an article of one piece of news names at most."""
_ARTICLES_AT_HAND = 512
"""Articles of which is kept in mind what they name: those of one transaction with those near them."""
_STANDING = (EntityKind.COURT, EntityKind.AGENCY, EntityKind.LEGISLATURE, EntityKind.GOVERNMENT)


def are_strangers(one: ReportedClaim, other: ReportedClaim, *, one_day: bool = False) -> bool:
    """True if their articles name several things each, and these two claims have too few of them in common.

    `one_day` says that both tell of one day, or of two that hardly differ.
    """
    if one.article == other.article:
        return False
    least = in_common(breadth(one), breadth(other), one_day=one_day)
    return least > 0 and len(telling_things(one) & telling_things(other)) < least


def in_common(one: int, other: int, *, one_day: bool) -> int:
    """How many telling things two articles of such breadths must both name, to be no strangers."""
    narrower = min(one, other)
    if narrower < _SEVERAL:
        return 0
    return 1 if one_day or narrower < _MANY else 2


@once
def breadth(claim: ReportedClaim) -> int:
    """How many telling things a claim's article names."""
    return len(_entities_of(claim.profile) - in_the_news())


@once
def telling_things(claim: ReportedClaim) -> frozenset[str]:
    """Entities that a claim or its article names, without those that many articles name whatever they are about."""
    return things_of(claim) - in_the_news()


@once
def named_in_article(claim: ReportedClaim) -> int:
    """How many things a claim's article names, as far as its profile goes."""
    return len(_entities_of(claim.profile))


def names_little(claim: ReportedClaim) -> bool:
    """True if a claim's article is a short text, and what it names hardly enough to be found by."""
    return named_in_article(claim) <= _LITTLE


def is_brief(claim: ReportedClaim) -> bool:
    """True if a claim's article names so few things that it tells one piece of news."""
    return named_in_article(claim) <= _BRIEF


@once
def things_of(claim: ReportedClaim) -> frozenset[str]:
    """Entities that a claim or its article names, places among them."""
    of_article = _entities_of(claim.profile) | _entities_of(claim.topics)
    return of_article.union(claim.names, [entity for _, entity in claim.actors])


@lru_cache(maxsize=_ARTICLES_AT_HAND)
def _entities_of(things: tuple[str, ...]) -> frozenset[str]:
    """Those of what an article is about that are no words."""
    return frozenset(thing for thing in things if not thing.startswith(WORD))


@cache
def bodies() -> frozenset[str]:
    """Courts, agencies, parliaments and governments known by name, and what several are called: "Parliament"."""
    forms = load_gazetteer().forms.items()
    called = ((one, name) for name, form in forms for one in form.listed if form.use is not Use.DEMONYM)
    return frozenset(entity_id(form) for one, name in called if one.kind in _STANDING for form in (one.name, name))


@cache
def in_the_news() -> frozenset[str]:
    """Bodies and countries that are known by name."""
    peoples = (form for form in load_gazetteer().forms.values() if form.use is Use.DEMONYM)
    return bodies() | {entity_id(country.name) for form in peoples for country in form.listed}
