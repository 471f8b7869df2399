"""Events as files: the same formats from the page and from the command line.

A format is one module with a `write` function over `EventDetail`s; `FORMATS` names them all.
"""

from __future__ import annotations

from kb.exports.formats import FORMATS, Format, Kind, export

__all__ = ["FORMATS", "Format", "Kind", "export"]
