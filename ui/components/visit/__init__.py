"""A link to what changed since the last visit. The browser alone knows when that was: it tells nobody."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st


def since_last_visit(*, today: date) -> None:
    """Draw the link; nothing for a browser that was not here on a day before `today`."""
    _component()(key="visit", data={"today": today.isoformat()})


@cache
def _component() -> Any:  # noqa: ANN401 - as Streamlit makes it
    return st.components.v2.component(
        "chronograph_visit",
        html='<a class="cg-visit" hidden></a>',
        js=(files(__package__) / "visit.js").read_text("utf-8"),
        isolate_styles=False,
    )
