"""EventBridge's event of load balancers that have just been made, as the rule's input transformer makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from onboarding.action import Action
from onboarding.answer import answer
from onboarding.aws import Clients
from onboarding.errors import RunError, SettingsError
from onboarding.logs import log_report
from onboarding.place import find_place
from onboarding.run import perform
from onboarding.settings_reader import read_settings
from onboarding.state.last_failure import LastFailure


def is_event(event: Mapping[str, Any]) -> bool:
    """Tell its events from others."""
    return "onboarding" in event


def handle(event: Mapping[str, Any], clients: Clients, deadline: Callable[[], float]) -> dict[str, Any]:
    """Onboard the load balancers of the event that the selection selects.

    Args:
        event: The settings in `onboarding`, what CreateLoadBalancer has answered in `load_balancers`, and when in
            `time`.
        clients: AWS.
        deadline: The seconds that are left.

    Returns:
        The answer of `onboarding.answer`.

    Raises:
        SettingsError: The event cannot be understood.
        EndedError: The onboarding has ended.
        RunError: Not all could be onboarded. Lambda then invokes the function again, and gives up to the dead-letter
            queue.
    """
    settings = replace(read_settings(event["onboarding"]), owns_topic=True)
    arns = _arns(event)
    mark = LastFailure(clients.ssm, settings.name)
    mark.watch()
    report = perform(
        Action.CREATED,
        settings,
        clients,
        find_place(clients),
        only=arns,
        age=_age(event),
        deadline=deadline,
        check=mark.check,
    )
    log_report(report)
    if report.failures:
        raise RunError("Not all load balancers could be onboarded.", report.failures)
    return answer(report)


def _arns(event: Mapping[str, Any]) -> list[str]:
    try:
        return [str(made["loadBalancerArn"]) for made in event["load_balancers"]]
    except (KeyError, TypeError) as error:
        raise SettingsError(
            "load_balancers: a list of objects with loadBalancerArn is needed, as CloudTrail's event of "
            f"CreateLoadBalancer has it in responseElements.loadBalancers, not {event.get('load_balancers')!r}."
        ) from error


def _age(event: Mapping[str, Any]) -> float:
    """The seconds since the event; 0 where it does not say when it was: then what is not there counts as too new."""
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(event["time"])).total_seconds()
    except (KeyError, TypeError, ValueError):
        return 0.0
