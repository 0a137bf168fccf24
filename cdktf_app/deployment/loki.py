"""The hub's fields `loki` and `loki_credential_arns`: where lines go, and how the function identifies itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from cdktf_app.deployment.fields import AccountId, CredentialArn, KeyArn, LabelName, TenantId, WriteAddress
from cdktf_app.deployment.strict import Strict


class RelabelConfig(Strict):
    """One of Prometheus's relabel rules; what is left out has Prometheus's default."""

    source_labels: list[str] | None = None
    separator: str | None = None
    target_label: str | None = None
    regex: str | None = None
    modulus: int | None = None
    replacement: str | None = None
    action: str | None = None


class TenantRule(Strict):
    """Which objects are of a tenant: all given members have to fit."""

    account: AccountId | None = None
    bucket: str | None = None
    prefix: str | None = None
    tenant: TenantId


class Loki(Strict):
    """Where the log lines go; the fields are those of the hub module's input `loki`.

    Credentials are not part of the file; see `loki_credential_arns` of the hub, and `TF_VAR_loki_credentials`.
    """

    write_address: WriteAddress
    tenant_id: TenantId = ""
    skip_tls_verify: bool = False
    ca_bundle: str = ""
    batch_size: int | None = Field(default=None, ge=1, le=6_291_456)
    push_concurrency: int = Field(default=4, ge=1, le=16)
    max_line_size: int = Field(default=262_144, ge=128, le=1_048_576)
    long_lines: Literal["cut", "drop"] = "cut"
    keep_stream: bool = False
    extra_labels: dict[str, str] = {}
    omit_extra_labels_prefix: bool = False
    drop_labels: list[LabelName] = []
    relabel_configs: list[RelabelConfig] = []
    stage_configs: list[dict[str, Any]] = []
    tenant_rules: list[TenantRule] = []


class CredentialArns(Strict):
    """Secrets that the function reads itself; the fields are those of the hub module's `loki_credential_arns`."""

    username: CredentialArn | None = None
    password: CredentialArn | None = None
    bearer_token: CredentialArn | None = None
    kms_key_arns: list[KeyArn] = []
    lifetime: int = Field(default=300, ge=0, le=86_400)
