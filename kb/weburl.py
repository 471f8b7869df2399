"""One address for one page: what only says how a reader got there is dropped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, urlsplit

import yaml

_PORTS = {"http": 80, "https": 443}
_MIRRORS = ("www.", "m.", "mobile.", "amp.")
"""First labels of hosts that show the same pages."""


def canonical_url(url: str) -> str:
    """The address without tracking parameters, fragment, default port and capitals in the host; '' for none of the web.

    >>> canonical_url("HTTPS://News.example:443/a/b?utm_source=feed&id=7#top")
    'https://news.example/a/b?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host:
        return ""
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    return SplitResult(parts.scheme, netloc, parts.path or "/", query, "").geturl()


def same_site(one: str, other: str) -> bool:
    """True if both addresses are of one host, its mobile and AMP mirrors counting as the same."""
    return bool(site := _site(one)) and site == _site(other)


def _site(url: str) -> str:
    try:
        host, port = urlsplit(url).hostname or "", urlsplit(url).port
    except ValueError:
        return ""
    for mirror in _MIRRORS:
        host = host.removeprefix(mirror)
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _is_tracking(part: str) -> bool:
    whole, starts = _tracking()
    name = part.partition("=")[0].lower()
    return name in whole or part.lower() in whole or name.startswith(starts)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    names = yaml.safe_load(files("kb").joinpath("tracking.yaml").read_text("utf-8"))
    return (
        frozenset(name for name in names if not name.endswith("*")),
        tuple(name[:-1] for name in names if name.endswith("*")),
    )
