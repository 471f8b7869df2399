"""A second opinion on what type of event a word names: a small encoder that was taught on annotated passages.

The ontology's patterns are exact where they know the words, and blind where they don't. The encoder knows many more
words and is never sure. `SecondOpinion` joins the two: see `docs/decisions/019-second-opinion-on-types.md`.
"""

from ingest.extract.second.opinion import Place, SecondOpinion, shipped_opinion

__all__ = ["Place", "SecondOpinion", "shipped_opinion"]
