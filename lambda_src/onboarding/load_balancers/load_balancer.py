"""What a load balancer is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadBalancer:
    """A load balancer.

    Attributes:
        arn: Its ARN, which ends in `:loadbalancer/app/<name>/<id>`; `net` and `gwy` stand for other types.
    """

    arn: str

    @property
    def name(self) -> str:
        """Its name, which another one may have had before it."""
        return self.arn.split("/")[-2]

    @property
    def id(self) -> str:
        """The end of the ARN, which no other load balancer ever has."""
        return self.arn.split("/")[-1]

    @property
    def type(self) -> str:
        """`application`, `network` or `gateway`."""
        short = self.arn.split("/")[-3]
        return {"app": "application", "net": "network", "gwy": "gateway"}.get(short, short)
