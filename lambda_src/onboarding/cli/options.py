"""The options of the command line, and the settings that they make."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

_SELECTION = "Which load balancers: those that any of these selects"
_LOGS = "Which logs, and where"
_READERS = "Who gets the logs"
_RUN = "How it runs"


class Format(StrEnum):
    """How the report is written."""

    TABLE = "table"
    JSON = "json"


class LogKind(StrEnum):
    """A kind of log, as the settings name it."""

    ACCESS = "access"
    CONNECTION = "connection"
    HEALTH_CHECK = "health_check"


class OnDestroyChoice(StrEnum):
    """What becomes of load balancers and buckets."""

    RESTORE = "restore"
    KEEP = "keep"


Arns = Annotated[
    list[str] | None,
    typer.Option("--arn", help="ARN of a load balancer. Repeatable.", rich_help_panel=_SELECTION),
]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help="Name of a load balancer. Repeatable.", rich_help_panel=_SELECTION),
]
NamePatterns = Annotated[
    list[str] | None,
    typer.Option(
        help="Pattern of names; * stands for any characters, ? for one. Repeatable.",
        rich_help_panel=_SELECTION,
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="KEY=VALUE",
        help="A tag that it has to have; * and ? as in patterns. Repeatable: it has to have all keys, with one of the "
        "values given for each.",
        rich_help_panel=_SELECTION,
    ),
]
All = Annotated[
    bool,
    typer.Option(
        "--all", help="All Application Load Balancers of account and region.", rich_help_panel=_SELECTION
    ),
]
Logs = Annotated[
    list[LogKind] | None,
    typer.Option(help="A kind of log; access without it. Repeatable.", rich_help_panel=_LOGS),
]
Bucket = Annotated[
    str,
    typer.Option(
        help="Bucket of load balancers that do not log yet; without it, NAME-ACCOUNT-REGION with the onboarding's "
        "name. Others keep theirs.",
        show_default=False,
        rich_help_panel=_LOGS,
    ),
]
Create = Annotated[
    bool,
    typer.Option("--create/--no-create", help="Make the bucket when it is not there.", rich_help_panel=_LOGS),
]
Prefix = Annotated[
    str,
    typer.Option(
        help="Key prefix of the logs, in front of AWSLogs.", show_default=False, rich_help_panel=_LOGS
    ),
]
ExpirationDays = Annotated[
    int,
    typer.Option(help="After how many days a bucket made here deletes its logs.", rich_help_panel=_LOGS),
]
ElbAccountId = Annotated[
    str,
    typer.Option(
        help="The region's account of Elastic Load Balancing, which delivers beside the service principal: the older "
        "way.",
        show_default=False,
        rich_help_panel=_LOGS,
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Move load balancers that log elsewhere, too.", rich_help_panel=_LOGS),
]
Readers = Annotated[
    list[str] | None,
    typer.Option(
        "--reader",
        help="ARN of an account (…:root), role or user that may read the logs. Repeatable.",
        rich_help_panel=_READERS,
    ),
]
OrganizationId = Annotated[
    str,
    typer.Option(
        help="The organization that readers have to be in.", show_default=False, rich_help_panel=_READERS
    ),
]
HubRoleArn = Annotated[
    str,
    typer.Option(
        help="The hub's role, of its output for_spokes.", show_default=False, rich_help_panel=_READERS
    ),
]
HubQueueArn = Annotated[
    str,
    typer.Option(
        help="The hub's queue, of for_spokes; this or --hub-function-arn.",
        show_default=False,
        rich_help_panel=_READERS,
    ),
]
HubFunctionArn = Annotated[
    str,
    typer.Option(
        help="The hub's function, in its mode direct.", show_default=False, rich_help_panel=_READERS
    ),
]
TopicArn = Annotated[
    str,
    typer.Option(
        help="An SNS topic that S3 tells of new logs instead of the hub.",
        show_default=False,
        rich_help_panel=_READERS,
    ),
]
Onboarding = Annotated[
    str,
    typer.Option(
        help="Name of the onboarding, which remembers what it has done. Two of one name would undo each other's work.",
        rich_help_panel=_RUN,
    ),
]
TakeOver = Annotated[
    bool,
    typer.Option(
        "--take-over",
        help="Go on with an onboarding of Terraform's or CloudFormation's, whose state or stack is lost.",
        rich_help_panel=_RUN,
    ),
]
Profile = Annotated[
    str | None, typer.Option(help="A profile of the AWS configuration.", rich_help_panel=_RUN)
]
Region = Annotated[
    str | None, typer.Option(help="The region; the profile's without it.", rich_help_panel=_RUN)
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Report what would be done, and change nothing.", rich_help_panel=_RUN),
]
Destroy = Annotated[
    bool,
    typer.Option(
        "--destroy",
        help="Take everything of this onboarding back, whatever it had selected.",
        rich_help_panel=_RUN,
    ),
]
OnDestroyOption = Annotated[
    OnDestroyChoice,
    typer.Option(
        "--on-destroy",
        help="What becomes of load balancers and buckets with --destroy, or when they are no longer selected: put back "
        "to what they were, or kept as they are and forgotten. Logs stay in any case.",
        rich_help_panel=_RUN,
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask before anything is changed.", rich_help_panel=_RUN)
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="Of the report on standard output.", rich_help_panel=_RUN)
]


def tags(pairs: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each key of `KEY=VALUE` pairs.

    Raises:
        typer.BadParameter: A pair has no key or no `=`.
    """
    found: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not key or not equals:
            raise typer.BadParameter(
                f"{pair!r} is not KEY=VALUE, such as team=shop; team=* stands for any value.",
                param_hint="--tag",
            )
        found.setdefault(key, []).append(value)
    return found


def hub(role_arn: str, queue_arn: str, function_arn: str) -> dict[str, Any] | None:
    """Return the hub, if there is one."""
    if not (role_arn or queue_arn or function_arn):
        return None
    return {"role_arn": role_arn, "queue_arn": queue_arn, "function_arn": function_arn}
