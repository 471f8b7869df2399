"""Which addresses may be visited, and within which limits.

Only http and https, only usual ports, and only public addresses: not loopback, private, link-local, shared, reserved or
multicast ones, nor the metadata services of clouds, however they are written. What is resolved is checked, and exactly
what was checked is connected to (`ingest.fetch.network`), so that a name that changes its mind gets nowhere.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ingest.fetch.failure import FetchFailed, Why

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = frozenset({80, 443, 8080, 8443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_METADATA = tuple(ipaddress.ip_network(text) for text in ("168.63.129.16/32", "192.0.0.0/24"))
"""Where clouds answer from inside, though it looks public; their others (169.254.169.254 …) are link-local."""
_INSIDE_6 = tuple(ipaddress.ip_network(text) for text in ("fec0::/10", "3fff::/20"))
"""Site-local addresses and those of examples, which Python takes for global."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_FIX = "name the host in CHRONOGRAPH_ALLOWED_HOSTS if it is yours"


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of fetching."""

    allowed_hosts: frozenset[str] = frozenset()
    """`host` or `host:port`, lower case: may be inside, and on any port or on that one."""
    max_bytes: int = 20_000_000
    """Of one body, unpacked."""
    max_ratio: int = 200
    """Bytes that one packed byte may unpack to, once a body is large."""
    max_redirects: int = 8
    timeout: float = 20.0
    """Seconds to wait for a connection, and for each piece of an answer."""
    total_timeout: float = 45.0
    """Seconds for one address in all: its redirects and further tries too, but not the waits for a host's turn."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    max_delay: float = 60.0
    """The longest `Crawl-delay` that is followed; a site that wants more gets one request a run."""
    max_wait: float = 30.0
    """Seconds that are waited for a host at most; a longer wait is for the next run."""
    tries: int = 3

    def allows_inside(self, host: str, port: int) -> bool:
        """True for a host that the settings name."""
        return host in self.allowed_hosts or f"{host}:{port}" in self.allowed_hosts

    def check_url(self, url: str) -> SplitResult:
        """The parts of `url`, or FetchFailed naming what is not allowed about it."""
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname
        except ValueError as err:
            raise FetchFailed(url, Why.ADDRESS, f"not a valid web address ({err})") from err
        if parts.scheme not in _DEFAULT_PORTS:
            raise FetchFailed(url, Why.ADDRESS, f"only http and https can be fetched, not {parts.scheme or 'this'!r}")
        if not host:
            raise FetchFailed(url, Why.ADDRESS, "not a web address: it has no host")
        if parts.username is not None:
            raise FetchFailed(
                url.replace(parts.netloc, host), Why.ADDRESS, "the address contains a user name or password"
            )
        port = port or _DEFAULT_PORTS[parts.scheme]
        if port not in _PORTS and not self.allows_inside(host, port):
            raise FetchFailed(url, Why.ADDRESS, f"port {port} is not one of the web's usual ones; {_FIX}")
        return parts

    def check_addresses(self, host: str, port: int, found: Iterable[str]) -> list[str]:
        """`found`, unless one of the addresses is inside and the host not an allowed one: then PermissionError."""
        addresses = list(found)
        if self.allows_inside(host, port):
            return addresses
        for text in addresses:
            if not is_public(ipaddress.ip_address(text.partition("%")[0])):
                at = "" if text == host else f" at {text},"
                raise PermissionError(f"{host} is{at} an address that is not public; {_FIX}")
        return addresses


def is_public(address: Address) -> bool:
    """True for an address on the public internet; of IPv6 forms that carry an IPv4 address, that one counts.

    >>> is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    False
    """
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    if any(address in network for network in (*_METADATA, *_INSIDE_6)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
