"""Everything that can go wrong, as errors whose messages name the input, the reason and the remedy."""


class PromtailError(Exception):
    """Base of all errors that this function raises on purpose."""


class ConfigurationError(PromtailError):
    """An environment variable has a value that cannot be used. The message never holds a secret."""


class EventError(PromtailError):
    """The event, or one record of it, is none that this function understands."""


class SourceError(PromtailError):
    """An object could not be read from S3."""


class ObjectGoneError(SourceError):
    """The object, or the version that the event names, is no longer there."""


class AccessError(SourceError):
    """S3 refused access to the object."""


class CorruptObjectError(SourceError):
    """The object's content is not what it says it is: broken or cut off gzip or JSON."""


class PushError(PromtailError):
    """Loki did not take a batch.

    Attributes:
        requests: HTTP requests that were made for it.
    """

    requests: int = 1


class ContentRefusedError(PushError):
    """Loki refused what a push holds, and may have taken some of its lines. Other pushes may well be taken.

    Attributes:
        status: The HTTP status.
        answer: What Loki said.
    """

    def __init__(self, message: str, status: int, answer: str) -> None:
        super().__init__(message)
        self.status = status
        self.answer = answer


class DeadlineError(PromtailError):
    """The invocation's time is too short to go on."""


class DeliveryError(PromtailError):
    """At least one source of an event was not delivered completely."""


class SecretError(PromtailError):
    """A secret could not be read. The message names the variable and the ARN, never the value."""


class ParkingError(PromtailError):
    """What Loki refused could not be parked."""
