"""The YAML files that come with the program, and what is made of them."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from kb.errors import OntologyError

if TYPE_CHECKING:
    from pydantic import BaseModel

_HOME = Path(__file__).parent
_SOURCES = (".py", ".yaml")

Made = TypeVar("Made")
Form = TypeVar("Form", bound="BaseModel")


def read_yaml(package: str, file: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """What `file` of `package` holds, read by the parser written in C: the one in Python takes ten times as long.

    Raises YAMLError for a file that is none.
    """
    return yaml.load(files(package).joinpath(file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_form(package: str, file: str, form: type[Form]) -> Form:
    """What `file` of `package` holds, as a `form`. OntologyError names the file and what is wrong with it."""
    try:
        return form.model_validate(read_yaml(package, file))
    except (ValueError, yaml.YAMLError) as err:  # of the first kind is what pydantic raises
        raise OntologyError(f"{package.replace('.', '/')}/{file}: {err}") from err


def compiled(package: str, make: Callable[[], Made]) -> Made:
    """What `make` makes of the files of `package`: made once, and read from then on, which takes a sixth of the time.

    It is kept where Python keeps what it compiles, under a name that says of which files and code it was made: once one
    of them changes, it is made anew. So it is each time where nothing can be kept.
    """
    home = Path(str(import_module(package).__file__)).parent
    path = Path(cache_from_source(str(home / "made.py"))).with_name(f"{package}.{_state_of(home)}.pickle")
    try:
        made: Made = pickle.loads(path.read_bytes())  # noqa: S301 - ours, as the modules beside it are
    except Exception:  # noqa: BLE001 - there is none, or it is damaged
        made = make()
        _keep(made, path, package)
    return made


def _state_of(home: Path) -> str:
    """A name for the files of a package, the modules that it is made with, and this Python."""
    content = hashlib.sha256(sys.version.encode())
    for path in sorted({*_HOME.glob("*.py"), *(one for one in home.rglob("*") if one.suffix in _SOURCES)}):
        content.update(os.fsencode(path) + b"\0" + path.read_bytes())
    return content.hexdigest()[:20]


def _keep(made: object, path: Path, package: str) -> None:
    draft = path.with_suffix(f".{os.getpid()}-{id(made):x}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        draft.replace(path)
        for old in set(path.parent.glob(f"{package}.*.pickle")) - {path}:
            old.unlink(missing_ok=True)
    except OSError:  # the folder is not ours, or the disk is full
        with suppress(OSError):
            draft.unlink()
