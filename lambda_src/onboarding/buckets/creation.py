"""Buckets that the onboarding makes, and what makes them safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.buckets.inspection import default_encryption, permitted
from onboarding.errors import RefusalError
from onboarding.settings import Bucket, Place

T = TypeVar("T")

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CreateBucketRequestTypeDef, LifecycleRuleUnionTypeDef

_PUBLIC_ACCESS = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
_ABORT_DAYS = 7


def create(s3: S3Client, place: Place, bucket: str) -> None:
    """Make the bucket, of the account and region of `place`.

    If it is this account's meanwhile, it is made: boto3 repeats a call whose answer was lost.

    Raises:
        RefusalError: It may not be made, or its name is taken.
    """
    # Not with ObjectOwnership: that takes s3:PutBucketOwnershipControls on a bucket that is nobody's yet. ACLs are off
    # by default.
    request: CreateBucketRequestTypeDef = {"Bucket": bucket}
    # S3 does not take us-east-1 there ("CreateBucket", API reference).
    if place.region != "us-east-1":
        request["CreateBucketConfiguration"] = {"LocationConstraint": cast("Any", place.region)}
    try:
        with permitted("s3:CreateBucket", bucket):
            s3.create_bucket(**request)
    except ClientError as error:
        if error_code(error) == "BucketAlreadyOwnedByYou":
            return
        if error_code(error) not in ("BucketAlreadyExists", "InvalidBucketName"):
            raise
        raise RefusalError(
            f"Bucket {bucket} cannot be made: {error.response['Error'].get('Message', error_code(error))}.",
            "Choose another name for the bucket.",
        ) from error


class Safety:
    """What a bucket of the onboarding's own is to be like, but for its policy: each part compared, then written."""

    def __init__(self, s3: S3Client, place: Place, bucket: str, onboarding: str, wanted: Bucket) -> None:
        self._s3 = s3
        self._place = place
        self._bucket = bucket
        self._rule_id = f"{onboarding}-expire-logs"
        self._days = wanted.expiration_days

    def differences(self) -> list[tuple[str, Callable[[], None]]]:
        """What is not as it should be: what would be done, as a sentence, and what does it."""
        parts = [
            ("blocked public access", self._public_access() != _PUBLIC_ACCESS, self._put_public_access),
            (
                "switched ACLs off (BucketOwnerEnforced)",
                self._ownership() != "BucketOwnerEnforced",
                self._put_ownership,
            ),
            (
                "set its default encryption to SSE-S3",
                default_encryption(self._s3, self._place, self._bucket) == "",
                self._put_encryption,
            ),
            (
                f"let logs expire after {self._days} days",
                self._rule() not in self._lifecycle(),
                self._put_lifecycle,
            ),
        ]
        return [(done, put) for done, differs, put in parts if differs]

    def _public_access(self) -> dict[str, Any]:
        return self._read(
            "s3:GetBucketPublicAccessBlock",
            "NoSuchPublicAccessBlockConfiguration",
            lambda: dict(
                self._s3.get_public_access_block(
                    Bucket=self._bucket, ExpectedBucketOwner=self._place.account_id
                )["PublicAccessBlockConfiguration"]
            ),
            {},
        )

    def _put_public_access(self) -> None:
        with permitted("s3:PutBucketPublicAccessBlock", self._bucket):
            self._s3.put_public_access_block(
                Bucket=self._bucket,
                ExpectedBucketOwner=self._place.account_id,
                PublicAccessBlockConfiguration=cast("Any", _PUBLIC_ACCESS),
            )

    def _ownership(self) -> str:
        return self._read(
            "s3:GetBucketOwnershipControls",
            "OwnershipControlsNotFoundError",
            lambda: str(
                self._s3.get_bucket_ownership_controls(
                    Bucket=self._bucket, ExpectedBucketOwner=self._place.account_id
                )["OwnershipControls"]["Rules"][0]["ObjectOwnership"]
            ),
            "",
        )

    def _put_ownership(self) -> None:
        with permitted("s3:PutBucketOwnershipControls", self._bucket):
            self._s3.put_bucket_ownership_controls(
                Bucket=self._bucket,
                ExpectedBucketOwner=self._place.account_id,
                OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            )

    def _put_encryption(self) -> None:
        with permitted("s3:PutEncryptionConfiguration", self._bucket):
            self._s3.put_bucket_encryption(
                Bucket=self._bucket,
                ExpectedBucketOwner=self._place.account_id,
                ServerSideEncryptionConfiguration={
                    "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
                },
            )

    def _rule(self) -> dict[str, Any]:
        return {
            "ID": self._rule_id,
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "Expiration": {"Days": self._days},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": _ABORT_DAYS},
        }

    def _lifecycle(self) -> list[dict[str, Any]]:
        return self._read(
            "s3:GetLifecycleConfiguration",
            "NoSuchLifecycleConfiguration",
            lambda: [
                dict(rule)
                for rule in self._s3.get_bucket_lifecycle_configuration(
                    Bucket=self._bucket, ExpectedBucketOwner=self._place.account_id
                )["Rules"]
            ],
            [],
        )

    def _put_lifecycle(self) -> None:
        # Rules that somebody has added stay.
        rules = [rule for rule in self._lifecycle() if rule.get("ID") != self._rule_id]
        with permitted("s3:PutLifecycleConfiguration", self._bucket):
            self._s3.put_bucket_lifecycle_configuration(
                Bucket=self._bucket,
                ExpectedBucketOwner=self._place.account_id,
                LifecycleConfiguration={
                    "Rules": cast("list[LifecycleRuleUnionTypeDef]", [*rules, self._rule()])
                },
            )

    def _read(self, action: str, missing: str, call: Callable[[], T], default: T) -> T:
        try:
            with permitted(action, self._bucket):
                return call()
        except ClientError as error:
            if error_code(error) == missing:
                return default
            raise
