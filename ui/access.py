"""Who looks at a page, and what they may do. Without sign-in everybody on this machine may do everything.

Roles are looked up on the server at every action, not only when a page is drawn.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from ui.cli import SIGN_IN
from ui.roles import Role, SignIn, read_sign_in

__all__ = ["Role", "claims", "mail", "may", "refusal", "role", "sign_in"]


def sign_in() -> SignIn | None:
    """How people sign in here; None where they do not."""
    named = os.environ.get(SIGN_IN)
    return _read(named, Path(named).stat().st_mtime_ns) if named else None


def claims() -> Mapping[str, Any] | None:
    """What the provider says of who looks at this page; None for somebody who has not signed in."""
    if not getattr(st.user, "is_logged_in", False):
        return None
    found: Mapping[str, Any] = st.user.to_dict()
    return found


def role() -> Role | None:
    """The role of who looks at this page; None for nobody who may see anything."""
    asked = sign_in()
    if asked is None:
        return Role.ADMIN
    told = claims()
    return asked.role_of(told) if told else None


def may(needed: Role) -> bool:
    """Whether who looks at this page has `needed` or more."""
    has = role()
    return has is not None and has >= needed


def mail() -> str | None:
    """The mail address of who signed in; None where nobody does."""
    told = claims() if sign_in() else None
    return str(told["email"]) if told and told.get("email") else None


def refusal(needed: Role) -> str:
    """What to say to somebody who may not."""
    return f"This takes the role of {needed.name.lower()}. Who runs this desk can give it to you."


@lru_cache(maxsize=2)
def _read(named: str, _changed: int) -> SignIn:
    return read_sign_in(Path(named))
