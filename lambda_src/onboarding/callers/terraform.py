"""Terraform's `aws_lambda_invocation`: the settings, with what Terraform does in the member `tf`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onboarding.action import Action
from onboarding.answer import answer
from onboarding.aws import Clients
from onboarding.errors import RunError, SettingsError
from onboarding.logs import log_report
from onboarding.place import find_place
from onboarding.run import perform
from onboarding.settings_reader import read_settings
from onboarding.state.last_failure import note_failure

_ACTIONS = (Action.CREATE, Action.UPDATE, Action.DELETE)


def handle(
    event: Mapping[str, Any], clients: Clients, run: str, deadline: Callable[[], float]
) -> dict[str, Any]:
    """Create, update or delete an onboarding.

    Create and update return their failures: Terraform keeps the invocation in its state then, and a postcondition of
    the module fails the apply. Delete raises: Terraform keeps the resource then, so that destroy can be repeated.

    Args:
        event: The settings, and `tf.action`.
        clients: AWS.
        run: An id of this run.
        deadline: The seconds that are left.

    Returns:
        The answer of `onboarding.answer`.

    Raises:
        SettingsError: The event cannot be understood.
        RunError: Something could not be taken back; the message lists what.
    """
    settings = read_settings(event)
    action = _action(event)
    if action is Action.DELETE:
        # The resource is gone afterwards: a dry run would leave behind what nobody knows of.
        settings = replace(settings, dry_run=False)
    report = perform(action, settings, clients, find_place(clients), deadline=deadline)
    log_report(report)
    if report.failures:
        if action is Action.DELETE:
            raise RunError("Not everything could be taken back.", report.failures)
        note_failure(clients.ssm, settings.name, run)
    return answer(report)


def _action(event: Mapping[str, Any]) -> Action:
    terraform = event.get("tf")
    action = terraform.get("action") if isinstance(terraform, Mapping) else None
    if action not in _ACTIONS:
        raise SettingsError(
            f"tf.action: {action!r} is none of create, update and delete. Invoke the function by an "
            'aws_lambda_invocation with lifecycle_scope = "CRUD", or add {"tf": {"action": "update"}} to the event.'
        )
    return Action(action)
