"""Tells which resource an ARN or a name stands for that a module builds itself.

The modules build the ARNs that they give away, so that a plan knows them. Such a text refers to a resource as much as
its attribute `arn` would, and by the same rules of AWS for how an ARN is made of a name.
"""

from __future__ import annotations

from typing import Any

from cdktf_app.emitter.expression.flat import flat
from cdktf_app.emitter.expression.nodes import Attribute, Expression, Interpolation, Name, Template
from cdktf_app.emitter.value import expression_of

_NAMED = {
    "iam": ("aws_iam_role", "name"),
    "lambda": ("aws_lambda_function", "function_name"),
    "logs": ("aws_cloudwatch_log_group", "name"),
    "s3": ("aws_s3_bucket", "bucket"),
    "sqs": ("aws_sqs_queue", "name"),
}
"""The type of resource that the ARNs of a service stand for, and the argument that holds its name."""

_DIMENSIONS = {"FunctionName": "lambda", "QueueName": "sqs"}
"""Dimensions of CloudWatch's metrics, and the service whose resource they name."""

_SERVICE = 2
_RESOURCE = 5
"""Places in an ARN between its colons: arn:partition:service:region:account:resource."""


class Names:
    """The names of a module's resources."""

    def __init__(self, resources: dict[str, dict[str, Any]], local_values: dict[str, Expression]) -> None:
        self._locals = local_values
        self._names: dict[str, dict[str, str]] = {
            service: {
                f"{type_name}.{name}": self._text(expression_of(content[argument]))
                for name, content in resources.get(type_name, {}).items()
                if argument in content
            }
            for service, (type_name, argument) in _NAMED.items()
        }

    def of_arn(self, template: Template) -> str | None:
        """The address of the resource whose ARN the template makes; None when it makes another text."""
        parts = self._text(template).split(":", _RESOURCE)
        if len(parts) <= _RESOURCE or parts[0] != "arn":
            return None
        named = self._names.get(parts[_SERVICE], {})
        found = [address for address, name in named.items() if parts[_RESOURCE].endswith(name)]
        return max(found, key=lambda address: len(named[address]), default=None)

    def of_dimension(self, dimension: str | Expression, value: Expression) -> str | None:
        """The address of the resource whose metrics a dimension stands for; None when it is no such dimension."""
        if isinstance(dimension, Template):
            dimension = dimension.constant or ""
        if not isinstance(dimension, str) or dimension not in _DIMENSIONS:
            return None
        named = self._names[_DIMENSIONS[dimension]]
        return next((address for address, name in named.items() if name == self._text(value)), None)

    def of_variable(self, name: str) -> str | None:
        """The address of the one resource whose name is an input as it is; None when none or several have it."""
        text = flat(Attribute(Name("var"), name))
        found = [
            address
            for named in self._names.values()
            for address, own in named.items()
            if own == f"${{{text}}}"
        ]
        return found[0] if len(found) == 1 else None

    def _text(self, expression: Expression) -> str:
        """A text in which each local value is put in, and all else that is computed stands as `${…}`."""
        match expression:
            case Template(parts=parts):
                return "".join(
                    part if isinstance(part, str) else self._text(part.value)
                    for part in parts
                    if isinstance(part, str | Interpolation)
                )
            case Attribute(base=Name(name="local"), name=name):
                return self._text(self._locals[name])
            case _:
                return f"${{{flat(expression)}}}"
