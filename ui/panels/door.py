"""The door of a desk with sign-in: who has not signed in sees this and nothing else."""

from __future__ import annotations

import streamlit as st

from ui import access
from ui.text import as_label


def open_to() -> bool:
    """Whether who looks may see the pages. If not, what to do is drawn instead."""
    if access.may(access.Role.VIEWER):
        return True
    st.subheader("Chronograph")
    if access.claims() is None:
        st.write("This desk is for people who are known here.")
        st.button("Sign in", type="primary", on_click=st.login)
    else:
        name = as_label(str((access.claims() or {}).get("email") or "no mail address"), 120)
        st.warning(f"You are signed in as {name}, which has no role here. Who runs this desk can give you one.")
        st.button("Sign out", on_click=st.logout)
    return False


def show_who() -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    mail, role = access.mail(), access.role()
    if mail is None or role is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="signed-in"):
        st.caption(f"Signed in as {as_label(mail, 120)} · {role.name.lower()}")
        st.button("Sign out", on_click=st.logout, type="tertiary")
