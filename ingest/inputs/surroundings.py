"""What stands around the story of a page: navigation, comments, other stories, the site's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from lxml.html import HtmlElement

_FRAME = ("nav", "footer", "script", "style", "noscript", "template", "iframe", "svg")
_NOT_THE_STORY = (*_FRAME, "aside", "form")
_BESIDES = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|respond|related|sidebar|(?<!entry[_-])(?<!post[_-])(?<!article[_-])footer|"
    r"copyright|recommend\w*|promo|trending|popular|latest|newsletter|breadcrumbs?|menu|navbar|widget|teasers?|"
    r"more-?(?:news|stories|from)|read-?(?:more|next))(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|respond|related|copyright|recommend\w*|promo|trending|popular|latest|newsletter|"
    r"breadcrumbs?|menu|navbar|teasers?|more-?(?:news|stories|from)|read-?(?:more|next))(?:$|[\s_-])",
    re.IGNORECASE,
)


def story_part(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without what stands around its story. What holds the headline is never left out."""
    return _without(tree, _stands_besides)


def all_but_others(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without comments, other stories and navigation, but with what stands at the story's side."""
    return _without(tree, _is_of_others)


def _without(tree: HtmlElement, unwanted: Callable[[HtmlElement], bool]) -> HtmlElement:
    copy = deepcopy(tree)
    kept = {above for heading in copy.iter("h1", "main") for above in (heading, *heading.iterancestors())}
    for element in list(copy.iter()):
        if isinstance(element.tag, str) and element not in kept and element is not copy and unwanted(element):
            element.clear(keep_tail=True)  # dropping it would join its tail to the one before, over and over
    return copy


def words_in_frame(tree: HtmlElement) -> str:
    """The words of a page but those of its head and foot, which are the same on every page of the site."""
    copy = deepcopy(tree)
    for element in list(copy.iter(*_FRAME, "header", "head")):
        if element is not copy and (element.tag != "header" or _is_of_the_site(element)):
            element.clear(keep_tail=True)
    return str(copy.text_content())


def _stands_besides(element: HtmlElement) -> bool:
    if element.tag in ("header", "footer"):
        return _is_of_the_site(element)
    return element.tag in _NOT_THE_STORY or _BESIDES.search(_names(element)) is not None


def _is_of_others(element: HtmlElement) -> bool:
    if element.tag in ("header", "footer"):
        return _is_of_the_site(element)
    return element.tag in _FRAME or _OTHERS.search(_names(element)) is not None


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_of_the_site(part: HtmlElement) -> bool:
    """True for a head or foot that is not the story's own."""
    return next(part.iterancestors("article", "main"), None) is None
