"""The deployment file's content: hubs, and the spokes that feed them.

What the modules validate themselves (bucket names, prefixes, URLs, …) is checked here too where it can be, so that
a mistake is found in the file, by the name of its field, before anything is synthesized.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.backend import Backend
from cdktf_app.deployment.defaults import Defaults, with_defaults
from cdktf_app.deployment.fields import Name
from cdktf_app.deployment.hub import Hub
from cdktf_app.deployment.spoke import Spoke
from cdktf_app.deployment.strict import Strict
from cdktf_app.modules.log_delivery.regions import regions

_EARLIER_FORM = (
    "has the earlier form, with one hub. Name the hub, and put the region into it: instead of `region: …` and "
    "`hub: {…}` write `hubs: {main: {region: …, …}}`. In it, network is an object now, such as "
    "`network: {mode: created}`, and so is a spoke's demo_load_balancer, `{enabled: true}`. The hub's stack is called "
    "hub-main then: rename its state, terraform.hub.tfstate, to terraform.hub-main.tfstate"
)


class Deployment(Strict):
    """Hubs and their spokes, in any number of accounts and regions."""

    hubs: dict[Name, Hub] = Field(min_length=1)
    spokes: dict[Name, Spoke] = {}
    defaults: Defaults = Defaults()
    tags: dict[str, str] = {}
    backend: Backend = None

    def hub_of(self, spoke: Spoke) -> str:
        """Return the name of a spoke's hub."""
        return spoke.hub or next(iter(self.hubs))

    def spokes_of(self, hub: str) -> dict[str, Spoke]:
        """Return the spokes of a hub, by their names."""
        return {name: spoke for name, spoke in self.spokes.items() if self.hub_of(spoke) == hub}

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        if "hub" in content or "region" in content:
            raise ValueError(_EARLIER_FORM)
        return with_defaults(content)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        mistakes = [*self._hub_mistakes(), *(self._reference_mistakes() or self._spoke_mistakes())]
        if mistakes:
            raise ValueError("; ".join(mistakes))
        return self

    def _hub_mistakes(self) -> Iterator[str]:
        by_role = defaultdict(list)
        by_variable = defaultdict(list)
        for name, hub in self.hubs.items():
            by_role[hub.account_id, hub.name].append(name)
            by_variable[credentials_variable(name)].append(name)
        for (account, role), hubs in by_role.items():
            if len(hubs) > 1:
                yield (
                    f"{_fields('hubs', hubs, 'name')} are all {role!r} in account {account}, where the name of a "
                    "role is global: give each a name of its own"
                )
        for variable, hubs in by_variable.items():
            if len(hubs) > 1:
                yield f"{_fields('hubs', hubs)} would share the variable {variable}: rename one of them"

    def _reference_mistakes(self) -> list[str]:
        known = ", ".join(self.hubs)
        return [
            f"spokes.{name}.hub is left out, but there are several hubs: give one of {known}"
            if spoke.hub is None
            else f"spokes.{name}.hub is {spoke.hub!r}, which is none of the hubs: give one of {known}"
            for name, spoke in self.spokes.items()
            if spoke.hub not in self.hubs and (spoke.hub or len(self.hubs) > 1)
        ]

    def _spoke_mistakes(self) -> Iterator[str]:
        by_bucket = defaultdict(list)
        for name, spoke in self.spokes.items():
            by_bucket[spoke.bucket_name].append(name)
            region = regions()[self.hubs[self.hub_of(spoke)].region]
            if spoke.grant_elb_account and region.elb_account_id is None:
                yield (
                    f"spokes.{name}.grant_elb_account is true, but {region.name} has no Elastic Load Balancing "
                    "account: leave it out, the service principal is granted in every region"
                )
        for bucket, spokes in by_bucket.items():
            if len(spokes) > 1:
                yield (
                    f"{_fields('spokes', spokes, 'bucket_name')} are all {bucket!r}: a bucket is one spoke, and all "
                    "load balancers of its account can log to it"
                )


def credentials_variable(hub: str) -> str:
    """Return the name of the Terraform variable with the Loki credentials of one hub.

    A shell exports no name with a hyphen.
    """
    return f"loki_credentials_{hub.replace('-', '_')}"


def _fields(section: str, names: list[str], field: str = "") -> str:
    return " and ".join(f"{section}.{name}.{field}".rstrip(".") for name in names)
