"""The deployment file's `defaults`: what is under each hub and each spoke."""

from __future__ import annotations

from typing import Any

from cdktf_app.deployment.strict import Strict

_SECTIONS = {"hubs": "hub", "spokes": "spoke"}

Location = tuple[int | str, ...]
"""The place of a field in the file, from the outside in."""


class Defaults(Strict):
    """Fields of hubs and spokes. They are checked with each hub and spoke that they become part of."""

    hub: dict[str, Any] = {}
    spoke: dict[str, Any] = {}


def with_defaults(content: dict[str, Any]) -> dict[str, Any]:
    """Return a file's content with the defaults under each hub and spoke; what is not of this form stays."""
    return content | {
        section: {
            name: _merged(_defaults(content, section), own) if isinstance(own, dict) else own
            for name, own in content[section].items()
        }
        for section in _SECTIONS
        if isinstance(content.get(section), dict)
    }


def origin(content: Any, location: Location) -> Location:
    """Return where the value at a location of the merged content was written in the file."""
    if len(location) > 2 and location[0] in _SECTIONS and not _is_in(content, location):
        section, _, *field = location
        of_defaults = ("defaults", _SECTIONS[str(section)], *field)
        if _is_in(content, of_defaults):
            return of_defaults
    return location


def _defaults(content: dict[str, Any], section: str) -> dict[str, Any]:
    defaults = content.get("defaults")
    of_section = defaults.get(_SECTIONS[section]) if isinstance(defaults, dict) else None
    return of_section if isinstance(of_section, dict) else {}


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    return under | {
        key: _merged(under[key], value)
        if isinstance(value, dict) and isinstance(under.get(key), dict)
        else value
        for key, value in over.items()
    }


def _is_in(content: Any, location: Location) -> bool:
    for part in location:
        match content:
            case dict() if part in content:
                content = content[part]
            case list() if isinstance(part, int) and part < len(content):
                content = content[part]
            case _:
                return False
    return True
