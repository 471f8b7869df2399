"""The statements `kb.store.filing` keeps the index of places in step with. The same text runs on both servers."""

# Notes which transaction filed these articles last. Returns nothing.
NOTE_ARTICLES = """
MATCH (m:Meta {id: 'schema'})
SET m.filed = $number
WITH m
UNWIND $ids AS id
MATCH (a:Article {id: id})
SET a.filed = $number
"""

# The graph, and the number of the last transaction that filed anything: {graph, filed}.
LAST_FILED = "MATCH (m:Meta {id: 'schema'}) RETURN m.graph AS graph, coalesce(m.filed, 0) AS filed"

# Articles that transactions after $number filed: {id}.
FILED_AFTER = "MATCH (a:Article) WHERE a.filed > $number RETURN a.id AS id ORDER BY id"
