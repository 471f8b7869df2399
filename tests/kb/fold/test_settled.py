"""What links the claims of threads is known where they come again, and found out anew where anything is another."""

from __future__ import annotations

from dataclasses import replace

from kb.fold import Rulings, thread_claims
from kb.fold.settled import Settled
from kb.fold.threads import find_links
from tests.kb.test_fold import RULING, another

CLAIMS = [RULING, another(2), another(3), another(9, type="statement", first_day="2020-01-01", last_day="2020-01-01")]


def settled(rulings: Rulings | None = None, *, most: int = 100) -> Settled:
    """With the threads of these claims."""
    found = Settled(most)
    links = find_links(CLAIMS)
    found.note(thread_claims(CLAIMS, rulings or Rulings(), links=links), links)
    return found


def test_the_links_of_a_thread_are_known_whatever_the_order_of_its_claims() -> None:
    links = find_links(CLAIMS[:3])
    assert len(links) == 3
    known = settled().links_of("c1", CLAIMS[2::-1])
    assert known is not None
    assert sorted(known, key=str) == sorted(links, key=str)


def test_they_are_not_known_of_claims_that_tell_something_else_or_are_fewer_or_more() -> None:
    known = settled()
    assert known.links_of("c1", [RULING, another(2), another(3, title="Another")]) is None
    assert known.links_of("c1", CLAIMS[:2]) is None
    assert known.links_of("c1", CLAIMS) is None
    assert known.links_of("c2", CLAIMS[:3]) is None


def test_what_was_judged_to_be_apart_is_linked_as_its_claims_tell_it() -> None:
    apart = settled(Rulings(parted=frozenset({("c1", "c2")})))
    known = apart.links_of("c1", CLAIMS[:3])
    assert known is not None
    assert ("c1", "c2") in {(link.one, link.other) for link in known}


def test_no_more_is_kept_in_mind_than_was_asked_for_and_those_that_came_last() -> None:
    known = settled(most=4)
    assert known.links_of("c1", CLAIMS[:3]) is not None
    later = [replace(claim, id=f"{claim.id}x") for claim in CLAIMS[:2]]
    links = find_links(later)
    known.note(thread_claims(later, Rulings(), links=links), links)
    assert known.links_of("c1", CLAIMS[:3]) is None
    assert known.links_of("c1x", later) is not None
