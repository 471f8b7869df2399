"""Links found once, for whoever asks about many sets of the same claims: what was known on one day, and on another.

A link says something of its two claims alone. So one that was found among many claims holds among any of them, and none
has to be looked for among claims of which all links were found before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kb.fold.claim import ReportedClaim
from kb.fold.filing import Files
from kb.fold.likeness import Link, liken
from kb.fold.mentions import told_again
from kb.fold.rulings import Pair


class Linked:
    """Claims, and all links among them. Not for several threads at once."""

    def __init__(self) -> None:
        self._claims: dict[str, ReportedClaim] = {}
        self._links: dict[Pair, Link] = {}

    def among(self, claims: Collection[ReportedClaim]) -> list[Link]:
        """All links among these claims; what was not asked for before, or is not as it was, is weighed first."""
        fresh = {claim.id: claim for claim in claims if self._claims.get(claim.id) != claim}
        if fresh:
            self._links = {pair: link for pair, link in self._links.items() if fresh.keys().isdisjoint(pair)}
            self._claims |= fresh
            self._links |= self._weighed(fresh)
        asked = {claim.id for claim in claims}
        return [link for (one, other), link in self._links.items() if one in asked and other in asked]

    def _weighed(self, fresh: Mapping[str, ReportedClaim]) -> dict[Pair, Link]:
        """The links of these claims, with each other and with all others."""
        weighed = (liken(self._claims[one], self._claims[other]) for one, other in set(self._candidates(fresh)))
        return {(link.one, link.other): link for link in weighed if link}

    def _candidates(self, fresh: Mapping[str, ReportedClaim]) -> Iterator[Pair]:
        """Pairs of which one is filed where the other looks, and one at least is fresh; some of them twice."""
        everything, files = Files.of(self._claims.values()), Files.of(fresh.values())
        for one in self._claims.values():
            for other in (everything if one.id in fresh else files).near(one):
                yield (one.id, other.id) if one.id < other.id else (other.id, one.id)
        yield from (pair for pair in told_again(self._claims.values()) if not fresh.keys().isdisjoint(pair))
