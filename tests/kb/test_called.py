"""By which of its names a thing that goes by several is called."""

import pytest

from kb.queries.names import _named


@pytest.mark.parametrize(
    ("kind", "names", "called"),
    [
        ("person", ["Donald", "Donald Trump"], "Donald Trump"),
        ("person", ["Ann Roe-Poe", "Roe", "Ann Roe"], "Ann Roe"),
        ("person", ["Roe", "Poe-Roe"], "Roe"),
        ("person", ["de Souza", "Clara de Souza"], "Clara de Souza"),
        ("person", ["CLARA ROE", "Clara Roe"], "Clara Roe"),
        ("company", ["Roe Canal Company", "Roe Canal"], "Roe Canal"),
        ("agency", ["Commission", "European Commission"], "European Commission"),
    ],
)
def test_it_is_called_as_the_gazetteer_does_or_by_its_shortest_whole_name(
    kind: str, names: list[str], called: str
) -> None:
    rows = [_row(name, name, kind) for name in names]
    assert _named("e1", ["e1"], rows).name == called


def test_what_articles_call_one_id_is_joined_as_the_graph_does() -> None:
    rows = [_row("e1", name, "person") for name in ("Ann Roe", "Roe")]
    assert _named("e1", ["e1"], rows).name == "Roe"


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        pytest.param({"person": 1, "company": 2}, "company", id="most"),
        pytest.param({"company": 1, "person": 1}, "person", id="as many: the first in order"),
        pytest.param({}, "place", id="no article names it any more"),
    ],
)
def test_it_is_what_most_articles_take_it_for(kinds: dict[str, int], kind: str) -> None:
    row = _row("e1", "Orvane", "place") | {"kinds": list(kinds), "votes": list(kinds.values())}
    assert _named("e1", ["e1"], [row]).kind == kind


def test_a_name_that_the_gazetteer_lists_tells_the_kind_of_all() -> None:
    rows = [_row("e1", "Apple", "person"), *(_row(f"e{n}", "Orvane", "person") for n in range(2, 5))]
    assert _named("e1", ["e1"], rows).kind == "company"


def _row(id_: str, name: str, kind: str) -> dict[str, object]:
    return {"id": id_, "name": name, "kind": kind, "kinds": [kind], "votes": [1], "names": [name], "roles": []}
