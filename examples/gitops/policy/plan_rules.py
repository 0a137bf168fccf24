"""What a plan must not do. Each rule gives one line for each place where a plan breaks it; none means that it is kept.

Plans are in Terraform's JSON form: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Plan = Mapping[str, Any]
Settings = Mapping[str, Any]

# What goes with them cannot be made again: logs, and messages that could not be delivered yet.
_HOLD_DATA = ("aws_s3_bucket", "aws_sqs_queue")


def destroyed_data(plan: Plan, settings: Settings) -> list[str]:
    """Buckets and queues that the plan destroys or replaces, other than those in `may_be_destroyed`."""
    return [
        f"{change['address']}: {' and '.join(change['change']['actions'])}"
        for change in _managed(plan)
        if change["type"] in _HOLD_DATA
        and "delete" in change["change"]["actions"]
        and change["address"] not in settings["may_be_destroyed"]
    ]


def outside_regions(plan: Plan, settings: Settings) -> list[str]:
    """Providers and resources of other regions than `regions`."""
    allowed = settings["regions"]
    providers = [
        f"provider {name}: its region is {region or 'not in the configuration'}"
        for name, region in _provider_regions(plan)
        if region not in allowed
    ]
    resources = [
        f"{change['address']}: is in {region}"
        for change, after in _planned(plan)
        if (region := _region(after)) and region not in allowed
    ]
    return providers + resources


def queues_without_dead_letters(plan: Plan, _settings: Settings) -> list[str]:
    """Queues other than `dead_letter` from which a message that fails again and again would be lost."""
    return [
        f"{change['address']}: has no redrive_policy"
        for change, after in _planned(plan)
        if change["type"] == "aws_sqs_queue"
        and change["name"] != "dead_letter"
        and not after.get("redrive_policy")
        and not change["change"]["after_unknown"].get("redrive_policy")
    ]


def wildcard_actions(plan: Plan, _settings: Settings) -> list[str]:
    """Statements of policies, of identities and of resources, that allow actions by a wildcard.

    A policy with a value in it that only the apply knows is unknown as a whole: it is judged at the next plan, and
    until then the permissions boundary holds.
    """
    return [
        f"{change['address']}: allows {action}"
        for change, after in _planned(plan)
        for statement in _statements(after)
        if statement.get("Effect") == "Allow"
        for action in _wildcards(statement)
    ]


def _managed(plan: Plan) -> list[Mapping[str, Any]]:
    return [change for change in plan.get("resource_changes", ()) if change["mode"] == "managed"]


def _planned(plan: Plan) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every resource that is there after the plan, with what is known of it."""
    for change in _managed(plan):
        if change["change"]["after"] is not None:
            yield change, change["change"]["after"]


def _provider_regions(plan: Plan) -> Iterator[tuple[str, str | None]]:
    for key, provider in plan["configuration"].get("provider_config", {}).items():
        expression = provider.get("expressions", {}).get("region", {})
        variable = next(iter(expression.get("references", ())), "").removeprefix("var.")
        yield key, expression.get("constant_value", plan.get("variables", {}).get(variable, {}).get("value"))


def _region(values: Mapping[str, Any]) -> str | None:
    arn = str(values.get("arn") or "").split(":")
    named = values.get("region") or (arn[3] if len(arn) > 5 else "")
    return str(named) or None


def _statements(value: Any) -> Iterator[Mapping[str, Any]]:
    """The statements of all policies that are somewhere in a value: policies are strings of JSON."""
    if isinstance(value, Mapping):
        yield from _statements(list(value.values()))
    elif isinstance(value, list):
        for member in value:
            yield from _statements(member)
    elif isinstance(value, str) and '"Statement"' in value:
        found = json.loads(value)["Statement"]
        yield from found if isinstance(found, list) else [found]


def _wildcards(statement: Mapping[str, Any]) -> list[str]:
    if "NotAction" in statement:
        return ["all actions but some (NotAction)"]
    actions = statement["Action"]
    return [action for action in ([actions] if isinstance(actions, str) else actions) if "*" in action]
