"""The Robots Exclusion Protocol (RFC 9309): what a robots.txt lets one crawler fetch.

All groups that name the crawler are one; without any, those of '*' count. The longest rule that fits decides, and
"allow" where two are as long. Lines that are no rules are skipped and end no group: after a delay, too, another name
joins the one before it. Common misspellings are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kb.weburl import normal_escapes

_KEYS: Final = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), "agent"),
    "allow": "allow",
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "crawl-delay": "delay",
}
_LINE_ENDS = re.compile("\r\n|\r|\n")
_LONGEST_LINE = 16_663
"""Characters of a line that are read: eight times as many as an address may have."""
_MARKS = ("\ufeff", "\ufffd")
"""A byte order mark, whole or in pieces."""
_PRODUCT = re.compile(r"[A-Za-z_-]+|\*(?=\s|\Z)")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{0,9})?\Z|\.\d{1,9}\Z")
_ANYBODY: Final = "*"
_MOST_STARS = 50
"""In one rule; a rule with more is a trap, and skipped."""


@dataclass(frozen=True, slots=True)
class _Rule:
    allows: bool
    length: int
    parts: tuple[str, ...]
    """What stands between the stars."""
    to_the_end: bool

    def fits(self, path: str) -> bool:
        first, *rest = self.parts
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not self.to_the_end or at == len(path)
        *middle, last = rest
        for part in middle:
            at = path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        if self.to_the_end:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What one crawler may fetch of a site."""

    rules: tuple[_Rule, ...] = ()
    delay: float | None = None
    """Seconds between two requests, if it asks for that."""

    def allows(self, url: str) -> bool:
        """Whether `url`, of this site, may be fetched. The robots.txt itself always may."""
        path = _path(url)
        if path == "/robots.txt":
            return True
        fitting = (rule for rule in self.rules if rule.fits(path))
        best = max(fitting, key=lambda rule: (rule.length, rule.allows), default=None)
        return best is None or best.allows


def read_exclusion(text: str, product: str) -> Exclusion:
    """The rules of a robots.txt for the crawler `product`, whatever its case."""
    groups: dict[str, list[tuple[str, str]]] = {}
    current: list[str] = []
    naming = False
    for key, value in _lines(text):
        if key == "agent":
            current = [*current, _product(value)] if naming else [_product(value)]
            groups.setdefault(current[-1], [])
        else:
            for agent in current:
                groups[agent].append((key, value))
        naming = key == "agent" or (naming and key == "delay")
    return _exclusion(groups.get(product.lower(), groups.get(_ANYBODY, [])))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for raw in _LINE_ENDS.split(text[1:] if text.startswith(_MARKS) else text):
        line = raw[:_LONGEST_LINE].partition("#")[0].strip()
        key, colon, value = line.partition(":")
        if not colon and len(line.split()) == 2:
            key, value = line.split()  # the colon was forgotten
        if named := _KEYS.get(" ".join(key.lower().split())):
            yield named, value.strip()


def _product(value: str) -> str:
    """The name in a line such as "FooBot/2.0"; '' for a line without one, which then speaks to nobody."""
    match = _PRODUCT.match(value)
    return match[0].lower() if match else ""


def _exclusion(lines: list[tuple[str, str]]) -> Exclusion:
    rules = [rule for key, value in lines if key != "delay" for rule in _rules(value, allows=key == "allow")]
    delays = [float(value) for key, value in lines if key == "delay" and _SECONDS.match(value)]
    return Exclusion(tuple(rules), next(iter(delays), None))  # a later one is that of names that joined the group


def _rules(value: str, *, allows: bool) -> Iterator[_Rule]:
    """The rule of a line, if it has one; who allows a folder's index.html allows the folder, too."""
    if not value or value.count("*") > _MOST_STARS:
        return
    pattern = normal_escapes(value)
    yield _rule(pattern, allows=allows)
    if allows and pattern.endswith("/index.html"):
        yield _rule(pattern.removesuffix("index.html") + "$", allows=True)


def _rule(pattern: str, *, allows: bool) -> _Rule:
    to_the_end = pattern.endswith("$")
    parts = pattern.removesuffix("$").replace("$", "%24").split("*")
    return _Rule(allows, len(pattern), tuple(parts), to_the_end)


def _path(url: str) -> str:
    """Path and query; a star or a dollar in them is no sign, and escaped."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if "?" in url.partition("#")[0] else ""
    return normal_escapes((parts.path or "/") + query).replace("*", "%2A").replace("$", "%24")
