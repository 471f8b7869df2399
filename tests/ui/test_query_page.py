import json

import pytest

from kb.store import QueryResult
from ui.app_pages.query import as_json, as_table, examples, in_short
from ui.tables import as_csv

MIXED = QueryResult(
    columns=("a", "a", "=b"),
    rows=((1, "=1+1", None), ("text", {"k": [1, 2]}, ["ü"])),
    truncated=False,
)


@pytest.mark.parametrize(("title", "cypher"), examples(), ids=[title for title, _ in examples()])
def test_every_example_runs_and_finds_something(graph, title, cypher):
    assert title.strip()
    result = graph.query(cypher, {}, row_limit=100, timeout=10)
    assert result.rows or title == "What is scheduled or due, soonest first"


def test_a_table_shows_values_of_any_kind_and_columns_of_the_same_name():
    table = as_table(MIXED)
    assert list(table.columns) == ["a", "a (2)", "=b"]
    assert table.to_numpy().tolist() == [["1", "=1+1", None], ["text", '{"k": [1, 2]}', '["ü"]']]


def test_a_column_of_numbers_stays_one_and_numbers_that_no_browser_knows_exactly_are_text():
    answer = QueryResult(("n", "mean", "large", "mixed"), ((-5, 1.5, 2**60, 1), (None, 2, 1, "a")), truncated=False)
    table = as_table(answer)
    assert [str(kind) for kind in table.dtypes] == ["Int64", "Float64", "object", "object"]
    assert as_csv(table).splitlines() == ["n,mean,large,mixed", "-5,1.5,1152921504606846976,1", ",2.0,1,a"]


def test_nodes_and_relationships_are_named_in_the_table_and_whole_in_the_downloads(graph):
    found = graph.query(
        "MATCH (e:Event)-[i:INVOLVES]->(x:Entity {name: 'ByteDance'}) RETURN e, i, x", {}, row_limit=9, timeout=10
    )
    assert as_table(found, cell=in_short).to_numpy().tolist() == [
        ["(:Event) ByteDance to sell TikTok", "[:INVOLVES] obliged", "(:Entity) ByteDance"]
    ]
    assert '"first_day": "2025-01-19"' in as_csv(as_table(found)).replace('""', '"')


def test_csv_holds_no_formula():
    assert as_csv(as_table(MIXED)).splitlines() == ["a,a (2),'=b", "1,'=1+1,", 'text,"{""k"": [1, 2]}","[""ü""]"']


def test_json_holds_the_values_as_they_are():
    assert json.loads(as_json(MIXED)) == [
        {"a": 1, "a (2)": "=1+1", "=b": None},
        {"a": "text", "a (2)": {"k": [1, 2]}, "=b": ["ü"]},
    ]
