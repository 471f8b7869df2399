"""Notes on sources: what is odd about a feed or a page that can be read all the same. Each is worth telling once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from kb.store.journal import Journal, legible

_KEEP = timedelta(days=30)
"""A note that has not come up for so long is told again if it does."""
_NUMBERS = re.compile(r"\d+")


def is_new(journal: Journal, source: str, name: str, reason: str, at: datetime) -> bool:
    """True once for a note of `source` on the page or feed `name`; only other numbers in the reason make no other."""
    now = at.timestamp()
    with journal.transaction() as connection:
        connection.execute("DELETE FROM note WHERE met < ?", (now - _KEEP.total_seconds(),))
        what = (source, legible(name), _NUMBERS.sub("#", legible(reason)))
        known = connection.execute("SELECT 1 FROM note WHERE source = ? AND name = ? AND reason = ?", what).fetchone()
        connection.execute("INSERT OR REPLACE INTO note (source, name, reason, met) VALUES (?, ?, ?, ?)", (*what, now))
    return known is None
