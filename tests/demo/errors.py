"""What can go wrong in the demo, and how it is told."""

from __future__ import annotations

from cdktf_app.packaging.errors import PackagingError
from tests.demo.loki import LokiSettingsError
from tests.harness.loki.query import LokiQueryError
from tests.harness.process.run import CommandTimeoutError
from tests.harness.terraform.errors import LeftoverError, TerraformError


class DemoError(RuntimeError):
    """The demo did not get to its end; the message says what was seen, and where to look."""


class ServicesError(RuntimeError):
    """LocalStack or the stand-in for Loki did not start; the message says why."""


FAILURES = (
    CommandTimeoutError,
    DemoError,
    LeftoverError,
    LokiQueryError,
    LokiSettingsError,
    PackagingError,
    ServicesError,
    TerraformError,
)
"""Errors whose message is all that a user needs."""


def message(error: BaseException) -> str:
    """Tell an error, after those in whose clean-up it came up: they are what went wrong first."""
    told = [str(error)]
    before = error.__context__
    while before is not None:
        if isinstance(before, FAILURES) and not any(str(before) in text for text in told):
            told.insert(0, str(before))
        before = before.__context__
    return "\n\n".join(told)
