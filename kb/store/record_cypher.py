"""The statements `kb.store.record` writes with. The same text runs on both servers.

What is not there yet is created with all that it has: the embedded store makes room for a record as it is created, and
one that grows afterwards is moved, and looked up in each of its indexes again.
"""

# Which of $versions need not be read: current ones that $extractor read, and those that a person withdrew: {id}.
CURRENT_VERSIONS = """
UNWIND $versions AS id
MATCH (v:Version {id: id})
WHERE (v.superseded_at IS NULL AND v.extractor = $extractor) OR v.withdrawn_by <> 'ingestion'
RETURN v.id AS id
"""

# The current version of each article: {article, version, extractor}.
CURRENT_OF_ARTICLES = """
UNWIND $articles AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
RETURN a.id AS article, v.id AS version, v.extractor AS extractor
"""

# The last version of withdrawn articles, and whether a person withdrew it: {article, version, for_good}.
WITHDRAWN = """
UNWIND $articles AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.withdrawn_by IS NOT NULL
RETURN a.id AS article, v.id AS version, v.withdrawn_by <> 'ingestion' AS for_good
ORDER BY v.superseded_at DESC
"""

# Events that the articles' current claims are about: {event}.
EVENTS_OF_ARTICLES = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(:Version)-[:STATES]->(:Claim)-[:ABOUT]->(e:Event)
RETURN DISTINCT e.id AS event
"""

# Entities that these articles name: {entity}.
ENTITIES_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:MENTIONS|MENTIONED]->(e:Entity)
RETURN DISTINCT e.id AS entity
"""

# Those of these entities that nothing names any more. Returns nothing.
DELETE_UNUSED_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { MATCH (e)--() }
DELETE e
"""

# Returns nothing.
DETACH_CLAIMS = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)
REMOVE c.thread, c.clashes
WITH c
OPTIONAL MATCH (c)-[about:ABOUT]->(:Event)
DELETE about
WITH DISTINCT c
OPTIONAL MATCH (c)-[clash:CONFLICTS_WITH]-(:Claim)
DELETE clash
"""

# Returns nothing.
DROP_MENTIONS = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[r:MENTIONS|MENTIONED]->(:Entity)
DELETE r
"""

# Claims of exactly these versions that an older extractor read and this one does not. Returns nothing.
DROP_CLAIMS = """
UNWIND $rows AS row
MATCH (:Version {id: row.version})-[:STATES]->(c:Claim)
WHERE NOT c.id IN row.claims
DETACH DELETE c
"""

# Returns nothing.
DROP_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (:Version {id: row.version})-[:STATES]->(:Claim)-[i:INVOLVES]->(:Entity)
DELETE i
"""

# Returns nothing.
DROP_SOURCES = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})<-[r:PUBLISHED]-(:Source)
DELETE r
"""

# Returns nothing.
SUPERSEDE = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(v:Version)
WHERE v.id <> row.version AND v.superseded_at IS NULL
SET v.superseded_at = $at
"""

# Articles that were not there, with their only versions, filed by transaction $filed. Returns where they stand:
# {articles, versions}.
CREATE_ARTICLES = """
UNWIND $rows AS row
CREATE (a:Article {
    id: row.id, url: row.url, title: row.title, published: row.published, language: row.language,
    authors: row.authors, section: row.section, published_at: row.published_at, updated_at: row.updated_at,
    dated_by: row.dated_by, dated_with: row.dated_with, paywalled: row.paywalled, filed: $filed
})-[:HAS_VERSION]->(v:Version {
    id: row.version, hash: row.hash, text: row.text, fetched_at: $at, extractor: $extractor, title: row.title,
    published: row.published, profile: row.profile
})
RETURN collect([row.id, elementId(a)]) AS articles, collect([row.version, elementId(v)]) AS versions
"""

# Returns nothing.
WRITE_ARTICLES = """
UNWIND $rows AS row
MERGE (a:Article {id: row.id})
SET a.url = row.url, a.title = row.title, a.published = row.published, a.language = row.language,
    a.authors = row.authors, a.section = row.section, a.published_at = row.published_at,
    a.updated_at = row.updated_at, a.dated_by = row.dated_by, a.dated_with = row.dated_with,
    a.paywalled = row.paywalled
"""

# Returns nothing.
WRITE_SOURCES = """
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
MERGE (s:Source {id: row.source})
SET s.name = CASE WHEN s.name IS NULL OR row.source_name < s.name THEN row.source_name ELSE s.name END
CREATE (s)-[:PUBLISHED]->(a)
"""

# Returns nothing.
WRITE_VERSIONS = """
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
MERGE (v:Version {id: row.version})
ON CREATE SET v.hash = row.hash, v.text = row.text, v.fetched_at = $at
SET v.extractor = $extractor, v.superseded_at = null, v.withdrawn_by = null, v.withdrawn_because = null,
    v.title = row.title, v.published = row.published,
    v.profile = row.profile
MERGE (a)-[:HAS_VERSION]->(v)
"""

# What is stored of these entities, by the names of their properties, and where they stand: {id, name, …, node}.
READ_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.kinds AS kinds, e.votes AS votes, e.aliases AS aliases,
       e.roles AS roles, e.seen_in AS seen_in, e.since AS since, e.renamed AS renamed, elementId(e) AS node
"""

# Entities that were not there. Returns where they stand: {nodes}.
CREATE_ENTITIES = """
UNWIND $rows AS row
CREATE (e:Entity {
    id: row.id, name: row.name, kind: row.kind, kinds: row.kinds, votes: row.votes, aliases: row.aliases,
    roles: row.roles, seen_in: row.seen_in, since: row.since, renamed: row.renamed
})
RETURN collect([row.id, elementId(e)]) AS nodes
"""

# Returns nothing.
WRITE_ENTITIES = """
UNWIND $rows AS row
MATCH (e:Entity) WHERE elementId(e) = row.id
SET e.name = row.name, e.kind = row.kind, e.kinds = row.kinds, e.votes = row.votes, e.aliases = row.aliases,
    e.roles = row.roles, e.seen_in = row.seen_in, e.since = row.since, e.renamed = row.renamed
"""

# Entities of which there is nothing new but that more articles name them. Returns nothing.
WRITE_VOTES = """
UNWIND $rows AS row
MATCH (e:Entity) WHERE elementId(e) = row.id
SET e.kinds = row.kinds, e.votes = row.votes
"""

# Returns nothing.
WRITE_MENTIONS = """
UNWIND $rows AS row
MATCH (a:Article) WHERE elementId(a) = row.article
MATCH (e:Entity) WHERE elementId(e) = row.entity
CREATE (a)-[:MENTIONS {count: row.count, name: row.name, kind: row.kind, names: row.names}]->(e)
"""

# Claims that are not there yet. Returns where they stand: {nodes}.
CREATE_CLAIMS = """
UNWIND $rows AS row
MATCH (v:Version) WHERE elementId(v) = row.version
CREATE (v)-[:STATES]->(c:Claim {
    id: row.id, type: row.type, status: row.status, title: row.title, first_day: row.first_day,
    last_day: row.last_day, precision: row.precision, basis: row.basis, time_text: row.time_text,
    time_start: row.time_start, quote: row.quote, start: row.start, end: row.end, trigger: row.trigger,
    trigger_start: row.trigger_start, attributed_to: row.attributed_to, cues: row.cues, confidence: row.confidence,
    published: row.published, names: row.names, topics: row.topics, doubts: row.doubts,
    of_deadlines: row.of_deadlines, mention: row.mention, clock_amount: row.clock_amount, clock_unit: row.clock_unit,
    clock_anchor: row.clock_anchor, clock_from: row.clock_from, thread: row.thread, recorded_at: $at
})
RETURN collect([row.id, elementId(c)]) AS nodes
"""

# Returns nothing.
WRITE_CLAIMS = """
UNWIND $rows AS row
MATCH (v:Version {id: row.version})
MERGE (c:Claim {id: row.id})
ON CREATE SET c.recorded_at = $at
SET c.type = row.type, c.status = row.status, c.title = row.title, c.first_day = row.first_day,
    c.last_day = row.last_day, c.precision = row.precision, c.basis = row.basis, c.time_text = row.time_text,
    c.time_start = row.time_start, c.quote = row.quote, c.start = row.start, c.end = row.end, c.trigger = row.trigger,
    c.trigger_start = row.trigger_start, c.attributed_to = row.attributed_to, c.cues = row.cues,
    c.confidence = row.confidence, c.published = row.published, c.names = row.names, c.topics = row.topics,
    c.doubts = row.doubts, c.of_deadlines = row.of_deadlines, c.mention = row.mention,
    c.clock_amount = row.clock_amount, c.clock_unit = row.clock_unit, c.clock_anchor = row.clock_anchor,
    c.clock_from = row.clock_from, c.thread = row.thread
MERGE (v)-[:STATES]->(c)
"""

# Returns nothing.
WRITE_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (c:Claim) WHERE elementId(c) = row.claim
MATCH (e:Entity) WHERE elementId(e) = row.entity
CREATE (c)-[:INVOLVES {role: row.role}]->(e)
"""
