"""One address for one page: what only says how a reader got there is dropped."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, quote_from_bytes, urljoin, urlsplit

from kb.shipped import read_yaml

_SAFE = "!#$%&'()*+,/:;=?@[]~"
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
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
    host = _ascii_host((parts.hostname or "").rstrip("."))
    if parts.scheme not in _PORTS or not host:
        return ""
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    path = without_dots(normal_escapes(parts.path)) or "/"
    return SplitResult(parts.scheme, netloc, path, normal_escapes(query), "").geturl()


def normal_escapes(text: str) -> str:
    """A path or query in which what need not be escaped is not, and the rest is: both spellings become one (RFC 3986).

    >>> normal_escapes("/%7ejoe/caf\u00e9%2f")
    '/~joe/caf%C3%A9%2F'
    """
    encoded = quote_from_bytes(text.encode("utf-8", "replace"), safe=_SAFE)
    return _ESCAPE.sub(lambda escape: _unescaped(escape[0]), encoded)


def without_dots(path: str) -> str:
    """A path without "." and ".." in it."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and len(kept) > 1:
            kept.pop()
        elif part not in (".", ".."):
            kept.append(part)
    end = "/" if path.endswith(("/.", "/..")) else ""
    return "/".join(kept) + end


def joined(base: str, link: str) -> str:
    """The address that `link` means on the page `base`; '' for none, and for what is none."""
    try:
        return urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """True if both addresses are of one host, its mobile and AMP mirrors counting as the same."""
    return bool(site := _site(one)) and site == _site(other)


def _ascii_host(host: str) -> str:
    """The host as it is asked for: names in other letters have a spelling in ASCII."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _unescaped(escape: str) -> str:
    char = chr(int(escape[1:], 16))
    return char if char in _UNRESERVED else escape.upper()


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
    names = read_yaml("kb", "tracking.yaml")
    return (
        frozenset(name for name in names if not name.endswith("*")),
        tuple(name[:-1] for name in names if name.endswith("*")),
    )
