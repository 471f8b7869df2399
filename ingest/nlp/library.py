"""spaCy, loaded without its own commands."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy, for whoever loads what needs it next.

    It imports its commands with it, for one of them that nobody here calls, and with these a web client, a manager of
    projects and a package for reports: a fifth of a second and 18 MB of every process. Who imports `spacy.cli` later
    gets it.
    """
    if "spacy" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in _COMMANDS}
    stand_ins["spacy.cli.info"].__dict__["info"] = None
    sys.modules |= stand_ins
    try:
        importlib.import_module("spacy")
    finally:
        for name in _COMMANDS:
            del sys.modules[name]
