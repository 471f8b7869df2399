"""The statements `kb.store.folding` folds claims into events with. The same text runs on both servers.

Rows are flat: a list within a row is counted by the embedded store once for each of its items. Nodes are created with
all that they have (`kb.store.record_cypher` says why).

Claims that are filed in the index of places are read from there, as they were filed: the graph tells only which ones.
"""

from kb.store.claim_rows import FOLD_FIELDS

_FILED = "RETURN c.id AS id, a.id AS article, coalesce(a.origin, a.id) AS origin, c.thread AS thread"
"""Ends a statement that has matched a claim `c` and its article `a`: rows for `kb.store.filing.as_filed`."""

# Claims of articles' current versions by id, for the fold.
CLAIMS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{id: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
{FOLD_FIELDS}
"""

# The same, as they are filed.
FILED = f"""
UNWIND $ids AS id
MATCH (c:Claim {{id: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
{_FILED}
"""

# Claims of these threads, for the fold.
CLAIMS_OF_THREADS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{thread: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
{FOLD_FIELDS}
"""

# The same, as they are filed.
FILED_OF_THREADS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{thread: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
{_FILED}
"""

# Dated claims of articles' current versions, for the fold.
CLAIMS_OF_ARTICLES = f"""
UNWIND $ids AS id
MATCH (a:Article {{id: id}})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
{FOLD_FIELDS}
"""

# What bears on deadlines in articles' current versions, for their ledgers, as it is filed.
FILED_ON_DEADLINES = f"""
UNWIND $ids AS id
MATCH (a:Article {{id: id}})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
WHERE v.superseded_at IS NULL AND c.of_deadlines = true AND c.first_day IS NOT NULL
{_FILED}
"""

# Claims that bear on deadlines only as people corrected them. Returns nothing.
BEARING = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
SET c.of_deadlines = true
"""

# Threads of claims: {thread}.
THREADS_OF = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Threads that the articles' claims are in: {thread}.
THREADS_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Events that claims are about: {event, digest}.
EVENTS_OF = """
UNWIND $ids AS id
MATCH (:Claim {id: id})-[:ABOUT]->(e:Event)
RETURN DISTINCT e.id AS event, e.digest AS digest
"""

# Takes claims off their events, threads and conflicts. Returns nothing.
DETACH_CLAIMS = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
REMOVE c.thread, c.clashes
WITH c
OPTIONAL MATCH (c)-[about:ABOUT]->(:Event)
DELETE about
WITH DISTINCT c
OPTIONAL MATCH (c)-[clash:CONFLICTS_WITH]-(:Claim)
DELETE clash
"""

# These take from events who has a part in them, their history and their ledgers. All is collected first: the embedded
# store loses some of what is deleted on the way once there are more than a hundred. They return nothing.
CLEAR_EVENTS = (
    """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[i:INVOLVES]->(:Entity)
WITH collect(i) AS parts
UNWIND parts AS i
DELETE i
""",
    """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[:HAS_REVISION]->(r:Revision)
WITH collect(r) AS revisions
UNWIND revisions AS r
DETACH DELETE r
""",
    """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[:HAS_STEP]->(s:DeadlineStep)
WITH collect(s) AS steps
UNWIND steps AS s
DETACH DELETE s
""",
)

# Returns nothing.
DELETE_EVENTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id})
DETACH DELETE e
"""

# Events that were not there. Returns where they stand: {nodes}.
CREATE_EVENTS = """
UNWIND $rows AS row
CREATE (e:Event {
    id: row.id, type: row.type, status: row.status, title: row.title, mentions: row.mentions, sources: row.sources,
    outlets: row.outlets, first_reported: row.first_reported, last_reported: row.last_reported, because: row.because,
    first_day: row.first_day, last_day: row.last_day, precision: row.precision, claims: row.claims, due: row.due,
    outcome: row.outcome, slippage: row.slippage, digest: row.digest
})
RETURN collect([row.id, elementId(e)]) AS nodes
"""

# Events that were, and were cleared. Returns nothing.
UPDATE_EVENTS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.id})
SET e = row
"""

# Returns nothing.
WRITE_EVENT_ACTORS = """
UNWIND $rows AS row
MATCH (e:Event) WHERE elementId(e) = row.event
MATCH (x:Entity) WHERE elementId(x) = row.entity
CREATE (e)-[:INVOLVES {role: row.role}]->(x)
"""

# Each with the claim it is because of, which may be about another event. Returns nothing.
WRITE_REVISIONS = """
UNWIND $rows AS row
MATCH (e:Event) WHERE elementId(e) = row.event
MATCH (c:Claim) WHERE elementId(c) = row.claim
CREATE (e)-[:HAS_REVISION]->(:Revision {
    id: row.id, seq: row.seq, first_day: row.first_day, last_day: row.last_day, status: row.status,
    known_on: row.known_on, because: row.because
})-[:BECAUSE_OF]->(c)
"""

# Each with the claim that says so, which may be about another event. Returns nothing.
WRITE_STEPS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (c:Claim {id: row.claim})
CREATE (e)-[:HAS_STEP]->(:DeadlineStep {
    id: row.id, seq: row.seq, change: row.change, due: row.due, known_on: row.known_on, by: row.by,
    slippage: row.slippage
})-[:BECAUSE_OF]->(c)
"""

# Returns nothing.
WRITE_ABOUT = """
UNWIND $rows AS row
MATCH (c:Claim) WHERE elementId(c) = row.claim
MATCH (e:Event) WHERE elementId(e) = row.event
CREATE (c)-[:ABOUT]->(e)
"""

# The threads that claims are in. Returns nothing.
WRITE_THREADS = """
UNWIND $rows AS row
MATCH (c:Claim) WHERE elementId(c) = row.claim
SET c.thread = row.thread
"""

# The first of the two claims says that it clashes with others: few do, and they are found by it. Returns nothing.
WRITE_CONFLICTS = """
UNWIND $rows AS row
MATCH (one:Claim {id: row.one})
MATCH (other:Claim {id: row.other})
SET one.clashes = true
CREATE (one)-[:CONFLICTS_WITH {on: row.on, says: row.says}]->(other)
"""
