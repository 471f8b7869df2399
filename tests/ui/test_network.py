import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.queries import ActorView, EventView, network_of
from ui.components.network.positions import positions


def event(id_, *actors):
    return EventView(
        id=id_, type="deal", status="occurred", title="A deal", first_day="2025-01-01", last_day="2025-01-01",
        precision="day", claims=1, sources=1, first_reported=None, last_reported=None,
        actors=tuple(ActorView(role, name, name.upper(), "company") for name, role in actors),
    )  # fmt: skip


EVENTS = (
    event("1", ("a", "buyer"), ("b", "seller")),
    event("2", ("a", "buyer"), ("b", "seller"), ("c", "mentioned")),
    event("3", ("b", "buyer"), ("d", "seller")),
)


def test_entities_that_are_only_mentioned_are_in_no_network():
    assert {node.id for node in network_of(EVENTS).nodes} == {"a", "b", "d"}


def test_around_one_entity_only_its_own_events_count():
    found = network_of(EVENTS, ("a",))
    assert [(node.id, node.events) for node in found.nodes] == [("a", 2), ("b", 2)]
    assert [(edge.one, edge.other, edge.events) for edge in found.edges] == [("a", "b", 2)]


def test_roles_filter_the_others_and_not_the_one_in_the_middle():
    assert [node.id for node in network_of(EVENTS, ("b",), roles=("buyer",)).nodes] == ["b", "a"]


def test_what_does_not_fit_is_counted():
    found = network_of(EVENTS, most=2)
    assert (len(found.nodes), found.left_out) == (2, 1)


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_every_node_gets_a_place_of_its_own_and_the_same_again(count, pairs):
    edges = [(one, other, 1.0) for one, other in pairs if one < count and other < count and one != other]
    places = positions(count, edges)
    assert places == positions(count, edges)
    assert len(set(places)) == count
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)


@pytest.mark.parametrize("count", [2, 30])
def test_nodes_with_an_edge_come_closer_than_others(count):
    places = positions(count, [(0, 1, 5.0)])
    near = math.dist(places[0], places[1])
    assert count == 2 or near < max(math.dist(places[0], place) for place in places[2:])
