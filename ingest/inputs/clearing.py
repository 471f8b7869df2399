"""A page made ready for its text to be taken out: without what no reader calls its story, and with all that is.

trafilatura takes the text out. It keeps cards of other stories, forms to sign up with, what is hidden, and the frame
of a wiki; and it loses quotes in figures, a lead that is called a teaser, text beside paragraphs, and the paragraphs
of a page that is arranged in a table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import islice

from lxml.html import Element, HtmlElement

from ingest.boilerplate import is_tail_heading

_HIDDEN = (
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')][not(self::html or self::body)]",
    "//amp-sidebar | //amp-carousel | //amp-consent | //amp-list | //amp-ad | //amp-user-notification | //dialog",
    "//*[contains(concat(' ', @class, ' '), ' mw-editsection ')] | //*[@id='siteSub' or @id='contentSub']",
    "//*[contains(concat(' ', @class, ' '), ' navbox ')] | //*[@id='catlinks' or @id='jump-to-nav']",
    "//noscript",
)
_HIDDEN_WORDS = 150
"""What is hidden and longer may be the story, which a script shows; or a copy of it for those without scripts."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span")
_LONGEST_HEADING = 60
_CARD_WORDS = 60
"""Words of one other story in a list of such: its headline and a sentence about it."""
_ROW_CARD_WORDS = 90
"""The same where many such cards stand in a row, which tells more surely what they are."""
_FEWEST_IN_ROW = 4
_STORY_WORDS = 150
"""Words that a page must have beside its rows of cards; one with fewer may be an overview, made of them."""
_CARD_BOXES = ("li", "article", "div", "section")
_CARD_DEPTH = 6
_FORM_WORDS = 60
_ARRANGED_BREAKS = 2
_LEAD = re.compile(r"teaser|promo|excerpt|summary|intro|deck|standfirst", re.IGNORECASE)
_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup time u".split())
_LOOSE_WORDS = 8
_ASKING = ("email", "text", "tel", None)
_LINES = frozenset("article blockquote body br dd div dt h1 h2 h3 h4 h5 h6 head li p section td th tr".split())
"""Elements that begin a line."""
_MOST_IN_ROW = 500
"""Links and the like in a row within a line; trafilatura takes time that grows with the square of their number."""


def cleared(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without what is surely not its story. What holds its headline always stays."""
    copy = deepcopy(tree)
    kept = {above for heading in copy.iter("h1", "main") for above in (heading, *heading.iterancestors())}
    for element in [*_hidden(copy), *_forms(copy), *_other_stories(copy), *_rows_of_cards(copy)]:
        if element not in kept and element is not copy:
            _remove(element)
    _show_layout(copy)
    for box in list(copy.iter("div", "article", "section", "main")):
        if next(box.iterchildren("p"), None) is not None:
            _wrap_loose(box)
    _show_figures(copy)
    _show_lead(copy)
    _break_rows(copy)
    return copy


def _hidden(tree: HtmlElement) -> Iterator[HtmlElement]:
    for path in _HIDDEN:
        yield from (element for element in tree.xpath(path) if not _has_more(element, _HIDDEN_WORDS))


def _forms(tree: HtmlElement) -> Iterator[HtmlElement]:
    """What surrounds a field to be filled in, as far as there are few words in it."""
    for form in tree.iter("form"):
        if any(field.get("type") in _ASKING for field in form.iter("input")) and not _has_more(form, _FORM_WORDS):
            yield _widest(form)


def _widest(form: HtmlElement) -> HtmlElement:
    found = form
    for above in form.iterancestors("div", "section", "aside", "fieldset", "center"):
        if _has_more(above, _FORM_WORDS) or next(above.iter("h1"), None) is not None:
            break
        found = above
    return found


def _other_stories(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Headings such as "Related articles", and the linked cards that follow each."""
    taken: set[HtmlElement] = set()
    for heading in tree.iter(*_HEADINGS):
        if len(heading) > 1 or not is_tail_heading(_words(heading, _LONGEST_HEADING)):
            continue
        block = _block_of(heading)
        if block not in taken and (cards := list(_cards(block))):
            taken |= {block, *cards}
    yield from taken


def _block_of(heading: HtmlElement) -> HtmlElement:
    """The heading with the boxes in which nothing else stands."""
    block = heading
    while (above := block.getparent()) is not None and above.tag in ("div", "header", "span", "p", "h2", "h3", "h4"):
        if len(above) != 1 or (above.text or "").strip() or (block.tail or "").strip():
            break
        block = above
    return block


def _cards(block: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in block.itersiblings():
        if not isinstance(sibling.tag, str):
            continue
        if not (_is_card(sibling) or (len(sibling) > 1 and all(_is_card(box) for box in sibling))):
            return
        yield sibling


def _is_card(box: HtmlElement) -> bool:
    return next(box.iter("a"), None) is not None and not _has_more(box, _CARD_WORDS)


def _rows_of_cards(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Cards of other stories that stand in a row under no heading, on a page that tells a story besides."""
    rows: defaultdict[tuple[HtmlElement, str], dict[HtmlElement, None]] = defaultdict(dict)
    in_row = cache(_is_row)
    for heading in filter(_is_link, tree.iter("h2", "h3", "h4")):
        card = _box_in_row(heading, in_row)
        if card is not None and (row := card.getparent()) is not None:
            rows[row, str(card.tag)][card] = None
    short = ([card for card in row if not _has_more(card, _ROW_CARD_WORDS)] for row in rows.values())
    cards = [card for row in short if len(row) >= _FEWEST_IN_ROW for card in row]
    if cards and _tells_story(tree, {part for card in cards for part in card.iter("p")}):
        yield from cards


def _is_link(heading: HtmlElement) -> bool:
    """True for a headline that leads to its story; one with a place in a page after it leads to its own section."""
    around = islice(heading.iterancestors(), _CARD_DEPTH)
    links = [*heading.iter("a"), *(above for above in around if above.tag == "a")]
    return any("#" not in (link.get("href") or "#") for link in links)


def _box_in_row(heading: HtmlElement, in_row: Callable[[HtmlElement, str], bool]) -> HtmlElement | None:
    """The smallest box around a headline that has others of its kind beside it."""
    for box in islice(heading.iterancestors(), _CARD_DEPTH):
        row = box.getparent() if box.tag in _CARD_BOXES else None
        if row is not None and in_row(row, str(box.tag)):
            return box
    return None


def _is_row(parent: HtmlElement, tag: str) -> bool:
    """True if enough boxes of this kind stand in it. Asked for every headline inside, so the answer is kept."""
    return len(list(islice(parent.iterchildren(tag), _FEWEST_IN_ROW))) == _FEWEST_IN_ROW


def _tells_story(tree: HtmlElement, besides: set[HtmlElement]) -> bool:
    """True if enough words stand in paragraphs that are not `besides`."""
    count = 0
    for part in tree.iter("p"):
        count += 0 if part in besides else len(part.text_content().split())
        if count >= _STORY_WORDS:
            return True
    return False


def _show_layout(tree: HtmlElement) -> None:
    """A table whose cells hold paragraphs or headlines is a way to arrange a page, and becomes boxes."""
    for table in list(tree.iter("table")):
        cells = [cell for row in _rows(table) for cell in row]
        if any(_is_arranged(cell) for cell in cells):
            for part in (table, *_parts(table), *cells):
                part.tag = "div"


def _parts(table: HtmlElement) -> Iterator[HtmlElement]:
    for part in table.iterchildren("thead", "tbody", "tfoot", "tr"):
        yield part
        yield from part.iterchildren("tr")


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    return (list(part.iterchildren("td", "th")) for part in _parts(table) if part.tag == "tr")


def _is_arranged(cell: HtmlElement) -> bool:
    if next(cell.iter("h1", "table", "article"), None) is not None:
        return True
    breaks = len(list(islice(cell.iter("p", "br", "div"), _ARRANGED_BREAKS)))
    return breaks == _ARRANGED_BREAKS and _has_more(cell, _CARD_WORDS)


def _wrap_loose(box: HtmlElement) -> None:
    """Text that stands in a box beside its paragraphs is a paragraph, too."""
    children, runs = list(box), [_loose(box.text)]
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _INLINE:
            child.tail = tail
            runs[-1].append(child)
        else:
            runs += [child, _loose(tail)]
    box.text = None
    own = set(children)
    for run in runs:
        if run not in own and _has_more(run, _LOOSE_WORDS):
            run.tag = "p"
        if run.text or len(run) or run in own:
            box.append(run)


def _loose(text: str | None) -> HtmlElement:
    run = Element("span")
    run.text = text
    return run


def _break_rows(tree: HtmlElement) -> None:
    """Begin a new line wherever very many elements have stood in a row, however they are nested."""
    in_row = 0
    for element in list(tree.iter()):
        in_row = 0 if element.tag in _LINES else in_row + 1
        if in_row > _MOST_IN_ROW and element.getparent() is not None:
            element.addprevious(Element("br"))
            in_row = 1


def _show_figures(tree: HtmlElement) -> None:
    """A figure that holds a quote is a box like others."""
    for figure in tree.iter("figure"):
        if next(figure.iter("blockquote"), None) is not None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"


def _show_lead(tree: HtmlElement) -> None:
    """A paragraph right below the headline is its lead, though its class calls it a teaser."""
    for headline in tree.iter("h1"):
        for sibling in headline.itersiblings():
            if sibling.tag != "p" or next(sibling.iter("a"), None) is not None:
                break
            if _LEAD.search(sibling.get("class") or ""):
                del sibling.attrib["class"]


def _words(element: HtmlElement, longest: int) -> str:
    """The text of an element, or '' if it is longer than that."""
    text = ""
    for part in element.itertext():
        text += part
        if len(text) > 4 * longest:
            return ""
    text = " ".join(text.split())
    return text if len(text) <= longest else ""


def _has_more(element: HtmlElement, words: int) -> bool:
    count = 0
    for part in element.itertext():
        count += len(part.split())
        if count > words:
            return True
    return False


def _remove(element: HtmlElement) -> None:
    """Empty the element; dropping it would join its tail to the one before, over and over."""
    element.clear(keep_tail=True)
