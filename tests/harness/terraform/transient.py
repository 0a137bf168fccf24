"""Errors of Terraform that go away by themselves."""

import re
from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from tests.harness.terraform.errors import TerraformError

# Named, so that a retry can be told and understood. No error of an API that means "no" belongs here.
TRANSIENT: dict[str, re.Pattern[str]] = {
    "registry not reached": re.compile(r"(could not connect to|failed to request discovery).*registry", re.I),
    "registry time-out": re.compile(
        r"registry.*(Client\.Timeout|context deadline exceeded|TLS handshake timeout)"
    ),
    "download broke off": re.compile(r"(unexpected EOF|connection reset by peer)"),
    "provider did not start": re.compile(r"timeout while waiting for plugin to start", re.I),
    "text file busy": re.compile(r"text file busy"),
    "bucket notification validated before its permission was in place": re.compile(
        r"Unable to validate the following destination configurations"
    ),
}
_ATTEMPTS = 3


def name_of_transient(error: BaseException) -> str | None:
    """The name of the transient error in the table, or None for one that is to stand."""
    if not isinstance(error, TerraformError):
        return None
    return next((name for name, pattern in TRANSIENT.items() if pattern.search(error.message)), None)


def retrying(tell: Callable[[str], None]) -> Retrying:
    """Up to three attempts, a few seconds apart; `tell` hears of each repetition."""

    def before_sleep(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if error is not None:
            tell(f"attempt {state.attempt_number} failed ({name_of_transient(error)}); trying again")

    return Retrying(
        retry=retry_if_exception(lambda error: name_of_transient(error) is not None),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_exponential(multiplier=1, max=10),
        before_sleep=before_sleep,
        reraise=True,
    )
