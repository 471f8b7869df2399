"""Every query that a page of the documents shows runs as it is written, on every store."""

import re
from pathlib import Path

import pytest

from kb.store import Graph

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
QUERIES = [
    pytest.param(cypher, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, cypher in enumerate(re.findall(r"```cypher\n(.*?)```", page.read_text("utf-8"), re.DOTALL), 1)
]


@pytest.mark.parametrize("cypher", QUERIES)
def test_a_query_of_a_page_runs_as_it_is_written(graph: Graph, cypher: str) -> None:
    asked = re.findall(r" AS (\w+)", cypher.rpartition("RETURN")[2])
    assert set(graph.query(cypher, {}).columns) <= set(asked)
