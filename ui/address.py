"""The page's address is its state: filters live in the URL, widgets show them, and Back brings both back.

A page names its `Field`s. `sync` brings the widgets in line whenever the address changed under them (a link, a fresh
load, Back); `keep`, as `on_change`, writes what a person chose into the address.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from kb.errors import TimeValueError
from kb.timevalue import parse_day

KNOWN = "known"
"""The parameter that names the day of the past from which a page looks; pages that link to others pass it on."""


class Nonsense(ValueError):
    """A value of the address that cannot be used; the message says so to a person."""


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of the address. `read` turns its values into the widget's value or raises Nonsense."""

    name: str
    empty: Any
    read: Callable[[list[str]], Any]
    write: Callable[[Any], list[str]]
    options: Sequence[str] = ()


def text(name: str) -> Field:
    """A line of text."""
    return Field(name, "", lambda values: values[-1][:200], lambda value: [value.strip()] if value.strip() else [])


def day(name: str) -> Field:
    """A day, or none."""
    return Field(name, None, lambda values: _day(name, values[-1]), lambda value: [value.isoformat()] if value else [])


def some_of(name: str, options: Sequence[str]) -> Field:
    """Any number of `options`."""
    return Field(name, [], lambda values: _known(name, values, options), list, options)


def list_of(name: str, *, most: int) -> Field:
    """Ids, `most` of them, of which the page does not know beforehand which there are."""
    return Field(name, [], lambda values: [value[:200] for value in dict.fromkeys(values) if value][:most], list)


def one_of(name: str, options: Sequence[str]) -> Field:
    """One of `options`, or none."""
    return Field(name, None, lambda values: _known(name, values, options)[-1], lambda value: [value] if value else [])


def choice(name: str, options: Sequence[str], default: str) -> Field:
    """One of `options`, `default` where the address names none."""

    def write(value: str | None) -> list[str]:
        return [value] if value and value != default else []

    return Field(name, default, lambda values: _known(name, values, options)[-1], write, options)


def sync(page: str, fields: Sequence[Field]) -> list[str]:
    """Set the page's widgets from the address if that changed. Returns complaints about what could not be read."""
    now = {field.name: st.query_params.get_all(field.name) for field in fields}
    memory = f"{page}:address"
    missing = any(key(page, field) not in st.session_state for field in fields)
    if missing or st.session_state.get(memory, ({}, []))[0] != now:
        complaints: list[str] = []
        for field in fields:
            st.session_state[key(page, field)] = _read(field, now[field.name], complaints)
        st.session_state[memory] = (now, complaints)
    found: list[str] = st.session_state[memory][1]
    return found


def keep(page: str, fields: Sequence[Field]) -> None:
    """Write the widgets' values into the address: one step of the browser's history."""
    written = {field.name: field.write(st.session_state[key(page, field)]) for field in fields}
    st.session_state[f"{page}:address"] = (written, [])
    _go({**_others(written), **written})


def key(page: str, field: Field) -> str:
    """The widget's key."""
    return f"{page}:{field.name}"


def choose(name: str, value: str | None, *without: str) -> None:
    """Set or, with None, take away one parameter that no widget shows; those named in `without` go with the old one."""
    _go({**_others([name, *without]), name: [value] if value else []})


def choose_all(name: str, values: list[str]) -> None:
    """Set a parameter that holds several values and that no widget shows."""
    _go({**_others([name]), name: values})


def chosen(name: str) -> str | None:
    """The value of such a parameter."""
    return st.query_params.get(name) or None


def along(**params: str) -> dict[str, str]:
    """The parameters of a link to another page: whoever looks from a day of the past goes on looking from it.

    >>> along(event="e1")  # on a page whose address says known=2025-01-10
    {"event": "e1", "known": "2025-01-10"}
    """
    known = chosen(KNOWN)
    return {**params, KNOWN: known} if known else params


def _others(names: Any) -> dict[str, list[str]]:  # noqa: ANN401 - anything with `in`
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in names}


def _go(params: dict[str, list[str]]) -> None:
    st.query_params.from_dict({name: values for name, values in params.items() if values})


def _read(field: Field, values: list[str], complaints: list[str]) -> Any:  # noqa: ANN401 - the field's own type
    if not any(values):
        return field.empty
    try:
        return field.read(values)
    except Nonsense as err:
        complaints.append(str(err))
        return field.empty


def _day(name: str, value: str) -> date:
    try:
        return parse_day(value)
    except TimeValueError as err:
        raise Nonsense(f"“{name}” in the address: {err}. It is left out.") from err


def _known(name: str, values: list[str], options: Sequence[str]) -> list[str]:
    unknown = [value for value in values if value not in options]
    if unknown:
        raise Nonsense(f"“{name}” in the address: there is no {', '.join(map(repr, unknown))[:200]}. It is left out.")
    return list(dict.fromkeys(values))
