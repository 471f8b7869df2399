"""A list of articles, each of which opens in the reader."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.queries import ArticleView
from ui import address, days
from ui.text import as_label


def show_articles(articles: Sequence[ArticleView], *, most: int = 20) -> None:
    """Links to the articles, newest first."""
    for article in articles[:most]:
        title = as_label(article.title or article.url or article.id, 80)
        st.page_link(
            "app_pages/articles.py",
            label=f":gray[{days.day(article.published)}] :blue[{title}]",
            query_params=address.along(article=article.id),
        )
    if len(articles) > most:
        st.caption(f"… and {len(articles) - most} more")
