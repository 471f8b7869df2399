"""Bodies unpacked piece by piece, so that a bomb is refused before it goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 64 * 1024
_LARGE = 5_000_000
"""Bytes up to which a good ratio is just good packing."""
GZIP = b"\x1f\x8b"


class TooLarge(Exception):
    """More bytes than allowed."""


class Bomb(Exception):
    """Few bytes that unpack to very many."""


class Broken(Exception):
    """Not packed as it says."""


def unpack(chunks: Iterable[bytes], encoding: str, *, limit: int, ratio: int) -> bytes:
    """The body of an answer with this Content-Encoding ('', 'gzip', 'deflate'), of at most `limit` bytes.

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
    """The body piece by piece, each with the number of bytes that were sent so far; '' is no encoding."""
    if encoding in ("", "identity"):
        return _plain(chunks)
    if encoding in ("gzip", "x-gzip"):
        return _inflate(chunks, 16 + zlib.MAX_WBITS)
    if encoding == "deflate":
        first, rest = _split(chunks)
        window = zlib.MAX_WBITS if first[:1] == b"\x78" else -zlib.MAX_WBITS  # some send it without its header
        return _inflate(_chain(first, rest), window)
    raise Broken(f"packed as {encoding!r}, which was not asked for")


def _plain(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        yield chunk, sent


def _inflate(chunks: Iterable[bytes], window: int) -> Iterator[tuple[bytes, int]]:
    inflater, packed = zlib.decompressobj(window), 0
    for chunk in chunks:
        packed += len(chunk)
        waiting = chunk
        while waiting:
            try:
                piece = inflater.decompress(waiting, _PIECE)
            except zlib.error as err:
                raise Broken(f"not packed as it says ({err})") from err
            yield piece, packed
            waiting = inflater.unconsumed_tail
            if inflater.eof and (waiting := inflater.unused_data):
                if not waiting.startswith(GZIP) or window < 16:
                    return  # padding after the end, as some servers send it
                inflater = zlib.decompressobj(window)
    if packed and not inflater.eof:
        raise Broken("the packed body ends too early")


def _check(size: int, packed: int, limit: int, ratio: int) -> None:
    if size > min(_LARGE, limit) and size > packed * ratio:
        raise Bomb
    if size > limit:
        raise TooLarge


def _split(chunks: Iterable[bytes]) -> tuple[bytes, Iterable[bytes]]:
    rest = iter(chunks)
    return next((chunk for chunk in rest if chunk), b""), rest


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterable[bytes]:
    yield first
    yield from rest
