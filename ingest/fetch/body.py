"""Bodies unpacked piece by piece, so that a bomb is refused before it goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_PIECE = 64 * 1024
_LARGE = 5_000_000
"""Bytes up to which a good ratio is just good packing."""
GZIP = b"\x1f\x8b"
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_NOT_ASKED_FOR = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
_MOST_TIMES = 2
"""How often a body may be packed over."""


class TooLarge(Exception):
    """More bytes than allowed."""


class Bomb(Exception):
    """Few bytes that unpack to very many."""


class Broken(Exception):
    """Not packed as it says."""


def unpack(chunks: Iterable[bytes], encoding: str, *, limit: int, ratio: int) -> bytes:
    """The body of an answer with this Content-Encoding ('', 'gzip', 'deflate, gzip'), of at most `limit` bytes.

    Raises TooLarge, Bomb or Broken; never holds more than `limit` and a piece in memory.
    """
    body, packed = bytearray(), 0
    for piece, packed in _pieces(chunks, encoding):
        body += piece
        _check(len(body), packed, limit, ratio)
    return bytes(body)


def beginning(chunks: Iterable[bytes], encoding: str, *, limit: int) -> bytes:
    """The first `limit` bytes of such a body, however long it goes on, which is not read then."""
    body = bytearray()
    for piece, _ in _pieces(chunks, encoding):
        body += piece
        if len(body) >= limit:
            break
    return bytes(body[:limit])


def gunzip(data: bytes, *, limit: int, ratio: int) -> bytes:
    """The content of a .gz file, within the same limits."""
    return unpack([data], "gzip", limit=limit, ratio=ratio)


def _pieces(chunks: Iterable[bytes], encoding: str) -> Iterator[tuple[bytes, int]]:
    """The body piece by piece, each with the number of bytes that were sent so far.

    `encoding` names how it was packed, in that order; what is no packing at all ('identity', 'utf-8') is left out.
    """
    names = [name for part in encoding.split(",") if (name := part.strip())]
    if unknown := [name for name in names if name in _NOT_ASKED_FOR]:
        raise Broken(f"compressed as {unknown[0]!r}, which was not asked for")
    packed = [name for name in names if name in _PACKED]
    if len(packed) > _MOST_TIMES:
        raise Broken(f"compressed {len(packed)} times over")
    sent = 0

    def counted() -> Iterator[bytes]:
        nonlocal sent
        for chunk in chunks:
            sent += len(chunk)
            yield chunk

    pieces = counted()
    for name in reversed(packed):
        pieces = _unpacked(pieces, name)
    for piece in pieces:
        yield piece, sent


def _unpacked(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    if name != "deflate":
        return _inflate(chunks, 16 + zlib.MAX_WBITS)
    first = next((chunk for chunk in chunks if chunk), b"")
    window = zlib.MAX_WBITS if first[:1] == b"\x78" else -zlib.MAX_WBITS  # some send it without its header
    return _inflate(chain([first], chunks), window)


def _inflate(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    inflater, empty = zlib.decompressobj(window), True
    for chunk in chunks:
        waiting = chunk
        while waiting:
            empty = False
            try:
                piece = inflater.decompress(waiting, _PIECE)
            except zlib.error as err:
                raise Broken(f"not compressed as it says ({err})") from err
            yield piece
            waiting = inflater.unconsumed_tail
            if inflater.eof and (waiting := inflater.unused_data):
                if not waiting.startswith(GZIP) or window < 16:
                    return  # padding after the end, as some servers send it
                inflater = zlib.decompressobj(window)
    if not empty and not inflater.eof:
        raise Broken("the compressed body ends too early")


def _check(size: int, packed: int, limit: int, ratio: int) -> None:
    if size > min(_LARGE, limit) and size > packed * ratio:
        raise Bomb
    if size > limit:
        raise TooLarge
