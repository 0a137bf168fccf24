"""Works out intrinsic functions of a CloudFormation template, as far as the onboarding's uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


class Values:
    """A template with values for its parameters, which else have their defaults.

    Attributes of resources are not known: each stands for itself, as `<Topic>` or `<Role.Arn>`.
    """

    def __init__(self, template: Mapping[str, Any], **parameters: str) -> None:
        self._template = template
        self._known = {
            "AWS::Partition": "aws",
            "AWS::Region": "eu-west-1",
            "AWS::AccountId": "111111111111",
            **{name: str(one["Default"]) for name, one in template["Parameters"].items()},
            **parameters,
        }

    def of(self, value: Any) -> Any:
        """Work out a value."""
        if isinstance(value, list):
            return [item for item in map(self.of, value) if item is not None]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if (
                name == "Ref"
                or name.startswith("Fn::")
                or (name == "Condition" and isinstance(argument, str))
            ):
                return self._call(name, argument)
        worked_out = {name: self.of(item) for name, item in value.items()}
        return {name: item for name, item in worked_out.items() if item is not None}

    def resources(self) -> dict[str, Any]:
        """Return the properties of the resources that there are."""
        return {
            name: self.of(one["Properties"])
            for name, one in self._template["Resources"].items()
            if "Condition" not in one or self._holds(one["Condition"])
        }

    def _holds(self, condition: str) -> bool:
        holds: bool = self.of(self._template["Conditions"][condition])
        return holds

    def _call(self, name: str, argument: Any) -> Any:
        match name.removeprefix("Fn::"):
            case "Ref":
                return None if argument == "AWS::NoValue" else self._known.get(argument, f"<{argument}>")
            case "GetAtt":
                return f"<{'.'.join(argument)}>"
            case "Condition":
                return self._holds(argument)
            case "If":
                condition, then, otherwise = argument
                return self.of(then if self._holds(condition) else otherwise)
            case "Equals":
                one, other = self.of(argument)
                return one == other
            case "Not":
                return not self.of(argument[0])
            case "And":
                return all(self.of(argument))
            case "Or":
                return any(self.of(argument))
            case "Split":
                return self.of(argument[1]).split(argument[0])
            case "Join":
                return argument[0].join(self.of(argument[1]))
            case "FindInMap":
                mapping, first, second = self.of(argument)
                return self._template["Mappings"][mapping][first][second]
            case "Sub":
                text, variables = argument if isinstance(argument, list) else (argument, {})
                known = {**self._known, **{key: self.of(item) for key, item in variables.items()}}
                return re.sub(r"\$\{([\w:.]+)\}", lambda found: known.get(found[1], f"<{found[1]}>"), text)
            case other:
                raise NotImplementedError(other)
