"""A bucket as it is, read by calls that each name the permission that they need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.buckets.policy import Document
from onboarding.buckets.rules import Configuration
from onboarding.errors import RefusalError
from onboarding.settings import Place

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MISSING = ("404", "NoSuchBucket")
_FORBIDDEN = ("403", "AccessDenied")


class DeniedError(RefusalError):
    """S3 does not let the onboarding's role do something; that may be only because it is allowed since just now.

    Attributes:
        action: The permission that it lacks.
    """

    def __init__(self, action: str, found: str, remedy: str) -> None:
        super().__init__(found, remedy)
        self.action = action


@contextmanager
def permitted(action: str, bucket: str) -> Iterator[None]:
    """Calls S3 in a `with` block, for which the permission `action` is needed.

    Raises:
        DeniedError: The permission is missing.
    """
    try:
        yield
    except ClientError as error:
        if error_code(error) not in _FORBIDDEN:
            raise
        raise DeniedError(
            action,
            f"S3 refused {action} on bucket {bucket}: {error.response['Error'].get('Message', 'Access Denied')}.",
            f"Let the onboarding's role call {action} there: see its policy, its permissions boundary, the bucket's "
            "policy and Block Public Access, and service control policies.",
        ) from error


def exists(s3: S3Client, place: Place, bucket: str) -> bool:
    """Whether there is the bucket.

    Raises:
        DeniedError: It is in another account, or may not be looked at.
        RefusalError: It is in another region.
    """
    try:
        region = s3.head_bucket(Bucket=bucket, ExpectedBucketOwner=place.account_id).get("BucketRegion", "")
    except ClientError as error:
        code = error_code(error)
        headers = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
        region = headers.get("x-amz-bucket-region", "")
        if code in _MISSING:
            return False
        is_elsewhere = region not in ("", place.region)
        if code in _FORBIDDEN and not is_elsewhere:
            raise DeniedError(
                "s3:ListBucket",
                f"Bucket {bucket} is in another account than {place.account_id}, or the onboarding's role lacks "
                "s3:ListBucket on it.",
                "Onboard it from the account that the bucket is in, or let the load balancers log to a bucket of "
                "this account; if it is of this account, allow s3:ListBucket.",
            ) from error
        if not is_elsewhere:
            raise
    if region and region != place.region:
        raise RefusalError(
            f"Bucket {bucket} is in {region}, and the load balancers are in {place.region}: they deliver to buckets "
            "of their own region only.",
            f"Name a bucket in {place.region}.",
        )
    return True


def check_encryption(s3: S3Client, place: Place, bucket: str) -> None:
    """Make sure that Application Load Balancers can deliver.

    Raises:
        RefusalError: The bucket's default is a KMS key: Elastic Load Balancing then refuses to switch logs on, or, if
            the key came later, delivers nothing more ("Enable access logs for your Application Load Balancer").
    """
    algorithm = default_encryption(s3, place, bucket)
    if algorithm.startswith("aws:"):
        raise RefusalError(
            f"Bucket {bucket} encrypts with a KMS key by default ({algorithm}): Application Load Balancers cannot "
            "log to it.",
            "Let the bucket's default encryption be SSE-S3, or let the load balancers log to a bucket with SSE-S3.",
        )


def default_encryption(s3: S3Client, place: Place, bucket: str) -> str:
    """The algorithm of the bucket's default encryption, such as AES256; empty for none."""
    try:
        with permitted("s3:GetEncryptionConfiguration", bucket):
            answer = s3.get_bucket_encryption(Bucket=bucket, ExpectedBucketOwner=place.account_id)
    except ClientError as error:
        if error_code(error) == "ServerSideEncryptionConfigurationNotFoundError":
            return ""
        raise
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    return str(rules[0].get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm", ""))


def policy(s3: S3Client, place: Place, bucket: str) -> Document | None:
    """The bucket's policy; None for none."""
    try:
        with permitted("s3:GetBucketPolicy", bucket):
            answer = s3.get_bucket_policy(Bucket=bucket, ExpectedBucketOwner=place.account_id)
    except ClientError as error:
        if error_code(error) == "NoSuchBucketPolicy":
            return None
        raise
    document: dict[str, Any] = json.loads(answer["Policy"])
    return document


def notifications(s3: S3Client, place: Place, bucket: str) -> Configuration:
    """The bucket's notifications."""
    with permitted("s3:GetBucketNotification", bucket):
        answer = s3.get_bucket_notification_configuration(Bucket=bucket, ExpectedBucketOwner=place.account_id)
    return {key: value for key, value in answer.items() if key != "ResponseMetadata"}
