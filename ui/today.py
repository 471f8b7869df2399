"""Which day it is for who looks at the page: a deadline is due on their day, not on Greenwich's."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from kb.config import today_in
from ui.answers import settings


def today() -> date:
    """The day in `zone`."""
    return today_in(zone())


def zone() -> str | None:
    """The zone of the settings, else that of the browser; None for that of this machine."""
    return settings().timezone or _known(st.context.timezone)


def _known(zone: str | None) -> str | None:
    """`zone` if it is one: the browser's word is not to be trusted."""
    try:
        return zone if zone and ZoneInfo(zone) else None
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None
