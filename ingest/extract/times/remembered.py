"""Days that are remembered without their year: "the Sept. 11 attacks"; the days are in remembered.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.extract.times.lexicon import read_data
from ingest.extract.times.schema import RememberedForm


def remembered_year(month: int, day: int, word: str) -> int | None:
    """The year of a day with that word behind it, or None."""
    return _years().get((month, day, word))


@cache
def _years() -> Mapping[tuple[int, int, str], int]:
    rows = read_data("remembered.yaml", list[RememberedForm])
    return {(*row.day, word): row.year for row in rows for word in row.words}
