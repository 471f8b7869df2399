"""Getting pages and feeds from the web: politely, within limits, and never from an address inside.

`Fetcher` is the one door to the network. What it does not get is a `FetchFailed` that says why.
"""

from ingest.fetch.client import Fetched, Fetcher, Validators
from ingest.fetch.failure import FetchFailed, Why
from ingest.fetch.policy import Policy

__all__ = ["FetchFailed", "Fetched", "Fetcher", "Policy", "Validators", "Why"]
