"""Secrets: plain values, or values kept in Secrets Manager or in Systems Manager's Parameter Store.

A variable holds either the secret itself or an ARN, optionally followed by `#` and the name of one member of the JSON
object that is stored there:

    arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf#password
    arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token

The function's role needs secretsmanager:GetSecretValue or ssm:GetParameter for it, and kms:Decrypt if a customer
managed key encrypts it.
"""

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .aws import Clients, error_code
from .errors import ConfigurationError, SecretError
from .logs import LOGGER

_Service = Literal["secretsmanager", "ssm"]

_MEANT_AS_ARN = re.compile(r"\s*arn:[a-z0-9-]*:(secretsmanager|ssm):")
# Allowed characters of names:
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
_ARN = re.compile(
    r"arn:aws[a-z-]*:(?:"
    r"(?P<secretsmanager>secretsmanager):(?P<secret_region>[a-z0-9-]+):[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+"
    r"|ssm:(?P<parameter_region>[a-z0-9-]+):[0-9]{12}:parameter/[A-Za-z0-9/_.-]+"
    r")"
)
_LINE_END = re.compile(r"\r?\n\Z")
_ALLOWED = (
    "the secret itself, arn:aws:secretsmanager:<region>:<account>:secret:<name> or "
    "arn:aws:ssm:<region>:<account>:parameter/<name>, the latter two optionally followed by #<key> to take one member "
    "of a JSON object"
)
_NOT_FOUND = ("ResourceNotFoundException", "ParameterNotFound", "ParameterVersionNotFound")
_DENIED = ("AccessDeniedException", "AccessDenied", "DecryptionFailure", "InvalidKeyId")
_THROTTLED = ("ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded")


@dataclass(frozen=True, slots=True)
class SecretReference:
    """Where a secret is kept.

    Attributes:
        arn: ARN of the secret or parameter.
        key: Name of the member to take from the JSON object that is stored there; None takes the whole value.
        service: `secretsmanager` or `ssm`.
        region: The region where it is kept.
    """

    arn: str
    key: str | None
    service: _Service
    region: str

    def __str__(self) -> str:
        """Return the reference as it is written in a variable."""
        return self.arn if self.key is None else f"{self.arn}#{self.key}"


@dataclass(frozen=True, slots=True)
class _Stored:
    value: str
    fetched_at: float


def parse_secret(name: str, value: str) -> str | SecretReference:
    """Tell a plain value from an ARN.

    Args:
        name: The variable's name.
        value: The variable's value.

    Returns:
        The value itself, or where it is kept.

    Raises:
        ConfigurationError: The value begins like the ARN of a secret or parameter, but is not one. The message does
            not show it, since it might be the secret after all.
    """
    if not _MEANT_AS_ARN.match(value):
        return value
    arn, separator, key = value.partition("#")
    match = _ARN.fullmatch(arn)
    if not match:
        raise ConfigurationError(
            f"{name} begins like the ARN of a secret or parameter, but is not a complete one (the value is not shown). "
            f"It must be {_ALLOWED}; without spaces, and without a version or label."
        )
    if separator and not key:
        raise ConfigurationError(
            f"{name} is the ARN of a secret or parameter and a #, but no key follows. Add the key, or remove the #."
        )
    if match["secretsmanager"]:
        return SecretReference(arn, key or None, "secretsmanager", match["secret_region"])
    return SecretReference(arn, key or None, "ssm", match["parameter_region"])


class Secrets:
    """Fetches secrets and keeps them for a while. All threads may share it.

    An ARN is fetched once, however many variables refer to it.
    """

    def __init__(
        self, clients: Clients, lifetime: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Fetch nothing yet.

        Args:
            clients: Clients of Secrets Manager and Systems Manager.
            lifetime: Seconds after which a value is fetched again when it is next asked for.
            clock: The time in seconds, from any origin.
        """
        self._clients = clients
        self._lifetime = lifetime
        self._clock = clock
        self._lock = (
            threading.Lock()
        )  # Held while fetching: whoever waits for it most often wants the same secret.
        self._stored: dict[str, _Stored] = {}
        self._referred = False

    def resolve(self, name: str, secret: str | SecretReference) -> str:
        """Return a secret's value. One line end at its end is left out: pasting into a console or file adds it.

        When a value cannot be fetched again after its lifetime, the known one stays in use for another lifetime, and
        a warning is logged.

        Args:
            name: The variable's name, for messages.
            secret: What `parse_secret` made of the variable. A plain value is returned as it is.

        Raises:
            SecretError: The secret could not be read, is empty, or has no such key. The message never holds a value.
        """
        if isinstance(secret, str):
            return secret
        stored = self._value(name, secret)
        value = stored if secret.key is None else _member(name, secret, secret.key, stored)
        value = _LINE_END.sub("", value)
        if not value:
            raise SecretError(f"{name} refers to {secret}, whose value is empty. Store the secret there.")
        return value

    def forget(self) -> bool:
        """Drop all known values, so that they are fetched again: Loki refused them, and they may have been rotated.

        Returns:
            True if any secret came from a reference: asking again may give another value.
        """
        with self._lock:
            self._stored.clear()
            return self._referred

    def _value(self, name: str, reference: SecretReference) -> str:
        with self._lock:
            self._referred = True
            now = self._clock()
            known = self._stored.get(reference.arn)
            if known and now - known.fetched_at < self._lifetime:
                return known.value
            try:
                value = self._fetch(name, reference)
            except SecretError as error:
                if not known:
                    raise
                LOGGER.warning(
                    "%s The value fetched before stays in use for another %g s.", error, self._lifetime
                )
                value = known.value
            self._stored[reference.arn] = _Stored(value, now)
            return value

    def _fetch(self, name: str, reference: SecretReference) -> str:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            if reference.service == "ssm":
                parameter = self._clients.ssm(reference.region).get_parameter(
                    Name=reference.arn, WithDecryption=True
                )
                return parameter["Parameter"].get("Value", "")
            secret = self._clients.secretsmanager(reference.region).get_secret_value(SecretId=reference.arn)
        except ClientError as error:
            raise SecretError(_refused(name, reference, error_code(error), str(error))) from error
        except BotoCoreError as error:
            raise SecretError(
                f"{name} could not be read from {reference.arn}: {error}. Check that the function's network has a way "
                f"to {reference.service} in {reference.region}."
            ) from error
        if "SecretString" in secret:
            return secret["SecretString"]
        try:
            return secret["SecretBinary"].decode()
        except UnicodeDecodeError:
            # The error holds the secret: it must not be seen as the cause.
            raise SecretError(
                f"{name} refers to {reference.arn}, which holds binary data that is not UTF-8. Store it as text."
            ) from None


def _refused(name: str, reference: SecretReference, code: str, answer: str) -> str:
    if code in _NOT_FOUND:
        remedy = "Check the ARN, and that the secret has a current value."
    elif code in _DENIED:
        action = (
            "secretsmanager:GetSecretValue" if reference.service == "secretsmanager" else "ssm:GetParameter"
        )
        remedy = (
            f"The function's role must allow {action} for it, and kms:Decrypt if a customer managed key encrypts it; "
            "in another account, the resource policy of the secret and that of the key, too."
        )
    elif code in _THROTTLED:
        remedy = "The account makes more calls than AWS allows; fewer functions at a time make fewer."
    else:
        remedy = "See the state of the secret in the AWS console."
    return f"{name} could not be read from {reference.arn}: {answer}. {remedy}"


def _member(name: str, reference: SecretReference, key: str, stored: str) -> str:
    try:
        document = json.loads(stored)
    except ValueError:
        # The error holds the secret: it must not be seen as the cause.
        raise SecretError(
            f"{name} refers to {reference}, but what is stored there is not JSON. Store a JSON object with the key "
            f"{key!r}, or remove #{key}."
        ) from None
    if not isinstance(document, dict):
        raise SecretError(
            f"{name} refers to {reference}, but what is stored there is not a JSON object. Store a JSON object with "
            f"the key {key!r}, or remove #{key}."
        )
    if key not in document:
        raise SecretError(
            f"{name} refers to {reference}, but the JSON object there has no such key. Its keys are "
            f"{sorted(document)}."
        )
    value = document[key]
    if not isinstance(value, str):
        raise SecretError(
            f"{name} refers to {reference}, whose value is not a string. Store it in quotation marks."
        )
    return value
