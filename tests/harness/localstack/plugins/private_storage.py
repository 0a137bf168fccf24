"""S3 for LocalStack, with its objects in the server's own temporary folder, and with buckets that know their owner.

LocalStack's own provider writes to one fixed folder, which two servers on the same machine would share: they
would delete each other's objects, and nobody would remove the folder. And its HeadBucket takes any ExpectedBucketOwner,
where AWS answers 403.
"""

from typing import Any

from localstack.services.plugins import Service, aws_provider


@aws_provider(api="s3", name="private-storage")  # type: ignore[untyped-decorator]
def s3() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_S3=private-storage`."""
    from localstack.services.s3.provider import S3Provider
    from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore

    class Storage(S3Provider):
        def head_bucket(
            self, context: Any, bucket: str, expected_bucket_owner: Any = None, **others: Any
        ) -> Any:
            self._get_cross_account_bucket(context, bucket, expected_bucket_owner=expected_bucket_owner)
            return super().head_bucket(context, bucket, expected_bucket_owner, **others)

    # Told no folder, the store makes one where temporary files go.
    return Service.for_provider(Storage(EphemeralS3ObjectStore()))
