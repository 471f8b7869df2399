"""The statements `kb.store.rebuilding` pages through the graph with. The same text runs on both servers."""

# Articles from $after on, at most $limit: {id}.
SOME_ARTICLES = "MATCH (a:Article) WHERE a.id > $after RETURN a.id AS id ORDER BY id LIMIT $limit"

# Events from $after on, at most $limit: {id}.
SOME_EVENTS = "MATCH (e:Event) WHERE e.id > $after RETURN e.id AS id ORDER BY id LIMIT $limit"

# Claims in a thread from $after on, at most $limit: {id}.
SOME_FILED_CLAIMS = """
MATCH (c:Claim)
WHERE c.id > $after AND c.thread IS NOT NULL
RETURN c.id AS id ORDER BY id LIMIT $limit
"""
