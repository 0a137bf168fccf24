"""CloudFormation's custom resource, which makes, changes and takes back an onboarding.

Whatever happens, CloudFormation gets an answer: it waits for an hour otherwise, and again for the roll-back. Lambda
repeats what ends in an error, and no repetition may do anything once there was an answer: an error is answered, not
raised. Only what could not be answered at all is raised.

The request is the JSON text in the property `Onboarding`, as Terraform gives it, because CloudFormation makes a string
of every number and truth value in properties.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from onboarding.callers.response import Answer, Reply
from onboarding.callers.watchdog import watchdog
from onboarding.errors import OnboardingError, SettingsError

_LOG = logging.getLogger(__name__)
_ACTIONS = {"Create": "create", "Update": "update", "Delete": "delete"}
# Seconds before the end of the invocation. The run itself begins nothing new in the last 20.
_MARGIN = 12.0
# What a failed creation is known by when its name cannot be read: no onboarding can have this name.
_UNNAMED = "UNNAMED"

Onboard = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Does what an event in Terraform's form asks for, and returns the answer to Terraform."""


class Context(Protocol):
    """What is used of Lambda's context."""

    log_group_name: str
    log_stream_name: str

    def get_remaining_time_in_millis(self) -> int:
        """Return how many milliseconds the invocation has left."""
        ...


def is_request(event: Mapping[str, Any]) -> bool:
    """Tell CloudFormation's events from others."""
    return "RequestType" in event and "ResponseURL" in event


def handle(event: Mapping[str, Any], context: Context, onboard: Onboard) -> None:
    """Do what CloudFormation asks for, and answer.

    Args:
        event: The request of a custom resource.
        context: The invocation.
        onboard: Does the work.

    Raises:
        ConnectionError: The answer could not be sent. Nothing was answered, so Lambda may repeat it.
    """
    reply = Reply(event)
    log = f"log stream {context.log_stream_name} of log group {context.log_group_name}"

    def bark() -> None:
        try:
            reply.give(
                Answer(_known_as(event), "Time is up. Updating or creating the stack again goes on.", log=log)
            )
        except Exception:
            _LOG.exception("CloudFormation could not be told that time is up.")
        # CloudFormation rolls back from now on: nothing may be changed beside it.
        os._exit(1)

    with watchdog(context.get_remaining_time_in_millis() / 1000 - _MARGIN, bark):
        reply.give(_answer(event, onboard, log))


def _answer(event: Mapping[str, Any], onboard: Onboard, log: str) -> Answer:
    try:
        result = _delete(event, onboard) if event["RequestType"] == "Delete" else _make(event, onboard)
    except OnboardingError as error:
        return Answer(_known_as(event), str(error), log=log)
    except Exception as error:  # a crash has to be answered too
        _LOG.exception("The request of CloudFormation ended in an error.")
        return Answer(_known_as(event), f"{type(error).__name__}: {error}", log=log)
    failures = result.get("failures", ())
    # Looking has succeeded also where it finds what would be refused: the summary says so.
    looked = result.get("dry_run", False) and not result.get("aborted", "")
    if failures and not looked:
        return Answer(_known_as(event), " ".join(failures), log=log)
    return Answer(
        _known_as(event),
        data={
            "BucketNames": ",".join(result.get("bucket_names", ())),
            "Summary": "\n".join(result.get("summary", ())),
        },
    )


def _make(event: Mapping[str, Any], onboard: Onboard) -> Mapping[str, Any]:
    kind = event["RequestType"]
    if kind not in _ACTIONS:
        raise SettingsError(f"The request type {kind!r} is none of {', '.join(_ACTIONS)}.")
    request = _request(event)
    known_as = event.get("PhysicalResourceId", request.get("name"))
    if request.get("name") != known_as:
        # The role may not work under the former name any more, and what the new one found would be the former's work.
        raise SettingsError(
            f"The name {known_as!r} of an onboarding cannot be changed to {request.get('name')!r}. Delete the stack, "
            "which takes the onboarding back, and create one with the other name."
        )
    return onboard({**request, "tf": {"action": _ACTIONS[kind]}})


def _delete(event: Mapping[str, Any], onboard: Onboard) -> Mapping[str, Any]:
    try:
        request = _request(event)
    except SettingsError as error:
        _LOG.warning(
            "The request cannot be understood, so the onboarding is taken back by its name: %s", error
        )
        request = {"name": _known_as(event)}
    try:
        return onboard({**request, "tf": {"action": "delete"}})
    except SettingsError:
        # No onboarding has such a name: it is what CloudFormation knows one by that could not be created.
        return {}


def _request(event: Mapping[str, Any]) -> dict[str, Any]:
    text = event.get("ResourceProperties", {}).get("Onboarding")
    try:
        request = json.loads(text)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f"The property Onboarding is no JSON text ({error}). Use the template as it is published."
        ) from None
    if not isinstance(request, dict):
        raise SettingsError("The property Onboarding is no JSON object. Use the template as it is published.")
    return request


def _known_as(event: Mapping[str, Any]) -> str:
    """What CloudFormation knows the onboarding by: its name, which stays the same in all answers."""
    known: str | None = event.get("PhysicalResourceId")
    if known:
        return known
    try:
        name = _request(event).get("name")
    except SettingsError:
        return _UNNAMED
    return name if isinstance(name, str) and name else _UNNAMED
