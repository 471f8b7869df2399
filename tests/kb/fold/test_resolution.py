"""One id for what articles call by several names."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kb.fold.resolution import resolved
from kb.resolve import Link, resolve
from tests.kb.test_fold import RULING

LINKS = st.lists(
    st.builds(Link, st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from([1.0, 2.0]), st.just("")),
    max_size=8,
)
PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]), max_size=4
)


def test_links_join_to_the_smallest_id_where_no_day_is_known_and_a_different_keeps_apart() -> None:
    links = [Link("b", "a", 1, ""), Link("c", "b", 1, "")]
    assert resolve(links, []) == {"b": "a", "c": "a"}
    assert resolve(links, [("a", "c")]) == {"b": "a"}
    assert resolve([*links, Link("b", "c", 5, "")], [("a", "c")]) == {"c": "b"}


def test_who_was_named_first_stays_canonical_whoever_joins_later() -> None:
    others = {f"a{number}": f"2025-01-{number + 11}" for number in range(9)}
    since: dict[str, str | None] = {"b": "2025-01-10", **others, "a-unknown": None}
    links = [Link(other, "b", 1, "") for other in since if other != "b"]
    for count in range(1, len(links) + 1):
        assert set(resolve(links[:count], [], since).values()) == {"b"}
    assert set(resolve(links, [], {**since, "a5": "2024-12-31"}).values()) == {"a5"}
    assert set(resolve(links, [], {**since, "a5": "2025-01-10"}).values()) == {"a5"}


@given(LINKS, PAIRS, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_different_is_never_one(
    links: list[Link], parted: list[tuple[str, str]], random: Random
) -> None:
    canonical = resolve(links, parted)
    shuffled = list(links)
    random.shuffle(shuffled)
    assert resolve(shuffled, parted) == canonical
    assert all(canonical.get(a, a) != canonical.get(b, b) for a, b in parted)
    assert all(root not in canonical for root in canonical.values())


def test_a_claim_gets_canonical_entities_everywhere() -> None:
    claim = resolved(replace(RULING, profile=("e-law",)), {"e-law": "e-act", "e-app": "e-a"})
    assert claim.actors == (("court", "e-court"), ("law", "e-act"))
    assert (claim.names, claim.topics, claim.profile) == (("e-act", "e-court"), ("e-a", "e-act"), ("e-act",))
    assert resolved(RULING, {}) is RULING
