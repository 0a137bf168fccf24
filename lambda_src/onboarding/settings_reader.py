"""Reads the settings of an onboarding from JSON, and says which member is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from onboarding.errors import SettingsError
from onboarding.settings import Bucket, Hub, Kind, OnDestroy, Selection, Settings

# Ids of statements are made of the name: two names must not make one id, hence no digits after hyphens at will, no
# doubled hyphens and no capitals. 32 characters keep the names of parameters and rules within AWS's limits.
_NAME = r"[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*"
_ACCOUNT = r"[0-9]{12}"
_LOAD_BALANCER = (
    rf"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:{_ACCOUNT}:loadbalancer/(app|net|gwy)/[^/]+/[^/]+"
)
_KINDS = {"access": Kind.ACCESS, "connection": Kind.CONNECTION, "health_check": Kind.HEALTH_CHECK}
# "S3 general purpose bucket naming rules" (S3 user guide).
_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
# Without `*`, which is allowed in a key, but a pattern in a policy.
_PREFIX = r"[A-Za-z0-9!_.'()-]+(/[A-Za-z0-9!_.'()-]+)*"


def read_settings(mapping: Mapping[str, Any]) -> Settings:
    """Read the settings; a member that is missing or null has its default.

    Args:
        mapping: The JSON object that Terraform, CloudFormation and EventBridge hand over.

    Raises:
        SettingsError: A member is missing, unknown, of another type or out of its range; the message names it.
    """
    top = _Object(mapping, "")
    top.ignore("resume", "rerun", "tf")
    settings = Settings(
        name=top.text(
            "name",
            rf"(?=.{{1,32}}\Z){_NAME}",
            "words of small letters and digits, joined by hyphens, at "
            "most 32 characters, for example alb-onboarding",
            required=True,
        ),
        selection=_selection(top.object("selection")),
        kinds=_kinds(top.object("logs")),
        bucket=_bucket(top.object("bucket")),
        **_readers(top.object("readers")),
        topic_arn=top.text("topic_arn", r"arn:aws[a-z-]*:sns:[^:]+:[0-9]{12}:.+", "the ARN of an SNS topic"),
        hub=_hub(top),
        elb_account_id=top.text("elb_account_id", _ACCOUNT, "an account id of 12 digits, as a string"),
        force=top.flag("force"),
        on_destroy=OnDestroy(top.text("on_destroy", "restore|keep", "restore or keep") or OnDestroy.RESTORE),
        dry_run=top.flag("dry_run"),
    )
    top.end()
    return settings


def _selection(given: _Object) -> Selection:
    selection = Selection(
        arns=given.texts("arns", _LOAD_BALANCER, "ARNs of load balancers (…:loadbalancer/app/<name>/<id>)"),
        names=given.texts(
            "names", r"[A-Za-z0-9-]{1,32}", "names of load balancers: letters, digits and hyphens"
        ),
        name_patterns=given.texts(
            "name_patterns", r"[A-Za-z0-9*?-]+", "patterns of names: letters, digits, hyphens, * and ?"
        ),
        tags=given.lists_of_texts("tags"),
        all=given.flag("all"),
    )
    given.end()
    if selection == Selection():
        raise SettingsError(
            "selection: it selects nothing; give arns, names, name_patterns or tags, or all = true."
        )
    return selection


def _kinds(given: _Object) -> tuple[Kind, ...]:
    kinds = tuple(kind for name, kind in _KINDS.items() if given.flag(name, default=kind is Kind.ACCESS))
    given.end()
    if not kinds:
        raise SettingsError(
            "logs: no kind of log is switched on; set access, connection or health_check to true."
        )
    return kinds


def _bucket(given: _Object) -> Bucket:
    bucket = Bucket(
        name=given.text("name", _BUCKET, "the name of a bucket, or empty"),
        create=given.flag("create", default=True),
        prefix=given.text("prefix", _PREFIX, "words joined by slashes, without slashes at the ends"),
        expiration_days=given.number("expiration_days", default=30, least=1),
    )
    given.end()
    if not bucket.name and not bucket.create:
        raise SettingsError(
            "bucket.name: it is empty, and create is false; name a bucket, or set create to true."
        )
    if "AWSLogs" in bucket.prefix:
        raise SettingsError(
            f"bucket.prefix: {bucket.prefix!r} contains AWSLogs, which Elastic Load Balancing puts behind the prefix "
            "itself and refuses in it; leave it out."
        )
    return bucket


def _readers(given: _Object) -> dict[str, Any]:
    readers = {
        "reader_arns": given.texts(
            "arns",
            rf"arn:aws[a-z-]*:iam::{_ACCOUNT}:(root|(role|user)/.+)",
            "ARNs of accounts (arn:aws:iam::<account>:root), roles or users",
        ),
        "reader_organization_id": given.text(
            "organization_id", "o-[a-z0-9]{10,32}", "an organization's id (o-…)"
        ),
    }
    given.end()
    if readers["reader_organization_id"] and not readers["reader_arns"]:
        raise SettingsError(
            "readers.organization_id: it is a condition on readers.arns, which is empty; name the accounts, roles or "
            "users of the organization that may read."
        )
    return readers


def _hub(top: _Object) -> Hub | None:
    given = top.object("hub")
    if given.is_missing:
        return None
    hub = Hub(
        role_arn=given.text(
            "role_arn", rf"arn:aws[a-z-]*:iam::{_ACCOUNT}:role/.+", "the ARN of the hub's role", required=True
        ),
        queue_arn=given.text(
            "queue_arn", rf"arn:aws[a-z-]*:sqs:[^:]+:{_ACCOUNT}:.+", "the ARN of an SQS queue"
        ),
        function_arn=given.text(
            "function_arn", rf"arn:aws[a-z-]*:lambda:[^:]+:{_ACCOUNT}:function:.+", "the ARN of a function"
        ),
    )
    given.end()
    if bool(hub.queue_arn) == bool(hub.function_arn):
        raise SettingsError(
            "hub: give one of queue_arn and function_arn, as the hub's output for_spokes has them."
        )
    return hub


class _Object:
    """A JSON object, of which each member is asked for once."""

    def __init__(self, value: Any, path: str) -> None:
        if value is not None and not isinstance(value, Mapping):
            raise SettingsError(f"{path or 'settings'}: an object is needed, not {value!r}.")
        self._path = path
        self._left = {key: member for key, member in (value or {}).items() if member is not None}
        self.is_missing = value is None

    def object(self, name: str) -> _Object:
        return _Object(self._left.pop(name, None), self._at(name))

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self._left.pop(name, default)
        if not isinstance(value, bool):
            raise SettingsError(f"{self._at(name)}: true or false is needed, not {value!r}.")
        return value

    def number(self, name: str, *, default: int, least: int) -> int:
        value = self._left.pop(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise SettingsError(f"{self._at(name)}: a whole number from {least} is needed, not {value!r}.")
        return value

    def text(self, name: str, pattern: str, needed: str, *, required: bool = False) -> str:
        value = self._left.pop(name, "")
        if value == "" and not required:
            return ""
        return _matching(value, pattern, self._at(name), needed)

    def texts(self, name: str, pattern: str, needed: str) -> tuple[str, ...]:
        return _each(
            self._left.pop(name, []), self._at(name), lambda value, at: _matching(value, pattern, at, needed)
        )

    def lists_of_texts(self, name: str) -> dict[str, tuple[str, ...]]:
        given = _Object(self._left.pop(name, None), self._at(name))
        lists = {key: given.texts(key, r"(?s).*", "strings") for key in list(given._left)}
        for key, values in lists.items():
            if not values:
                raise SettingsError(f"{self._at(name)}.{key}: it has no values; * stands for any value.")
        return lists

    def ignore(self, *names: str) -> None:
        for name in names:
            self._left.pop(name, None)

    def end(self) -> None:
        """Refuse what nobody has asked for."""
        for name in self._left:
            raise SettingsError(
                f"{self._at(name)}: there is no such setting; leave it out, or mend its name."
            )

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def _each(values: Any, path: str, read: Callable[[Any, str], str]) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise SettingsError(f"{path}: a list is needed, not {values!r}.")
    return tuple(read(value, f"{path}[{number}]") for number, value in enumerate(values))


def _matching(value: Any, pattern: str, path: str, needed: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise SettingsError(f"{path}: {needed} is needed, not {value!r}.")
    return value
