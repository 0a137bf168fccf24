"""The checked settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from . import variables

if TYPE_CHECKING:
    from ..content.load_balancer import ContentOptions
    from ..content.relabel import RelabelRule
    from ..content.spokes import Spoke
    from ..content.stages import Pipeline
    from ..content.tenants import TenantRule
    from ..parking import BucketDestination, QueueDestination
    from ..secrets import SecretReference


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """User name and password of HTTP basic authentication, each a value or where to find it."""

    username: "str | SecretReference"
    password: "str | SecretReference" = field(repr=False)


@dataclass(frozen=True, slots=True)
class BearerToken:
    """A token sent as `Authorization: Bearer <token>`, or where to find it."""

    token: "str | SecretReference" = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked settings. The variable of the same name in capitals is described in `variables`.

    Attributes:
        write_address: Loki's push URL, ending in /loki/api/v1/push.
        credentials: How to authenticate at Loki; None sends no credentials.
        ca_bundle: Certificates to trust in PEM, the path of a file of them, or their secret; None for the system's.
        spokes: The tenant and the labels of the lines of single buckets, by the bucket's name.
        extra_labels: Labels added to every stream, by full name (with the prefix, unless it is omitted).
        content: Typed content of load balancer lines; None when nothing of it is wanted.
        metrics_namespace: The CloudWatch namespace of the metrics; None writes none.
        stages: The stages for each line; None when there are none.
    """

    write_address: str
    credentials: BasicAuth | BearerToken | None = None
    secret_lifetime: int = variables.DEFAULT_SECRET_LIFETIME
    tenant_id: str | None = None
    tenant_rules: "tuple[TenantRule, ...]" = ()
    spokes: "Mapping[str, Spoke]" = field(default_factory=dict)
    ca_bundle: "str | SecretReference | None" = None
    skip_tls_verify: bool = False
    batch_size: int = variables.DEFAULT_BATCH_SIZE
    push_concurrency: int = variables.DEFAULT_PUSH_CONCURRENCY
    max_line_size: int = variables.DEFAULT_MAX_LINE_SIZE
    long_lines: Literal["cut", "drop"] = "cut"
    refused_destination: "QueueDestination | BucketDestination | None" = None
    keep_stream: bool = False
    extra_labels: Mapping[str, str] = field(default_factory=dict)
    drop_labels: frozenset[str] = frozenset()
    relabel_rules: "tuple[RelabelRule, ...]" = ()
    stages: "Pipeline | None" = None
    content: "ContentOptions | None" = None
    print_log_line: bool = False
    log_level: str = "INFO"
    metrics_namespace: str | None = variables.DEFAULT_METRICS_NAMESPACE
    partial_batch_responses: bool = True
