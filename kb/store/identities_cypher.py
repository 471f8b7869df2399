"""The statements `kb.store.identities` reads and writes with. The same text runs on both servers."""

MOST_SEEN_IN = 20
"""Articles of an entity that tell who stands beside it: enough to tell, and the same few however many there are."""

# What is stored of those of these entities that an article names: {id, name, kind, aliases, roles}. Those have a first
# article; to look for it among their relationships would cost several times as much.
ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE size(e.seen_in) > 0
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS aliases, e.roles AS roles
"""

# The first articles by id that name entities, which tell who stands beside them: {id, articles}.
SEEN_IN = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.seen_in AS articles
"""

# The first articles by id that name these entities, $most of each, since which day any does, what each takes them for,
# and what they are taken for altogether so far: {id, articles, since, taken, name, kind}.
NAMED_BY = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONS]-(a:Article)
WITH id, e.name AS name, e.kind AS kind, a.id AS article, a.published AS published, m.kind AS taken ORDER BY article
RETURN id, collect(DISTINCT article)[..$most] AS articles, min(published) AS since, collect(taken) AS taken, name, kind
"""

# What nothing names keeps its kind. Returns nothing.
SET_NAMED_BY = """
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.seen_in = row.articles, e.since = row.since, e.kind = coalesce(row.kind, e.kind), e.kinds = row.kinds,
    e.votes = row.votes
"""

# Returns nothing.
UNLINK = """
UNWIND $rows AS row
MATCH (:Entity {id: row.one})-[r:LIKELY]->(:Entity {id: row.other})
DELETE r
"""

# Returns nothing.
LINK = """
UNWIND $rows AS row
MATCH (a:Entity {id: row.one})
MATCH (b:Entity {id: row.other})
MERGE (a)-[r:LIKELY]->(b)
SET r.points = row.points, r.because = row.because
"""

# The links of these entities: {one, other, points, because}.
LINKS = """
UNWIND $ids AS id
MATCH (:Entity {id: id})-[r:LIKELY]-(:Entity)
WITH DISTINCT r
RETURN startNode(r).id AS one, endNode(r).id AS other, r.points AS points, r.because AS because
"""

# All entities, page by page: {id}.
SOME_ENTITIES = """
MATCH (e:Entity)
WHERE e.id > $after
RETURN e.id AS id
ORDER BY id LIMIT $limit
"""
