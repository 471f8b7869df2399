"""Streamlit's own command, but for one thing: it never asks a host outside for this machine's address.

Streamlit does that to print it, and when a page of another site tries to connect. `chronograph serve` starts this.
"""

from __future__ import annotations

from streamlit import net_util
from streamlit.web.cli import main


def _no_address() -> None:
    """What Streamlit gets instead of an answer from outside."""


if __name__ == "__main__":
    net_util.get_external_ip = _no_address
    main(prog_name="streamlit")
