"""S3 for LocalStack, with its objects in the server's own temporary folder.

LocalStack's own provider writes to one fixed folder, which two servers on the same machine would share: they
would delete each other's objects, and nobody would remove the folder.
"""

from localstack.services.plugins import Service, aws_provider


@aws_provider(api="s3", name="private-storage")  # type: ignore[untyped-decorator]
def s3() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_S3=private-storage`."""
    from localstack.services.s3.provider import S3Provider
    from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore

    # Told no folder, the store makes one where temporary files go.
    return Service.for_provider(S3Provider(EphemeralS3ObjectStore()))
