"""How the tests are dealt out to several workers (`pytest -n`): piece by piece, each by one worker, in its order.

A file is a piece, so that what its tests share is made once, and no two workers look for free ports at one place. What
costs much to start and serves several files makes one piece of them: Chromium and the desks that are served to it, the
Neo4j server, and all fixture articles extracted. These are also the longest, and come early.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

MOST = 4
"""Workers that `-n auto` takes at most: more would wait for the longest piece, and each needs a gigabyte of memory."""

_FOLDERS = ("tests/browser/", "tests/golden/")
_CONTRACT = "tests/contract/"
"""The folder whose tests run over each store; the ids of their parameters say which."""


class Pieces(LoadScopeScheduling):
    """Deals out the pieces in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)


def piece_of(nodeid: str) -> str:
    """The piece that a test belongs to."""
    file, _, name = nodeid.partition("::")
    parameters = name.partition("[")[2].rstrip("]").split("-")
    if file.startswith(_CONTRACT) and "neo4j" in parameters:
        return "neo4j"
    return next((folder for folder in _FOLDERS if file.startswith(folder)), file)
