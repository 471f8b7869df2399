"""What the fold needs to know of a claim."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from kb.model import Status
from kb.timevalue import Offset

MENTIONED = "mentioned"
"""Role of an entity that a claim's sentence names and that has no part in the event as far as we can tell."""
UNDATED = "undated"
"""Precision of a claim without a day: its days are those between which its event may lie, and date nothing."""
T = TypeVar("T")


CLAIMS_AT_HAND = 4_096
"""Claims of which is kept in mind what was made out about them: those of one transaction with those near them."""


@dataclass(frozen=True)
class ReportedClaim:
    """A claim as its article reports it. Days are ISO text, inclusive; `published` may be unknown.

    Entities are canonical (`kb.resolve`): what two articles call by two names is one id here already.
    """

    id: str
    type: str
    status: Status
    title: str
    first_day: str
    last_day: str
    precision: str
    actors: tuple[tuple[str, str], ...]
    """Role and entity id; those only `MENTIONED` have no part in the event."""
    source: str | None
    published: str | None
    confidence: float
    article: str = ""
    origin: str = ""
    """The article whose text it is, where several outlets print one; else the article itself."""
    trigger: str = ""
    quote: str = ""
    time_text: str = ""
    names: tuple[str, ...] = ()
    """Entities of the sentence that can tell events apart: no countries, places or governments."""
    topics: tuple[str, ...] = ()
    """What the whole article is about: the entities it names most, and words (`word:…`). Claims are filed by these."""
    profile: tuple[str, ...] = ()
    """The same at length: how alike two of these are, tells whether two articles tell of one story."""
    doubts: tuple[str, ...] = ()
    """Checks that its date did not pass, such as 'weekday-mismatch'."""
    clock: Offset | None = None
    """For a legal clock: what its day was counted from."""
    corrected: tuple[str, ...] = ()
    """The fields that a person corrected."""
    at: int = 0
    """Where the word that names the event stands in the article's text."""

    def __hash__(self) -> int:
        """By id alone: of one claim there is seldom more than one state at a time."""
        return hash(self.id)

    @cached_property
    def undated(self) -> bool:
        """True if its article tells of the event without a day."""
        return self.precision == UNDATED

    @cached_property
    def acting(self) -> frozenset[str]:
        """Entities that have a part in it."""
        return frozenset(entity for role, entity in self.actors if role != MENTIONED)

    @cached_property
    def order(self) -> tuple[str, str, str]:
        """Claims in the order in which they became known; unpublished ones first, as nobody knows when."""
        return (self.published or "", self.first_day, self.id)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was found out of it (`once`), as long as it is among the claims that were asked last."""
        _kept.append(self)
        if len(_kept) > CLAIMS_AT_HAND:
            _kept.popleft().__dict__.pop("kept", None)
        return {}

    def filling(self, role: str) -> frozenset[str]:
        """The entities in one role."""
        return frozenset(entity for own, entity in self.actors if own == role)


_kept: deque[ReportedClaim] = deque()
"""The claims of which something is kept, those first that were asked first."""


def let_go() -> None:
    """Keep nothing of any claim: whoever is done with them need not hold them until as many others were asked.

    Claims that come again are read again, so that nothing of what was kept serves twice.
    """
    with suppress(IndexError):  # another thread may be letting go as well
        while True:
            _kept.popleft().__dict__.pop("kept", None)


def once(find: Callable[[ReportedClaim], T]) -> Callable[[ReportedClaim], T]:
    """What `find` says of a claim, found once and then kept with it.

    Each claim of a batch is compared with a dozen others, and asked for the same each time.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def kept(claim: ReportedClaim) -> T:
        known = claim.kept
        try:
            found: T = known[name]
        except KeyError:
            found = known[name] = find(claim)
        return found

    return kept
