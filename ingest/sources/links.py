"""The links of a page list, and the addresses of a plain list."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.etree import LxmlError

from ingest.inputs.decode import without_declaration
from ingest.inputs.entry import Entry
from ingest.inputs.problem import Problem
from kb.errors import SkipInput
from kb.weburl import canonical_url, joined, same_site

_HEADLINE_WORDS = 4
"""Without a selector, a link of so many words is taken for a headline; shorter ones are navigation."""
_MOST = 2000


def read_links(html: str, *, url: str, selector: str | None) -> tuple[Entry, ...]:
    """The articles that a page links to, in its order: the links that `selector` names, else those like headlines.

    Raises SkipInput if there are none: then the selector is wrong, or the page is made by a script.
    """
    try:
        tree = lxml_html.document_fromstring(without_declaration(html))
    except (LxmlError, ValueError) as err:
        raise SkipInput(url, f"not a page that can be read ({err})", kind="not a page") from err
    entries = list(_links(tree, url, selector))
    if not entries:
        fix = (
            f"no link matches {selector!r}"
            if selector
            else "no link looks like a headline; choose the links with a selector"
        )
        raise SkipInput(url, f"no articles on the page: {fix}", kind="no links")
    return tuple({entry.url: entry for entry in reversed(entries)}.values())[::-1][:_MOST]


def read_addresses(text: str, name: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The addresses of a list, one a line, and the lines that are none.

    Blank lines, and what follows a '#' at the start or after a space, are left out.
    """
    entries: list[Entry] = []
    problems = []
    for number, whole in enumerate(text.splitlines(), 1):
        line = "" if whole.lstrip().startswith("#") else whole.split(" #")[0].strip()
        if found := canonical_url(line):
            entries.append(Entry(found))
        elif line:
            reason = f"{line[:80]!r} is not a web address: write one that begins with https:// or http://"
            problems.append(Problem(f"{name}:{number}", reason, skipped=False))
    return tuple(dict.fromkeys(entries)), tuple(problems)


def _links(tree: lxml_html.HtmlElement, url: str, selector: str | None) -> Iterator[Entry]:
    base = next((at for tag in tree.iter("base") if (at := joined(url, tag.get("href") or ""))), url)
    for element in tree.cssselect(selector) if selector else tree.iter("a"):
        for link in [element] if element.tag == "a" else element.iter("a"):
            title = " ".join(link.text_content().split())
            target = canonical_url(joined(base, link.get("href") or ""))
            if not target or target == canonical_url(url):
                continue
            if selector or (same_site(target, url) and len(title.split()) >= _HEADLINE_WORDS):
                yield Entry(target, title[:500] or None)
