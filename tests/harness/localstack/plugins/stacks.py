"""CloudFormation for LocalStack, mended in two places where it stops before it has done anything.

`Fn::FindInMap` with other than literal keys ends an update. And properties of a resource that its condition leaves out
are worked out all the same, which ends an update or deletion where they name another resource that is left out: a
reference to what a template does not have is no error here, other than on AWS; cfn-lint finds those.
"""

from __future__ import annotations

from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import ChangeSetModel, ChangeType, Nothing
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import ChangeSetModelPreproc
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2
from localstack.services.plugins import Service, aws_provider

_find_in_map = ChangeSetModel._resolve_intrinsic_function_fn_find_in_map
_attribute = ChangeSetModelPreproc._resolve_attribute


def _find_in_map_by_any_key(self: ChangeSetModel, arguments: Any) -> ChangeType:
    try:
        return _find_in_map(self, arguments)
    except NotImplementedError:
        # What a template finds in a map by its region, for example: the keys are what may have changed.
        changed: ChangeType = arguments.change_type
        return changed


def _attribute_or_nothing(self: ChangeSetModelPreproc, arguments: Any, select_before: bool) -> Any:
    try:
        return _attribute(self, arguments, select_before)
    except ValidationError:
        return Nothing


@aws_provider(api="cloudformation", name="mended")  # type: ignore[untyped-decorator]
def cloudformation() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_CLOUDFORMATION=mended`."""
    ChangeSetModel._resolve_intrinsic_function_fn_find_in_map = _find_in_map_by_any_key  # type: ignore[method-assign]
    ChangeSetModelPreproc._resolve_attribute = _attribute_or_nothing  # type: ignore[method-assign]
    return Service.for_provider(CloudformationProviderV2())
