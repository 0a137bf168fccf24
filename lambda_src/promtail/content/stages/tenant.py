"""The `tenant` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/tenant/."""

from ...entry import Entry
from ..tenants import TENANT_ID, TENANTS_ALLOWED
from .members import Members
from .stage import Stage
from .values import as_text


class TenantStage(Stage):
    """Sets the tenant from a label, an extracted value or a fixed value.

    A value that is not there leaves the tenant as it is, and so does one that Loki would refuse: it may come from the
    line, and must not end up in a header unseen.
    """

    def __init__(self, *, label: str | None, source: str | None, value: str | None) -> None:
        self._label = label
        self._source = source
        self._value = value

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        if self._label is not None:
            tenant = entry.labels.get(self._label)
        elif self._source is not None:
            tenant = as_text(entry.extracted.get(self._source))
        else:
            tenant = self._value
        if tenant is not None and TENANT_ID.fullmatch(tenant):
            entry.tenant = tenant
        return None


def parse_tenant(value: object, location: str) -> Stage:
    """Make a `tenant` stage."""
    names = ("label", "source", "value")
    members = Members(value, location, names)
    label, source, fixed = (members.string(name) or None for name in names)
    if sum(item is not None for item in (label, source, fixed)) != 1:
        raise members.problem("exactly one of label, source and value must be set.")
    if fixed is not None and not TENANT_ID.fullmatch(fixed):
        raise members.error("value", TENANTS_ALLOWED)
    return TenantStage(label=label, source=source, value=fixed)
