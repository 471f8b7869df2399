"""Streamlit's own command, but for two things. `chronograph serve` starts this.

It never asks a host outside for this machine's address, as Streamlit does to print it, and when a page of another site
tries to connect. And what every page needs is loaded while nobody waits for one yet.
"""

from __future__ import annotations

from importlib import import_module
from threading import Thread

from streamlit import net_util
from streamlit.web.cli import main

_PAGES = ("timeline", "deadlines", "entities", "articles", "review", "query", "data")


def _no_address() -> None:
    """What Streamlit gets instead of an answer from outside."""


def _get_ready() -> None:
    """A first visitor would wait for this for more than a second."""
    for page in _PAGES:
        import_module(f"ui.app_pages.{page}")
    import_module("kb.ontology").load_ontology()
    import_module("kb.gazetteer").load_gazetteer()
    import_module("ui.answers").get_ready()


if __name__ == "__main__":
    Thread(target=_get_ready, name="getting ready", daemon=True).start()
    net_util.get_external_ip = _no_address
    main(prog_name="streamlit")
