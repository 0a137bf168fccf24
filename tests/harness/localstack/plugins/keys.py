"""Key Management Service for LocalStack, on Python 3.11 too.

LocalStack's own provider makes a key's id of material by `uuid.uuid5` of bytes, which Python takes from 3.12 on: on
3.11 no key can be made.
"""

import uuid
from typing import Any

from localstack.services.kms.models import KmsKey, kms_stores
from localstack.services.kms.provider import KmsProvider
from localstack.services.plugins import Service, aws_provider


class _Key(KmsKey):
    def generate_key_material_id(self, key_material: bytes) -> str:
        """Name the material by 64 hexadecimal digits, as AWS does."""
        return uuid.uuid5(self._internal_key_id, key_material.hex()).hex * 2


class _Keys(KmsProvider):
    @staticmethod
    def _create_kms_key(account_id: str, region_name: str, request: Any = None) -> KmsKey:
        key = _Key(request, account_id, region_name)
        kms_stores[account_id][region_name].keys[key.metadata["KeyId"]] = key
        return key


@aws_provider(api="kms", name="any-python")  # type: ignore[untyped-decorator]
def kms() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_KMS=any-python`."""
    return Service.for_provider(_Keys())
