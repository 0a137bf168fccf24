"""A run: from the settings to the report."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

from onboarding.action import Action
from onboarding.aws import Clients
from onboarding.report import Report
from onboarding.settings import Place, Settings

Progress = Callable[[int, int, str], None]
"""Is told how many load balancers of how many are done, and what is being done, as in `Progress(3, 8, "reading")`."""


def perform(
    action: Action,
    settings: Settings,
    clients: Clients,
    place: Place,
    *,
    only: Collection[str] = (),
    progress: Progress = lambda _done, _total, _what: None,
    deadline: Callable[[], float] = lambda: math.inf,
) -> Report:
    """Do what `action` says, and report it.

    Failures of single load balancers and buckets are in the report and do not end the run.

    Args:
        action: What the run is for.
        settings: What is wanted. Its `dry_run` holds for every action.
        clients: AWS, in the account and region of `place`.
        place: Where.
        only: With `Action.CREATED`, the ARNs of the load balancers that have just been made.
        progress: Is told how far the run is.
        deadline: The seconds that are left; nothing new is begun shortly before they end.

    Raises:
        botocore.exceptions.ClientError: The load balancers or the saved state cannot be listed at all.
    """
    raise NotImplementedError
