"""One id for what articles call by several names."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fold.resolution import resolved
from kb.resolve import Link, Renown, resolve
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
    others = {f"a{number}": Renown(f"2025-01-{number + 11}", 9) for number in range(9)}
    renown = {"b": Renown("2025-01-10", 1), **others, "a-unknown": Renown(None, 9)}
    links = [Link(other, "b", 1, "") for other in renown if other != "b"]
    for count in range(1, len(links) + 1):
        assert set(resolve(links[:count], [], renown).values()) == {"b"}
    assert set(resolve(links, [], {**renown, "a5": Renown("2024-12-31", 1)}).values()) == {"a5"}
    assert set(resolve(links, [], {**renown, "a5": Renown("2025-01-10", 1)}).values()) == {"a5"}


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        pytest.param(Renown("2025-05-01", 16), Renown("2019-01-01", 15), "a", id="many name it, few the one before"),
        pytest.param(Renown("2025-05-01", 15), Renown("2019-01-01", 15), "b", id="few name either"),
        pytest.param(Renown("2025-05-01", 16), Renown("2019-01-01", 20), "a", id="many name both"),
        pytest.param(Renown(None, 16), Renown("2025-01-01", 15), "a", id="many name it, nobody knows since when"),
    ],
)
def test_whom_many_name_stands_for_all_whoever_turns_out_to_have_been_called_otherwise_before(
    one: Renown, other: Renown, stands: str
) -> None:
    assert set(resolve([Link("a", "b", 1, "")], [], {"a": one, "b": other}).values()) == {stands}


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
