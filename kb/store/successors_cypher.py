"""The statements `kb.store.successors` reads with. The same text runs on both servers."""

from kb.store.claim_rows import FOLD_FIELDS

# A claim that may tell of an event, whether it stands or not, for the fold.
ANY_CLAIM = f"""
MATCH (c:Claim {{id: $id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE c.first_day IS NOT NULL OR c.mention = true
{FOLD_FIELDS}
"""

# The events that claims are about: {claim, event}.
EVENT_OF_EACH = "UNWIND $ids AS id MATCH (:Claim {id: id})-[:ABOUT]->(e:Event) RETURN id AS claim, e.id AS event"
