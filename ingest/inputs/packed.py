"""Gzip files read as a stream: as much in memory as is asked for, and bombs refused."""

from __future__ import annotations

import gzip
import zlib
from typing import Protocol

from kb.errors import SkipInput

_RATIO = 200
_LARGE = 50_000_000
"""Bytes up to which nobody minds how well a file is packed."""


class Packed(Protocol):
    """The file that is unpacked."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes."""
        ...

    def tell(self) -> int:
        """Bytes that were read."""
        ...


class Unpacked:
    """The content of a gzip file, with the two methods that reading articles needs."""

    def __init__(self, raw: Packed, name: str) -> None:
        self._raw = raw
        self._name = name
        self._stream = gzip.GzipFile(fileobj=raw, mode="rb")  # type: ignore[call-overload]
        self._given = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes. Raises SkipInput for a bomb, and for what is no gzip or is cut off."""
        try:
            return self._checked(self._stream.read(size))
        except (OSError, EOFError, zlib.error) as err:
            raise self._broken(err) from err

    def readline(self, size: int) -> bytes:
        """A line, or the first `size` bytes of it. Raises as `read` does."""
        try:
            return self._checked(self._stream.readline(size))
        except (OSError, EOFError, zlib.error) as err:
            raise self._broken(err) from err

    def _checked(self, data: bytes) -> bytes:
        self._given += len(data)
        if self._given > _LARGE and self._given > _RATIO * self._raw.tell():
            raise SkipInput(
                self._name, "it unpacks to far more than its own size and was refused", kind="decompression bomb"
            )
        return data

    def _broken(self, err: Exception) -> SkipInput:
        return SkipInput(self._name, f"the gzip file is damaged or incomplete ({err}): get it again")
