"""The connections to Loki, and whom they trust."""

import ssl
from typing import TYPE_CHECKING

import urllib3

from ..errors import ConfigurationError
from ..logs import LOGGER

if TYPE_CHECKING:
    from ..secrets import Secrets
    from ..settings import Settings


def connection_pool(settings: "Settings", secrets: "Secrets") -> urllib3.PoolManager:
    """Return a pool of as many connections as there may be pushes in flight.

    Raises:
        ConfigurationError: CA_BUNDLE holds no certificates.
        SecretError: CA_BUNDLE names a secret that cannot be read.
    """
    context: ssl.SSLContext | None = None
    if settings.skip_tls_verify:
        LOGGER.warning(
            "SKIP_TLS_VERIFY is true: whoever answers at WRITE_ADDRESS gets the log lines and the credentials. "
            "Trust Loki's own authority by CA_BUNDLE instead."
        )
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif settings.ca_bundle is not None:
        context = _trusting(secrets.resolve("CA_BUNDLE", settings.ca_bundle))
    return urllib3.PoolManager(num_pools=1, maxsize=settings.push_concurrency, ssl_context=context)


def _trusting(bundle: str) -> ssl.SSLContext:
    try:
        if "-----BEGIN" in bundle:
            return ssl.create_default_context(cadata=bundle)
        return ssl.create_default_context(cafile=bundle)
    except (ssl.SSLError, OSError) as error:
        raise ConfigurationError(
            f"CA_BUNDLE holds no certificates that can be used: {error}. It must be certificates in PEM "
            "(-----BEGIN CERTIFICATE-----), the path of a file of them, or the ARN of a secret that holds them."
        ) from error
