"""The statements `kb.store.identities` reads and writes with. The same text runs on both servers."""

# What is stored of those of these entities that an article names: {id, name, kind, names, roles}.
ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE EXISTS { MATCH (e)<-[:MENTIONS]-(:Article) }
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS names, e.roles AS roles
"""

# Who stands beside one entity, in the first of its articles by id: {near, first, last}.
SURROUNDINGS = """
MATCH (:Entity {id: $id})<-[:MENTIONS]-(a:Article)
WITH a ORDER BY a.id LIMIT $articles
MATCH (a)-[:MENTIONS]->(n:Entity)
RETURN collect(DISTINCT n.id) AS near, min(a.published) AS first, max(a.published) AS last
"""

# The keys these entities are filed under: {entity, key}.
KEYS = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[:CALLED]->(k:NameKey)
RETURN e.id AS entity, k.id AS key
"""

# Returns nothing.
UNFILE = """
UNWIND $rows AS row
MATCH (:Entity {id: row.entity})-[r:CALLED]->(:NameKey {id: row.key})
DELETE r
"""

# Returns nothing.
FILE = """
UNWIND $rows AS row
MATCH (e:Entity {id: row.entity})
MERGE (k:NameKey {id: row.key})
MERGE (e)-[:CALLED]->(k)
"""

# Returns nothing.
DELETE_UNUSED_KEYS = """
UNWIND $keys AS key
MATCH (k:NameKey {id: key})
WHERE NOT EXISTS { MATCH (k)--() }
DELETE k
"""

# Which entities are filed under these keys, none of a key that has more than $most: {key, ids}.
FILED_UNDER = """
UNWIND $keys AS key
MATCH (k:NameKey {id: key})<-[:CALLED]-(e:Entity)
WITH key, collect(e.id) AS ids
WHERE size(ids) <= $most
RETURN key, ids
"""

# Returns nothing.
UNLINK = """
UNWIND $ids AS id
MATCH (:Entity {id: id})-[r:LIKELY]-(:Entity)
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
