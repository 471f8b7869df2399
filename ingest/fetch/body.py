"""Bodies unpacked piece by piece, so that a bomb is refused before it goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

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
    if encoding in ("", "identity"):
        return _joined(chunks, limit)
    if encoding in ("gzip", "x-gzip"):
        return _inflate(chunks, 16 + zlib.MAX_WBITS, limit, ratio)
    if encoding == "deflate":
        first, rest = _split(chunks)
        window = zlib.MAX_WBITS if first[:1] == b"\x78" else -zlib.MAX_WBITS  # some send it without its header
        return _inflate(_chain(first, rest), window, limit, ratio)
    raise Broken(f"packed as {encoding!r}, which was not asked for")


def gunzip(data: bytes, *, limit: int, ratio: int) -> bytes:
    """The content of a .gz file, within the same limits."""
    return unpack([data], "gzip", limit=limit, ratio=ratio)


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


def _inflate(chunks: Iterable[bytes], window: int, limit: int, ratio: int) -> bytes:
    inflater, body, packed = zlib.decompressobj(window), bytearray(), 0
    for chunk in chunks:
        packed += len(chunk)
        waiting = chunk
        while waiting:
            try:
                body += inflater.decompress(waiting, _PIECE)
            except zlib.error as err:
                raise Broken(f"not packed as it says ({err})") from err
            _check(len(body), packed, limit, ratio)
            waiting = inflater.unconsumed_tail
            if inflater.eof and (waiting := inflater.unused_data):
                if not waiting.startswith(GZIP) or window < 16:
                    return bytes(body)  # padding after the end, as some servers send it
                inflater = zlib.decompressobj(window)
    if packed and not inflater.eof:
        raise Broken("the packed body ends too early")
    return bytes(body)


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
