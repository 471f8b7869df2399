"""What stands around the story of a page: navigation, comments, other stories, the site's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from lxml.html import HtmlElement

_FRAME = ("nav", "footer", "script", "style", "noscript", "template", "iframe", "svg")
_CARD_LENGTH = 400
"""Characters of another story in a list of such: its headline and a sentence or two about it."""
_NO_TEXT = ("script", "style", "template", "noscript")
_NOT_THE_STORY = (*_FRAME, "aside", "form")
_POSTING = (
    "//*[contains(concat(' ', @class, ' '), ' hentry ') or contains(@itemtype, 'BlogPosting')"
    " or contains(@itemtype, 'Article')]"
)
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


_OWN_FOOT = re.compile(r"(?:^|[\s_-])(?:entry|post|article|story)[_-](?:header|footer)(?:$|[\s_-])", re.IGNORECASE)


def story_part(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without what stands around its story.

    What holds the headline, the only posting or most of the page's text is never left out.
    """
    return _without(tree, _stands_besides)


def all_but_others(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without comments, other stories and navigation, but with what stands at the story's side."""
    return _without(tree, _is_of_others)


def _without(tree: HtmlElement, unwanted: Callable[[HtmlElement], bool]) -> HtmlElement:
    copy = deepcopy(tree)
    kept = {above for part in _surely_of_story(copy) for above in (part, *part.iterancestors())}
    lengths = _lengths(copy)
    cards = _cards(copy, lengths)
    for element in list(copy.iter()):
        if not isinstance(element.tag, str) or element in kept or lengths[element] > lengths[copy] / 2:
            continue
        if element in cards or unwanted(element):
            element.clear(keep_tail=True)  # dropping it would join its tail to the one before, over and over
    return copy


def _cards(tree: HtmlElement, lengths: dict[HtmlElement, int]) -> set[HtmlElement]:
    """The short articles of a page whose headline stands in none of them, if there are several: other stories."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return set()
    around = {*headline.iterancestors("article")}
    short = {article for article in tree.iter("article") if article not in around and lengths[article] < _CARD_LENGTH}
    return short if len(short) > 1 else set()


def _lengths(tree: HtmlElement) -> dict[HtmlElement, int]:
    """The characters of text in each element, those of scripts and the like left out."""
    lengths: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = 0 if element.tag in _NO_TEXT else len((element.text or "").strip())
        lengths[element] = own + sum(lengths[child] + len((child.tail or "").strip()) for child in element)
    return lengths


def _surely_of_story(tree: HtmlElement) -> list[HtmlElement]:
    """The headlines, and the only part of the page that is marked as a posting."""
    postings = tree.xpath(_POSTING)
    return [*tree.iter("h1", "main"), *(postings if len(postings) == 1 else ())]


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
    return next(part.iterancestors("article", "main"), None) is None and _OWN_FOOT.search(_names(part)) is None
