"""Temporal expressions: where they stand in an article and what they mean.

pieces      text -> runs of letters and digits, with their grammar categories (words.yaml)
grammar     pieces -> expressions: what the words say (dates, clock, parts, relative, accounting, lengths …)
reading     expressions with their place: the clause, its tense, what they date and count from
guards      drops what is no time after all
resolve     expression -> TIMEX3 value and interval, from publication, tense and the dates before it (history, story,
            periods, reckoning)
checks      doubts, kept as flags
"""

from ingest.extract.times.finder import find_times

__all__ = ["find_times"]
