"""The function's settings: environment variables, read and checked once, at start."""

from .read import read_settings
from .settings import BasicAuth, BearerToken, Settings

__all__ = ["BasicAuth", "BearerToken", "Settings", "read_settings"]
