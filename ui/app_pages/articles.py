"""Articles: the list, and a reader in which every sentence that states something is marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from kb import queries
from kb.queries import ArticleDetail, ArticleView, ClaimView, VersionView, matches, words_of
from ui import address, days, tables
from ui.answers import ask
from ui.highlight import Mark, claim_marks, highlighted, name_marks
from ui.panels import notice
from ui.panels.articles import show_articles
from ui.panels.choice import choose_row
from ui.panels.known import show_known
from ui.panels.stated import show_stated
from ui.tab import name_tab
from ui.text import UNNAMED, as_html, as_label, outlet_html
from ui.wording import changes_html

PAGE = "articles"
_MOST = 1000
_LONGEST = 200_000
"""Characters of an article that are shown; a browser lays out no more in comfort."""
_PLACES = {"titles": "Titles and sources", "texts": "Whole texts"}
_FIELDS = [address.text("q"), address.choice("in", list(_PLACES), "titles")]
_FOUND = ' · <mark class="found">word</mark> that you searched for'
_MOST_NAMED = 100
"""Entities whose names are marked in the text."""
_LEGEND = (
    '<mark class="trigger">word</mark> names an event · <mark class="time">word</mark> dates it · '
    '<mark class="entity">name</mark> of somebody'
)


def main() -> None:
    """Draw the page: the article that the address names, else the list."""
    id_, known = address.chosen("article"), show_known(PAGE)
    if id_ is None:
        _list(known)
        return
    st.button("← All articles", type="tertiary", on_click=_leave)
    detail = ask(queries.article, id_, as_of=known)
    if detail:
        _read(detail, address.chosen("claim"), known)
    elif known and ask(queries.article, id_):
        st.info(f"This article was not published by {days.day(known)}.")
    else:
        notice.missing("article", id_)


def _leave() -> None:
    address.choose("article", None, "claim", "version")


def _list(known: str | None) -> None:
    text, in_texts = _asked()
    found = ask(queries.article_views, text=text, in_texts=in_texts, as_of=known, limit=_MOST)
    if not found:
        _nothing(text, known, in_texts=in_texts)
        return
    choose_row(
        tables.articles_table(found),
        [article.id for article in found],
        key=f"{PAGE}:rows",
        on_choose=lambda id_: address.choose("article", id_),
        column_config={
            "Published": st.column_config.DateColumn(format="D MMM YYYY", width=110),
            "Title": st.column_config.TextColumn(width="large"),
            "Source": st.column_config.TextColumn(width=200),
            "Claims": st.column_config.NumberColumn(width=80, format="localized"),
        },
        alt="Articles, newest first; select a row to read one.",
        rows=18,
    )
    count = f"{len(found)} article{'s' * (len(found) != 1)}"
    st.caption(f"The newest {_MOST} of those that match" if len(found) == _MOST else count)


def _asked() -> tuple[str, bool]:
    """The words that are searched for, and whether in whole texts."""
    notice.complaints(address.sync(PAGE, _FIELDS))
    query, place = _FIELDS
    keep: dict[str, Any] = {"on_change": address.keep, "args": (PAGE, _FIELDS)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="article-filters"):
        st.text_input(
            "Search articles",
            key=address.key(PAGE, query),
            placeholder="words, “a phrase”",
            type="search",
            width=420,
            **keep,
        )
        st.segmented_control(
            "In", list(_PLACES), key=address.key(PAGE, place), format_func=_PLACES.__getitem__, required=True, **keep
        )
    words, chosen = (st.session_state[address.key(PAGE, field)] for field in _FIELDS)
    return str(words).strip(), chosen == "texts"


def _nothing(text: str, known: str | None, *, in_texts: bool) -> None:
    if known and not text:
        st.info(f"No article is of {days.day(known)} or before.")
        return
    if not text:
        notice.empty_graph()
        return
    notice.nothing_has(text, "article has" if in_texts else "title or source of an article has")
    if not in_texts:
        st.button("Search whole texts", on_click=address.choose, args=("in", "texts"))


def _read(detail: ArticleDetail, claim: str | None, known: str | None) -> None:
    name_tab(detail.article.title or "(no title)")
    left, right = st.columns([0.56, 0.44], gap="large")
    with left:
        st.html(_head(detail.article))
        _copied(detail, known)
        before = None if known else _version_before(detail.article.id)
        if before:
            text = ask(queries.version_text, before.id) or ""
            st.html(f'<div class="cg-changes">{changes_html(text, detail.text)}</div>')
            st.html(_changed_events(detail.article.id, before))
        else:
            words = words_of(address.chosen("q") or "")
            st.html(_body(detail, claim, words))
            st.html(f'<p class="cg-legend">{_LEGEND}{_FOUND if words else ""}</p>')
        if len(detail.text) > _LONGEST:
            st.caption(f"The first {_LONGEST:,} of {len(detail.text):,} characters.")
    with right:
        show_stated(detail, claim)
        _entities(detail)


def _version_before(id_: str) -> VersionView | None:
    """The version to compare with, chosen from those there were; it stands in the address."""
    found: tuple[VersionView, ...] = ask(queries.article_versions, id_)
    before = {version.id: version for version in found if version.superseded_at}
    if not before:
        return None
    field = address.one_of("version", list(before))
    notice.complaints(address.sync(f"{PAGE}:version", [field]))
    chosen = st.selectbox(
        f"This article has {len(found)} versions",
        list(before),
        key=address.key(f"{PAGE}:version", field),
        index=None,
        placeholder="show what changed since …",
        format_func=lambda version: f"the version replaced on {days.day((before[version].superseded_at or '')[:10])}",
        on_change=address.keep,
        args=(f"{PAGE}:version", [field]),
        width=380,
    )
    return before[chosen] if chosen else None


def _changed_events(id_: str, before: VersionView) -> str:
    """What every version after `before` says otherwise, event by event."""
    found: tuple[VersionView, ...] = ask(queries.article_versions, id_)
    later = found[[version.id for version in found].index(before.id) + 1 :]
    told = [
        f"{as_html(change.title, 120)}: {as_html(days.in_text(change.text), 200)}"
        for version in later
        for change in version.changes
    ]
    items = "".join(f"<li>{line}</li>" for line in told[:50])
    return f'<h4 class="cg-head">Events that changed</h4><ul class="cg-steps">{items or "<li>none</li>"}</ul>'


def _copied(detail: ArticleDetail, known: str | None) -> None:
    """Who prints the same text, and who was first, if it is not this one's alone (or was none's else by then)."""
    told: tuple[ArticleView, ...] = ask(queries.same_text, detail.article.id)
    found = tuple(one for one in told if known is None or (one.published and one.published <= known))
    if len(found) < 2:
        return
    first, own = found[0], detail.article.id
    others = [article for article in found if article.id not in (own, first.id)]
    with st.container(gap="xsmall", key="copies"):
        if first.id == own:
            st.caption(f"The first of {len(found)} articles with this text.")
        else:
            st.caption(f"A copy. {len(found)} articles print this text; the first was:")
            _link_to(first)
        if others:
            with st.expander(f"{len(others)} other{'s' * (len(others) != 1)} with this text"):
                show_articles(others, most=50)


def _link_to(article: ArticleView) -> None:
    told = as_label(f"{article.source or UNNAMED}: {article.title or article.id}", 110)
    when = f":gray[{days.day(article.published)}] " if article.published else ""
    there = address.along(article=article.id)
    st.page_link("app_pages/articles.py", label=f"{when}:blue[{told}] →", query_params=there)


def _head(article: ArticleView) -> str:
    facts = [
        f"<b>{outlet_html(article.source)}</b>",
        f"published {days.day(article.published)}" if article.published else "no publication date",
    ]
    if article.url:
        facts.append(_link(article.url))
    return (
        f'<h2 class="cg-title">{as_html(article.title or "(no title)")}</h2><p class="cg-meta">{" · ".join(facts)}</p>'
    )


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return as_html(url, 120)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{as_html(url, 80)}</a>'


def _body(detail: ArticleDetail, claim: str | None, words: Sequence[str]) -> str:
    """The text with what it states, whom it names and, of a search that led here, the words marked."""
    text = detail.text[:_LONGEST]
    marks = [mark for stated in detail.claims for mark in _marks(stated, is_open=stated.id == claim)]
    marks += name_marks(text, [name for entity in detail.entities[:_MOST_NAMED] for name in entity.aliases])
    marks += [Mark(start, end, "found") for start, end in matches(text, words)]
    return f'<div class="cg-reader">{highlighted(text, marks)}</div>'


def _marks(claim: ClaimView, *, is_open: bool) -> list[Mark]:
    return [Mark(claim.start, claim.end, "open" if is_open else "claim"), *claim_marks(claim)]


def _entities(detail: ArticleDetail) -> None:
    if not detail.entities:
        return
    st.html('<h3 class="cg-title">Whom it names</h3>')
    with st.container(horizontal=True, gap="small", key="named"):
        for entity in detail.entities[:60]:
            st.page_link(
                "app_pages/entities.py",
                label=f":blue[{as_label(entity.name, 60)}]",
                query_params=address.along(entity=entity.id),
            )


if __name__ == "__main__":
    main()
