"""The spoke's fields that say how its bucket keeps objects."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.fields import BucketName, KeyPrefix
from cdktf_app.deployment.strict import Strict

_LEAST_DAYS_OF_IA = 30


class Transition(Strict):
    """The storage class that log objects move to after some days."""

    days: int = Field(ge=1)
    storage_class: Literal[
        "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"
    ]

    @model_validator(mode="after")
    def _old_enough(self) -> Self:
        if self.storage_class in ("STANDARD_IA", "ONEZONE_IA") and self.days < _LEAST_DAYS_OF_IA:
            raise ValueError(
                f"{self.storage_class} is for objects of {_LEAST_DAYS_OF_IA} days and more: raise days, which is "
                f"{self.days}"
            )
        return self


class Versioning(Strict):
    """Whether S3 keeps what is overwritten or deleted, and for how many days."""

    enabled: bool = False
    noncurrent_days: int = Field(default=7, ge=1)


class AccessLog(Strict):
    """The bucket that S3 logs requests to; the fields are those of the spoke module's `access_log`."""

    bucket_name: BucketName
    prefix: KeyPrefix = ""
