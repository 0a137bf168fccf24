"""What can go wrong with a load balancer, a bucket or the request itself."""

from collections.abc import Sequence


class OnboardingError(Exception):
    """The base of all that is said to a user. The message names the input, the reason and the remedy."""


class SettingsError(OnboardingError):
    """The request cannot be understood. Nothing was looked at."""


class RefusalError(OnboardingError):
    """A load balancer or a bucket is as the onboarding must not or cannot work with it. Nothing of it was changed.

    Attributes:
        found: What was found, as a sentence.
        remedy: What to do about it, as a sentence.
    """

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(f"{found} {remedy}")
        self.found = found
        self.remedy = remedy


class OutOfTimeError(OnboardingError):
    """The invocation's time is used up; running again goes on."""


class EndedError(OnboardingError):
    """The onboarding was deleted while a run was under way, or before it."""

    def __init__(self) -> None:
        super().__init__(
            "The onboarding has been deleted meanwhile, so that nothing is onboarded, and what this run had done is "
            "taken back. If it is to go on, create it again."
        )


class RunError(OnboardingError):
    """A run has ended with failures.

    Args:
        what: What has failed, as a sentence.
        failures: A sentence for each of them.
    """

    def __init__(self, what: str, failures: Sequence[str]) -> None:
        super().__init__("\n- ".join([what, *failures]))
