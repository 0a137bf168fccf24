"""Everything that can go wrong, as errors whose messages name the input, the reason and the remedy."""


class PromtailError(Exception):
    """Base of all errors that this function raises on purpose."""


class ConfigurationError(PromtailError):
    """An environment variable has a value that cannot be used. The message never holds a secret."""


class EventError(PromtailError):
    """The event, or one record of it, is not a notification of S3."""


class SourceError(PromtailError):
    """An object could not be read from S3."""


class ObjectGoneError(SourceError):
    """The object, or the version that the event names, is no longer there."""


class AccessError(SourceError):
    """S3 refused access to the object."""


class CorruptObjectError(SourceError):
    """The object's content is not what it says it is: broken or cut off gzip, or a line without an end."""


class PushError(PromtailError):
    """Loki did not take a batch."""


class ContentRefusedError(PushError):
    """Loki refused what a push holds, and may have taken some of its lines. Other pushes may well be taken."""


class DeadlineError(PromtailError):
    """The invocation's time is too short to go on."""


class DeliveryError(PromtailError):
    """At least one object of an event was not delivered completely."""
