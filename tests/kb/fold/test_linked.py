"""What links the claims of threads is known where they come again, and found out anew for what tells something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import Linked, ReportedClaim, Rulings, linked, thread_claims
from kb.fold.likeness import liken
from kb.fold.threads import find_links
from tests.kb.test_fold import RULING, another

CLAIMS = [RULING, another(2), another(3), another(9, type="statement", first_day="2020-01-01", last_day="2020-01-01")]
Weighed = list[set[str]]


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Weighed:
    """The pairs of claims that were weighed, by id."""
    pairs: Weighed = []

    def weighing(one: ReportedClaim, other: ReportedClaim) -> object:
        pairs.append({one.id, other.id})
        return liken(one, other)

    monkeypatch.setattr(linked, "liken", weighing)
    return pairs


def known_of(rulings: Rulings | None = None, *, most: int = 100) -> Linked:
    """With the threads of these claims."""
    found = Linked(most)
    links = find_links(CLAIMS)
    found.note(thread_claims(CLAIMS, rulings or Rulings(), links=links), links)
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_links_of_a_thread_are_known_whatever_the_order_of_its_claims_and_of_some_of_them(
    count: int, weighed: Weighed
) -> None:
    told = CLAIMS[count - 1 :: -1]
    assert set(known_of().among("c1", told)) == set(find_links(told))
    assert weighed == []


def test_those_of_claims_that_tell_something_else_or_are_more_are_weighed(weighed: Weighed) -> None:
    changed = [*CLAIMS[:2], another(3, title="Another")]
    known = known_of()
    assert set(known.among("c1", changed)) == set(find_links(changed))
    assert weighed == [{"c1", "c3"}, {"c2", "c3"}]
    weighed.clear()
    more = [*changed, another(4)]
    assert set(known.among("c1", more)) == set(find_links(more))
    assert all("c4" in pair for pair in weighed)
    weighed.clear()
    assert set(known.among("c1", more)) == set(find_links(more))
    assert weighed == []


def test_where_a_text_was_printed_first_links_nothing(weighed: Weighed) -> None:
    copies = [replace(claim, origin="elsewhere") for claim in CLAIMS[:3]]
    assert set(known_of().among("c1", copies)) == set(find_links(copies))
    assert weighed == []


def test_what_was_judged_to_be_apart_is_linked_as_its_claims_tell_it(weighed: Weighed) -> None:
    apart = known_of(Rulings(parted=frozenset({("c1", "c2")})))
    assert ("c1", "c2") in {(link.one, link.other) for link in apart.among("c1", CLAIMS[:3])}
    assert weighed == []


def test_no_more_is_kept_in_mind_than_was_asked_for_and_those_that_came_last(weighed: Weighed) -> None:
    known = known_of(most=4)
    later = [replace(claim, id=f"{claim.id}x") for claim in CLAIMS[:2]]
    links = find_links(later)
    known.note(thread_claims(later, Rulings(), links=links), links)
    known.among("c1x", later)
    assert weighed == []
    known.among("c1", CLAIMS[:3])
    assert len(weighed) == 3
