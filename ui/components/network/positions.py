"""Where the nodes of a network go: pulled together by their edges, kept apart from each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float32]

_ROUNDS = 60
_ROUNDS_OF_MANY = 20
_MANY = 500


def positions(
    count: int, edges: Sequence[tuple[int, int, float]], *, spread: float = 55.0
) -> list[tuple[float, float]]:
    """A place for each of `count` nodes, in pixels, about `spread` apart; node 0 starts in the middle.

    `edges` are two nodes and how strongly they hold together. Fruchterman and Reingold's forces, from a fixed start:
    the same network is always drawn alike.
    """
    places = _spiral(count)
    one = np.array([edge[0] for edge in edges], dtype=np.intp)
    other = np.array([edge[1] for edge in edges], dtype=np.intp)
    pull = np.array([1.0 + np.log1p(edge[2]) for edge in edges], dtype=np.float32)
    step = 0.1 * float(np.sqrt(max(count, 1)))
    rounds = _ROUNDS if count <= _MANY else _ROUNDS_OF_MANY
    for at in range(rounds):
        places += _capped(_forces(places, one, other, pull), step * (1 - at / rounds))
    return [(float(x) * spread * 1.5, float(y) * spread) for x, y in places]


def _spiral(count: int) -> Places:
    """A sunflower: no two places alike, the first in the middle."""
    turn = np.arange(count, dtype=np.float32)
    radius, angle = np.sqrt(turn), turn * np.float32(2.399963)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _forces(places: Places, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp], pull: Places) -> Places:
    near = _nearness(places)
    force: Places = places * near.sum(axis=1)[:, None] - near @ places  # the sum of (here - there) * near
    if len(one):
        along = places[other] - places[one]
        towards = along * (np.linalg.norm(along, axis=1) * pull * 0.25)[:, None]
        np.add.at(force, one, towards)
        np.add.at(force, other, -towards)
    return force - 0.7 * places  # so that parts without an edge between them stay in sight


def _nearness(places: Places) -> Places:
    """For each pair of nodes one over the square of their distance, by one product of matrices."""
    length = (places**2).sum(axis=1)
    square = places @ (-2 * places.T)
    square += length[:, None]
    square += length[None, :]
    np.maximum(square, 0.01, out=square)
    np.fill_diagonal(square, np.inf)
    near: Places = np.reciprocal(square, out=square)
    return near


def _capped(force: Places, most: float) -> Places:
    length = np.maximum(np.linalg.norm(force, axis=1), 1e-6)
    capped: Places = force * np.minimum(1.0, most / length)[:, None]
    return capped
