"""Where the stacks keep their state."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from cdktf_app.deployment.account import Credentials
from cdktf_app.deployment.fields import BucketName, Prefix, RegionName
from cdktf_app.deployment.strict import Strict


class S3Backend(Credentials):
    """A bucket with the states, and how to reach it.

    Attributes:
        bucket: The bucket, which has to exist.
        region: Its region, whatever those of the hubs are.
        key_prefix: What is in front of `<stack>.tfstate`, without slashes at its ends.
        kms_key_id: The KMS key of the states; without it, the bucket's own encryption is used.
        use_lockfile: Whether a state is locked by a file beside it, which needs Terraform 1.10.
    """

    bucket: BucketName
    region: RegionName
    key_prefix: Prefix = ""
    kms_key_id: str | None = None
    use_lockfile: bool = True

    def key(self, stack: str) -> str:
        """Return the key of a stack's state."""
        return f"{self.key_prefix}/{stack}.tfstate" if self.key_prefix else f"{stack}.tfstate"


class RemoteBackend(Strict):
    """A backend with settings, by its type."""

    s3: S3Backend


def _by_name(value: object) -> object:
    if value == "local":
        return None
    if not isinstance(value, dict) or set(value) != {"s3"}:
        raise ValueError("must be local, or a bucket with its settings: `s3: {bucket: …, region: …}`")
    return value


Backend = Annotated[RemoteBackend | None, BeforeValidator(_by_name)]
"""None for local files, one a stack, in the folder that is deployed from."""
