"""The Authorization header of pushes."""

import threading
from base64 import b64encode
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from ..settings.read import check_token, check_username
from ..settings.settings import BasicAuth, BearerToken

if TYPE_CHECKING:
    from ..secrets import Secrets


class Authentication:
    """Makes the header from credentials, which may be secrets that change while the function lives.

    Args:
        credentials: User name and password, or token; None for no header.
        secrets: Where secrets are looked up.
    """

    def __init__(self, credentials: BasicAuth | BearerToken | None, secrets: "Secrets") -> None:
        self._credentials = credentials
        self._secrets = secrets
        self._lock = threading.Lock()

    @property
    def fetched(self) -> bool:
        """Whether the header holds what is fetched from AWS, so that making it may take its time."""
        match self._credentials:
            case BasicAuth(username, password):
                return not (isinstance(username, str) and isinstance(password, str))
            case BearerToken(token):
                return not isinstance(token, str)
        return False

    def header(self) -> str | None:
        """Return the header's value; None for no header.

        Raises:
            SecretError: A secret could not be read.
            ConfigurationError: A secret holds what a header cannot carry.
        """
        match self._credentials:
            case BasicAuth(username, password):
                pair = (
                    f"{check_username(self._secrets.resolve('USERNAME', username))}:"
                    f"{self._secrets.resolve('PASSWORD', password)}"
                )
                try:
                    return "Basic " + b64encode(pair.encode()).decode()
                except (
                    UnicodeEncodeError
                ):  # Whose own text would not hold the pair, but whose traceback would.
                    raise ConfigurationError(
                        "USERNAME or PASSWORD holds half of a character (a lone surrogate). Store them again."
                    ) from None
            case BearerToken(token):
                return f"Bearer {check_token(self._secrets.resolve('BEARER_TOKEN', token))}"
        return None

    def renew(self, rejected: str | None) -> bool:
        """Look the secrets up again, after Loki rejected this header. Return whether there may be another one now.

        Several pushes in flight are rejected together: only the first of them asks for the secrets.
        """
        with self._lock:
            if self.header() != rejected:
                return True
            return self._secrets.forget() and self.header() != rejected
