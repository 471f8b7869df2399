"""The name that somebody decides under, kept by their browser: a reload or another tab does not ask for it again."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import streamlit as st

from ui.text import plain

_COOKIE = "chronograph-name"
_LONGEST = 80


def remembered_name() -> str:
    """The name that this browser kept; "" where it kept none."""
    kept = st.context.cookies.get(_COOKIE)
    return plain(unquote(kept), _LONGEST) if isinstance(kept, str) else ""  # a page that no browser asked for has none


def remember_name(name: str) -> None:
    """Let this browser keep a name for a year, or with "" drop it; it tells the name to this desk alone."""
    _component()(key="signature", data={"cookie": _COOKIE, "name": name})


@cache
def _component() -> Any:  # noqa: ANN401 - as Streamlit makes it
    return st.components.v2.component(
        "chronograph_signature", js=(files(__package__) / "signature.js").read_text("utf-8"), isolate_styles=False
    )
