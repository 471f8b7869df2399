"""The day of the past from which a page looks that has no field for it: said, with the way back to now."""

from __future__ import annotations

import streamlit as st

from ui import address, days
from ui.panels import notice


def show_known(page: str) -> str | None:
    """The ISO day that the address of the page says it looks from, or None; what cannot be read of it is said."""
    field, name = address.day(address.KNOWN), f"{page}:known"
    notice.complaints(address.sync(name, [field]))
    day = st.session_state[address.key(name, field)]
    if day is None:
        return None
    known = str(day.isoformat())
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="as-known"):
        st.caption(f"As known on **{days.day(known)}**: what was published later is left out.", width="content")
        st.button("✕ Now", type="tertiary", on_click=address.choose, args=(address.KNOWN, None), key="known:leave")
    return known
