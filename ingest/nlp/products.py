"""A pipeline's matrix products by numpy's own library, which suits them to the processor, on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from thinc.api import NumpyOps, get_current_ops, use_ops
from threadpoolctl import ThreadpoolController


@contextmanager
def numpy_products() -> Iterator[None]:
    """Pipelines loaded in the block multiply by numpy; see docs/decisions/020-matrix-products-by-numpy.md.

    One that would multiply on a graphics card or by Apple's library is left to it.
    """
    if type(get_current_ops()) is not NumpyOps:
        yield
        return
    # For good, not for the block: products of a batch are so small that a second thread waits more than it helps,
    # and worker processes would take the processor from one another.
    ThreadpoolController().select(internal_api="openblas").limit(limits=1)
    with use_ops("numpy", use_blis=False):
        yield
