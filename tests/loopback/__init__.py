"""A web server on loopback whose pages a test writes, and which remembers what it was asked."""

from tests.loopback.server import Answer, Asked, Site, site

__all__ = ["Answer", "Asked", "Site", "site"]
