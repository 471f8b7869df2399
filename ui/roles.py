"""How people sign in and what they may do then, as one TOML file says it (`chronograph serve --sign-in FILE`):

    [auth]                      # passed to Streamlit
    redirect_uri = "https://desk.example.org/oauth2callback"
    cookie_secret = "at least 32 characters by chance"
    client_id = "…"
    client_secret = "…"
    server_metadata_url = "https://login.example.org/.well-known/openid-configuration"

    [roles]                     # mail addresses; "*@example.org" is a domain, "*" whoever can sign in
    admin = ["ann@example.org"]
    reviewer = ["bob@example.org"]
    viewer = ["*@example.org"]

    [trust]
    unverified_email = false    # true for a provider that does not say that it has verified addresses

Sign-in is by OpenID Connect and left to Streamlit. `ui.access` tells who looks at a page.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kb.errors import UsageError

_CALLBACK = "/oauth2callback"


class Role(IntEnum):
    """What somebody may do; each role may do what those before it may."""

    VIEWER = 1
    """Read, ask, download."""
    REVIEWER = 2
    """Decide, and keep queries."""
    ADMIN = 3
    """Read articles in, and see settings."""


_Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Auth(BaseModel):
    """What Streamlit needs; it may be told more."""

    model_config = ConfigDict(extra="allow", frozen=True)

    redirect_uri: _Text
    cookie_secret: Annotated[str, StringConstraints(min_length=32)]
    client_id: _Text
    client_secret: _Text
    server_metadata_url: _Text


class Roles(_Part):
    """Patterns of mail addresses, by role."""

    admin: tuple[_Text, ...] = ()
    reviewer: tuple[_Text, ...] = ()
    viewer: tuple[_Text, ...] = ()


class Trust(_Part):
    """What is believed of what the provider says."""

    unverified_email: bool = False


class SignIn(_Part):
    """How people sign in, and what they may do then."""

    auth: Auth
    roles: Roles = Field(default_factory=Roles)
    trust: Trust = Field(default_factory=Trust)

    def host(self) -> str:
        """The host name under which people reach the desk."""
        return urlsplit(self.auth.redirect_uri).hostname or ""

    def role_of(self, claims: Mapping[str, Any]) -> Role | None:
        """The role of whom these claims of the provider are about; None for nobody who may see anything."""
        mail = str(claims.get("email") or "").strip().casefold()
        if not mail or not (self.trust.unverified_email or claims.get("email_verified") in (True, "true")):
            return None
        granted: dict[Role, tuple[str, ...]] = {
            Role.ADMIN: self.roles.admin,
            Role.REVIEWER: self.roles.reviewer,
            Role.VIEWER: self.roles.viewer,
        }
        return next((role for role, patterns in granted.items() if any(_matches(mail, one) for one in patterns)), None)


def read_sign_in(path: Path) -> SignIn:
    """The file. UsageError names what of it cannot be used, and that it holds secrets others can read."""
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UsageError(f"{path} holds secrets and others can read it: chmod 600 {path}")
        found = SignIn.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as err:
        raise UsageError(f"{path} cannot be read: {err.strerror}") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise UsageError(f"{path} is no TOML: {err}") from err
    except ValidationError as err:
        wrong = err.errors(include_input=False, include_url=False)[0]
        raise UsageError(f"{path}: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from err
    _check(path, found)
    return found


def _check(path: Path, found: SignIn) -> None:
    parts = urlsplit(found.auth.redirect_uri)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith(_CALLBACK):
        raise UsageError(f"{path}: auth.redirect_uri is the address of the desk followed by {_CALLBACK}")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise UsageError(f"{path}: auth.redirect_uri begins with https:// unless the desk is on this machine alone")
    if not any((found.roles.admin, found.roles.reviewer, found.roles.viewer)):
        raise UsageError(f"{path}: roles names nobody: add a mail address, as in viewer = ['*@example.org']")


def _matches(mail: str, pattern: str) -> bool:
    """Only `*` alone or before an `@` stands for anything: of the rest, every character stands for itself."""
    wanted = pattern.casefold()
    if wanted == "*":
        return True
    if wanted.startswith("*@"):
        return mail.rpartition("@")[2] == wanted[2:]
    return mail == wanted
