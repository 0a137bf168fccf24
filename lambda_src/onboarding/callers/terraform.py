"""Terraform's `aws_lambda_invocation`: the settings, with what Terraform does in the member `tf`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onboarding.action import Action
from onboarding.answer import answer
from onboarding.aws import Clients
from onboarding.errors import EndedError, RunError, SettingsError
from onboarding.logs import log_report
from onboarding.place import find_place
from onboarding.report import Report
from onboarding.run import perform
from onboarding.settings import Settings
from onboarding.settings_reader import read_settings
from onboarding.state.last_failure import LastFailure

_LOG = logging.getLogger(__name__)
_ACTIONS = (Action.CREATE, Action.UPDATE, Action.DELETE)


def handle(
    event: Mapping[str, Any], clients: Clients, run: str, deadline: Callable[[], float]
) -> dict[str, Any]:
    """Create, update or delete an onboarding.

    Create and update return their failures, also what ends the whole run: Terraform keeps the invocation in its state
    then, and a precondition of the module's outputs fails the apply. Delete raises: Terraform keeps the resource then,
    so that destroy can be repeated.

    Args:
        event: The settings, and `tf.action`.
        clients: AWS.
        run: An id of this run.
        deadline: The seconds that are left.

    Returns:
        The answer of `onboarding.answer`.

    Raises:
        SettingsError: It is not said what to do, or an onboarding to take back has no name.
        RunError: Something could not be taken back; the message lists what.
    """
    action = _action(event)
    if action is Action.DELETE:
        return _take_back(event, clients, run, deadline)
    try:
        settings = replace(read_settings(event), owns_topic=True)
    except SettingsError as error:
        return _aborted(event, action, f"The settings cannot be understood. {error}")
    mark = LastFailure(clients.ssm, settings.name, str(event.get("resume", "")))
    try:
        mark.begin(run)
    except Exception as error:
        _LOG.exception("The run could not begin.")
        remedy = "Mend that, then run again with another value of `rerun`: the mark of this failure could not be set."
        return _aborted(event, action, f"The run could not begin: {_told(error)}. {remedy}")
    try:
        report = perform(action, settings, clients, find_place(clients), deadline=deadline, check=mark.check)
        log_report(report)
        if settings.dry_run or not report.failures:
            mark.succeed()
    except EndedError as error:
        return _aborted(event, action, str(error))
    except (
        Exception
    ) as error:  # Raised by an update, it would be forgotten: see onboarding.state.last_failure.
        _LOG.exception("The run ended in an error.")
        return _aborted(event, action, f"The run ended early: {_told(error)}. Mend that, then run again.")
    return answer(report)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(".")


def _aborted(event: Mapping[str, Any], action: Action, why: str) -> dict[str, Any]:
    return answer(Report(str(event.get("name", "")), action, event.get("dry_run") is True, aborted=why))


def _take_back(
    event: Mapping[str, Any], clients: Clients, run: str, deadline: Callable[[], float]
) -> dict[str, Any]:
    # The resource is gone afterwards: a dry run would leave behind what nobody knows of.
    settings = replace(_settings_to_take_back(event), dry_run=False, owns_topic=True)
    LastFailure(clients.ssm, settings.name).end(run)
    report = perform(Action.DELETE, settings, clients, find_place(clients), deadline=deadline)
    log_report(report)
    if report.failures:
        raise RunError("Not everything could be taken back.", report.failures)
    return answer(report)


def _settings_to_take_back(event: Mapping[str, Any]) -> Settings:
    """The settings; of an event that cannot be understood, what is needed: the saved state has the rest.

    Terraform's state keeps the input of a failed update, and gives that when it destroys.
    """
    try:
        return read_settings(event)
    except SettingsError as error:
        _LOG.warning("The event cannot be understood, so the onboarding is taken back by its name: %s", error)
        needed = {name: event[name] for name in ("name", "on_destroy") if name in event}
        return read_settings({**needed, "selection": {"all": True}})


def _action(event: Mapping[str, Any]) -> Action:
    terraform = event.get("tf")
    action = terraform.get("action") if isinstance(terraform, Mapping) else None
    if action not in _ACTIONS:
        raise SettingsError(
            f"tf.action: {action!r} is none of create, update and delete. Invoke the function by an "
            'aws_lambda_invocation with lifecycle_scope = "CRUD", or add {"tf": {"action": "update"}} to the event.'
        )
    return Action(action)
