"""What a person's own Cypher may hold."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import QueryRejected
from kb.store.statement import check_reading


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (e:Event) RETURN e",
        "match (e:Event) return e.title order by e.first_day;",
        "// what happened\nOPTIONAL MATCH (e:Event) RETURN e",
        "/* a\n * b */ UNWIND [1, 2] AS x RETURN x",
        "WITH 'load csv' AS x RETURN x",
        'RETURN "it\'s load csv; create (n)" AS x',
        r"RETURN 'it\'s load csv' AS x",
        r"RETURN 'caf\u00e9' AS x",
        "RETURN `load csv`, `a``b` // load csv",
        "MATCH (e:Event) /* load csv */ RETURN e",
        "MATCH (n) WHERE n.load = 'x' RETURN n.csv",
        "MATCH (n:Set:Create) RETURN n.set, n.create AS merge",
        "RETURN {set: 1, delete: 2} AS set",
        "RETURN $set AS a, $delete AS b",
        "MATCH (n:Call WHERE n.use = 1) RETURN n.call AS call",
        "MATCH (e:Event) CALL (e) { MATCH (e)--(n) RETURN count(n) AS n } RETURN e, n",
        "CALL { MATCH (e:Event) RETURN e } RETURN e",
        "CALL db.labels()",
        "CALL db.labels() YIELD label RETURN label",
        "CALL `db` . propertyKeys",
        "CALL db.index.fulltext.queryNodes('articles', 'text') YIELD node RETURN node",
        "MATCH (e) WHERE e.id IN $transactions RETURN e",
        "RETURN [x IN range(1, 3) | x * 2] AS twice, 1e3 AS n, 0x1F AS h, .5 AS half",
        "RETURN 'ünïcödé 漢字 🎈' AS x",
    ],
)
def test_reading_is_allowed(cypher: str) -> None:
    check_reading(cypher)


@pytest.mark.parametrize(
    ("cypher", "words"),
    [
        pytest.param("MATCH (n) LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", "LOAD CSV", id="load csv"),
        pytest.param("WITH 1 AS x load csv FROM 'f' AS l RETURN l", "LOAD CSV", id="lower case"),
        pytest.param("WITH 1 AS x LoAd\n\t\r CsV FROM 'f' AS l RETURN l", "LOAD CSV", id="line ends"),
        pytest.param("WITH 1 AS x LOAD/**/CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="comment between"),
        pytest.param("WITH 1 AS x LOAD// x\nCSV FROM 'f' AS l RETURN l", "LOAD CSV", id="line comment between"),
        pytest.param("WITH 1 AS x // y\rLOAD CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="comment that ended"),
        pytest.param("WITH 1 AS x /* /* */ LOAD CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="comment in a comment"),
        pytest.param("WITH 1 AS x LOAD\u00a0CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="odd space"),
        pytest.param("WITH 1 AS x LOAD C\u017fV FROM 'f' AS l RETURN l", "LOAD CSV", id="odd letter"),
        pytest.param("WITH 1 AS as LOAD CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="behind a name"),
        pytest.param("WITH 1 AS `x` LOAD CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="behind a quoted name"),
        pytest.param("WITH '\\\\' AS x LOAD CSV FROM 'f' AS l RETURN l", "LOAD CSV", id="behind a backslash"),
        pytest.param("CALL { LOAD CSV FROM 'f' AS l RETURN l } RETURN l", "LOAD CSV", id="nested"),
        pytest.param("RETURN '\\u0027 AS x LOAD CSV FROM 'f' AS l RETURN l //'", "escapes", id="escape ends the text"),
        pytest.param("WITH 1 AS x LO\\u0041D CSV FROM 'f' AS l RETURN l", "escapes", id="escape spells it"),
        pytest.param("WITH 1 AS x LO\\uu0041D CSV FROM 'f' AS l RETURN l", "escapes", id="escape of Java"),
        pytest.param("WITH 1 AS x LOAD\\u00a0CSV FROM 'f' AS l RETURN l", "backslash", id="escaped space"),
        pytest.param("LOAD CSV FROM 'f' AS l RETURN l", "LOAD does not start", id="load csv first"),
        pytest.param(
            "USING PERIODIC COMMIT 500 LOAD CSV FROM 'f' AS l RETURN l", "USING does not start", id="periodic"
        ),
        pytest.param("SHOW USERS", "SHOW does not start", id="show"),
        pytest.param("show /**/ settings", "SHOW does not start", id="show settings"),
        pytest.param("TERMINATE TRANSACTION 'x'", "TERMINATE does not start", id="terminate"),
        pytest.param("EXPLAIN MATCH (n) RETURN n", "EXPLAIN does not start", id="explain"),
        pytest.param("CYPHER 5 MATCH (n) RETURN n", "CYPHER does not start", id="options"),
        pytest.param("(MATCH (n) RETURN n)", "( does not start", id="no word"),
        pytest.param("USE system MATCH (n) RETURN n", "USE does not start", id="use first"),
        pytest.param("CALL { USE `system` RETURN 1 AS x } RETURN x", "USE is not allowed", id="use nested"),
        pytest.param("CALL dbms.listConfig()", "procedure dbms.listconfig is not allowed", id="settings"),
        pytest.param("CALL `dbms`.`listConfig`()", "procedure dbms.listconfig is not allowed", id="quoted procedure"),
        pytest.param("MATCH (n) CALL apoc.load.json('f') YIELD value RETURN value", "apoc.load.json", id="apoc"),
        pytest.param("CALL db.labelsX()", "db.labelsx", id="almost a known one"),
        pytest.param("RETURN 1. CALL dbms.listConfig()", "dbms.listconfig", id="behind a number"),
        pytest.param("RETURN dbms.thing()", "dbms", id="function of the server"),
        pytest.param(
            "MATCH (n) CALL (n) { RETURN 1 AS x } IN 10 CONCURRENT TRANSACTIONS RETURN x", "IN TRANS", id="batches"
        ),
        pytest.param("RETURN 1; SHOW USERS", "one statement", id="two statements"),
        pytest.param("CREATE (n)", "CREATE does not start", id="create"),
        pytest.param("MATCH (n) SET n.x = 1", "SET writes", id="set"),
        pytest.param("MATCH (n) SET (n).x = 1", "SET writes", id="set with brackets"),
        pytest.param("MATCH (n) DETACH DELETE n", "DETACH writes", id="delete"),
        pytest.param("MATCH (n) REMOVE n:Event", "REMOVE writes", id="remove"),
        pytest.param("MATCH (n) MERGE (n)-[:X]->(n)", "MERGE writes", id="merge"),
        pytest.param("MATCH (n) FOREACH (x IN [1] | SET n.x = x)", "FOREACH writes", id="foreach"),
        pytest.param("CALL { CREATE (n) } RETURN 1", "CREATE writes", id="create nested"),
        pytest.param("RETURN 'x", "a ' is opened", id="open text"),
        pytest.param('RETURN "x', 'a " is opened', id="open text 2"),
        pytest.param("RETURN `x", "a ` is opened", id="open name"),
        pytest.param("RETURN 1 /* x", "comment is opened", id="open comment"),
        pytest.param("", "empty", id="empty"),
        pytest.param(" // nothing\n", "empty", id="only a comment"),
    ],
)
def test_anything_else_is_refused_and_named(cypher: str, words: str) -> None:
    with pytest.raises(QueryRejected) as caught:
        check_reading(cypher)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


_GAPS = st.lists(st.sampled_from([" ", "\n", "\t", "\r\n", "/**/", "/* ' */", '// "\n', "//\r"]), min_size=1).map(
    "".join
)


@given(gap=_GAPS, flips=st.lists(st.booleans(), min_size=7, max_size=7), before=_GAPS)
def test_no_gap_and_no_case_hides_load_csv(gap: str, flips: list[bool], before: str) -> None:
    letters = [letter.upper() if flip else letter.lower() for letter, flip in zip("loadcsv", flips, strict=True)]
    load, csv = "".join(letters[:4]), "".join(letters[4:])
    with pytest.raises(QueryRejected, match="LOAD CSV"):
        check_reading(f"WITH 1 AS x{before}{load}{gap}{csv} FROM 'f' AS l RETURN l")


@given(st.text())
def test_any_text_within_quotes_is_allowed(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    if not any(f"\\u00{digit}" in quoted for digit in range(8)):
        check_reading(f"RETURN '{quoted}' AS x")


@given(st.text(max_size=200))
def test_any_text_is_judged_quickly_and_without_another_error(text: str) -> None:
    with suppress(QueryRejected):
        check_reading(text)
