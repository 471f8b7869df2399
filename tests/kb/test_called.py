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
        ("company", ["Roe Canal Company", "Roe Canal"], "Roe Canal"),
        ("agency", ["Commission", "European Commission"], "European Commission"),
    ],
)
def test_it_is_called_as_the_gazetteer_does_or_by_its_shortest_whole_name(
    kind: str, names: list[str], called: str
) -> None:
    rows: list[dict[str, object]] = [{"id": name, "name": name, "kind": kind, "names": [name]} for name in names]
    assert _named("e1", ["e1"], rows).name == called


def test_what_articles_call_one_id_is_joined_as_the_graph_does() -> None:
    rows: list[dict[str, object]] = [
        {"id": "e1", "name": name, "kind": "person", "names": [name]} for name in ("Ann Roe", "Roe")
    ]
    assert _named("e1", ["e1"], rows).name == "Roe"
