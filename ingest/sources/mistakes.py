"""What is wrong with a file that a person wrote, said so that they can mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "tuple_type": "a word, or a list of words",
    "path_type": "a path",
    "model_type": "'key: value' lines below it",
}
_LONGEST = 60


def worst(errors: ValidationError) -> ErrorDetails:
    """The mistake to name first: a slip in a key explains why another one is missing."""
    found = errors.errors()
    return next((one for one in found if one["type"] == "extra_forbidden"), found[0])


def explain(error: ErrorDetails, form: type[BaseModel]) -> str:
    """One mistake that pydantic found in a file of this form, with what to write instead."""
    where = ".".join(step for step in error["loc"] if isinstance(step, str))
    said = _SAYINGS.get(error["type"])
    text = said(error, form) if said else _value(error)
    return f"{where}: {text}" if where else text


def repeated_key(node: yaml.Node | None) -> tuple[str, int] | None:
    """A key that stands twice in one place of a YAML file, and the line where it stands again."""
    waiting = [node] if node else []
    while waiting:
        at = waiting.pop()
        if isinstance(at, yaml.SequenceNode):
            waiting += at.value
        elif isinstance(at, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in at.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in seen:
                        return key.value, key.start_mark.line + 1
                    seen.add(key.value)
                waiting.append(value)
    return None


def _unknown_key(error: ErrorDetails, form: type[BaseModel]) -> str:
    *above, key = error["loc"]
    known = _keys(form, above)
    near = get_close_matches(str(key), known, n=1)
    meant = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
    return f"there is no such key; {meant}"


def _keys(form: type[BaseModel], above: Iterable[object]) -> list[str]:
    """The keys of the form, or of the one inside it that these keys lead to."""
    for step in above:
        field = form.model_fields.get(str(step))
        inner = [kind for kind in _types(field.annotation if field else None) if issubclass(kind, BaseModel)]
        form = inner[0] if inner else form
    return [field.alias or name for name, field in form.model_fields.items() if not field.exclude]


def _types(annotation: Any) -> list[type]:  # noqa: ANN401 - whatever a field may be declared as
    if isinstance(annotation, type):
        return [annotation]
    return [kind for part in getattr(annotation, "__args__", ()) for kind in _types(part)]


def _choice(error: ErrorDetails, _: type[BaseModel]) -> str:
    near = get_close_matches(str(error["input"]), str(error["ctx"]["expected"]).replace("'", "").split(), n=1)
    meant = f"; did you mean {near[0].rstrip(',')!r}?" if near else ""
    return f"{_shown(error)} is not one of {error['ctx']['expected']}{meant}"


def _limit(error: ErrorDetails, _: type[BaseModel]) -> str:
    ctx: Mapping[str, Any] = error["ctx"]
    least = ctx.get("ge", ctx.get("gt"))
    return (
        f"{_shown(error)} is too small: write {least:g} or more"
        if least is not None
        else (f"{_shown(error)} is too large: write {ctx.get('le', ctx.get('lt')):g} or less")
    )


def _value(error: ErrorDetails) -> str:
    if wanted := _KINDS.get(error["type"]):
        return f"{_shown(error)} is not {wanted}"
    return error["msg"].removeprefix("Value error, ")


def _shown(error: ErrorDetails) -> str:
    shown = repr(error["input"])
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


_SAYINGS: dict[str, Callable[[ErrorDetails, type[BaseModel]], str]] = {
    "extra_forbidden": _unknown_key,
    "enum": _choice,
    "literal_error": _choice,
    "missing": lambda _, __: "it is missing",
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
}
