"""What a load balancer is called."""

from __future__ import annotations

from dataclasses import dataclass

_TYPES = {"app": "application", "net": "network", "gwy": "gateway"}


@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """A load balancer.

    Attributes:
        arn: Its ARN, which ends in `:loadbalancer/app/<name>/<id>`; `net` and `gwy` stand for other types.
        type: `application`, `network` or `gateway`.
    """

    arn: str
    type: str

    @classmethod
    def of(cls, arn: str) -> LoadBalancer:
        """Return a load balancer of which nothing but the ARN is known."""
        return cls(arn, _TYPES.get(arn.split("/")[-3], "unknown"))

    @property
    def name(self) -> str:
        """Its name, which another one may have had before it."""
        return self.arn.split("/")[-2]

    @property
    def id(self) -> str:
        """The end of the ARN, which no other load balancer ever has."""
        return self.arn.split("/")[-1]
