"""The log of a service: one line a fact, `key=value`, or JSON for machines; quiet about what is as it should be."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

LOGGER = "chronograph"


def start_log(*, as_json: bool, verbose: bool) -> logging.Logger:
    """The logger of this process, writing to standard error."""
    logger = logging.getLogger(LOGGER)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if as_json else _KeyValue())
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    return logger


def fact(logger: logging.Logger, level: int, event: str, **fields: object) -> None:
    """Log one fact; fields without a value are left out."""
    logger.log(
        level, event, extra={"fields": {name: value for name, value in fields.items() if value not in (None, "")}}
    )


class _KeyValue(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        pairs = {"at": _at(record), "level": record.levelname.lower(), "event": record.getMessage(), **_fields(record)}
        return " ".join(f"{name}={_quoted(value)}" for name, value in pairs.items())


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        pairs = {"at": _at(record), "level": record.levelname.lower(), "event": record.getMessage(), **_fields(record)}
        return json.dumps(pairs, ensure_ascii=False, default=str)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields = getattr(record, "fields", {})
    return fields if isinstance(fields, dict) else {}


def _quoted(value: object) -> str:
    text = "".join(char if char.isprintable() else " " for char in str(value))
    return text if text and not any(char in ' "=' for char in text) else json.dumps(text, ensure_ascii=False)
