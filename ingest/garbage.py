"""Garbage collection that leaves alone what a run keeps until its end."""

from __future__ import annotations

import gc

_SELDOM = (20_000, 20, 20)
"""Objects made between two collections of new ones, and after how many of these older ones are looked through: what an
article leaves behind are some thousand words that point at each other, a megabyte at most."""


def keep_what_is_loaded() -> None:
    """Take all that is there to stay: it is kept out of collections, which come seldom from now on.

    Looking through the hundred thousands of objects of a pipeline again and again took a twentieth of the time of
    parsing, and looking through new ones every few hundred words a sixth of that of the rules.
    """
    gc.collect()
    gc.freeze()
    collect_seldom()


def collect_seldom() -> None:
    """Let collections come seldom from now on. What a process loads as it starts is in use until its end: looking
    through it again and again takes a tenth of the time of loading it."""
    gc.set_threshold(*_SELDOM)
