"""A second opinion on what event a word names and how real it is: a small encoder, taught on annotated passages.

The ontology's patterns and the rules for statuses are exact where they know the words, and blind where they don't. The
encoder knows many more words and is never sure. It is told what they say and how surely, and was taught how far to
believe it: see `docs/decisions/019-second-opinion-on-types.md`.
"""

from ingest.extract.second.facts import TYPES, facts_of
from ingest.extract.second.opinion import (
    Opinion,
    Place,
    SecondOpinion,
    likeliest_type,
    settled_status,
    shipped_opinion,
)

__all__ = [
    "TYPES",
    "Opinion",
    "Place",
    "SecondOpinion",
    "facts_of",
    "likeliest_type",
    "settled_status",
    "shipped_opinion",
]
