"""Highlighting for the box in which Cypher is written: painted behind the text that a person types.

The box stays Streamlit's own text area: what is typed, selected, undone and read aloud is its business. Without this
the words only lack their colours.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st


def paint(box: str, *, label: str, text: str) -> None:
    """Paint the text area labelled `label` in the container with the key `box`; `text` is what it holds now."""
    _component()(key=f"{box}:paint", data={"box": f"st-key-{box}", "label": label, "text": text})


@cache
def _component() -> Any:  # noqa: ANN401 - as Streamlit makes it
    home = files(__package__)
    return st.components.v2.component(
        "chronograph_cypher",
        html='<pre class="paint" aria-hidden="true"></pre>',
        css=(home / "cypher.css").read_text("utf-8"),
        js=(home / "cypher.js").read_text("utf-8"),
        isolate_styles=False,
    )
