"""The Loki that the demo sends to: the user's own, as the environment names it, or the stand-in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from tests.harness.loki.query import LokiQuery

_PUSH_PATH = "/loki/api/v1/push"
_SCHEMES = ("http", "https")
_EXAMPLE = "such as https://loki.example.com"
# What Loki takes for a tenant: https://grafana.com/docs/loki/latest/operations/multi-tenancy/
_TENANT = re.compile(r"[a-zA-Z0-9!_.*'()-]{1,150}")
_QUERY_LIMIT = 15.0


class LokiSettingsError(ValueError):
    """The environment does not describe a Loki; the message names the variable, the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Loki:
    """The Loki that takes the lines.

    Attributes:
        url: Its base URL, without a slash at the end.
        username: With `password`, for basic authentication; empty for none.
        password: See `username`.
        tenant_id: Sent as X-Scope-OrgID; empty for none.
        stand_in: It is the receiver of the test harness, not a real Loki.
    """

    url: str
    username: str = ""
    password: str = ""
    tenant_id: str = ""
    stand_in: bool = False

    @property
    def push_url(self) -> str:
        """The URL that the function pushes to."""
        return self.url + _PUSH_PATH

    def query(self) -> LokiQuery:
        """Make a client of its query API."""
        return LokiQuery(self.url, self.username, self.password, self.tenant_id, timeout=_QUERY_LIMIT)


def loki_from_environment(environ: Mapping[str, str]) -> Loki | None:
    """Return the Loki that LOKI_URL names, or None for the stand-in when it is not set or empty.

    With LOKI_URL go LOKI_USERNAME and LOKI_PASSWORD, both or neither, and LOKI_TENANT_ID. Without it they mean
    nothing: Loki's own command line uses variables of the same names, so that they may be set for that.
    LOKI_URL is the base URL; the push API's path at its end, as the modules and the function want it, is cut off.

    Raises:
        LokiSettingsError: One of the variables cannot be used, or its counterpart is missing.
    """
    given = environ.get("LOKI_URL", "")
    if not given:
        return None
    username, password = environ.get("LOKI_USERNAME", ""), environ.get("LOKI_PASSWORD", "")
    if username and not password:
        raise LokiSettingsError(
            f"LOKI_USERNAME={username} is set without LOKI_PASSWORD. Set the password too, or unset LOKI_USERNAME "
            "for a Loki that asks for no credentials."
        )
    if password and not username:
        raise LokiSettingsError(
            "LOKI_PASSWORD is set without LOKI_USERNAME. Set the user name too (on Grafana Cloud the number of the "
            "user), or unset LOKI_PASSWORD for a Loki that asks for no credentials."
        )
    if ":" in username:
        raise LokiSettingsError(
            f"LOKI_USERNAME={username} holds a colon, at which basic authentication ends the user name. Use a user "
            "name without one."
        )
    tenant_id = environ.get("LOKI_TENANT_ID", "")
    if tenant_id and not _TENANT.fullmatch(tenant_id):
        raise LokiSettingsError(
            f"LOKI_TENANT_ID={tenant_id!r} is no tenant of Loki: at most 150 letters, digits and !_.*'()- are. "
            "Correct it, or unset it for a Loki with one tenant."
        )
    return Loki(_base_url(given), username, password, tenant_id)


def _base_url(given: str) -> str:
    parts = _split(given)
    if parts.username is not None or parts.password is not None:
        # Not shown: a password is in it.
        raise LokiSettingsError(
            "LOKI_URL holds credentials in front of the host. Take them out, and set LOKI_USERNAME and LOKI_PASSWORD."
        )
    if "?" in given or "#" in given:
        raise LokiSettingsError(
            f"LOKI_URL={given} has a query or a fragment. Leave it at the base URL, {_EXAMPLE}."
        )
    base = given.rstrip("/").removesuffix(_PUSH_PATH).rstrip("/")
    if "/loki/api/" in base + "/":
        raise LokiSettingsError(
            f"LOKI_URL={given} is an address within Loki's API. Leave it at the base URL, {_EXAMPLE}."
        )
    return base


def _split(given: str) -> SplitResult:
    wanted = f"an HTTP(S) URL is wanted, {_EXAMPLE}"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise LokiSettingsError(
            f"LOKI_URL={_without_userinfo(given)} is no URL: {error}; {wanted}."
        ) from error
    if not given.startswith(tuple(f"{scheme}://" for scheme in _SCHEMES)) or not parts.hostname or port == 0:
        raise LokiSettingsError(
            f"LOKI_URL={_without_userinfo(given)} is no HTTP(S) URL with a host; {wanted}."
        )
    if re.search(r"[^!-~]", given):
        raise LokiSettingsError(
            f"LOKI_URL={_without_userinfo(given)!r} holds a space or another character that is not allowed in a URL; "
            f"{wanted}."
        )
    return parts


def _without_userinfo(url: str) -> str:
    """Hide what may be a password."""
    return re.sub(r"[^/@]*@", "…@", url)
